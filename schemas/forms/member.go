package forms

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"io"

	"github.com/runhist/runhist/schemas/source"
)

// encrypted is the flag of a member that needs a password.
const encrypted = 1

// openMember opens a member of an archive. What is wrong with it is an error of
// reading it, one that a source.Reader reports as a fault.
func openMember(f *zip.File) io.ReadCloser {
	if f.Flags&encrypted != 0 {
		return failing(source.Refuse(source.SRCCompression, "the member of the zip archive is encrypted: unpack it first"))
	}
	in, err := f.Open()
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		return failing(source.Refuse(source.SRCCompression,
			fmt.Sprintf("the member of the zip archive is compressed by method %d (%s), which is not read: unpack it first", f.Method, method(f.Method))))
	case err != nil:
		return failing(damaged("the member of the zip archive", err))
	}
	return &member{in: in, packed: int64(f.CompressedSize64)}
}

// method names the compressions that programs offer.
func method(number uint16) string {
	known := map[uint16]string{1: "Shrink", 6: "Implode", 9: "Deflate64", 12: "bzip2", 14: "LZMA", 95: "xz", 98: "PPMd", 99: "AES encryption"}
	return cmp.Or(known[number], "unknown")
}

// member reads a member and refuses one that expands absurdly.
type member struct {
	in     io.ReadCloser
	n      int64
	packed int64
}

func (m *member) Read(p []byte) (int, error) {
	n, err := m.in.Read(p)
	m.n += int64(n)
	switch {
	case m.n > maxExpanded && m.n/maxRatio > m.packed:
		err = source.Refuse(source.SRCLimitBytes,
			fmt.Sprintf("the member of the zip archive expands more than %d times, to over %d MiB: refused as a decompression bomb", maxRatio, maxExpanded>>20))
	case err != nil && err != io.EOF:
		err = damaged("the member of the zip archive", err)
	}
	return n, err
}

func (m *member) Close() error { return m.in.Close() }

// failing is an input that cannot be read.
func failing(err error) io.ReadCloser { return io.NopCloser(&failed{err}) }

type failed struct{ err error }

func (f *failed) Read([]byte) (int, error) { return 0, f.err }

// medium is what an archive stands on. It marks its errors, which say nothing
// about the archive.
type medium struct{ in io.ReaderAt }

func (m medium) ReadAt(p []byte, at int64) (int, error) {
	if at < 0 { // a directory may say anything
		return 0, zip.ErrFormat
	}
	n, err := m.in.ReadAt(p, at)
	if err != nil && err != io.EOF {
		err = &mediumError{err}
	}
	return n, err
}

type mediumError struct{ error }

func (m *mediumError) Unwrap() error { return m.error }

// damaged is a fault of an archive or of its member, unless what it stands on
// could not be read.
func damaged(what string, err error) error {
	var below *mediumError
	if errors.As(err, &below) {
		return below.error
	}
	reason := err.Error()
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		reason = "it ends early"
	case errors.Is(err, zip.ErrChecksum):
		reason = "its checksum is wrong"
	case errors.Is(err, zip.ErrFormat):
		reason = "its directory is wrong"
	}
	return source.Refuse(source.SRCCompression, what+" is damaged: "+reason)
}
