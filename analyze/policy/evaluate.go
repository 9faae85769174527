package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/measure"
	"github.com/runhist/runhist/schemas/wording"
)

// Run is what is known of a run. Times are in milliseconds since 1970-01-01, 0
// where they are not known.
type Run struct {
	Agent, AgentID, Profile string
	Number                  uint32
	Start, End              int64
	Results                 []string // of its steps, in their order
	Ended                   bool     // every step let the next one begin, and the last one has ended
	Working                 bool     // some step is at work
	Objects                 int64    // of the agent, by its last full imports up to this run; -1 where there is none
	Counts                  Counts
}

// Counts are the counters of a run.
type Counts interface {
	// Count is a measure added up over the steps of the run; of errors, those
	// of a type where errType is not "".
	Count(m measure.Measure, errType string) uint64
}

// Outcome is what became of a policy.
type Outcome uint8

// The outcomes.
const (
	Kept Outcome = iota
	Unknown
	Violated
)

// String returns "kept", "unknown" or "violated".
func (o Outcome) String() string { return [...]string{"kept", "unknown", "violated"}[o] }

// Verdict is what became of a policy for a run, or for an agent.
type Verdict struct {
	Policy         *Policy
	Agent, AgentID string // "" where no agent is selected
	Profile        string // "" where the policy is about all profiles of the agent
	Run            int    // index of the run, -1 for none
	Number         uint32 // of that run
	Outcome        Outcome
	Value          float64 // a number; a time in seconds; 0 for results
	Measured       bool    // Value is known
	Bound          float64 // the limit in the unit of Value: of two, the one that is violated, else Max
	Bounded        bool    // Bound is known
	// Since is when a violation began: the start of the first run of the
	// unbroken row of runs that violate the policy, or when the last success
	// became too old. 0 where that is not known, and where nothing is violated.
	Since   int64
	Message string
}

// Key tells verdicts apart from call to call: it has no number in it.
func (v *Verdict) Key() string {
	agent := v.AgentID
	if agent == "" {
		agent = v.Agent
	}
	return "policy|" + v.Policy.Name + "|" + agent + "|" + v.Profile
}

// Evaluate checks policies. The runs are in the order of time; now is in
// milliseconds since 1970-01-01. The verdicts are in the order of the policies,
// then of agents and profiles by name, then of runs.
func Evaluate(policies []Policy, runs []Run, now int64) []Verdict {
	series := gather(runs)
	var all []Verdict
	for i := range policies {
		e := &evaluation{policy: &policies[i], runs: runs, now: now}
		e.judge(series)
		for i := range e.verdicts {
			if v := &e.verdicts[i]; v.Run >= 0 {
				v.Number = runs[v.Run].Number
			}
		}
		all = append(all, e.verdicts...)
	}
	return all
}

// serie is the runs of a profile of an agent.
type serie struct {
	agent, id, profile string
	runs               []int
}

// gather groups runs, in the order of names.
func gather(runs []Run) []*serie {
	type key struct{ agent, id, profile string }
	by := map[key]*serie{}
	var all []*serie
	for i := range runs {
		r := &runs[i]
		k := key{"", r.AgentID, r.Profile}
		if r.AgentID == "" {
			k.agent = r.Agent
		}
		s := by[k]
		if s == nil {
			s = &serie{agent: r.Agent, id: r.AgentID, profile: r.Profile}
			by[k] = s
			all = append(all, s)
		}
		s.agent = r.Agent
		s.runs = append(s.runs, i)
	}
	slices.SortFunc(all, func(a, b *serie) int {
		return cmp.Or(strings.Compare(a.agent, b.agent), strings.Compare(a.id, b.id), strings.Compare(a.profile, b.profile))
	})
	return all
}

type evaluation struct {
	policy   *Policy
	runs     []Run
	now      int64
	verdicts []Verdict
}

// judge judges a policy for all series that it selects.
func (e *evaluation) judge(all []*serie) {
	var mine []*serie
	for _, s := range all {
		if matchAny(e.policy.Agents, s.agent, s.id) && matchAny(e.policy.Profiles, s.profile) {
			mine = append(mine, s)
		}
	}
	switch {
	case len(mine) == 0:
		v := Verdict{Policy: e.policy, Run: -1, Outcome: Unknown, Message: "no run is of the agents and profiles that it selects"}
		if e.policy.Check.Subject == Age {
			v.Outcome = Violated // an agent that never ran is the oldest of all
		}
		e.verdicts = append(e.verdicts, v)
	case e.policy.Check.Subject == Age:
		e.ages(mine)
	default:
		for _, s := range mine {
			e.serie(s)
		}
	}
}

// ages judges how long ago the last success was: of each profile where the
// policy selects some, else of the agent.
func (e *evaluation) ages(mine []*serie) {
	for i := 0; i < len(mine); {
		v := Verdict{Policy: e.policy, Agent: mine[i].agent, AgentID: mine[i].id, Run: -1}
		j := i + 1
		if len(e.policy.Profiles) > 0 {
			v.Profile = mine[i].profile
		} else {
			for j < len(mine) && mine[j].agent == mine[i].agent && mine[j].id == mine[i].id {
				j++
			}
		}
		for _, s := range mine[i:j] {
			for _, r := range s.runs {
				if e.runs[r].Ended && (v.Run < 0 || e.runs[r].End > e.runs[v.Run].End) {
					v.Run = r
				}
			}
		}
		switch {
		case v.Run < 0:
			v.Outcome, v.Message = Violated, "no run came to its end"
			v.Run = mine[j-1].runs[len(mine[j-1].runs)-1]
		case e.now == 0:
			v.Outcome, v.Message = Unknown, "it is not known what time it is"
		default:
			age := e.now - e.runs[v.Run].End
			v.Value, v.Measured = float64(age)/1000, true
			v.Bound, v.Bounded = float64(e.policy.Max.Time)/1000, true
			v.Message = "the last success is " + wording.Lasting(age) + " old"
			if age > e.policy.Max.Time {
				v.Outcome, v.Since = Violated, e.runs[v.Run].End+e.policy.Max.Time
				v.Message += ", above " + e.policy.Max.String()
			}
		}
		e.verdicts = append(e.verdicts, v)
		i = j
	}
}

