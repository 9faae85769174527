package forms_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/klauspost/compress/gzip"

	"github.com/runhist/runhist/schemas/forms"
	"github.com/runhist/runhist/schemas/source"
)

var update = flag.Bool("update", false, "write the golden files")

// tell reads an input and tells its documents, a line each with the place in
// the input and a + where the line is ours, and its faults.
func tell(in io.Reader, limits source.Limits) string {
	var out strings.Builder
	docs := forms.NewDocuments(limits, func(f source.Fault) {
		fmt.Fprintf(&out, "fault %s %d:%d %s %s\n", f.ID, f.Pos.Line, f.Pos.Column, f.Path, f.Message)
	})
	docs.Reset(in)
	for {
		doc, err := docs.Next()
		if err == io.EOF {
			return out.String()
		}
		if err != nil {
			fmt.Fprintf(&out, "error %v\n", err)
			return out.String()
		}
		text, err := io.ReadAll(doc)
		if err != nil {
			fmt.Fprintf(&out, "error in a document: %v\n", err)
		}
		if doc.Origin == nil {
			fmt.Fprintf(&out, "document of %d bytes, as it is\n", len(text))
			continue
		}
		out.WriteString("document\n")
		for i, line := range strings.Split(strings.TrimSuffix(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n"), "\n") {
			pos := source.Pos{Line: uint32(i + 1), Column: 1}
			at, ours := doc.Origin.At(pos), ""
			if doc.Origin.Ours("XSD-missing-element", pos) {
				ours = "+"
			}
			fmt.Fprintf(&out, "%9s| %s\n", fmt.Sprintf("%s%d:%d", ours, at.Line, at.Column), line)
		}
	}
}

// samples are the files of samples/forms.
func samples(t testing.TB) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob("../../samples/forms/*")
	if err != nil || len(paths) < 15 {
		t.Fatal(len(paths), err)
	}
	files := map[string][]byte{}
	for _, path := range paths {
		if filepath.Ext(path) == ".md" {
			continue
		}
		if files[filepath.Base(path)], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// TestSamples holds what becomes of each form, line by line.
func TestSamples(t *testing.T) {
	for name, data := range samples(t) {
		t.Run(name, func(t *testing.T) {
			got := tell(bytes.NewReader(data), source.DefaultLimits())
			golden := filepath.Join("testdata", name+".want")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if slow := tell(iotest.OneByteReader(bytes.NewReader(data)), source.DefaultLimits()); slow != got {
				t.Errorf("byte by byte it is\n%s", slow)
			}
		})
	}
}

// TestEncodings holds that PowerShell's files, which are UTF-16 mostly, and
// compressed ones are recognised, and places stay those of the text.
func TestEncodings(t *testing.T) {
	for name, data := range samples(t) {
		want := tell(bytes.NewReader(data), source.DefaultLimits())
		if strings.Contains(want, "as it is") {
			continue
		}
		var le, be, packed bytes.Buffer
		for _, unit := range utf16.Encode([]rune("\ufeff" + string(data))) {
			le.Write([]byte{byte(unit), byte(unit >> 8)})
			be.Write([]byte{byte(unit >> 8), byte(unit)})
		}
		w := gzip.NewWriter(&packed)
		_, _ = w.Write(le.Bytes())
		_ = w.Close()
		for form, in := range map[string][]byte{
			"mark": append([]byte("\ufeff"), data...), "little": le.Bytes(), "big": be.Bytes(), "little without mark": le.Bytes()[2:], "gzip": packed.Bytes(),
		} {
			if name == "preamble.xml" && (form == "gzip" || form == "little without mark") {
				continue // nobody has that
			}
			if got := tell(bytes.NewReader(in), source.DefaultLimits()); got != want {
				t.Errorf("%s in %s:\n%s\nwant\n%s", name, form, got, want)
			}
		}
	}
}

// TestPlain holds that what is no form of ours is handed on byte by byte, with
// the errors of its reader.
func TestPlain(t *testing.T) {
	docs := forms.NewDocuments(source.DefaultLimits(), func(f source.Fault) { t.Error(f) })
	broken := errors.New("disk broken")
	for _, text := range []string{
		"", "x", "<", "<run-history/>", "<Objsx/>", "<?xml version='1.0'?><!-- <Objs --><run-history/>", "<a><Objs/></a>", "\x1f\x8b\x08", "\xff\xfe", "\x00",
		"#< CLIXMK", strings.Repeat("<!-- long -->", 100) + "<run-history/>", strings.Repeat("\xff\xfe", 100_000), "<!DOCTYPE Objs><Objs/>",
	} {
		docs.Reset(io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)))
		doc, err := docs.Next()
		if err != nil || doc.Origin != nil {
			t.Fatalf("%.20q: %v, %v", text, doc, err)
		}
		if got, err := io.ReadAll(doc); string(got) != text || !errors.Is(err, broken) {
			t.Errorf("%.20q: got %.20q, %v", text, got, err)
		}
		if _, err := docs.Next(); err != io.EOF {
			t.Errorf("%.20q: a second document: %v", text, err)
		}
	}
}

