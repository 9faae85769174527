package libxml2

import "errors"

// ErrNotBuilt is returned by [Compile] in a build without the tag libxml2 or
// without cgo.
var ErrNotBuilt = errors.New("this build has no libxml2; rebuild with -tags libxml2 (needs cgo and libxml2-dev)")

// ErrLimit is returned by [Schema.Validate] when a document would need more
// memory than this package allows. It is about the document's shape (one text
// or one piece of markup of hundreds of megabytes, a hundred thousand open
// elements), never about its length.
var ErrLimit = errors.New("libxml2: the document exceeds a memory limit of the second opinion")

// ErrInternal is returned by [Schema.Validate] when libxml2 gave up or
// contradicted itself, so that there is no second opinion. One known cause
// depends on the document: a value that does not match the pattern of a DN,
// because of a line break behind twenty or more commas, exhausts libxml2's
// backtracking matcher.
var ErrInternal = errors.New("libxml2: internal error")

// ErrClosed is returned by [Schema.Validate] after [Schema.Close].
var ErrClosed = errors.New("libxml2: the schema is closed")

// Verdict is what libxml2 makes of one document.
type Verdict struct {
	// Valid is true when the document is well-formed, namespaces included,
	// and valid against the schema.
	Valid bool
	// Errors holds the first thousand errors in document order.
	Errors []Error
	// Total counts all errors, those beyond the first thousand too.
	Total int
}

// Error is one complaint of libxml2.
type Error struct {
	// Line is the line where the start tag of the element concerned begins;
	// for an error of well-formedness, the line the parser had reached.
	Line int
	// Reached is the line the parser had reached when libxml2 complained: for
	// content, the line of the end tag or of the next child.
	Reached int
	// Code is libxml2's number (xmlParserErrors).
	Code int
	// ID is the project's identifier that fits Code best.
	ID string
	// WellFormedness is true when the document is not well-formed here.
	WellFormedness bool
	// Element is the name of the element concerned, {namespace}local when it
	// has a namespace; empty outside the root. For an error of well-formedness
	// it is the innermost open element.
	Element string
	// Message is libxml2's own text, valid UTF-8, without the final line
	// break and cut after two thousand bytes.
	Message string
}
