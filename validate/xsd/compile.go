package xsd

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate/xsd/datatype"
)

// compiler turns the nodes of a schema file into types.
type compiler struct {
	schema  *Schema
	nodes   map[string]*node // named types
	prefix  string           // of the schema namespace, with its colon
	pending map[string]bool  // named types under way, to find circles
}

// Compile compiles a schema without target namespace. The names that vocab
// has keep their symbols. form describes in words what a named type with a
// pattern wants, or returns "".
func Compile(xsd []byte, vocab *source.Vocabulary, form func(typeName string) string) (*Schema, error) {
	root, err := parse(xsd)
	if err != nil {
		return nil, fmt.Errorf("compile schema: %w", err)
	}
	c := &compiler{
		schema:  &Schema{vocab: vocab.With(declaredNames(root, nil)...), roots: map[source.Sym]*element{}, types: map[string]*typ{}, upper: map[source.Sym]*element{}, form: form},
		nodes:   map[string]*node{},
		prefix:  "xs:",
		pending: map[string]bool{},
	}
	c.schema.anyOf = &typ{name: "xs:anyType", any: true}
	for _, name := range datatype.Names() {
		c.schema.builtin(name) // all of them: an instance may name any by xsi:type
	}
	if err := c.compile(root); err != nil {
		return nil, fmt.Errorf("compile schema: %w", err)
	}
	return c.schema, nil
}

// declaredNames lists the names of elements and attributes in file order.
func declaredNames(n *node, names []string) []string {
	if n.name == "element" || n.name == "attribute" {
		names = append(names, n.attr("name"))
	}
	for _, child := range n.children {
		names = declaredNames(child, names)
	}
	return names
}

func (c *compiler) compile(root *node) error {
	if err := root.known("attributeFormDefault", "elementFormDefault", "version", "id"); err != nil {
		return err
	}
	if root.attr("attributeFormDefault") == "qualified" {
		return root.errorf("qualified attributes are not supported")
	}
	for _, n := range root.children {
		switch n.name {
		case "simpleType", "complexType":
			c.nodes[n.attr("name")] = n
		case "element":
		default:
			return n.errorf("not supported at the top of a schema")
		}
	}
	for _, n := range root.children {
		if n.name == "element" {
			e, err := c.element(n)
			if err != nil {
				return err
			}
			c.schema.roots[e.sym] = e
			continue
		}
		if _, err := c.named(n, n.attr("name")); err != nil {
			return err
		}
	}
	for _, e := range c.schema.roots {
		c.schema.addUpper(e, 2)
	}
	return nil
}

// addUpper notes e and, down to some levels, the elements below it by which a
// document with a wrong root can be taken up again.
func (s *Schema) addUpper(e *element, levels int) {
	if e.typ.model == nil {
		return
	}
	s.upper[e.sym] = e
	if levels > 0 {
		for _, child := range e.typ.model.positions {
			s.addUpper(child, levels-1)
		}
	}
}

// named returns the type of that name: of the schema, or built in.
func (c *compiler) named(from *node, name string) (*typ, error) {
	if t := c.schema.types[name]; t != nil {
		return t, nil
	}
	if builtin, ok := strings.CutPrefix(name, c.prefix); ok {
		t := c.schema.builtin(builtin)
		if t == nil {
			return nil, from.errorf("there is no built-in type %s", name)
		}
		return t, nil
	}
	n := c.nodes[name]
	if n == nil {
		return nil, from.errorf("there is no type %s", name)
	}
	if c.pending[name] {
		return nil, from.errorf("the type %s is derived from itself", name)
	}
	c.pending[name] = true
	t, err := c.typ(n, name)
	if err != nil {
		return nil, err
	}
	c.schema.types[name] = t
	return t, nil
}

// builtin returns a built-in type as a typ; each has one, so that types can be
// compared.
func (s *Schema) builtin(local string) *typ {
	if local == "anyType" {
		return s.anyOf
	}
	key := "xs:" + local
	if t := s.types[key]; t != nil {
		return t
	}
	b, ok := datatype.Builtin(local)
	if !ok {
		return nil
	}
	base := s.anyOf
	if b.Base() != nil {
		base = s.builtin(b.Base().Name())
	}
	t := &typ{name: key, base: base, simpleType: true, value: &simple{builtin: b, scoped: scoped(b), isString: local == "string" || local == "anySimpleType"}}
	s.types[key] = t
	return t
}

// typ compiles a simpleType or complexType.
func (c *compiler) typ(n *node, name string) (*typ, error) {
	if err := n.known("name"); err != nil {
		return nil, err
	}
	t := &typ{name: name}
	if n.name == "simpleType" {
		t.simpleType = true
		if len(n.children) != 1 || n.children[0].name != "restriction" {
			return nil, n.errorf("only a restriction is supported")
		}
		return t, c.restrict(t, n.children[0])
	}
	t.base = c.schema.anyOf
	return t, c.complex(t, n)
}

