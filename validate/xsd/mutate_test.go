package xsd

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate/xsd/datatype"
)

// mutator spoils a document, or makes an unusual one of it.
type mutator struct {
	*generator
	root     *part
	elements []*part // of the tree, the root first
}

// mutation is one way to change a tree. It may find nothing to change.
type mutation struct {
	name  string
	apply func(m *mutator, p *part) // p is a random element
}

func mutations() []mutation {
	return []mutation{
		{"delete child", func(m *mutator, p *part) { m.atChild(p, func(i int) { p.content = slices.Delete(p.content, i, i+1) }) }},
		{"duplicate child", func(m *mutator, p *part) {
			m.atChild(p, func(i int) { p.content = slices.Insert(p.content, i, p.content[i].clone()) })
		}},
		{"swap neighbours", func(m *mutator, p *part) {
			m.atChild(p, func(i int) { j := (i + 1) % len(p.content); p.content[i], p.content[j] = p.content[j], p.content[i] })
		}},
		{"swap contents", func(m *mutator, p *part) {
			q := m.any()
			p.content, q.content = q.clone().content, p.clone().content
		}},
		{"move", func(m *mutator, p *part) {
			m.atChild(p, func(i int) {
				c := p.content[i]
				p.content = slices.Delete(p.content, i, i+1)
				m.insert(m.any(), c.clone())
			})
		}},
		{"copy elsewhere", func(m *mutator, p *part) { m.insert(m.any(), p.clone()) }},
		{"rename", func(m *mutator, p *part) { p.name = m.otherName(p.name) }},
		{"foreign element", func(m *mutator, p *part) { m.insert(p, &part{name: m.otherName("foo")}) }},
		{"unwrap", func(m *mutator, p *part) {
			m.atChild(p, func(i int) { p.content = slices.Replace(p.content, i, i+1, p.content[i].clone().content...) })
		}},
		{"wrap", func(m *mutator, p *part) {
			m.atChild(p, func(i int) { p.content[i] = &part{name: m.otherName("foo"), content: []*part{p.content[i]}} })
		}},
		{"empty", func(_ *mutator, p *part) { p.content = nil }},
		{"delete attribute", func(m *mutator, p *part) {
			m.atAttribute(p, func(i int) { p.attrs = slices.Delete(p.attrs, i, i+1) })
		}},
		{"duplicate attribute", func(m *mutator, p *part) { m.atAttribute(p, func(i int) { p.attrs = append(p.attrs, p.attrs[i]) }) }},
		{"rename attribute", func(m *mutator, p *part) {
			m.atAttribute(p, func(i int) { p.attrs[i].name = m.otherName(p.attrs[i].name) })
		}},
		{"foreign attribute", func(m *mutator, p *part) {
			p.set(pick(m.rng, []string{"foo", "xml:lang", "xml:space", "xml:id", "q:a", "detail", "dn", pick(m.rng, m.names)}), m.anyText())
		}},
		{"attribute in a namespace", func(m *mutator, p *part) {
			m.atAttribute(p, func(i int) { p.attrs[i].name = "q:" + p.attrs[i].name; p.set("xmlns:q", "urn:q") })
		}},
		{"attribute value", func(m *mutator, p *part) {
			m.atAttribute(p, func(i int) { p.attrs[i].value = m.otherValue(p.attrs[i].value) })
		}},
		{"attribute markup", func(m *mutator, p *part) {
			m.atAttribute(p, func(i int) {
				p.attrs[i].raw, p.attrs[i].value = true, pick(m.rng, []string{`"1&#10;"`, `"&lt;"`, `"<"`, `'a"b'`, `"&x;"`, `x`, `""`, `"&#x30;"`, `"` + "\n1\t" + `"`, `"{&#x1;}"`})
			})
		}},
		{"value", (*mutator).changeValue},
		{"value again", (*mutator).changeValue},
		{"text in content", func(m *mutator, p *part) { m.insert(p, textPart(m.otherValue(" "))) }},
		{"markup in content", (*mutator).markup},
		{"xsi:type", func(m *mutator, p *part) { m.instance(p, "type", m.typeName()) }},
		{"xsi:type that fits", func(m *mutator, p *part) { m.retype(p) }},
		{"xsi:nil", func(m *mutator, p *part) {
			m.instance(p, "nil", pick(m.rng, []string{"true", "false", "0", "1", " 1 ", "x", ""}))
		}},
		{"xsi attribute", func(m *mutator, p *part) {
			m.instance(p, pick(m.rng, []string{"schemaLocation", "noNamespaceSchemaLocation", "foo", "Type", "lang"}), m.anyText())
		}},
		{"namespace", (*mutator).namespace},
		{"case", func(m *mutator, p *part) { p.name = flipCase(m.rng, p.name) }},
		{"typed lax child", func(m *mutator, _ *part) { m.inDescription() }},
	}
}

