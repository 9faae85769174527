package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r343() rule.Rule {
	return rule.Rule{
		ID:           "R343",
		Title:        "A value with control characters is in base64.",
		Severity:     finding.Warning,
		Requirements: []string{"R343"},
		Why: "XML forbids most control characters, and programs drop or change others on the way. " +
			"A value with one may not be what was exported.",
		Fix:   "Encode a value with characters from U+007F to U+009F in base64, and mark it with encoding=\"base64\".",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(plainValues, func(e *rundetails.ImportError, r *rule.Report) {
			for _, list := range [...][]*rundetails.Attribute{e.Change.Delta.Attributes, e.Change.Entry.Attributes} {
				for _, a := range list {
					for _, v := range a.Values {
						judgePlain(a, v, r)
					}
				}
			}
		})},
	}
}

// plainValues lets a change be judged that has a value without @encoding.
func plainValues(e *rundetails.ImportError) rule.Scope {
	for _, list := range [...][]*rundetails.Attribute{e.Change.Delta.Attributes, e.Change.Entry.Attributes} {
		for _, a := range list {
			for _, v := range a.Values {
				if !v.Encoding.Present {
					return rule.In
				}
			}
		}
	}
	return rule.Out
}

func judgePlain(a *rundetails.Attribute, v *rundetails.Value, r *rule.Report) {
	if v.Encoding.Present {
		return
	}
	if c := firstControl(v.Value); c != 0 {
		r.At(v, "value of attribute %s has the control character U+%04X, but it is not in base64", words.Quote(a.Name.Value), c)
	}
}

// firstControl finds the first character from U+007F to U+009F, 0 when there
// is none. The ones below U+0020 cannot stand in XML, but for tab, carriage
// return and line feed, which are allowed here.
func firstControl(text string) rune {
	for i := range len(text) {
		switch c := text[i]; {
		case c == 0x7f:
			return rune(c)
		case c == 0xc2 && i+1 < len(text) && text[i+1] < 0xa0:
			return rune(text[i+1]) // U+0080 to U+009F in UTF-8
		}
	}
	return 0
}
