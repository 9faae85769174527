//go:build libxml2 && cgo

package xsd

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/validate/xsd/libxml2"
)

// divergence is a reason why libxml2 2.9.14 and this package may differ on a
// document.
type divergence struct {
	name   string
	reason string
	// One of the three says whether the divergence explains an error of
	// libxml2 in a document that we accept, a violation of ours in one that
	// libxml2 accepts, or that libxml2 has no verdict.
	theirs  func(doc []byte, e *libxml2.Error) bool
	ours    func(doc []byte, v *Violation) bool
	failure func(doc []byte, o *outcome) bool
	spreads bool     // the errors behind it may follow from it
	docs    []string // show it
}

// unexplained returns the first error of libxml2 that no divergence of the list
// explains, or nil.
func unexplained(list []divergence, doc []byte, errors []libxml2.Error) *libxml2.Error {
	for i := range errors {
		at := slices.IndexFunc(list, func(d divergence) bool { return d.theirs != nil && d.theirs(doc, &errors[i]) })
		if at < 0 {
			return &errors[i]
		}
		if list[at].spreads {
			return nil
		}
	}
	return nil
}

// divergences is the table of known divergences: the specification accepts
// what only libxml2 objects to, and objects to what only libxml2 accepts.
// Those on built-in types that no schema type has need an xsi:type inside
// step-description.
func divergences() []divergence {
	return slices.Concat(structural(), tooStrict(), tooLax())
}

// structural are the divergences that are not about one value.
func structural() []divergence {
	blankCDATA := regexp.MustCompile(`<!\[CDATA\[[ \t\r\n]*\]\]>`)
	blankAround := regexp.MustCompile(`(?s)\}type': The QName value '([ \t\r\n].*|[^']*[ \t\r\n])' (of the xsi:type attribute|has no corresponding namespace)`)
	return []divergence{
		{
			name:   "white space in CDATA between elements",
			reason: "a CDATA section is no information item: the content is white space, or nothing (part 1, 3.4.4, cvc-complex-type 2.3)",
			theirs: func(doc []byte, e *libxml2.Error) bool { return e.ID == UnexpectedText && blankCDATA.Match(doc) },
			docs: []string{
				with("<run-details>", "<run-details><![CDATA[ \n]]>"), with("<mv-retry-errors></", "<mv-retry-errors><![CDATA[]]></"),
			},
		},
		{
			name:   "white space around the name in xsi:type",
			reason: "xsi:type is an xs:QName, whose white space is collapsed (part 1, 3.3.4, cvc-elt 4.1)",
			theirs: func(_ []byte, e *libxml2.Error) bool {
				return e.ID == AttributeValue && blankAround.MatchString(e.Message)
			},
			// What the refused type has, attributes for instance, is judged by
			// the declared one.
			spreads: true,
			docs: []string{
				instance("<ma-name>", `<ma-name xsi:type=" xs:token">`), inLax("&#10;xs:int", "1"), inLax("xs:int ", "1"),
				instance("<ma-name>", `<ma-name xsi:type="stepResultType " progress="1/2">`),
			},
		},
		{
			name:   "libxml2's pattern matcher gives up on a DN",
			reason: "a line break behind many commas takes it twice as long with each comma; the value does not match",
			failure: func(_ []byte, o *outcome) bool {
				return errors.Is(o.failure, libxml2.ErrInternal) && slices.ContainsFunc(o.ours.violations, func(v Violation) bool { return v.Type == "dnType" })
			},
			docs: []string{with(`dn="CN=d"`, `dn="`+strings.Repeat("a=b,", 20)+`&#10;"`)},
		},
	}
}

// tooStrict are the values that only libxml2 refuses.
func tooStrict() []divergence {
	const (
		bounded  = "long int short byte unsignedLong unsignedInt unsignedShort unsignedByte"
		calendar = "duration dateTime time date gYearMonth gYear gMonthDay gDay gMonth"
		decimals = "decimal integer nonPositiveInteger negativeInteger nonNegativeInteger positiveInteger"
		collapse = "whiteSpace is collapse: values are normalised before they are checked (part 1, 3.1.4; part 2, 4.3.6)"
	)
	blankPrefix := regexp.MustCompile(`(?s)^Element '[^']*': The QName value '[ \t\r\n].*' has no corresponding namespace`)
	around := regexp.MustCompile(`^[ \t\r\n]|[ \t\r\n]$`)
	return []divergence{
		{
			name: "white space around a number", reason: collapse,
			theirs: refuses(bounded, around),
			docs: []string{
				with("<run-number>1<", "<run-number> 1 <"), with(`<stage-add detail="true">0<`, "<stage-add detail=\"true\">\n0<"),
				with(`step-number="1"`, `step-number="1&#10;"`), with("<dn-part>2<", "<dn-part>2 <"), inLax("xs:int", " 1"),
			},
		},
		{
			name: "white space around a date or a qualified name", reason: collapse,
			theirs: func(doc []byte, e *libxml2.Error) bool {
				return refuses(calendar+" QName", around)(doc, e) || blankPrefix.MatchString(e.Message)
			},
			docs: []string{inLax("xs:date", " 2016-01-01"), inLax("xs:duration", "P1D\t"), inLax("xs:QName", " xs:a")},
		},
		{
			name: "white space behind a float that is no number", reason: collapse,
			theirs: refuses("float double", regexp.MustCompile(`(INF|NaN)[ \t\r\n]+$`)),
			docs:   []string{inLax("xs:float", "INF ")},
		},
		{
			name: "many digits", reason: "at least 18 digits must be supported; we support any number (part 2, 3.2.3)",
			theirs: refuses(decimals+" "+calendar, regexp.MustCompile(`\d{19}|\d{13,}\.\d{6,}|\d{6,}\.\d{13,}`)),
			docs:   []string{inLax("xs:integer", strings.Repeat("1", 25)), inLax("xs:gYear", strings.Repeat("1", 25))},
		},
	}
}

