package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r317() rule.Rule {
	return rule.Rule{
		ID:           "R317",
		Title:        "Only an algorithm-step on the outbound side of an import-error has a DN.",
		Severity:     finding.Error,
		Requirements: []string{"R317"},
		Why: "@dn names the object of the target agent at which the synchronization failed. " +
			"Inbound steps have no such object, so the error would lead to one that had no part in it.",
		Fix: "Leave @dn out unless algorithm-step is validate-connector-filter, deprovisioning, " +
			"export-flow or recall.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ImportError) rule.Scope { return rule.If(e.AlgorithmStep.DN.Present) },
			func(e *rundetails.ImportError, r *rule.Report) {
				if !outbound(e.AlgorithmStep.Value) {
					r.At(&e.AlgorithmStep.DN, "algorithm-step is %s, which has no dn", words.Quote(e.AlgorithmStep.Value))
				}
			},
		)},
	}
}

func r318() rule.Rule {
	return rule.Rule{
		ID:           "R318",
		Title:        "An algorithm-step of an import-error has both ma-id and dn, or neither.",
		Severity:     finding.Info,
		Requirements: []string{"R318"},
		Why: "A DN is unique within one agent only, and an agent without a DN leaves open which object is meant. " +
			"The specification does not say that the two go together; servers are expected to know both.",
		Fix:   "Write both attributes of algorithm-step.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			// On the inbound side neither may be there: that is for R315 and R317.
			func(e *rundetails.ImportError) rule.Scope {
				a := &e.AlgorithmStep
				return rule.If((a.MAID.Present || a.DN.Present) && outbound(a.Value))
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				switch a := &e.AlgorithmStep; {
				case !a.DN.Present:
					r.At(a, "algorithm-step has an ma-id but no dn")
				case !a.MAID.Present:
					r.At(a, "algorithm-step has a dn but no ma-id")
				}
			},
		)},
	}
}