// flipCase changes the case of one letter.
func flipCase(rng *rand.Rand, name string) string {
	letters := []rune(name)
	i := rng.IntN(len(letters))
	if unicode.IsUpper(letters[i]) {
		letters[i] = unicode.ToLower(letters[i])
	} else {
		letters[i] = unicode.ToUpper(letters[i])
	}
	return string(letters)
}

func (m *mutator) any() *part { return pick(m.rng, m.elements) }

// insert puts a part among the content of p.
func (m *mutator) insert(p, c *part) {
	p.content = slices.Insert(p.content, m.rng.IntN(len(p.content)+1), c)
}

func (m *mutator) atChild(p *part, f func(i int)) {
	if len(p.content) > 0 {
		f(m.rng.IntN(len(p.content)))
	}
}

func (m *mutator) atAttribute(p *part, f func(i int)) {
	if len(p.attrs) > 0 {
		f(m.rng.IntN(len(p.attrs)))
	}
}

// otherName is a name of the schema, or one that is almost the given one.
func (m *mutator) otherName(name string) string {
	switch m.rng.IntN(6) {
	case 0:
		return pick(m.rng, []string{"foo", "x", "q:foo", "a:b:c", ":a", "1a", "xml:foo", "execution-histories", "É"})
	case 1:
		return flipCase(m.rng, name)
	case 2:
		i := m.rng.IntN(len(name))
		return name[:i] + name[i+1:] + "x"
	}
	return pick(m.rng, m.names)
}

// changeValue changes the text of a random leaf.
func (m *mutator) changeValue(p *part) {
	for range 20 {
		if len(p.content) == 1 && p.content[0].name == "" {
			p.content[0] = textPart(m.otherValue(p.content[0].text))
			return
		}
		p = m.any()
	}
}

// boundary values and garbage, for any type.
var otherValues = []string{
	"", " ", "0", "-0", "+0", "+1", "-1", "00", "2147483647", "2147483648", "4294967295", "4294967296", "255", "256",
	"18446744073709551615", "18446744073709551616", "00000000000000000000000000000001", "1e3", "0x1", "1.0", "1 2", "１", "٣", "NaN", "INF",
	"true", "TRUE", "false", "success", "Success", "success ", "{00000001-1A2B-4C3D-8E4F-000000001EF0}", "{00000001-1a2b-4c3d-8e4f-000000001ef0}\n",
	"00000001-1A2B-4C3D-8E4F-000000001EF0", "{00000001-1A2B-4C3D-8E4F-000000001EFG}", "2016-07-15 10:00:00.000", "2016-07-15T10:00:00.000",
	"2016-07-15 10:00:00", "2016-07-15 10:00:00.0000", " 2016-07-15 10:00:00.0", "9999-99-99 99:99:99.9", "1/2", "/", "3/", "1/2/3", "12", "CN=a,DC=b\n", "\n",
	"\r", "a\u0085b", "a\u2028b", "add", "delete", "Add", "base64", "Base64", "é", "\U0001F600", "1\u00a0", "\u20031",
}

// otherValue is another value, or a variation of the given one.
func (m *mutator) otherValue(value string) string {
	space := pick(m.rng, []string{" ", "\n", "\t", "\r", "  \n", "\u00a0"})
	switch m.rng.IntN(9) {
	case 0:
		return space + value
	case 1:
		return value + space
	case 2:
		return space + value + space
	case 3:
		return pick(m.rng, []string{"+", "-", "0", "x", ""}) + value
	case 4:
		return value + value
	case 5:
		if value != "" {
			return flipCase(m.rng, value)
		}
	case 6:
		if letters := []rune(value); len(letters) > 0 {
			i := m.rng.IntN(len(letters))
			letters[i] = pick(m.rng, []rune{'0', ' ', 'x', '-', '\n', '{', 'é'})
			return string(letters)
		}
	}
	return pick(m.rng, otherValues)
}

