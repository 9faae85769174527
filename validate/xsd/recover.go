package xsd

import (
	"fmt"
	"strings"

	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate/xsd/datatype"
)

// acceptance asks route for a state in which the content may end.
const acceptance source.Sym = 0

// route finds the shortest way through a content model, from a state to one
// that has a transition by sym, or that accepts: the positions on the way, in
// order, and the state. The state is -1 when there is no way.
func (m *model) route(from int, sym source.Sym) ([]int, int) {
	came := make([]int, len(m.next))
	for i := range came {
		came[i] = -1
	}
	queue := []int{from}
	came[from] = from
	for len(queue) > 0 {
		state := queue[0]
		queue = queue[1:]
		if sym == acceptance && m.accepts[state] || sym != acceptance && m.to(state, sym) >= 0 {
			var way []int
			for s := state; s != from; s = came[s] {
				way = append([]int{s - 1}, way...)
			}
			return way, state
		}
		for _, t := range m.next[state] {
			if came[t.state] < 0 {
				came[t.state] = state
				queue = append(queue, t.state)
			}
		}
	}
	return nil, -1
}

// alternatives are the names of which any could stand at a position.
func (m *model) alternatives(position int) []string {
	for _, transitions := range m.next {
		for _, t := range transitions {
			if t.state != position+1 {
				continue
			}
			var names []string
			for _, other := range transitions {
				names = append(names, m.positions[other.state-1].name)
			}
			// Where an optional element comes first, the later one is what
			// is missing; a choice has alternatives that exclude each other.
			for _, other := range transitions {
				if m.to(other.state, t.sym) >= 0 && other.state != t.state {
					return nil
				}
			}
			return names
		}
	}
	return nil
}

// unexpected takes a child that the content model does not have next.
func (m *Matcher) unexpected(r *source.Reader, top *frame) {
	model, sym := top.typ.model, r.Sym()
	if r.Space() != "" {
		m.inNamespace(r, top)
		return
	}
	if e := model.element(sym); sym != 0 && e != nil {
		if m.skipTo(top, e) {
			m.open(r, e) // what is between is missing, unless it turns up
			return
		}
		// Where one child stands too early, all that belong before it
		// stand too late: that is one fault.
		late := top.arrives(sym)
		if !late || top.early != top.state {
			m.reportUnexpected(r, late, func() string { return outOfPlace(r, top, e, late) })
		}
		if late {
			top.early = top.state
		}
		m.open(r, e)
		return
	}
	if e := m.meant(r.Name(), top); e != nil {
		m.reportUnexpected(r, false, func() string {
			return fmt.Sprintf("<%s> is not known in <%s>: did you mean <%s>?", clip([]byte(r.Name())), top.element.name, e.name)
		})
		m.skipTo(top, e)
		m.open(r, e)
		return
	}
	m.reportUnexpected(r, false, func() string { return notExpected(r, top) })
	if e := m.schema.upper[sym]; e != nil {
		m.open(r, e)
		return
	}
	m.push(frame{mode: unknown})
}

// inNamespace takes a child in a namespace: the one of that name that is
// meant, as it seems, but nothing in it is judged.
func (m *Matcher) inNamespace(r *source.Reader, top *frame) {
	m.reportUnexpected(r, false, func() string {
		if top.typ.model.element(m.symOf(r)) != nil {
			return fmt.Sprintf("<%s> is%s, but must be in none", clip([]byte(r.Name())), inSpace(r))
		}
		return notExpected(r, top)
	})
	if e := top.typ.model.element(m.symOf(r)); e != nil && !m.skipTo(top, e) {
		top.arrives(e.sym)
	}
	m.push(frame{mode: unknown})
}

// symOf is the symbol of the local name of the current element.
func (m *Matcher) symOf(r *source.Reader) source.Sym {
	return m.schema.vocab.Sym([]byte(local(r.Name())))
}

// skipTo moves the content behind the next place of an element and notes what
// it passes over; false when the element cannot come any more.
func (m *Matcher) skipTo(top *frame, e *element) bool {
	if !top.typ.model.mayCome(top.state, e.sym) {
		return false
	}
	way, state := top.typ.model.route(top.state, e.sym)
	top.pending = append(top.pending, way...)
	top.state = top.typ.model.to(state, e.sym)
	return true
}

