package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// utf16Text writes text in UTF-16.
func utf16Text(text string, big bool) string {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		if big {
			out = append(out, byte(unit>>8), byte(unit))
		} else {
			out = append(out, byte(unit), byte(unit>>8))
		}
	}
	return string(out)
}

func TestUTF16(t *testing.T) {
	const doc = "<a b='é'>\r\n日𝄞\ue000\uffff</a>"
	want := trace(strings.NewReader(doc), DefaultLimits())
	for _, in := range []string{
		utf16Text("\ufeff"+doc, false), utf16Text("\ufeff"+doc, true), utf16Text(doc, false), utf16Text(doc, true),
	} {
		if got := sameTrace(t, []byte(in), DefaultLimits()); got != want {
			t.Errorf("% x:\n got %s\nwant %s", in[:4], got, want)
		}
	}
	for _, in := range []string{utf16Text(" \n"+doc, false), utf16Text(" \n"+doc, true)} {
		if got := trace(strings.NewReader(in), DefaultLimits()); !strings.HasSuffix(got, "end\n") {
			t.Errorf("white space before the root:\n%s", got)
		}
	}
}

func TestUTF16Faults(t *testing.T) {
	high, low := "\x34\xd8", "\x1e\xdd" // little-endian
	le := func(parts ...string) string { return "\xff\xfe" + strings.Join(parts, "") }
	text := func(s string) string { return utf16Text(s, false) }
	for _, v := range []verdict{
		{le(text("<a>"), high, low, text("</a>")), "end"},
		{le(text("<a>\né"), high, text("</a>")), "SRC-encoding 2:2 /a[1]"},
		{le(text("<a>"), low, high, text("</a>")), "SRC-encoding 1:4 /a[1]"},
		{le(text("<a>"), low, text("</a>")), "SRC-encoding 1:4 /a[1]"},
		{le(text("<a>"), high, high, low, text("</a>")), "SRC-encoding 1:4 /a[1]"},
		{le(text("<a>"), high), "SRC-encoding 1:4 /a[1]"},
		{le(text("<a b='\n"), high), "SRC-encoding 2:1 /"},
		{le(text("<a>x"), "<"), "SRC-encoding 1:5 /a[1]"},
		{le(text("<a>"), high, "\x1e"), "SRC-encoding 1:4 /a[1]"},
		{le(text("<a/>"), "\n"), "SRC-encoding 1:5 /"},
		{le(), "SRC-empty 1:1 /"},
		{le("<"), "SRC-encoding 1:1 /"},
		{le(text("<a>")), "XML-truncated 1:4 /a[1]"},
		{le(text("<a>\x00\ufffe</a>")), "XML-char 1:4 /a[1]; XML-char 1:5 /a[1]; end"},
		{le(text("plain")), "SRC-not-xml 1:1 /"},
		{"\xfe\xff" + utf16Text("<a/>x", true), "XML-root 1:5 /"},
		{"\xff\xfe\x00\x00<\x00\x00\x00", "SRC-encoding 1:1 /"},
		{"\x00\x00\xfe\xff\x00\x00\x00<", "SRC-encoding 1:1 /"},
		{"<\x00\x00\x00a\x00\x00\x00", "SRC-encoding 1:1 /"},
		{"\x00\x00\x00<\x00\x00\x00a", "SRC-encoding 1:1 /"},
	} {
		got := sameTrace(t, []byte(v.in), DefaultLimits())
		list, err := faults(strings.NewReader(v.in), DefaultLimits())
		if text := strings.Join(list, "; "); text != v.want || err != nil {
			t.Errorf("%q:\n got %s %v\nwant %s\n%s", v.in, text, err, v.want, got)
		}
	}
}

// TestTranscoderRoom reads with less room than a character may need.
func TestTranscoderRoom(t *testing.T) {
	const doc = "aé日𝄞\n"
	for size := 1; size < 8; size++ {
		tr := &transcoder{in: strings.NewReader(utf16Text(doc, true)), big: true}
		var got []byte
		p := make([]byte, size)
		for {
			n, err := tr.Read(p)
			got = append(got, p[:n]...)
			if err != nil {
				break
			}
		}
		if string(got) != doc {
			t.Errorf("%d bytes a read: %q", size, got)
		}
	}
}

// TestTranscoderFails wants the error of the reader, not a fault, wherever it
// comes.
func TestTranscoderFails(t *testing.T) {
	doc := utf16Text("\ufeff<a>𝄞</a>", false)
	broken := errors.New("the network is down")
	for n := 2; n < len(doc); n++ {
		if got, err := faults(&failing{doc[:n], broken}, DefaultLimits()); len(got) > 0 || err != broken {
			t.Errorf("an error behind %d bytes: %s %v", n, got, err)
		}
	}
}

