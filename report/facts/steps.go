package facts

import (
	"strings"

	"github.com/runhist/runhist/report/operations"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/schemas/terms"
)

func trimmed(t *rundetails.Text) string { return strings.TrimSpace(t.Value) }

func stepsTable() declaration {
	columns := append(ofStep(),
		line(func(f *fact) *rundetails.Place { return &f.step.Place }),
		column{"step_id", tables.GUID, "", "GUID of the configured step, the same in all runs of its profile.", "step-details/@step-id (2.2.1.1.1)", func(f *fact) tables.Value { return text(&f.step.ID.Text) }},
		column{"step_type_name", tables.Word, "", "What the step does, in the words of the product, subtypes included.", "step-description/step-type",
			func(f *fact) tables.Value { return said(operations.StepType(&f.step.Description)) }},
		column{"subtypes", tables.Word, "", "Subtypes of the step as configured, joined by a comma.", "step-description/step-type/import-subtype, export-subtype, apply-rules-subtype", func(f *fact) tables.Value {
			_, subtypes := f.step.Description.StepType()
			return said(strings.Join(subtypes, ","))
		}},
		column{"partition", tables.Word, "", "Partition of the step: its name, DN or GUID.", "step-description/partition", func(f *fact) tables.Value { return said(f.step.Description.Partition()) }},
		column{"end", tables.Time, "", "When the step ended; missing as long as it has not.", "step-details/end-date (2.2.1.1.1)", func(f *fact) tables.Value { return instant(&f.step.End) }},
		column{"duration_ms", tables.Duration, "ms", "From start to end.", "end-date - start-date", func(f *fact) tables.Value { return lasted(&f.step.Start, &f.step.End) }},
		column{"result", tables.Word, "", "Result of the step.", "step-details/step-result (2.2.1.1.1)", func(f *fact) tables.Value { return text(&f.step.Result.Text) }},
		column{"outcome", tables.Word, "", "How bad the result is: success, running, warning or error.", "result, graded as runhist show does", func(f *fact) tables.Value {
			level, _ := operations.Grade(trimmed(&f.step.Result.Text))
			return tables.Of(level.String())
		}},
		column{"result_meaning", tables.Text, "", "What the result says happened.", "result, as runhist explain has it", func(f *fact) tables.Value { return f.words.of(terms.StepResult, f.step.Result.Value) }},
		column{"progress", tables.Word, "", "How far the step is.", "step-result/@progress", func(f *fact) tables.Value { return text(&f.step.Result.Progress) }},
		column{"result_file", tables.Text, "", "File that the result is about.", "step-result/@file", func(f *fact) tables.Value { return text(&f.step.Result.File) }},
		column{"connection_result", tables.Word, "", "Whether the data source was reached.", "ma-connection/connection-result (2.2.1.1.1.1)", func(f *fact) tables.Value { return text(&f.step.Connection.Result) }},
		column{"connection_meaning", tables.Text, "", "What the connection result says happened.", "connection_result, as runhist explain has it",
			func(f *fact) tables.Value { return f.words.of(terms.ConnectionResult, f.step.Connection.Result.Value) }},
		column{"server", tables.Word, "", "Server that the agent was connected to.", "ma-connection/server (2.2.1.1.1.1)", func(f *fact) tables.Value { return text(&f.step.Connection.Server) }},
		column{"incidents", tables.Int, "incidents", "Attempts to connect.", "count of ma-connection/connection-log/incident", func(f *fact) tables.Value { return tables.Num(f.step.Tally.Incidents) }},
		column{"discovery_errors", tables.Int, "errors", "Discovery errors of the step.", "count of ma-discovery-errors/ma-object-error", func(f *fact) tables.Value { return tables.Num(f.step.Tally.ObjectErrors.Count) }},
		column{"import_errors", tables.Int, "errors", "Synchronization errors of imported objects.", "count of synchronization-errors/import-error", func(f *fact) tables.Value { return tables.Num(f.step.Tally.ImportErrors.Count) }},
		column{"export_errors", tables.Int, "errors", "Export errors of the step.", "count of synchronization-errors/export-error", func(f *fact) tables.Value { return tables.Num(f.step.Tally.ExportErrors.Count) }},
		column{"retry_errors", tables.Int, "errors", "Errors of metaverse objects.", "count of mv-retry-errors/retry-error", func(f *fact) tables.Value { return tables.Num(f.step.Tally.RetryErrors.Count) }},
		column{"current_export", tables.Int, "", "Number of the export that the step belongs to.", "step-details/current-export-step-counter", func(f *fact) tables.Value { return number(&f.step.CurrentExport) }},
		column{"last_export", tables.Int, "", "Number of the last export that succeeded.", "step-details/last-successful-export-step-counter", func(f *fact) tables.Value { return number(&f.step.LastExport) }},
		column{"filtered_deletions", tables.Int, "objects", "Deletions that the container filter kept out.", "ma-discovery-counters/filtered-deletions (2.2.1.1.1.3)",
			func(f *fact) tables.Value { return number(&f.step.DiscoveryCounters.FilteredDeletions) }},
		column{"filtered_objects", tables.Int, "objects", "Objects that the container filter kept out.", "ma-discovery-counters/filtered-objects (2.2.1.1.1.3)",
			func(f *fact) tables.Value { return number(&f.step.DiscoveryCounters.FilteredObjects) }},
	)
	columns = append(columns, wide(rundetails.Staging, "", "(2.2.1.1.1.7)", func(f *fact, i int) tables.Value { return counterOf(&f.step.Staging, i) })...)
	columns = append(columns, wide(rundetails.Inbound, "inbound_", "(2.2.1.1.1.8)", func(f *fact, i int) tables.Value { return counterOf(&f.step.Inbound, i) })...)
	columns = append(columns, wide(rundetails.Outbound, "outbound_", "(2.2.1.1.1.6), added up over the target agents", func(f *fact, i int) tables.Value { return f.outbound.of(i) })...)
	columns = append(columns, wide(rundetails.Export, "", "(2.2.1.1.1.9)", func(f *fact, i int) tables.Value { return counterOf(&f.step.Export, i) })...)
	columns = append(columns, column{"complete", tables.Bool, "", "False where the document ends inside the step, or the step is larger than may be held.", "the reader",
		func(f *fact) tables.Value { return tables.Flag(!f.cut && !f.step.Cut) }})
	return declaration{Steps, "Steps", "The steps of the runs: a row for each, with all counters beside each other.", columns}
}

