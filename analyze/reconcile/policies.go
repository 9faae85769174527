package reconcile

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/runhist/runhist/analyze/measure"
	"github.com/runhist/runhist/analyze/policy"
	"github.com/runhist/runhist/validate/finding"
)

// policies checks the policies over all runs, and adds what they find.
func (c *checker) policies() []policy.Verdict {
	if len(c.options.Policies) == 0 {
		return nil
	}
	runs, indexes := c.policyRuns()
	verdicts := policy.Evaluate(c.options.Policies, runs, c.options.Now)
	unknown := map[string]*Finding{} // by policy and agent
	var order []string
	for i := range verdicts {
		v := &verdicts[i]
		switch v.Outcome {
		case policy.Violated:
			c.violated(v, indexes)
		case policy.Unknown:
			key := v.Policy.Name + "|" + v.Agent + "|" + v.AgentID
			f := unknown[key]
			if f == nil {
				f = &Finding{Certainty: Certain, Agent: v.Agent, Key: PolicyUnknownID + "|" + key,
					Finding: finding.Finding{Rule: PolicyUnknownID, Severity: c.severity(PolicyUnknownID, finding.Info),
						Message: quoted(v.Policy.Name) + " cannot be checked: " + v.Message}}
				c.stands(f, v, indexes)
				unknown[key] = f
				order = append(order, key)
			}
			if f.Count++; v.Profile != "" && len(f.Objects) < maxExamples && !slices.Contains(f.Objects, v.Profile) {
				f.Objects = append(f.Objects, v.Profile)
			}
		}
	}
	for _, key := range order {
		if f := unknown[key]; f.Severity != finding.Off {
			c.add(*f)
		}
	}
	return verdicts
}

// violated adds the finding of a violated policy.
func (c *checker) violated(v *policy.Verdict, indexes []uint32) {
	severity := c.severity(PolicyID, v.Policy.Severity)
	if severity == finding.Off {
		return
	}
	f := Finding{Certainty: Certain, Agent: v.Agent, Profile: v.Profile, Key: PolicyID + "|" + v.Key(),
		Finding: finding.Finding{Rule: PolicyID, Severity: severity, Message: quoted(v.Policy.Name) + ": " + v.Message}}
	c.stands(&f, v, indexes)
	if v.Policy.Every {
		f.Key += "|" + strconv.FormatInt(f.At, 10)
	}
	c.add(f)
}

// stands says where the run of a verdict stands.
func (c *checker) stands(f *Finding, v *policy.Verdict, indexes []uint32) {
	if v.Run < 0 {
		return
	}
	r := &c.runs[indexes[v.Run]]
	f.File, f.Line, f.Column, f.Path = c.files[r.file], r.line, 1, c.texts[r.path]
	f.Number, f.At = r.number, max(r.start, 0)
}

// policyRuns are the runs as policies see them, in the order of time, and their
// numbers in the ledger.
func (l *ledger) policyRuns() (runs []policy.Run, indexes []uint32) {
	known := map[uint32]int64{} // objects as of a run
	for i := range l.agents {
		a := &l.agents[i]
		objects := l.objects(a)
		for n, index := range a.runs {
			known[index] = objects.at(n + 1)
			indexes = append(indexes, index)
		}
	}
	slices.SortFunc(indexes, func(i, j uint32) int {
		return cmp.Or(l.compareRuns(i, j), cmp.Compare(i, j))
	})
	for _, index := range indexes {
		r := &l.runs[index]
		a := &l.agents[r.agent]
		run := policy.Run{Agent: l.texts[a.name], Profile: l.texts[r.profile], Number: r.number, Start: max(r.start, 0), End: max(r.end, 0),
			Ended: r.finished, Working: r.working, Objects: known[index], Counts: counts{l, r}}
		if a.known {
			run.AgentID = a.id.String()
		}
		for s := r.steps; s < r.to; s++ {
			run.Results = append(run.Results, l.texts[l.steps[s].result])
		}
		runs = append(runs, run)
	}
	return runs, indexes
}

// counts are the counters of a run.
type counts struct {
	*ledger
	run *run
}

// Count implements policy.Counts.
func (c counts) Count(m measure.Measure, errType string) uint64 {
	n := uint64(0)
	for i := c.run.steps; i < c.run.to; i++ {
		if s := &c.steps[i]; errType == "" {
			n += c.count(s, m)
		} else {
			n += c.errorsOf(s, m, errType)
		}
	}
	return n
}
