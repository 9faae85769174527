package reconcile

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/runhist/runhist/schemas/wording"
	"github.com/runhist/runhist/validate/finding"
)

// course is an error from step to step: of one object, kind and type.
type course struct {
	first    int64  // first-occurred where it was listed last, or never
	began    int64  // the earliest first-occurred of this stretch
	seen     uint32 // the step that listed it last
	turn     int32  // of that step among those that could list it
	listed   uint32 // steps of this stretch
	retries  uint32
	returned uint32 // the step in which it came back last, or none
}

// courseKey names an error within an agent and partition.
type courseKey struct {
	object uint64
	text   uint32
	kind   errorKind
}

// scope is where an error is listed if it is there: steps of one kind, in one
// partition of an agent.
type scope struct {
	turns   []uint32 // the steps that would list it
	known   map[courseKey]uint32
	courses []course // there may be very many: by the numbers in known
}

// listsFor tells whether a step lists the errors of a kind, and came so far
// that all of them are in it.
func (s *step) listsFor(kind errorKind, r *run) bool {
	if s.after != goes || s.end == never || r.cut || s.kind.is(toFile) {
		return false
	}
	switch kind {
	case stagingError:
		return s.kind.is(imports)
	case flowError:
		return s.kind.is(syncs)
	}
	return s.kind.is(exports)
}

// errorCourse follows the errors of each agent: which are listed by run after
// run, which went away, which came back, and which were not listed although
// they were there.
func (c *checker) errorCourse() {
	for i := range c.agents {
		type of struct {
			partition uint32
			kind      errorKind
		}
		scopes := map[of]*scope{}
		var order []of
		for _, index := range c.agents[i].runs {
			r := &c.runs[index]
			for j := r.steps; j < r.to; j++ {
				s := &c.steps[j]
				if s.start == never {
					continue
				}
				for kind := stagingError; kind <= exportError; kind++ {
					k := of{s.partition, kind}
					if !s.listsFor(kind, r) {
						continue
					}
					if scopes[k] == nil {
						scopes[k] = &scope{known: map[courseKey]uint32{}}
						order = append(order, k)
					}
					c.follow(scopes[k], kind, j)
				}
			}
		}
		for _, k := range order {
			c.tell(scopes[k])
		}
	}
}

// follow takes the errors of one kind that a step lists.
func (c *checker) follow(sc *scope, kind errorKind, index uint32) {
	turn := int32(len(sc.turns))
	sc.turns = append(sc.turns, index)
	s := &c.steps[index]
	hidden := group{since: never}
	for i := range c.errors[s.errors:s.errorsTo] {
		f := &c.errors[int(s.errors)+i]
		if f.kind != kind {
			continue
		}
		k := courseKey{f.object, f.text, kind}
		number, ok := sc.known[k]
		if !ok {
			number = uint32(len(sc.courses))
			sc.known[k] = number
			sc.courses = append(sc.courses, course{turn: -1, returned: none, began: f.first})
		}
		e := &sc.courses[number]
		switch {
		case !ok:
		case e.turn == turn: // twice in one step
			continue
		case e.turn < turn-1 && kind == exportError && f.first != never && f.first == e.first:
			hidden.add(c, k, e)
			hidden.last = sc.turns[turn-1]
		case e.turn < turn-1, f.first != never && e.first != never && f.first > c.steps[e.seen].until():
			// It was away: another step did not list it, or it began anew.
			e.returned, e.listed, e.began = index, 0, f.first
		}
		e.first, e.seen, e.turn, e.retries = f.first, index, turn, f.retries
		e.listed++
		if f.first != never && (e.began == never || f.first < e.began) {
			e.began = f.first
		}
	}
	if hidden.count > 0 {
		lost := &c.steps[hidden.last]
		r := &c.runs[lost.run]
		are, them := "is", "it"
		if hidden.count > 1 {
			are, them = "are", "them"
		}
		f := c.reportAs("REC-error-hidden", finding.Warning, r, lost, c.texts[lost.partition],
			"%s %s not in this export: those before and after it (run %d) list %s with one first-occurred",
			wording.Counted(hidden.count, "error"), are, c.runs[s.run].number, them)
		f.Objects, f.Count = hidden.names(), hidden.count
	}
}

