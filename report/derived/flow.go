package derived

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate/archive"
)

// maxPairs bounds the pairs of agents.
const maxPairs = 1 << 16

// chain follows what one agent provisions and another one exports. What an
// export had to add is known by the archive that the rules use too.
type chain struct {
	tally     *Tally
	collector *archive.Collector
	archive   *archive.Archive
	pairs     map[[2]uint32]*handed
	exports   map[uint32]*handed // by target: what it exported
}

// handed is a row: what an agent handed on to another one.
type handed struct {
	agents                     *agents
	source, target             uint32
	steps                      int
	adds, renames, disconnects uint64
	deleteAdds                 uint64
	flows, unchanged           uint64
	exportAdds, exportUpdates  uint64
	exportDeletes, exportFails uint64
	exportSteps                int
}

// quiet is a visitor of the archive that takes no notice: what is of use here
// is asked for at the end.
type quiet struct{}

func (quiet) Pair(*archive.Pair)             {}
func (quiet) Recurrence(*archive.Recurrence) {}
func (quiet) Account(*archive.Account)       {}

func (c *chain) init(t *Tally) {
	c.tally, c.collector, c.archive = t, archive.NewCollector(), archive.New(quiet{})
	c.pairs, c.exports = map[[2]uint32]*handed{}, map[uint32]*handed{}
}

// take hands the document that has ended to the archive.
func (c *chain) take() { c.archive.Add(c.tally.file, c.collector.Take()) }

// block counts what was provisioned to another agent.
func (c *chain) block(b *rundetails.CounterBlock) {
	if b.Kind != rundetails.Outbound {
		return
	}
	h := c.pair(c.tally.agent(b.Step.Run), c.tally.agents.of(c.tally, &b.MAID, b.MA.Value))
	if h == nil {
		return
	}
	h.steps++
	h.adds += b.Get(rundetails.NameProvisionedAddFlow).N + b.Get(rundetails.NameProvisionedAddNoFlow).N
	h.renames += b.Get(rundetails.NameProvisionedRenameFlow).N + b.Get(rundetails.NameProvisionedRenameNoFlow).N
	h.deleteAdds += b.Get(rundetails.NameProvisionedDeleteAddFlow).N + b.Get(rundetails.NameProvisionedDeleteAddNoFlow).N
	h.disconnects += b.Get(rundetails.NameProvisionedDisconnect).N
	h.flows += b.Get(rundetails.NameConnectorFlow).N
	h.unchanged += b.Get(rundetails.NameConnectorNoFlow).N
}

func (c *chain) pair(source, target uint32) *handed {
	key := [2]uint32{source, target}
	h := c.pairs[key]
	if h == nil {
		if len(c.pairs) >= maxPairs {
			c.tally.over("agents")
			return nil
		}
		h = &handed{agents: &c.tally.agents, source: source, target: target}
		c.pairs[key] = h
	}
	return h
}

// step counts what was exported. What went into a drop file is counted when it
// is sent.
func (c *chain) step(s *rundetails.Step) {
	stepType, subtypes := s.Description.StepType()
	if subtypes = slices.Compact(subtypes); stepType != "export" || !s.Export.Present || len(subtypes) == 1 && subtypes[0] == "to-file" {
		return
	}
	agent := c.tally.agent(s.Run)
	h := c.exports[agent]
	if h == nil {
		h = &handed{}
		c.exports[agent] = h
	}
	get := func(name source.Sym) uint64 { return s.Export.Get(name).N }
	h.exportSteps++
	h.exportAdds += get(rundetails.NameExportAdd)
	h.exportUpdates += get(rundetails.NameExportUpdate)
	h.exportDeletes += get(rundetails.NameExportDelete)
	h.exportFails += get(rundetails.NameExportFailure)
}

