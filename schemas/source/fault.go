package source

import (
	"fmt"
	"unicode/utf8"
)

// The ids of faults. The list is closed: a reader reports no others.
const (
	SRCLabel           = "SRC-label"            // the declared encoding contradicts the bytes; read anyway
	SRCEncoding        = "SRC-encoding"         // bytes that are not text in any encoding we read
	SRCNotXML          = "SRC-not-xml"          // the document does not begin with markup
	SRCEmpty           = "SRC-empty"            // nothing, or white space only
	SRCCompression     = "SRC-compression"      // broken or unsupported compression
	SRCLimitBytes      = "SRC-limit-bytes"      // more decoded bytes than allowed
	SRCLimitDepth      = "SRC-limit-depth"      // elements nested too deep
	SRCLimitAttributes = "SRC-limit-attributes" // too many attributes on an element
	SRCLimitValue      = "SRC-limit-value"      // a value is too long

	XMLSyntax             = "XML-syntax"
	XMLChar               = "XML-char" // a character that XML forbids; reading goes on
	XMLTagMismatch        = "XML-tag-mismatch"
	XMLAttributeDuplicate = "XML-attribute-duplicate"
	XMLEntity             = "XML-entity"
	XMLNamespaceFault     = "XML-namespace"
	XMLDoctype            = "XML-doctype"
	XMLRoot               = "XML-root"
	XMLTruncated          = "XML-truncated"
)

// Fault is something wrong with the bytes or the well-formedness of a
// document.
type Fault struct {
	ID      string
	Pos     Pos
	Path    string // of the innermost open element, "/" outside the root
	Message string
	// Fatal faults end the reading; [SRCLabel] and [XMLChar] do not.
	Fatal bool
	// Unread means that the document could not be judged to its end although
	// it may be well-formed: a limit, an encoding or a compression.
	Unread bool
}

// fatalf reports a fault that ends the reading.
func (r *Reader) fatalf(id string, pos Pos, format string, args ...any) {
	unread := false
	switch id {
	case SRCEncoding, SRCCompression, SRCLimitBytes, SRCLimitDepth, SRCLimitAttributes, SRCLimitValue:
		unread = true
	}
	r.stopped = true
	r.onFault(Fault{ID: id, Pos: pos, Path: r.Path(), Message: fmt.Sprintf(format, args...), Fatal: true, Unread: unread})
}

// notef reports a fault after which reading goes on.
func (r *Reader) notef(id string, pos Pos, format string, args ...any) {
	r.onFault(Fault{ID: id, Pos: pos, Path: r.Path(), Message: fmt.Sprintf(format, args...)})
}

// truncated reports that the document ends where it may not, unless the bytes
// ended early for a reason of their own.
func (r *Reader) truncated(format string, args ...any) {
	if r.giveUp() {
		return
	}
	if n := cut(r.buf[r.p:r.end]); n > 0 {
		r.fatalf(SRCEncoding, r.advance(r.end-n), "the document ends inside a character")
		return
	}
	r.fatalf(XMLTruncated, r.advance(r.end), "the document ends "+format, args...)
}

// wrong reports that the syntax has no place for the character at p of a tag.
// Bytes that are no character at all are a fault of the encoding; one that the
// window cuts needs more of the input before anything can be said.
func (r *Reader) wrong(p int, pos Pos, format string, args ...any) progress {
	if !utf8.FullRune(r.buf[p:r.end]) {
		return partial
	}
	if char, n := utf8.DecodeRune(r.buf[p:r.end]); char == utf8.RuneError && n == 1 {
		r.notText(p)
	} else {
		r.fatalf(XMLSyntax, pos, format, args...)
	}
	return failed
}

// notText reports a byte that is part of no character.
func (r *Reader) notText(p int) {
	r.fatalf(SRCEncoding, r.here(p), "the byte 0x%02X is not valid UTF-8", r.buf[p])
}

// giveUp tells whether the bytes ended because they could not be read on, and
// reports the fault that says why.
func (r *Reader) giveUp() bool {
	if r.failed != nil {
		r.err = r.failed
		r.stopped = true
		return true
	}
	if f := r.broken; f != nil {
		r.broken = nil
		r.fatalf(f.id, r.advance(r.end), "%s", f.message)
		return true
	}
	return false
}

// FaultIDs lists the ids of faults.
func FaultIDs() []string {
	return []string{
		SRCLabel, SRCEncoding, SRCNotXML, SRCEmpty, SRCCompression, SRCLimitBytes, SRCLimitDepth, SRCLimitAttributes, SRCLimitValue,
		XMLSyntax, XMLChar, XMLTagMismatch, XMLAttributeDuplicate, XMLEntity, XMLNamespaceFault, XMLDoctype, XMLRoot, XMLTruncated,
	}
}
