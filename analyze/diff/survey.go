package diff

import (
	"cmp"

	rd "github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// surveyed is a run with its units.
type surveyed struct {
	run   *rd.Run
	index int    // among the runs of its side, from 1 on
	head  unit   // without steps
	all   uint64 // digest of all of it
	shape uint64 // digest of the types and results of its steps
	start rd.Instant
	steps []surveyedStep
}

// surveyedStep is a step with its units.
type surveyedStep struct {
	step  *rd.Step
	index int
	head  unit // without records
	lists [lists][]unit
}

// The lists of records of a step.
const (
	objectErrors = iota
	importErrors
	exportErrors
	retryErrors
	lists
)

// recordList says where a list of records stands.
type recordList struct {
	container, name source.Sym
}

var recordLists = [lists]recordList{
	objectErrors: {rd.NameMADiscoveryErrors, rd.NameMAObjectError},
	importErrors: {rd.NameSynchronizationErrors, rd.NameImportError},
	exportErrors: {rd.NameSynchronizationErrors, rd.NameExportError},
	retryErrors:  {rd.NameMVRetryErrors, rd.NameRetryError},
}

// recordCount is the number of records of a list.
func recordCount(s *rd.Step, list int) int {
	return [lists]int{len(s.ObjectErrors), len(s.ImportErrors), len(s.ExportErrors), len(s.RetryErrors)}[list]
}

// showRecord shows a record of a list.
func showRecord(w *walker, s *rd.Step, list, i int) {
	switch list {
	case objectErrors:
		w.objectError(s.ObjectErrors[i])
	case importErrors:
		w.importError(s.ImportErrors[i])
	case exportErrors:
		w.exportError(s.ExportErrors[i])
	case retryErrors:
		w.retryError(s.RetryErrors[i])
	}
}

// eachUnit visits all units.
func eachUnit(runs []surveyed, visit func(*unit)) {
	for i := range runs {
		r := &runs[i]
		visit(&r.head)
		for j := range r.steps {
			s := &r.steps[j]
			visit(&s.head)
			for _, list := range s.lists {
				for k := range list {
					visit(&list[k])
				}
			}
		}
	}
}

// ignorer returns the ignorer of a side, or nil.
func (c *comparison) ignorer(s *side) *ignorer {
	if s == c.a || s == c.scratchA {
		return c.ignoreA
	}
	return c.ignoreB
}

// below makes the walk of a side go on below a path; it tells whether that is
// ignored.
func (c *comparison) below(s *side, path ...patternStep) bool {
	g := c.ignorer(s)
	return g != nil && g.at(path...)
}

func rootStep() patternStep { return patternStep{"run-history", 1} }
func place(name string, at *rd.Place) patternStep {
	return patternStep{name, max(int(at.Index), 1)}
}

// survey sums the runs of a side up.
func (c *comparison) survey(s *side, runs []*rd.Run) []surveyed {
	if c.below(s, rootStep()) {
		return nil
	}
	var all []surveyed
	w := &walker{sink: s, ignore: c.ignorer(s)}
	for i, r := range runs {
		if c.below(s, rootStep(), place("run-details", &r.Place)) {
			continue
		}
		all = append(all, surveyed{run: r, index: i + 1})
		sur := &all[len(all)-1]
		for _, step := range r.Steps {
			if step.Start.Valid && (!sur.start.Valid || step.Start.Millis < sur.start.Millis) {
				sur.start = step.Start
			}
		}
		s.base = sur.start.Millis
		c.below(s, rootStep())
		sur.head = s.sumUp(func() { w.run(r) })
		sur.all = sur.head.content
		for j, step := range r.Steps {
			if !c.below(s, rootStep(), place("run-details", &r.Place), place("step-details", &step.Place)) {
				c.surveyStep(s, w, sur, step, j+1)
			}
		}
	}
	return all
}

func (c *comparison) surveyStep(s *side, w *walker, sur *surveyed, step *rd.Step, index int) {
	r := sur.run
	path := []patternStep{rootStep(), place("run-details", &r.Place), place("step-details", &step.Place)}
	c.below(s, path[:2]...)
	x := surveyedStep{step: step, index: index}
	x.head = s.sumUp(func() { w.step(step) })
	x.head.keys[0] = s.key(plainNumber(step.Number.Value))
	sum := uint64(0)
	for list := range x.lists {
		// The container of program-made records has no place of its own.
		if c.below(s, append(path, patternStep{nameOf(recordLists[list].container), 1})...) {
			continue
		}
		for i := range recordCount(step, list) {
			u := s.sumUp(func() { showRecord(w, step, list, i) })
			if u.content == blank { // it is ignored
				u.keys[0] = 0
				u.ignored = true
			} else {
				u.keys = s.recordKeys(step, list, i)
			}
			if x.lists[list] == nil {
				x.lists[list] = make([]unit, 0, recordCount(step, list))
			}
			x.lists[list] = append(x.lists[list], u)
			sum += mix(u.content, uint64(list))
		}
	}
	sur.all += mix(mix(x.head.content, sum), 1)
	stepType := step.Description.Type()
	sur.shape += mix(s.hash(stepType), mix(s.hash(step.Result.Value), step.Number.N))
	sur.steps = append(sur.steps, x)
}

// byTime orders runs as they ran: by start, then by number, then as in the
// document.
func byTime(x, y *surveyed) int {
	if x.start.Valid && y.start.Valid && x.start.Millis != y.start.Millis {
		return cmp.Compare(x.start.Millis, y.start.Millis)
	}
	if x.run.Number.Valid && y.run.Number.Valid && x.run.Number.N != y.run.Number.N {
		return cmp.Compare(x.run.Number.N, y.run.Number.N)
	}
	return cmp.Compare(x.index, y.index)
}
