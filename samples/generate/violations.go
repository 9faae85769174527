package generate

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// Violations returns the ids that [Violation] knows, sorted.
func Violations() []string {
	var ids []string
	for _, table := range tables() {
		for i := range table {
			ids = append(ids, table[i].id)
		}
	}
	slices.Sort(ids)
	return ids
}

func tables() [][]fault { return [][]fault{consistencyFaults(), documentFaults(), schemaFaults()} }

// known returns the fault with the id, or nil.
func known(id string) *fault {
	for _, table := range tables() {
		for i := range table {
			if table[i].id == id {
				return &table[i]
			}
		}
	}
	return nil
}

// consistencyFaults break the C rows, by id.
func consistencyFaults() []fault {
	return []fault{
		{id: "C002", step: func(s *step) bool { // begins before the step before it has ended
			if s.run.ended == 0 {
				return false
			}
			s.Start = rundetails.NewInstant(s.run.ended - 2*second)
			return true
		}},
		{id: "C007", step: func(s *step) bool {
			if len(s.incidents) == 0 {
				return false
			}
			s.incidents[0].Date = rundetails.NewInstant(s.startAt - 10*second)
			return true
		}},
		{id: "C017", counters: func(s *step) bool {
			if s.made > 0 {
				s.Export.Set(rundetails.NameExportFailure, 0)
			}
			return s.made > 0
		}},
		{id: "C072", exportError: func(s *step, e *rundetails.ExportError) bool { // the object of the error before it
			if !s.before.Present {
				return false
			}
			e.CSGUID, e.DN = s.before, s.beforeDN
			return true
		}},
		{id: "C100", step: func(s *step) bool {
			if len(s.outbound) < 2 {
				return false
			}
			s.outbound[1].MA, s.outbound[1].MAID = s.outbound[0].MA, s.outbound[0].MAID
			return true
		}},
		// Without a description nothing but this rule knows what the step was.
		{id: "C117", step: func(s *step) bool {
			if !s.kind.exports {
				return false
			}
			s.Description = rundetails.Description{Block: present()}
			s.Staging.Set(rundetails.NameStageAdd, 3)
			return true
		}},
	}
}

// zeroCounter writes an outbound counter that should be absent.
func zeroCounter(id string, name source.Sym) fault {
	return fault{id: id, outbound: func(b *rundetails.CounterBlock) bool {
		b.Set(name, 0)
		return true
	}}
}

// documentFaults break the R rows, by id.
func documentFaults() []fault {
	return append(slices.Concat(headFaults(), stepFaults(), recordFaults()),
		zeroCounter("R474", rundetails.NameProvisionedAddNoFlow),
		zeroCounter("R477", rundetails.NameProvisionedAddFlow),
		zeroCounter("R480", rundetails.NameProvisionedRenameFlow),
		zeroCounter("R483", rundetails.NameProvisionedRenameNoFlow),
		zeroCounter("R486", rundetails.NameProvisionedDisconnect),
		zeroCounter("R489", rundetails.NameConnectorFlow),
		zeroCounter("R492", rundetails.NameConnectorNoFlow),
	)
}

// headFaults are faults of what a run says of itself and of the order of its
// steps.
func headFaults() []fault {
	return []fault{
		{id: "R061", run: func(h *rundetails.Run) bool { h.Number = rundetails.NewNumber(0); return true }},
		{id: "R065", numbers: func(n []uint64, count int) bool {
			for i := max(len(n)-count, 1); i < len(n); i++ {
				n[i] = uint64(len(n) - count)
			}
			return count < len(n)
		}},
		{id: "R066", numbers: func(n []uint64, count int) bool {
			for i := max(len(n)-count, 1); i < len(n); i++ {
				n[i] = n[i-1] + 2
			}
			return count < len(n)
		}},
		{id: "R069", numbers: func(n []uint64, count int) bool {
			for i := range n {
				n[i] = uint64(i)
			}
			return count == 1
		}},
	}
}

// stepFaults are faults of steps and of object errors.
func stepFaults() []fault {
	return []fault{
		// Only a step in which nothing else has a date can end too early.
		{id: "R072", step: func(s *step) bool {
			if s.errors+s.unconfirmed+len(s.incidents)+len(s.retries) > 0 {
				return false
			}
			s.End = rundetails.NewInstant(s.startAt - 5*second)
			return true
		}},
		{id: "R142", step: func(s *step) bool { s.Result.Progress = rundetails.NewText("40/100"); return true }},
		{id: "R144", step: func(s *step) bool {
			s.Result.File = rundetails.NewText(s.run.agent.input)
			if s.run.agent.input == "" {
				s.Result.File = rundetails.NewText("users.ldif")
			}
			return true
		}},
		{id: "R146", step: func(s *step) bool { s.CurrentExport = rundetails.NewNumber(1); return true }},
		{id: "R147", step: func(s *step) bool { s.LastExport = rundetails.NewNumber(1); return true }},
		{id: "R172", step: func(s *step) bool {
			if len(s.incidents) == 0 {
				return false
			}
			s.Connection = rundetails.Connection{Block: present(), Log: present()}
			s.incidents = nil
			return true
		}},
		{id: "R176", step: func(s *step) bool {
			if len(s.incidents) == 0 {
				return false
			}
			again := *s.incidents[len(s.incidents)-1]
			again.Date = rundetails.NewInstant(again.Date.Millis - 30)
			s.incidents = append(s.incidents, &again)
			return true
		}},
		{id: "R213", objectError: func(e *rundetails.ObjectError) bool {
			if e.EntryNumber.Present {
				return false
			}
			e.EntryNumber = rundetails.NewNumber(7)
			return true
		}},
		{id: "R221", objectError: func(e *rundetails.ObjectError) bool {
			if e.Anchor.Present {
				e.Anchor.Text = rundetails.NewText("not base64!")
			}
			return e.Anchor.Present
		}},
		{id: "R234", step: func(s *step) bool {
			if s.kind.stepType != "delta-import" {
				return false
			}
			s.DiscoveryCounters.FilteredDeletions = rundetails.NewNumber(0)
			return true
		}},
		{id: "R236", step: func(s *step) bool {
			if s.kind.imports {
				s.DiscoveryCounters.FilteredObjects = rundetails.NewNumber(0)
			}
			return s.kind.imports
		}},
	}
}

