// Package rule says what a rule is and runs rules over the nodes of a
// document.
//
// A [Rule] is one value: its documentation, its severity and its checks. A
// check looks at one kind of node and has two parts: the first tells whether
// the node has what the rule is about ([Scope]), the second judges it. The
// framework counts what the second was shown, so a rule that saw nothing is
// not applicable and never passed.
//
// A [Runner] is the visitor that hands nodes to the checks. A rule that
// panics is contained: it is marked crashed and the others go on. What a rule
// must remember from one node to the next it declares as its [Memory], and
// the runner owns it.
//
// Nodes are those of a document, and what an archive finds when it compares
// runs: pairs of runs, errors that come back, accounts of exports. A rule
// about these is a rule like any other; one runner sees the documents, another
// one what was found over all of them.
//
// The package imports rundetails, archive and finding. Rules themselves live in
// validate/rules, one package for each chapter of the specification.
package rule

import (
	"slices"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/archive"
	"github.com/runhist/runhist/validate/finding"
)

// Rule is one rule.
type Rule struct {
	ID    string // of its first requirement row, for ever
	Title string // a sentence that says what holds when the rule passes

	Severity finding.Severity // of its findings
	// Lower is the severity of findings that a check reports by
	// [Report.Lower]; Off where the rule has no such arm.
	Lower finding.Severity
	// Except gives profiles a severity of their own; Off switches the rule
	// off there. A rule of some profiles only has the severity Off, and theirs
	// here.
	Except map[string]finding.Severity
	// Adds gives rows that a finding breaks besides in a profile: those of a
	// reference that only this profile judges by.
	Adds map[string][]string

	// Requirements are all rows that a finding breaks, in table order, the
	// id of the rule among them.
	Requirements []string
	// Also are rows of other rules that findings of an arm break as well, by
	// the name of the arm, "" for findings without one. The tables do not join
	// these rows, but one fault is one finding: the other rules are silent.
	Also map[string][]string
	// Yields are the ids of rules, or of the schema stage, that tell more about
	// the same fault: where one of them has a finding at the same place, no less
	// grave, that finding takes the requirements of this one, and stands for
	// both.
	Yields []string

	Why   string // it matters
	Fix   string // what to do about a finding
	Since string // the version of runhist that brought the rule

	Memory Memory
	// Objects says that the checks ask [Report.Object].
	Objects bool
	// Clock says that the checks ask [Report.Now]: without that instant the
	// rule is not applicable.
	Clock  bool
	Checks []Check
}

// In is the rule as a profile has it: with its severity there, and with the
// rows that a finding breaks there.
func (r Rule) In(profile string) Rule {
	if severity, ok := r.Except[profile]; ok {
		r.Severity = severity
	}
	if rows := r.Adds[profile]; len(rows) > 0 {
		r.Requirements = slices.Concat(r.Requirements, rows)
	}
	return r
}

// Memory is how long a rule remembers what [Report.Seen] was asked.
type Memory uint8

// The scopes of memory.
const (
	Forgets     Memory = iota // nothing to remember
	PerStep                   // to the end of the step
	PerRun                    // to the end of the run
	PerDocument               // to the end of the document
)

// Scope tells whether a check has something to judge.
type Scope uint8

// The answers of the first part of a check.
const (
	Out        Scope = iota // nothing that the rule is about
	In                      // judge it
	Unreadable              // it is there, but not readable enough to judge
)

// If is In when there is something to judge, and else Out.
func If(there bool) Scope {
	if there {
		return In
	}
	return Out
}

// GUID is In when the GUID is known; Out when it is missing, and else
// Unreadable: GUIDs are compared without regard to case, so they must be
// readable.
func GUID(g *rundetails.GUID) Scope {
	switch {
	case !g.Present:
		return Out
	case !g.Valid:
		return Unreadable
	}
	return In
}

// Dates is In when all dates are known; Out when one is missing, and else
// Unreadable.
func Dates(dates ...*rundetails.Instant) Scope {
	scope := In
	for _, d := range dates {
		switch {
		case !d.Present:
			return Out
		case !d.Valid:
			scope = Unreadable
		}
	}
	return scope
}

// Numbers is In when all numbers are known; Out when one is missing, and else
// Unreadable.
func Numbers(numbers ...*rundetails.Number) Scope {
	scope := In
	for _, n := range numbers {
		switch {
		case !n.Present:
			return Out
		case !n.Valid:
			scope = Unreadable
		}
	}
	return scope
}

// And combines scopes: Out wins, then Unreadable.
func (s Scope) And(others ...Scope) Scope {
	for _, other := range others {
		if s == Out || other == Out {
			return Out
		}
		s = max(s, other)
	}
	return s
}

// Node is a kind of node that checks look at.
type Node interface {
	*rundetails.Incident | *rundetails.ObjectError | *rundetails.ImportError | *rundetails.ExportError |
		*rundetails.RetryError | *rundetails.CounterBlock | *rundetails.Step | *rundetails.Run | *rundetails.History |
		*archive.Pair | *archive.Recurrence | *archive.Account
}

// Check looks at one kind of node; [Each] makes one.
type Check interface {
	add(r *Runner, rule int)
	within(part Part) Check
}

// Each makes a check of a kind of node. applies tells whether a node has what
// the rule is about; judge is shown only nodes where it does, and reports
// what is wrong. Neither may keep the node or anything in it.
func Each[N Node](applies func(N) Scope, judge func(N, *Report)) Check {
	return check[N]{applies: applies, judge: judge}
}

// Part is a part of an error that few errors have.
type Part uint8

// The parts.
const (
	Whole      Part = iota // the error itself
	Change                 // change-not-reimported
	Extension              // extension-error-info
	RulesError             // rules-error-info
)

// Within says that a check is about a part of an error: it is not even asked
// about errors without it. That keeps many checks of rare parts cheap.
func Within(part Part, c Check) Check { return c.within(part) }

func (c check[N]) within(part Part) Check {
	c.part = part
	return c
}

type check[N Node] struct {
	rule    int
	part    Part
	applies func(N) Scope
	judge   func(N, *Report)
}
