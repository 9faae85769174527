package validate

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/rule"
)

// visitor shows the nodes of a document to the rules, and those that tell
// something about a run as a whole to the collector of facts as well.
type visitor struct {
	*rule.Runner
	pipeline *pipeline
}

func (v visitor) Incident(n *rundetails.Incident) {
	v.Runner.Incident(n)
	if c := v.pipeline.facts; c != nil {
		c.Incident(n)
	}
}

func (v visitor) ObjectError(n *rundetails.ObjectError) {
	v.Runner.ObjectError(n)
	if c := v.pipeline.facts; c != nil {
		c.ObjectError(n)
	}
}

func (v visitor) ImportError(n *rundetails.ImportError) {
	v.Runner.ImportError(n)
	if c := v.pipeline.facts; c != nil {
		c.ImportError(n)
	}
}

func (v visitor) ExportError(n *rundetails.ExportError) {
	v.Runner.ExportError(n)
	if c := v.pipeline.facts; c != nil {
		c.ExportError(n)
	}
}

func (v visitor) RetryError(n *rundetails.RetryError) {
	v.Runner.RetryError(n)
	if c := v.pipeline.facts; c != nil {
		c.RetryError(n)
	}
}

func (v visitor) CounterBlock(n *rundetails.CounterBlock) {
	v.Runner.CounterBlock(n)
	if c := v.pipeline.facts; c != nil {
		c.CounterBlock(n)
	}
}

func (v visitor) Step(n *rundetails.Step) {
	v.pipeline.steps++
	v.Runner.Step(n)
	if c := v.pipeline.facts; c != nil {
		c.Step(n)
	}
}

func (v visitor) Run(n *rundetails.Run) {
	v.Runner.Run(n)
	if c := v.pipeline.facts; c != nil {
		c.Run(n)
	}
}
