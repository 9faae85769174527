package document

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

// r004 leaves out the DNs of import-error and export-error: R241 and R399 are
// about these.
func r004() rule.Rule {
	return rule.Rule{
		ID:           "R004",
		Title:        "No DN is empty.",
		Severity:     finding.Info,
		Requirements: []string{"R004"},
		Why: "The DN names the object that an error is about. " +
			"The schema takes an empty one, and then nobody can tell which object it is.",
		Fix: "Write the DN of the object. Where it is not known, leave the attribute or element out " +
			"if the schema allows that.",
		Since: "0.1.0",
		Checks: []rule.Check{
			dn(func(e *rundetails.ObjectError) *rundetails.Text { return &e.DN }),
			dn(func(e *rundetails.ImportError) *rundetails.Text { return &e.AlgorithmStep.DN }),
			dn(func(e *rundetails.ImportError) *rundetails.Text { return &e.Change.Delta.DN }),
			dn(func(e *rundetails.ImportError) *rundetails.Text { return &e.Change.Entry.DN }),
			references(func(e *rundetails.ImportError) []*rundetails.Attribute { return e.Change.Delta.DNAttributes }),
			references(func(e *rundetails.ImportError) []*rundetails.Attribute { return e.Change.Entry.DNAttributes }),
			dn(func(e *rundetails.ImportError) *rundetails.Text { return &e.Rules.Context.DN }),
			dn(func(e *rundetails.RetryError) *rundetails.Text { return &e.AlgorithmStep.DN }),
			dn(func(e *rundetails.RetryError) *rundetails.Text { return &e.Rules.Context.DN }),
		},
	}
}

// dn checks one DN of a kind of node. Its form is not judged: only the agent
// knows whether its DNs are those of LDAP.
func dn[N rule.Node](pick func(N) *rundetails.Text) rule.Check {
	return rule.Each(
		func(n N) rule.Scope { return rule.If(pick(n).Present) },
		func(n N, r *rule.Report) { notEmpty(pick(n), r) },
	)
}

func notEmpty(dn *rundetails.Text, r *rule.Report) {
	if strings.TrimSpace(dn.Value) == "" {
		r.At(dn, "the DN is empty")
	}
}

// references checks the DNs that reference attributes of a changed object
// name.
func references(pick func(*rundetails.ImportError) []*rundetails.Attribute) rule.Check {
	return rule.Each(
		func(e *rundetails.ImportError) rule.Scope { return rule.If(len(pick(e)) > 0) },
		func(e *rundetails.ImportError, r *rule.Report) {
			for _, attribute := range pick(e) {
				for _, value := range attribute.Values {
					if value.DN.Present {
						notEmpty(&value.DN, r)
					}
				}
			}
		},
	)
}
