package source

import (
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// generator writes random well-formed documents, each piece in one of the
// ways that XML has for it, and what a reader must find in them.
type generator struct {
	*rand.Rand
	doc  strings.Builder
	want []string
	lead strings.Builder
	open []map[string]string // prefixes in scope
}

func (g *generator) pick(from ...string) string { return from[g.IntN(len(from))] }

// character writes a character of text or of a value in quotes.
func (g *generator) character(quote string) (string, string) {
	char := g.pick("x", "7", "é", "日", "𝄞", "<", ">", "&", "'", "\"", "]", "]]", "\n", "\t", " ", "\r", "\ufffd", "\u0085")
	switch {
	case g.IntN(8) == 0:
		var refs string
		for _, c := range char {
			refs += fmt.Sprintf(g.pick("&#%d;", "&#x%X;", "&#x%x;", "&#000%d;"), c)
		}
		return refs, char
	case char == "<":
		return "&lt;", char
	case char == "&":
		return "&amp;", char
	case char == ">" || char == quote && quote != "":
		return map[string]string{">": "&gt;", "'": "&apos;", "\"": "&quot;"}[char], char
	case char == "\r": // a line end as written
		char = "\n"
		return g.pick("\r\n", "\r", "\n") + g.pick("x", "y"), char
	}
	return char, char
}

// text writes character data between tags.
func (g *generator) text() {
	for range g.IntN(6) {
		switch g.IntN(8) {
		case 0:
			g.doc.WriteString(g.pick("<!---->", "<!-- <&]]> - \r\n é -->", "<?p?>", "<?é <&]]> ? > --?>"))
		case 1:
			inside := g.pick("", "<&>", "]]", "é\n", "&amp;", "]] >", "<!-- -->")
			g.doc.WriteString("<![CDATA[" + inside + "]]>")
			g.lead.WriteString(inside)
		default:
			written, char := g.character("")
			if strings.HasPrefix(written, "\r") || strings.HasPrefix(written, "\n") && len(written) > 1 {
				char += written[len(written)-1:]
			}
			g.doc.WriteString(written)
			g.lead.WriteString(char)
		}
	}
}

// attribute writes one attribute and returns what a reader must make of it.
func (g *generator) attribute(name, space string) string {
	quote := g.pick("'", "\"")
	g.doc.WriteString(g.pick(" ", "\n ", "\t", "\r\n") + name + g.pick("=", " = ", "\n=\r\n") + quote)
	value := ""
	for range g.IntN(6) {
		written, char := g.character(quote)
		switch {
		case strings.HasPrefix(written, "\r") || strings.HasPrefix(written, "\n") && len(written) > 1:
			char = " " + written[len(written)-1:]
		case written == "\n" || written == "\t":
			char = " "
		}
		g.doc.WriteString(written)
		value += char
	}
	g.doc.WriteString(quote)
	return fmt.Sprintf(" %s{%s}=%q", name, space, value)
}

// declarations writes namespace declarations for an element.
func (g *generator) declarations() (attrs []string, scope map[string]string) {
	scope = map[string]string{"xml": XMLNamespace}
	if len(g.open) > 0 {
		for k, v := range g.open[len(g.open)-1] {
			scope[k] = v
		}
	}
	for _, prefix := range []string{"", "p", "q"} {
		if g.IntN(6) > 0 {
			continue
		}
		space, name := g.pick("u", "v"), "xmlns:"+prefix
		if prefix == "" {
			space, name = g.pick("u", "v", ""), "xmlns"
		}
		scope[prefix] = space
		fmt.Fprintf(&g.doc, " %s='%s'", name, space)
		attrs = append(attrs, fmt.Sprintf(" %s{%s}=%q", name, XMLNSNamespace, space))
	}
	return attrs, scope
}

// qualified puts a prefix that is in scope before some names.
func (g *generator) qualified(scope map[string]string, local string) (name, space string) {
	prefix := g.pick("p", "q", "xml")
	if space, ok := scope[prefix]; ok && g.IntN(3) == 0 {
		return prefix + ":" + local, space
	}
	return local, ""
}

func (g *generator) element(depth int) {
	// What the tag declares counts for its own name: write it aside first.
	before := g.doc.String()
	g.doc.Reset()
	attrs, scope := g.declarations()
	declared := g.doc.String()
	g.doc.Reset()
	g.doc.WriteString(before)
	name, space := g.qualified(scope, g.pick("a", "b", "é", "a-b.c_1", "日本"))
	if !strings.Contains(name, ":") {
		space = scope[""]
	}
	g.doc.WriteString("<" + name + declared)
	used := map[string]bool{}
	for range g.IntN(4) {
		name, space := g.qualified(scope, g.pick("a", "x", "ü"))
		if key := space + "}" + name[strings.Index(name, ":")+1:]; !used[key] {
			used[key] = true
			attrs = append(attrs, g.attribute(name, space))
		}
	}
	g.event("<", name, space, strings.Join(attrs, ""))
	g.open = append(g.open, scope)
	g.doc.WriteString(g.pick("", " ", "\n"))
	if g.IntN(4) == 0 {
		g.doc.WriteString("/>")
	} else {
		g.doc.WriteString(">")
		g.text()
		for depth > 0 && g.IntN(3) > 0 {
			g.element(depth - 1)
			g.text()
		}
		g.doc.WriteString("</" + name + g.pick("", " ", "\r\n") + ">")
	}
	g.event(">", name, space, "")
	g.open = g.open[:len(g.open)-1]
}

func (g *generator) event(kind, name, space, attrs string) {
	g.want = append(g.want, fmt.Sprintf("%s %s{%s}%s %q", kind, name, space, attrs, g.lead.String()))
	g.lead.Reset()
}

// generate writes a document and its events.
func generate(random *rand.Rand) (doc string, events []string) {
	g := &generator{Rand: random}
	g.doc.WriteString(g.pick("", "\ufeff", "<?xml version='1.0'?>", "<?xml version=\"1.0\" encoding='utf-8' ?>\r\n", "\n<!-- -->", "<?p?> "))
	g.element(4)
	g.doc.WriteString(g.pick("", "\n", "<!-- -->", "<?p?>\r\n"))
	return g.doc.String(), g.want
}

// events reads a document into the form of a generator.
func events(in io.Reader) []string {
	var got []string
	r := NewReader(testNames, DefaultLimits(), func(f Fault) { got = append(got, fmt.Sprint(f)) })
	r.Reset(in)
	for {
		kind := "<"
		switch r.Next() {
		case EndElement:
			kind = ">"
		case EndDocument, Stop:
			return got
		}
		attrs := ""
		for _, a := range r.Attrs() {
			attrs += fmt.Sprintf(" %s{%s}=%q", a.Name, a.Space, a.Value)
		}
		got = append(got, fmt.Sprintf("%s %s{%s}%s %q", kind, r.Name(), r.Space(), attrs, leadInside(r)))
	}
}

// leadInside is the lead of r, but white space outside the root is none.
func leadInside(r *Reader) []byte {
	if r.Depth() == 1 && r.kind == StartElement {
		return nil
	}
	return r.Lead()
}

func TestGenerated(t *testing.T) {
	rounds, random := effort(2000)
	for range rounds {
		doc, want := generate(random)
		if got := events(strings.NewReader(doc)); !slices.Equal(got, want) {
			t.Fatalf("%q:\n got %s\nwant %s", doc, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
		}
		sameAsStandard(t, doc)
	}
}

// sameAsStandard compares names, namespaces and text with encoding/xml.
func sameAsStandard(t *testing.T, doc string) {
	t.Helper()
	r := NewReader(testNames, DefaultLimits(), func(f Fault) { t.Errorf("%q: %v", doc, f) })
	r.Reset(strings.NewReader(doc))
	d := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(doc, "\ufeff")))
	text := ""
	for {
		token, err := d.Token()
		if err != nil && err != io.EOF {
			t.Fatalf("%q: encoding/xml: %v", doc, err)
		}
		var name xml.Name
		switch token := token.(type) {
		case xml.StartElement:
			name = token.Name
		case xml.EndElement:
			name = token.Name
		case xml.CharData:
			text += string(token)
			continue
		case nil:
			if kind := r.Next(); kind != EndDocument {
				t.Fatalf("%q: %d at the end", doc, kind)
			}
			return
		default:
			continue
		}
		if r.Next() == StartElement && r.Depth() == 1 {
			text = ""
		}
		local := r.Name()[strings.Index(r.Name(), ":")+1:]
		if local != name.Local || r.Space() != name.Space || string(leadInside(r)) != text {
			t.Fatalf("%q: %s{%s} %q, but encoding/xml finds %s{%s} %q", doc, local, r.Space(), r.Lead(), name.Local, name.Space, text)
		}
		text = ""
	}
}
