package derived

import (
	"strings"

	"github.com/runhist/runhist/analyze/policy"
	"github.com/runhist/runhist/analyze/reconcile"
	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/operations"
	"github.com/runhist/runhist/report/tables"
)

// Judging says which policies are judged, and which verdicts are shown.
type Judging struct {
	Policies []policy.Policy
	// Selection says which runs verdicts are shown of. Runs from its Until on
	// are left out altogether, and it is not later than Until; runs that are
	// not shown otherwise count in what others are measured by: medians,
	// objects of the agent, last successes. Results have no say.
	Selection facts.Selection
	Now       int64 // in milliseconds since 1970-01-01
}

// Policies is an [operations.Follower] that judges policies. It wants all runs,
// whatever the other tables are about, and is judged by the ledger that
// reconcile uses: the two always agree.
type Policies struct {
	*reconcile.Record
	judging Judging
}

// NewPolicies returns policies that have seen no run.
func NewPolicies(j Judging) *Policies { return &Policies{reconcile.NewRecord(), j} }

// Write writes the table, if open wants it. What did not fit is told by
// incomplete; what is written was judged without it.
func (p *Policies) Write(open facts.Open) (incomplete, err error) {
	verdicts, incomplete := p.Judge(p.judging.Policies, p.judging.Selection.Until, p.judging.Now)
	table := policiesTable()
	err = table.write(open, func(yield func(*reconcile.Judged)) {
		for i := range verdicts {
			if v := &verdicts[i]; p.judging.shows(v) {
				yield(v)
			}
		}
	})
	return incomplete, err
}

// shows tells whether a verdict is about a run that is selected. An age is
// about the present, and about no run.
func (j *Judging) shows(v *reconcile.Judged) bool {
	s := &j.Selection
	if !s.Names(v.Agent, v.AgentID, v.Profile) {
		return false
	}
	return s.Since == nil || v.Run < 0 || v.Policy.Check.Subject == policy.Age || v.Start >= *s.Since
}

func policiesTable() declaration[reconcile.Judged] {
	type row = reconcile.Judged
	const setting = "the policy, in the configuration"
	const judged = "the policy and the runs of the agent"
	doc := "Whether policies of the configuration are kept: a row for each policy and run that it judges, which is the newest one of each profile unless the policy says all; an age is of the agent. " +
		"A policy that selects no run has a row without an agent."
	return declaration[row]{PolicyVerdicts, "Policies", doc, []column[row]{
		{"policy", tables.Word, "", "Name of the policy.", setting, func(r *row) tables.Value { return tables.Of(r.Policy.Name) }},
		{"outcome", tables.Word, "", "kept, violated, or unknown: it could not be judged, and message says why.", judged, func(r *row) tables.Value { return tables.Of(r.Outcome.String()) }},
		{"severity", tables.Word, "", "How grave a violation is: error, warning or info.", setting, func(r *row) tables.Value { return tables.Of(r.Policy.Severity.String()) }},
		{"ma_name", tables.Word, "", "Name of the management agent, the last where it has changed.", "run-details/ma-name", func(r *row) tables.Value { return present(r.Agent) }},
		{"ma_id", tables.GUID, "", "GUID of the management agent, in capital letters.", "run-details/ma-id", func(r *row) tables.Value { return present(r.AgentID) }},
		{"run_profile", tables.Word, "", "Name of the run profile; missing where the policy is about all profiles of the agent.", "run-details/run-profile-name", func(r *row) tables.Value { return present(r.Profile) }},
		{"run_number", tables.Int, "", "Number of the run that was judged; of an age, the last one that came to its end.", "run-details/run-number", func(r *row) tables.Value { return when(int64(r.Number), r.Number > 0) }},
		{"run_start", tables.Time, "", "When that run began.", "start of the first step", func(r *row) tables.Value { return when(r.Start, r.Start != 0) }},
		{"checked", tables.Word, "", "What is checked: a counter, a kind of errors, duration, age or result.", setting, func(r *row) tables.Value { return tables.Of(r.Policy.Check.String()) }},
		{"error_type", tables.Word, "", "Of errors, the type that is counted; missing for all.", setting, func(r *row) tables.Value { return present(r.Policy.Type) }},
		{"value", tables.Float, "", "What was found, in the unit of the row; missing for results, and where it is not known.", judged, func(r *row) tables.Value { return known(r.Value, r.Measured) }},
		{"limit_value", tables.Float, "", "What the value is compared with, shares and medians worked out: of two limits, the one that is violated, else the upper one. Missing for results, and where it is not known.", judged, func(r *row) tables.Value { return known(r.Bound, r.Bounded) }},
		{"unit", tables.Word, "", "Unit of value and limit: objects, errors or seconds; missing for results.", "the check", func(r *row) tables.Value { return present(unit(r.Policy.Check)) }},
		{"expected", tables.Text, "", `The limits or results as they are written: "at most 5%", "one of success, completed-*".`, setting, func(r *row) tables.Value { return tables.Of(expected(r.Policy)) }},
		{"violated_since", tables.Time, "", "Of what is violated, since when: the start of the first run of the unbroken row of runs of the profile that violate the policy; of an age, when it passed the limit, which is missing where no run ever came to its end.", judged, func(r *row) tables.Value { return when(r.Since, r.Since != 0) }},
		{"message", tables.Text, "", "The verdict in words.", judged, func(r *row) tables.Value { return tables.Of(r.Message) }},
		{"file", tables.Text, "", "Document of the run.", "the argument or the folder", func(r *row) tables.Value { return present(r.File) }},
	}}
}

// known is a number that is missing when it is not known.
func known(f float64, known bool) tables.Value {
	if !known {
		return tables.Missing
	}
	return tables.Real(f)
}

func unit(c policy.Check) string {
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

// expected is what a policy demands.
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

var _ operations.Follower = (*Policies)(nil)
