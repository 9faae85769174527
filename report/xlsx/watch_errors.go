package xlsx

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/tables"
)

// newest is how many errors the Summary shows.
const newest = 12

// errorsWatch counts errors by type, and keeps the newest.
type errorsWatch struct {
	count, others int64 // others are those whose type did not fit
	types         map[string]*kindCount
	newest        []recent

	name, id, kind, kindOf, meaning, object, last, step, days, retries, message, exception int
}

// recent is an error that is shown.
type recent struct {
	at                                 place
	when                               int64
	dated                              bool
	agent, kind, name, object, message string
	days                               float64
	aged                               bool
	retries                            int64
	retried                            bool
}

func newErrorsWatch(t *tables.Table) *errorsWatch {
	c := columnsOf{t}
	return &errorsWatch{types: map[string]*kindCount{}, name: c.at("ma_name"), id: c.at("ma_id"), kind: c.at("kind"), kindOf: c.at("error_type"),
		meaning: c.at("type_meaning"), object: c.at("object"), last: c.at("last_occurred", tables.Time), step: c.at("step_start", tables.Time),
		days: c.at("days_in_error", tables.Float), retries: c.at("retries", tables.Int), message: c.at("message"), exception: c.at("exception")}
}

func (w *errorsWatch) row(row []tables.Value, at place) {
	w.count++
	kind, name := text(row, w.kind), text(row, w.kindOf)
	t := w.types[pairKey(kind, name)]
	if t == nil && len(w.types) < maxTypes {
		t = &kindCount{kind: keep(kind, 20), name: keep(name, 80), meaning: keep(text(row, w.meaning), 300), agents: map[string]bool{}, order: len(w.types)}
		w.types[pairKey(kind, name)] = t
	}
	if t == nil {
		w.others++
	} else {
		t.count++
		if agent := agentKey(text(row, w.id), text(row, w.name)); !t.agents[agent] && len(t.agents) < maxAgents {
			t.agents[strings.Clone(agent)] = true
		}
	}
	w.consider(row, at)
}

// consider keeps the error if it is among the newest: each object with the same
// error once.
func (w *errorsWatch) consider(row []tables.Value, at place) {
	when, dated := given(row, w.last)
	if !dated {
		when, dated = given(row, w.step)
	}
	full := len(w.newest) == newest
	if full && !(dated && (!w.newest[newest-1].dated || when > w.newest[newest-1].when)) {
		return
	}
	r := recent{at: at, when: when, dated: dated, agent: keep(text(row, w.name), 60), kind: keep(text(row, w.kind), 20),
		name: keep(text(row, w.kindOf), 80), object: keep(text(row, w.object), 120)}
	if r.message = keep(text(row, w.message), 200); r.message == "" {
		r.message = keep(text(row, w.exception), 200)
	}
	r.days, r.aged = fraction(row, w.days)
	r.retries, r.retried = given(row, w.retries)
	same := slices.IndexFunc(w.newest, func(o recent) bool {
		return o.agent == r.agent && o.kind == r.kind && o.name == r.name && o.object == r.object
	})
	switch {
	case same >= 0 && compareRecent(&w.newest[same], &r) <= 0:
		return
	case same >= 0:
		w.newest = slices.Delete(w.newest, same, same+1)
	case full:
		w.newest = w.newest[:newest-1]
	}
	i, _ := slices.BinarySearchFunc(w.newest, r, func(a, b recent) int { return compareRecent(&a, &b) })
	w.newest = slices.Insert(w.newest, i, r)
}

// compareRecent has the newest first, and of those of one time the first row.
func compareRecent(a, b *recent) int {
	switch {
	case a.dated != b.dated && a.dated:
		return -1
	case a.dated != b.dated:
		return 1
	}
	return cmp.Or(cmp.Compare(b.when, a.when), cmp.Compare(a.at.index, b.at.index))
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
