package facts

import (
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/terms"
)

// Document is what became of one input.
type Document struct {
	File string
	Runs int // all of it, wanted or not
	// Status is examined, not-well-formed, incomplete or unreadable.
	Status       string
	Fault        string // the id of the fault that explains the status
	Line, Column int    // of that fault; 0 where it has none
	Message      string
}

// The statuses of documents.
const (
	Examined      = "examined"
	NotWellFormed = "not-well-formed"
	Incomplete    = "incomplete"
	Unreadable    = "unreadable"
)

func aboutTable() declaration {
	return declaration{About, "About", "How the report was made: a row for each fact about it.", []column{
		{"name", tables.Word, "", "What the row tells.", "the report itself", func(f *fact) tables.Value { return tables.Of(f.about.name) }},
		{"value", tables.Text, "", "The value.", "the report itself", func(f *fact) tables.Value { return said(f.about.value) }},
	}}
}

func documentsTable() declaration {
	return declaration{Documents, "Documents", "The documents that were read, and how far: a row for each.", []column{
		{"file", tables.Text, "", "Name of the document, with forward slashes.", "the argument or the folder", func(f *fact) tables.Value { return tables.Of(f.document.File) }},
		{"status", tables.Word, "", "How far it was read: examined (to its end), not-well-formed (the rows before the fault are here), incomplete (a limit or an encoding ended it), unreadable (it could not be opened or read).",
			"the reader", func(f *fact) tables.Value { return tables.Of(f.document.Status) }},
		{"runs", tables.Int, "runs", "Runs in the document, those included that the flags leave out.", "run-details", func(f *fact) tables.Value { return tables.Num(f.document.Runs) }},
		{"fault", tables.Word, "", "Id of the fault that explains the status, as runhist explain knows it.", "the reader", func(f *fact) tables.Value { return said(f.document.Fault) }},
		{"line", tables.Int, "", "Line of the fault, from 1 on.", "the reader", func(f *fact) tables.Value { return above0(f.document.Line) }},
		{"column", tables.Int, "", "Column of the fault, from 1 on.", "the reader", func(f *fact) tables.Value { return above0(f.document.Column) }},
		{"message", tables.Text, "", "What is wrong.", "the reader", func(f *fact) tables.Value { return said(f.document.Message) }},
	}}
}

func above0(n int) tables.Value {
	if n <= 0 {
		return tables.Missing
	}
	return tables.Num(n)
}

// ofRun are the columns by which rows of all tables are related to their run.
func ofRun() []column {
	return []column{
		{"file", tables.Text, "", "Document that the row is from.", "the argument or the folder", func(f *fact) tables.Value { return tables.Of(f.file) }},
		{"run_index", tables.Int, "", "Position of the run in its document, from 1 on; file and run_index together are the key of a run.", "position of run-details",
			func(f *fact) tables.Value { return tables.Num(f.runIndex) }},
		{"ma_name", tables.Word, "", "Name of the management agent.", "run-details/ma-name (2.2.1.1)", func(f *fact) tables.Value { return text(&f.run.MAName) }},
		{"ma_id", tables.GUID, "", "GUID of the management agent.", "run-details/ma-id (2.2.1.1)", func(f *fact) tables.Value { return text(&f.run.MAID.Text) }},
		{"run_profile", tables.Word, "", "Name of the run profile.", "run-details/run-profile-name (2.2.1.1)", func(f *fact) tables.Value { return text(&f.run.ProfileName) }},
		{"run_number", tables.Int, "", "Number of the run among those of its agent.", "run-details/run-number (2.2.1.1)", func(f *fact) tables.Value { return number(&f.run.Number) }},
	}
}

// ofStep are the columns by which rows are related to their step.
func ofStep() []column {
	return append(ofRun(),
		column{"step_index", tables.Int, "", "Position of the step in its run, from 1 on; file, run_index and step_index together are the key of a step.", "position of step-details",
			func(f *fact) tables.Value { return tables.Num(f.stepIndex) }},
		column{"step_number", tables.Int, "", "Number of the step in its run profile; servers write the last step first.", "step-details/@step-number (2.2.1.1.1)",
			func(f *fact) tables.Value { return number(&f.step.Number) }},
		column{"step_type", tables.Word, "", "Type of the step as configured.", "step-details/step-description/step-type/@type (2.2.1.1.1)",
			func(f *fact) tables.Value { return said(f.step.Description.Type()) }},
		column{"step_start", tables.Time, "", "When the step began.", "step-details/start-date (2.2.1.1.1)", func(f *fact) tables.Value { return instant(&f.step.Start) }},
	)
}

func line(at func(f *fact) *rundetails.Place) column {
	return column{"line", tables.Int, "", "Line of the document where the element begins, from 1 on.", "position of the element",
		func(f *fact) tables.Value { return tables.Num(at(f).Line) }}
}

func runsTable() declaration {
	return declaration{Runs, "Runs", "The runs: a row for each execution of a run profile. Where flags leave steps out, a run is what its other steps come to.", append(ofRun(),
		line(func(f *fact) *rundetails.Place { return &f.run.Place }),
		column{"security_id", tables.Word, "", "Account that started the run.", "run-details/security-id (2.2.1.1)", func(f *fact) tables.Value { return text(&f.run.SecurityID) }},
		column{"start", tables.Time, "", "When the first of its steps began.", "least step-details/start-date", func(f *fact) tables.Value { return instant(&f.totals.Start) }},
		column{"end", tables.Time, "", "When the last of its steps ended; missing as long as one has not.", "greatest step-details/end-date", func(f *fact) tables.Value {
			end := f.totals.Ended()
			return instant(&end)
		}},
		column{"duration_ms", tables.Duration, "ms", "From start to end, pauses between steps included.", "end - start", func(f *fact) tables.Value {
			end := f.totals.Ended()
			return lasted(&f.totals.Start, &end)
		}},
		column{"steps", tables.Int, "steps", "Steps of the run.", "count of step-details", func(f *fact) tables.Value { return tables.Num(f.totals.Steps) }},
		column{"result", tables.Word, "", "Result of the worst step.", "step-details/step-result (2.2.1.1.1)", func(f *fact) tables.Value { return said(f.totals.Result) }},
		column{"outcome", tables.Word, "", "How bad the worst result is: success, running, warning or error.", "result, graded as runhist show does",
			func(f *fact) tables.Value {
				if f.totals.Steps == 0 {
					return tables.Missing
				}
				return tables.Of(f.totals.Level.String())
			}},
		column{"result_meaning", tables.Text, "", "What that result says happened.", "result, as runhist explain has it", func(f *fact) tables.Value { return f.words.of(terms.StepResult, f.totals.Result) }},
		column{"discovery_errors", tables.Int, "errors", "Discovery errors in all steps.", "count of ma-object-error", func(f *fact) tables.Value { return tables.Num(f.totals.Discovery) }},
		column{"import_errors", tables.Int, "errors", "Synchronization errors of imported objects in all steps.", "count of import-error", func(f *fact) tables.Value { return tables.Num(f.totals.Imports) }},
		column{"export_errors", tables.Int, "errors", "Export errors in all steps.", "count of export-error", func(f *fact) tables.Value { return tables.Num(f.totals.Exports) }},
		column{"retry_errors", tables.Int, "errors", "Errors of metaverse objects in all steps.", "count of retry-error", func(f *fact) tables.Value { return tables.Num(f.totals.Retries) }},
		column{"complete", tables.Bool, "", "False where the document ends inside the run.", "the reader", func(f *fact) tables.Value { return tables.Flag(!f.cut) }},
	)}
}
