package rundetails

import "github.com/runhist/runhist/schemas/source"

// record returns where to build a record: in the reused one, or in a new one
// when the tree is kept.
func record[R any](b *Builder, reused *R) *R {
	b.begin(&b.recordText)
	if b.retain {
		return new(R)
	}
	b.attributePool.reset()
	b.valuePool.reset()
	b.textPool.reset()
	return reused
}

// pool lends the parts that a record has any number of. In the streaming form
// the next record has them again.
type pool[T any] struct {
	items []*T
	lent  int
}

// maxPooled is the number of parts of one kind that outlive a record: more
// than all but the largest records have.
const maxPooled = 1 << 10

// next lends a part with whatever stands in it from before.
func (p *pool[T]) next(retain bool) *T {
	if retain {
		return new(T)
	}
	if p.lent == len(p.items) {
		p.items = append(p.items, new(T))
	}
	p.lent++
	return p.items[p.lent-1]
}

func (p *pool[T]) reset() {
	p.lent = 0
	if len(p.items) > maxPooled {
		clear(p.items[maxPooled:])
		p.items = p.items[:maxPooled]
	}
}

// keepRecord adds a record to its step in the retaining form.
func keepRecord[R any](b *Builder, list *[]*R, r *R) {
	if b.retain {
		*list = append(*list, r)
	}
	b.text = &b.stepText
}

func (b *Builder) beginIncident() element {
	i := record(b, &b.incident)
	*i = Incident{Step: b.step, Previous: b.previous}
	return i
}

func (i *Incident) attribute(source.Sym) leaf { return nil }
func (i *Incident) child(name source.Sym, _ *Builder) element {
	switch name {
	case NameConnectionResult:
		return text(&i.Result)
	case NameDate:
		return instant(&i.Date)
	case NameServer:
		return text(&i.Server)
	case NameCDError:
		return block(&i.Error.Block, &i.Error)
	}
	return nil
}

func (i *Incident) end(b *Builder, _ []byte) {
	i.Cut = b.over(&b.recordText)
	b.step.Tally.addIncident(i)
	b.visitor.Incident(i)
	keepRecord(b, &b.step.Incidents, i)
	b.previous = i.Date.point()
}

func (e *CDError) child(name source.Sym, _ *Builder) element {
	switch name {
	case NameErrorCode:
		return text(&e.Code)
	case NameErrorLiteral:
		return text(&e.Literal)
	case NameServerErrorDetail:
		return text(&e.Detail)
	}
	return nil
}

func (e *Encoded) attribute(name source.Sym) leaf {
	if name == NameEncoding {
		return &e.Encoding
	}
	return nil
}

func encoded(e *Encoded) element {
	if e.Line != 0 {
		return nil
	}
	return e
}

func (b *Builder) beginObjectError() element {
	e := record(b, &b.objectError)
	*e = ObjectError{Step: b.step, Values: e.Values[:0]}
	return e
}

func (e *ObjectError) attribute(source.Sym) leaf { return nil }
func (e *ObjectError) child(name source.Sym, b *Builder) element {
	switch name {
	case NameErrorType:
		return text(&e.Type)
	case NameEntryNumber:
		return number(&e.EntryNumber)
	case NameLineNumber:
		return number(&e.LineNumber)
	case NameColumnNumber:
		return number(&e.ColumnNumber)
	case NameDN:
		return text(&e.DN)
	case NameAnchor:
		return encoded(&e.Anchor)
	case NameAttributeName:
		return text(&e.AttributeName)
	case NameCDError:
		return block(&e.Error.Block, &objectCDError{&e.Error, e})
	case NameValue:
		return b.texts(&e.Values)
	}
	return nil
}

// objectCDError is the cd-error of an object error: products before
// [MS-UPSMODS] write the values of the object into it.
type objectCDError struct {
	*CDError
	of *ObjectError
}

func (e *objectCDError) child(name source.Sym, b *Builder) element {
	if name == NameValue {
		return b.texts(&e.of.Values)
	}
	return e.CDError.child(name, b)
}

// texts appends one more text to a list, as long as the record may grow.
func (b *Builder) texts(list *[]*Text) element {
	if !b.charge(64) {
		return nil
	}
	t := b.textPool.next(b.retain)
	*t = Text{}
	*list = append(*list, t)
	return t
}

func (e *ObjectError) end(b *Builder, _ []byte) {
	e.Cut = b.over(&b.recordText)
	b.step.Tally.ObjectErrors.add(e.Type.Value)
	b.visitor.ObjectError(e)
	keepRecord(b, &b.step.ObjectErrors, e)
}

