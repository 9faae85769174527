package xsd

import (
	"fmt"
	"strconv"
	"strings"
)

// awkward are texts that markup and messages may trip over.
var awkward = []string{
	"", " ", "a", "x y", "  lead and trail  ", "<", ">", "&", "]]>", "--", "\"", "'", "&amp;", "&#1;", "%s%n", "\n", "\t", "\r", "\r\n",
	"\u0085", "\u2028", "\u00a0", "\ufffd", "é", "中文", "\U0001F600", "e\u0301", "\u0080", "\x7f", "a=b,c=d", `CONTOSO\svc`, "0", "true",
	strings.Repeat("long ", 60), strings.Repeat("x", 300) + "é",
}

// anyText is any string of XML characters.
func (g *generator) anyText() string {
	text := ""
	for range 1 + g.rng.IntN(3) {
		text += pick(g.rng, awkward)
	}
	return text
}

// oneLine is a text without line ends, for the patterns with a dot. Few
// commas: libxml2 takes twice as long with every comma when it fails.
func (g *generator) oneLine() string {
	text := strings.Map(func(c rune) rune {
		if c == '\n' || c == '\r' {
			return -1
		}
		return c
	}, g.anyText())
	return pick(g.rng, []string{"CN=a,DC=b", "CN=", "=,=", ",", "a==,b", text})
}

// restricted is a value of a restriction; name is that of its type.
func (g *generator) restricted(n *node, name string) string {
	var values []string
	for _, facet := range n.children {
		switch facet.name {
		case "enumeration":
			values = append(values, facet.attr("value"))
		case "maxInclusive":
			most, err := strconv.ParseUint(facet.attr("value"), 10, 64)
			if err != nil {
				panic(err)
			}
			return g.number(most)
		case "pattern":
			return g.patterned(name)
		}
	}
	return pick(g.rng, values)
}

// number is a number from 0 to most, the limits among them.
func (g *generator) number(most uint64) string {
	switch g.rng.IntN(6) {
	case 0:
		return strconv.FormatUint(most, 10)
	case 1:
		return strconv.FormatUint(most-1, 10)
	case 2:
		return strings.Repeat("0", 1+g.rng.IntN(30)) + strconv.FormatUint(g.rng.Uint64N(most+1), 10)
	case 3:
		return strconv.FormatUint(g.rng.Uint64N(most+1), 10)
	}
	return strconv.Itoa(g.rng.IntN(3))
}

func (g *generator) digits(n int) string {
	text := ""
	for range n {
		text += strconv.Itoa(g.rng.IntN(10))
	}
	return text
}

// patterned is a value of a named type that has a pattern.
func (g *generator) patterned(name string) string {
	switch name {
	case "guidType":
		text := fmt.Sprintf("{%08x-%04X-%04x-%04x-%012X}", g.rng.Uint32(), g.rng.IntN(1<<16), g.rng.IntN(1<<16), g.rng.IntN(1<<16), g.rng.Uint64N(1<<48))
		return text
	case "dnType", "security-idType":
		if g.older && name == "dnType" {
			return g.oneLine() + "=" + g.oneLine()
		} else if g.older {
			return g.oneLine() + `\` + g.oneLine()
		}
		return g.oneLine()
	case "progressType":
		return g.digits(g.rng.IntN(4)) + "/" + g.digits(g.rng.IntN(25))
	case "dateTimeNoT":
		d := g.digits
		return d(4) + "-" + d(2) + "-" + d(2) + " " + d(2) + ":" + d(2) + ":" + d(2) + g.beforeFraction() + d(1+g.rng.IntN(3))
	}
	panic("the generator has no values of " + name)
}

// beforeFraction is what stands before the fraction of a date.
func (g *generator) beforeFraction() string {
	if g.older && g.oneIn(3) {
		return pick(g.rng, []string{",", "é", " ", "7"})
	}
	return "."
}

// builtinValue is a value of a built-in type that every reading of the
// specification accepts.
func (g *generator) builtinValue(local string) string {
	switch local {
	case "string", "anySimpleType", "normalizedString", "token":
		return g.anyText()
	case "boolean":
		return pick(g.rng, []string{"", " ", "\n\t"}) + pick(g.rng, []string{"true", "false", "0", "1"}) + pick(g.rng, []string{"", " ", "\n"})
	case "unsignedByte":
		return g.number(255)
	case "unsignedShort":
		return g.number(65535)
	case "unsignedInt":
		return g.number(1<<32 - 1)
	case "unsignedLong":
		return g.number(1<<64 - 2)
	case "ID":
		g.ids++
		return fmt.Sprintf("id%d", g.ids)
	}
	values := builtinValues[local]
	if values == nil {
		return "a" // of ENTITY and NOTATION nothing is valid
	}
	return pick(g.rng, values)
}

var builtinValues = map[string][]string{
	"language":           {"en", "de-CH", " en "},
	"NMTOKEN":            {"a", "1", "-.", " a "},
	"Name":               {"a", "a:b", "_"},
	"NCName":             {"a", "a.b"},
	"IDREF":              {"id1"},
	"IDREFS":             {"id1 id2"},
	"NMTOKENS":           {"a", " a  1\n"},
	"float":              {"1", "-1.5E2", "INF", "NaN", " .5 "},
	"double":             {"1", "-1.5e-2", "-INF", "1."},
	"decimal":            {"1", "-1.50", "+.5", " 12 "},
	"integer":            {"1", "-1", "+0", "99999999999999999999"},
	"nonPositiveInteger": {"0", "-1", "-99999999999999999999"},
	"negativeInteger":    {"-1", "-99999999999999999999"},
	"nonNegativeInteger": {"0", "+1", "99999999999999999999"},
	"positiveInteger":    {"1", "99999999999999999999"},
	"long":               {"9223372036854775807", "-9223372036854775808"},
	"int":                {"2147483647", "-2147483648", "+1"},
	"short":              {"32767", "-32768"},
	"byte":               {"127", "-128"},
	"duration":           {"P1Y2M3DT4H5M6.7S", "-P1D"},
	"dateTime":           {"2016-07-15T10:00:00Z", "2016-02-29T23:59:59.999+14:00"},
	"time":               {"10:00:00", "23:59:59.5Z"},
	"date":               {"2016-02-29", "-0001-01-01"},
	"gYearMonth":         {"2016-07"},
	"gYear":              {"2016"},
	"gMonthDay":          {"--02-29"},
	"gDay":               {"---31"},
	"gMonth":             {"--12"},
	"hexBinary":          {"", "0aFF", " 00 "},
	"base64Binary":       {"", "QUI=", "QUJD"},
	"anyURI":             {"http://example.org/a?b#c", "", "a b"},
	"QName":              {"xs:a", "a"},
}
