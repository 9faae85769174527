package discovery

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/base64text"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

// entryValues is what R350 says of values: an entry follows the rules that
// R342, R346 and R347 are about in a delta.
func entryValues() rule.Check {
	return rule.Within(rule.Change, rule.Each(
		func(e *rundetails.ImportError) rule.Scope {
			for _, a := range e.Change.Entry.Attributes {
				for _, v := range a.Values {
					if a.Type.Value == "binary" || v.Encoding.Present {
						return rule.In
					}
				}
			}
			return rule.Out
		},
		func(e *rundetails.ImportError, r *rule.Report) {
			for _, a := range e.Change.Entry.Attributes {
				for _, v := range a.Values {
					if a.Type.Value == "binary" || v.Encoding.Present {
						judgeEntryValue(a, v, r)
					}
				}
			}
		},
	))
}

func judgeEntryValue(a *rundetails.Attribute, v *rundetails.Value, r *rule.Report) {
	const arm = "value"
	verdict, fault := base64text.Judge(v.Value)
	switch binary := a.Type.Value == "binary"; {
	case verdict == base64text.Spaced:
		r.Lower(v, arm, "value %s", fault)
	case verdict == base64text.Bad && v.Encoding.Present:
		r.Lower(v, arm, "value %s is marked as base64 but %s", words.Quote(v.Value), fault)
	case verdict == base64text.Bad:
		r.Lower(v, arm, "value %s of a binary attribute is not base64: it %s", words.Quote(v.Value), fault)
	case binary && !v.Encoding.Present:
		r.Lower(v, arm, "attribute %s is binary, but its value has no encoding", words.Quote(a.Name.Value))
	case !binary && a.Type.Present && !base64text.HidesControls(v.Value):
		r.Lower(&v.Encoding, arm, "attribute %s has the type %s and no control character in this value, "+
			"but the value is marked as base64", words.Quote(a.Name.Value), words.Quote(a.Type.Value))
	}
}
