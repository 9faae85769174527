package rules_test

import (
	"strings"
	"testing"

	"github.com/antchfx/xmlquery"
	"github.com/antchfx/xpath"

	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/requirements"
	"github.com/runhist/runhist/validate/rules"
)

// expression2003 is the XPath of a row of the older reference. The correction
// of M061 to M065 shows one error type for all of them.
func expression2003(row *requirements.Row) string {
	text := expression(row)
	for id, errorType := range map[string]string{
		"M062": "extension-dll-crash", "M063": "extension-dll-timeout",
		"M064": "extension-entry-point-not-implemented", "M065": "extension-unexpected-attribute-value",
	} {
		if row.ID == id {
			text = strings.Replace(text, "extension-dll-exception", errorType, 1)
		}
	}
	if row.ID == "M048" { // its correction names two more types
		text += "[error-type != 'extension-join-resolution-index-out-of-bounds'][error-type != 'extension-provisioning-call-limit-reached']"
	}
	return text
}

func oracles2003(t *testing.T) []oracle {
	t.Helper()
	var all []oracle
	for _, row := range loadTables(t).All() {
		if row.Table != requirements.TableMIIS2003 || row.ProfileSeverity == requirements.SeverityNone {
			continue
		}
		expr, err := xpath.Compile(expression2003(&row))
		if err != nil {
			t.Errorf("%s: %v", row.ID, err)
			continue
		}
		all = append(all, oracle{row, expr})
	}
	return all
}

// TestOracle2003 evaluates the XPaths of the older reference on the fixtures of
// all rules, judged by profile miis2003.
func TestOracle2003(t *testing.T) {
	all, list, reasons := oracles2003(t), rules.All(), divergences2003()
	if len(all) != 41 {
		t.Errorf("%d rows have an XPath", len(all))
	}
	v := newValidatorOf(t, validate.MIIS2003, list)
	shown := make(map[string]bool)
	for _, f := range fixtures() {
		document, err := xmlquery.Parse(strings.NewReader(inOne(t, f.name)))
		if err != nil {
			t.Fatal(err)
		}
		broken := make(map[string]bool)
		result := judgeAll(t, v, samples.Documents(f.name), 1)
		for i := range result.Findings {
			for _, id := range result.Findings[i].Requirements {
				broken[id] = true
			}
		}
		for i := range all {
			id := all[i].row.ID
			selected := all[i].selects(document)
			shown[id] = shown[id] || selected
			joined := len(all[i].row.SameRule) > 0 // with others of another element or arm
			if selected == broken[id] || joined && !selected {
				continue
			}
			if key := f.name + " " + id; reasons[key] != "" {
				delete(reasons, key)
			} else {
				t.Errorf("%s: the XPath of %s selects something: %t, and the tool has a finding: %t", f.name, id, selected, broken[id])
			}
		}
	}
	for i := range all {
		if !shown[all[i].row.ID] {
			t.Errorf("no fixture breaks %s", all[i].row.ID)
		}
	}
	for key := range reasons {
		t.Errorf("%s: the divergence has gone; take it out of the table", key)
	}
}

// divergences2003 are the fixtures on which an XPath of the older reference and
// the tool disagree, each with the reason.
func divergences2003() map[string]string {
	const (
		later    = "a date that does not exist cannot be compared: R009 has a finding"
		noScript = "an error without extension-error-info is for R358"
	)
	return map[string]string{
		"rules/M086/fail-no-fraction.xml M009":                 "the date has no form: the schema has a finding",
		"rules/M086/fail-no-fraction.xml M011":                 "the date has no form: the schema has a finding",
		"rules/M093/fail-letter.xml M011":                      "the date has no form: the schema has a finding",
		"rules/M088/fail-month.xml M011":                       later,
		"rules/M088/fail-zero.xml M009":                        later,
		"rules/M088/fail-zero.xml M011":                        later,
		"rules/M089/fail-day.xml M011":                         later,
		"rules/M090/fail-hour.xml M011":                        later,
		"rules/M091/fail-minute.xml M011":                      later,
		"rules/M092/fail-second.xml M011":                      later,
		"rules/R358/fail-dll-exception.xml M049":               noScript,
		"rules/R358/fail-entry-point-not-implemented.xml M050": noScript,
		"rules/R358/fail-unexpected-attribute-value.xml M051":  noScript,
	}
}
