package html

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/page"
	"github.com/runhist/runhist/report/tables"
)

const (
	maxObjects = 2000      // objects in error that are shown
	maxTypes   = 1 << 12   // kinds and types of errors, by agent
	maxSaid    = 600       // characters of what is said about an object
	allSaid    = 500 << 10 // bytes of that on the page
)

// errorsWatch keeps the objects that failed last, each error of an object
// once, and what a type of error means.
type errorsWatch struct {
	count   int64
	objects []*object
	index   map[hash]*object
	dropped int64 // objects that gave way to later ones, as far as is known
	types   map[string]*errorType

	agent                                                     agentColumns
	file, kind, name, meaning, object, message, exception     textAt
	codeHex, codeMeaning, extension, callSite, literal, stack textAt
	source, destination, mapping                              textAt
	step, first, last, retries, line                          numberAt
	days                                                      realAt
}

// object is an error of an object.
type object struct {
	key                             hash
	agent, kind, name, object, said string
	place                           string
	first, last                     attention.Instant
	days                            float64
	aged                            bool
	retries, times, order           int64
}

// errorType is a type of error of an agent.
type errorType struct {
	meaning, said, object string // said and object are of the last one
	last                  attention.Instant
	count                 int64
}

func newErrors(c columns) *errorsWatch {
	return &errorsWatch{index: map[hash]*object{}, types: map[string]*errorType{}, agent: c.agent(), file: c.text("file"), kind: c.text("kind"),
		name: c.text("error_type"), meaning: c.text("type_meaning"), object: c.text("object"), message: c.text("message"), exception: c.text("exception"),
		codeHex: c.text("code_hex"), codeMeaning: c.text("code_meaning"), extension: c.text("extension"), callSite: c.text("call_site"),
		literal: c.text("literal"), stack: c.text("call_stack"), source: c.text("mapping_source"), destination: c.text("mapping_destination"),
		mapping: c.text("mapping_ma_name"), step: c.number("step_start"), first: c.number("first_occurred"), last: c.number("last_occurred"),
		retries: c.number("retries"), line: c.number("line"), days: c.real("days_in_error")}
}

func typeKey(agent, kind, name string) string {
	return agent + "\x00" + kind + "\x00" + strings.TrimSpace(name)
}

func (w *errorsWatch) row(row []tables.Value) {
	w.count++
	met := w.last.instant(row)
	if !met.Known {
		met = w.step.instant(row)
	}
	agent, kind, name := w.agent.key(row), w.kind.of(row), w.name.of(row)
	w.ofType(row, typeKey(agent, kind, name), met)
	key := newHash().text(agent).text(kind).text(name).text(w.object.of(row))
	o := w.index[key]
	if o == nil {
		o = &object{key: key, order: w.count}
		w.index[key] = o
		w.objects = append(w.objects, o)
	}
	o.times++
	if o.times == 1 || !o.last.After(met) {
		w.read(o, row, met)
	}
	if len(w.objects) >= 2*maxObjects {
		w.cut()
	}
}

func (w *errorsWatch) ofType(row []tables.Value, key string, met attention.Instant) {
	t := w.types[key]
	if t == nil {
		if len(w.types) >= maxTypes {
			return
		}
		t = &errorType{meaning: w.meaning.keep(row, 400)}
		w.types[key] = t
	}
	t.count++
	if t.count == 1 || met.After(t.last) {
		t.last, t.object, t.said = met, w.object.keep(row, 200), strings.Clone(page.Line(w.firstSaid(row), 200))
	}
}

// firstSaid is one line of what is said about the error.
func (w *errorsWatch) firstSaid(row []tables.Value) string {
	for _, at := range [...]textAt{w.message, w.exception, w.codeMeaning} {
		if text := at.of(row); strings.TrimSpace(text) != "" {
			return text
		}
	}
	return ""
}

