package diff

import (
	"bytes"
	"strings"

	rd "github.com/runhist/runhist/schemas/rundetails"
)

// textName is the name of a text among nodes, and of a text between the
// elements of free content.
const textName = "text()"

// Element is an element as it is compared: a part of the model that was taken
// out of it.
type Element struct {
	Name       string
	Attributes []Attribute
	Text       string // of an element without children
	Kind       Kind   // of the text; None where there is none
	Children   []*Element
	Line       uint32 // in its document, 0 where a program made it
	Column     uint32

	value value
	index int // among its siblings of the same name
	inSet int // number of the set among its siblings that it is in, 0 for none
}

// Attribute is an attribute of an element.
type Attribute struct {
	Name, Value string
	Line        uint32
	Column      uint32

	value value
}

// attribute returns the value of an attribute.
func (e *Element) attribute(name string) (string, bool) {
	for i := range e.Attributes {
		if e.Attributes[i].Name == name {
			return e.Attributes[i].Value, true
		}
	}
	return "", false
}

// child returns the first child of that name, or nil.
func (e *Element) child(name string) *Element {
	for _, c := range e.Children {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// childText is the text of the first child of that name, or "".
func (e *Element) childText(name string) string {
	if c := e.child(name); c != nil {
		return c.Text
	}
	return ""
}

// takeOut is a sink that makes elements.
type takeOut struct {
	root  *Element
	stack []*Element
	sets  []int // by depth: the set under way, 0 for none
	set   int   // the last number of a set
}

// newTakeOut returns a sink whose elements stand below root.
func newTakeOut() *takeOut {
	t := &takeOut{root: &Element{}}
	t.stack, t.sets = []*Element{t.root}, []int{0}
	return t
}

func (t *takeOut) top() *Element { return t.stack[len(t.stack)-1] }

func (t *takeOut) open(name string, at *rd.Place) {
	e := &Element{Name: name, Line: at.Line, Column: at.Column, inSet: t.sets[len(t.sets)-1]}
	t.top().Children = append(t.top().Children, e)
	t.stack, t.sets = append(t.stack, e), append(t.sets, 0)
}

func (t *takeOut) attribute(name string, v value, at *rd.Place) {
	e := t.top()
	e.Attributes = append(e.Attributes, Attribute{Name: name, Value: v.text, Line: at.Line, Column: at.Column, value: v})
}

func (t *takeOut) text(v value) { e := t.top(); e.Text, e.Kind, e.value = v.text, v.kind, v }

func (t *takeOut) close() {
	last := len(t.stack) - 1
	t.stack[last].number()
	t.stack, t.sets = t.stack[:last], t.sets[:last]
}

func (t *takeOut) beginSet() { t.set++; t.sets[len(t.sets)-1] = t.set }
func (t *takeOut) endSet()   { t.sets[len(t.sets)-1] = 0 }

// number gives the children their places among those of their names.
func (e *Element) number() {
	var counts map[string]int // made for elements with many children only
	const few = 32
	if len(e.Children) > few {
		counts = map[string]int{}
	}
	for i, c := range e.Children {
		if counts != nil {
			counts[c.Name]++
			c.index = counts[c.Name]
			continue
		}
		c.index = 1
		for k := i - 1; k >= 0; k-- {
			if e.Children[k].Name == c.Name {
				c.index = e.Children[k].index + 1
				break
			}
		}
	}
}

// replay shows the element to a sink.
func (e *Element) replay(s sink) {
	at := rd.Place{Line: e.Line, Column: e.Column}
	s.open(e.Name, &at)
	for i := range e.Attributes {
		s.attribute(e.Attributes[i].Name, e.Attributes[i].value, &at)
	}
	if e.Kind != None {
		s.text(e.value)
	}
	set := 0
	for _, c := range e.Children {
		if c.inSet != set {
			if set != 0 {
				s.endSet()
			}
			if set = c.inSet; set != 0 {
				s.beginSet()
			}
		}
		c.replay(s)
	}
	if set != 0 {
		s.endSet()
	}
	s.close()
}

// writeXML writes the element as a document writes it.
func (e *Element) writeXML(b *bytes.Buffer) {
	if e.Name == textName {
		writeEscaped(b, e.Text)
		return
	}
	b.WriteString("<" + e.Name)
	for _, a := range e.Attributes {
		b.WriteString(" " + a.Name + `="`)
		writeEscaped(b, a.Value)
		b.WriteByte('"')
	}
	b.WriteByte('>')
	writeEscaped(b, e.Text)
	for _, c := range e.Children {
		c.writeXML(b)
	}
	b.WriteString("</" + e.Name + ">")
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\r", "&#13;", "\n", "&#10;", "\t", "&#9;")

func writeEscaped(b *bytes.Buffer, text string) { _, _ = escaper.WriteString(b, text) }
