package operations

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
)

// What is kept of a run is bounded: the number of connection incidents of a
// step and of its target agents, and the memory of all steps.
const (
	maxIncidents = 20
	maxOutbound  = 64
	maxKept      = 32 << 20
	stepSize     = 2 << 10 // of a step without its errors, roughly
)

// Keep says how much to keep of runs.
type Keep struct {
	// Examples is how many errors of a group are kept; all when it is below
	// 0, however much memory that takes.
	Examples int
}

// collector is a Visitor that makes runs.
type collector struct {
	keep  Keep
	yield func(*Run)
	run   *Run
	step  Step
	kept  int
	cut   bool // the document ends inside
}

func newCollector(k Keep, yield func(*Run)) *collector {
	c := &collector{keep: k, yield: yield}
	c.begin()
	return c
}

// Begin makes the collector ready for a document.
func (c *collector) Begin() {
	c.begin()
	c.cut = false
}

// Cut notes that the document ends inside of what is open.
func (c *collector) Cut() { c.cut = true }

// begin makes the collector ready for a run.
func (c *collector) begin() {
	c.run, c.kept = &Run{}, 0
	c.beginStep()
}

func (c *collector) beginStep() {
	c.step = Step{Connection: Connection{plain: true}}
	for _, kind := range []rundetails.BlockKind{rundetails.Staging, rundetails.Inbound, rundetails.Export} {
		c.step.Blocks = append(c.step.Blocks, newBlock(kind))
	}
}

func newBlock(kind rundetails.BlockKind) Block {
	return Block{Kind: kind, Counts: make([]Count, len(kind.Names()))}
}

// wants tells whether the group has room for an example.
func (c *collector) wants(g *ErrorGroup) bool {
	return c.keep.Examples < 0 || len(g.Examples) < c.keep.Examples && c.kept < maxKept
}

func (c *collector) spend(n int) { c.kept += n }

// Incident takes an attempt to connect.
func (c *collector) Incident(i *rundetails.Incident) {
	k := &c.step.Connection
	k.plain = k.plain && connectionLevel(strings.TrimSpace(i.Result.Value)) == Success
	if len(k.Incidents) >= maxIncidents || c.kept >= maxKept {
		k.More++
		return
	}
	k.Incidents = append(k.Incidents, Incident{Result: brief(i.Result.Value, 60), Server: brief(i.Server.Value, 120),
		At: moment(&i.Date), Error: brief(said(&i.Error), maxExample)})
	c.spend(maxExample)
}

// CounterBlock takes a block of counters.
func (c *collector) CounterBlock(b *rundetails.CounterBlock) {
	s := &c.step
	agent, id := "", ""
	if b.Kind == rundetails.Outbound {
		agent, id = brief(b.MA.Value, 200), brief(b.MAID.Value, 60)
	}
	i := slices.IndexFunc(s.Blocks, func(k Block) bool { return k.Kind == b.Kind && k.Agent == agent && k.AgentID == id })
	if i < 0 {
		if len(s.Blocks) >= maxOutbound {
			s.MoreOutbound++
			return
		}
		i = len(s.Blocks) - 1 // export is the last, as in the product
		s.Blocks = slices.Insert(s.Blocks, i, newBlock(b.Kind))
		s.Blocks[i].Agent, s.Blocks[i].AgentID = agent, id
		c.spend(len(s.Blocks[i].Counts) * 40)
	}
	s.Blocks[i].add(b)
}

// Step takes a step: everything in it has been taken already.
func (c *collector) Step(s *rundetails.Step) {
	step := &c.step
	step.Number, step.place = brief(s.Number.Value, 20), math.MaxUint64
	if s.Number.Valid {
		step.place = s.Number.N
	}
	step.Type = StepType(&s.Description)
	step.Partition = brief(s.Description.Partition(), 400)
	step.Start, step.End = moment(&s.Start), moment(&s.End)
	step.Result = brief(s.Result.Value, 80)
	step.Progress, step.File = brief(s.Result.Progress.Value, 40), brief(s.Result.File.Value, 400)
	step.Connection.Result, step.Connection.Server = brief(s.Connection.Result.Value, 60), brief(s.Connection.Server.Value, 120)
	step.Discovery.FilteredDeletions = count(&s.DiscoveryCounters.FilteredDeletions)
	step.Discovery.FilteredObjects = count(&s.DiscoveryCounters.FilteredObjects)
	step.sortErrors()
	rank := 0
	step.Level, rank = Grade(step.Result)
	c.run.Totals.add(step, rank)
	if c.kept += stepSize; c.kept < maxKept || c.keep.Examples < 0 {
		c.run.Steps = append(c.run.Steps, *step)
	} else {
		c.run.MoreSteps++
	}
	c.beginStep()
}

// add counts a step.
func (t *Totals) add(s *Step, rank int) {
	if s.Start.Text != "" && !t.Start.Known && (s.Start.Known || t.Start.Text == "") || s.Start.Known && s.Start.Millis < t.Start.Millis {
		t.Start = s.Start
	}
	if s.End.Text != "" && !t.End.Known && (s.End.Known || t.End.Text == "") || s.End.Known && s.End.Millis > t.End.Millis {
		t.End = s.End
	}
	t.Running = t.Running || s.Level == Running
	if t.Steps == 0 || rank > t.rank {
		t.Result, t.Level, t.rank = s.Result, s.Level, rank
	}
	t.Steps++
	for i := range s.Blocks {
		b := &s.Blocks[i]
		t.Adds += b.of(rundetails.NameStageAdd, rundetails.NameStageDeleteAdd, rundetails.NameExportAdd, rundetails.NameExportDeleteAdd).N
		t.Updates += b.of(rundetails.NameStageUpdate, rundetails.NameStageRename, rundetails.NameExportUpdate, rundetails.NameExportRename).N
		t.Deletes += b.of(rundetails.NameStageDelete, rundetails.NameStageDeleteAdd, rundetails.NameExportDelete, rundetails.NameExportDeleteAdd).N
	}
	for i := range s.Errors {
		t.Errors += s.Errors[i].Count
	}
}

// Run takes a run, whose steps have been taken.
func (c *collector) Run(r *rundetails.Run) {
	run := c.run
	run.Agent, run.AgentID = brief(r.MAName.Value, 400), brief(r.MAID.Value, 60)
	run.Profile, run.Number = brief(r.ProfileName.Value, 400), brief(r.Number.Value, 20)
	run.Account = brief(r.SecurityID.Value, 400)
	run.Cut = c.cut
	if run.Totals.Steps == 0 {
		run.Totals.Level = Warning
	}
	slices.SortStableFunc(run.Steps, func(a, b Step) int { return cmp.Compare(a.place, b.place) })
	c.begin()
	c.yield(run)
}

// History does nothing: its runs have been taken.
func (c *collector) History(*rundetails.History) {}
