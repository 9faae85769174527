package forms_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/runhist/runhist/schemas/forms"
	"github.com/runhist/runhist/schemas/source"
)

// entry is a member of an archive of a test.
type entry struct {
	name, text string
	header     zip.FileHeader
}

func archive(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, e := range entries {
		h := e.header
		h.Name = e.name
		if h.Method == 0 {
			h.Method = zip.Deflate
		}
		m, err := w.CreateHeader(&h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(m, e.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// list tells the members of an archive: their names, and how each begins or
// what fault a reader of it finds.
func list(a *forms.Archive) string {
	var out strings.Builder
	for _, m := range a.Members {
		fmt.Fprintf(&out, "%s: %s\n", m.Name, look(m))
	}
	if a.Others > 0 {
		fmt.Fprintf(&out, "%d others\n", a.Others)
	}
	return out.String()
}

func look(m forms.Member) string {
	in, err := m.Open()
	if err != nil {
		return "error " + err.Error()
	}
	defer in.Close()
	fault := ""
	r := source.NewReader(source.NewVocabulary(), source.DefaultLimits(), func(f source.Fault) { fault = f.ID + " " + f.Message })
	r.Reset(in)
	first := ""
	for {
		switch r.Next() {
		case source.StartElement:
			if first == "" {
				first = "<" + r.Name() + ">"
			}
		case source.EndDocument:
			return first
		case source.Stop:
			if err := r.Err(); err != nil {
				return "error " + err.Error()
			}
			return fault
		}
	}
}

func open(data []byte) *forms.Archive {
	return forms.OpenArchive("a.zip", bytes.NewReader(data), int64(len(data)), forms.NewHeld())
}

func TestArchive(t *testing.T) {
	inner := archive(t, entry{name: "z.xml", text: "<z/>"}, entry{name: "y.xml", text: "<y/>"}, entry{name: "readme.md", text: "x"})
	for name, c := range map[string]struct {
		entries []entry
		want    string
	}{
		"sorted": {[]entry{{name: "b.xml", text: "<b/>"}, {name: "a.xml", text: "<a/>"}, {name: "c/d.XML", text: "<d/>"}},
			"a.zip!/a.xml: <a>\na.zip!/b.xml: <b>\na.zip!/c/d.XML: <d>\n"},
		"others": {[]entry{{name: "b.xml", text: "<b/>"}, {name: "b.txt"}, {name: "folder/"}, {name: "__MACOSX/._b.xml", text: "\x00\x05"}},
			"a.zip!/b.xml: <b>\n2 others\n"},
		"nested": {[]entry{{name: "i.zip", text: string(inner)}, {name: "a.xml", text: "<a/>"}, {name: "z.xml", text: "<b/>"}},
			"a.zip!/a.xml: <a>\na.zip!/i.zip!/y.xml: <y>\na.zip!/i.zip!/z.xml: <z>\na.zip!/z.xml: <b>\n1 others\n"},
		"old names": {[]entry{{name: `c\d.xml`, text: "<d/>"}, {name: "caf\x82.xml", text: "<c/>"}},
			"a.zip!/c/d.xml: <d>\na.zip!/café.xml: <c>\n"},
		"one name": {[]entry{{name: "a.xml", text: "<a/>"}, {name: "a.xml", text: "<b/>"}, {name: "a.xml", text: "<c/>"}},
			"a.zip!/a.xml: <a>\na.zip!/a#2.xml: <b>\na.zip!/a#3.xml: <c>\n"},
		"empty": {nil, ""},
		"no archive": {[]entry{{name: "i.zip", text: "<a/>"}},
			"a.zip!/i.zip: SRC-compression the zip archive is damaged: its directory is wrong\n"},
	} {
		if got := list(open(archive(t, c.entries...))); got != c.want {
			t.Errorf("%s:\n%swant\n%s", name, got, c.want)
		}
	}
}

// TestDamagedArchive holds that whatever is wrong with a member is a fault of
// that member, by name, and the others are read.
func TestDamagedArchive(t *testing.T) {
	long := "<a>" + strings.Repeat("text that does not repeat itself much: 0918237409182374", 50) + "</a>"
	whole := archive(t, entry{name: "a.xml", text: long}, entry{name: "b.xml", text: "<b/>"})
	data := bytes.Index(whole, []byte("a.xml")) + len("a.xml")
	directory := bytes.Index(whole, []byte("PK\x01\x02"))
	change := func(f func(b []byte)) []byte {
		b := bytes.Clone(whole)
		f(b)
		return b
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"encrypted": {change(func(b []byte) { b[directory+8] |= 1 }),
			"a.zip!/a.xml: SRC-compression the member of the zip archive is encrypted: unpack it first\na.zip!/b.xml: <b>\n"},
		"Deflate64": {change(func(b []byte) { b[directory+10] = 9 }),
			"a.zip!/a.xml: SRC-compression the member of the zip archive is compressed by method 9 (Deflate64), which is not read: unpack it first\na.zip!/b.xml: <b>\n"},
		"unknown method": {change(func(b []byte) { b[directory+10] = 77 }),
			"a.zip!/a.xml: SRC-compression the member of the zip archive is compressed by method 77 (unknown), which is not read: unpack it first\na.zip!/b.xml: <b>\n"},
		"checksum": {change(func(b []byte) { binary.LittleEndian.PutUint32(b[directory+16:], 7) }),
			"a.zip!/a.xml: SRC-compression the member of the zip archive is damaged: its checksum is wrong\na.zip!/b.xml: <b>\n"},
		"data": {change(func(b []byte) { b[data] = 0xff }),
			"a.zip!/a.xml: SRC-compression the member of the zip archive is damaged: flate: corrupt input before offset 1\na.zip!/b.xml: <b>\n"},
		"local header": {change(func(b []byte) { b[0] = 'X' }),
			"a.zip!/a.xml: SRC-compression the member of the zip archive is damaged: its directory is wrong\na.zip!/b.xml: <b>\n"},
		"size": {change(func(b []byte) { binary.LittleEndian.PutUint32(b[directory+20:], uint32(len(whole))) }),
			"a.zip: SRC-compression the members of the zip archive overlap: refused as a decompression bomb\n"},
		"truncated": {whole[:len(whole)/2], "a.zip: SRC-compression the zip archive is damaged: its directory is wrong\n"},
	} {
		if got := list(open(c.data)); got != c.want {
			t.Errorf("%s:\n%swant\n%s", name, got, c.want)
		}
	}
}

func TestArchiveBombs(t *testing.T) {
	bomb := archive(t, entry{name: "a.xml", text: "<a>" + strings.Repeat("<b></b>\n", 9<<20) + "</a>"}, entry{name: "b.xml", text: "<b/>"})
	want := "a.zip!/a.xml: SRC-limit-bytes the member of the zip archive expands more than 500 times, to over 64 MiB: refused as a decompression bomb\na.zip!/b.xml: <b>\n"
	if got := list(open(bomb)); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	nest := []byte("<a/>")
	name := "a.xml"
	for range 5 {
		nest, name = archive(t, entry{name: name, text: string(nest)}), "i.zip"
	}
	want = "a.zip!/i.zip!/i.zip!/i.zip: SRC-compression archives stand more than 3 deep in each other\n"
	if got := list(open(nest)); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	small := archive(t, entry{name: "a.xml", text: "<a/>"})
	both := archive(t, entry{name: "1.zip", text: string(small)}, entry{name: "2.zip", text: string(small)}, entry{name: "3.xml", text: "<b/>"})
	held := &forms.Held{Left: int64(len(small)) + 2000}
	want = "a.zip!/1.zip!/a.xml: <a>\na.zip!/2.zip: SRC-limit-bytes archives on standard input and in archives are held in memory, and this one is too much: unpack it, or name it as a file\na.zip!/3.xml: <b>\n"
	if got := list(forms.OpenArchive("a.zip", bytes.NewReader(both), int64(len(both)), held)); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	want = "-: SRC-limit-bytes archives on standard input and in archives are held in memory, and this one is too much: unpack it, or name it as a file\n"
	if got := list(forms.ReadArchive("-", bytes.NewReader(both), &forms.Held{Left: 100})); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// medium fails behind some bytes.
type medium struct {
	*bytes.Reader
	broken bool
}

func (m *medium) ReadAt(p []byte, at int64) (int, error) {
	if m.broken {
		return 0, errors.New("disk broken")
	}
	return m.Reader.ReadAt(p, at)
}

// TestArchiveMedium holds that a disk that fails is no fault of the archive.
func TestArchiveMedium(t *testing.T) {
	data := archive(t, entry{name: "a.xml", text: "<a/>"})
	m := &medium{Reader: bytes.NewReader(data)}
	a := forms.OpenArchive("a.zip", m, int64(len(data)), forms.NewHeld())
	m.broken = true
	if got := list(a); got != "a.zip!/a.xml: error disk broken\n" {
		t.Error(got)
	}
	if got := list(forms.OpenArchive("a.zip", m, int64(len(data)), forms.NewHeld())); got != "a.zip: error disk broken\n" {
		t.Error(got)
	}
}

func TestIsHistory(t *testing.T) {
	for name, want := range map[string]bool{
		"a.xml": true, "A.XML": true, "a.xml.gz": true, "a.xml.zst": true, "a.clixml": true, "a.zip": true, "deep/a.xml": true,
		"a.txt": false, "xml": false, "a.gz": false, "._a.xml": false, "deep/._a.xml": false, "a.xml.bak": false, "": false,
	} {
		if got := forms.IsHistory(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
