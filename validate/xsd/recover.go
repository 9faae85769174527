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
	if way, state := model.route(top.state, sym); sym != 0 && state >= 0 {
		// It comes later: what is between is missing, unless it turns up.
		top.pending = append(top.pending, way...)
		top.state = model.to(state, sym)
		m.open(r, model.positions[top.state-1])
		return
	}
	name := r.Name()
	if e := model.element(sym); sym != 0 && e != nil {
		late := false
		for i, position := range top.pending {
			if model.positions[position].sym == sym {
				top.pending = append(top.pending[:i], top.pending[i+1:]...)
				late = true
				break
			}
		}
		m.reportUnexpected(r, outOfPlace(model, top, e, late))
		m.open(r, e)
		return
	}
	if e := m.meant(name, top); e != nil && r.Space() == "" {
		m.reportUnexpected(r, func() string {
			return fmt.Sprintf("<%s> is not known in <%s>: did you mean <%s>?", clip([]byte(name)), top.element.name, e.name)
		})
		way, state := model.route(top.state, e.sym)
		top.pending = append(top.pending, way...)
		top.state = model.to(state, e.sym)
		m.open(r, e)
		return
	}
	m.reportUnexpected(r, func() string { return notExpected(r, model, top) })
	if e := m.schema.upper[sym]; e != nil {
		m.open(r, e)
		return
	}
	m.push(frame{mode: unknown})
}

// reportUnexpected reports the current element; its message is made only when
// somebody wants it.
func (m *Matcher) reportUnexpected(r *source.Reader, message func() string) {
	if !m.wants(UnexpectedElement) {
		m.report(Violation{ID: UnexpectedElement})
		return
	}
	m.violation(r, Violation{ID: UnexpectedElement, Child: r.Name(), Element: parentPath(r), Type: spaceType(r.Space()), Message: message()})
}

// outOfPlace says why a known child is not expected where it stands.
func outOfPlace(model *model, top *frame, e *element, late bool) func() string {
	return func() string {
		if late {
			return fmt.Sprintf("<%s> stands too late in <%s>: the order is fixed, and %s already", e.name, top.element.name, behind(model, top.state))
		}
		return fmt.Sprintf("<%s> may stand only once in <%s>, and not after <%s>", e.name, top.element.name, lastName(model, top.state))
	}
}

func behind(model *model, state int) string {
	return fmt.Sprintf("<%s> was there", lastName(model, state))
}

func lastName(model *model, state int) string {
	if state == 0 {
		return ""
	}
	return model.positions[state-1].name
}

// notExpected says what could stand in place of an unknown child.
func notExpected(r *source.Reader, model *model, top *frame) string {
	var next []string
	for _, t := range model.next[top.state] {
		next = append(next, model.positions[t.state-1].name)
	}
	message := fmt.Sprintf("<%s>%s is not expected in <%s>", clip([]byte(r.Name())), inSpace(r), top.element.name)
	switch {
	case len(next) == 0 && len(model.positions) == 0:
		return message + ", which must be empty"
	case len(next) == 0:
		return message + fmt.Sprintf(", which ends after <%s>", lastName(model, top.state))
	}
	return message + ", which goes on with " + tagList(next)
}

// meant finds the element that an unknown name was meant to be: the most
// alike of those that may still come.
func (m *Matcher) meant(name string, top *frame) *element {
	model := top.typ.model
	var names []string
	for _, e := range model.positions {
		if _, state := model.route(top.state, e.sym); state >= 0 {
			names = append(names, e.name)
		}
	}
	near := nearest(name, names, 3)
	if near == "" {
		return nil
	}
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
	more := ""
	if len(names) > most {
		more = fmt.Sprintf(" or %d more", len(names)-most)
		names = names[:most]
	}
	list := "<" + strings.Join(names, ">, <") + ">"
	if i := strings.LastIndex(list, ", "); i >= 0 && more == "" {
		list = list[:i] + " or " + list[i+2:]
	}
	return list + more
}

// parentPath is the path of names of the parent of the current element.
func parentPath(r *source.Reader) string { return parentOf(r.ElementPath()) }

func parentOf(path string) string { return path[:strings.LastIndexByte(path, '/')] }

func trim(text []byte) []byte { return datatype.TrimSpace(text) }
