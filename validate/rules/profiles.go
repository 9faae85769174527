package rules

import (
	"maps"
	"slices"

	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

// same is a rule that the reference of import-error of 2003 has too: which of
// its rows say the same, and how profile miis2003 grades a finding of it.
type same struct {
	rule     string
	severity finding.Severity
	rows     []string
}

// older are the rules that stand in both references, as the column "same rule
// as" of miis2003.tsv has them.
func older() []same {
	return []same{
		{"R240", finding.Warning, []string{"M004"}},
		{"R242", finding.Info, []string{"M009"}},
		{"R243", finding.Warning, []string{"M010", "M011", "M013"}},
		{"R245", finding.Info, []string{"M012"}},
		{"R319", finding.Info, []string{"M046"}},
		{"C094", finding.Info, []string{"M029"}},
		{"C096", finding.Warning, []string{"M049", "M050", "M051"}},
	}
}

// off are the rules that a profile does not have, beside those that say so
// themselves.
func off() map[string][]string {
	return map[string][]string{
		// An invalid result of deprovisioning would need the call site
		// cs-deprovisioning, which neither schema has.
		"C091": {"fim", "miis2003"},
	}
}

// yields are rules of [MS-UPSMODS] whose fault the schema stage or a rule of the
// older reference finds, too, each with the id there. The first three are about
// what the text allows and its schema does not.
func yields() map[string]string {
	return map[string]string{
		"R081": "XSD-enumeration",
		"R345": "XSD-attribute-value",
		"R357": "XSD-missing-element",
		"R008": "M086",
	}
}

// byProfile gives rules what is theirs in a profile only, and what others find
// of their faults.
func byProfile(rules []rule.Rule) []rule.Rule {
	at := make(map[string]*rule.Rule, len(rules))
	for i := range rules {
		at[rules[i].ID] = &rules[i]
	}
	for _, s := range older() {
		r := at[s.rule]
		r.Except = with(r.Except, "miis2003", s.severity)
		r.Adds = map[string][]string{"miis2003": s.rows}
	}
	for id, profiles := range off() {
		for _, p := range profiles {
			at[id].Except = with(at[id].Except, p, finding.Off)
		}
	}
	for id, other := range yields() {
		at[id].Yields = append(slices.Clone(at[id].Yields), other)
	}
	return rules
}

// with is a map with one more entry; the one before stays as it is.
func with(all map[string]finding.Severity, profile string, severity finding.Severity) map[string]finding.Severity {
	all = maps.Clone(all)
	if all == nil {
		all = map[string]finding.Severity{}
	}
	all[profile] = severity
	return all
}
