package html

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/page"
	"github.com/runhist/runhist/report/tables"
)

const (
	maxFacts    = 200
	maxBroken   = 200 // documents that were not read to their end
	maxRows     = 500 // of a table that is shown as it is
	maxRules    = 1 << 12
	maxFindings = 1000
	maxChanges  = 500
)

// aboutWatch keeps how the report was made.
type aboutWatch struct {
	name, value textAt
	facts       []page.Fact
}

func (w *aboutWatch) row(row []tables.Value) {
	if len(w.facts) < maxFacts {
		w.facts = append(w.facts, page.Fact{Name: w.name.keep(row, 60), Value: w.value.keep(row, 1000)})
	}
}

// documentsWatch keeps the documents that were not read to their end.
type documentsWatch struct {
	count, broken int64
	grid          *page.Grid

	file, status, fault, message textAt
	line                         numberAt
}

func newDocuments(c columns) *documentsWatch {
	return &documentsWatch{file: c.text("file"), status: c.text("status"), fault: c.text("fault"), message: c.text("message"), line: c.number("line"),
		grid: &page.Grid{ID: "documents-table", Caption: "Documents that were not read to their end", Empty: "Every document was read to its end.", Columns: []page.Column{
			{Name: "Document", Kind: page.Code, Head: true}, {Name: "Status", Kind: page.Plain, Choice: true}, {Name: "Line", Kind: page.Order}, {Name: "Fault", Kind: page.Plain},
			{Name: "What is wrong", Kind: page.Long}}}}
}

func (w *documentsWatch) row(row []tables.Value) {
	w.count++
	status := w.status.of(row)
	if status == "" || status == "examined" {
		return
	}
	if w.broken++; w.broken > maxBroken {
		w.grid.Left++
		return
	}
	line := page.None
	if n, ok := w.line.of(row); ok {
		line = page.Number(n)
	}
	w.grid.Add(page.Text(w.file.keep(row, 300)), page.Text(w.status.keep(row, 40)), line, page.Text(w.fault.keep(row, 60)), page.Text(w.message.keep(row, 400)))
}

// changesWatch counts exported changes that were not confirmed, by agent and
// attribute.
type changesWatch struct {
	groups map[string]*changes
	left   int

	agent                                     agentColumns
	attribute, operation, side, value, object textAt
	step                                      numberAt
}

type changes struct {
	agent, attribute, operation, exported, found, object string
	exports, finds                                       int64
	last                                                 attention.Instant
	order                                                int
}

func newChanges(c columns) *changesWatch {
	return &changesWatch{groups: map[string]*changes{}, agent: c.agent(), attribute: c.text("attribute"), operation: c.text("operation"), side: c.text("side"),
		value: c.text("value"), object: c.text("dn"), step: c.number("step_start")}
}

func (w *changesWatch) row(row []tables.Value) {
	key := profileKey(w.agent.key(row), w.attribute.of(row))
	g := w.groups[key]
	if g == nil {
		if len(w.groups) >= maxChanges {
			w.left++
			return
		}
		g = &changes{order: len(w.groups), agent: w.agent.call(row), attribute: w.attribute.keep(row, nameLength)}
		w.groups[strings.Clone(key)] = g
	}
	if at := w.step.instant(row); !g.last.After(at) {
		g.last, g.object = at, w.object.keep(row, 300)
		if w.side.of(row) == "exported" {
			g.exported, g.operation, g.found = w.value.keep(row, 120), w.operation.keep(row, 40), ""
		} else {
			g.found = w.value.keep(row, 120)
		}
	}
	if w.side.of(row) == "exported" {
		g.exports++
	} else {
		g.finds++
	}
}

// changesGrid is the table of unconfirmed changes.
func (r *report) changesGrid() *page.Grid {
	g := &page.Grid{ID: "changes-table", Caption: "Exported changes that the data source did not keep, by attribute", Empty: "No import says that an exported change was not confirmed.", Left: r.changes.left,
		Columns: []page.Column{{Name: "Attribute", Kind: page.Plain, Head: true}, {Name: "Agent", Kind: page.Plain, Choice: true},
			{Name: "Values exported", Kind: page.Count}, {Name: "Values found", Kind: page.Count}, {Name: "Last", Kind: page.Moment},
			{Name: "Last operation", Kind: page.Plain}, {Name: "Last object", Kind: page.Code}, {Name: "Value exported", Kind: page.Code}, {Name: "Value found", Kind: page.Code}}}
	var list []*changes
	for _, c := range r.changes.groups {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b *changes) int {
		return cmp.Or(cmp.Compare(b.exports+b.finds, a.exports+a.finds), strings.Compare(a.agent, b.agent), strings.Compare(a.attribute, b.attribute), cmp.Compare(a.order, b.order))
	})
	for _, c := range list {
		name := c.attribute
		if name == "" {
			name = "(the object itself)"
		}
		g.Add(page.Text(name), page.Text(c.agent), count(c.exports), count(c.finds), r.moment(c.last), page.Text(c.operation), page.Text(c.object), page.Text(c.exported), page.Text(c.found))
	}
	return g.Used()
}

