package cli

import (
	"github.com/runhist/runhist/analyze/policy"
	"github.com/runhist/runhist/analyze/reconcile"
	"github.com/runhist/runhist/report/reconciliation"
	"github.com/runhist/runhist/validate/finding"
)

// report turns what was found into the values of reports.
func (f *reconcileFlags) report(r *reconcile.Result, j *judgement, gone []reconcile.Resolved) *reconciliation.Report {
	all := &reconciliation.Report{Version: Version, Now: j.options.Now, FailOn: j.failOn, Problems: texts(r.Problems)}
	for _, c := range reconcile.Checks() {
		all.Checks = append(all.Checks, reconciliation.Check{ID: c.ID, Title: c.Title})
	}
	for i := range r.Findings {
		g := &r.Findings[i]
		all.Findings = append(all.Findings, reconciliation.Finding{Finding: g.Finding, Certainty: g.Certainty.String(), Agent: g.Agent, Profile: g.Profile,
			Run: g.Number, At: g.At, Objects: g.Objects, Count: g.Count, Old: g.Old})
	}
	for _, g := range gone {
		all.Resolved = append(all.Resolved, reconciliation.Resolved{Severity: g.Severity, Agent: g.Agent, Message: g.Message})
	}
	for i := range r.Verdicts {
		all.Policies = append(all.Policies, verdict(&r.Verdicts[i]))
	}
	s := &all.Summary
	*s = reconciliation.Summary{Files: r.Files, Runs: r.Runs, Steps: r.Steps, Agents: len(r.Agents), Copies: r.Copies, Undated: r.Undated, Cut: r.Cut,
		Incomplete: r.Incomplete, Compared: f.state != "", First: r.First, Last: r.Last}
	for i := range r.Agents {
		all.Agents = append(all.Agents, agentOf(&r.Agents[i]))
	}
	for i := range all.Findings {
		switch g := &all.Findings[i]; {
		case g.Suppressed != "":
			s.Suppressed++
		case g.Old:
			s.Old++
		case g.Severity == finding.Error:
			s.Errors++
		case g.Severity == finding.Warning:
			s.Warnings++
		default:
			s.Infos++
		}
	}
	return all
}

func verdict(v *policy.Verdict) reconciliation.Verdict {
	return reconciliation.Verdict{Policy: v.Policy.Name, Agent: v.Agent, AgentID: v.AgentID, Profile: v.Profile, Run: v.Number, Outcome: v.Outcome.String(),
		Severity: v.Policy.Severity, Value: v.Value, Message: v.Message}
}

func agentOf(a *reconcile.Agent) reconciliation.Agent {
	agent := reconciliation.Agent{Name: a.Name, ID: a.ID, Runs: a.Runs, Objects: a.Objects}
	for i := range a.Profiles {
		p := &a.Profiles[i]
		last := &p.Last
		profile := reconciliation.Profile{Name: p.Name, Runs: p.Runs, Number: last.Number, Start: last.Start, End: last.End, Result: last.Result,
			Working: last.Working, Errors: last.Errors, Success: p.Success}
		for _, c := range last.Counters {
			profile.Counters = append(profile.Counters, reconciliation.Counter{Name: c.Measure.String(), N: c.N})
		}
		agent.Profiles = append(agent.Profiles, profile)
	}
	return agent
}

// reconcileSinks are the reports that one call writes.
type reconcileSinks struct {
	targets []target[reconciliation.Format]
	outputs []*output
	color   []bool
}

// reports opens the reports that --format and --output ask for.
func (f *reconcileFlags) reports(s Streams) (*reconcileSinks, error) {
	list, err := targets(f.formats, f.output, reconciliation.Formats()[0].Name, reconciliation.Find)
	if err != nil {
		return nil, err
	}
	color, err := colored(f.color, s.Out)
	if err != nil {
		return nil, err
	}
	all := &reconcileSinks{targets: list}
	for _, t := range list {
		out, err := create(t.path, s.Out)
		if err != nil {
			all.discard()
			return nil, unfinished("%w", err)
		}
		all.outputs = append(all.outputs, out)
		all.color = append(all.color, color && (out.file == nil || f.color == "always"))
	}
	return all, nil
}

// write writes all reports, and completes them when all are written.
func (s *reconcileSinks) write(r *reconciliation.Report) error {
	for i, t := range s.targets {
		if err := t.format.Write(s.outputs[i], r, s.color[i]); err != nil {
			return unfinished("write: %w", err)
		}
	}
	var failed error
	for _, out := range s.outputs {
		if err := out.commit(); err != nil && failed == nil {
			failed = unfinished("%w", err)
		}
	}
	return failed
}

func (s *reconcileSinks) discard() {
	for _, o := range s.outputs {
		o.discard()
	}
}
