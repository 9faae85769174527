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
	count    int64
	severity map[string]int64
	rules    map[string]*kindCount
	files    map[string]*kindCount

	severityAt, rule, message, file int
}

// severities in their order.
var severities = []string{"error", "warning", "info"}

func newFindingsWatch(t *tables.Table) *findingsWatch {
	c := columnsOf{t}
	return &findingsWatch{severity: map[string]int64{}, rules: map[string]*kindCount{}, files: map[string]*kindCount{}, severityAt: c.at("severity"),
		rule: c.at("rule"), message: c.at("message"), file: c.at("file")}
}

func (w *findingsWatch) row(row []tables.Value, _ place) {
	w.count++
	severity := text(row, w.severityAt)
	if slices.Contains(severities, severity) {
		w.severity[severity]++
	}
	w.tally(w.rules, text(row, w.rule), severity, text(row, w.message))
	w.tally(w.files, text(row, w.file), severity, "")
}

func (w *findingsWatch) tally(into map[string]*kindCount, name, severity, meaning string) {
	key := pairKey(severity, name)
	t := into[key]
	if t == nil {
		if len(into) >= maxRules {
			return
		}
		t = &kindCount{kind: strings.Clone(severity), name: keep(name, 120), meaning: keep(meaning, 200), order: len(into)}
		into[key] = t
	}
	t.count++
}
