// Package finding holds what a check says about a document: a [Finding] with
// its place, its rule and its severity, and the [Status] of a rule. They are
// plain values; the package imports nothing.
//
// The package is stable: the README says what that means.
package finding

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity grades a finding.
type Severity uint8

// The severities, from no finding at all to the gravest.
const (
	Off Severity = iota // the check is switched off
	Info
	Warning
	Error
)

var severityNames = [...]string{"off", "info", "warning", "error"}

// String returns "off", "info", "warning" or "error".
func (s Severity) String() string { return severityNames[s] }

// MarshalText writes the severity as String does.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// ParseSeverity reads what String writes.
func ParseSeverity(text string) (Severity, error) {
	if i := slices.Index(severityNames[:], text); i >= 0 {
		return Severity(i), nil
	}
	return Off, fmt.Errorf("unknown severity %q: known are %s", text, strings.Join(severityNames[:], ", "))
}

// Finding is one fault of a document.
type Finding struct {
	File         string
	Line, Column uint32 // 1-based, of the decoded text; columns count characters
	Path         string // XPath with a position at every element, "" in a file that is no history
	Rule         string // id of the rule, or an XSD-, XML- or SRC- id
	Severity     Severity
	Requirements []string // every requirement row that the fault breaks, in table order
	Section      string   // of the specification, "" where none speaks
	Message      string
	Known        string // the product that is known to write this, and the kind of evidence
	Suppressed   string // why the finding does not count; such findings are shown on demand only, as infos
}

// Compare orders findings by file, line, column, rule and message. It is a
// total order on what a reader of a report can see.
func Compare(a, b *Finding) int {
	return cmp.Or(
		strings.Compare(a.File, b.File),
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column),
		strings.Compare(a.Rule, b.Rule),
		strings.Compare(a.Message, b.Message),
		strings.Compare(a.Path, b.Path),
	)
}

// Status is what became of a rule on a document or on many.
type Status uint8

// The statuses of a rule, each graver than the one before.
const (
	NotApplicable Status = iota // nothing was there to judge
	Passed
	NotEvaluated // what was there could not be read well enough to judge it
	Failed
	Crashed // the rule itself is broken
)

// String returns the status as reports write it.
func (s Status) String() string {
	return [...]string{"not-applicable", "passed", "not-evaluated", "failed", "crashed"}[s]
}

// MarshalText writes the status as String does.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
