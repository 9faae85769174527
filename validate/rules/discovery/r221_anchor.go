package discovery

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/base64text"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r221() rule.Rule {
	return rule.Rule{
		ID:           "R221",
		Title:        "Every anchor is base64, and so is every value of an entry that has to be.",
		Severity:     finding.Error,
		Lower:        finding.Warning, // base64 but for white space, and values of entries
		Requirements: []string{"R221", "R323", "R334", "R350", "R352", "C087"},
		Why: "An anchor identifies an object in the data source and may hold any bytes. " +
			"One that cannot be decoded names no object, and a value that cannot be decoded is lost.",
		Fix: "Encode anchors as RFC 4648 section 4 says: the standard alphabet, with padding, without line breaks. " +
			"This holds with the attribute encoding and without it. Mark the values of binary attributes, " +
			"and others only when they have control characters.",
		Since: "0.1.0",
		Checks: []rule.Check{
			rule.Each(
				func(e *rundetails.ObjectError) rule.Scope { return rule.If(e.Anchor.Present) },
				func(e *rundetails.ObjectError, r *rule.Report) { judgeAnchor(&e.Anchor, r) },
			),
			rule.Within(rule.Change, rule.Each(
				func(e *rundetails.ImportError) rule.Scope {
					found := false
					eachAnchor(&e.Change, func(a *rundetails.Encoded) { found = found || a.Present })
					return rule.If(found)
				},
				func(e *rundetails.ImportError, r *rule.Report) {
					eachAnchor(&e.Change, func(a *rundetails.Encoded) { judgeAnchor(a, r) })
				},
			)),
			entryValues(),
		},
	}
}

// eachAnchor visits the anchors of a change in document order, absent ones
// too. A dn-attr of the delta and one of the entry are alike here.
func eachAnchor(c *rundetails.ChangeNotReimported, visit func(*rundetails.Encoded)) {
	attributes := func(list []*rundetails.Attribute) {
		for _, attribute := range list {
			for _, value := range attribute.Values {
				visit(&value.Anchor)
			}
		}
	}
	visit(&c.Delta.Anchor)
	attributes(c.Delta.DNAttributes)
	visit(&c.Entry.Anchor)
	visit(&c.Entry.ParentAnchor)
	attributes(c.Entry.DNAttributes)
}

func judgeAnchor(a *rundetails.Encoded, r *rule.Report) {
	if !a.Present {
		return
	}
	name := rundetails.Vocabulary().Name(a.Name)
	switch verdict, fault := base64text.Judge(a.Value); {
	case verdict == base64text.Spaced:
		r.Lower(a, "space", "%s %s", name, fault)
	case verdict == base64text.Bad && a.Encoding.Present:
		r.At(a, "%s %s is marked as base64 but %s", name, words.Quote(a.Value), fault)
	case verdict == base64text.Bad:
		// Some servers write printable anchors as they are and say so by
		// leaving the attribute out.
		r.Arm(a, "plain", "%s %s is not base64: it %s", name, words.Quote(a.Value), fault)
	}
}
