package xsd

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/runhist/runhist/schemas"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate/xsd/datatype"
)

// part is a piece of a document: an element, or text where the name is "".
type part struct {
	name    string
	attrs   []field
	content []*part
	text    string // what a reader gets to see
	raw     bool   // text is markup, to be written as it is
	loose   bool   // element content: white space may be added
}

type field struct {
	name, value string
	raw         bool // value is written as it is, quotes included
}

func textPart(text string) *part  { return &part{text: text} }
func rawPart(markup string) *part { return &part{text: markup, raw: true} }

func (p *part) attr(name string) *field {
	for i := range p.attrs {
		if p.attrs[i].name == name {
			return &p.attrs[i]
		}
	}
	return nil
}

// set sets an attribute, replacing the one of that name.
func (p *part) set(name, value string) {
	if a := p.attr(name); a != nil {
		*a = field{name: name, value: value}
		return
	}
	p.attrs = append(p.attrs, field{name: name, value: value})
}

// elements appends the elements of the tree below p, p first.
func (p *part) elements(list []*part) []*part {
	if p.name == "" {
		return list
	}
	list = append(list, p)
	for _, c := range p.content {
		list = c.elements(list)
	}
	return list
}

func (p *part) clone() *part {
	q := *p
	q.attrs = slices.Clone(p.attrs)
	q.content = make([]*part, len(p.content))
	for i, c := range p.content {
		q.content[i] = c.clone()
	}
	return &q
}

// catalogue is what the generator knows of a schema: the file's own nodes, not
// what the compiler makes of them.
type catalogue struct {
	older     bool                // its patterns are those of the products before [MS-UPSMODS]
	types     map[string]*node    // named types of the file
	derived   map[string][]string // names of the types derived from a named one, itself included
	inhabited map[string][]string // the same without types that have no values
	names     []string            // of elements and attributes
	root      *node
}

func newCatalogue(t testing.TB) *catalogue { return catalogueOf(t, schemas.UPSMODS) }

func catalogueOf(t testing.TB, xsd []byte) *catalogue {
	t.Helper()
	top, err := parse(xsd)
	if err != nil {
		t.Fatal(err)
	}
	c := &catalogue{older: !bytes.Equal(xsd, schemas.UPSMODS), types: map[string]*node{}, derived: map[string][]string{}, inhabited: map[string][]string{}}
	c.names = declaredNames(top, nil)
	slices.Sort(c.names)
	c.names = slices.Compact(c.names)
	bases := map[string]string{}
	for _, n := range top.children {
		if n.name == "element" {
			c.root = n
			continue
		}
		c.types[n.attr("name")] = n
		bases[n.attr("name")] = baseName(n)
	}
	for _, local := range datatype.Names() {
		b, _ := datatype.Builtin(local)
		bases["xs:"+local] = "xs:anyType"
		if b.Base() != nil {
			bases["xs:"+local] = "xs:" + b.Base().Name()
		}
	}
	bases["xs:anyType"] = ""
	for name := range bases {
		for base := name; base != ""; base = bases[base] {
			c.derived[base] = append(c.derived[base], name)
		}
	}
	for base, list := range c.derived {
		slices.Sort(list)
		c.inhabited[base] = slices.DeleteFunc(slices.Clone(list), func(name string) bool {
			return name == "xs:NOTATION" || name == "xs:ENTITY" || name == "xs:ENTITIES"
		})
	}
	return c
}

// baseName is the name of the type that a named type is derived from.
func baseName(n *node) string {
	for _, child := range n.children {
		switch child.name {
		case "restriction", "extension":
			return child.attr("base")
		case "simpleContent", "complexContent":
			return baseName(child)
		}
	}
	return "xs:anyType"
}

// generator makes random documents that are valid.
type generator struct {
	*catalogue
	rng      *rand.Rand
	prefixed bool // the root declares the prefixes xsi and xs
	budget   int  // repeated elements still to come
	ids      int
}

func (c *catalogue) generator(rng *rand.Rand) *generator {
	return &generator{catalogue: c, rng: rng, prefixed: rng.IntN(2) == 0, budget: rng.IntN(12)}
}

// oneIn is true once in n times.
func (g *generator) oneIn(n int) bool { return g.rng.IntN(n) == 0 }

func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

// document makes a valid document.
func (g *generator) document() *part {
	p := g.element(g.root)
	if g.prefixed {
		g.declarePrefixes(p)
	}
	return p
}

func (g *generator) declarePrefixes(p *part) {
	p.set("xmlns:xsi", source.XSINamespace)
	p.set("xmlns:xs", schemaNamespace)
}

// instance gives p an attribute of the schema instance namespace.
func (g *generator) instance(p *part, local, value string) {
	if !g.prefixed {
		g.declarePrefixes(p)
	}
	p.set("xsi:"+local, value)
}

// element makes an element of a declaration, sometimes of a derived type.
func (g *generator) element(decl *node) *part {
	p := &part{name: decl.attr("name")}
	name := decl.attr("type")
	if name != "" && g.oneIn(40) {
		name = pick(g.rng, g.inhabited[name])
		g.instance(p, "type", name)
	}
	if g.oneIn(300) {
		g.instance(p, pick(g.rng, []string{"schemaLocation", "noNamespaceSchemaLocation"}), "u run-details.xsd")
	}
	if name != "" {
		g.fill(p, name)
	} else {
		g.define(p, typeChild(decl), "")
	}
	g.rng.Shuffle(len(p.attrs), func(i, j int) { p.attrs[i], p.attrs[j] = p.attrs[j], p.attrs[i] })
	return p
}

