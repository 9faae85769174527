package xlsx

import (
	"cmp"
	"slices"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/tables"
)

// errorsWatch counts errors by type, and keeps the newest of each agent and
// type.
type errorsWatch struct {
	count  int64
	types  map[string]*kindCount
	groups map[string]*recent // by agent and type
	key    []byte             // of the row

	name, id, kind, kindOf, meaning, object, last, step, days, message, exception int
}

// recent is the newest error of an agent and type, and how many there are.
type recent struct {
	at                                 place
	count                              int64
	when                               attention.Instant
	agent, kind, name, object, message string
	days                               float64
	aged                               bool
}

// errorKey is by what errors of a type and agent are known.
func errorKey(to []byte, kind, name, agent string) []byte {
	return append(append(append(append(append(to, kind...), 0), name...), 0), agent...)
}

func newErrorsWatch(t *tables.Table) *errorsWatch {
	c := columnsOf{t}
	return &errorsWatch{types: map[string]*kindCount{}, groups: map[string]*recent{}, name: c.at("ma_name"), id: c.at("ma_id"), kind: c.at("kind"), kindOf: c.at("error_type"),
		meaning: c.at("type_meaning"), object: c.at("object"), last: c.at("last_occurred", tables.Time), step: c.at("step_start", tables.Time),
		days: c.at("days_in_error", tables.Float), message: c.at("message"), exception: c.at("exception")}
}

func (w *errorsWatch) row(row []tables.Value, at place) {
	w.count++
	kind, name, agent := text(row, w.kind), text(row, w.kindOf), attention.AgentKey(text(row, w.id), text(row, w.name))
	w.key = errorKey(w.key[:0], kind, name, agent)
	typeKey := w.key[:len(kind)+1+len(name)]
	t := w.types[string(typeKey)]
	if t == nil && len(w.types) < maxTypes {
		t = &kindCount{kind: keep(kind, 20), name: keep(name, 80), meaning: keep(text(row, w.meaning), 300), order: len(w.types)}
		w.types[string(typeKey)] = t
	}
	if t != nil {
		t.count++
	}
	when := instant(row, w.last)
	if !when.Known {
		when = instant(row, w.step)
	}
	r := w.groups[string(w.key)]
	switch {
	case r == nil && len(w.groups) < maxGroups:
		r = &recent{}
		w.groups[string(w.key)] = r
		if t != nil {
			t.agents++
		}
	case r == nil:
		return
	}
	if r.count++; r.count == 1 || when.After(r.when) {
		r.when = when
		w.take(r, row, at)
	}
}

func (w *errorsWatch) take(r *recent, row []tables.Value, at place) {
	r.at, r.object, r.message = at, keep(text(row, w.object), 120), keep(text(row, w.message), 200)
	if r.message == "" {
		r.message = keep(text(row, w.exception), 200)
	}
	if r.count == 1 {
		r.agent, r.kind, r.name = keep(text(row, w.name), 60), keep(text(row, w.kind), 20), keep(text(row, w.kindOf), 80)
	}
	r.days, r.aged = fraction(row, w.days)
}

// said is what a type of error means, and what was said of the newest of an
// agent.
func (w *errorsWatch) said(kind, name, agent string) (meaning, message string) {
	if t := w.types[pairKey(kind, name)]; t != nil {
		meaning = t.meaning
	}
	if r := w.groups[string(errorKey(nil, kind, name, agent))]; r != nil {
		message = r.message
	}
	return meaning, message
}

// newest is the groups by their newest error; of those of one time, in the
// order of rows.
func (w *errorsWatch) newest() []*recent {
	var all []*recent
	for _, r := range w.groups {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b *recent) int {
		return cmp.Or(a.when.Compare(b.when), cmp.Compare(a.at.index, b.at.index))
	})
	return all
}

// frequent sorts what was counted, the most frequent first.
func frequent(types map[string]*kindCount) []*kindCount {
	var all []*kindCount
	for _, t := range types {
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b *kindCount) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.order, b.order)) })
	return all
}
