package directory

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/runhist/runhist/analyze/engine"
)

// readable limits what the fuzzers read to sizes that tell something.
const readable = 64 << 10

// dump imports everything that can be read.
func dump(d *Directory) string {
	var b strings.Builder
	for {
		p := d.NextPage()
		for _, e := range p.Entries {
			if e.Error == nil {
				fmt.Fprintf(&b, "%+v\n", e.Entry)
			}
		}
		if !p.More {
			return b.String()
		}
	}
}

// FuzzLDIF: no text makes the reader panic or leave its place out of an error,
// and what it read comes back when it is written plainly and read again.
func FuzzLDIF(f *testing.F) {
	for _, seed := range []string{
		"version: 1\ndn: CN=a,DC=x\nobjectClass: user\ntitle: Head of\n  Sales\nphoto:: AQID\n",
		"dn: CN=a,DC=x\nchangetype: add\nobjectClass: user\n\ndn: CN=a,DC=x\nchangetype: modify\nadd: title\ntitle: x\n-\ndelete: title\n",
		"dn: CN=a,DC=x\nchangetype: modrdn\nnewrdn: CN=b\ndeleteoldrdn: 1\nnewsuperior: DC=y\n",
		"\xFF\xFEd\x00n\x00:\x00", "# a\n b\n\n\ndn:: !\n", "dn: x\r\nmember:< file:///x\r\n", "dn: CN=a,DC=x\nobjectClass: user\nmanager: CN=\\2C,DC=x\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > readable {
			return
		}
		o := Options{Agent: "X", Schema: engine.Schema{Types: []engine.ObjectType{{Name: "user"}}, Attributes: []engine.Attribute{{Name: "title"},
			{Name: "photo", Kind: engine.Binary, MultiValued: true}, {Name: "manager", Kind: engine.Reference}}},
			Capabilities: engine.Capabilities{DNStyle: engine.StyleLDAP, DeltaImport: true}}
		d, _ := New(o, nil)
		err := d.Apply(LDIF, "fuzz", bytes.NewReader(text))
		var place *TextError
		if errors.As(err, &place) && (place.Name != "fuzz" || place.Line < 1 || place.Column < 1 || place.Line > 2+bytes.Count(text, []byte("\n"))) {
			t.Fatalf("an error without its place: %v", err)
		}
		if err != nil {
			return
		}
		d.OpenImport(engine.ImportRequest{})
		first := dump(d)
		again, _ := New(o, nil)
		if err := again.Load(LDIF, "again", strings.NewReader(plainLDIF(d))); err != nil {
			t.Fatalf("%v\n%s", err, plainLDIF(d))
		}
		again.OpenImport(engine.ImportRequest{})
		if second := dump(again); first != second {
			t.Fatalf("read again it is other:\n%s\n%s", first, second)
		}
	})
}

// plainLDIF writes the objects of a source, everything in base64.
func plainLDIF(d *Directory) string {
	var b strings.Builder
	enc := base64.StdEncoding.EncodeToString
	d.OpenImport(engine.ImportRequest{})
	for {
		p := d.NextPage()
		for _, e := range p.Entries {
			if e.Error != nil {
				continue
			}
			fmt.Fprintf(&b, "dn:: %s\nobjectClass: %s\n", enc([]byte(e.DN)), e.Type)
			for _, a := range e.Attributes {
				for _, v := range a.Values {
					fmt.Fprintf(&b, "%s:: %s\n", a.Name, enc([]byte(v)))
				}
			}
			b.WriteString("\n")
		}
		if !p.More {
			return b.String()
		}
	}
}

// FuzzDelimited: no text makes the reader panic, and every text ends.
func FuzzDelimited(f *testing.F) {
	for _, seed := range []string{"id,name\r\n1,\"a \"\"b\"\"\nc\"\r\n", "id,name\n1\n2,b,c\n", "id,name\n\"", "id,name\n1,\xC3", "\xEF\xBB\xBFid,name\n1,x", "id,name\n1,\"a\"b\n", "id\x00"} {
		f.Add([]byte(seed), uint8(0))
	}
	pages := []int{65001, 1252, 1200, 20127}
	f.Fuzz(func(t *testing.T, text []byte, page uint8) {
		if len(text) > readable {
			return
		}
		o := Options{Agent: "X", Anchor: []string{"id"}, Layout: &Layout{Header: true, Qualifier: '"', CodePage: pages[int(page)%len(pages)]},
			Schema: engine.Schema{Types: []engine.ObjectType{{Name: "user"}}, Attributes: []engine.Attribute{{Name: "id"}, {Name: "name"}}}}
		d, err := New(o, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Load(Delimited, "fuzz", bytes.NewReader(text)); err == nil && d.OpenImport(engine.ImportRequest{}).Result == "" {
			dump(d)
		}
	})
}

// TestDelimitedAgainstCSV compares records of well-formed text with those of
// encoding/csv, at every size of the chunks in which they arrive.
func TestDelimitedAgainstCSV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOf(rapid.SampledFrom([]rune("ab ,\"\n;é€")))
		rows := rapid.SliceOfN(rapid.SliceOfN(word, 3, 3), 1, 6).Draw(t, "rows")
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		for _, row := range rows {
			for i := range row { // a carriage return would be changed by encoding/csv itself
				row[i] = strings.TrimLeft(row[i], " ")
			}
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		w.Flush()
		if text.Len() == 0 {
			return
		}
		want, err := csv.NewReader(bytes.NewReader(text.Bytes())).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		o := Options{Layout: &Layout{Qualifier: '"', Columns: []string{"a", "b", "c"}}}
		r := newDelimitedReader(&trickle{text.Bytes(), rapid.IntRange(1, 9).Draw(t, "chunk")}, &o, newAttributes(&o))
		for i := range want {
			rec, err := r.next()
			if err != nil || rec.fault != nil {
				t.Fatalf("%q, record %d: %v %+v", text.String(), i, err, rec)
			}
			got := make([]string, 3)
			for _, f := range rec.fields {
				for c, n := range r.numbers {
					if n == f.attr {
						got[c] = string(rec.value(f))
					}
				}
			}
			for c := range got {
				// The csv package turns CR LF within a field into LF.
				if have := strings.ReplaceAll(got[c], "\r\n", "\n"); have != want[i][c] {
					t.Fatalf("%q, record %d: got %q, want %q", text.String(), i, got, want[i])
				}
			}
		}
		if _, err := r.next(); err != io.EOF {
			t.Fatalf("%q: behind the last record: %v", text.String(), err)
		}
	})
}

