package connections

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/names"
)

func c138() rule.Rule {
	return rule.Rule{
		ID:           "C138",
		Title:        "A cd-error has an error-code or an error-literal that is not empty.",
		Severity:     finding.Info,
		Requirements: []string{"C138"},
		Why:          "The element repeats what the data source said about the error. Without code and text it says nothing.",
		Fix:          "Write the code or the text of the data source, or leave cd-error out.",
		Since:        "0.1.0",
		Checks: []rule.Check{
			cdError(func(i *rundetails.Incident) *rundetails.CDError { return &i.Error }),
			cdError(func(e *rundetails.ObjectError) *rundetails.CDError { return &e.Error }),
			cdError(func(e *rundetails.ExportError) *rundetails.CDError { return &e.Error }),
		},
	}
}

// cdError checks the cd-error of a kind of node. One that lacks an element is
// the business of the schema.
func cdError[N rule.Node](pick func(N) *rundetails.CDError) rule.Check {
	return rule.Each(
		func(n N) rule.Scope {
			e := pick(n)
			return rule.If(e.Code.Present && e.Literal.Present)
		},
		func(n N, r *rule.Report) {
			if e := pick(n); names.Blank(e.Code.Value) && names.Blank(e.Literal.Value) {
				r.At(e, "error-code and error-literal are both empty")
			}
		},
	)
}
