package forms_test

import (
	"bytes"
	"io"
	"testing"
	"unicode/utf8"

	"github.com/runhist/runhist/schemas/forms"
	"github.com/runhist/runhist/schemas/source"
)

// FuzzDocuments feeds inputs. Whatever they are, their documents come to an
// end, are not much larger than it, and every place in them has one in it.
func FuzzDocuments(f *testing.F) {
	for _, data := range samples(f) {
		f.Add(data)
	}
	f.Add([]byte("<Objs><Obj N='a'><Obj><LST><S>&lt;server/>&lt;x/>a</S></LST></Obj><I32 N='RunNumber'>1</I32></Obj></Objs>"))
	limits := source.DefaultLimits()
	limits.Value = 1 << 16
	f.Fuzz(func(t *testing.T, data []byte) {
		known := source.FaultIDs()
		docs := forms.NewDocuments(limits, func(f source.Fault) { orderly(t, known, f) })
		docs.Reset(bytes.NewReader(data))
		size := 0
		for {
			doc, err := docs.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			n := follow(t, doc)
			if size += n; doc.Origin != nil && size > 1000+200*len(data) {
				t.Fatalf("%d bytes became %d", len(data), size)
			}
		}
	})
}

// orderly checks what holds for every fault.
func orderly(t *testing.T, known []string, f source.Fault) {
	t.Helper()
	found := false
	for _, id := range known {
		found = found || id == f.ID
	}
	if !found || f.Pos.Line == 0 || f.Pos.Column == 0 || f.Path == "" || f.Message == "" || !utf8.ValidString(f.Message) || len(f.Message) > 1000 {
		t.Errorf("an odd fault: %+v", f)
	}
}

// follow reads a document and returns how many bytes it has.
func follow(t *testing.T, doc *forms.Document) int {
	t.Helper()
	place := func(p source.Pos) {
		if doc.Origin == nil {
			return
		}
		if at := doc.Origin.At(p); at.Line == 0 || at.Column == 0 {
			t.Errorf("%v stands nowhere", p)
		}
	}
	r := source.NewReader(source.NewVocabulary(), source.DefaultLimits(), func(f source.Fault) { place(f.Pos) })
	r.Reset(doc)
	for {
		switch r.Next() {
		case source.StartElement:
			place(r.Pos())
		case source.EndDocument, source.Stop:
			return int(r.BytesRead())
		}
	}
}

// FuzzArchive feeds archives: reading all members ends, in bounded memory, and
// every error is a fault.
func FuzzArchive(f *testing.F) {
	inner := archive(f, entry{name: "z.xml", text: "<z/>"})
	f.Add(archive(f, entry{name: "a.xml", text: "<a/>"}, entry{name: "i.zip", text: string(inner)}, entry{name: "b.txt"}))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, data []byte) {
		names := map[string]bool{}
		for _, m := range forms.OpenArchive("a.zip", bytes.NewReader(data), int64(len(data)), &forms.Held{Left: 1 << 20}).Members {
			if names[m.Name] {
				t.Errorf("two members are named %q", m.Name)
			}
			names[m.Name] = true
			if told := look(m); len(told) > 5 && told[:5] == "error" {
				t.Errorf("%s: %s", m.Name, told)
			}
		}
	})
}
