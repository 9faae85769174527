package rundetails

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/runhist/runhist/schemas"
)

// particle is a node of the schema document.
type particle struct {
	XMLName xml.Name
	Name    string     `xml:"name,attr"`
	Type    string     `xml:"type,attr"`
	Base    string     `xml:"base,attr"`
	Fixed   string     `xml:"fixed,attr"`
	Nodes   []particle `xml:",any"`
}

// schemaWalk visits every element and attribute that the schema allows.
type schemaWalk struct {
	types map[string]*particle
	visit func(path []string, attribute string)
}

func (s *schemaWalk) element(e *particle, path []string) {
	path = append(path[:len(path):len(path)], e.Name)
	s.visit(path, "")
	if t := s.types[e.Type]; t != nil {
		s.content(t, path)
	}
	s.content(e, path)
}

// content visits what stands in a type, and in those that it is derived from.
func (s *schemaWalk) content(t *particle, path []string) {
	if base := s.types[t.Base]; base != nil {
		s.content(base, path)
	}
	for i := range t.Nodes {
		switch n := &t.Nodes[i]; n.XMLName.Local {
		case "element":
			s.element(n, path)
		case "attribute":
			s.visit(path, n.Name)
		default:
			s.content(n, path)
		}
	}
}

// TestSchemaHasFields fills each element and attribute of the schema in a
// document of its own, and looks for it in what is written.
func TestSchemaHasFields(t *testing.T) {
	var schema particle
	if err := xml.Unmarshal(schemas.UPSMODS, &schema); err != nil {
		t.Fatal(err)
	}
	walk := &schemaWalk{types: map[string]*particle{}}
	var root *particle
	for i := range schema.Nodes {
		switch n := &schema.Nodes[i]; n.XMLName.Local {
		case "element":
			root = n
		case "complexType":
			walk.types[n.Name] = n
		}
	}
	places := 0
	walk.visit = func(path []string, attribute string) {
		places++
		var document, end strings.Builder
		for i, name := range path {
			document.WriteString("<" + name)
			if i == len(path)-1 && attribute != "" {
				document.WriteString(" " + attribute + `="x-1"`)
			}
			document.WriteString(">")
		}
		document.WriteString("y-1")
		for i := len(path) - 1; i >= 0; i-- {
			end.WriteString("</" + path[i] + ">")
		}
		out := string(written(t, read(t, []byte(document.String()+end.String()))))
		rest := out
		for _, name := range path { // in this order, each inside of the one before
			_, after, found := strings.Cut(rest, "<"+name)
			if !found {
				t.Errorf("%s is lost: %s", strings.Join(path, "/"), out)
				return
			}
			rest = after
		}
		if attribute != "" && !strings.HasPrefix(rest, " "+attribute+`="x-1"`) {
			t.Errorf("%s/@%s is lost: %s", strings.Join(path, "/"), attribute, out)
		}
	}
	walk.element(root, nil)
	if places < 200 {
		t.Errorf("only %d places of the schema were seen", places)
	}
	t.Log(places, "elements and attributes")
}

// TestDetails holds the detail that counters get to what the schema fixes for
// their names.
func TestDetails(t *testing.T) {
	var schema particle
	if err := xml.Unmarshal(schemas.UPSMODS, &schema); err != nil {
		t.Fatal(err)
	}
	fixed := map[string]string{} // by complex type
	var types func(p *particle, name string)
	types = func(p *particle, name string) {
		if p.XMLName.Local == "complexType" {
			name = p.Name
		}
		if p.XMLName.Local == "attribute" && p.Name == "detail" {
			fixed[name] = p.Fixed
		}
		for i := range p.Nodes {
			types(&p.Nodes[i], name)
		}
	}
	types(&schema, "")
	checked := 0
	var elements func(p *particle)
	elements = func(p *particle) {
		if want := fixed[p.Type]; p.XMLName.Local == "element" && want != "" {
			checked++
			name := Vocabulary().Sym([]byte(p.Name))
			if got := NewCounter(name, 1).Detail.Value; got != want {
				t.Errorf("%s has the detail %s, and the schema fixes %s", p.Name, got, want)
			}
		}
		for i := range p.Nodes {
			elements(&p.Nodes[i])
		}
	}
	elements(&schema)
	if checked < 30 {
		t.Errorf("only %d counters were found", checked)
	}
}
