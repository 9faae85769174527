package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/base64text"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r342() rule.Rule {
	return rule.Rule{
		ID:           "R342",
		Title:        "The values of a binary attribute in a delta are base64.",
		Severity:     finding.Error,
		Requirements: []string{"R342"},
		Why: "A binary value may hold any bytes, and XML cannot. " +
			"One that cannot be decoded does not tell what was exported.",
		Fix: "Encode the values of binary attributes as RFC 4648 section 4 says: the standard alphabet, " +
			"with padding, without line breaks.",
		Since: "0.1.0",
		Checks: []rule.Check{deltaValues(
			func(a *rundetails.Attribute, _ *rundetails.Value) bool { return binary(a) },
			func(_ *rundetails.Attribute, v *rundetails.Value, r *rule.Report) {
				if verdict, fault := base64text.Judge(v.Value); verdict != base64text.Good {
					r.At(v, "value %s of a binary attribute is not base64: it %s", words.Quote(v.Value), fault)
				}
			},
		)},
	}
}

// r347 repeats what r342 says of a marked value of a binary attribute: both
// sentences of the specification are broken there.
func r347() rule.Rule {
	return rule.Rule{
		ID:           "R347",
		Title:        "A value in a delta that is marked as base64 is base64.",
		Severity:     finding.Error,
		Requirements: []string{"R347"},
		Why: "@encoding tells the reader to decode the value. " +
			"One that cannot be decoded is lost, although it may stand there in plain text.",
		Fix: "Leave @encoding out at a value in plain text. Encode the others as RFC 4648 section 4 says: " +
			"the standard alphabet, with padding, without line breaks.",
		Since: "0.1.0",
		Checks: []rule.Check{deltaValues(
			func(_ *rundetails.Attribute, v *rundetails.Value) bool { return v.Encoding.Present },
			func(_ *rundetails.Attribute, v *rundetails.Value, r *rule.Report) {
				if verdict, fault := base64text.Judge(v.Value); verdict != base64text.Good {
					r.At(v, "value %s is marked as base64 but %s", words.Quote(v.Value), fault)
				}
			},
		)},
	}
}
