package diff

import (
	"cmp"
	"slices"

	rd "github.com/runhist/runhist/schemas/rundetails"
)

// root builds the tree, from the pairs and from what is left.
func (c *comparison) root() *Node {
	n := &Node{Name: "run-history", A: Position{Index: 1}, B: Position{Index: 1}}
	pairedB := map[*surveyed]bool{}
	pairs := c.pairs
	for i := range c.runsA {
		r := &c.runsA[i]
		if len(pairs) == 0 || pairs[0].a != r {
			n.Children = append(n.Children, removed(c.takeRun(c.a, r, true)))
			c.runCounts.OnlyA++
			continue
		}
		p := &pairs[0]
		pairs = pairs[1:]
		pairedB[p.b] = true
		c.runCounts.Paired++
		if run := c.run(p); run != nil {
			n.Children = append(n.Children, run)
		} else {
			n.Same++
		}
	}
	for i := range c.runsB {
		if r := &c.runsB[i]; !pairedB[r] {
			n.Children = append(n.Children, added(c.takeRun(c.b, r, true)))
			c.runCounts.OnlyB++
		}
	}
	if len(n.Children) == 0 {
		return nil
	}
	return n
}

// run builds the node of a run.
func (c *comparison) run(p *runPair) *Node {
	c.zero = nil
	var steps []*Node
	same := 0
	for i := range p.steps {
		s := &p.steps[i]
		c.records.Paired++
		if step := c.step(p, s); step != nil {
			steps = append(steps, step)
		} else {
			same++
		}
	}
	for _, s := range p.onlyA {
		steps = append(steps, removed(c.takeStep(c.a, p.a, s, true)))
		c.records.OnlyA++
	}
	for _, s := range p.onlyB {
		steps = append(steps, added(c.takeStep(c.b, p.b, s, true)))
		c.records.OnlyB++
	}
	c.zero = nil
	if len(steps) == 0 && c.same(&p.a.head, &p.b.head) {
		return nil
	}
	a, b := c.runHead(p)()
	head := c.compareElements(a, b)
	if head == nil {
		if len(steps) == 0 {
			return nil
		}
		head = nodeOf(a, b)
		head.Same = len(a.Children)
	}
	head.Same += same
	head.Children = append(head.Children, steps...)
	return head
}

// startOf is the zero point of what happened in a step.
func startOf(a, b *rd.Instant) *instants {
	if !a.Valid || !b.Valid {
		return nil
	}
	return &instants{a.Millis, b.Millis}
}

// step builds the node of a step.
func (c *comparison) step(p *runPair, s *stepPair) *Node {
	c.zero = startOf(&p.a.start, &p.b.start)
	startsMatch := s.a.step.Start.Valid && s.b.step.Start.Valid && c.clock.ratio > 1 &&
		!c.clock.within(instants{s.a.step.Start.Millis, s.b.step.Start.Millis}, c.zero)
	if !startsMatch { // else the start is the fault, and what follows from it is none
		c.zero = startOf(&s.a.step.Start, &s.b.step.Start)
	}
	records := [lists]listed{}
	differ := false
	for list := range records {
		records[list] = c.list(p, s, list)
		differ = differ || len(records[list].nodes) > 0
	}
	if !differ && c.same(&s.a.head, &s.b.head) {
		return nil
	}
	a, b := c.stepHead(p, s)()
	n := c.compareElements(a, b)
	if n == nil {
		if !differ {
			return nil
		}
		n = nodeOf(a, b)
		n.Same = len(a.Attributes) + len(a.Children)
	}
	c.placeRecords(n, a, b, records, p, s)
	slices.SortStableFunc(n.Children, func(x, y *Node) int { return cmp.Compare(stepRank(x.Name), stepRank(y.Name)) })
	return n
}

// listed is what became of a list of records.
type listed struct {
	nodes []*Node
	same  int
}

func (c *comparison) list(p *runPair, s *stepPair, list int) (l listed) {
	unitsA, unitsB := s.a.lists[list], s.b.lists[list]
	taken := make([]bool, len(unitsB))
	for i, j := range s.match[list] {
		switch {
		case unitsA[i].ignored:
		case j < 0:
			l.nodes = append(l.nodes, removed(c.takeRecord(c.a, p.a, s.a, list, i)))
			c.records.OnlyA++
		default:
			taken[j] = true
			c.records.Paired++
			if c.same(&unitsA[i], &unitsB[j]) {
				l.same++
				continue
			}
			if n := c.compareElements(c.record(p, s, list, i, j)()); n != nil {
				l.nodes = append(l.nodes, n)
			} else {
				l.same++
			}
		}
	}
	for j := range unitsB {
		if !taken[j] && !unitsB[j].ignored {
			l.nodes = append(l.nodes, added(c.takeRecord(c.b, p.b, s.b, list, j)))
			c.records.OnlyB++
		}
	}
	return l
}

// placeRecords puts the nodes of records below those of their containers.
func (c *comparison) placeRecords(n *Node, a, b *Element, records [lists]listed, p *runPair, s *stepPair) {
	for list, l := range records {
		name := nameOf(recordLists[list].container)
		inA, inB := a.child(name), b.child(name)
		if inA == nil || inB == nil {
			c.wholeContainer(n, name, p, s)
			continue
		}
		if len(l.nodes) == 0 {
			continue
		}
		i := slices.IndexFunc(n.Children, func(c *Node) bool { return c.Name == name })
		switch {
		case i >= 0 && n.Children[i].Action == Keep:
			n.Children[i].Action = Inside
		case i < 0:
			n.Children = append(n.Children, nodeOf(inA, inB))
			n.Same--
			i = len(n.Children) - 1
		}
		n.Children[i].Children = append(n.Children[i].Children, l.nodes...)
	}
	for list, l := range records {
		name := nameOf(recordLists[list].container)
		if i := slices.IndexFunc(n.Children, func(c *Node) bool { return c.Name == name && c.Action == Inside }); i >= 0 {
			n.Children[i].Same += l.same
		}
	}
}

// wholeContainer fills the container that only one side has with its records.
func (c *comparison) wholeContainer(n *Node, name string, p *runPair, s *stepPair) {
	for _, child := range n.Children {
		if child.Name != name {
			continue
		}
		switch child.Action {
		case Add:
			child.Element = c.takeStep(c.b, p.b, s.b, true).child(name)
		case Remove:
			child.Element = c.takeStep(c.a, p.a, s.a, true).child(name)
		}
	}
}

// stepOrder is the order of the children of a step in the schema.
var stepOrder = []string{"start-date", "end-date", "step-result", "step-description", "current-export-step-counter",
	"last-successful-export-step-counter", "ma-connection", "ma-discovery-errors", "ma-discovery-counters", "synchronization-errors",
	"mv-retry-errors", "outbound-flow-counters", "staging-counters", "inbound-flow-counters", "export-counters"}

// stepRank orders the nodes in a step as the schema does, attributes first.
func stepRank(name string) int { return slices.Index(stepOrder, name) }