// complex compiles the content and attributes of a complex type.
func (c *compiler) complex(t *typ, n *node) error {
	for _, child := range n.children {
		var err error
		switch child.name {
		case "sequence", "choice":
			t.model, err = c.model(child)
		case "attribute":
			err = c.attribute(t, child)
		case "simpleContent", "complexContent":
			if len(child.children) != 1 {
				return child.errorf("one restriction or extension is wanted")
			}
			err = c.derive(t, child.children[0])
		default:
			err = child.errorf("not supported in a complex type")
		}
		if err != nil {
			return err
		}
	}
	if t.value == nil && t.model == nil {
		t.model = emptyModel()
	}
	return nil
}

// derive compiles the restriction or extension of another type.
func (c *compiler) derive(t *typ, n *node) error {
	base, err := c.named(n, n.attr("base"))
	if err != nil {
		return err
	}
	if n.name == "restriction" {
		if base.value == nil {
			return n.errorf("only simple content can be restricted")
		}
		t.attributes, t.required = base.attributes, base.required
		return c.restrict(t, n)
	}
	if n.name != "extension" {
		return n.errorf("not supported here")
	}
	t.base, t.value, t.model = base, base.value, base.model
	t.attributes, t.required = append([]attribute(nil), base.attributes...), base.required
	for _, child := range n.children {
		if child.name != "attribute" {
			return child.errorf("an extension can only add attributes")
		}
		if err := c.attribute(t, child); err != nil {
			return err
		}
	}
	return nil
}

// restrict compiles the facets of a restriction of simple content.
func (c *compiler) restrict(t *typ, n *node) error {
	base, err := c.named(n, n.attr("base"))
	if err != nil {
		return err
	}
	t.base = base
	v := *base.value
	v.values, v.list = base.value.values, base.value.list
	var patterns []string
	restricted := false
	for _, facet := range n.children {
		value := facet.attr("value")
		switch facet.name {
		case "enumeration":
			if !v.builtin.DerivesFrom(mustString()) {
				return facet.errorf("an enumeration is supported for xs:string only")
			}
			if !restricted {
				v.values, v.list, restricted = map[string]struct{}{}, nil, true
			}
			v.values[value] = struct{}{}
			v.list = append(v.list, value)
			v.isString = false
		case "pattern":
			if v.builtin.WhiteSpace() != datatype.Preserve {
				return facet.errorf("a pattern is supported for xs:string only")
			}
			patterns = append(patterns, value)
			v.isString = false
		case "maxInclusive":
			if v.max, err = strconv.ParseUint(value, 10, 64); err != nil {
				return facet.errorf("%s is no number that is supported", value)
			}
			v.hasMax = true
		default:
			return facet.errorf("this facet is not supported")
		}
	}
	if len(patterns) > 0 {
		// Patterns of one restriction are alternatives.
		p, err := datatype.CompilePattern("(" + strings.Join(patterns, ")|(") + ")")
		if err != nil {
			return n.errorf("pattern: %v", err)
		}
		v.patterns = append(append([]*datatype.Pattern(nil), base.value.patterns...), p)
	}
	t.value = &v
	return nil
}

func mustString() *datatype.Type {
	t, _ := datatype.Builtin("string")
	return t
}

// attribute adds an attribute to a type.
func (c *compiler) attribute(t *typ, n *node) error {
	if err := n.known("name", "type", "use", "fixed"); err != nil {
		return err
	}
	a := attribute{name: n.attr("name"), sym: c.schema.vocab.Sym([]byte(n.attr("name"))), required: n.attr("use") == "required"}
	a.fixed, a.isFixed = n.attrs["fixed"]
	var err error
	if a.typ, err = c.typeOf(n); err != nil {
		return err
	}
	if a.isFixed && a.typ.name != "xs:string" {
		return n.errorf("a fixed value is supported for xs:string only")
	}
	if use := n.attr("use"); use != "required" && use != "optional" && use != "" {
		return n.errorf("use=%q is not supported", use)
	}
	if a.required {
		t.required++
	}
	t.attributes = append(t.attributes, a)
	return nil
}

// typeOf is the type that an element or attribute names or contains.
func (c *compiler) typeOf(n *node) (*typ, error) {
	if name := n.attr("type"); name != "" {
		return c.named(n, name)
	}
	for _, child := range n.children {
		if child.name == "simpleType" || child.name == "complexType" {
			return c.typ(child, "")
		}
	}
	return nil, n.errorf("the declaration of %s has no type", n.attr("name"))
}

// element compiles an element declaration.
func (c *compiler) element(n *node) (*element, error) {
	if err := n.known("name", "type", "minOccurs", "maxOccurs"); err != nil {
		return nil, err
	}
	e := &element{name: n.attr("name"), sym: c.schema.vocab.Sym([]byte(n.attr("name")))}
	var err error
	if e.typ, err = c.typeOf(n); err != nil {
		return nil, err
	}
	return e, nil
}
