package rundetails

import "github.com/runhist/runhist/schemas/source"

// This file says which element of a document goes into which field of the
// model: a child method for each element that has children, an attribute
// method for each that has attributes, an end method where a node is done.

// document is the root of the stack of open elements.
type document Builder

func (d *document) At() *Place                { return &d.root }
func (d *document) attribute(source.Sym) leaf { return nil }
func (d *document) end(*Builder, []byte)      {}
func (d *document) child(name source.Sym, b *Builder) element {
	switch name {
	case NameRunHistory:
		return b.beginHistory()
	case NameExecutionHistories:
		b.history.Wrapped = true
		return &wrapper{}
	case NameRunDetails:
		return b.beginRun()
	}
	return nil
}

// wrapper is execution-histories: around run-history or around run-details.
type wrapper struct {
	Place
	bare
}

func (w *wrapper) child(name source.Sym, b *Builder) element {
	switch name {
	case NameRunHistory:
		return b.beginHistory()
	case NameRunDetails:
		return b.beginRun()
	}
	return nil
}

// beginHistory returns the history, or a second run-history of the document
// whose runs join those of the first: the place of the first stays.
func (b *Builder) beginHistory() element {
	if b.history.Line == 0 {
		return b.history
	}
	return &moreHistory{}
}

// moreHistory is a run-history behind the first.
type moreHistory struct {
	Place
	bare
}

func (m *moreHistory) child(name source.Sym, b *Builder) element {
	return b.history.child(name, b)
}

func (h *History) attribute(source.Sym) leaf { return nil }
func (h *History) end(*Builder, []byte)      {}
func (h *History) child(name source.Sym, b *Builder) element {
	if name == NameRunDetails {
		return b.beginRun()
	}
	return nil
}

func (b *Builder) beginRun() element {
	b.begin(&b.runText)
	if b.retain {
		b.run = &Run{}
	} else {
		clear(b.run.Outline)
		*b.run = Run{Outline: b.run.Outline[:0]}
	}
	b.run.History = b.history
	return b.run
}

func (r *Run) attribute(source.Sym) leaf { return nil }
func (r *Run) child(name source.Sym, b *Builder) element {
	switch name {
	case NameStepDetails:
		return b.beginStep()
	case NameMAID:
		return guid(&r.MAID)
	case NameMAName:
		return text(&r.MAName)
	case NameRunNumber:
		return number(&r.Number)
	case NameRunProfileName:
		return text(&r.ProfileName)
	case NameSecurityID:
		return text(&r.SecurityID)
	}
	return nil
}

func (r *Run) end(b *Builder, _ []byte) {
	b.history.RunCount++
	if b.retain {
		b.history.Runs = append(b.history.Runs, r)
	}
	b.visitor.Run(r)
}

func (b *Builder) beginStep() element {
	b.begin(&b.stepText)
	if b.retain || b.step == nil {
		b.step = &Step{}
	} else {
		b.step.Tally.reset()
		*b.step = Step{Tally: b.step.Tally}
	}
	b.step.Run = b.run
	b.previous = Instant{}
	return b.step
}

func (s *Step) attribute(name source.Sym) leaf {
	switch name {
	case NameStepNumber:
		return &s.Number
	case NameStepID:
		return &s.ID
	}
	return nil
}

func (s *Step) child(name source.Sym, b *Builder) element {
	switch name {
	case NameStartDate:
		return instant(&s.Start)
	case NameEndDate:
		return instant(&s.End)
	case NameStepResult:
		if s.Result.Line == 0 {
			return &s.Result
		}
	case NameStepDescription:
		if s.Description.Root == nil {
			s.Description.Present = true
			s.Description.Root = &Any{}
			return s.Description.Root
		}
	case NameCurrentExportStepCounter:
		return number(&s.CurrentExport)
	case NameLastSuccessfulExportStepCounter:
		return number(&s.LastExport)
	case NameMAConnection:
		return block(&s.Connection.Block, &s.Connection)
	case NameMADiscoveryErrors:
		return block(&s.DiscoveryErrors, &recordList{Place: &s.DiscoveryErrors.Place, of: NameMADiscoveryErrors})
	case NameMADiscoveryCounters:
		return block(&s.DiscoveryCounters.Block, &s.DiscoveryCounters)
	case NameSynchronizationErrors:
		return block(&s.SyncErrors, &recordList{Place: &s.SyncErrors.Place, of: NameSynchronizationErrors})
	case NameMVRetryErrors:
		return block(&s.RetryErrorBlock, &recordList{Place: &s.RetryErrorBlock.Place, of: NameMVRetryErrors})
	case NameOutboundFlowCounters:
		return b.beginBlock(Outbound, nil)
	case NameStagingCounters:
		return b.beginBlock(Staging, &s.Staging)
	case NameInboundFlowCounters:
		return b.beginBlock(Inbound, &s.Inbound)
	case NameExportCounters:
		return b.beginBlock(Export, &s.Export)
	}
	return nil
}

