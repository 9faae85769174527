package rules_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/antchfx/xmlquery"
	"github.com/antchfx/xpath"

	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/validate"
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
		// R241 and R399 are about the DNs of these two.
		emptyDN = "//@dn[not(ancestor::step-description)][not(parent::import-error or parent::export-error)][normalize-space(.)=''] | " +
			"//dn[not(ancestor::step-description)][normalize-space(.)='']"
		// The type of the step is for C051.
		noObjects = "//step-details[step-result='completed-no-objects'][staging-counters/*[not(self::stage-delete)][. > 0]]"
		// This library compares a number that was computed with the first
		// node only, unless the nodes stand on the left.
		gap = "//step-details[@step-number != 1 and not(../step-details/@step-number = @step-number - 1)]"
		// Nor does it find this one from its other end.
		skipped = "//step-details[step-result != 'completed-skipped-already-completed']" +
			"[@step-number < ../step-details[step-result='completed-skipped-already-completed']/@step-number]"
		// Nor does it compare two sets of nodes of different parents.
		confirmed = "//change-not-reimported/delta[count(attr)=1]/attr/value[@operation='add'][. = ../../../entry/attr/value]"
		// This library finds no last() behind another predicate.
		lastServer = "//ma-connection[translate(server,'ABCDEFGHIJKLMNOPQRSTUVWXYZ','abcdefghijklmnopqrstuvwxyz') != " +
			"translate(connection-log/incident[connection-result='success'][not(following-sibling::incident[connection-result='success'])]/server," +
			"'ABCDEFGHIJKLMNOPQRSTUVWXYZ','abcdefghijklmnopqrstuvwxyz')][server][connection-log/incident[connection-result='success']]"
		// These corrections give the XPath arm by arm.
		entryNumber = "//ma-object-error[error-type='parse-error'][not(entry-number)] | " +
			"//ma-object-error[entry-number][error-type != 'parse-error']"
		cdError = "//export-error[error-type='cd-error'][not(cd-error)] | " +
			"//export-error[cd-error][error-type != 'cd-error'][error-type != 'error-code'][error-type != 'error-literal']"
		// The correction is in words. What an agent could not read may be counted or not.
		stageFailures = "//step-details[number(staging-counters/stage-failure) < count(ma-discovery-errors/ma-object-error[error-type='staging-error']) or " +
			"number(staging-counters/stage-failure) > count(ma-discovery-errors/ma-object-error)]"
		// A blank DN is for other rows.
		otherDN = "//import-error[normalize-space(@dn) != '']/change-not-reimported" +
			"[delta[normalize-space(@dn) != ''][@dn != ../../@dn] or entry[normalize-space(@dn) != ''][@dn != ../../@dn]]"
		// The table gives these conditions in words.
		notNew     = "//change-not-reimported[normalize-space(entry/anchor) != ''][delta[not(anchor)][not(@operation='add')]]"
		notRenamed = "//change-not-reimported/delta[@operation='update' or @operation='replace'][not(attr or dn-attr)][@dn = ../entry/@dn]"
		bothOrNone = "//import-error/algorithm-step[. = 'validate-connector-filter' or . = 'deprovisioning' or " +
			". = 'export-flow' or . = 'recall'][boolean(@ma-id) != boolean(@dn)]"
		retryScript = "//retry-error[starts-with(error-type,'extension-')][not(extension-error-info)] | " +
			"//retry-error[extension-error-info][starts-with(error-type,'sync-rule-') or starts-with(error-type,'failed-') or " +
			"error-type='app-store-import-exception']"
	)
	return map[string]string{
		"C021": stageFailures, "R004": emptyDN, "R076": noObjects,
		"C044": skipped, "C076": otherDN, "C136": confirmed,
		"R066": gap, "C004": gap, "C068": lastServer, "R213": entryNumber, "R449": cdError,
		// These corrections are in words.
		"C016": "//step-details[number(export-counters/export-failure) != count(synchronization-errors/export-error[error-type != 'partial-success'])]",
		// This library compares a string that was computed with no node.
		"R230": "//ma-object-error/cd-error/server-error-detail[translate(.,'0123456789','') = string(.)]",
		"R318": bothOrNone, "R324": notNew, "R337": notRenamed, "R466": retryScript,
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
// warning or error, and of those graded info that have a rule.
func oracles(t *testing.T) []oracle {
	t.Helper()
	ruled := make(map[string]bool)
	for _, r := range rules.All() {
		for _, id := range r.Requirements {
			ruled[id] = true
		}
	}
	var all []oracle
	for _, row := range loadTables(t).All() {
		if row.Table != requirements.TableDocument && row.Table != requirements.TableConsistency {
			continue
		}
		switch row.Severity {
		case requirements.SeverityError, requirements.SeverityWarning:
		case requirements.SeverityInfo:
			if !ruled[row.ID] {
				continue
			}
		default:
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
	v := newValidator(t, list)
	for _, f := range fixtures() {
		if profile(f.rule) != validate.UPSMODS {
			continue // TestOracle2003 has them
		}
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
			if !finds(result.Findings, list[i].ID) || !disagree(list[i].Requirements, selected) {
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

// disagree tells whether some of the rows have an XPath and none selects
// anything.
func disagree(rows []string, selected map[string]bool) bool {
	known := false
	for _, id := range rows {
		selects, has := selected[id]
		if selects {
			return false
		}
		known = known || has
	}
	return known
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
		port      = "the XPath takes a missing port for a difference"
		months    = "the XPath takes every month for 31 days"
		example   = "the XPath shows one error-type as an example"
		neighbour = "the XPath compares neighbours only"
		inWords   = "the table asks for it in words only"
		lineBreak = "the table asks for line breaks in words only"
		marked    = "the table asks to decode a marked text before it is judged"
		space     = "the table asks for white space around the value in words only"
	)
	const (
		partial     = "an export with partial-success succeeded"
		resumed     = "the file that is resumed may be of a delta import"
		folder      = "the XPath compares the whole name of the file"
		overReports = "the XPath compares the GUID alone, as the correction says"
		agents      = "one retry-error for each agent is plausible, as the table says"
		cases       = "the XPath compares names with regard to case"
		mainCases   = "the XPath shows the main cases"
		blanks      = "the XPath compares the blanks between the parts of a DN"
		inEntry     = "R350 asks in words for the same in an entry"
		onlyOne     = "outbound flow of such a step is for another rule, which has a finding"
	)
	return map[string]string{
		"rules/R070/fail-twice-in-two-cases.xml R070":                   letters,
		"rules/R085/fail-export-error.xml C033":                         partial,
		"rules/R140/pass-partial-success.xml C033":                      partial,
		"rules/R150/pass-resumed.xml C060":                              resumed,
		"rules/R150/pass-resumed.xml R233":                              resumed,
		"rules/R170/pass-case-and-port.xml C068":                        port,
		"rules/R170/pass-case-and-port.xml R170":                        port,
		"rules/R174/fail-apart.xml R174":                                neighbour,
		"rules/R187/pass-resume-from-file.xml R206":                     inWords,
		"rules/R221/fail-object-unused-bits.xml R221":                   "the table asks for unused bits in words only",
		"rules/R241/fail-line-break.xml R241":                           lineBreak,
		"rules/R241/fail-carriage-return.xml R241":                      lineBreak,
		"rules/R005/fail-blank-account.xml R005":                        "the XPath takes white space for text",
		"rules/R221/pass-entry-values.xml R350":                         marked,
		"rules/R328/fail-entry.xml R328":                                inEntry,
		"rules/R338/fail-entry.xml R338":                                inEntry,
		"rules/R347/fail-white-space.xml R346":                          marked,
		"rules/R343/pass-encoded.xml R346":                              marked,
		"rules/R346/pass-control-characters-utf-16.xml R346":            marked,
		"rules/R346/pass-control-characters.xml R346":                   marked,
		"rules/R347/fail-length.xml R346":                               marked,
		"rules/R347/fail-plain.xml R346":                                marked,
		"rules/R347/pass-control-characters.xml R346":                   marked,
		"rules/R389/pass-white-space.xml R389":                          space,
		"rules/R469/pass-white-space.xml R469":                          space,
		"rules/C057/fail-above-zero.xml C058":                           onlyOne,
		"rules/C071/pass-two-agents.xml C071":                           overReports,
		"rules/C073/pass-two-agents.xml C073":                           agents,
		"rules/C076/pass-case.xml C076":                                 cases,
		"rules/C077/pass-delete-add.xml C077":                           "the table asks to tolerate a delete-add in words only",
		"rules/C081/fail-case.xml C081":                                 cases,
		"rules/C090/pass-import-flow-at-mv-object-type-change.xml C090": "the correction adds this step in words",
		"rules/C099/pass-case.xml C099":                                 cases,
		"rules/C099/fail-context-and-outbound.xml C099":                 mainCases,
		"rules/C132/fail-export-two-cases.xml C132":                     cases,
		"rules/C132/fail-import-two-dns.xml C071":                       overReports,
		"rules/C135/fail-type.xml C135":                                 mainCases,
		"rules/C135/fail-multivalued.xml C135":                          mainCases,
		"rules/C136/fail-two-attributes.xml C136":                       mainCases,
		"rules/C082/fail-delta.xml C136":                                mainCases,
		"rules/R330/fail-delta-deleted.xml C136":                        mainCases,
		"rules/C136/fail-part.xml C136":                                 mainCases,
		"rules/C136/fail-deleted.xml C136":                              mainCases,
		"rules/C136/fail-deleted-attribute.xml C136":                    mainCases,
		"rules/C129/pass-at-work.xml C129":                              "what end-date says of a step at work is open",
		"rules/C118/fail-outbound.xml C058":                             onlyOne,
		"rules/C119/fail-outbound.xml C058":                             onlyOne,
		"rules/C124/pass-malformed-dn.xml C124":                         "the XPath looks for the partition in a dn that is none",
		"rules/C124/pass-spelling.xml C124":                             blanks,
		"rules/R143/fail-white-space.xml C125":                          "a blank name of a file is for R143",
		"rules/C125/pass-with-folder.xml C125":                          folder,
		"rules/C002/pass-within-a-second.xml C002":                      tolerance,
		"rules/C007/pass-within-a-second.xml C007":                      tolerance,
		"rules/C008/pass-within-a-second.xml C008":                      tolerance,
		"rules/C011/pass-within-a-second.xml C011":                      tolerance,
		"rules/C024/fail-entry-number.xml C024":                         example,
		"rules/C068/pass-case-and-port.xml C068":                        port,
		"rules/C068/pass-case-and-port.xml R170":                        port,
		"rules/C141/pass-within-a-second C141":                          tolerance,
		"rules/C072/fail-twice-in-two-cases.xml C072":                   letters,
		"rules/C072/fail-twice-in-two-cases.xml C132":                   letters,
		"rules/C130/pass-february.xml C130":                             months,
	}
}