// tooLax are the values that only libxml2 accepts.
func tooLax() []divergence {
	return []divergence{
		{
			name: "empty list", reason: "the list types have at least one item (part 2, 3.3.5, 3.3.10)",
			ours: weRefuse("NMTOKENS IDREFS ENTITIES", regexp.MustCompile(`^[ \t\r\n]*$`)),
			docs: []string{inLax("xs:NMTOKENS", " "), inLax("xs:IDREFS", "")},
		},
		{
			name: "exponent without digits", reason: "the exponent is an integer (part 2, 3.2.4.1)",
			ours: weRefuse("float double", regexp.MustCompile(`[eE][-+]?[ \t\r\n]*$`)),
			docs: []string{inLax("xs:double", "1e"), inLax("xs:float", "1E+")},
		},
		{
			name: "seconds without digits", reason: "a period stands between digits (part 2, 3.2.6.1)",
			ours: weRefuse("duration", regexp.MustCompile(`T(.*[A-Z])?(\.\d+|\d+\.)S`)),
			docs: []string{inLax("xs:duration", "PT1.S")},
		},
		{
			name: "base64 with other characters", reason: "the lexical form has the alphabet and white space only (part 2, 3.2.16)",
			ours: weRefuse("base64Binary", regexp.MustCompile(`[^A-Za-z0-9+/= \t\r\n]`)),
			docs: []string{inLax("xs:base64Binary", "{QUJD")},
		},
	}
}

// inLax is the sample with one element of a type inside step-description.
func inLax(typ, value string) string {
	return described(`<a xsi:type="` + typ + `">` + value + `</a>`)
}

// refuses recognises an error of libxml2 about a value of one of the types.
func refuses(types string, value *regexp.Regexp) func([]byte, *libxml2.Error) bool {
	return func(_ []byte, e *libxml2.Error) bool {
		got, typeName := quotedValue(e)
		if typeName == "numberType" || typeName == "ordinalType" || typeName == "retryCountType" {
			typeName = "xs:unsignedInt"
		}
		return slices.Contains(strings.Fields(types), strings.TrimPrefix(typeName, "xs:")) && value.MatchString(got)
	}
}

// weRefuse recognises a violation of ours in a value of one of the types.
func weRefuse(types string, value *regexp.Regexp) func([]byte, *Violation) bool {
	return func(_ []byte, v *Violation) bool {
		return v.ID == Datatype && slices.Contains(strings.Fields(types), strings.TrimPrefix(v.Type, "xs:")) && value.MatchString(v.Value)
	}
}

var messagePattern = regexp.MustCompile(`(?s): '(.*)' is not a valid value of the (?:atomic|list) type '([^']*)'\.$`)

// quotedValue is the value and the type that an error speaks of.
func quotedValue(e *libxml2.Error) (value, typeName string) {
	m := messagePattern.FindStringSubmatch(e.Message)
	if m == nil {
		return "", ""
	}
	return m[1], m[2]
}

// TestDivergences shows every row of the table: each of its documents makes
// the engines differ, for that reason and no other.
func TestDivergences(t *testing.T) {
	p := newPair(t)
	for _, d := range divergences() {
		for i, doc := range d.docs {
			o := p.both([]byte(doc))
			switch {
			case o.skipped || o.failure == nil && o.ours.valid() == o.theirs.Valid:
				t.Errorf("%s, document %d: the engines agree: %+v %+v", d.name, i, o.ours.violations, o.theirs)
				continue
			case o.difference([]byte(doc)).kind != "":
				t.Errorf("%s, document %d: not explained: %+v", d.name, i, o.difference([]byte(doc)))
			}
			for _, other := range divergences() {
				if other.name != d.name && other.explains([]byte(doc), &o) {
					t.Errorf("%s, document %d: explained by %s too", d.name, i, other.name)
				}
			}
		}
	}
}

// explains tells whether the divergence explains all of a difference.
func (d *divergence) explains(doc []byte, o *outcome) bool {
	switch {
	case o.failure != nil:
		return d.failure != nil && d.failure(doc, o)
	case o.ours.valid():
		return unexplained([]divergence{*d}, doc, o.theirs.Errors) == nil
	}
	return d.ours != nil && !slices.ContainsFunc(o.ours.violations, func(v Violation) bool { return !d.ours(doc, &v) })
}