// serie judges the newest run of a series, or all of them. A run at work is
// judged for its duration only. Where the newest one violates the policy, those
// before it tell since when.
func (e *evaluation) serie(s *serie) {
	from := len(e.verdicts)
	for i, index := range slices.Backward(s.runs) {
		r := &e.runs[index]
		if r.Working && e.policy.Check.Subject != Duration {
			continue
		}
		v := Verdict{Policy: e.policy, Agent: s.agent, AgentID: s.id, Profile: s.profile, Run: index}
		e.run(&v, r, s.runs[:i])
		if e.policy.Every || len(e.verdicts) == from {
			e.verdicts = append(e.verdicts, v)
		}
		if v.Outcome == Violated {
			e.verdicts[len(e.verdicts)-1].Since = r.Start
		} else if !e.policy.Every {
			break
		}
	}
	// The oldest stands last.
	for i := len(e.verdicts) - 2; i >= from; i-- {
		if older := &e.verdicts[i+1]; e.verdicts[i].Outcome == Violated && older.Outcome == Violated {
			e.verdicts[i].Since = older.Since
		}
	}
}

// run judges a run beside those before it.
func (e *evaluation) run(v *Verdict, r *Run, before []int) {
	p := e.policy
	if p.Check.Subject == Result {
		for _, result := range r.Results {
			if !matchAny(p.Expect, result) {
				v.Outcome, v.Message = Violated, "the result "+result+" is not expected"
				return
			}
		}
		v.Message = "all results are expected"
		return
	}
	value, ok := e.value(r)
	if !ok {
		v.Outcome, v.Message = Unknown, "its dates are not known"
		return
	}
	show := wording.Number
	unit := 1.0
	if p.Check.Subject == Duration {
		show = func(millis float64) string { return wording.Lasting(int64(millis)) }
		unit = 1000
	}
	v.Value, v.Measured = value/unit, true
	v.Message = p.what() + show(value)
	for _, l := range []struct {
		*Limit
		side string
	}{{p.Max, "above"}, {p.Min, "below"}} {
		if l.Limit == nil || r.Working && l.side == "below" {
			continue
		}
		bound, of, known := e.bound(l.Limit, r, before, show)
		violated := known && (l.side == "above" && value > bound || l.side == "below" && value < bound)
		if known && (violated || !v.Bounded) {
			v.Bound, v.Bounded = bound/unit, true
		}
		switch {
		case !known:
			if v.Outcome == Kept {
				v.Outcome, v.Message = Unknown, of
			}
		case violated:
			v.Outcome = Violated
			v.Message = fmt.Sprintf("%s%s, %s %s%s", p.what(), show(value), l.side, show(bound), of)
			return
		}
	}
}

// what begins a sentence about what the policy counts.
func (p *Policy) what() string {
	switch c := p.Check; {
	case p.Type != "":
		return c.String() + " of type " + p.Type + " are "
	case c.Subject == Counter && c.Measure.IsErrors():
		return c.String() + " are "
	default:
		return c.String() + " is "
	}
}

// value is what is to be limited: a number, or milliseconds.
func (e *evaluation) value(r *Run) (float64, bool) {
	if e.policy.Check.Subject == Counter {
		return float64(r.Counts.Count(e.policy.Check.Measure, e.policy.Type)), true
	}
	end := r.End
	if r.Working {
		end = e.now
	}
	if r.Start == 0 || end < r.Start {
		return 0, false
	}
	return float64(end - r.Start), true
}

// bound is the limit for a run, and what it is of; where it is not known, of
// says why.
func (e *evaluation) bound(l *Limit, r *Run, before []int, show func(float64) string) (bound float64, of string, known bool) {
	switch l.Kind {
	case Time:
		return float64(l.Time), "", true
	case Percent:
		if r.Objects < 0 {
			return 0, "no full import of the agent says how many objects it has", false
		}
		return l.Amount * float64(r.Objects) / 100, fmt.Sprintf(" (%s of %s objects)", l, wording.Number(float64(r.Objects))), true
	case Median:
		var values []float64
		for _, index := range slices.Backward(before) {
			if b := &e.runs[index]; b.Ended && len(values) < l.Runs {
				if value, ok := e.value(b); ok {
					values = append(values, value)
				}
			}
		}
		if len(values) < fewestRuns {
			return 0, fmt.Sprintf("only %d runs before it came to their end: a median takes %d", len(values), fewestRuns), false
		}
		m := median(values)
		return l.Amount * m, fmt.Sprintf(" (%s x the median %s of %d runs)", wording.Number(l.Amount), show(m), len(values)), true
	}
	return l.Amount, "", true
}

// median is the middle value, or the mean of the two in the middle.
func median(values []float64) float64 {
	slices.Sort(values)
	n := len(values)
	if n%2 == 1 {
		return values[n/2]
	}
	return (values[n/2-1] + values[n/2]) / 2
}
