package xlsx

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/report/tables"
)

// documentsWatch counts documents, and those that were not read to their end.
type documentsWatch struct {
	count, broken  int64
	runs           int64
	first          place // of those
	status, runsAt int
}

func newDocumentsWatch(t *tables.Table) *documentsWatch {
	c := columnsOf{t}
	return &documentsWatch{status: c.at("status"), runsAt: c.at("runs", tables.Int)}
}

func (w *documentsWatch) row(row []tables.Value, at place) {
	w.count++
	w.runs += whole(row, w.runsAt)
	if status := text(row, w.status); status != "" && status != "examined" {
		if w.broken++; w.broken == 1 {
			w.first = at
		}
	}
}

// findingsWatch counts findings by rule.
type findingsWatch struct {
	compared bool // they come of comparing runs, and have a certainty
	count    int64
	severity map[string]int64
	rules    map[string]*kindCount
	first    place // of the gravest

	severityAt, rule, message int
}

// severities in their order.
var severities = []string{"error", "warning", "info"}

func newFindingsWatch(t *tables.Table) *findingsWatch {
	c := columnsOf{t}
	return &findingsWatch{severity: map[string]int64{}, rules: map[string]*kindCount{}, severityAt: c.at("severity"),
		rule: c.at("rule"), message: c.at("message"), compared: c.at("certainty") >= 0}
}

func (w *findingsWatch) row(row []tables.Value, at place) {
	severity := text(row, w.severityAt)
	if w.count == 0 || severity == "error" && w.severity["error"] == 0 {
		w.first = at
	}
	w.count++
	if i := slices.Index(severities, severity); i >= 0 {
		w.severity[severities[i]]++
	}
	key := pairKey(severity, text(row, w.rule))
	t := w.rules[key]
	if t == nil {
		if len(w.rules) >= maxRules {
			return
		}
		t = &kindCount{kind: strings.Clone(severity), name: keep(text(row, w.rule), 120), meaning: keep(text(row, w.message), 200), order: len(w.rules)}
		w.rules[key] = t
	}
	t.count++
}
