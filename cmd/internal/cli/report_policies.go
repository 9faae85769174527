package cli

import (
	"slices"

	"github.com/runhist/runhist/analyze/reconcile"
	"github.com/runhist/runhist/report/derived"
	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rules"
)

// judging are the policies of the configuration: nil where there are none, or
// where the flags ask for other tables only.
func (f *reportFlags) judging(s Streams, selection facts.Selection) (*derived.Judging, error) {
	if len(f.tables) > 0 && !slices.Contains(f.tables, "derived") && !slices.Contains(f.tables, derived.PolicyVerdicts) {
		return nil, nil
	}
	c, err := f.read(s, &knownIDs{rules: rules.All()})
	if err != nil || c == nil {
		return nil, err
	}
	j := &derived.Judging{Policies: slices.Clone(c.Policies), Selection: selection}
	for _, g := range c.Severities {
		if g.ID != reconcile.PolicyID {
			continue
		}
		if g.Severity == finding.Off { // nobody wants to know
			return nil, nil
		}
		for i := range j.Policies {
			j.Policies[i].Severity = g.Severity
		}
	}
	if len(j.Policies) == 0 {
		return nil, nil
	}
	if j.Now, err = parseNow(f.now); err != nil {
		return nil, usage("--now: %w", err)
	}
	return j, nil
}
