package importerror2003

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

// m077 says once in a document that its errors have the order of 2003. The
// order is right there; a reader made for another product looks for the
// elements elsewhere.
func m077() rule.Rule {
	return rule.Rule{
		ID:           "M077",
		Title:        "The children of import-error stand in the order of [MS-UPSMODS].",
		Except:       only(finding.Info),
		Requirements: []string{"M077"},
		Why: "Servers of 2003 write date-occurred first, and algorithm-step before error-type. " +
			"Programs that read the children by their position take one date for the other.",
		Fix:    "Nothing, when a server of 2003 wrote the history. Programs should read the children by their names.",
		Since:  "0.1.0",
		Memory: rule.PerDocument,
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				return rule.If(e.FirstOccurred.Present && e.DateOccurred.Present || e.Type.Present && e.AlgorithmStep.Present)
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				if !follows(&e.FirstOccurred.Text, &e.DateOccurred.Text) && !follows(&e.Type, &e.AlgorithmStep.Text) {
					return
				}
				if _, told := r.Seen(0, e.Line); !told {
					r.At(e, "the children of import-error stand in the order of 2003: date-occurred is first, algorithm-step is before error-type")
				}
			},
		)},
	}
}

// follows tells whether both are there and one stands behind the other.
func follows(one, other *rundetails.Text) bool {
	return one.Present && other.Present && (one.Line > other.Line || one.Line == other.Line && one.Column > other.Column)
}