func (b *Builder) beginImportError() element {
	e := record(b, &b.importError)
	d, n := &e.Change.Delta, &e.Change.Entry
	dnChanges, changes, dnAttributes, attributes := d.DNAttributes[:0], d.Attributes[:0], n.DNAttributes[:0], n.Attributes[:0]
	*e = ImportError{Step: b.step}
	d.DNAttributes, d.Attributes, n.DNAttributes, n.Attributes = dnChanges, changes, dnAttributes, attributes
	return e
}

func (e *ImportError) attribute(name source.Sym) leaf {
	switch name {
	case NameCSGUID:
		return &e.CSGUID
	case NameDN:
		return &e.DN
	}
	return nil
}

func (e *ImportError) child(name source.Sym, _ *Builder) element {
	switch name {
	case NameFirstOccurred:
		return instant(&e.FirstOccurred)
	case NameRetryCount:
		return number(&e.RetryCount)
	case NameDateOccurred:
		return instant(&e.DateOccurred)
	case NameErrorType:
		return text(&e.Type)
	case NameAlgorithmStep:
		if e.AlgorithmStep.Line == 0 {
			return &e.AlgorithmStep
		}
	case NameChangeNotReimported:
		return block(&e.Change.Block, &e.Change)
	case NameExtensionErrorInfo:
		return block(&e.Extension.Block, &e.Extension)
	case NameRulesErrorInfo, NameRuleErrorInfo:
		return block(&e.Rules.Block, &e.Rules)
	}
	return nil
}

func (e *ImportError) end(b *Builder, _ []byte) {
	e.Cut = b.over(&b.recordText)
	t := &b.step.Tally
	t.ImportErrors.add(e.Type.Value)
	t.addRetried(&e.RetryCount, &e.FirstOccurred)
	if e.AlgorithmStep.Present && e.AlgorithmStep.Value != "staging" {
		t.FlowErrors++
	}
	b.visitor.ImportError(e)
	keepRecord(b, &b.step.ImportErrors, e)
}

func (a *AlgorithmStep) attribute(name source.Sym) leaf {
	switch name {
	case NameMAID:
		return &a.MAID
	case NameDN:
		return &a.DN
	}
	return nil
}

func (b *Builder) beginExportError() element {
	e := record(b, &b.exportError)
	*e = ExportError{Step: b.step}
	return e
}

func (e *ExportError) attribute(name source.Sym) leaf {
	switch name {
	case NameCSGUID:
		return &e.CSGUID
	case NameDN:
		return &e.DN
	}
	return nil
}

func (e *ExportError) child(name source.Sym, _ *Builder) element {
	switch name {
	case NameDateOccurred:
		return instant(&e.DateOccurred)
	case NameFirstOccurred:
		return instant(&e.FirstOccurred)
	case NameRetryCount:
		return number(&e.RetryCount)
	case NameErrorType:
		return text(&e.Type)
	case NameCDError:
		return block(&e.Error.Block, &e.Error)
	}
	return nil
}

func (e *ExportError) end(b *Builder, _ []byte) {
	e.Cut = b.over(&b.recordText)
	b.step.Tally.ExportErrors.add(e.Type.Value)
	b.step.Tally.addRetried(&e.RetryCount, &e.FirstOccurred)
	b.visitor.ExportError(e)
	keepRecord(b, &b.step.ExportErrors, e)
}

func (b *Builder) beginRetryError() element {
	e := record(b, &b.retryError)
	*e = RetryError{Step: b.step}
	return e
}

func (e *RetryError) attribute(name source.Sym) leaf {
	switch name {
	case NameMVGUID:
		return &e.MVGUID
	case NameDisplayname, NameDisplayNameFIM:
		return &e.DisplayName
	}
	return nil
}

func (e *RetryError) child(name source.Sym, _ *Builder) element {
	switch name {
	case NameDateOccurred:
		return instant(&e.DateOccurred)
	case NameErrorType:
		return text(&e.Type)
	case NameAlgorithmStep:
		if e.AlgorithmStep.Line == 0 {
			return &e.AlgorithmStep
		}
	case NameExtensionErrorInfo:
		return block(&e.Extension.Block, &e.Extension)
	case NameRulesErrorInfo, NameRuleErrorInfo:
		return block(&e.Rules.Block, &e.Rules)
	}
	return nil
}

func (e *RetryError) end(b *Builder, _ []byte) {
	e.Cut = b.over(&b.recordText)
	b.step.Tally.RetryErrors.add(e.Type.Value)
	b.visitor.RetryError(e)
	keepRecord(b, &b.step.RetryErrors, e)
}
