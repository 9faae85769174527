package discovery

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r216() rule.Rule {
	return rule.Rule{
		ID:           "R216",
		Title:        "An ma-object-error has a line-number only with the error-type parse-error.",
		Severity:     finding.Error,
		Requirements: []string{"R216"},
		Why: "The number leads to a place in the imported file that could not be read. " +
			"With another error-type the record was read, and the number leads nowhere.",
		Fix:   "Leave line-number out, or write the error-type parse-error.",
		Since: "0.1.0",
		// The reverse holds for imports from files only: see C126.
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ObjectError) rule.Scope {
				return rule.If(e.LineNumber.Present && e.Type.Present)
			},
			func(e *rundetails.ObjectError, r *rule.Report) { withoutParseError(e, &e.LineNumber, r) },
		)},
	}
}

func r218() rule.Rule {
	return rule.Rule{
		ID:           "R218",
		Title:        "A column-number stands beside a line-number, with the error-type parse-error.",
		Severity:     finding.Error,
		Requirements: []string{"R218"},
		Why: "Both numbers together lead to the place in the imported file that could not be read, " +
			"and the specification wants both under the same condition.",
		Fix:   "Write line-number and column-number with parse-error, or leave both out.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ObjectError) rule.Scope {
				return rule.If(e.ColumnNumber.Present || e.LineNumber.Present)
			},
			func(e *rundetails.ObjectError, r *rule.Report) {
				switch line, column := e.LineNumber.Present, e.ColumnNumber.Present; {
				case column && withoutParseError(e, &e.ColumnNumber, r):
				case line && !column:
					r.At(&e.LineNumber, "line-number is %s, but the ma-object-error has no column-number", words.Quote(e.LineNumber.Value))
				case column && !line:
					r.At(&e.ColumnNumber, "column-number is %s, but the ma-object-error has no line-number", words.Quote(e.ColumnNumber.Value))
				}
			},
		)},
	}
}

// withoutParseError reports a position of an error of another type.
func withoutParseError(e *rundetails.ObjectError, n *rundetails.Number, r *rule.Report) bool {
	if !e.Type.Present || e.Type.Value == parseError {
		return false
	}
	r.At(n, "%s is %s, but error-type is %s and not parse-error",
		rundetails.Vocabulary().Name(n.Name), words.Quote(n.Value), words.Quote(e.Type.Value))
	return true
}
