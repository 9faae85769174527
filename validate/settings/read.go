package settings

import (
	"io"

	"github.com/runhist/runhist/schemas/strict"
)

// maxFile is how large a file may be, in bytes.
const maxFile = 1 << 20

// Read reads a file. The error is an [*Invalid] that tells all problems, or
// that of in.
func Read(in io.Reader, known Known) (*Settings, error) {
	r := &reader{known: known}
	s := &Settings{}
	root, err := r.Load(in, maxFile)
	if err != nil {
		return nil, err
	}
	if root != nil {
		r.Mapping(root, r.fileKeys(s))
	}
	if err := r.Err(); err != nil {
		return nil, err
	}
	return s, nil
}

// reader reads the nodes of a file.
type reader struct {
	strict.Reader
	known Known
}
