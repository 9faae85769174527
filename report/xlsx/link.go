package xlsx

import (
	"strconv"
	"strings"

	"github.com/runhist/runhist/report/tables"
)

// Rows of a step come before the step, and steps before their run, as
// report/README.md has it: so the row that a step or run will have is known
// when its errors or steps are written.
//
// Runs and steps have a number in their sheets, in the first column. A link
// names the row where it was written; where somebody has sorted the sheet since,
// it looks for the number:
//
//	HYPERLINK("#Steps!A"&IF(Steps!$A$18=17,18,MATCH(17,Steps!$A:$A,0)),17)

// lead is a column of ours before those of a table.
type lead uint8

const (
	noLead  lead = iota
	ownRun       // the number of the run
	ownStep      // the number of the step
	itsRun       // the number of the run of a step, with a link to it
	itsStep      // the number of the step of a row, with a link to it
	plainStep
)

// column describes the column.
func (l lead) column() *tables.Column {
	c := &tables.Column{Name: "step", Type: tables.Int, Source: "the row in this workbook"}
	switch l {
	case ownRun:
		c.Name, c.Doc = "run", "Number of the run in this workbook."
	case itsRun:
		c.Name, c.Doc = "run", "Number of the run in this workbook: click to go there."
	case ownStep:
		c.Doc = "Number of the step in this workbook."
	case itsStep:
		c.Doc = "Number of the step in this workbook: click to go there."
	case plainStep:
		c.Doc = "Number of the step in this workbook, as sheet Steps has it."
	}
	return c
}

func (l lead) style(s *styles) int {
	if l == itsRun || l == itsStep {
		return s.link
	}
	return s.plain
}

// links knows where runs, steps and errors are.
type links struct {
	sheets map[string]*sheet // by table
	// Of the step under way, the first error of each kind; of the run under
	// way, the first step.
	errors map[string]place
	step   *place
	rules  bool // there will be a sheet of rules, with all that findings name
}

func newLinks() links {
	return links{sheets: map[string]*sheet{}, errors: map[string]place{}}
}

// leads are the columns of ours that a table gets.
func (l *links) leads(t *tables.Table) []lead {
	switch t.Name {
	case "runs":
		return []lead{ownRun}
	case "steps":
		if l.sheets["runs"] != nil {
			return []lead{ownStep, itsRun}
		}
		return []lead{ownStep}
	case "errors", "unconfirmed_changes", "connection_incidents", "object_errors":
		if l.sheets["steps"] != nil {
			return []lead{itsStep}
		}
	case "counters": // there are too many of them for a link each
		if l.sheets["steps"] != nil {
			return []lead{plainStep}
		}
	}
	return nil
}

// lead is what the column of ours has in the row that is being written.
func (l *links) lead(s *sheet, kind lead) (formula string, value any) {
	switch kind {
	case ownRun, ownStep:
		return "", int64(s.rows + 1)
	case itsRun:
		to := l.sheets["runs"].next()
		return formulaTo(to, "A", int64(to.index+1), int64(to.index+1)), int64(to.index + 1)
	case itsStep:
		to := l.sheets["steps"].next()
		return formulaTo(to, "A", int64(to.index+1), int64(to.index+1)), int64(to.index + 1)
	case plainStep:
		return "", int64(l.sheets["steps"].rows + 1)
	}
	return "", nil
}

// number is the formula of a number that is a link too: that of errors of a
// step, and of steps of a run. It is "" for others.
func (l *links) number(s *sheet, c *tables.Column, n int64) string {
	if n <= 0 {
		return ""
	}
	switch s.table.Name {
	case "steps":
		kind, isKind := strings.CutSuffix(c.Name, "_errors")
		if to, known := l.errors[kind]; isKind && known {
			return formulaTo(to, "A", int64(s.rows+1), n)
		}
	case "runs":
		if c.Name == "steps" && l.step != nil {
			return formulaTo(*l.step, "B", int64(s.rows+1), n)
		}
	}
	return ""
}

// text is the formula of a text that is a link too: that of the rule of a
// finding, where it is in the sheet of rules. It is "" for others.
func (l *links) text(s *sheet, c *tables.Column, text string) string {
	if c.Name != "rule" || s.table.Name != "findings" || !l.rules || !isID(text) {
		return ""
	}
	return `HYPERLINK("#Rules!A"&MATCH("` + text + `",Rules!$A:$A,0),"` + text + `")`
}

// isID tells whether a text is the id of a rule, and nothing that a formula
// would take for something else.
func isID(text string) bool {
	for _, r := range text {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return text != "" && len(text) <= 64
}

// maxKinds bounds the kinds of errors of a step; there are four.
const maxKinds = 16

// passed notes that a row was written.
func (l *links) passed(s *sheet, row []tables.Value) {
	switch s.table.Name {
	case "errors":
		if kind := s.kind; kind >= 0 && l.sheets["steps"] != nil && len(l.errors) < maxKinds {
			if _, known := l.errors[row[kind].Text()]; !known {
				l.errors[strings.Clone(row[kind].Text())] = s.next()
			}
		}
	case "steps":
		clear(l.errors)
		if l.step == nil && l.sheets["runs"] != nil {
			at := s.next()
			l.step = &at
		}
	case "runs":
		l.step = nil
	}
}

// formulaTo is a link to the row that has the key in the column, and shows a
// number.
func formulaTo(to place, column string, key, shown int64) string {
	sheet, row := quoted(to.part()), strconv.Itoa(to.row())
	number := strconv.FormatInt(key, 10)
	var b strings.Builder
	b.Grow(128)
	for _, piece := range [...]string{`HYPERLINK("#`, sheet, `!A"&IF(`, sheet, `!$`, column, `$`, row, `=`, number, `,`, row, `,MATCH(`, number, `,`,
		sheet, `!$`, column, `:$`, column, `,0)),`, strconv.FormatInt(shown, 10), `)`} {
		b.WriteString(piece)
	}
	return b.String()
}

// quoted is the name of a sheet as formulas have it.
func quoted(sheet string) string {
	for _, r := range sheet {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return "'" + strings.ReplaceAll(sheet, "'", "''") + "'"
		}
	}
	return sheet
}
