package engine

import (
	"strconv"
	"strings"
)

// filtered evaluates the connector filter of an object: SE-Y1, SE-K48.
func (s *syncer) filtered(id csID) (bool, *ruleError) {
	o := s.e.object(id)
	t := s.e.typeOf(o)
	if t == nil || len(t.filters) == 0 {
		return false, nil
	}
	now, _ := o.importImage()
	return s.filterImage(id, t, now, AlgorithmStep{Name: "connector-filter"})
}

// filterImage evaluates the filter sets of a type on an image, in document
// order, up to the first alternative that is met.
func (s *syncer) filterImage(id csID, t *csType, now image, step AlgorithmStep) (bool, *ruleError) {
	e, number := s.e, 0
	for i := range t.filters {
		set := &t.filters[i]
		if set.cfg.Scripted {
			number++
			hit, err := e.edges.Extension.Filter(e.agentOf(id).cfg.Extension, e.readView(id, now))
			s.traceFilter(id, number, set.cfg.ID, hit, err)
			if err != nil {
				return false, fromExtension(err, step)
			}
			if hit {
				return true, nil
			}
		}
		for k := range set.alternatives {
			number++
			hit := s.alternative(id, &set.alternatives[k], now)
			s.traceFilter(id, number, set.alternatives[k].id, hit, nil)
			if hit {
				return true, nil
			}
		}
	}
	return false, nil
}

func (s *syncer) traceFilter(id csID, number int, rule string, hit bool, err error) {
	if !s.e.trace.on() {
		return
	}
	status := "Not Filtered"
	switch {
	case err != nil:
		status = "Error"
	case hit:
		status = "Filtered"
	}
	s.e.trace.add(Event{Kind: EventFilter, Target: s.e.ref(id), Rule: rule, Number: number, Status: status})
}

// alternative evaluates conditions up to the first that is not met.
func (s *syncer) alternative(id csID, alt *filterAlternative, now image) bool {
	e := s.e
	for i := range alt.conditions {
		c := &alt.conditions[i]
		var values []string
		if c.source.intrinsic == intrinsicDN {
			values = []string{e.dnOf(id)}
		} else {
			for _, v := range now.of(c.source.attr) {
				values = append(values, e.valueText(e.agentOf(id), v))
			}
		}
		hit := c.met(values, e.sw.inequalityOnAbsent)
		if e.trace.on() {
			status := "No Match"
			if hit {
				status = "Match"
			}
			e.trace.add(Event{Kind: EventFilterCondition, Rule: alt.id, Status: status, Attribute: c.cfg.Source.Name,
				Value: shown(c.kind, values), Operator: c.cfg.Operator.String(), Compared: c.cfg.Value})
		}
		if !hit {
			return false
		}
	}
	return true
}

// met compares the values of an attribute: any of them is enough, and an
// absent attribute meets only not-present.
func (c *filterCondition) met(values []string, inequalityOnAbsent bool) bool {
	switch c.cfg.Operator {
	case Present:
		return len(values) > 0
	case NotPresent:
		return len(values) == 0
	case Inequality:
		if len(values) == 0 {
			return inequalityOnAbsent
		}
	}
	for _, v := range values {
		if c.compare(v) {
			return true
		}
	}
	return false
}

func (c *filterCondition) compare(value string) bool {
	v := value
	if c.kind != Binary {
		v = fold(value)
	}
	want := c.value
	if c.kind == Binary {
		want = c.cfg.Value
	}
	switch c.cfg.Operator {
	case Equality:
		return v == want
	case Inequality:
		return v != want
	case SubstringStart:
		return strings.HasPrefix(v, want)
	case SubstringEnd:
		return strings.HasSuffix(v, want)
	case SubstringContains:
		return strings.Contains(v, want)
	}
	a, errA := strconv.ParseInt(value, 0, 64)
	b, errB := strconv.ParseInt(c.cfg.Value, 0, 64)
	if errA != nil || errB != nil {
		return false
	}
	switch c.cfg.Operator {
	case Less:
		return a < b
	case LessOrEqual:
		return a <= b
	case Greater:
		return a > b
	case GreaterOrEqual:
		return a >= b
	case BitsSet:
		return a&b == b
	case BitsNotSet:
		return a&b != b
	}
	return false
}
