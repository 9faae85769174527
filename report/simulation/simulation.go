// Package simulation writes what a simulation tells beside the histories: the
// summary for programs, the table for people, the trace and the state as JSON
// lines, what was understood of a configuration, the assumptions of the engine.
//
//	summary.go  summary.json, version 1; summary.schema.json describes it
//	table.go    one line a run, counters above zero
//	preview.go  what a preview says, in the table and in the summary
//	trace.go    an event a line; trace.schema.json describes it
//	decision.go an event in words, for people
//	state.go    an object a line; state.schema.json describes it
//	check.go    what simulate --check prints
//	switches.go what simulate --switches prints
//
// The package takes values of analyze/engine and analyze/config, and writers.
package simulation

import (
	"strconv"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// count is a counter above zero.
type count struct {
	block, name string // block "" where the name says enough
	n           uint64
}

// counts are the counters of a step above zero: those of the schema in its
// order, then what went out, with the agent that it went to.
func counts(s *engine.StepRecord) []count {
	var all []count
	add := func(block, name string, n uint64) {
		if n > 0 {
			all = append(all, count{block, name, n})
		}
	}
	add("", "filtered-deletions", s.Filtered.FilteredDeletions)
	add("", "filtered-objects", s.Filtered.FilteredObjects)
	for i, n := range s.Staging {
		add("", engine.StagingCounter(i).String(), n)
	}
	for i, n := range s.Inbound {
		add("", engine.InboundCounter(i).String(), n)
	}
	for i, n := range s.Export {
		add("", engine.ExportCounter(i).String(), n)
	}
	for i := range s.Outbound {
		for k, n := range s.Outbound[i].Counters {
			add(s.Outbound[i].Name, engine.OutboundCounter(k).String(), n)
		}
	}
	return all
}

// Counted are the counters of a step above zero in words, "" where all are 0.
func Counted(s *engine.StepRecord) string { return sentence(counts(s)) }

// sentence writes counters for people: those of the agent itself, then an
// arrow to each agent that something went to, with its own.
func sentence(list []count) string {
	var b strings.Builder
	block := ""
	for i, c := range list {
		switch {
		case c.block != block:
			block = c.block
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString("→ " + block + ": ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(c.name + " " + strconv.FormatUint(c.n, 10))
	}
	return b.String()
}

// errorTypes counts the errors of a step by type, in the order of first
// appearance.
func errorTypes(s *engine.StepRecord) []count {
	var all []count
	add := func(t string) {
		for i := range all {
			if all[i].name == t {
				all[i].n++
				return
			}
		}
		all = append(all, count{name: t, n: 1})
	}
	for i := range s.Discovery {
		add(s.Discovery[i].Type)
	}
	for i := range s.SyncErrors {
		add(s.SyncErrors[i].Type)
	}
	for i := range s.ExportErrors {
		add(s.ExportErrors[i].Type)
	}
	for i := range s.RetryErrors {
		add(s.RetryErrors[i].Type)
	}
	return all
}

func joined(list []count, each func(count) string) string {
	var parts []string
	for _, c := range list {
		parts = append(parts, each(c))
	}
	return strings.Join(parts, ", ")
}
