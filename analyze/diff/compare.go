package diff

import (
	rd "github.com/runhist/runhist/schemas/rundetails"
)

// sameValue tells whether two values are the same; while partners are gathered
// it notes those and says yes.
func (c *comparison) sameValue(a, b value) bool {
	if c.Exact {
		return a.text == b.text
	}
	if a.kind != b.kind {
		return a.text == b.text
	}
	switch a.kind {
	case Number, Counter:
		return plainNumber(a.text) == plainNumber(b.text)
	case Instant:
		if a.valid && b.valid {
			return c.sameInstant(instants{a.millis, b.millis})
		}
	case GUID:
		if a.valid && b.valid {
			return c.sameGUID(a.id, b.id)
		}
	case Anchor:
		idA, okA := anchorGUID(a.text)
		idB, okB := anchorGUID(b.text)
		if okA && okB {
			return c.sameGUID(idA, idB)
		}
	default:
		return c.sameName(c.a.names.apply(a.kind, a.text), b.text)
	}
	return a.text == b.text
}

func (c *comparison) sameInstant(x instants) bool {
	if c.gathering {
		c.clock.note(x.a, x.b)
		return true
	}
	return c.clock.same(x, c.zero)
}

func (c *comparison) sameGUID(a, b rd.ID) bool {
	if c.gathering {
		c.guids.vote(a, b)
		return true
	}
	return c.guids.partner(a, b)
}

// sameName compares texts that may hold GUIDs.
func (c *comparison) sameName(a, b string) bool {
	if a == b && len(a) < guidLength {
		return true
	}
	for {
		atA, idA := findGUID(a)
		atB, idB := findGUID(b)
		if atA < 0 || atB < 0 {
			return a == b
		}
		if a[:atA] != b[:atB] || !c.sameGUID(idA, idB) {
			return false
		}
		a, b = a[atA+guidLength:], b[atB+guidLength:]
	}
}

// why says what is wrong with values that may differ.
func (c *comparison) why(a, b value) string {
	switch {
	case c.Exact || a.kind != b.kind || !a.valid || !b.valid:
		return ""
	case a.kind == Instant:
		return c.clock.why(instants{a.millis, b.millis}, c.zero)
	case a.kind == GUID:
		return c.guids.why(a.id, b.id)
	}
	return ""
}

// compareElements compares two elements of one name. It returns nil when they
// are the same, or when either is nil because it is ignored.
func (c *comparison) compareElements(a, b *Element) *Node {
	if a == nil || b == nil {
		return nil
	}
	n := nodeOf(a, b)
	if a.Kind != None || b.Kind != None {
		if c.sameValue(a.value, b.value) {
			n.Same++
		} else {
			n.Action, n.Kind = Change, max(a.Kind, b.Kind)
			n.Before, n.After, n.Why = a.Text, b.Text, c.why(a.value, b.value)
		}
	}
	c.compareAttributes(n, a, b)
	c.compareChildren(n, a, b)
	c.elide(n)
	if n.Action == Inside && len(n.Children) == 0 {
		return nil
	}
	return n
}

// keep counts an attribute or a child that is the same, and gives it a node
// where it may be shown.
func (c *comparison) keep(n *Node, child func() *Node) {
	n.Same++
	if c.Context > 0 && !c.gathering {
		n.Children = append(n.Children, child())
	}
}

// elide takes the nodes away that are too far from a difference.
func (c *comparison) elide(n *Node) {
	if c.Context <= 0 || c.gathering {
		return
	}
	near := make([]bool, len(n.Children))
	for i, child := range n.Children {
		if child.Action == Keep {
			continue
		}
		for k := max(i-c.Context, 0); k <= min(i+c.Context, len(near)-1); k++ {
			near[k] = true
		}
	}
	children := n.Children
	n.Children = nil
	for i, child := range children {
		if near[i] {
			n.Children = append(n.Children, child)
			if child.Action == Keep {
				n.Same--
			}
		}
	}
}

func keptElement(a, b *Element) *Node {
	n := nodeOf(a, b)
	n.Action, n.Kind, n.Before, n.After = Keep, a.Kind, a.Text, b.Text
	return n
}

// nodeOf makes the node of an element that is on both sides.
func nodeOf(a, b *Element) *Node {
	return &Node{Name: a.Name, Key: label(a), A: position(a), B: position(b)}
}

func position(e *Element) Position { return Position{e.index, e.Line, e.Column} }

// added and removed make the node of an element that is on one side.
func added(e *Element) *Node {
	return &Node{Name: e.Name, Key: label(e), Action: Add, B: position(e), Element: e}
}

func removed(e *Element) *Node {
	return &Node{Name: e.Name, Key: label(e), Action: Remove, A: position(e), Element: e}
}

