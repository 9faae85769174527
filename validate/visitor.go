package validate

import "github.com/runhist/runhist/schemas/rundetails"

// Observer sees the nodes of documents beside the rules: what a use case wants
// to know of them besides findings. It may keep none of them.
type Observer interface {
	rundetails.Visitor
	// Take hands over what was seen of the document, and makes ready for
	// another one.
	Take() any
}

// visitor shows the nodes of a document to the rules, to the collector of what
// tells something about a run as a whole, and to the observer, as far as there
// are any. It counts the steps before a rule can crash over one.
type visitor struct {
	rundetails.Visitors
	pipeline *pipeline
}

func newVisitor(p *pipeline) visitor {
	v := visitor{rundetails.Visitors{p.runner}, p}
	if p.facts != nil {
		v.Visitors = append(v.Visitors, p.facts)
	}
	if p.observer != nil {
		v.Visitors = append(v.Visitors, p.observer)
	}
	return v
}

// Step counts a step and shows it.
func (v visitor) Step(n *rundetails.Step) {
	v.pipeline.steps++
	v.Visitors.Step(n)
}
