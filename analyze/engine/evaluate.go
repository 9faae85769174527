package engine

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// outcome is what a rule came to.
type outcome uint8

const (
	applied outcome = iota
	absent          // a source is not there
	empty           // the result is null
	declinedByScript
)

// evaluate makes the values of an import flow for an object, without looking
// at precedence: SE-N5 rows 4 to 12 but for what depends on the contributor.
// The values lie in scratch memory, ordered.
func (s *syncer) evaluate(f *importFlow, id csID, mv mvID, now image, step string) (values []valueID, result outcome, err *ruleError) {
	e, m := s.e, &f.mapping
	values = e.room.ids[:0]
	defer func() { e.room.ids = values }()
	fail := func(typ string) *ruleError {
		r := failure(typ, step)
		if step == "recall" {
			r = e.failureAt(typ, step, id)
		}
		r.rules = e.rulesError(id, e.mvAttrs[f.dest.attr].Name, f.id, m)
		return r
	}
	switch m.kind {
	case Constant:
		value, typ := e.constant(m.value, e.mvAttrs[f.dest.attr].kind)
		if typ != "" {
			return values, 0, fail(typ)
		}
		values = append(values, value)
	case DNPart:
		text, typ := e.dnPart(id, m.cfg.Part)
		if typ != "" {
			return values, 0, fail(typ)
		}
		values = append(values, e.pool.id(text))
	case Direct:
		var typ string
		if values, result, typ = e.direct(f, id, now, values); typ != "" {
			return values, 0, fail(typ)
		}
		if result != applied {
			return values, result, nil
		}
	case Scripted:
		if values, result, err = s.scripted(f, id, mv, now, step, values); err != nil || result != applied {
			return values, result, err
		}
	}
	if len(values) == 0 {
		return values, empty, nil
	}
	if len(values) > 1 {
		slices.Sort(values)
		values = slices.Compact(values)
	}
	dest := &e.mvAttrs[f.dest.attr]
	if len(values) > 1 && !dest.multi && m.kind != Scripted {
		return values, 0, fail("flow-multi-values-to-single-value")
	}
	if typ := e.constraint(dest, values); typ != "" {
		return values, 0, fail(typ)
	}
	return values, applied, nil
}

// scripted calls the extension; it is not called while a source is absent.
func (s *syncer) scripted(f *importFlow, id csID, mv mvID, now image, step string, values []valueID) ([]valueID, outcome, *ruleError) {
	e, m := s.e, &f.mapping
	for _, src := range m.sources {
		if src.intrinsic == noIntrinsic && len(now.of(src.attr)) == 0 {
			return values, absent, nil
		}
	}
	view := e.metaView(mv)
	view.writes, view.attr = true, f.dest.attr
	declined, x := e.edges.Extension.ImportFlow(e.agentOf(id).cfg.Extension, m.cfg.Script, e.readView(id, now), view)
	switch {
	case x != nil:
		r := fromExtension(x, AlgorithmStep{Name: step})
		if step == "recall" {
			r.step = e.failureAt("", step, id).step
		}
		r.rules = e.rulesError(id, e.mvAttrs[f.dest.attr].Name, f.id, m)
		return values, 0, r
	case declined:
		return values, declinedByScript, nil
	case view.written:
		return append(values, view.values...), applied, nil
	}
	for _, v := range metaValues(e.meta(mv).attrs, f.dest.attr) {
		if v.rule == f.index && v.cs == id {
			values = append(values, v.val) // what it wrote last stands
		}
	}
	return values, applied, nil
}

// direct copies the values of one source.
func (e *Engine) direct(f *importFlow, id csID, now image, values []valueID) ([]valueID, outcome, string) {
	src, dest := f.mapping.sources[0], &e.mvAttrs[f.dest.attr]
	if src.intrinsic == intrinsicDN {
		return append(values, e.pool.id(e.dnOf(id))), applied, ""
	}
	have := now.of(src.attr)
	if len(have) == 0 {
		return values, absent, ""
	}
	kind := e.agentOf(id).attrs[src.attr].kind
	for _, v := range have {
		val := v.val
		switch {
		case kind == Reference && dest.kind == Reference:
			if val = valueID(e.object(csID(val)).mv); val == 0 {
				continue // SE section 1.4: withheld
			}
		case kind == Reference:
			val = e.pool.id(e.dnOf(csID(val)))
		case kind != dest.kind && !convertible(e.pool.text(val), dest.kind):
			return values, 0, "cs-attribute-type-mismatch"
		}
		values = append(values, val)
	}
	return values, applied, ""
}

// convertible reports whether a text is a value of a kind.
func convertible(text string, kind AttributeKind) bool {
	switch kind {
	case Integer:
		_, err := strconv.ParseInt(text, 10, 64)
		return err == nil
	case Boolean:
		return text == "true" || text == "false"
	case Reference:
		return false
	}
	return true
}

// constant brings a constant into the form of a destination's values, or
// returns an error type (SE-N8). There is no text that stands for an object of
// the metaverse.
func (e *Engine) constant(value valueID, kind AttributeKind) (v valueID, errorType string) {
	text := strings.TrimSpace(e.pool.text(value))
	switch kind {
	case Reference:
		return 0, "invalid-reference-constant-flow"
	case Boolean:
		switch fold(text) {
		case "TRUE", "1":
			return e.pool.id("true"), ""
		case "FALSE", "0":
			return e.pool.id("false"), ""
		}
		return 0, "invalid-boolean-constant-flow"
	case Integer:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return 0, "cs-attribute-type-mismatch"
		}
		return e.pool.id(strconv.FormatInt(n, 10)), ""
	}
	return value, ""
}

// constraint checks the length that the metaverse schema allows.
func (e *Engine) constraint(dest *attribute, values []valueID) string {
	if dest.MaxLength == 0 || dest.kind == Reference {
		return ""
	}
	for _, v := range values {
		n := 0
		for _, r := range e.pool.text(v) {
			n += utf16.RuneLen(r)
		}
		if n > dest.MaxLength {
			return "mv-constraint-violation"
		}
	}
	return ""
}

// dnPart returns a component of the DN of an object; 1 is the rightmost
// (SE-F01). Otherwise it returns an error type.
func (e *Engine) dnPart(id csID, part int) (text, errorType string) {
	parts := []string{e.dnOf(id)}
	if e.agentOf(id).caps.DNStyle == StyleLDAP {
		parts = splitDN(parts[0], nil)
	}
	if part > len(parts) {
		return "", "dn-index-out-of-bounds"
	}
	value, ok := componentValue(parts[len(parts)-part])
	if !ok {
		return "", "cannot-parse-dn-component"
	}
	return value, ""
}

// rulesError names the flow that failed. A configuration may leave out the id of
// a flow, a history may not: it gets one of what it reads and fills.
func (e *Engine) rulesError(id csID, dest, flow string, m *mapping) *RulesError {
	a := e.agentOf(id)
	if flow == "" {
		words := append([]string{a.cfg.Name, e.typeOf(e.object(id)).Name, dest, m.cfg.Script, m.cfg.Value, strconv.Itoa(m.cfg.Part)}, m.sourceNames()...)
		flow = NewGUID(e.setup.Seed, strings.Join(words, "\x00"), uint64(m.kind)).String()
	}
	return &RulesError{MA: a.cfg.ID, MAName: a.cfg.Name, Object: e.guid(id), DN: e.dnOf(id), Destination: dest, ContextID: flow, Mapping: *m.cfg}
}
