package archive

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
)

// Collector is a rundetails.Visitor that keeps the facts of each run. Make one
// for each goroutine.
type Collector struct {
	rundetails.Ignore
	facts *Facts
	path  []*rundetails.Place          // the last places that were kept, by depth
	texts map[string]string            // that were kept, so that equal ones share memory
	print digest                       // of the run under way
	cut   struct{ errors, flows bool } // some of the run under way are left out
}

// NewCollector returns a collector that is ready for a document.
func NewCollector() *Collector { return &Collector{facts: &Facts{}, texts: map[string]string{}} }

// Take hands the facts of the document over and makes ready for another one.
func (c *Collector) Take() *Facts {
	facts := c.facts
	c.facts = &Facts{}
	clear(c.path)
	c.path = c.path[:0]
	c.print = digest{}
	c.cut.errors, c.cut.flows = false, false
	if len(c.texts) > 1<<8 {
		clear(c.texts)
	}
	return facts
}

// keep copies a place and those above it; neighbours share what is above.
func (c *Collector) keep(p *rundetails.Place) *rundetails.Place {
	kept, _ := c.keepAt(p)
	return kept
}

func (c *Collector) keepAt(p *rundetails.Place) (kept *rundetails.Place, depth int) {
	if p == nil {
		return nil, 0
	}
	up, depth := c.keepAt(p.Parent())
	mine := p.Under(up)
	if depth == len(c.path) {
		c.path = append(c.path, nil)
	}
	if c.path[depth] == nil || *c.path[depth] != mine {
		kept := mine // on the heap, other than mine
		c.path[depth] = &kept
	}
	return c.path[depth], depth + 1
}

// maxText is how much of a name is kept, for messages and to compare it.
const maxText = 120

// text copies a text that lives only as long as its record.
func (c *Collector) text(s string) string {
	if len(s) > maxText {
		s = s[:maxText]
	}
	if kept, ok := c.texts[s]; ok {
		return kept
	}
	kept := strings.Clone(s)
	c.texts[kept] = kept
	return kept
}

func (c *Collector) instant(i *rundetails.Instant) { c.print.word(uint64(i.Millis)) }

// Incident takes the content of the run into account.
func (c *Collector) Incident(i *rundetails.Incident) {
	c.print.text(i.Result.Value)
	c.instant(&i.Date)
}

// ObjectError takes the content of the run into account.
func (c *Collector) ObjectError(e *rundetails.ObjectError) {
	c.print.text(e.Type.Value)
	c.print.text(e.DN.Value)
}

// RetryError takes the content of the run into account.
func (c *Collector) RetryError(e *rundetails.RetryError) {
	c.print.text(e.Type.Value)
	c.print.guid(&e.MVGUID)
	c.instant(&e.DateOccurred)
}

// ImportError keeps an error.
func (c *Collector) ImportError(e *rundetails.ImportError) {
	c.failed('i', e.At(), &e.CSGUID, &e.DN, &e.Type, &e.FirstOccurred, &e.DateOccurred, &e.RetryCount)
}

// ExportError keeps an error.
func (c *Collector) ExportError(e *rundetails.ExportError) {
	c.failed('e', e.At(), &e.CSGUID, &e.DN, &e.Type, &e.FirstOccurred, &e.DateOccurred, &e.RetryCount)
}

func (c *Collector) failed(kind uint64, at *rundetails.Place, object *rundetails.GUID, dn, errorType *rundetails.Text,
	first, occurred *rundetails.Instant, retries *rundetails.Number) {
	var key digest
	key.word(kind)
	key.text(errorType.Value)
	key.guid(object)
	c.print.id(key.sum())
	c.print.text(dn.Value)
	c.instant(first)
	c.instant(occurred)
	c.print.word(retries.N)
	if !Known(object) || !first.Valid || !errorType.Present {
		return
	}
	if c.facts.errors.n >= maxDocumentErrors {
		c.cut.errors = true
		return
	}
	e := Error{First: first.Millis, number: noNumber, key: key.b, first: spotOf(&first.Place), retry: spotOf(&retries.Place)}
	if retries.Valid {
		e.number = min(uint32(retries.N), noNumber-1)
	}
	e.Place = at.Under(c.keep(at.Parent()))
	c.facts.errors.add(e)
}

// CounterBlock keeps what a step provisioned to another agent.
func (c *Collector) CounterBlock(b *rundetails.CounterBlock) {
	c.print.word(uint64(b.Kind))
	c.print.guid(&b.MAID)
	counters := b.Counters()
	for i := range counters {
		c.print.word(counters[i].N)
	}
	if b.Kind != rundetails.Outbound {
		return
	}
	target, ok := agentKey(&b.MAID, b.MA.Value)
	adds := b.Get(rundetails.NameProvisionedAddFlow).N + b.Get(rundetails.NameProvisionedAddNoFlow).N
	if ok && adds > 0 {
		c.flow(b.Step, flow{kind: provisioned, agent: target, adds: clamp(adds)})
	}
}

