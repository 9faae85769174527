package step

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r144() rule.Rule {
	return rule.Rule{
		ID:           "R144",
		Title:        "Only the results that concern a file name one.",
		Severity:     finding.Error,
		Requirements: []string{"R144"},
		Why: "@file says which file was missing, locked or empty. " +
			"On another result it sends whoever looks for the cause to a file that has nothing to do with it.",
		Fix:   "Leave @file out unless step-result is one of the 17 values that the specification lists for it.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(s.Result.File.Present) },
			func(s *rundetails.Step, r *rule.Report) {
				if !concernsFile(s.Result.Value) {
					r.At(&s.Result.File, "file is %s, but step-result is %s, which names no file",
						words.Quote(s.Result.File.Value), words.Quote(s.Result.Value))
				}
			},
		)},
	}
}

// concernsFile tells the listed results. The list has neither code pages nor
// header rows nor parsing errors, nor the two extensions that are not
// configured, although they are about files too: it is followed to the letter.
func concernsFile(result string) bool {
	switch result {
	case "completed-no-objects",
		"no-start-file-access-denied", "no-start-file-not-found", "no-start-file-open", "no-start-file-sharing-violation",
		"stopped-extension-dll-access", "stopped-extension-dll-ambiguous", "stopped-extension-dll-exception",
		"stopped-extension-dll-file-not-found", "stopped-extension-dll-instantiation",
		"stopped-extension-dll-invalid-assembly", "stopped-extension-dll-load",
		"stopped-extension-dll-missing-dependency", "stopped-extension-dll-no-implementation",
		"stopped-extension-dll-updated-version", "stopped-file-embedded-nulls", "stopped-disk-full":
		return true
	}
	return false
}
