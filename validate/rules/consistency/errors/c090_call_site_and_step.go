package errors

import (
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c090() rule.Rule {
	return rule.Rule{
		ID:           "C090",
		Title:        "The call site of an extension fits the algorithm-step of its error.",
		Severity:     finding.Warning,
		Requirements: []string{"C090"},
		Yields:       []string{"C091"},
		Why: "Both name the stage at which the object failed. " +
			"When they contradict each other, the search for the cause begins at the wrong rule.",
		Fix:   "Check extension-callsite and algorithm-step: one of them is that of another error.",
		Since: "0.1.0",
		Checks: failures(
			func(f failure) rule.Scope { return rule.If(f.extension.CallSite.Present && f.algorithm.Present) },
			func(f failure, r *rule.Report) {
				site := &f.extension.CallSite
				if !calledAt(site.Value, f.algorithm.Value) {
					r.At(site, "extension-callsite is %q, but algorithm-step is %s", site.Value, words.Quote(f.algorithm.Value))
				}
			},
		),
	}
}

// calledAt tells whether an extension may be called from the site at the step
// of the algorithm. initialize, and a site that is not known, go with any.
func calledAt(site, step string) bool {
	switch site {
	case "join-mapping", "join-resolution":
		return step == "join"
	case "projection", "export-flow", "provisioning", "mv-deletion":
		return step == site
	case "import-flow":
		// An object of another type gets its attributes anew.
		return step == "import-flow" || step == "recall" || step == "mv-object-type-change"
	case "cs-deprovisioning":
		return step == "deprovisioning"
	case "disconnecter-filter", "disconnector-filter", "connector-filter":
		// The last two are how other products spell it.
		return step == "connector-filter" || step == "validate-connector-filter"
	}
	return true
}
