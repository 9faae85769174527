package diff

// gather pairs the steps and the records of two runs, and notes which GUIDs and
// instants stand at paired places.
func (c *comparison) gather(p *runPair) {
	if p.a.start.Valid && p.b.start.Valid {
		c.clock.starts = append(c.clock.starts, instants{p.a.start.Millis, p.b.start.Millis})
	}
	c.noteUnits(&p.a.head, &p.b.head, c.runHead(p))
	heads := func(steps []surveyedStep) []unit {
		list := make([]unit, len(steps))
		for i := range steps {
			list[i] = steps[i].head
		}
		return list
	}
	taken := make([]bool, len(p.b.steps))
	match := c.matchSet(c.a, c.b, heads(p.a.steps), heads(p.b.steps))
	for i, j := range match {
		if j < 0 {
			p.onlyA = append(p.onlyA, &p.a.steps[i])
			continue
		}
		taken[j] = true
		p.steps = append(p.steps, stepPair{a: &p.a.steps[i], b: &p.b.steps[j]})
		c.gatherStep(p, &p.steps[len(p.steps)-1])
	}
	for j := range taken {
		if !taken[j] {
			p.onlyB = append(p.onlyB, &p.b.steps[j])
		}
	}
}

func (c *comparison) gatherStep(p *runPair, s *stepPair) {
	a, b := s.a.step, s.b.step
	if a.Start.Valid && a.End.Valid && b.Start.Valid && b.End.Valid {
		c.clock.duration(a.End.Millis-a.Start.Millis, b.End.Millis-b.Start.Millis)
	}
	c.noteUnits(&s.a.head, &s.b.head, c.stepHead(p, s))
	for list := range s.match {
		match := c.matchSet(c.a, c.b, s.a.lists[list], s.b.lists[list])
		s.match[list] = match
		for i, j := range match {
			if j >= 0 {
				c.noteUnits(&s.a.lists[list][i], &s.b.lists[list][j], c.record(p, s, list, i, j))
			}
		}
	}
}

// elements takes the elements of a pair of units out of the model.
type elements func() (a, b *Element)

// noteUnits notes the GUIDs and instants of two paired units: of equal ones as
// they stand, of others as their elements are paired.
func (c *comparison) noteUnits(a, b *unit, take elements) {
	if c.Exact {
		return
	}
	if !alike(a, b) {
		c.compareElements(take())
		return
	}
	for i := range a.idsTo - a.ids {
		c.guids.vote(c.a.ids[a.ids+i], c.b.ids[b.ids+i])
	}
	for i := range a.timesTo - a.times {
		c.clock.note(c.a.instants[a.times+i], c.b.instants[b.times+i])
	}
}

// alike tells whether two units have equal content, and their GUIDs and
// instants stand in the same order.
func alike(a, b *unit) bool {
	return a.content == b.content && !a.scattered && !b.scattered && a.idsTo-a.ids == b.idsTo-b.ids && a.timesTo-a.times == b.timesTo-b.times
}

// same tells whether two paired units are the same now that the renaming and
// the clock are settled. It may answer no where comparing the elements finds
// nothing.
func (c *comparison) same(a, b *unit) bool {
	if c.Exact {
		return a.full == b.full
	}
	if a.content == b.content && c.guids.clean && c.clock.clean {
		return true
	}
	if !alike(a, b) {
		return false
	}
	if !c.guids.clean {
		for i := range a.idsTo - a.ids {
			if !c.guids.partner(c.a.ids[a.ids+i], c.b.ids[b.ids+i]) {
				return false
			}
		}
	}
	if !c.clock.clean {
		for i := range a.timesTo - a.times {
			if !c.clock.same(instants{c.a.instants[a.times+i], c.b.instants[b.times+i]}, c.zero) {
				return false
			}
		}
	}
	return true
}

// runHead takes out runs without their steps.
func (c *comparison) runHead(p *runPair) elements {
	return func() (*Element, *Element) {
		return c.takeRun(c.a, p.a, false), c.takeRun(c.b, p.b, false)
	}
}

// stepHead takes out steps without their records.
func (c *comparison) stepHead(p *runPair, s *stepPair) elements {
	return func() (*Element, *Element) {
		return c.takeStep(c.a, p.a, s.a, false), c.takeStep(c.b, p.b, s.b, false)
	}
}

// record takes out records.
func (c *comparison) record(p *runPair, s *stepPair, list, i, j int) elements {
	return func() (*Element, *Element) {
		return c.takeRecord(c.a, p.a, s.a, list, i), c.takeRecord(c.b, p.b, s.b, list, j)
	}
}

// take takes a part of the model out. It returns nil where that is ignored.
func (c *comparison) take(s *side, records bool, show func(*walker)) *Element {
	t := newTakeOut()
	show(&walker{sink: t, ignore: c.ignorer(s), records: records})
	if len(t.root.Children) == 0 {
		return nil
	}
	return t.root.Children[0]
}

func (c *comparison) takeRun(s *side, r *surveyed, whole bool) *Element {
	c.below(s, rootStep())
	e := c.take(s, whole, func(w *walker) { w.run(r.run) })
	e.index = r.index
	return e
}

func (c *comparison) takeStep(s *side, r *surveyed, step *surveyedStep, whole bool) *Element {
	c.below(s, rootStep(), place("run-details", &r.run.Place))
	e := c.take(s, whole, func(w *walker) { w.step(step.step) })
	e.index = step.index
	return e
}

func (c *comparison) takeRecord(s *side, r *surveyed, step *surveyedStep, list, i int) *Element {
	c.below(s, rootStep(), place("run-details", &r.run.Place), place("step-details", &step.step.Place),
		patternStep{nameOf(recordLists[list].container), 1})
	e := c.take(s, true, func(w *walker) { showRecord(w, step.step, list, i) })
	e.index = i + 1
	return e
}
