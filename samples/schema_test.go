package samples_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/antchfx/xmlquery"

	"github.com/runhist/runhist/schemas"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// places are paths of elements and attributes (after an @), each with the
// values that it may have where the schema lists them, or that it has.
type places map[string][]string

func (p places) add(path string, values ...string) {
	for _, v := range values {
		if !slices.Contains(p[path], v) {
			p[path] = append(p[path], v)
		}
	}
	if _, ok := p[path]; !ok {
		p[path] = nil
	}
}

// schemaPlaces are all places that the schema knows.
func schemaPlaces(t *testing.T) places {
	t.Helper()
	root, err := xmlquery.Parse(bytes.NewReader(schemas.UPSMODS))
	if err != nil {
		t.Fatal(err)
	}
	all, types := places{}, map[string]*xmlquery.Node{}
	for _, n := range xmlquery.Find(root, "/xs:schema/*[@name]") {
		types[n.SelectAttr("name")] = n
	}
	var inside func(path string, n *xmlquery.Node)
	place := func(path, typeName string, n *xmlquery.Node) {
		all.add(path)
		if named := types[typeName]; named != nil {
			inside(path, named)
		}
		inside(path, n)
	}
	inside = func(path string, n *xmlquery.Node) {
		for _, c := range n.ChildNodes() {
			switch c.Data {
			case "element":
				place(path+"/"+c.SelectAttr("name"), c.SelectAttr("type"), c)
			case "attribute":
				place(path+"/@"+c.SelectAttr("name"), c.SelectAttr("type"), c)
			case "enumeration":
				all.add(path, c.SelectAttr("value"))
			case "extension", "restriction":
				place(path, c.SelectAttr("base"), c)
			default:
				inside(path, c)
			}
		}
	}
	top := xmlquery.FindOne(root, "/xs:schema/xs:element")
	place("/"+top.SelectAttr("name"), top.SelectAttr("type"), top)
	return all
}

// document adds the places of a document to those that are known; the
// free content of step-description is left out.
func (p places) document(t *testing.T, name string, data []byte) {
	t.Helper()
	r := source.NewReader(rundetails.Vocabulary(), source.DefaultLimits(), func(f source.Fault) {
		t.Errorf("%s: %+v", name, f)
	})
	r.Reset(bytes.NewReader(data))
	for kind := r.Next(); kind != source.Stop && kind != source.EndDocument; kind = r.Next() {
		path := r.ElementPath()
		if strings.Contains(path, "/step-description/") {
			continue
		}
		switch kind {
		case source.StartElement:
			p.add(path)
			for _, a := range r.Attrs() {
				p.value(path+"/@"+string(a.Name), string(a.Value))
			}
		case source.EndElement:
			p.value(path, string(r.Lead()))
		}
	}
	if err := r.Err(); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

// value keeps a value, of each place no more than the schema lists anywhere.
func (p places) value(path, value string) {
	const most = 100
	if len(p[path]) < most {
		p.add(path, value)
	}
}