// wide returns a column for each counter of a kind.
func wide(kind rundetails.BlockKind, prefix, section string, of func(f *fact, i int) tables.Value) []column {
	var columns []column
	vocabulary := rundetails.Vocabulary()
	words := newMeanings()
	for i, sym := range kind.Names() {
		name := vocabulary.Name(sym)
		meaning := words.words[counterKind(kind)][name]
		columns = append(columns, column{prefix + strings.ReplaceAll(name, "-", "_"), tables.Int, "objects", meaning,
			vocabulary.Name(kind.Element()) + "/" + name + " " + section, func(f *fact) tables.Value { return of(f, i) }})
	}
	return columns
}

// counterOf is a counter of a block that the step may lack.
func counterOf(b *rundetails.CounterBlock, i int) tables.Value {
	if !b.Present { // and has no kind
		return tables.Missing
	}
	return number(&b.Counters()[i].Number)
}

func counterKind(kind rundetails.BlockKind) terms.Kind {
	return [...]terms.Kind{rundetails.Outbound: terms.OutboundCounter, rundetails.Staging: terms.StagingCounter,
		rundetails.Inbound: terms.InboundCounter, rundetails.Export: terms.ExportCounter}[kind]
}

// sums adds the outbound counters of a step up.
type sums struct {
	n    []uint64 // by the order of the kind's names
	seen []bool
}

func newSums() sums {
	names := len(rundetails.Outbound.Names())
	return sums{make([]uint64, names), make([]bool, names)}
}

func (s *sums) reset() {
	clear(s.n)
	clear(s.seen)
}

func (s *sums) add(b *rundetails.CounterBlock) {
	counters := b.Counters()
	for i := range counters {
		if c := &counters[i]; c.Valid {
			s.n[i] += c.N
			s.seen[i] = true
		}
	}
}

func (s *sums) of(i int) tables.Value {
	if !s.seen[i] {
		return tables.Missing
	}
	return tables.Num(s.n[i])
}

// counterFact is a counter of a block.
type counterFact struct {
	kind   terms.Kind
	block  source.Sym // its element
	name   source.Sym
	ma     *rundetails.Text // outbound only
	maID   *rundetails.Text
	number *rundetails.Number
	detail *rundetails.Text
}

func countersTable() declaration {
	name := func(sym source.Sym) string { return rundetails.Vocabulary().Name(sym) }
	return declaration{Counters, "Counters", "The counters of the steps: a row for each counter that is in the document, 0 included.", append(ofStep(),
		line(func(f *fact) *rundetails.Place { return &f.counter.number.Place }),
		column{"block", tables.Word, "", "Element that the counter stands in.", "the name of the element around", func(f *fact) tables.Value { return tables.Of(name(f.counter.block)) }},
		column{"target_ma_name", tables.Word, "", "Agent whose objects were counted; outbound counters only.", "outbound-flow-counters/@ma (2.2.1.1.1.6)", func(f *fact) tables.Value { return text(f.counter.ma) }},
		column{"target_ma_id", tables.GUID, "", "GUID of that agent.", "outbound-flow-counters/@ma-id (2.2.1.1.1.6)", func(f *fact) tables.Value { return text(f.counter.maID) }},
		column{"counter", tables.Word, "", "Name of the counter.", "the name of the element", func(f *fact) tables.Value { return tables.Of(name(f.counter.name)) }},
		column{"count", tables.Int, "objects", "The number; missing where the document has something else.", "the element", func(f *fact) tables.Value { return number(f.counter.number) }},
		column{"detail", tables.Word, "", "Whether the server can list the objects behind the number.", "the element's @detail", func(f *fact) tables.Value { return text(f.counter.detail) }},
		column{"meaning", tables.Text, "", "What was counted.", "counter, as runhist explain has it", func(f *fact) tables.Value { return f.words.of(f.counter.kind, name(f.counter.name)) }},
	)}
}
