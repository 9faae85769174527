package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r254() rule.Rule {
	return rule.Rule{
		ID:           "R254",
		Title:        "The algorithm-step of an error fits its type.",
		Severity:     finding.Info,
		Requirements: []string{"R254", "R281", "R299", "C092"},
		Why: "The definitions of these types name the stage of the synchronization in which they occur. " +
			"Stages can be nested, such as provisioning within import flow, so this is no more than a hint.",
		Fix:   "Check which stage the error was met in. Write the innermost one as algorithm-step.",
		Since: "0.1.0",
		Checks: []rule.Check{
			rule.Each(
				func(e *rundetails.ImportError) rule.Scope { return staged(&e.Type, &e.AlgorithmStep) },
				func(e *rundetails.ImportError, r *rule.Report) { judgeStage(&e.Type, &e.AlgorithmStep, r) },
			),
			rule.Each(
				func(e *rundetails.RetryError) rule.Scope { return staged(&e.Type, &e.AlgorithmStep) },
				func(e *rundetails.RetryError, r *rule.Report) { judgeStage(&e.Type, &e.AlgorithmStep, r) },
			),
		},
	}
}

func staged(errorType *rundetails.Text, step *rundetails.AlgorithmStep) rule.Scope {
	return rule.If(step.Present && wantedStep(errorType.Value) != "")
}

func judgeStage(errorType *rundetails.Text, step *rundetails.AlgorithmStep, r *rule.Report) {
	if want := wantedStep(errorType.Value); step.Value != want {
		r.At(step, "error-type is %s, which occurs in %s, but algorithm-step is %s",
			errorType.Value, want, words.Quote(step.Value))
	}
}

// wantedStep is the algorithm step that the definition of a type of error
// names, "" for those that may occur in several.
func wantedStep(errorType string) string {
	switch errorType {
	case "cannot-parse-object-id", "join-object-id-must-be-single-valued",
		"extension-join-resolution-invalid-object-type", "extension-join-resolution-index-out-of-bounds":
		return "join"
	case "extension-projection-object-type-not-set", "extension-projection-invalid-object-type":
		return "projection"
	case "unsupported-container-delete", "extension-deprovisioning-invalid-result":
		return "deprovisioning"
	case "ambiguous-export-flow-to-single-valued-attribute", "ambiguous-reference-value-for-export-flow":
		return "export-flow"
	case "ambiguous-import-flow-from-multiple-connectors", "dn-index-out-of-bounds", "cannot-parse-dn-component":
		return "import-flow"
	case "extension-provisioning-call-limit-reached", "sync-rule-flow-provisioning-failed":
		return "provisioning"
	}
	return ""
}
