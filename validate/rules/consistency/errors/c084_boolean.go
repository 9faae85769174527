package errors

import (
	"strings"

	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c084() rule.Rule {
	return rule.Rule{
		ID:           "C084",
		Title:        "A value of the type boolean is true, false, 0 or 1.",
		Severity:     finding.Info,
		Requirements: []string{"C084"},
		Why: "The type says how the value is to be read. " +
			"A program that reads it as true or false fails on anything else.",
		Fix:    "Write true, false, 0 or 1, in small or capital letters, or correct @type.",
		Since:  "0.1.0",
		Checks: []rule.Check{ofType("boolean", isBoolean, "which is neither true nor false")},
	}
}

func isBoolean(text string) bool {
	return text == "0" || text == "1" || strings.EqualFold(text, "true") || strings.EqualFold(text, "false")
}
