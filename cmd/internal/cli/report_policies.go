package cli

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/policy"
	"github.com/runhist/runhist/analyze/reconcile"
	"github.com/runhist/runhist/report/derived"
	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rules"
)

// policyVerdicts judges policies for a report. The record gets all runs,
// whatever the other tables are about: those that are not selected count in
// what others are measured by, that is medians, objects of the agent and last
// successes.
type policyVerdicts struct {
	record   *reconcile.Record
	policies []policy.Policy
	// selection says which runs verdicts are shown of. Runs from its Until on
	// are left out altogether, and it is not later than that. Results have no
	// say.
	selection facts.Selection
	now       int64
}

// judging are the policies of the configuration: nil where there are none, or
// where the flags ask for other tables only.
func (f *reportFlags) judging(s Streams, selection facts.Selection) (*policyVerdicts, error) {
	if len(f.tables) > 0 && !slices.Contains(f.tables, "derived") && !slices.Contains(f.tables, derived.PolicyVerdicts) {
		return nil, nil
	}
	c, err := f.read(s, &knownIDs{rules: rules.All()})
	if err != nil || c == nil {
		return nil, err
	}
	p := &policyVerdicts{record: reconcile.NewRecord(), policies: slices.Clone(c.Policies), selection: selection}
	for _, g := range c.Severities {
		if g.ID != reconcile.PolicyID {
			continue
		}
		if g.Severity == finding.Off { // nobody wants to know
			return nil, nil
		}
		for i := range p.policies {
			p.policies[i].Severity = g.Severity
		}
	}
	if len(p.policies) == 0 {
		return nil, nil
	}
	if p.now, err = parseNow(f.now); err != nil {
		return nil, usage("--now: %w", err)
	}
	return p, nil
}

// shown are the verdicts about runs that are selected. The error says what did
// not fit; they are judged without it.
func (p *policyVerdicts) shown() ([]derived.Verdict, error) {
	judged, err := p.record.Judge(p.policies, p.selection.Until, p.now)
	var list []derived.Verdict
	for i := range judged {
		if v := &judged[i]; p.shows(v) {
			list = append(list, verdictRow(v))
		}
	}
	return list, err
}

// shows tells whether a verdict is about a run that is selected. An age is
// about the present, and about no run.
func (p *policyVerdicts) shows(v *reconcile.Judged) bool {
	s := &p.selection
	if !s.Names(v.Agent, v.AgentID, v.Profile) {
		return false
	}
	return s.Since == nil || v.Run < 0 || v.Policy.Check.Subject == policy.Age || v.Start >= *s.Since
}

func verdictRow(v *reconcile.Judged) derived.Verdict {
	p := v.Policy
	row := derived.Verdict{Policy: p.Name, Outcome: v.Outcome.String(), Severity: p.Severity.String(), Agent: v.Agent, AgentID: v.AgentID, Profile: v.Profile,
		Number: v.Number, Start: v.Start, Checked: p.Check.String(), ErrorType: p.Type, Unit: unitOf(p.Check), Expected: expected(p), Since: v.Since,
		Message: v.Message, File: v.File}
	if v.Measured {
		row.Value = &v.Value
	}
	if v.Bounded {
		row.Limit = &v.Bound
	}
	return row
}

// unitOf is the unit of what is checked.
func unitOf(c policy.Check) string {
	switch {
	case c.Timed():
		return "seconds"
	case c.Subject == policy.Result:
		return ""
	case c.Measure.IsErrors():
		return "errors"
	}
	return "objects"
}

// expected is what a policy demands, as it is written.
func expected(p *policy.Policy) string {
	var parts []string
	if p.Min != nil {
		parts = append(parts, "at least "+p.Min.String())
	}
	if p.Max != nil {
		parts = append(parts, "at most "+p.Max.String())
	}
	if len(p.Expect) > 0 {
		var results []string
		for _, e := range p.Expect {
			results = append(results, string(e))
		}
		parts = append(parts, "one of "+strings.Join(results, ", "))
	}
	return strings.Join(parts, ", ")
}