func (w *errorsWatch) read(o *object, row []tables.Value, met attention.Instant) {
	o.last, o.first = met, w.first.instant(row)
	o.agent, o.kind, o.name, o.object = w.agent.call(row), w.kind.keep(row, 20), w.name.keep(row, 120), w.object.keep(row, 300)
	o.place = w.file.keep(row, 200) + ":" + strconv.FormatInt(w.line.count(row), 10)
	o.days, o.aged = w.days.of(row)
	o.retries = w.retries.count(row)
	o.said = w.said(row)
}

// said is what the document says about the error, a line for each part of it.
func (w *errorsWatch) said(row []tables.Value) string {
	var parts []string
	add := func(before, text string) {
		if text = strings.TrimSpace(text); text != "" {
			parts = append(parts, before+text)
		}
	}
	add("", w.message.of(row))
	add("", w.exception.of(row))
	if code := w.codeHex.of(row); code != "" {
		add("Code ", code+" "+w.codeMeaning.of(row))
	}
	if destination := w.destination.of(row); destination != "" {
		flow := w.source.of(row) + " → " + destination
		if agent := w.mapping.of(row); agent != "" {
			flow += ", rule of " + agent
		}
		add("Flow ", flow)
	}
	if extension := w.extension.of(row); extension != "" {
		add("Extension ", extension+", "+w.callSite.of(row))
	}
	for _, at := range [...]textAt{w.literal, w.stack} {
		if _, rest, more := strings.Cut(strings.TrimSpace(at.of(row)), "\n"); more {
			add("", rest)
		}
	}
	text := strings.ToValidUTF8(strings.Join(parts, "\n"), "\uFFFD")
	if len(text) > maxSaid {
		text = strings.ToValidUTF8(text[:maxSaid], "") + "…"
	}
	return strings.Clone(text)
}

// cut keeps the objects that failed last.
func (w *errorsWatch) cut() {
	slices.SortFunc(w.objects, func(a, b *object) int { return cmp.Or(a.last.Compare(b.last), cmp.Compare(a.order, b.order)) })
	for i := maxObjects; i < len(w.objects); i++ {
		delete(w.index, w.objects[i].key)
		w.objects[i] = nil
		w.dropped++
	}
	w.objects = w.objects[:min(len(w.objects), maxObjects)]
}

// objectsGrid is the table of objects in error.
func (r *report) objectsGrid() *page.Grid {
	w := r.errors
	w.cut()
	g := &page.Grid{ID: "objects-table", Caption: "Objects that failed, the latest first", Lead: "An object that fails in the same way in several runs is one row.",
		Empty: "No object failed.", Shown: 25, Left: int(w.dropped), Columns: []page.Column{
			{Name: "Object", Kind: page.Code, Head: true},
			{Name: "Agent", Kind: page.Plain, Choice: true},
			{Name: "Kind", Kind: page.Plain, Choice: true, About: "discovery, import, export, or retry of a metaverse object"},
			{Name: "Error", Kind: page.Plain, Choice: true},
			{Name: "What is said", Kind: page.Long},
			{Name: "Last", Kind: page.Moment}, {Name: "First", Kind: page.Moment},
			{Name: "Days", Kind: page.Real, About: "How long it had been in error then"},
			{Name: "Retries", Kind: page.Count},
			{Name: "Times", Kind: page.Count, About: "How often it is listed"},
			{Name: "Place", Kind: page.Code, About: "Document and line of the last time"},
		}}
	room := allSaid
	texts := map[string]bool{}
	for _, o := range w.objects {
		said := o.said
		if !texts[said] {
			if room -= len(said); room < 0 {
				said = page.Line(said, 100)
			}
			texts[said] = true
		}
		name := o.object
		if name == "" {
			name = "(not named)"
		}
		days := page.None
		if o.aged {
			days = page.Number(o.days)
		}
		g.Add(page.Text(name), page.Text(o.agent), page.Text(o.kind), page.Text(o.name), page.Text(said), r.moment(o.last), r.moment(o.first), days,
			count(o.retries), page.Number(o.times), page.Text(o.place))
	}
	return g.Used()
}