func typeChild(decl *node) *node {
	for _, c := range decl.children {
		if c.name == "simpleType" || c.name == "complexType" {
			return c
		}
	}
	panic("no type: " + decl.attr("name"))
}

// fill gives p the content and attributes of a named type.
func (g *generator) fill(p *part, name string) {
	switch {
	case name == "xs:anyType":
		g.lax(p, 0, false)
	case strings.HasPrefix(name, "xs:"):
		p.content = []*part{textPart(g.builtinValue(name[3:]))}
	default:
		g.define(p, g.types[name], name)
	}
}

// define gives p the content and attributes of a type definition.
func (g *generator) define(p *part, n *node, name string) {
	if n.name == "simpleType" {
		p.content = []*part{textPart(g.restricted(n.children[0], name))}
		return
	}
	p.loose = true
	for _, child := range n.children {
		switch child.name {
		case "sequence", "choice":
			g.particle(p, child)
		case "attribute":
			g.attribute(p, child)
		case "simpleContent", "complexContent":
			step := child.children[0]
			g.fill(p, step.attr("base"))
			p.loose = child.name == "complexContent"
			if step.name == "restriction" {
				p.content = []*part{textPart(g.restricted(step, name))}
				continue
			}
			for _, a := range step.children {
				g.attribute(p, a)
			}
		default:
			panic("the generator does not know " + child.name)
		}
	}
}

// particle adds a particle of a content model to p.
func (g *generator) particle(p *part, n *node) {
	for range g.times(n) {
		switch n.name {
		case "element":
			p.content = append(p.content, g.element(n))
		case "choice":
			g.particle(p, pick(g.rng, n.children))
		case "sequence":
			for _, child := range n.children {
				g.particle(p, child)
			}
		default:
			panic("the generator does not know " + n.name)
		}
	}
}

// times chooses how often a particle occurs.
func (g *generator) times(n *node) int {
	least := 1
	if text := n.attr("minOccurs"); text != "" {
		least, _ = strconv.Atoi(text)
	}
	switch n.attr("maxOccurs") {
	case "unbounded":
		more := min(g.budget, g.rng.IntN(4))
		g.budget -= more
		return least + more
	case "", "1":
		return least + g.rng.IntN(2-least)
	}
	panic("the generator does not know maxOccurs=" + n.attr("maxOccurs"))
}

// attribute adds an attribute to p, if it is required or chance wants it.
func (g *generator) attribute(p *part, n *node) {
	if n.attr("use") != "required" && g.oneIn(2) {
		return
	}
	name := n.attr("name")
	if fixed, ok := n.attrs["fixed"]; ok {
		p.set(name, fixed)
		return
	}
	typeName := n.attr("type")
	switch {
	case strings.HasPrefix(typeName, "xs:"):
		p.set(name, g.builtinValue(typeName[3:]))
	case typeName != "":
		p.set(name, g.restricted(g.types[typeName].children[0], typeName))
	default:
		p.set(name, g.restricted(typeChild(n).children[0], ""))
	}
}

// lax gives p any content: text, elements that nobody knows, and some that
// are judged after all, by their name or by xsi:type.
func (g *generator) lax(p *part, depth int, foreign bool) {
	g.looseAttributes(p)
	for range g.rng.IntN(4 - min(depth, 3)) {
		if g.oneIn(3) {
			p.content = append(p.content, textPart(g.anyText()))
			continue
		}
		child := &part{name: pick(g.rng, []string{"step-type", "import-subtype", "a", "ma-id", "run-details", pick(g.rng, g.names), "É中"})}
		inside := foreign
		switch g.rng.IntN(12) {
		case 0:
			child.name = "p:" + child.name
			child.set("xmlns:p", fmt.Sprintf("urn:%d", g.rng.IntN(3)))
		case 1:
			child.set("xmlns", "urn:default")
			inside = true
		case 2:
			child.set("xmlns", "")
			inside = false
		case 3, 4, 5:
			if !foreign {
				g.typed(child)
				p.content = append(p.content, child)
				continue
			}
		case 6:
			if depth == 0 && !foreign && g.oneIn(4) {
				p.content = append(p.content, g.element(g.root))
				continue
			}
		}
		if child.name == "run-history" && !inside {
			child.name = "run-historie"
		}
		g.lax(child, depth+1, inside)
		p.content = append(p.content, child)
	}
}

// typed makes p an element that xsi:type alone makes known.
func (g *generator) typed(p *part) {
	if p.name == "run-history" {
		p.name = "history"
	}
	name := pick(g.rng, g.inhabited["xs:anyType"])
	g.fill(p, name)
	g.instance(p, "type", name)
}

// looseAttributes gives p attributes that only xs:anyType allows.
func (g *generator) looseAttributes(p *part) {
	for g.oneIn(4) {
		switch g.rng.IntN(5) {
		case 0:
			p.set("xml:lang", "en")
		case 1:
			p.set("xmlns:q", "urn:q")
			p.set("q:type", g.anyText())
		case 2:
			p.set("xml:space", "preserve")
		default:
			p.set(pick(g.rng, g.names), g.anyText())
		}
	}
}