// TestErrors holds that an error of the input of CLIXML comes behind the
// documents that were whole.
func TestErrors(t *testing.T) {
	data := samples(t)["strings.xml"]
	half := data[:bytes.LastIndex(data, []byte("<S>"))+200]
	got := tell(io.MultiReader(bytes.NewReader(half), iotest.ErrReader(errors.New("disk broken"))), source.DefaultLimits())
	if strings.Count(got, "document\n") != 2 || !strings.HasSuffix(got, "error disk broken\n") {
		t.Error(got)
	}
}

// TestReuse holds that an input leaves nothing behind for the next one.
func TestReuse(t *testing.T) {
	data := samples(t)
	first, second := data["run-step-results.xml"], data["nothing.xml"]
	faults := 0
	docs := forms.NewDocuments(source.DefaultLimits(), func(source.Fault) { faults++ })
	docs.Reset(bytes.NewReader(first))
	if _, err := docs.Next(); err != nil {
		t.Fatal(err)
	}
	docs.Reset(bytes.NewReader(second))
	if _, err := docs.Next(); err != io.EOF || faults != 1 {
		t.Errorf("%v, %d faults", err, faults)
	}
}

func TestHeld(t *testing.T) {
	limits := source.DefaultLimits()
	limits.Value = 3000
	fragment := "<S N='e'>&lt;synchronization-errors&gt;" + strings.Repeat(" ", 2900) + "&lt;/synchronization-errors&gt;</S>"
	const objs = "<Objs xmlns='http://schemas.microsoft.com/powershell/2004/04'>"
	got := tell(strings.NewReader(objs+"<Obj>"+strings.Repeat(fragment, 3)+"</Obj></Objs>"), limits)
	if strings.Count(got, "document") != 1 || strings.Contains(got, "fault") {
		t.Errorf("three values of one object:\n%s", got)
	}
	got = tell(strings.NewReader(objs+"<Obj>"+strings.Repeat(fragment, 5)+"</Obj></Objs>"), limits)
	if want := "fault SRC-limit-value 1:"; strings.Count(got, "\n") != 1 || !strings.HasPrefix(got, want) {
		t.Errorf("five values of one object:\n%s", got)
	}
	many := strings.Repeat("<Obj><I32 N='StepNumber'>1</I32>"+fragment+"</Obj>", 9)
	if got = tell(strings.NewReader(objs+many+"</Objs>"), limits); strings.Count(got, "document") != 9 || strings.Contains(got, "fault") {
		t.Errorf("a value in each of many objects:\n%.300s", got)
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"2024-03-12T02:14:00.0633333Z":      "2024-03-12 02:14:00.063",
		"2024-03-12T02:14:00":               "2024-03-12 02:14:00.000",
		"2024-03-12T01:14:00.5-05:00":       "2024-03-12 06:14:00.500",
		"2024-03-12T01:14:00.9999999+02:00": "2024-03-11 23:14:00.999",
		"yesterday":                         "yesterday",
		"0001-01-01T00:00:00":               "",
	} {
		got := tell(strings.NewReader("<Objs><Obj><Props><I32 N='StepNumber'>1</I32><DT N='EndDate'>"+text+"</DT></Props></Obj></Objs>"), source.DefaultLimits())
		_, date, _ := strings.Cut(got, "<end-date>")
		if date, _, _ = strings.Cut(date, "<"); date != want {
			t.Errorf("%s is %q, want %q", text, date, want)
		}
	}
}
