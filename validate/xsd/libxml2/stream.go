//go:build libxml2 && cgo

package libxml2

/*
#include "stream.h"
*/
import "C"

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// defaultPiece is how much of a document libxml2 gets at a time.
const defaultPiece = 64 << 10

// byteOrderMark may begin a document; libxml2 would look for it only when it
// chooses the encoding itself.
const byteOrderMark = "\xEF\xBB\xBF"

// defaultLimits bounds the memory of one Validate. The caller's own limits
// (256 levels, 64 MiB a value) are meant to strike long before.
func defaultLimits() C.rh_limits {
	return C.rh_limits{
		errors:  1_000,
		message: 2_000,
		value:   256 << 20,
		names:   256 << 20,
		depth:   100_000,
	}
}

// feed pushes the whole of r, or as much as libxml2 wants to see.
func feed(v *C.rh_validator, r io.Reader, piece int) error {
	// Full pieces, whatever the reader returns, make the verdict independent
	// of the reader.
	buf := make([]byte, 0, utf8.UTFMax+piece)
	for first := true; ; {
		n, err := fill(r, buf[len(buf):len(buf)+piece])
		if err != nil && err != io.EOF {
			return fmt.Errorf("libxml2: read document: %w", err)
		}
		last := err == io.EOF
		buf = buf[:len(buf)+n]
		if first && len(buf) < len(byteOrderMark) && !last {
			continue
		}
		data := buf
		if first {
			data = bytes.TrimPrefix(data, []byte(byteOrderMark))
			first = false
		}
		// libxml2 sees whole characters only: an unfinished one waits.
		wait := 0
		if !last {
			wait = unfinished(data)
		}
		if done, err := push(v, data[:len(data)-wait], last); done || err != nil {
			return err
		}
		// A comment or a tag is parsed when it is whole, and each piece moves
		// what waits: pieces as long as that keep the work linear.
		if backlog := int(C.rh_backlog(v)); backlog > piece {
			piece = backlog
			buf = append(make([]byte, 0, utf8.UTFMax+piece), data[len(data)-wait:]...)
			continue
		}
		buf = append(buf[:0], data[len(data)-wait:]...)
	}
}

// fill reads until buf is full or r ends, and returns io.EOF with the last
// bytes.
func fill(r io.Reader, buf []byte) (int, error) {
	n, idle := 0, 0
	for n < len(buf) {
		m, err := r.Read(buf[n:])
		n += m
		if err != nil {
			return n, err
		}
		if m > 0 {
			idle = 0
		} else if idle++; idle == 100 {
			return n, io.ErrNoProgress
		}
	}
	return n, nil
}

// unfinished returns the length of an incomplete character at the end of data.
func unfinished(data []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(data); n++ {
		tail := data[len(data)-n:]
		if utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return n
		}
	}
	return 0
}

// push hands one piece to libxml2, and after the last piece the end; it reports
// whether libxml2 wants no more.
func push(v *C.rh_validator, data []byte, last bool) (done bool, err error) {
	state := C.int(C.RH_MORE)
	if len(data) > 0 {
		state = C.rh_push(v, unsafe.Pointer(unsafe.SliceData(data)), C.int(len(data)), 0)
	}
	if last && state == C.RH_MORE {
		state = C.rh_push(v, nil, 0, 1)
	}
	switch state {
	case C.RH_MORE:
		return last, nil
	case C.RH_STOPPED:
		return true, nil
	case C.RH_LIMIT:
		return true, ErrLimit
	default:
		return true, errors.New("libxml2: validate: out of memory")
	}
}

// collect copies the results out of C.
func collect(v *C.rh_validator) (Verdict, error) {
	out := Verdict{
		Valid: C.rh_valid(v) == 1,
		Total: int(C.rh_total(v)),
	}
	for i := range int(C.rh_kept(v)) {
		out.Errors = append(out.Errors, convert(C.rh_at(v, C.size_t(i))))
	}
	if C.rh_internal(v) != 0 {
		return out, fmt.Errorf("%w%s", ErrInternal, lastMessage(out))
	}
	if out.Valid != (out.Total == 0) {
		return out, fmt.Errorf("%w: valid is %t with %d errors", ErrInternal, out.Valid, out.Total)
	}
	return out, nil
}

func lastMessage(v Verdict) string {
	if len(v.Errors) == 0 {
		return ""
	}
	return ": " + v.Errors[len(v.Errors)-1].Message
}

func convert(e *C.rh_error) Error {
	message := text(e.message)
	c := complaint{
		code:      int(e.code),
		message:   message,
		attribute: e.in_attribute != 0,
		root:      e.is_root != 0,
		place:     int(e.place),
		last:      e.last != 0,
		next:      int(e.next),
	}
	id := c.schemaID()
	if e.schema == 0 {
		id = c.syntaxID()
	}
	return Error{
		Line:           int(e.line),
		Reached:        int(e.seen),
		Code:           int(e.code),
		ID:             id,
		WellFormedness: e.schema == 0,
		Element:        text(e.element),
		Message:        message,
	}
}

// text copies a C string that may have been cut inside a character.
func text(s *C.char) string {
	if s == nil {
		return ""
	}
	b := []byte(C.GoString(s))
	b = b[:len(b)-unfinished(b)]
	return strings.TrimRight(string(bytes.ToValidUTF8(b, []byte("\uFFFD"))), "\n")
}
