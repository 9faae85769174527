//go:build libxml2 && cgo

package libxml2

import (
	"strings"
	"testing"
)

// divergence is one document on which libxml2 2.9.14 and the specifications
// differ, or may seem to. Clauses are those of XML Schema 1.0, second edition:
// S is part 1 (structures), D is part 2 (datatypes).
type divergence struct {
	name string
	doc  string
	// ids is what libxml2 says, as in sample; gaveUp when it says nothing.
	ids string
	// spec is what the specification says, and clause where.
	spec   reading
	clause string
	note   string
}

const gaveUp = "no verdict"

// reading is the verdict of a specification.
type reading string

const (
	specValid     reading = "valid"
	specInvalid   reading = "invalid"
	specOtherID   reading = "invalid for another reason"
	specLimit     reading = "valid, but a processor may have limits"
	specUnclear   reading = "two clauses disagree"
	specMalformed reading = "not well-formed"
)

func inLax(typ, value string) string {
	return described(`<a xsi:type="` + typ + `">` + value + `</a>`)
}

const (
	collapse = "S 3.1.4, S 3.14.4, D 4.3.6: whiteSpace is collapse, and values are normalized before they are checked"
	unsigned = "D 3.3.20.1 (sign allowed) and the derivation by maxInclusive only against the prose of D 3.3.21.1 (digits only)"
	content  = "S 3.4.4 cvc-complex-type 2.3: element-only content may have white space; CDATA is not part of the information set"
	laxType  = "S 3.3.4 cvc-assess-elt 1.2.1.2: the type is known only when xsi:type resolves; otherwise the element is laxly assessed"
	builtIn  = "S 3.2.7: xsi:nil, xsi:schemaLocation and xsi:noNamespaceSchemaLocation are declared in every schema; S 3.2.4 cvc-assess-attr"
	nonEmpty = "D 3.3.5, 3.3.10, 3.3.12: lists of non-zero length"
	bindings = "S 3.3.4 cvc-id: one binding for each ID, one for each IDREF"
	digits   = "D 3.2.3: at least 18 digits must be supported"
)

// divergences that the schema's own types can show.
var divergences = []divergence{
	{"blanks around a number", number(" 1 "), "XSD-datatype", specValid, collapse, "on either side, as for the eight bounded integer types (long to byte, unsignedLong to unsignedByte); not for xs:integer and its unbounded kin"},
	{"line breaks around a counter", counter("\n1\n"), "XSD-datatype", specValid, collapse, "simple content of a complex type"},
	{"blanks around unsignedByte", with("<dn-part>2<", "<dn-part> 2 <"), "XSD-datatype", specValid, collapse, ""},
	{"blanks around a number in an attribute", with(`step-number="1"`, `step-number=" 1 "`), "XSD-attribute-value", specValid, collapse, "also a line break or tab, which the parser turns into a blank"},
	{"blanks around a number over the facet", number(" 2147483648 "), "XSD-datatype", specOtherID, collapse, "should be the facet"},
	{"plus before a number", number("+1"), "XSD-datatype", specUnclear, unsigned, "Xerces accepts it"},
	{"plus before a counter", counter("+1"), "XSD-datatype", specUnclear, unsigned, "Xerces accepts it"},
	{"plus before unsignedByte", with("<dn-part>2<", "<dn-part>+2<"), "XSD-datatype", specUnclear, unsigned, "Xerces accepts it"},
	{"plus in an attribute", with(`step-number="1"`, `step-number="+1"`), "XSD-attribute-value", specUnclear, unsigned, "Xerces accepts it"},
	{"minus zero", counter("-0"), "XSD-datatype", specUnclear, unsigned, "Xerces accepts it; also -00"},
	{"white space as CDATA between elements", with("<run-details>", "<run-details><![CDATA[ \n]]>"), "XSD-unexpected-text", specValid, content, ""},
	{"white space as CDATA in an element that may be empty", with("<mv-retry-errors></", "<mv-retry-errors><![CDATA[ ]]></"), "XSD-unexpected-text", specValid, content, ""},
	{"empty CDATA between elements", with("<run-details>", "<run-details><![CDATA[]]>"), "XSD-unexpected-text", specValid, content, "the document has no character there at all"},
	{"blank before xsi:type", instance("<ma-name>", `<ma-name xsi:type=" xs:token">`), "XSD-attribute-value", specValid, collapse + "; S 3.3.4 cvc-elt 4.1", "also behind it"},
	{"another root with xsi:type", "<a" + namespaces + ` xsi:type="xs:int">1</a>`, "XSD-unexpected-root", specValid, "S 3.3.4 cvc-assess-elt 1.2, S 5.2: the type is known, no declaration is needed", "Xerces accepts it; the project asks for run-history and wants the error"},
	{"schema location that is no URI", instance("<run-details>", `<run-details xsi:noNamespaceSchemaLocation="%">`), "", specInvalid, builtIn, "libxml2 ignores both attributes altogether"},
	{"DN with a line break behind twenty commas", with(`dn="CN=d"`, `dn="`+strings.Repeat("a=b,", 20)+`&#10;"`), gaveUp, specInvalid, "D 4.3.4 cvc-pattern-valid", "ErrInternal; with 19 commas XSD-attribute-value, each comma doubles the time"},
}

