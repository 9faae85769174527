package requirements_test

import (
	"encoding/xml"
	"testing"

	"github.com/runhist/runhist/schemas"
	"github.com/runhist/runhist/validate/requirements"
)

// xsdNode is one component of the schema: its attributes and its children.
type xsdNode struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []xsdNode  `xml:",any"`
}

func (n *xsdNode) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// xsdElement is an element of the schema in one place.
type xsdElement struct {
	path       string
	typeName   string // of a type that the schema names, else empty
	attributes []xsdAttribute
	children   []*xsdElement
}

type xsdAttribute struct{ name, typeName string }

// xsdWalk expands the named types of a schema. The schema has no recursion.
type xsdWalk struct{ types map[string]*xsdNode }

// readXSD returns the root element of the embedded schema.
func readXSD(t *testing.T) *xsdElement {
	t.Helper()
	var schema xsdNode
	if err := xml.Unmarshal(schemas.UPSMODS, &schema); err != nil {
		t.Fatal(err)
	}
	w := xsdWalk{types: map[string]*xsdNode{}}
	var root *xsdNode
	for i := range schema.Children {
		if n := &schema.Children[i]; n.XMLName.Local == "element" {
			root = n
		} else {
			w.types[n.attr("name")] = n
		}
	}
	return w.element("", root)
}

func (w xsdWalk) element(parent string, n *xsdNode) *xsdElement {
	e := &xsdElement{path: parent + "/" + n.attr("name")}
	if _, ok := w.types[n.attr("type")]; ok {
		e.typeName = n.attr("type")
		w.content(e, w.types[e.typeName])
	}
	w.content(e, n)
	return e
}

// content adds what a component and the bases of its types declare.
func (w xsdWalk) content(e *xsdElement, n *xsdNode) {
	for i := range n.Children {
		child := &n.Children[i]
		switch child.XMLName.Local {
		case "element":
			e.children = append(e.children, w.element(e.path, child))
			continue
		case "attribute":
			a := xsdAttribute{name: child.attr("name")}
			if _, ok := w.types[child.attr("type")]; ok {
				a.typeName = child.attr("type")
			}
			e.attributes = append(e.attributes, a)
			continue
		case "extension", "restriction":
			if base, ok := w.types[child.attr("base")]; ok {
				w.content(e, base)
			}
		}
		w.content(e, child)
	}
}

// walk visits an element and everything below it.
func (e *xsdElement) walk(visit func(*xsdElement)) {
	visit(e)
	for _, child := range e.children {
		child.walk(visit)
	}
}

// xsdPlaces returns every place at which a document can violate the schema,
// but for the names of elements and attributes that it does not know.
func xsdPlaces(root *xsdElement) []requirements.Place {
	places := []requirements.Place{
		{Child: "report"},
		{Path: "/report"},
		{Path: root.path, Child: "report", Type: requirements.TypeNamespace},
	}
	root.walk(func(e *xsdElement) {
		places = append(places,
			requirements.Place{Path: e.path, Type: e.typeName},
			requirements.Place{Path: e.path, Child: "report"},
			requirements.Place{Path: e.path, Attribute: "xsi:nil", Presence: true},
		)
		for _, child := range e.children {
			_, name := splitLast(child.path)
			places = append(places, requirements.Place{Path: e.path, Child: name, Type: e.typeName})
		}
		for _, a := range e.attributes {
			places = append(places,
				requirements.Place{Path: e.path, Attribute: a.name, Type: a.typeName},
				requirements.Place{Path: e.path, Attribute: a.name, Type: a.typeName, Presence: true},
			)
		}
	})
	return places
}
