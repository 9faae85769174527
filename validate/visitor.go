package validate

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/rule"
)

// Observer sees the nodes of documents beside the rules: what a use case wants
// to know of them besides findings. It may keep none of them.
type Observer interface {
	rundetails.Visitor
	// Take hands over what was seen of the document, and makes ready for
	// another one.
	Take() any
}

// visitor shows the nodes of a document to the rules, those that tell something
// about a run as a whole to the collector of facts as well, and all of them to
// the observer.
type visitor struct {
	*rule.Runner
	pipeline *pipeline
}

func (v visitor) History(n *rundetails.History) {
	v.Runner.History(n)
	if o := v.pipeline.observer; o != nil {
		o.History(n)
	}
}

func (v visitor) Incident(n *rundetails.Incident) {
	v.Runner.Incident(n)
	if c := v.pipeline.facts; c != nil {
		c.Incident(n)
	}
	if o := v.pipeline.observer; o != nil {
		o.Incident(n)
	}
}

func (v visitor) ObjectError(n *rundetails.ObjectError) {
	v.Runner.ObjectError(n)
	if c := v.pipeline.facts; c != nil {
		c.ObjectError(n)
	}
	if o := v.pipeline.observer; o != nil {
		o.ObjectError(n)
	}
}

func (v visitor) ImportError(n *rundetails.ImportError) {
	v.Runner.ImportError(n)
	if c := v.pipeline.facts; c != nil {
		c.ImportError(n)
	}
	if o := v.pipeline.observer; o != nil {
		o.ImportError(n)
	}
}

func (v visitor) ExportError(n *rundetails.ExportError) {
	v.Runner.ExportError(n)
	if c := v.pipeline.facts; c != nil {
		c.ExportError(n)
	}
	if o := v.pipeline.observer; o != nil {
		o.ExportError(n)
	}
}

func (v visitor) RetryError(n *rundetails.RetryError) {
	v.Runner.RetryError(n)
	if c := v.pipeline.facts; c != nil {
		c.RetryError(n)
	}
	if o := v.pipeline.observer; o != nil {
		o.RetryError(n)
	}
}

func (v visitor) CounterBlock(n *rundetails.CounterBlock) {
	v.Runner.CounterBlock(n)
	if c := v.pipeline.facts; c != nil {
		c.CounterBlock(n)
	}
	if o := v.pipeline.observer; o != nil {
		o.CounterBlock(n)
	}
}

func (v visitor) Step(n *rundetails.Step) {
	v.pipeline.steps++
	v.Runner.Step(n)
	if c := v.pipeline.facts; c != nil {
		c.Step(n)
	}
	if o := v.pipeline.observer; o != nil {
		o.Step(n)
	}
}

func (v visitor) Run(n *rundetails.Run) {
	v.Runner.Run(n)
	if c := v.pipeline.facts; c != nil {
		c.Run(n)
	}
	if o := v.pipeline.observer; o != nil {
		o.Run(n)
	}
}