// findingsWatch counts findings by rule, and keeps some of each.
type findingsWatch struct {
	severities map[string]int64
	rules      map[string]*ruleCount
	all        int64
	kept       []keptFinding

	file, severity, rule, message, path textAt
	line, column                        numberAt
}

type ruleCount struct {
	rule, severity, message string
	count                   int64
	order                   int
}

type keptFinding struct{ severity, rule, place, message, path string }

func newFindings(c columns) *findingsWatch {
	return &findingsWatch{severities: map[string]int64{}, rules: map[string]*ruleCount{}, file: c.text("file"), severity: c.text("severity"), rule: c.text("rule"),
		message: c.text("message"), path: c.text("path"), line: c.number("line"), column: c.number("column")}
}

// perRule is how many findings of a rule are kept: no rule takes the room of
// the others.
const perRule = 50

func (w *findingsWatch) row(row []tables.Value) {
	w.all++
	severity := w.severity.keep(row, 20)
	if tone := []string{"error", "warning", "info"}; slices.Contains(tone, severity) {
		w.severities[severity]++
	}
	key := severity + "\x00" + w.rule.of(row)
	c := w.rules[key]
	if c == nil {
		if len(w.rules) >= maxRules {
			return
		}
		c = &ruleCount{rule: w.rule.keep(row, 80), severity: severity, message: w.message.keep(row, 300), order: len(w.rules)}
		w.rules[strings.Clone(key)] = c
	}
	c.count++
	if c.count <= perRule && len(w.kept) < maxFindings {
		w.kept = append(w.kept, keptFinding{severity: severity, rule: c.rule, place: place(w.file.keep(row, 300), w.line.count(row), w.column.count(row)),
			message: w.message.keep(row, 400), path: w.path.keep(row, 300)})
	}
}

// rulesGrid and findingsGrid are the tables of findings.
func (r *report) rulesGrid() *page.Grid {
	g := &page.Grid{ID: "rules-table", Caption: "What validate finds, by rule", Empty: "Nothing was found.", Columns: []page.Column{
		{Name: "Rule", Kind: page.Code, Head: true, About: "runhist explain RULE says more"}, {Name: "Severity", Kind: page.Level, Choice: true},
		{Name: "Findings", Kind: page.Count}, {Name: "First one", Kind: page.Long}}}
	var list []*ruleCount
	for _, c := range r.findings.rules {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b *ruleCount) int {
		return cmp.Or(cmp.Compare(attention.Rank(a.severity), attention.Rank(b.severity)), cmp.Compare(b.count, a.count), cmp.Compare(a.order, b.order))
	})
	for _, c := range list {
		g.Add(page.Text(c.rule), page.Text(c.severity), page.Number(c.count), page.Text(c.message))
	}
	return g
}

func (r *report) findingsGrid() *page.Grid {
	w := r.findings
	slices.SortStableFunc(w.kept, func(a, b keptFinding) int {
		return cmp.Compare(attention.Rank(a.severity), attention.Rank(b.severity))
	})
	g := &page.Grid{ID: "findings-table", Caption: "Findings", Folded: true, Shown: 40, Empty: "Nothing was found.", Left: int(w.all) - len(w.kept), Columns: []page.Column{
		{Name: "Place", Kind: page.Code, Head: true, About: "Document, line and column"}, {Name: "Severity", Kind: page.Level, Choice: true},
		{Name: "Rule", Kind: page.Code, Choice: true}, {Name: "What is wrong", Kind: page.Long}, {Name: "Path", Kind: page.Code}}}
	for _, k := range w.kept {
		g.Add(page.Text(k.place), page.Text(k.severity), page.Text(k.rule), page.Text(k.message), page.Text(k.path))
	}
	return g
}
