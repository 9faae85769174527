package xsd

import (
	"strconv"

	"github.com/runhist/runhist/schemas/source"
)

// model is the element content of a type as a deterministic automaton. State
// 0 is before the first child; state i+1 is behind the element at position i.
type model struct {
	positions []*element
	next      [][]transition // by state
	accepts   []bool         // by state
	reaches   [][]bool       // by state and position: whether the position may still come
}

type transition struct {
	sym   source.Sym
	state int
}

func emptyModel() *model {
	return &model{next: make([][]transition, 1), accepts: []bool{true}, reaches: make([][]bool, 1)}
}

// to is the state that a child leads to, or -1.
func (m *model) to(state int, sym source.Sym) int {
	for _, t := range m.next[state] {
		if t.sym == sym {
			return t.state
		}
	}
	return -1
}

// element is the declaration of that name in the model, or nil.
func (m *model) element(sym source.Sym) *element {
	for _, e := range m.positions {
		if e.sym == sym {
			return e
		}
	}
	return nil
}

// close finds out which positions may still come in each state.
func (m *model) close() {
	m.reaches = make([][]bool, len(m.next))
	for state := range m.reaches {
		reached := make([]bool, len(m.positions))
		open := []int{state}
		for len(open) > 0 {
			from := open[len(open)-1]
			open = open[:len(open)-1]
			for _, t := range m.next[from] {
				if !reached[t.state-1] {
					reached[t.state-1] = true
					open = append(open, t.state)
				}
			}
		}
		m.reaches[state] = reached
	}
}

// mayCome tells whether an element of that name may still come.
func (m *model) mayCome(state int, sym source.Sym) bool {
	for position, reached := range m.reaches[state] {
		if reached && m.positions[position].sym == sym {
			return true
		}
	}
	return false
}

// fragment is a part of a content model on its way to an automaton, by the
// construction of Glushkov: the positions it can begin and end with, and
// whether it can be empty.
type fragment struct {
	first, last []int
	empty       bool
}

// modeller builds one model.
type modeller struct {
	*compiler
	model  *model
	follow [][]int
}

// model compiles a sequence or choice.
func (c *compiler) model(n *node) (*model, error) {
	b := &modeller{compiler: c, model: &model{}}
	f, err := b.particle(n)
	if err != nil {
		return nil, err
	}
	m := b.model
	m.next = make([][]transition, len(m.positions)+1)
	m.accepts = make([]bool, len(m.positions)+1)
	m.accepts[0] = f.empty
	for _, p := range f.last {
		m.accepts[p+1] = true
	}
	b.follow = append([][]int{f.first}, b.follow...)
	for state, positions := range b.follow {
		for _, p := range positions {
			e := m.positions[p]
			switch known := m.to(state, e.sym); {
			case known < 0:
				m.next[state] = append(m.next[state], transition{e.sym, p + 1})
			case known != p+1:
				return nil, n.errorf("it is not decided which <%s> comes next", e.name)
			}
		}
	}
	m.close()
	return m, nil
}

// particle compiles a sequence, choice or element with its occurrence.
func (b *modeller) particle(n *node) (fragment, error) {
	minimum, maximum, err := occurrence(n)
	if err != nil {
		return fragment{}, err
	}
	// A particle that occurs up to n times is written n times; the last one
	// loops when there is no upper bound.
	var f fragment
	f.empty = true
	copies := max(minimum, 1)
	if maximum > 0 {
		copies = maximum
	}
	for i := range copies {
		part, err := b.once(n)
		if err != nil {
			return fragment{}, err
		}
		if maximum < 0 && i == copies-1 {
			b.link(part.last, part.first)
		}
		if i >= minimum {
			part.empty = true
		}
		f = b.sequence(f, part)
	}
	return f, nil
}

// once compiles one occurrence of a particle.
func (b *modeller) once(n *node) (fragment, error) {
	switch n.name {
	case "element":
		e, err := b.element(n)
		if err != nil {
			return fragment{}, err
		}
		p := len(b.model.positions)
		b.model.positions = append(b.model.positions, e)
		b.follow = append(b.follow, nil)
		return fragment{first: []int{p}, last: []int{p}}, nil
	case "sequence", "choice":
		if err := n.known("minOccurs", "maxOccurs"); err != nil {
			return fragment{}, err
		}
		all := fragment{empty: n.name == "sequence"}
		for _, child := range n.children {
			part, err := b.particle(child)
			if err != nil {
				return fragment{}, err
			}
			if n.name == "sequence" {
				all = b.sequence(all, part)
				continue
			}
			all.first = append(all.first, part.first...)
			all.last = append(all.last, part.last...)
			all.empty = all.empty || part.empty
		}
		return all, nil
	}
	return fragment{}, n.errorf("not supported in a content model")
}

// sequence joins two fragments.
func (b *modeller) sequence(x, y fragment) fragment {
	b.link(x.last, y.first)
	z := fragment{first: x.first, last: y.last, empty: x.empty && y.empty}
	if x.empty {
		z.first = append(append([]int(nil), x.first...), y.first...)
	}
	if y.empty {
		z.last = append(append([]int(nil), x.last...), y.last...)
	}
	return z
}

// link lets the positions of first follow those of last.
func (b *modeller) link(last, first []int) {
	for _, p := range last {
		b.follow[p] = append(b.follow[p], first...)
	}
}

// maxCopies bounds the occurrences that are written out.
const maxCopies = 100

// occurrence reads minOccurs and maxOccurs; a maximum of -1 is unbounded.
func occurrence(n *node) (minimum, maximum int, err error) {
	minimum, maximum = 1, 1
	if text := n.attr("minOccurs"); text != "" {
		if minimum, err = strconv.Atoi(text); err != nil {
			return 0, 0, n.errorf("minOccurs: %v", err)
		}
	}
	switch text := n.attr("maxOccurs"); text {
	case "":
	case "unbounded":
		maximum = -1
	default:
		if maximum, err = strconv.Atoi(text); err != nil {
			return 0, 0, n.errorf("maxOccurs: %v", err)
		}
	}
	if minimum > maxCopies || maximum > maxCopies || maximum == 0 || maximum > 0 && minimum > maximum {
		return 0, 0, n.errorf("an occurrence of %d to %d is not supported", minimum, maximum)
	}
	return minimum, maximum, nil
}
