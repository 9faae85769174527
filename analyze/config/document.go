package config

import (
	"fmt"
	"io"
	"strings"

	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/schemas/wording"
)

// What a file of a configuration may ask of its reader.
const (
	maxBytes    = 256 << 20
	maxElements = 2_000_000
	maxDepth    = 64
	maxValue    = 16 << 20
	maxProblems = 100 // that are told

	maxAgents     = 1_000
	maxPartitions = 1_000
	maxClasses    = 10_000
	maxAttributes = 50_000
	maxNotes      = 10_000 // problems collected, warnings, parts kept
)

// Place is a place in a document: line and column, both 1-based.
type Place struct {
	Line, Column uint32
}

// Attr is an attribute of an element.
type Attr struct {
	Name  string // without prefix
	Value string
	Place
}

// Element is an element of a configuration and all that is in it.
type Element struct {
	Name     string // without prefix
	Attrs    []Attr
	Children []*Element
	// Text is the character data of a leaf, and of another element the
	// beginning of what stands between its children and is not white space.
	Text string
	Place
}

// Document is one file of a configuration.
type Document struct {
	Name string
	Root *Element
	// Short marks what people write and servers do not: attributes stand as
	// children, ids may be left out, agents and partitions go by their names,
	// and a schema needs no more than its types and attributes.
	Short bool
}

// Parse reads one file of a server export. What is wrong with it is an
// [*Invalid]; other errors are those of in.
func Parse(name string, in io.Reader) (*Document, error) {
	var fault *source.Fault
	limits := source.Limits{Bytes: maxBytes, Depth: maxDepth, Attributes: 256, Value: maxValue}
	r := source.NewReader(source.NewVocabulary(), limits, func(f source.Fault) {
		if f.Fatal || f.ID == source.XMLChar {
			if fault == nil {
				fault = &f
			}
		}
	})
	r.Reset(in)
	root, err := readTree(r)
	if err == nil && fault == nil {
		return &Document{Name: name, Root: root}, nil
	}
	if e := r.Err(); e != nil {
		return nil, fmt.Errorf("read %s: %w", name, e)
	}
	p := Problem{File: name, Place: Place(r.TagPos())}
	if fault != nil {
		p.Place, p.Message = Place(fault.Pos), fault.Message
	} else {
		p.Message = err.Error()
	}
	return nil, &Invalid{Problems: []Problem{p}}
}

// readTree reads all elements. It returns nil and no error where a fault ended
// the reading.
func readTree(r *source.Reader) (*Element, error) {
	var root *Element
	var open []*Element
	names := map[string]string{} // few different ones
	one := func(b []byte) string {
		if s, ok := names[string(b)]; ok {
			return s
		}
		s := string(b)
		names[s] = s
		return s
	}
	for count := 0; ; {
		switch r.Next() {
		case source.StartElement:
			if count++; count > maxElements {
				return nil, fmt.Errorf("the file has more than %d elements", maxElements)
			}
			name := r.Name()
			e := &Element{Name: one([]byte(name[strings.IndexByte(name, ':')+1:])), Place: Place(r.Pos())}
			for _, a := range r.Attrs() {
				if a.Space != source.XMLNSNamespace {
					e.Attrs = append(e.Attrs, Attr{one(a.Local), string(a.Value), Place(a.Pos)})
				}
			}
			if len(open) == 0 {
				root = e
			} else {
				outer := open[len(open)-1]
				outer.Children = append(outer.Children, e)
				outer.mixed(r)
			}
			open = append(open, e)
		case source.EndElement:
			e := open[len(open)-1]
			if len(e.Children) == 0 {
				e.Text = string(r.Lead())
			} else {
				e.mixed(r)
			}
			open = open[:len(open)-1]
		case source.EndDocument:
			return root, nil
		default:
			return nil, nil
		}
	}
}

// mixed keeps enough of the text between children to tell of it.
func (e *Element) mixed(r *source.Reader) {
	if e.Text == "" && !r.LeadBlank() {
		e.Text = wording.Clip(strings.TrimSpace(string(r.Lead())))
	}
}

// child returns the first child of a name, nil if there is none.
func (e *Element) child(name string) *Element {
	for _, c := range e.Children {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// find follows a path of names, nil where it ends.
func (e *Element) find(path ...string) *Element {
	for _, name := range path {
		if e = e.child(name); e == nil {
			return nil
		}
	}
	return e
}

// empty tells whether an element says nothing: no text and no attributes in it,
// nor in its children.
func (e *Element) empty() bool {
	if strings.TrimSpace(e.Text) != "" || len(e.Attrs) > 0 {
		return false
	}
	for _, c := range e.Children {
		if !c.empty() {
			return false
		}
	}
	return true
}

// inner writes what is in an element as XML on one line. Prefixes of names and
// comments are gone.
func (e *Element) inner() string {
	var b strings.Builder
	for _, c := range e.Children {
		c.write(&b)
	}
	if len(e.Children) == 0 {
		b.WriteString(inText.Replace(e.Text))
	}
	return b.String()
}

var (
	inText  = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")
	inValue = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\t", "&#9;", "\n", "&#10;", "\r", "&#13;")
)

func (e *Element) write(b *strings.Builder) {
	b.WriteString("<" + e.Name)
	for _, a := range e.Attrs {
		b.WriteString(" " + a.Name + `="` + inValue.Replace(a.Value) + `"`)
	}
	if inner := e.inner(); inner != "" {
		b.WriteString(">" + inner + "</" + e.Name + ">")
		return
	}
	b.WriteString("/>")
}

// Problem is something that keeps a configuration from being understood, or, as
// a warning, from being meant.
type Problem struct {
	File string
	Place
	Message string
}

// String returns file:line:column: message.
func (p Problem) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// Invalid is the error of a configuration that is not understood: its problems,
// by document and place, at most 100.
type Invalid struct {
	Problems []Problem
}

// Error names all problems, one a line.
func (e *Invalid) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}