// TestLabels declares every label over every form of bytes.
func TestLabels(t *testing.T) {
	forms := []struct {
		name   string
		encode func(string) string
		right  []string
	}{
		{"UTF-8", func(s string) string { return s }, []string{"utf-8", "UTF8", "us-ascii", "ASCII"}},
		{"UTF-8 with mark", func(s string) string { return "\ufeff" + s }, []string{"utf-8", "UTF8", "us-ascii", "ASCII"}},
		{"UTF-16LE", func(s string) string { return utf16Text(s, false) }, []string{"utf-16", "UTF-16LE", "unicode", "ISO-10646-UCS-2", "ucs-2", "utf16"}},
		{"UTF-16BE", func(s string) string { return utf16Text(s, true) }, []string{"utf-16", "UTF-16BE", "unicode", "unicodeFFFE", "ISO-10646-UCS-2", "ucs-2", "utf16"}},
		{"UTF-16LE with mark", func(s string) string { return utf16Text("\ufeff"+s, false) }, []string{"utf-16", "UTF-16LE", "unicode", "ISO-10646-UCS-2", "ucs-2", "utf16"}},
		{"UTF-16BE with mark", func(s string) string { return utf16Text("\ufeff"+s, true) }, []string{"utf-16", "UTF-16BE", "unicode", "unicodeFFFE", "ISO-10646-UCS-2", "ucs-2", "utf16"}},
	}
	labels := []string{"utf-8", "UTF8", "us-ascii", "ASCII", "utf-16", "utf16", "UTF-16LE", "UTF-16BE", "unicode", "unicodeFFFE", "ucs-2", "ISO-10646-UCS-2",
		"utf-32", "UTF-32LE", "UCS-4", "iso-8859-1", "Windows-1252", "cp1250", "windows-1251", "iso-8859-2", "latin1", "ISO-8859-15", "ebcdic-cp-us", "x"}
	for _, form := range forms {
		for _, label := range labels {
			doc := "<?xml version=\"1.0\" encoding=\"" + label + "\"?><a>text</a>"
			want := "SRC-label 1:31 /; end"
			switch {
			case contains(form.right, label):
				want = "end"
			case form.name == "UTF-8" && charset(label) != nil:
				want = "end"
			case form.name == "UTF-8" && (label == "x" || label == "ebcdic-cp-us"):
				want = "SRC-encoding 1:31 /"
			}
			got, err := faults(strings.NewReader(form.encode(doc)), DefaultLimits())
			if text := strings.Join(got, "; "); text != want || err != nil {
				t.Errorf("%s labelled %s: %s %v, want %s", form.name, label, text, err, want)
			}
		}
	}
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if strings.EqualFold(l, s) {
			return true
		}
	}
	return false
}

func TestSingleByte(t *testing.T) {
	for _, c := range []struct{ label, bytes, want string }{
		{"iso-8859-1", "\xe9\x80\xff", "é\u0080ÿ"},
		{"ISO-8859-15", "\xa4", "€"},
		{"iso-8859-2", "\xb1", "ą"},
		{"windows-1252", "\x80\xe9", "€é"},
		{"windows-1250", "\x9c", "ś"},
		{"windows-1251", "\xcf\xf0", "Пр"},
	} {
		doc := "<?xml version='1.0' encoding='" + c.label + "'?><a>" + c.bytes + "<b/></a>"
		got := sameTrace(t, []byte(doc), DefaultLimits())
		if !strings.Contains(got, fmt.Sprintf("%q@", c.want)) || !strings.HasSuffix(got, "end\n") {
			t.Errorf("%s: %s", c.label, got)
		}
	}
	// The table of windows-1250 has no character for 0x81.
	doc := "<?xml version='1.0' encoding='windows-1250'?><a>\n\x9c\x81</a>"
	got := sameTrace(t, []byte(doc), DefaultLimits())
	if !strings.Contains(got, "SRC-encoding 2:2 /a[1] the byte 0x81 is no character of windows-1250") {
		t.Error(got)
	}
}