// laxDivergences need xsi:type or xsi:nil inside step-description.
var laxDivergences = []divergence{
	{"unknown type", inLax("nope", "x"), "XSD-attribute-value", specValid, laxType, "Xerces reports it too"},
	{"type with a prefix not declared", inLax("zz:nope", "x"), "XSD-attribute-value", specValid, laxType, "the attribute itself is invalid; Xerces reports it too"},
	{"type that is no name", inLax("1 2", "x"), "XSD-attribute-value", specValid, laxType, "the attribute itself is invalid; Xerces reports it too"},
	{"bad root below an undeclared element", described("<a><run-history/></a>"), "XSD-missing-element", specUnclear, "S 3.3.5 Assessment Outcome: run-history is invalid, a is notKnown, step-description valid", "Xerces reports it too"},
	{"nil that is no boolean", described(`<a xsi:nil="x"/>`), "", specInvalid, builtIn, "on declared elements libxml2 does report it"},
	{"blanks around xs:int", inLax("xs:int", " 1 "), "XSD-datatype", specValid, collapse, "decimal, float, double, boolean, binary and string types are right"},
	{"blank before xs:date", inLax("xs:date", " 2016-01-01"), "XSD-datatype", specValid, collapse, "also dateTime, gYear, gYearMonth"},
	{"blank behind xs:duration", inLax("xs:duration", "P1D "), "XSD-datatype", specValid, collapse, "also every date and time type; a blank before duration, time, gMonth, gDay and gMonthDay is accepted"},
	{"blank before xs:QName", inLax("xs:QName", " xs:a"), "XSD-datatype XSD-datatype", specValid, collapse, "two errors for one value, as for every prefix not declared; a blank behind is accepted"},
	{"the same ID twice", described(`<a xsi:type="xs:ID">x</a><a xsi:type="xs:ID">x</a>`), "", specInvalid, bindings, "a tree does not help: xmllint says the same without --stream"},
	{"IDREF to nothing", inLax("xs:IDREF", "x"), "", specInvalid, bindings, ""},
	{"empty NMTOKENS", inLax("xs:NMTOKENS", " "), "", specInvalid, nonEmpty, "also IDREFS and ENTITIES"},
	{"exponent without digits", inLax("xs:double", "1e"), "", specInvalid, "D 3.2.5.1: the exponent is an integer", "also 1e+ and xs:float"},
	{"seconds without a fraction", inLax("xs:duration", "PT1.S"), "", specInvalid, "D 3.2.6.1: at least one digit must follow the decimal point", ""},
	{"integer of 25 digits", inLax("xs:integer", strings.Repeat("1", 25)), "XSD-datatype", specLimit, digits, "24 digits are accepted; zeros in front do not count"},
	{"decimal of 27 digits", inLax("xs:decimal", "123456789012345678.123456789"), "XSD-datatype", specLimit, digits, ""},
	{"overlong UTF-8 in CDATA", name("<![CDATA[\xe0\x80\xaf]]>"), "", specMalformed, "XML 1.0, 4.3.3; RFC 3629, 3", "the push parser only, and in CDATA only; a caller that decodes first never sees it"},
}

// TestDivergences proves the table for the version it speaks of.
func TestDivergences(t *testing.T) {
	if !strings.HasPrefix(Version(), "20914") {
		t.Skip("the table is about 2.9.14")
	}
	s := compile(t)
	for _, d := range append(divergences, laxDivergences...) {
		v, err := s.Validate(strings.NewReader(d.doc))
		got := ids(v)
		if err != nil {
			got = gaveUp
		}
		if got != d.ids {
			t.Errorf("%s: libxml2 says %q (%v), the table %q", d.name, got, err, d.ids)
		}
		if d.spec == "" || d.clause == "" {
			t.Errorf("%s: incomplete", d.name)
		}
	}
}
