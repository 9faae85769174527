package importerror2003

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func m066() rule.Rule { return ruleNamed("M066", "flow-multi-values-to-single-value") }
func m067() rule.Rule { return ruleNamed("M067", "cs-attribute-type-mismatch") }
func m068() rule.Rule { return ruleNamed("M068", "dn-index-out-of-bounds") }
func m069() rule.Rule { return ruleNamed("M069", "ambiguous-export-flow-to-single-valued-attribute") }
func m070() rule.Rule { return ruleNamed("M070", "mv-constraint-violation") }
func m071() rule.Rule { return ruleNamed("M071", "cannot-parse-dn-component") }
func m072() rule.Rule { return ruleNamed("M072", "cannot-parse-object-id") }

// ruleNamed is the rule about an error type that only a configured mapping can
// have.
func ruleNamed(id, errorType string) rule.Rule {
	return rule.Rule{
		ID:           id,
		Title:        "An error of the type " + errorType + " names the rule.",
		Except:       only(finding.Warning),
		Requirements: []string{id},
		Why: "The error comes out of one mapping of attributes. " +
			"Without it all mappings of the agent have to be looked through.",
		Fix:   "Write rule-error-info with the attribute mapping.",
		Since: "0.1.0",
		Checks: []rule.Check{ofType(errorType, func(e *rundetails.ImportError, r *rule.Report) {
			if !e.Rules.Present {
				r.At(e, "error-type is %s, but the import-error has no rule-error-info", errorType)
			}
		})},
	}
}
