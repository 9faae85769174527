package rule

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/rule/keys"
)

// Object is what the errors of a step before the present one said of its
// object, the one that @cs-guid names. Several rules compare errors of one
// object, and to look an object up is most of what that costs: it is done once
// for all of them.
type Object struct {
	// Named is the number of the first error that has a dn beside the GUID:
	// of an import-error 2n, of an export-error 2n+1, where n is its index;
	// 0 when there was none. A line would not do, since a document may have
	// one line only.
	Named uint32
	// Import and Export are the lines of the first import-error that says
	// its failure and of the first export-error; 0 when there was none.
	Import, Export uint32
	// Failure is the key of what the first import-error says failed.
	Failure uint64
}

// objects are those of a step, in the order of their first errors.
type objects struct {
	index memory // places in list, counted from 1
	list  []Object
}

// of returns what is known of an object, which is nothing at first; nil when
// there is no room for another one.
func (o *objects) of(id rundetails.ID) *Object {
	before, seen, full := o.index.seen(keys.Of(id).Sum(), uint32(len(o.list)+1))
	switch {
	case full:
		return nil
	case seen:
		return &o.list[before-1]
	}
	o.list = append(o.list, Object{})
	return &o.list[len(o.list)-1]
}

func (o *objects) reset() {
	o.index.reset()
	o.list = o.list[:0]
	if cap(o.list) > maxKept {
		o.list = nil
	}
}

// Failure is the key of what an import-error says failed: the type, the
// algorithm step and the object at the target agent. ok is false when it does
// not say so.
func Failure(e *rundetails.ImportError) (key uint64, ok bool) {
	a := &e.AlgorithmStep
	if !e.Type.Present || !a.Present {
		return 0, false
	}
	return keys.Folded(e.Type.Value, a.Value, a.MAID.Value, a.DN.Value).Sum(), true
}

func (o *Object) noteImport(e *rundetails.ImportError) {
	o.name(e.Index<<1, &e.DN)
	if o.Import != 0 {
		return
	}
	if key, ok := Failure(e); ok {
		o.Import, o.Failure = e.Line, key
	}
}

func (o *Object) noteExport(e *rundetails.ExportError) {
	o.name(e.Index<<1|1, &e.DN)
	if o.Export == 0 {
		o.Export = e.Line
	}
}

func (o *Object) name(number uint32, dn *rundetails.Text) {
	if o.Named == 0 && dn.Value != "" {
		o.Named = number
	}
}
