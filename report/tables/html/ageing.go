package html

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/page"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/wording"
)

// maxGroups bounds the rows by container that are shown.
const maxGroups = 1000

// ageingWatch keeps how errors age: by agent and type all of them, and by
// container those of which most are open.
type ageingWatch struct {
	open, fresh, persistent, cleared int64
	types                            map[string]*aged
	groups                           []aged
	groupsAll                        int
	oldest                           attention.Instant

	agent                            agentColumns
	kind, name, container            textAt
	freshAt, persistentAt, clearedAt numberAt
	oldestAt, retries                numberAt
	median, longest, clearedMedian   realAt
}

// aged is the errors of a group.
type aged struct {
	key, agent, kind, name, container string
	containers                        int64
	fresh, persistent, cleared        int64
	oldest                            attention.Instant
	longest                           float64 // days of the oldest
	retries                           int64
	order                             int
}

func (a *aged) open() int64 { return a.fresh + a.persistent }

func newAgeing(c columns) *ageingWatch {
	return &ageingWatch{types: map[string]*aged{}, agent: c.agent(), kind: c.text("kind"), name: c.text("error_type"), container: c.text("container"),
		freshAt: c.number("new"), persistentAt: c.number("persistent"), clearedAt: c.number("cleared"), oldestAt: c.number("oldest_open"),
		retries: c.number("retries_max"), median: c.real("open_days_median"), longest: c.real("open_days_max"), clearedMedian: c.real("cleared_days_median")}
}

func (w *ageingWatch) row(row []tables.Value) {
	a := aged{fresh: w.freshAt.count(row), persistent: w.persistentAt.count(row), cleared: w.clearedAt.count(row), oldest: w.oldestAt.instant(row),
		retries: w.retries.count(row), order: w.groupsAll}
	a.longest, _ = w.longest.of(row)
	w.groupsAll++
	w.fresh, w.persistent, w.cleared, w.open = w.fresh+a.fresh, w.persistent+a.persistent, w.cleared+a.cleared, w.open+a.open()
	key := typeKey(w.agent.key(row), w.kind.of(row), w.name.of(row))
	a.agent, a.kind, a.name, a.container = w.agent.call(row), w.kind.keep(row, 20), w.name.keep(row, 120), w.container.keep(row, 300)
	a.key = strings.Clone(key)
	w.add(&a)
	if w.groups = append(w.groups, a); len(w.groups) >= 2*maxGroups {
		w.cut()
	}
}

// add counts a group for its type.
func (w *ageingWatch) add(a *aged) {
	if a.oldest.Known && (!w.oldest.Known || a.oldest.Millis < w.oldest.Millis) {
		w.oldest = a.oldest
	}
	t := w.types[a.key]
	if t == nil {
		if len(w.types) >= maxTypes {
			return
		}
		one := *a
		one.container, one.containers = "", 1
		w.types[a.key] = &one
		return
	}
	t.containers++
	t.fresh, t.persistent, t.cleared = t.fresh+a.fresh, t.persistent+a.persistent, t.cleared+a.cleared
	if a.oldest.Known && (!t.oldest.Known || a.oldest.Millis < t.oldest.Millis) {
		t.oldest = a.oldest
	}
	t.longest, t.retries = max(t.longest, a.longest), max(t.retries, a.retries)
}

// compareAged has those first of which most are open.
func compareAged(a, b *aged) int {
	return cmp.Or(cmp.Compare(b.open(), a.open()), cmp.Compare(b.longest, a.longest), cmp.Compare(b.cleared, a.cleared), cmp.Compare(a.order, b.order))
}

func (w *ageingWatch) cut() {
	slices.SortFunc(w.groups, func(a, b aged) int { return compareAged(&a, &b) })
	if len(w.groups) > maxGroups {
		clear(w.groups[maxGroups:])
		w.groups = w.groups[:maxGroups]
	}
}

// list is the types, those first of which most are open.
func (w *ageingWatch) list() []*aged {
	var list []*aged
	for _, t := range w.types {
		list = append(list, t)
	}
	slices.SortFunc(list, compareAged)
	return list
}

// typesGrid is the table of errors by agent and type.
func (r *report) typesGrid() *page.Grid {
	g := &page.Grid{ID: "errors-table", Caption: "Errors by agent and type", Empty: "No object failed.", Shown: 40, Columns: []page.Column{
		{Name: "Error", Kind: page.Plain, Head: true},
		{Name: "Agent", Kind: page.Plain, Choice: true},
		{Name: "Kind", Kind: page.Plain, Choice: true, About: "discovery, import, export, or retry of a metaverse object"},
		{Name: "Open", Kind: page.Count, About: "Distinct errors that no later run has cleared"},
		{Name: "New", Kind: page.Count, About: "Of these, those that occurred first in the last step that met them"},
		{Name: "Cleared", Kind: page.Count, About: "Errors that a later run does not list any more"},
		{Name: "Oldest, days", Kind: page.Real, About: "How long the oldest open one has lasted"},
		{Name: "Retries", Kind: page.Count, About: "The most of any of them"},
		{Name: "What it means", Kind: page.Long, About: "On demand, the last object and what was said of it"},
	}}
	for _, a := range r.ageing.list() {
		days := page.None
		if a.open() > 0 {
			days = page.Number(a.longest)
		}
		g.Add(page.Text(a.name), page.Text(a.agent), page.Text(a.kind), count(a.open()), count(a.fresh), count(a.cleared), days, count(a.retries),
			page.Text(r.meaning(a)))
	}
	return g.Used()
}

// meaning says what a type of error means, and what the last one was.
func (r *report) meaning(a *aged) string {
	var lines []string
	add := func(before, text string) {
		if text != "" {
			lines = append(lines, before+text)
		}
	}
	if r.errors != nil && r.errors.types[a.key] != nil {
		t := r.errors.types[a.key]
		add("", t.meaning)
		add("Last said: ", t.said)
		add("Last object: ", t.object)
	}
	if a.oldest.Known {
		add("Oldest open since: ", r.minute(a.oldest))
	}
	if a.containers > 1 {
		add("In ", wording.Counted(a.containers, "container"))
	}
	return strings.Join(lines, "\n")
}

// containersGrid is the table of errors by container.
func (r *report) containersGrid() *page.Grid {
	w := r.ageing
	w.cut()
	g := &page.Grid{ID: "containers-table", Caption: "Errors by container", Empty: "No object failed in a container.", Folded: true, Shown: 40,
		Left: w.groupsAll - len(w.groups), Columns: []page.Column{
			{Name: "Container", Kind: page.Code, Head: true},
			{Name: "Agent", Kind: page.Plain, Choice: true},
			{Name: "Kind", Kind: page.Plain, Choice: true},
			{Name: "Error", Kind: page.Plain, Choice: true},
			{Name: "Open", Kind: page.Count}, {Name: "New", Kind: page.Count}, {Name: "Persistent", Kind: page.Count}, {Name: "Cleared", Kind: page.Count},
			{Name: "Oldest open", Kind: page.Moment},
		}}
	for i := range w.groups {
		a := &w.groups[i]
		container := a.container
		if container == "" {
			container = "(none)"
		}
		g.Add(page.Text(container), page.Text(a.agent), page.Text(a.kind), page.Text(a.name), count(a.open()), count(a.fresh), count(a.persistent),
			count(a.cleared), r.moment(a.oldest))
	}
	return g
}