func (s *Step) end(b *Builder, _ []byte) {
	s.Cut = b.over(&b.stepText)
	if b.retain {
		b.run.Steps = append(b.run.Steps, s)
	}
	b.visitor.Step(s)
	b.text = &b.runText
	if len(b.run.Outline) >= MaxOutline {
		b.run.OutlineCut = true
		return
	}
	b.run.Outline = append(b.run.Outline, StepOutline{
		Place: s.Place, Number: s.Number, ID: s.ID, Start: s.Start, End: s.End, Result: s.Result.Value, Retried: s.Tally.Retried,
	})
	last := &b.run.Outline[len(b.run.Outline)-1]
	if !b.retain {
		// The step's text is reused by the next step.
		for _, value := range []*string{&last.Number.Value, &last.ID.Value, &last.Start.Value, &last.End.Value, &last.Result} {
			*value = b.keep([]byte(*value))
		}
		for _, at := range []*Place{&last.Number.Place, &last.ID.Place, &last.Start.Place, &last.End.Place} {
			if at.Line != 0 { // what the step lacks is nowhere
				at.up = &last.Place
			}
		}
	}
	if b.over(&b.runText) {
		// Its text was not kept: half an entry would say that it is absent.
		b.run.Outline = b.run.Outline[:len(b.run.Outline)-1]
		b.run.OutlineCut = true
	}
}

func (r *StepResult) attribute(name source.Sym) leaf {
	switch name {
	case NameProgress:
		return &r.Progress
	case NameFile:
		return &r.File
	}
	return nil
}

func (c *Connection) child(name source.Sym, b *Builder) element {
	switch name {
	case NameConnectionResult:
		return text(&c.Result)
	case NameServer:
		return text(&c.Server)
	case NameConnectionLog:
		return block(&c.Log, &recordList{Place: &c.Log.Place, of: NameConnectionLog})
	}
	return nil
}

func (d *DiscoveryCounters) child(name source.Sym, _ *Builder) element {
	switch name {
	case NameFilteredDeletions:
		return number(&d.FilteredDeletions)
	case NameFilteredObjects:
		return number(&d.FilteredObjects)
	}
	return nil
}

// recordList is an element that holds records: the errors of a kind, or the
// incidents. A record in the list of another kind is misplaced.
type recordList struct {
	*Place
	of source.Sym
	bare
}

func (l *recordList) child(name source.Sym, b *Builder) element {
	switch {
	case name == NameIncident && l.of == NameConnectionLog:
		return b.beginIncident()
	case name == NameMAObjectError && l.of == NameMADiscoveryErrors:
		return b.beginObjectError()
	case name == NameImportError && l.of == NameSynchronizationErrors:
		return b.beginImportError()
	case name == NameExportError && l.of == NameSynchronizationErrors:
		return b.beginExportError()
	case name == NameRetryError && l.of == NameMVRetryErrors:
		return b.beginRetryError()
	}
	return nil
}

func (b *Builder) beginBlock(kind BlockKind, first *CounterBlock) element {
	c := first
	switch {
	case first != nil && !first.Present:
	case b.retain:
		c = &CounterBlock{}
	default:
		c = &b.block
	}
	*c = CounterBlock{Block: Block{Present: true}, Step: b.step, Kind: kind}
	if c == &b.block || b.retain && c != first {
		b.begin(&b.recordText)
	}
	return c
}

func (c *CounterBlock) attribute(name source.Sym) leaf {
	switch name {
	case NameMA:
		return &c.MA
	case NameMAID:
		return &c.MAID
	}
	return nil
}

func (c *CounterBlock) child(name source.Sym, _ *Builder) element {
	counter := c.Get(asKnown(name))
	if counter == nil || counter.Line != 0 {
		return nil
	}
	return counter
}

func (c *CounterBlock) end(b *Builder, _ []byte) {
	t := &b.step.Tally
	above := c.AnyAbove0()
	if failures := c.Failures(); above && failures != nil && failures.Above(0) {
		t.FailureAbove0 = true
	}
	first := false
	switch c.Kind {
	case Outbound:
		t.OutboundBlocks++
		t.OutboundAbove0 = t.OutboundAbove0 || above
	case Staging:
		t.StagingBlocks++
		t.StagingAbove0 = t.StagingAbove0 || above
		first = c == &b.step.Staging
	case Inbound:
		t.InboundBlocks++
		t.InboundAbove0 = t.InboundAbove0 || above
		t.addFlowFailure(&c.Get(NameFlowFailure).Number)
		first = c == &b.step.Inbound
	case Export:
		t.ExportBlocks++
		t.ExportAbove0 = t.ExportAbove0 || above
		first = c == &b.step.Export
	}
	if b.retain && c.Kind == Outbound {
		b.step.Outbound = append(b.step.Outbound, c)
	} else if b.retain && !first {
		b.step.MoreBlocks = append(b.step.MoreBlocks, c)
	}
	b.visitor.CounterBlock(c)
	b.text = &b.stepText
}

func (c *Counter) attribute(name source.Sym) leaf {
	if name == NameDetail {
		return &c.Detail
	}
	return nil
}

func (a *Any) attribute(source.Sym) leaf { return nil }
func (a *Any) child(_ source.Sym, b *Builder) element {
	if !b.charge(160) {
		return nil
	}
	c := &Any{}
	a.Children = append(a.Children, AnyChild{Element: c})
	return c
}

func (a *Any) end(b *Builder, text []byte) {
	if s := b.keep(text); s != "" {
		a.Children = append(a.Children, AnyChild{Text: s})
	}
	if d := &b.step.Description; d.Root == a {
		d.note()
	}
}
