//go:build !libxml2 || !cgo

package libxml2

import "io"

// Schema is a compiled schema; this build has none.
type Schema struct{}

// Available reports whether this build has libxml2.
func Available() bool { return false }

// Version returns the version of the libxml2 in use, empty when there is none.
func Version() string { return "" }

// Compile returns [ErrNotBuilt].
func Compile([]byte) (*Schema, error) { return nil, ErrNotBuilt }

// Close does nothing.
func (s *Schema) Close() {}

// Validate returns [ErrNotBuilt].
func (s *Schema) Validate(io.Reader) (Verdict, error) { return Verdict{}, ErrNotBuilt }
