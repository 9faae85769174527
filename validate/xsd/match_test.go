package xsd

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// matchCase is a document and what is wrong with it. Each violation is written
// as place, id, path; then what describes the place; then the message.
type matchCase struct {
	name string
	doc  string
	want string
}

// describe writes violations as a matchCase wants them.
func describe(got judgement) string {
	var b strings.Builder
	for _, f := range got.faults {
		fmt.Fprintf(&b, "%d:%d %s %s\n\t%s\n", f.Pos.Line, f.Pos.Column, f.ID, f.Path, f.Message)
	}
	for _, v := range got.violations {
		fmt.Fprintf(&b, "%d:%d %s %s\n\tin %s", v.Pos.Line, v.Pos.Column, v.ID, v.Path, v.Element)
		for _, part := range [][2]string{{"attribute", v.Attribute}, {"child", v.Child}, {"type", v.Type}, {"value", v.Value}} {
			if part[1] != "" {
				fmt.Fprintf(&b, ", %s %s", part[0], part[1])
			}
		}
		fmt.Fprintf(&b, "\n\t%s\n", v.Message)
	}
	return b.String()
}

func testMatch(t *testing.T, cases []matchCase) {
	t.Helper()
	j := newJudge(compileUPSMODS(t), nil)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.TrimSpace(describe(j.judge([]byte(c.doc)))); got != strings.TrimSpace(c.want) {
				t.Errorf("got\n%s\nwant\n%s", got, strings.TrimSpace(c.want))
			}
		})
	}
}

// allCases are the cases of all tables.
func allCases() []matchCase {
	return slices.Concat(elementsCases, rootsCases, textCases, valuesCases, attributesCases, instanceCases, laxCases)
}

// ids is the closed list.
func ids() []string {
	return []string{
		UnexpectedRoot, UnexpectedElement, MissingElement, UnexpectedText, Enumeration, Pattern, Datatype, Range,
		AttributeMissing, AttributeUnexpected, AttributeValue,
	}
}

// TestEveryID has every id in some case.
func TestEveryID(t *testing.T) {
	for _, id := range ids() {
		if !slices.ContainsFunc(allCases(), func(c matchCase) bool { return strings.Contains(c.want, " "+id+" ") }) {
			t.Errorf("%s is in no case", id)
		}
	}
}
