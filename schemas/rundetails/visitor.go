package rundetails

// Visitor takes the nodes of a document when their end tags have been read, in
// that order. What a node does not hold yet is said at its type: an error's
// Step has what stands before the error in the document.
//
// In the streaming form a node and all its text are valid only during the
// call.
type Visitor interface {
	Incident(*Incident)
	ObjectError(*ObjectError)
	ImportError(*ImportError)
	ExportError(*ExportError)
	RetryError(*RetryError)
	CounterBlock(*CounterBlock)
	Step(*Step)
	Run(*Run)
	History(*History)
}

// Ignore is a Visitor that takes no notice; embed it to implement some of the
// methods only.
type Ignore struct{}

// Incident does nothing.
func (Ignore) Incident(*Incident) {}

// ObjectError does nothing.
func (Ignore) ObjectError(*ObjectError) {}

// ImportError does nothing.
func (Ignore) ImportError(*ImportError) {}

// ExportError does nothing.
func (Ignore) ExportError(*ExportError) {}

// RetryError does nothing.
func (Ignore) RetryError(*RetryError) {}

// CounterBlock does nothing.
func (Ignore) CounterBlock(*CounterBlock) {}

// Step does nothing.
func (Ignore) Step(*Step) {}

// Run does nothing.
func (Ignore) Run(*Run) {}

// History does nothing.
func (Ignore) History(*History) {}

// Visitors show each node to all of them, in their order.
type Visitors []Visitor

// Incident shows it to all.
func (all Visitors) Incident(i *Incident) {
	for _, v := range all {
		v.Incident(i)
	}
}

// ObjectError shows it to all.
func (all Visitors) ObjectError(e *ObjectError) {
	for _, v := range all {
		v.ObjectError(e)
	}
}

// ImportError shows it to all.
func (all Visitors) ImportError(e *ImportError) {
	for _, v := range all {
		v.ImportError(e)
	}
}

// ExportError shows it to all.
func (all Visitors) ExportError(e *ExportError) {
	for _, v := range all {
		v.ExportError(e)
	}
}

// RetryError shows it to all.
func (all Visitors) RetryError(e *RetryError) {
	for _, v := range all {
		v.RetryError(e)
	}
}

// CounterBlock shows it to all.
func (all Visitors) CounterBlock(b *CounterBlock) {
	for _, v := range all {
		v.CounterBlock(b)
	}
}

// Step shows it to all.
func (all Visitors) Step(s *Step) {
	for _, v := range all {
		v.Step(s)
	}
}

// Run shows it to all.
func (all Visitors) Run(r *Run) {
	for _, v := range all {
		v.Run(r)
	}
}

// History shows it to all.
func (all Visitors) History(h *History) {
	for _, v := range all {
		v.History(h)
	}
}