// Step keeps what a step exported.
func (c *Collector) Step(s *rundetails.Step) {
	if n := s.Tally.ImportErrors.Of("exported-change-not-reimported"); n > 0 {
		c.flow(s, flow{kind: returned, adds: clamp(uint64(n))})
	}
	stepType, subtypes := s.Description.StepType()
	if !s.Export.Present || stepType != "export" && !s.Tally.ExportAbove0 {
		return
	}
	// What only went into a drop file is exported, and counted again, by the
	// step that resumes from the file.
	if subtypes = slices.Compact(subtypes); len(subtypes) == 1 && subtypes[0] == "to-file" {
		return
	}
	adds, failures := s.Export.Get(rundetails.NameExportAdd), s.Export.Get(rundetails.NameExportFailure)
	c.flow(s, flow{
		kind: exported, partition: textDigest(s.Description.Partition()), complete: advances(s.Result.Value) && failures.Valid && adds.Valid,
		adds: clamp(adds.N), failures: clamp(failures.N), Place: adds.Under(c.keep(adds.Parent())),
	})
}

// flow keeps a flow of a step, unless nobody knows when it was.
func (c *Collector) flow(s *rundetails.Step, f flow) {
	if c.facts.flows.n >= maxDocumentFlows || !s.Start.Valid {
		c.cut.flows = true
		return
	}
	f.at, f.until = s.Start.Millis, s.Start.Millis
	if s.End.Valid {
		f.until = max(f.at, s.End.Millis)
	}
	c.facts.flows.add(f)
}

// Run keeps the run itself, which its parts stand before.
func (c *Collector) Run(r *rundetails.Run) {
	run := Run{
		Place: r.Under(c.keep(r.Parent())), Name: c.text(r.MAName.Value), Profile: c.text(r.ProfileName.Value),
		Number: number(&r.Number), Steps: len(r.Outline), profile: textDigest(r.ProfileName.Value),
		maID: spotOf(&r.MAID.Place), name: spotOf(&r.MAName.Place), number: spotOf(&r.Number.Place),
	}
	run.Known, run.ID = Known(&r.MAID), r.MAID.ID
	run.agent, run.named = agentKey(&r.MAID, r.MAName.Value)
	at := c.keep(&r.Place)
	for i := range r.Outline {
		s := &r.Outline[i]
		c.outline(s)
		if Known(&s.ID) {
			c.facts.steps.add(Step{Place: s.Under(at), ID: s.ID.ID, id: spotOf(&s.ID.Place)})
		}
	}
	c.span(&run, r)
	c.print.guid(&r.MAID)
	c.print.text(r.MAName.Value)
	c.print.word(r.Number.N)
	c.print.text(r.ProfileName.Value)
	c.print.text(r.SecurityID.Value)
	run.print = c.print.b
	run.stepsTo, run.errorsTo, run.flowsTo = c.facts.steps.n, c.facts.errors.n, c.facts.flows.n
	run.errorsCut, run.flowsCut = c.cut.errors, c.cut.flows
	c.facts.runs.add(run)
	c.print = digest{}
	c.cut.errors, c.cut.flows = false, false
}

func (c *Collector) outline(s *rundetails.StepOutline) {
	c.print.word(s.Number.N)
	c.print.guid(&s.ID)
	c.instant(&s.Start)
	c.instant(&s.End)
	c.print.text(s.Result)
}

// span finds when the run began and ended: servers write its last step first.
func (c *Collector) span(run *Run, r *rundetails.Run) {
	var first, last *rundetails.StepOutline
	for i := range r.Outline {
		s := &r.Outline[i]
		if !s.Number.Valid {
			run.Start.Unreadable = run.Start.Unreadable || s.Number.Present
			continue
		}
		if first == nil || s.Number.N < first.Number.N {
			first = s
		}
		if last == nil || s.Number.N > last.Number.N {
			last = s
		}
	}
	if first == nil {
		return
	}
	run.Start, run.start, run.first = instant(&first.Start), spotOf(&first.Start.Place), c.keep(&first.Place)
	run.Result = c.text(last.Result)
	if !r.OutlineCut && !atWork(last.Result) {
		run.End = instant(&last.End)
	}
}

// atWork tells the results of a step that goes on.
func atWork(result string) bool {
	return result == "in-progress" || strings.HasPrefix(result, "completing-")
}

// advances tells the results that let the next step of a run begin.
func advances(result string) bool {
	return result == "success" || strings.HasPrefix(result, "completed-") && result != "completed-discovery-errors"
}
