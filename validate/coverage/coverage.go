// Package coverage makes the traceability matrix: for every row of the
// requirement tables, what checks it, or why nothing does.
//
// What checks a row is taken from the rules and from the class of the row;
// what is left over must stand in reasons.go, row by row or by range. The
// tests hold that table against the tables and the rules: nothing stands in it
// that is covered, and nothing is left out.
//
// The package imports requirements and rule, and reads nothing else.
package coverage

import (
	"slices"

	"github.com/runhist/runhist/validate/requirements"
	"github.com/runhist/runhist/validate/rule"
)

// The kinds of coverage.
const (
	Rule     = "rule"     // a rule checks it on a document, or on several
	Schema   = "schema"   // the schema stage checks it
	Replay   = "replay"   // a replay of the run decides it
	Protocol = "protocol" // a server under test decides it
	Planned  = "planned"  // its check is still to come
	None     = "none"     // nothing checks it
)

// Kinds returns the kinds of coverage in the order of sums.
func Kinds() []string { return []string{Rule, Schema, Replay, Protocol, Planned, None} }

// Row is a line of the matrix.
type Row struct {
	ID        string
	Section   string
	Line      int // of the specification, 0 where there is none
	Path      string
	Level     string
	Statement string
	Class     string
	Covered   string   // a kind
	By        []string // the rules, in their order; of a replay the scenarios that show it
	Reason    string   // where no rule and not the schema alone
}

// Rows returns the matrix in the order of the tables. A row that nothing
// covers and that has no reason is None without one: the tests see to it that
// there is none.
func Rows(tables *requirements.Tables, rules []rule.Rule) []Row {
	by := make(map[string][]string)
	for i := range rules {
		rows := slices.Clone(rules[i].Requirements)
		for _, also := range rules[i].Also {
			rows = append(rows, also...)
		}
		for _, id := range tables.Sorted(rows) {
			by[id] = append(by[id], rules[i].ID)
		}
	}
	because := make(map[string]reason)
	for _, r := range reasons() {
		for _, id := range expand(r.rows) {
			because[id] = r
		}
	}
	shown := shownBy()
	all := tables.All()
	rows := make([]Row, 0, len(all))
	for i := range all {
		r := &all[i]
		row := Row{ID: r.ID, Section: r.Section, Line: r.Line, Path: r.Path, Level: r.Level, Statement: r.Statement,
			Class: string(r.Class), By: by[r.ID]}
		why, listed := because[r.ID]
		switch {
		case len(row.By) > 0:
			row.Covered = Rule
		case r.Class == requirements.ClassSchema:
			row.Covered = Schema
		case listed:
			row.Covered, row.By, row.Reason = why.covered, why.by, why.text
		case r.Table == requirements.TableProtocol:
			row.Covered, row.Reason = Protocol, "it is about the methods, of which a document holds nothing: a server under test answers for it"
		case r.Table == requirements.TableMIIS2003:
			row.older(r, by)
		default:
			row.Covered = None
		}
		if row.Covered == Replay {
			row.By = shown[row.ID]
		}
		rows = append(rows, row)
	}
	return rows
}

// older covers a row of the older reference, which stands in profile miis2003.
func (row *Row) older(r *requirements.Row, by map[string][]string) {
	for _, same := range r.SameRule {
		row.By = append(row.By, by[same]...)
	}
	switch {
	case len(row.By) > 0:
		row.Covered, row.Reason = Rule, "it says the same of both products"
	case r.TableClass == requirements.ClassSchema:
		row.Covered, row.Reason = Schema, "the schema of profile miis2003 enforces it"
	case r.TableClass == requirements.ClassContext:
		row.Covered, row.Reason = Replay, "the document does not show it; a replay of the run does, as for the newer product"
	default:
		row.Covered = None
	}
}
