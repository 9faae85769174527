// Package importerror2003 holds the rules of the reference of import-error of
// Microsoft Identity Integration Server 2003, the rows of miis2003.tsv. They
// stand in profile miis2003 and in no other.
//
// Rows that say the same as a row of [MS-UPSMODS] are no rules here: the table
// of profiles of package rules adds them to the rule of that row.
package importerror2003

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

// Rules returns the rules in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		m017(),
		m043(),
		m044(),
		m048(),
		m052(),
		m053(),
		m054(),
		m055(),
		m056(),
		m058(),
		m061(),
		m062(),
		m063(),
		m064(),
		m065(),
		m066(),
		m067(),
		m068(),
		m069(),
		m070(),
		m071(),
		m072(),
		m077(),
		m086(),
		m088(),
		m089(),
		m090(),
		m091(),
		m092(),
		m093(),
	}
}

// only is the severity of a rule of this product.
func only(severity finding.Severity) map[string]finding.Severity {
	return map[string]finding.Severity{"miis2003": severity}
}

// ofType makes a check of the import-errors of one type.
func ofType(errorType string, judge func(*rundetails.ImportError, *rule.Report)) rule.Check {
	return rule.Each(func(e *rundetails.ImportError) rule.Scope { return rule.If(e.Type.Value == errorType) }, judge)
}