// packed compresses data.
func packed(t testing.TB, how, data string) string {
	t.Helper()
	var out bytes.Buffer
	var w io.WriteCloser
	var err error
	if how == "gzip" {
		w = gzip.NewWriter(&out)
	} else if w, err = zstd.NewWriter(&out); err != nil {
		t.Fatal(err)
	}
	if _, err = io.WriteString(w, data); err != nil {
		t.Fatal(err)
	}
	if err = w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestCompression(t *testing.T) {
	const doc = "<a b='c'>\n<b>text</b></a>\n"
	for _, how := range []string{"gzip", "zstd"} {
		pack := func(s string) string { return packed(t, how, s) }
		once := pack(doc)
		damaged := []byte(once)
		damaged[len(damaged)-3] ^= 1 // in the checksum
		for _, c := range []struct{ name, in, want string }{
			{"once", once, "end"},
			{"thrice", pack(pack(once)), "end"},
			{"four times", pack(pack(pack(once))), "SRC-compression 1:1 /"},
			{"members", pack(doc[:5]) + pack("") + pack(doc[5:]), "end"},
			{"empty", pack(""), "SRC-empty 1:1 /"},
			{"UTF-16", pack(utf16Text("\ufeff"+doc, true)), "end"},
			{"damaged", string(damaged), "SRC-compression 3:1 /"},
			{"garbage behind", once + "garbage", "SRC-compression 3:1 /"},
			{"header only", once[:4], "SRC-compression 1:1 /"},
			{"half", once[:len(once)-9], "SRC-compression"},
			{"broken XML", pack("<a></b>"), "XML-tag-mismatch 1:4 /a[1]"},
			{"nested damage", pack(once[:len(once)-1]), "SRC-compression 3:1 /"},
			{"zip inside", pack("PK\x03\x04"), "SRC-compression 1:1 /"},
		} {
			got, err := faults(strings.NewReader(c.in), DefaultLimits())
			if text := strings.Join(got, "; "); !strings.HasPrefix(text, c.want) || err != nil {
				t.Errorf("%s, %s: %s %v, want %s", how, c.name, text, err, c.want)
			}
			small, err := faults(&chunked{strings.NewReader(c.in), 1}, DefaultLimits())
			if strings.Join(small, "; ") != strings.Join(got, "; ") || err != nil {
				t.Errorf("%s, %s in small reads: %s %v, want %s", how, c.name, small, err, got)
			}
		}
		broken := fmt.Errorf("network down")
		for n := range once {
			got, err := faults(&failing{once[:n], broken}, DefaultLimits())
			if len(got) > 0 || err != broken {
				t.Errorf("%s, an error behind %d bytes: %s %v", how, n, got, err)
			}
		}
	}
	for name, magic := range map[string]string{"zip": "PK\x03\x04\x14", "empty zip": "PK\x05\x06", "xz": "\xfd7zXZ\x00", "bzip2": "BZh91AY", "7z": "7z\xbc\xaf\x27\x1c", "rar": "Rar!\x1a", "lz4": "\x04\x22\x4d\x18"} {
		got, err := faults(strings.NewReader(magic), DefaultLimits())
		if strings.Join(got, "; ") != "SRC-compression 1:1 /" || err != nil {
			t.Errorf("%s: %s %v", name, got, err)
		}
	}
}

// TestBombs wants streams that expand absurdly to be refused soon, also when
// several layers share the work.
func TestBombs(t *testing.T) {
	blank := strings.Repeat(" ", 2*maxExpanded)
	for _, how := range []string{"gzip", "zstd"} {
		once := packed(t, how, "<a>"+strings.Repeat("<b/>"+blank[:1<<20], 128)+"</a>")
		// Each layer of this one expands a hundred times only.
		member := packed(t, how, strings.Repeat("<b>"+packedText()+"</b>", 16))
		shared := packed(t, "zstd", packed(t, how, "<a>")+strings.Repeat(member, 80))
		for _, in := range []string{once, packed(t, "zstd", once), shared} {
			got, err := faults(strings.NewReader(in), DefaultLimits())
			if text := strings.Join(got, "; "); !strings.HasPrefix(text, SRCLimitBytes) || err != nil {
				t.Errorf("%s: %s %v", how, text, err)
			}
		}
	}
	// As large, but it expands as real documents do.
	honest := packed(t, "gzip", "<a>"+strings.Repeat("<b>"+packedText()+"</b>", 1200)+"</a>")
	if got, err := faults(strings.NewReader(honest), DefaultLimits()); strings.Join(got, "") != "end" || err != nil {
		t.Error(got, err)
	}
}

// packedText is 64 KiB that compress by about a hundred.
func packedText() string {
	var text strings.Builder
	for i := 0; text.Len() < 64<<10; i++ {
		fmt.Fprintf(&text, "%d%s", i*i*7919, strings.Repeat("x", 500))
	}
	return text.String()
}

// TestGoroutines wants nothing to go on when reading stops early.
func TestGoroutines(t *testing.T) {
	in := packed(t, "zstd", "<a>"+packedText())
	before := runtime.NumGoroutine()
	r := NewReader(testNames, DefaultLimits(), func(Fault) {})
	for range 20 {
		r.Reset(strings.NewReader(in))
		r.Next()
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines after %d", after, before)
	}
}