// markup puts something that is no element into the content of p.
func (m *mutator) markup(p *part) {
	m.insert(p, rawPart(pick(m.rng, []string{
		"<![CDATA[]]>", "<![CDATA[ ]]>", "<![CDATA[\n\t]]>", "<![CDATA[x]]>", "<![CDATA[0]]>", "<![CDATA[<a>]]>", "<!-- x -->", "<?x y?>", "&#32;", "&#10;", "&#13;",
		"&#x85;", "&#x30;", "&lt;", "&#0;", "&x;", "&", "]]>", "<!-- -- -->", "<?xml version='1.0'?>", "<!DOCTYPE a>", "\x00", "\x01", "\ufffe", "\r",
	})))
}

// typeName is something to write into xsi:type.
func (m *mutator) typeName() string {
	name := pick(m.rng, m.derived["xs:anyType"])
	switch m.rng.IntN(8) {
	case 0:
		return pick(m.rng, []string{
			"", " ", "nope", "zz:string", ":guidType", ":xs:int", "guidType:", "a:b:c", "xs:", "xs::string", "xs: string", "xs:nope", "guidtype", "GuidType",
			"xml:lang", "xmlns:a", "xsi:type", "1a", "xs:string xs:string", "é", "string", "int", "xs:guidType", "xs:anyType", "anyType", "\u00a0guidType", "{u}a",
		})
	case 1:
		return name + pick(m.rng, []string{" ", "\n", "\t"})
	case 2:
		return pick(m.rng, []string{" ", "\n"}) + name
	}
	return name
}

// retype gives p a type by xsi:type, and content and attributes to suit.
func (m *mutator) retype(p *part) {
	name := pick(m.rng, m.derived["xs:anyType"])
	p.attrs, p.content, p.loose = nil, nil, false
	m.fill(p, name)
	m.instance(p, "type", name)
}

// namespace declares something on p, and may use it.
func (m *mutator) namespace(p *part) {
	switch m.rng.IntN(9) {
	case 0:
		p.set("xmlns", "urn:default")
	case 1:
		p.set("xmlns", "")
	case 2:
		p.set("xmlns:q", "urn:q")
		p.name = "q:" + p.name
	case 3:
		p.name = pick(m.rng, []string{"q:", "xml:", "xmlns:", "xs:"}) + p.name
	case 4:
		p.set(pick(m.rng, []string{"xmlns:q", "xmlns", "xmlns:xml", "xmlns:xs", "xmlns:xsi"}),
			pick(m.rng, []string{"", "urn:q", source.XMLNamespace, source.XMLNSNamespace, source.XSINamespace, schemaNamespace, "a b", "%"}))
	case 5:
		p.set("xmlns:xmlns", "urn:q")
	case 6:
		p.set("xmlns:t", source.XSINamespace)
		p.set("t:type", m.typeName())
	case 7:
		p.set("xmlns", schemaNamespace)
		p.set("xmlns:xsi", source.XSINamespace)
		p.set("xsi:type", strings.TrimPrefix(m.typeName(), "xs:"))
	case 8:
		p.set("xmlns:q", "urn:a")
		p.set("xmlns:r", "urn:a")
		p.set("q:a", "1")
		p.set(pick(m.rng, []string{"r:a", "r:b", "xmlns:s"}), "2")
	}
}

// inDescription puts elements with xsi:type and random values into a
// step-description.
func (m *mutator) inDescription() {
	for _, p := range m.elements {
		if p.name != "step-description" {
			continue
		}
		p.attrs, p.content, p.loose = nil, nil, false
		for range 1 + m.rng.IntN(3) {
			local := pick(m.rng, datatype.Names())
			c := &part{name: "a", content: []*part{textPart(m.otherValue(m.builtinValue(local)))}}
			m.instance(c, "type", "xs:"+local)
			if m.oneIn(5) {
				m.instance(c, "nil", pick(m.rng, []string{"true", "false", "x"}))
			}
			p.content = append(p.content, c)
		}
		return
	}
}
