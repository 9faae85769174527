package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r377() rule.Rule {
	r := contextRule("ma-id", func(c *rundetails.MappingContext) *rundetails.Text { return &c.MAID.Text })
	r.ID, r.Requirements = "R377", []string{"R377"}
	r.Title = "The context of a failed import flow names the agent."
	r.Why = "The context tells which rule of which agent failed. " +
		"Without @ma-id the attribute mapping cannot be looked up."
	return r
}

func r379() rule.Rule {
	r := contextRule("ma-name", func(c *rundetails.MappingContext) *rundetails.Text { return &c.MAName })
	r.ID, r.Requirements = "R379", []string{"R379"}
	r.Title = "The context of a failed import flow has the name of the agent."
	r.Why = "People know their agents by name. " +
		"Without @ma-name they must look the GUID up, which a copy of the history elsewhere cannot do."
	return r
}

func r381() rule.Rule {
	r := contextRule("cs-object-id", func(c *rundetails.MappingContext) *rundetails.Text { return &c.CSObjectID.Text })
	r.ID, r.Requirements = "R381", []string{"R381"}
	r.Title = "The context of a failed import flow has the GUID of the object."
	r.Why = "@cs-object-id leads to the connector space object whose values did not flow."
	return r
}

func r383() rule.Rule {
	r := contextRule("dn", func(c *rundetails.MappingContext) *rundetails.Text { return &c.DN })
	r.ID, r.Requirements = "R383", []string{"R383"}
	r.Title = "The context of a failed import flow has the DN of the object."
	r.Why = "@dn names the object whose values did not flow as the data source knows it. " +
		"The GUID means something to the server only."
	return r
}

// contextRule makes the rule about one attribute of context.
func contextRule(name string, pick func(*rundetails.MappingContext) *rundetails.Text) rule.Rule {
	return rule.Rule{
		Severity: finding.Error,
		Fix:      "Write @" + name + " at rules-error-info/context when algorithm-step is import-flow.",
		Since:    "0.1.0",
		Checks: []rule.Check{rule.Within(rule.RulesError, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				return rule.If(e.Rules.Context.Present && e.AlgorithmStep.Value == "import-flow")
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				if !pick(&e.Rules.Context).Present {
					r.At(&e.Rules.Context, "algorithm-step is import-flow, but context has no %s", name)
				}
			},
		))},
	}
}