func flowTable() declaration[handed] {
	num := func(of func(r *handed) uint64) func(r *handed) tables.Value {
		return func(r *handed) tables.Value { return tables.Num(of(r)) }
	}
	const outbound = "outbound-flow-counters/"
	return declaration[handed]{Flow, "Flow", "What synchronizing one agent hands on to another one, and what that one exports: a row for each pair of agents. All sources of a target together should come to what it exports, in the long run.", []column[handed]{
		{"source_ma_name", tables.Word, "", "Agent that was synchronized.", "run-details/ma-name", func(r *handed) tables.Value { return r.agents.nameOf(r.source) }},
		{"source_ma_id", tables.GUID, "", "GUID of that agent.", "run-details/ma-id", func(r *handed) tables.Value { return r.agents.idOf(r.source) }},
		{"target_ma_name", tables.Word, "", "Agent whose connector space was changed.", outbound + "@ma", func(r *handed) tables.Value { return r.agents.nameOf(r.target) }},
		{"target_ma_id", tables.GUID, "", "GUID of that agent.", outbound + "@ma-id", func(r *handed) tables.Value { return r.agents.idOf(r.target) }},
		{"steps", tables.Int, "steps", "Counter blocks of the pair: one for each step that touched it.", "count of outbound-flow-counters", func(r *handed) tables.Value { return tables.Num(r.steps) }},
		{"provisioned_adds", tables.Int, "objects", "Objects that were provisioned.", outbound + "provisioned-add-flow + provisioned-add-no-flow", num(func(r *handed) uint64 { return r.adds })},
		{"provisioned_renames", tables.Int, "objects", "Objects that were renamed.", outbound + "provisioned-rename-flow + provisioned-rename-no-flow", num(func(r *handed) uint64 { return r.renames })},
		{"provisioned_delete_adds", tables.Int, "objects", "Objects that were deleted and added again; FIM and MIM only.", outbound + "provisioned-delete-add-flow + provisioned-delete-add-no-flow", num(func(r *handed) uint64 { return r.deleteAdds })},
		{"provisioned_disconnects", tables.Int, "objects", "Objects that were disconnected.", outbound + "provisioned-disconnect", num(func(r *handed) uint64 { return r.disconnects })},
		{"connector_flow", tables.Int, "objects", "Connectors to which attributes flowed: at most so many updates are exported.", outbound + "connector-flow", num(func(r *handed) uint64 { return r.flows })},
		{"connector_no_flow", tables.Int, "objects", "Connectors to which nothing flowed.", outbound + "connector-no-flow", num(func(r *handed) uint64 { return r.unchanged })},
		{"target_export_steps", tables.Int, "steps", "Exports of the target, drop files left out.", "steps of the target with export-counters", func(r *handed) tables.Value { return tables.Num(r.exportSteps) }},
		{"target_export_adds", tables.Int, "objects", "Objects that the target exported as new.", "export-counters/export-add of the target", num(func(r *handed) uint64 { return r.exportAdds })},
		{"target_export_updates", tables.Int, "objects", "Objects that the target exported as changed.", "export-counters/export-update of the target", num(func(r *handed) uint64 { return r.exportUpdates })},
		{"target_export_deletes", tables.Int, "objects", "Objects that the target deleted in its data source.", "export-counters/export-delete of the target", num(func(r *handed) uint64 { return r.exportDeletes })},
		{"target_export_failures", tables.Int, "objects", "Objects that the target could not export.", "export-counters/export-failure of the target", num(func(r *handed) uint64 { return r.exportFails })},
	}}
}

func exportsTable() declaration[archive.Account] {
	return declaration[archive.Account]{Exports, "Exports against provisioning", "What each export added, beside what it can have had to add: a row for each export of an agent that something was provisioned to. Where known is true, adds above provisioned_since + left_over have no explanation.", []column[archive.Account]{
		{"ma_name", tables.Word, "", "Agent that exported.", "run-details/ma-name", func(r *archive.Account) tables.Value { return present(r.Agent) }},
		{"run_number", tables.Int, "", "Number of the run.", "run-details/run-number", func(r *archive.Account) tables.Value { return when(int64(r.Run.Number), r.Run.HasNumber) }},
		{"step_start", tables.Time, "", "When the export began.", "step-details/start-date", func(r *archive.Account) tables.Value { return tables.Num(r.Start) }},
		{"file", tables.Text, "", "Document of the run.", "the argument or the folder", func(r *archive.Account) tables.Value { return tables.Of(r.Document()) }},
		{"adds", tables.Int, "objects", "Objects that it added.", "export-counters/export-add", func(r *archive.Account) tables.Value { return tables.Num(r.Adds) }},
		{"failures", tables.Int, "objects", "Objects that it could not export.", "export-counters/export-failure", func(r *archive.Account) tables.Value { return tables.Num(r.Failures) }},
		{"provisioned_since", tables.Int, "objects", "Objects provisioned to the agent, for all of its partitions, since the export before of the same partition; those included that were not confirmed.", "outbound-flow-counters/provisioned-add-*", func(r *archive.Account) tables.Value { return tables.Num(r.Provisioned) }},
		{"left_over", tables.Int, "objects", "What that export can have left.", "the exports before", func(r *archive.Account) tables.Value { return tables.Num(r.LeftOver) }},
		{"known", tables.Bool, "", "False for the first export of an agent or partition, and where runs are missing in between.", "run-number", func(r *archive.Account) tables.Value { return tables.Flag(!r.Unknown) }},
	}}
}

func (c *chain) write(open facts.Open) error {
	flow, exports := flowTable(), exportsTable()
	if err := flow.write(open, c.each); err != nil {
		return err
	}
	return exports.write(open, c.archive.Accounts)
}

// each yields the pairs by source and target.
func (c *chain) each(yield func(*handed)) {
	all := make([]*handed, 0, len(c.pairs))
	for _, h := range c.pairs {
		if e := c.exports[h.target]; e != nil {
			h.exportSteps, h.exportAdds, h.exportUpdates, h.exportDeletes, h.exportFails = e.exportSteps, e.exportAdds, e.exportUpdates, e.exportDeletes, e.exportFails
		}
		all = append(all, h)
	}
	names := c.tally.agents.list
	slices.SortFunc(all, func(x, y *handed) int {
		return cmp.Or(strings.Compare(names[x.source].name, names[y.source].name), cmp.Compare(x.source, y.source),
			strings.Compare(names[x.target].name, names[y.target].name), cmp.Compare(x.target, y.target))
	})
	for _, h := range all {
		yield(h)
	}
}
