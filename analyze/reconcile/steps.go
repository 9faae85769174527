package reconcile

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/schemas/wording"
	"github.com/runhist/runhist/validate/finding"
)

// stopped is how runs of a profile stopped: after one step, with one result.
type stopped struct {
	steps  int
	result uint32
}

// stoppedRuns are the runs that stopped alike.
type stoppedRuns struct {
	stopped
	last  uint32 // run
	whole uint32 // a run of the profile that came to its end
	count int
}

// stepsNotRun looks for runs that a step stopped before the last one of their
// profile, which other runs of the profile show.
func (c *checker) stepsNotRun() {
	for i := range c.agents {
		byProfile := map[uint32][]uint32{}
		var order []uint32
		for _, index := range c.agents[i].runs {
			p := c.runs[index].profile
			if byProfile[p] == nil {
				order = append(order, p)
			}
			byProfile[p] = append(byProfile[p], index)
		}
		slices.SortFunc(order, func(x, y uint32) int { return strings.Compare(c.texts[x], c.texts[y]) })
		for _, p := range order {
			if p != 0 {
				c.stoppedProfile(byProfile[p])
			}
		}
	}
}

// stoppedProfile judges the runs of one profile, in the order of time.
func (c *checker) stoppedProfile(runs []uint32) {
	var list []*stoppedRuns
	for i, index := range runs {
		r := &c.runs[index]
		if r.to == r.steps || c.steps[r.to-1].after != stops || r.cut {
			continue
		}
		whole, ok := c.wholeRun(runs, i)
		if !ok {
			continue
		}
		k := stopped{int(r.to - r.steps), c.steps[r.to-1].result}
		at := slices.IndexFunc(list, func(s *stoppedRuns) bool { return s.stopped == k })
		if at < 0 {
			at = len(list)
			list = append(list, &stoppedRuns{stopped: k})
		}
		list[at].last, list[at].whole = index, whole
		list[at].count++
	}
	for _, s := range list {
		c.tellStopped(s, runs)
	}
}

// wholeRun finds the run of the profile that came to its end, began like the
// i-th one and has more steps: the next one, else the last one before.
func (c *checker) wholeRun(runs []uint32, i int) (whole uint32, ok bool) {
	fits := func(index uint32) bool { return c.begins(&c.runs[index], &c.runs[runs[i]]) }
	if j := slices.IndexFunc(runs[i+1:], fits); j >= 0 {
		return runs[i+1+j], true
	}
	for _, index := range slices.Backward(runs[:i]) {
		if fits(index) {
			return index, true
		}
	}
	return 0, false
}

// begins tells whether a run came to its end, has more steps than another one
// and begins with the same ones.
func (c *checker) begins(whole, part *run) bool {
	if !whole.finished || whole.cut || whole.to-whole.steps <= part.to-part.steps {
		return false
	}
	for i := range part.to - part.steps {
		x, y := &c.steps[whole.steps+i], &c.steps[part.steps+i]
		if x.number != y.number || x.kind != y.kind || x.id != y.id && x.id != 0 && y.id != 0 {
			return false
		}
	}
	return true
}

func (c *checker) tellStopped(s *stoppedRuns, runs []uint32) {
	r, whole := &c.runs[s.last], &c.runs[s.whole]
	severity, later := finding.Warning, "; no later run of the profile came to its end"
	for _, index := range runs {
		if next := &c.runs[index]; next.finished && c.compareRuns(index, s.last) > 0 {
			severity, later = finding.Info, "; run "+wording.Digits(next.number)+" came to its end later"
			break
		}
	}
	if severity == finding.Warning && c.excused(r) {
		severity = finding.Info
	}
	var left []string
	for i := whole.steps + uint32(s.steps); i < whole.to; i++ {
		left = append(left, c.steps[i].kind.String())
	}
	times := ""
	if s.count > 1 {
		times = ", and so did " + wording.Counted(s.count-1, "run") + " before"
	}
	f := c.reportAs("REC-steps-not-run", severity, r, &c.steps[r.to-1], c.texts[r.profile]+"|"+c.texts[s.result],
		"step %d of %d ended with %s%s: %s did not run (%s)%s", s.steps, whole.to-whole.steps, c.texts[s.result], times,
		wording.Counted(len(left), "step"), strings.Join(left, ", "), later)
	f.Count = s.count
}

// excused tells whether somebody stopped the run, or later runs of the agent
// are not in the archive, one of which may have come to its end.
func (c *checker) excused(r *run) bool {
	if strings.HasPrefix(c.texts[c.steps[r.to-1].result], "stopped-user-termination") {
		return true
	}
	return slices.ContainsFunc(c.agents[r.agent].gaps, func(g gap) bool { return c.runs[g.run].start > r.start })
}

// String names a kind of step.
func (k kind) String() string {
	switch {
	case k.is(toFile):
		return "drop file"
	case k.is(imports | full | syncs):
		return "full import and synchronization"
	case k.is(imports | syncs):
		return "delta import and synchronization"
	case k.is(imports | full):
		return "full import"
	case k.is(imports):
		return "import"
	case k.is(syncs):
		return "synchronization"
	case k.is(exports):
		return "export"
	}
	return "unknown"
}