// recordFaults are faults of import errors and export errors.
func recordFaults() []fault {
	return []fault{
		{id: "R009", importError: func(_ *run, e *rundetails.ImportError) bool { // the month 00
			if !e.RetryCount.Above(0) {
				return false
			}
			text := e.FirstOccurred.Value
			e.FirstOccurred = rundetails.Instant{Text: rundetails.NewText(text[:5] + "00" + text[7:])}
			return true
		}},
		{id: "R240", importError: func(_ *run, e *rundetails.ImportError) bool {
			if e.Rules.Context.CSObjectID.Present { // would no longer be the same
				return false
			}
			e.CSGUID = rundetails.GUID{Text: rundetails.NewText(strings.Trim(e.CSGUID.Value, "{}"))}
			return true
		}},
		{id: "R243", importError: func(_ *run, e *rundetails.ImportError) bool { // first met before, never tried again
			if !e.RetryCount.Is(0) {
				return false
			}
			e.FirstOccurred = rundetails.NewInstant(e.DateOccurred.Millis - day)
			return true
		}},
		{id: "R315", importError: func(r *run, e *rundetails.ImportError) bool {
			if e.AlgorithmStep.MAID.Present {
				return false
			}
			e.AlgorithmStep.MAID = r.agent.id
			return true
		}},
		{id: "R377", importError: func(_ *run, e *rundetails.ImportError) bool {
			fits := e.AlgorithmStep.Value == "import-flow" && e.Rules.Context.MAID.Present
			if fits {
				e.Rules.Context.MAID = rundetails.GUID{}
			}
			return fits
		}},
		{id: "R449", exportError: func(_ *step, e *rundetails.ExportError) bool {
			fits := e.Error.Present
			e.Error = rundetails.CDError{}
			return fits
		}},
	}
}

// schemaFaults break the schema, by id.
func schemaFaults() []fault {
	return []fault{
		{id: "XSD-attribute-missing", step: func(s *step) bool {
			s.Staging.Get(rundetails.NameStageNoChange).Detail = rundetails.Text{}
			return true
		}},
		{id: "XSD-attribute-unexpected", line: replace("<export-counters>", `<export-counters unheard-of="true">`)},
		{id: "XSD-attribute-value", step: func(s *step) bool {
			s.Export.Get(rundetails.NameExportDelete).Detail = rundetails.NewText("maybe")
			return true
		}},
		{id: "XSD-datatype", step: func(s *step) bool {
			s.Staging.Get(rundetails.NameStageRename).Number = rundetails.Number{Text: rundetails.NewText("many")}
			return true
		}},
		{id: "XSD-enumeration", exportError: func(_ *step, e *rundetails.ExportError) bool {
			if e.Error.Present { // belongs to the type
				return false
			}
			e.Type = rundetails.NewText("unheard-of")
			return true
		}},
		{id: "XSD-missing-element", step: func(s *step) bool { s.LastExport = rundetails.Number{}; return true }},
		{id: "XSD-pattern", exportError: func(_ *step, e *rundetails.ExportError) bool { // a date with a T
			if !e.RetryCount.Above(0) {
				return false
			}
			e.DateOccurred = rundetails.Instant{Text: rundetails.NewText(strings.Replace(e.DateOccurred.Value, " ", "T", 1))}
			return true
		}},
		{id: "XSD-range", run: func(h *rundetails.Run) bool { h.Number = rundetails.NewNumber(3_000_000_000); return true }},
		{id: "XSD-unexpected-element", line: replace("<ma-discovery-counters", "<unheard-of/>\n<ma-discovery-counters")},
		{id: "XSD-unexpected-root", line: replace("<run-history>", "<unheard-of>"), also: replace("</run-history>", "</unheard-of>")},
		{id: "XSD-unexpected-text", line: replace("<staging-counters>", "out of place\n<staging-counters>")},
	}
}

// replace edits lines that begin so.
func replace(beginning, with string) func(string) (string, bool) {
	return func(line string) (string, bool) {
		rest, found := strings.CutPrefix(line, beginning)
		return with + rest, found
	}
}
