package rundetails

import "github.com/runhist/runhist/schemas/source"

// This file says what may stand above the steps: the root, one history or
// several, the runs.

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
