package directory

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"

	"github.com/runhist/runhist/analyze/engine"
)

// wideSchema is a schema of n attributes besides the anchor and a reference.
func wideSchema(n int) engine.Schema {
	s := engine.Schema{Types: []engine.ObjectType{{Name: "person"}}, Attributes: []engine.Attribute{{Name: "employeeID"}}}
	for i := 1; i < n; i++ {
		s.Attributes = append(s.Attributes, engine.Attribute{Name: fmt.Sprintf("attribute%02d", i)})
	}
	return s
}

func wideLDIF(objects, attributes int) []byte {
	var b bytes.Buffer
	b.WriteString("version: 1\n")
	for o := range objects {
		fmt.Fprintf(&b, "\ndn: CN=person %07d,OU=Users,DC=fabrikam\nobjectClass: person\nemployeeID: %07d\n", o, o)
		for a := 1; a < attributes; a++ {
			fmt.Fprintf(&b, "attribute%02d: value %d of %d\n", a, a, o)
		}
	}
	return b.Bytes()
}

func wideCSV(objects, attributes int) []byte {
	var b bytes.Buffer
	b.WriteString("employeeID")
	for a := 1; a < attributes; a++ {
		fmt.Fprintf(&b, ",attribute%02d", a)
	}
	for o := range objects {
		fmt.Fprintf(&b, "\r\n%07d", o)
		for a := 1; a < attributes; a++ {
			fmt.Fprintf(&b, ",\"value %d of %d\"", a, o)
		}
	}
	return b.Bytes()
}

func options(style engine.DNStyle) Options {
	return Options{Agent: "HR", Anchor: []string{"employeeID"}, Schema: wideSchema(20), Capabilities: engine.Capabilities{DNStyle: style, DeltaImport: true}}
}

func load(b testing.TB, o Options, form Form, text []byte) *Directory {
	d, err := New(o, nil)
	if err != nil {
		b.Fatal(err)
	}
	if err := d.Load(form, "bench", bytes.NewReader(text)); err != nil {
		b.Fatal(err)
	}
	return d
}

// BenchmarkLoad reads texts of 100,000 objects with 20 attributes each and
// reports the memory that an object takes afterwards.
func BenchmarkLoad(b *testing.B) {
	const objects = 100_000
	for _, c := range []struct {
		name  string
		style engine.DNStyle
		form  Form
		text  []byte
	}{
		{"LDIF", engine.StyleLDAP, LDIF, wideLDIF(objects, 20)},
		{"LDIFWithoutDN", engine.StyleNone, LDIF, wideLDIF(objects, 20)},
		{"Delimited", engine.StyleNone, Delimited, wideCSV(objects, 20)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			var d *Directory
			for b.Loop() {
				d = load(b, options(c.style), c.form, c.text)
			}
			var with, without runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&with)
			if d.Len() != objects || len(d.discovery) > 0 {
				b.Fatalf("%d objects, %d that cannot be read", d.Len(), len(d.discovery))
			}
			d = nil
			runtime.GC()
			runtime.ReadMemStats(&without)
			b.ReportMetric(float64(with.HeapAlloc-without.HeapAlloc)/objects, "B/object")
		})
	}
}

// BenchmarkFullImport delivers 100,000 objects with 20 attributes each.
func BenchmarkFullImport(b *testing.B) {
	d := load(b, options(engine.StyleLDAP), LDIF, wideLDIF(100_000, 20))
	b.ReportAllocs()
	for b.Loop() {
		d.OpenImport(engine.ImportRequest{})
		n := 0
		for {
			p := d.NextPage()
			if n += len(p.Entries); !p.More {
				break
			}
		}
		if d.Close(); n != 100_000 {
			b.Fatal(n)
		}
	}
}
