package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r345() rule.Rule {
	return rule.Rule{
		ID:       "R345",
		Title:    "A value in a delta has no operation update.",
		Severity: finding.Info,
		// Their schema has add and update.
		Except:       map[string]finding.Severity{"fim": finding.Off, "miis2003": finding.Off},
		Requirements: []string{"R345"},
		Why: "The text of the specification has add and update here, its schema add and delete. " +
			"Whoever follows the text writes what the schema refuses.",
		Fix:   "Write add for a value that was added or set, and delete for one that was removed.",
		Since: "0.1.0",
		Checks: []rule.Check{deltaValues(
			func(_ *rundetails.Attribute, v *rundetails.Value) bool { return v.Operation.Present },
			func(_ *rundetails.Attribute, v *rundetails.Value, r *rule.Report) {
				if v.Operation.Value == "update" {
					r.At(&v.Operation, "operation is update, which the text of the specification has and its schema has not")
				}
			},
		)},
	}
}
