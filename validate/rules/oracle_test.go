package rules_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/antchfx/xmlquery"
	"github.com/antchfx/xpath"

	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/requirements"
	"github.com/runhist/runhist/validate/rules"
)

// The XPaths of the tables are the oracle of the rules: a row is broken if and
// only if its XPath selects something. They know neither the tolerance of
// dates nor the case of GUIDs; where that shows, divergences says so.

// oracle is the XPath of a row.
type oracle struct {
	row  requirements.Row
	expr *xpath.Expr
}

// expressions holds the XPaths of rows that cannot be taken from the tables as
// they are, each with the reason.
func expressions() map[string]string {
	const (
		// This library compares a number that was computed with the first
		// node only, unless the nodes stand on the left.
		gap = "//step-details[@step-number != 1 and not(../step-details/@step-number = @step-number - 1)]"
		// This library finds no last() behind another predicate.
		lastServer = "//ma-connection[translate(server,'ABCDEFGHIJKLMNOPQRSTUVWXYZ','abcdefghijklmnopqrstuvwxyz') != " +
			"translate(connection-log/incident[connection-result='success'][not(following-sibling::incident[connection-result='success'])]/server," +
			"'ABCDEFGHIJKLMNOPQRSTUVWXYZ','abcdefghijklmnopqrstuvwxyz')][server][connection-log/incident[connection-result='success']]"
		// These corrections give the XPath arm by arm.
		entryNumber = "//ma-object-error[error-type='parse-error'][not(entry-number)] | " +
			"//ma-object-error[entry-number][error-type != 'parse-error']"
		cdError = "//export-error[error-type='cd-error'][not(cd-error)] | " +
			"//export-error[cd-error][error-type != 'cd-error'][error-type != 'error-code'][error-type != 'error-literal']"
	)
	return map[string]string{
		"R066": gap, "C004": gap, "C068": lastServer, "R213": entryNumber, "R449": cdError,
		// The table names the characters in words.
		"R343": "//change-not-reimported//value[not(@encoding)][translate(.,'" + controls() + "','') != string(.)]",
	}
}

// controls are the characters U+007F to U+009F.
func controls() string {
	var b strings.Builder
	for r := rune(0x7f); r <= 0x9f; r++ {
		b.WriteRune(r)
	}
	return b.String()
}

// expression takes the XPath out of the cells of a row, "" where it has none.
func expression(row *requirements.Row) string {
	const mark = "violations (XPath 1.0):"
	if text := expressions()[row.ID]; text != "" {
		return text
	}
	for _, cell := range []string{row.Correction, row.Check} {
		if _, after, ok := strings.Cut(cell, mark); ok {
			return strings.TrimSpace(cutRemark(after))
		}
	}
	return ""
}

// cutRemark cuts off what follows an XPath: outside of brackets and quotation
// marks, a semicolon or a bracket behind a blank begins a remark.
func cutRemark(text string) string {
	depth, quote := 0, rune(0)
	for i, c := range text {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case depth == 0 && (c == ';' || (c == '[' || c == '(') && i > 1 && text[i-1] == ' '):
			return text[:i]
		case c == '[' || c == '(':
			depth++
		case c == ']' || c == ')':
			depth--
		}
	}
	return text
}

// oracles compiles the XPaths of the rows about documents that are graded
// warning or error.
func oracles(t *testing.T) []oracle {
	t.Helper()
	var all []oracle
	for _, row := range loadTables(t).All() {
		if row.Table != requirements.TableDocument && row.Table != requirements.TableConsistency ||
			row.Severity != requirements.SeverityError && row.Severity != requirements.SeverityWarning {
			continue
		}
		text := expression(&row)
		if text == "" {
			continue
		}
		expr, err := xpath.Compile(text)
		if err != nil {
			t.Errorf("%s: %v: %s", row.ID, err, text)
			continue
		}
		all = append(all, oracle{row, expr})
	}
	return all
}

