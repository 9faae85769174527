// Package suppress decides which findings do not count, and why: those that a
// [List] of suppressions names, and those that a [Baseline] has accepted. Both
// are plain values; the files they come from are read elsewhere (the
// suppressions by validate/settings, the baseline by its caller).
//
// Neither may hide what nobody looks at any more: [List.Findings] tells of
// suppressions that have expired or suppress nothing, and a baseline accepts no
// more faults of a kind than it has counted.
//
// The package imports validate/finding.
package suppress

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/runhist/runhist/validate/finding"
)

// The ids of findings about suppressions. To add one: a constant, its line in
// IDs and in Severity, and its page in cmd/internal/cli/explain_stages.go.
const (
	Unused  = "CFG-suppression-unused"
	Expired = "CFG-suppression-expired"
)

// IDs lists the ids of findings about suppressions.
func IDs() []string { return []string{Unused, Expired} }

// Severity is the severity of all findings about suppressions but one: a
// suppression is an info where no document of the call is one it is about.
const Severity = finding.Warning

// Entry is one suppression: findings that have one of its ids, are in a
// document that its path matches and have a message that its message matches.
// An empty condition holds for every finding; at least one is not empty.
type Entry struct {
	IDs     []string
	Path    PathPattern
	Message MessagePattern
	Reason  string // why, for people; never empty
	Expires string // the last day on which it counts, as 2006-01-02 (UTC), "" for ever

	Line, Column uint32 // where it stands in its file, 1-based
}

// Validate tells what an entry lacks.
func (e *Entry) Validate() error {
	if len(e.IDs) == 0 && e.Path.text == "" && e.Message.text == "" {
		return fmt.Errorf("a suppression needs an id, a path or a message: this one would suppress everything")
	}
	if strings.TrimSpace(e.Reason) == "" {
		return fmt.Errorf("a suppression needs a reason")
	}
	if _, err := ParseDay(e.Expires); err != nil {
		return err
	}
	return nil
}

// about says in a few words which findings an entry is about.
func (e *Entry) about() string {
	var parts []string
	if len(e.IDs) > 0 {
		parts = append(parts, strings.Join(e.IDs, ", "))
	}
	if e.Path.text != "" {
		parts = append(parts, "in "+e.Path.text)
	}
	if e.Message.text != "" {
		parts = append(parts, fmt.Sprintf("with message %q", e.Message.text))
	}
	return strings.Join(parts, " ")
}

// ParseDay reads a day and returns the instant at which it is over, in
// milliseconds since 1970-01-01; 0 for "".
func ParseDay(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("%q is no day: write it as 2027-03-31", text)
	}
	return day.AddDate(0, 0, 1).UnixMilli(), nil
}

// List is the suppressions of a call. It notes which of them are used, so it
// is not safe for concurrent use.
type List struct {
	entries []state
}

// state is an entry and what became of it.
type state struct {
	Entry
	expired bool
	matched int // documents that its path matches
	used    int // findings that it suppresses
}

// NewList returns the list of valid entries as it is at an instant, in
// milliseconds since 1970-01-01.
func NewList(entries []Entry, now int64) (*List, error) {
	l := &List{}
	for _, e := range entries {
		if err := e.Validate(); err != nil {
			return nil, err
		}
		over, _ := ParseDay(e.Expires)
		l.entries = append(l.entries, state{Entry: e, expired: over != 0 && now >= over})
	}
	return l, nil
}

// Document notes that a document was examined. Path patterns match its name.
func (l *List) Document(name string) {
	for i := range l.entries {
		if e := &l.entries[i]; e.Path.Match(name) {
			e.matched++
		}
	}
}

// Suppress tells whether a finding is suppressed, and the reason of the first
// entry that does so. Path patterns match the name of its document.
func (l *List) Suppress(f *finding.Finding, name string) (reason string, suppressed bool) {
	for i := range l.entries {
		e := &l.entries[i]
		if e.expired || len(e.IDs) > 0 && !slices.Contains(e.IDs, f.Rule) || !e.Path.Match(name) || !e.Message.Match(f.Message) {
			continue
		}
		e.used++
		if !suppressed {
			reason, suppressed = e.Reason, true
		}
	}
	return reason, suppressed
}

// Findings tells of the entries that have expired or were not used, after all
// documents. The file is the one that has the entries; an entry is spared when
// judged says of each of its ids that nobody looked for it.
func (l *List) Findings(file string, judged func(id string) bool) []finding.Finding {
	var all []finding.Finding
	for i := range l.entries {
		e := &l.entries[i]
		if len(e.IDs) > 0 && !slices.ContainsFunc(e.IDs, judged) {
			continue
		}
		f := finding.Finding{File: file, Line: e.Line, Column: e.Column, Severity: Severity}
		switch {
		case e.expired:
			f.Rule, f.Message = Expired, fmt.Sprintf("the suppression of %s expired after %s: it no longer counts (reason: %s)", e.about(), e.Expires, e.Reason)
		case e.used > 0:
			continue
		case e.matched == 0:
			f.Rule, f.Severity = Unused, finding.Info
			f.Message = fmt.Sprintf("the suppression of %s suppresses nothing: its path matches no document of this call", e.about())
		default:
			f.Rule, f.Message = Unused, fmt.Sprintf("the suppression of %s suppresses nothing", e.about())
		}
		all = append(all, f)
	}
	return all
}
