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
		Lower:        finding.Warning, // base64 but for white space
		Requirements: []string{"R342"},
		Also:         map[string][]string{marked: {"R347"}},
		Why: "A binary value may hold any bytes, and XML cannot. " +
			"One that cannot be decoded does not tell what was exported.",
		Fix: "Encode the values of binary attributes as RFC 4648 section 4 says: the standard alphabet, " +
			"with padding, without line breaks.",
		Since: "0.1.0",
		Checks: []rule.Check{deltaValues(
			func(a *rundetails.Attribute, _ *rundetails.Value) bool { return binary(a) },
			func(_ *rundetails.Attribute, v *rundetails.Value, r *rule.Report) {
				arm := ""
				if v.Encoding.Present {
					arm = marked
				}
				switch verdict, fault := base64text.Judge(v.Value); verdict {
				case base64text.Bad:
					r.Arm(v, arm, "value %s of a binary attribute is not base64: it %s", words.Quote(v.Value), fault)
				case base64text.Spaced:
					r.Lower(v, arm, "value of a binary attribute %s", fault)
				}
			},
		)},
	}
}

// marked is the arm of a value that is marked as base64.
const marked = "marked"

// r347 leaves the faults in values of binary attributes to r342, whose findings name both
// rows where the value is marked.
func r347() rule.Rule {
	return rule.Rule{
		ID:           "R347",
		Title:        "A value in a delta that is marked as base64 is base64, whatever the type of its attribute.",
		Severity:     finding.Error,
		Lower:        finding.Warning, // base64 but for white space
		Requirements: []string{"R347"},
		Why: "@encoding tells the reader to decode the value. " +
			"One that cannot be decoded is lost, although it may stand there in plain text.",
		Fix: "Leave @encoding out at a value in plain text. Encode the others as RFC 4648 section 4 says: " +
			"the standard alphabet, with padding, without line breaks.",
		Since: "0.1.0",
		Checks: []rule.Check{deltaValues(
			func(_ *rundetails.Attribute, v *rundetails.Value) bool { return v.Encoding.Present },
			func(a *rundetails.Attribute, v *rundetails.Value, r *rule.Report) {
				if binary(a) {
					return
				}
				switch verdict, fault := base64text.Judge(v.Value); verdict {
				case base64text.Bad:
					r.At(v, "value %s is marked as base64 but %s", words.Quote(v.Value), fault)
				case base64text.Spaced:
					r.Lower(v, "", "value is marked as base64 but %s", fault)
				}
			},
		)},
	}
}
