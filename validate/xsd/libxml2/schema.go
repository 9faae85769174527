//go:build libxml2 && cgo

package libxml2

/*
#cgo pkg-config: libxml-2.0
#include <stdlib.h>
#include <libxml/globals.h>
#include <libxml/parser.h>
#include "stream.h"
*/
import "C"

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"unsafe"

	"github.com/lestrrat-go/libxml2/xsd"
)

// Schema is a compiled schema. Several goroutines may validate with it at the
// same time.
type Schema struct {
	// mu keeps Close from freeing the schema under a running Validate.
	mu     sync.RWMutex
	schema *xsd.Schema
}

// Available reports whether this build has libxml2.
func Available() bool { return true }

// Version returns the version of the libxml2 in use as libxml2 writes it, for
// instance "20914" for 2.9.14.
func Version() string { return C.GoString(C.xmlParserVersion) }

// Compile compiles a schema. Each call leaks the schema's source tree (73 KB
// for the schema of run histories), so compile once and keep the result.
func Compile(source []byte) (*Schema, error) {
	if len(source) == 0 {
		return nil, errors.New("libxml2: compile schema: empty input")
	}
	// What libxml2 says about a bad schema goes to a handler of the thread.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	C.xmlInitParser()
	capture := C.rh_capture_begin()
	schema, err := xsd.Parse(source)
	first := C.rh_capture_end(capture)
	defer C.free(unsafe.Pointer(first))
	if err == nil {
		return &Schema{schema: schema}, nil
	}
	if first == nil {
		return nil, fmt.Errorf("libxml2: compile schema: %w", err)
	}
	return nil, fmt.Errorf("libxml2: compile schema: %w: %s", err, strings.TrimSpace(C.GoString(first)))
}

// Close frees the schema. It waits for every running Validate.
func (s *Schema) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.schema != nil {
		s.schema.Free()
		s.schema = nil
	}
}

// Validate reads a document in UTF-8 to its end, or to the first place where
// it is not well-formed, and returns what libxml2 makes of it. The error says
// that r could not be read, that the document exceeds a limit, or that libxml2
// failed; it never says that the document is bad.
func (s *Schema) Validate(r io.Reader) (Verdict, error) {
	return s.validate(r, defaultPiece, defaultLimits())
}

func (s *Schema) validate(r io.Reader, piece int, limits C.rh_limits) (Verdict, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.schema == nil {
		return Verdict{}, ErrClosed
	}
	// The schema is C memory: the pointer may travel as one.
	p := s.schema.Pointer()
	v := C.rh_new(*(*unsafe.Pointer)(unsafe.Pointer(&p)), limits)
	if v == nil {
		return Verdict{}, errors.New("libxml2: validate: out of memory")
	}
	defer C.rh_free(v)
	if err := feed(v, r, piece); err != nil {
		return Verdict{}, err
	}
	return collect(v)
}
