// Package hostile is documents that are meant to do harm, or that were
// damaged on their way: each with the fault that a reader must find in it,
// and where. Whatever reads documents reads these in its tests.
//
// The small ones are the files in inputs, listed in files.go; what would be
// too large for a file is written by generated.go. To add one: put the file
// there, and its line into the list. The package imports nothing of this
// module.
package hostile

import (
	"bytes"
	"embed"
	"io"
)

//go:embed inputs
var inputs embed.FS

// Input is one hostile document.
type Input struct {
	Name   string
	ID     string // of the first fault
	Line   uint32 // of the first fault; 0 for any place
	Column uint32
	Faults int  // in all, of the same id
	Large  bool // more than a megabyte when decoded

	open func() (io.Reader, error) // nil for a file
}

// Open returns the bytes of the document, from the beginning.
func (i Input) Open() (io.Reader, error) {
	if i.open != nil {
		return i.open()
	}
	data, err := inputs.ReadFile("inputs/" + i.Name)
	if err != nil {
		return nil, err
	}
	return bytes.NewReader(data), nil
}

// All returns all hostile documents, the files first.
func All() []Input { return append(files(), generated()...) }