func (o *oracle) selects(document *xmlquery.Node) bool {
	return xmlquery.QuerySelector(document, o.expr) != nil
}

// TestOracle evaluates the XPaths of all rows on all fixtures, also of rows
// that have no rule yet: a pass is clean under all of them, and a fail under
// all but those that the findings in it cover.
func TestOracle(t *testing.T) {
	all, list, reasons := oracles(t), rules.All(), divergences()
	if len(all) < 150 {
		t.Errorf("only %d rows have an XPath", len(all))
	}
	v, known := newValidator(t, list), make(map[string]bool)
	for i := range all {
		known[all[i].row.ID] = true
	}
	for _, f := range fixtures() {
		document, err := xmlquery.Parse(strings.NewReader(inOne(t, f.name)))
		if err != nil {
			t.Fatal(err)
		}
		result := judgeAll(t, v, samples.Documents(f.name), 1)
		broken := make(map[string]bool) // rows that the tool says are broken
		for i := range result.Findings {
			for _, id := range result.Findings[i].Requirements {
				broken[id] = true
			}
			if result.Findings[i].Rule == "C106" { // which is C139 and C140 over documents
				broken["C139"], broken["C140"] = true, true
			}
		}
		selected := make(map[string]bool)
		for i := range all {
			id := all[i].row.ID
			if selected[id] = all[i].selects(document); !selected[id] || broken[id] {
				continue
			}
			if key := f.name + " " + id; reasons[key] != "" {
				delete(reasons, key)
			} else {
				t.Errorf("%s: the XPath of %s selects something, and the tool has no finding", f.name, id)
			}
		}
		for i := range list {
			judged := slices.ContainsFunc(list[i].Requirements, func(id string) bool { return known[id] })
			if !judged || !finds(result.Findings, list[i].ID) || slices.ContainsFunc(list[i].Requirements, func(id string) bool { return selected[id] }) {
				continue
			}
			if key := f.name + " " + list[i].ID; reasons[key] != "" {
				delete(reasons, key)
			} else {
				t.Errorf("%s: the tool has a finding of %s, and no XPath of its rows selects anything", f.name, list[i].ID)
			}
		}
	}
	for key := range reasons {
		t.Errorf("%s: the divergence has gone; take it out of the table", key)
	}
}

// inOne is the text of a fixture as one document: the runs of all of them.
func inOne(t *testing.T, name string) string {
	t.Helper()
	const open, shut = "<run-history>\n", "</run-history>"
	text := read(t, name)
	if len(samples.Documents(name)) == 1 {
		return text
	}
	var all strings.Builder
	for _, document := range samples.Documents(name) {
		_, runs, _ := strings.Cut(read(t, document), open)
		runs, _, _ = strings.Cut(runs, shut)
		all.WriteString(runs)
	}
	return open + all.String() + shut
}

func finds(findings []finding.Finding, id string) bool {
	return slices.ContainsFunc(findings, func(f finding.Finding) bool { return f.Rule == id })
}

// divergences are the fixtures on which an XPath and the tool disagree, by
// fixture and row, each with the reason.
func divergences() map[string]string {
	const (
		tolerance = "the XPath knows no tolerance of one second"
		letters   = "the XPath compares GUIDs with regard to case"
		sameFault = "a first occurrence in this run contradicts the retry-count in this way too"
	)
	return map[string]string{
		"rules/C002/pass-within-a-second.xml C002":    tolerance,
		"rules/C007/pass-within-a-second.xml C007":    tolerance,
		"rules/C072/fail-twice-in-two-cases.xml C072": letters,
		"rules/C072/fail-twice-in-two-cases.xml C132": letters,
		"rules/R221/fail-object-unused-bits.xml R221": "the table asks for unused bits in words only",
		"rules/R243/fail-export-counted.xml C011":     sameFault,
		"rules/R243/fail-export-counted.xml C131":     sameFault,
		"rules/R243/fail-import-counted.xml C011":     sameFault,
		"rules/R243/fail-import-counted.xml C131":     sameFault,
	}
}