// tell says what became of the errors of a scope, type by type.
func (c *checker) tell(sc *scope) {
	type state struct {
		text uint32
		kind errorKind
		id   string
	}
	groups := map[state]*group{}
	last := int32(len(sc.turns)) - 1
	for k, number := range sc.known {
		e := &sc.courses[number]
		st := state{text: k.text, kind: k.kind}
		at := sc.turns[last]
		switch {
		case e.turn < last:
			st.id, st.text, at = "REC-error-cleared", 0, sc.turns[e.turn+1] // good news need no details
		case e.returned != none:
			st.id = "REC-error-returned"
		case e.listed > 1:
			st.id = "REC-error-persists"
		default:
			continue
		}
		g := groups[st]
		if g == nil {
			g = &group{since: never}
			groups[st] = g
		}
		if g.count == 0 || c.steps[at].start > c.steps[g.last].start {
			g.last = at
		}
		g.add(c, k, e)
	}
	states := slices.SortedFunc(maps.Keys(groups), func(a, b state) int {
		return cmp.Or(strings.Compare(a.id, b.id), cmp.Compare(a.kind, b.kind), strings.Compare(c.texts[a.text], c.texts[b.text]))
	})
	for _, st := range states {
		g := groups[st]
		s := &c.steps[g.last]
		r := &c.runs[s.run]
		what := "import error"
		if st.kind == exportError {
			what = "export error"
		}
		errors := wording.Counted(g.count, what)
		if st.text != 0 {
			errors += " (" + c.texts[st.text] + ")"
		}
		since := ""
		if g.since != never {
			since = ", the oldest since " + wording.At(g.since)
		}
		key := strings.Join([]string{c.texts[s.partition], what, c.texts[st.text]}, "|")
		var f *Finding
		switch st.id {
		case "REC-error-cleared":
			f = c.reportAs(st.id, finding.Info, r, s, key, "%s went away, the last by run %d of %s", errors, r.number, wording.At(s.start))
		case "REC-error-returned":
			f = c.reportAs(st.id, finding.Info, r, s, key, "%s, back after having been away", errors)
		default:
			f = c.reportAs(st.id, finding.Info, r, s, key, "%s again%s%s", errors, since, retried(g.retries))
		}
		f.Objects, f.Count = g.names(), g.count
	}
}

func retried(n uint32) string {
	if n == 0 {
		return ""
	}
	return ", up to " + retries(n)
}

// group gathers errors of one kind, type and course.
type group struct {
	count    int
	since    int64
	retries  uint32
	last     uint32
	examples []example
}

// example is an error by the name of its object.
type example struct {
	since int64
	name  string
}

// maxExamples is how many objects a finding names.
const maxExamples = 3

func (g *group) add(c *checker, k courseKey, e *course) {
	g.count++
	if e.began != never && (g.since == never || e.began < g.since) {
		g.since = e.began
	}
	g.retries = max(g.retries, e.retries)
	name, ok := c.labels[k.object]
	if !ok {
		s := &c.steps[e.seen]
		name = c.files[c.runs[s.run].file] + ":" + strconv.Itoa(int(s.line))
	}
	x := example{e.began, name}
	at, _ := slices.BinarySearchFunc(g.examples, x, func(a, b example) int {
		return cmp.Or(cmp.Compare(a.since, b.since), strings.Compare(a.name, b.name))
	})
	if at < maxExamples {
		g.examples = slices.Insert(g.examples, at, x)
		g.examples = g.examples[:min(len(g.examples), maxExamples)]
	}
}

func (g *group) names() []string {
	var names []string
	for _, x := range g.examples {
		names = append(names, x.name)
	}
	return names
}
