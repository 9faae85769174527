package engine

import (
	"encoding/base64"
	"slices"
)

// tracing gathers the events of a transaction.
type tracing struct {
	to     Tracer
	run    int
	step   int
	number int       // of the last transaction that had events
	object ObjectRef // the object that is being synchronized
	events []traced
}

// traced is an event whose final value is known only when the transaction
// ends (SE-N12).
type traced struct {
	Event
	mv   mvID
	cs   csID
	attr attrID
}

func (t *tracing) on() bool { return t.to != nil }

func (t *tracing) add(ev Event) { t.events = append(t.events, traced{Event: ev}) }

// flush hands the events on.
func (t *tracing) flush() {
	if len(t.events) > 0 {
		t.number++
	}
	for i := range t.events {
		ev := &t.events[i].Event
		ev.Run, ev.Step, ev.Transaction = t.run, t.step, t.number
		if ev.Object == (ObjectRef{}) {
			ev.Object = t.object
		}
		t.to.Event(*ev)
	}
	t.events = t.events[:0]
}

// finish fills the final values in; called before the transaction ends.
func (e *Engine) finishTrace() {
	for i := range e.trace.events {
		ev := &e.trace.events[i]
		switch {
		case ev.mv != 0:
			ev.Final = shown(e.mvAttrs[ev.attr].kind, e.metaTexts(ev.mv, ev.attr))
		case ev.cs != 0:
			ev.Final = shown(e.agentOf(ev.cs).attrs[ev.attr].kind, e.targetTexts(ev.cs, ev.attr))
		}
	}
}

// shown are values as a trace has them: binary ones in base64.
func shown(kind AttributeKind, texts []string) []string {
	if kind != Binary {
		return texts
	}
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = base64.StdEncoding.EncodeToString([]byte(text))
	}
	return out
}

// ref names an object for a trace.
func (e *Engine) ref(id csID) ObjectRef {
	o := e.object(id)
	r := ObjectRef{Agent: e.agents[o.agent].cfg.Name, ID: e.guid(id), DN: e.dnOf(id)}
	if t := e.typeOf(o); t != nil {
		r.Type = t.Name
	}
	return r
}

// metaRef names a metaverse object for a trace.
func (e *Engine) metaRef(id mvID) MVRef {
	r := MVRef{ID: e.metaGUID(id), Type: e.mvTypes[e.meta(id).typ-1].Name, Display: e.displayName(id)}
	if r.Display == "" {
		r.Display = r.ID.String()
	}
	return r
}

// displayName is the value of the attribute displayName, or nothing
// (SE-K44).
func (e *Engine) displayName(id mvID) string {
	if attr, ok := e.mvAttrByName["DISPLAYNAME"]; ok {
		if texts := e.metaTexts(id, attr); len(texts) > 0 {
			return texts[0]
		}
	}
	return ""
}

// texts returns values as text, in ordinal order; references as DNs.
func (e *Engine) texts(a *agent, values image) []string {
	out := make([]string, 0, len(values))
	for _, v := range values {
		out = append(out, e.valueText(a, v))
	}
	slices.Sort(out)
	return out
}

func (e *Engine) valueText(a *agent, v av) string {
	if a.attrs[v.attr].kind == Reference {
		return e.dnOf(csID(v.val))
	}
	return e.pool.text(v.val)
}

// metaTexts returns the values of a metaverse attribute, in ordinal order;
// references as ids.
func (e *Engine) metaTexts(id mvID, attr attrID) []string {
	var out []string
	for _, v := range metaValues(e.meta(id).attrs, attr) {
		if e.mvAttrs[attr].kind == Reference {
			out = append(out, e.metaGUID(mvID(v.val)).String())
			continue
		}
		out = append(out, e.pool.text(v.val))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (e *Engine) targetTexts(id csID, attr attrID) []string {
	return e.texts(e.agentOf(id), e.target(id, 0).of(attr))
}

// sourceNames names the sources of a mapping.
func (m *mapping) sourceNames() []string {
	var names []string
	for _, s := range m.cfg.Sources {
		names = append(names, s.Name)
	}
	return names
}