// trickle hands a text out in small parts.
type trickle struct {
	text []byte
	n    int
}

func (t *trickle) Read(b []byte) (int, error) {
	if len(t.text) == 0 {
		return 0, io.EOF
	}
	n := copy(b[:min(len(b), t.n)], t.text)
	t.text = t.text[n:]
	return n, nil
}

// TestKey holds which DNs are the same name.
func TestKey(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"CN=Ann,DC=x", "cn=ann, dc=X", true},
		{"CN=Ann,DC=x", " CN=Ann ,  DC=x ", true},
		{`CN=a\,b,DC=x`, "CN=a,b,DC=x", false},
		{`CN=a\ ,DC=x`, "CN=a,DC=x", false},
		{`CN="a,b",DC=x`, `cn="A,B", dc=x`, true},
		{`CN="a , b",DC=x`, `CN="a,b",DC=x`, false},
		{"CN=ÄÖ", "cn=äö", true},
		{"CN=\u212A", "cn=k", true}, // the Kelvin sign
		{"CN=a b", "CN=a  b", false},
		{"CN=\xFF", "CN=\xFE", false},
	} {
		if got := bytes.Equal(appendKey(nil, c.a), appendKey(nil, c.b)); got != c.same {
			t.Errorf("%q and %q: the same is %t, want %t", c.a, c.b, got, c.same)
		}
	}
}

func TestConforms(t *testing.T) {
	for dn, want := range map[string]bool{"CN=a,DC=x": true, `CN=a\,b`: true, `CN="a,b",DC=x`: true, "CN=a+SN=b,DC=x": true, "": false, "a": false,
		"CN=": false, strings.Repeat("a=b,", 255) + "c=d": true, strings.Repeat("a=b,", 256) + "c=d": false, "=a": false, "CN=a,,DC=x": false, `CN=a\`: false, `CN="a`: false, "CN=a,": false, "C;N=a": false} {
		if got := conforms(dn); got != want {
			t.Errorf("%q: %t, want %t", dn, got, want)
		}
	}
}

func TestFormOf(t *testing.T) {
	for name, want := range map[string]string{"a/HR.LDIF": "", "x.csv": "", "x.txt": "", "x.avp": "attribute-value-pair", "x.dsml": "DSML", "x.prn": "fixed-width", "x.xls": "ends in"} {
		_, err := FormOf(name)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
}

// TestLargeGroup changes a group of 100,000 members whole and in one piece,
// which takes no longer than sorting them.
func TestLargeGroup(t *testing.T) {
	d, err := New(Options{Agent: "AD", Schema: engine.Schema{Types: []engine.ObjectType{{Name: "group"}},
		Attributes: []engine.Attribute{{Name: "member", Kind: engine.Reference, MultiValued: true}}}, Capabilities: engine.Capabilities{DNStyle: engine.StyleLDAP}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	const members = 100_000
	change := func(op string, from, to int) {
		var b strings.Builder
		b.WriteString("dn: CN=g,DC=x\nchangetype: modify\n" + op + ": member\n")
		for i := from; i < to; i++ {
			fmt.Fprintf(&b, "member: CN=%d,DC=x\n", i)
		}
		if err := d.Apply(LDIF, op, strings.NewReader(b.String())); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Load(LDIF, "load", strings.NewReader("dn: CN=g,DC=x\nobjectClass: group\n")); err != nil {
		t.Fatal(err)
	}
	change("add", 0, members)
	change("delete", 10, members)
	if e, _ := d.FullObject("CN=g,DC=x", nil); len(e.Attributes) != 1 || len(e.Attributes[0].Values) != 10 {
		t.Errorf("%+v", e)
	}
}
