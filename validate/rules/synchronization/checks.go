package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/rule"
)

// deltaValues makes a check of the values of attr in a delta that about
// chooses.
func deltaValues(
	about func(*rundetails.Attribute, *rundetails.Value) bool,
	judge func(*rundetails.Attribute, *rundetails.Value, *rule.Report),
) rule.Check {
	return rule.Within(rule.Change, rule.Each(
		func(e *rundetails.ImportError) rule.Scope {
			for _, a := range e.Change.Delta.Attributes {
				for _, v := range a.Values {
					if about(a, v) {
						return rule.In
					}
				}
			}
			return rule.Out
		},
		func(e *rundetails.ImportError, r *rule.Report) {
			for _, a := range e.Change.Delta.Attributes {
				for _, v := range a.Values {
					if about(a, v) {
						judge(a, v, r)
					}
				}
			}
		},
	))
}

// binary tells whether the values of an attribute are bytes.
func binary(a *rundetails.Attribute) bool { return a.Type.Value == "binary" }

// mappings makes the checks of the attribute mapping that failed, which
// import-error and retry-error have alike.
func mappings(applies func(*rundetails.Mapping) rule.Scope, judge func(*rundetails.Mapping, *rule.Report)) []rule.Check {
	return []rule.Check{
		rule.Within(rule.RulesError, rule.Each(
			func(e *rundetails.ImportError) rule.Scope { return applies(&e.Rules.Context.Mapping) },
			func(e *rundetails.ImportError, r *rule.Report) { judge(&e.Rules.Context.Mapping, r) },
		)),
		rule.Each(
			func(e *rundetails.RetryError) rule.Scope { return applies(&e.Rules.Context.Mapping) },
			func(e *rundetails.RetryError, r *rule.Report) { judge(&e.Rules.Context.Mapping, r) },
		),
	}
}

// blank tells whether a text is empty or holds nothing but white space of XML.
func blank(text string) bool {
	for i := range len(text) {
		switch text[i] {
		case ' ', '\t', '\n', '\r':
		default:
			return false
		}
	}
	return true
}

// filled makes a check that a text is not blank.
func filled[N rule.Node](pick func(N) *rundetails.Text) rule.Check {
	return rule.Each(
		func(n N) rule.Scope { return rule.If(pick(n).Present) },
		func(n N, r *rule.Report) { judgeFilled(pick(n), r) },
	)
}

func judgeFilled(t *rundetails.Text, r *rule.Report) {
	if blank(t.Value) {
		r.At(t, "%s is %s", rundetails.Vocabulary().Name(t.Name), nothing(t.Value))
	}
}

// nothing says how a text is blank.
func nothing(text string) string {
	if text == "" {
		return "empty"
	}
	return "white space only"
}
