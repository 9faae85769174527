package archive

import (
	"slices"

	"github.com/runhist/runhist/schemas/rundetails"
)

// rename compares the id and the name of the run's agent with those before.
func (a *Archive) rename(of *agent, r *Run, s *Seen) {
	if !r.Known || r.Name == "" {
		return
	}
	if of.last != nil {
		p := Pair{Relation: SameAgent, Run: r, Other: of.last}
		if n := len(of.names); n > 0 && n < few && !slices.Contains(of.names, r.Name) {
			p.New, p.Said = true, of.names[n-1]
		}
		a.show(p)
	}
	if len(of.names) < few && !slices.Contains(of.names, r.Name) {
		of.names = append(of.names, r.Name)
	}
	n := a.names[r.Name]
	if n == nil {
		if len(a.names) < maxAgents {
			a.names[r.Name] = &name{last: s, ids: []rundetails.ID{r.ID}}
		}
		return
	}
	p := Pair{Relation: SameName, Run: r, Other: n.last}
	if known := len(n.ids); known < few && !slices.Contains(n.ids, r.ID) {
		p.New, p.Said = true, n.ids[known-1].String()
		n.ids = append(n.ids, r.ID)
	}
	a.show(p)
	n.last = s
}

// step compares the id of a step with those of other agents' steps.
func (a *Archive) step(r *Run, s *Seen, step *Step) {
	owner, ok := a.steps[step.ID]
	switch {
	case !ok && len(a.steps) < maxSteps:
		a.steps[step.ID] = stepOwner{run: s, other: none}
	case !ok:
		a.show(Pair{Relation: SharedStep, Run: r, Step: step})
	case owner.run != s:
		fresh := owner.run.agent != s.agent && owner.other != s.agent
		a.show(Pair{Relation: SharedStep, Run: r, Step: step, Other: owner.run, New: fresh})
		if fresh {
			owner.other = s.agent
			a.steps[step.ID] = owner
		}
	}
}
