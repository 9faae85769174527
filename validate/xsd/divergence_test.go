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
	docs    []string // show it
}

// blankCDATA is a CDATA section of white space.
var blankCDATA = regexp.MustCompile(`<!\[CDATA\[[ \t\r\n]*\]\]>`)

// divergences is the table of known divergences: the specification accepts
// what only libxml2 objects to, and objects to what only libxml2 accepts.
func divergences() []divergence {
	return []divergence{
		{
			name:   "white space around a number",
			reason: "whiteSpace is collapse: values are normalised before they are checked (part 1, 3.1.4; part 2, 4.3.6)",
			theirs: func(_ []byte, e *libxml2.Error) bool {
				value, typeName := quotedValue(e)
				return hasSpaceAround([]byte(value)) && slices.Contains(boundedIntegers, typeName)
			},
			docs: []string{
				with("<run-number>1<", "<run-number> 1 <"), with(`<stage-add detail="true">0<`, "<stage-add detail=\"true\">\n0<"),
				with(`step-number="1"`, `step-number="1&#10;"`), with("<dn-part>2<", "<dn-part>2 <"), inLax("xs:int", " 1"),
			},
		},
		{
			name:   "white space in CDATA between elements",
			reason: "a CDATA section is no information item: the content is white space, or nothing (part 1, 3.4.4, cvc-complex-type 2.3)",
			theirs: func(doc []byte, e *libxml2.Error) bool { return e.ID == UnexpectedText && blankCDATA.Match(doc) },
			docs: []string{
				with("<run-details>", "<run-details><![CDATA[ \n]]>"), with("<mv-retry-errors></", "<mv-retry-errors><![CDATA[]]></"),
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

// boundedIntegers are the types whose values libxml2 does not collapse, those
// of the schema among them.
var boundedIntegers = []string{
	"xs:long", "xs:int", "xs:short", "xs:byte", "xs:unsignedLong", "xs:unsignedInt", "xs:unsignedShort", "xs:unsignedByte", "numberType",
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
		for _, doc := range d.docs {
			o := p.both([]byte(doc))
			switch {
			case o.skipped || o.failure == nil && o.ours.valid() == o.theirs.Valid:
				t.Errorf("%s: the engines agree: %+v %+v\n%s", d.name, o.ours, o.theirs, doc)
				continue
			case o.difference([]byte(doc)).kind != "":
				t.Errorf("%s: not explained: %+v\n%s", d.name, o.difference([]byte(doc)), doc)
			}
			for _, other := range divergences() {
				if other.name != d.name && other.explains([]byte(doc), &o) {
					t.Errorf("%s: explained by %s too", d.name, other.name)
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
		return d.theirs != nil && !slices.ContainsFunc(o.theirs.Errors, func(e libxml2.Error) bool { return !d.theirs(doc, &e) })
	}
	return d.ours != nil && !slices.ContainsFunc(o.ours.violations, func(v Violation) bool { return !d.ours(doc, &v) })
}