func (c *comparison) compareAttributes(n *Node, a, b *Element) {
	find := func(list []Attribute, i int, name string) *Attribute {
		if i < len(list) && list[i].Name == name { // attributes mostly stand in one order
			return &list[i]
		}
		for k := range list {
			if list[k].Name == name {
				return &list[k]
			}
		}
		return nil
	}
	for i := range a.Attributes {
		x := &a.Attributes[i]
		y := find(b.Attributes, i, x.Name)
		switch {
		case y == nil:
			n.Children = append(n.Children, &Node{Name: "@" + x.Name, Kind: x.value.kind, Action: Remove, A: x.position(), Before: x.Value})
		case c.sameValue(x.value, y.value):
			c.keep(n, func() *Node {
				return &Node{Name: "@" + x.Name, Kind: x.value.kind, Action: Keep, A: x.position(), B: y.position(), Before: x.Value, After: y.Value}
			})
		default:
			n.Children = append(n.Children, &Node{Name: "@" + x.Name, Kind: x.value.kind, Action: Change, A: x.position(), B: y.position(),
				Before: x.Value, After: y.Value, Why: c.why(x.value, y.value)})
		}
	}
	for i := range b.Attributes {
		if y := &b.Attributes[i]; find(a.Attributes, i, y.Name) == nil {
			n.Children = append(n.Children, &Node{Name: "@" + y.Name, Kind: y.value.kind, Action: Add, B: y.position(), After: y.Value})
		}
	}
}

func (a *Attribute) position() Position { return Position{Line: a.Line, Column: a.Column} }

// compareChildren compares the children name by name, in the order in which
// the names first appear.
func (c *comparison) compareChildren(n *Node, a, b *Element) {
	if len(a.Children) == 1 && len(b.Children) == 1 && a.Children[0].Name == b.Children[0].Name {
		c.compareLists(n, a.Children, b.Children)
		return
	}
	var order []string
	inA, inB := map[string][]*Element{}, map[string][]*Element{}
	for _, e := range a.Children {
		if inA[e.Name] == nil {
			order = append(order, e.Name)
		}
		inA[e.Name] = append(inA[e.Name], e)
	}
	for _, e := range b.Children {
		if inA[e.Name] == nil && inB[e.Name] == nil {
			order = append(order, e.Name)
		}
		inB[e.Name] = append(inB[e.Name], e)
	}
	for _, name := range order {
		c.compareLists(n, inA[name], inB[name])
	}
}

// compareLists compares the children of one name.
func (c *comparison) compareLists(n *Node, a, b []*Element) {
	taken := make([]bool, len(b))
	for i, j := range c.matchElements(a, b) {
		if j < 0 {
			n.Children = append(n.Children, removed(a[i]))
			continue
		}
		taken[j] = true
		if child := c.compareElements(a[i], b[j]); child != nil {
			n.Children = append(n.Children, child)
		} else {
			c.keep(n, func() *Node { return keptElement(a[i], b[j]) })
		}
	}
	for j := range b {
		if !taken[j] {
			n.Children = append(n.Children, added(b[j]))
		}
	}
}

// matchElements pairs the children of one name: those of a set by what they are
// recognised by, others by their order.
func (c *comparison) matchElements(a, b []*Element) []int {
	if len(a) == 1 && len(b) == 1 && a[0].inSet == 0 {
		return []int{0}
	}
	unitsA, unitsB := c.scratchA.sumUpAll(a), c.scratchB.sumUpAll(b)
	if len(a) > 0 && a[0].inSet != 0 {
		return c.matchSet(c.scratchA, c.scratchB, unitsA, unitsB)
	}
	match := make([]int, len(a))
	for i := range match {
		match[i] = -1
	}
	for _, hash := range []func(*unit) uint64{
		func(u *unit) uint64 { return u.timed },
		func(u *unit) uint64 { return u.content },
		func(u *unit) uint64 { return u.keys[0] },
	} {
		align(hashesOf(unitsA, hash), hashesOf(unitsB, hash), match)
	}
	fill(match, len(b))
	return match
}

func hashesOf(units []unit, hash func(*unit) uint64) []uint64 {
	all := make([]uint64, len(units))
	for i := range units {
		all[i] = hash(&units[i])
	}
	return all
}

// sumUpAll sums elements up that were taken out.
func (s *side) sumUpAll(list []*Element) []unit {
	s.ids, s.instants = s.ids[:0], s.instants[:0]
	units := make([]unit, len(list))
	for i, e := range list {
		units[i] = s.sumUp(func() { e.replay(s) })
		text, kind := elementKey(e)
		text = s.names.apply(kind, text)
		if kind == GUID {
			text = ""
		}
		units[i].keys[0] = s.key(e.Name, text)
	}
	return units
}
