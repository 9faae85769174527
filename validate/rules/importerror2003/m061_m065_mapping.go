package importerror2003

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func m061() rule.Rule { return ruleOfScript("M061", "extension-dll-exception") }
func m062() rule.Rule { return ruleOfScript("M062", "extension-dll-crash") }
func m063() rule.Rule { return ruleOfScript("M063", "extension-dll-timeout") }
func m064() rule.Rule { return ruleOfScript("M064", "extension-entry-point-not-implemented") }
func m065() rule.Rule { return ruleOfScript("M065", "extension-unexpected-attribute-value") }

// ruleOfScript is the rule about an error type of scripts. The reference wants
// the rule only where an attribute was mapped, for flow or join: an exception
// in provisioning is no error of such a rule.
func ruleOfScript(id, errorType string) rule.Rule {
	return rule.Rule{
		ID:           id,
		Title:        "An error of the type " + errorType + " in a mapping of attributes names the rule.",
		Except:       only(finding.Info),
		Requirements: []string{id},
		Why: "One extension serves many mappings, of flows and of joins. " +
			"Without the rule only the context string of the script tells which of them failed.",
		Fix:   "Write rule-error-info with the attribute mapping.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Extension, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				return rule.If(e.Type.Value == errorType && mapsAttributes(e.Extension.CallSite.Value))
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				if !e.Rules.Present {
					r.At(e, "error-type is %s at the call site %s, but the import-error has no rule-error-info", errorType, e.Extension.CallSite.Value)
				}
			},
		))},
	}
}

// mapsAttributes tells the call sites at which a script maps attributes.
func mapsAttributes(callSite string) bool {
	switch callSite {
	case "import-flow", "export-flow", "join-mapping":
		return true
	}
	return false
}
