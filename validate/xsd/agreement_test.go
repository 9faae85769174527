//go:build libxml2 && cgo

package xsd

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/runhist/runhist/validate/xsd/libxml2"
)

// misplaced says that both engines object, but that nothing of what we say is
// about the first error of libxml2: of its kind, and where it is.
func (o *outcome) misplaced(doc []byte) difference {
	if o.skipped || o.failure != nil || len(o.ours.faults) > 0 || o.theirs.Valid || o.ours.valid() {
		return difference{}
	}
	first := &o.theirs.Errors[0]
	if slices.ContainsFunc(divergences(), func(d divergence) bool { return d.theirs != nil && d.theirs(doc, first) }) {
		return difference{}
	}
	// libxml2 counts line feeds, we count carriage returns too.
	lines := bytes.Count(doc, []byte("\r")) == bytes.Count(doc, []byte("\r\n"))
	for i := range o.ours.violations {
		if v := &o.ours.violations[i]; sameKind(v, first) && (!lines || samePlace(v, first)) {
			return difference{}
		}
	}
	return difference{"the first error is elsewhere: " + first.ID, fmt.Sprintf("%+v", *first)}
}

// sameKind tells whether a violation is what an error may be called here:
// libxml2 does not tell a missing element from one in its place, nor a range
// from a type, and looks into xsi:nil where it may not stand.
func sameKind(v *Violation, e *libxml2.Error) bool {
	switch e.ID {
	case MissingElement, UnexpectedElement:
		return v.ID == MissingElement || v.ID == UnexpectedElement
	case Datatype, Range:
		return v.ID == Datatype || v.ID == Range
	case AttributeValue:
		return v.ID == AttributeValue || v.ID == AttributeUnexpected && strings.Contains(e.Message, "}nil'")
	}
	return v.ID == e.ID
}

// samePlace compares lines: ours must lie in the tag or the element that
// libxml2 speaks of. A missing element is reported at its parent, and one that
// stands too late, where it stands.
func samePlace(v *Violation, e *libxml2.Error) bool {
	line := int(v.Pos.Line)
	switch v.ID {
	case MissingElement, UnexpectedElement:
		return line <= e.Reached || strings.Contains(v.Message, "stands too late")
	}
	return line >= e.Line && line <= e.Reached
}