// arrives tells whether an element was passed over, and is so no longer.
func (f *frame) arrives(sym source.Sym) bool {
	for i, position := range f.pending {
		if f.typ.model.positions[position].sym == sym {
			f.pending = append(f.pending[:i], f.pending[i+1:]...)
			return true
		}
	}
	return false
}

// reportUnexpected reports the current element; its message is made only when
// somebody wants it.
func (m *Matcher) reportUnexpected(r *source.Reader, late bool, message func() string) {
	if !m.wants(UnexpectedElement) {
		m.report(Violation{ID: UnexpectedElement})
		return
	}
	m.violation(r, Violation{ID: UnexpectedElement, Child: r.Name(), Late: late, Element: parentPath(r), Type: spaceType(r.Space()), Message: message()})
}

// outOfPlace says why a known child is not expected where it stands.
func outOfPlace(r *source.Reader, top *frame, e *element, late bool) string {
	model := top.typ.model
	last := lastName(model, top.state)
	switch {
	case late, model.repeats(e):
	case r.Index() > 1:
		return fmt.Sprintf("<%s> may stand only once in <%s>", e.name, top.element.name)
	case model.excludes(e, top.state):
		return fmt.Sprintf("<%s> cannot stand in <%s> beside <%s>", e.name, top.element.name, last)
	}
	return fmt.Sprintf("<%s> stands too late in <%s>: it belongs before <%s>", e.name, top.element.name, last)
}

// repeats tells whether an element may stand several times in a row.
func (m *model) repeats(e *element) bool {
	for i := range m.positions {
		if m.positions[i] == e {
			return m.to(i+1, e.sym) >= 0
		}
	}
	return false
}

// excludes tells whether an element cannot be followed by the one that led to
// a state: a choice has both.
func (m *model) excludes(e *element, state int) bool {
	for i := range m.positions {
		if m.positions[i] == e {
			_, found := m.route(i+1, m.positions[state-1].sym)
			return found < 0
		}
	}
	return false
}

// landmark is the name of the nearest element before a position that no valid
// content lacks, "" where there is none.
func (m *model) landmark(position int) string {
next:
	for p := position - 1; p >= 0; p-- {
		for state := range p + 1 {
			for _, t := range m.next[state] {
				if t.state > p+1 {
					continue next // a way that leaves p out
				}
			}
		}
		return m.positions[p].name
	}
	return ""
}

func lastName(model *model, state int) string {
	if state == 0 {
		return ""
	}
	return model.positions[state-1].name
}

// notExpected says what could stand in place of an unknown child.
func notExpected(r *source.Reader, top *frame) string {
	model := top.typ.model
	var next []string
	for _, t := range model.next[top.state] {
		next = append(next, model.positions[t.state-1].name)
	}
	message := fmt.Sprintf("<%s>%s is not expected in <%s>", clip([]byte(r.Name())), inSpace(r), top.element.name)
	switch {
	case len(model.positions) == 0:
		return message + ", which must be empty"
	case len(next) == 0:
		return message + fmt.Sprintf(", which ends with <%s>", lastName(model, top.state))
	case len(next) == 1 && !model.accepts[top.state]:
		return message + ": " + tagList(next) + " comes next"
	}
	return message + ": " + tagList(next) + " may come next"
}

// maxGuesses is how many unknown children of an element are taken for
// misspelt ones; behind that nobody means anything by them, and guessing for
// millions of them would take long.
const maxGuesses = 50

// meant finds the element that an unknown name was meant to be: the most
// alike of those that may still come.
func (m *Matcher) meant(name string, top *frame) *element {
	if top.guesses++; top.guesses > maxGuesses {
		return nil
	}
	model := top.typ.model
	var names []string
	for position, reached := range model.reaches[top.state] {
		if reached {
			names = append(names, model.positions[position].name)
		}
	}
	near := nearest(name, names, 3)
	for _, e := range model.positions {
		if e.name == near {
			return e
		}
	}
	return nil
}

// tagList writes <a>, <b> or <c>, shortened when long.
func tagList(names []string) string {
	const most = 6
	var tags []string
	for i, name := range names {
		if i == most {
			tags = append(tags, fmt.Sprintf("%d more", len(names)-most))
			break
		}
		tags = append(tags, "<"+name+">")
	}
	return orJoin(tags)
}

// parentPath is the path of names of the parent of the current element.
func parentPath(r *source.Reader) string { return parentOf(r.ElementPath()) }

func parentOf(path string) string { return path[:strings.LastIndexByte(path, '/')] }

func trim(text []byte) []byte { return datatype.TrimSpace(text) }
