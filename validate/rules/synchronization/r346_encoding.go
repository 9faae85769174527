package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/base64text"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r346() rule.Rule {
	return rule.Rule{
		ID:           "R346",
		Title:        "A value in a delta is marked as base64 if and only if it has to be.",
		Severity:     finding.Error,
		Lower:        finding.Warning, // marked without need
		Requirements: []string{"R346"},
		Why: "Without @encoding a reader takes the base64 of a binary value for its text. " +
			"Plain text in base64 cannot be read or searched by people.",
		Fix: "Write the attribute encoding at the values of binary attributes. " +
			"At other values write it only when the text has control characters, and else write the text as it is.",
		Since: "0.1.0",
		Checks: []rule.Check{deltaValues(
			func(a *rundetails.Attribute, v *rundetails.Value) bool {
				return a.Type.Present && (binary(a) || v.Encoding.Present)
			},
			judgeMark,
		)},
	}
}

// judgeMark accepts a marked value of another type when it hides control
// characters: two other sentences demand base64 of it. A value that is not
// base64 at all is for R347.
func judgeMark(a *rundetails.Attribute, v *rundetails.Value, r *rule.Report) {
	if binary(a) {
		if !v.Encoding.Present {
			r.At(v, "attribute %s is binary, but its value has no encoding", words.Quote(a.Name.Value))
		}
		return
	}
	if verdict, _ := base64text.Judge(v.Value); verdict == base64text.Good && !base64text.HidesControls(v.Value) {
		r.Lower(&v.Encoding, "needless", "attribute %s has the type %s and no control character in this value, "+
			"but the value is marked as base64", words.Quote(a.Name.Value), words.Quote(a.Type.Value))
	}
}
