package cli

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// output is a file that replaces its predecessor only when it is complete, or
// a stream.
type output struct {
	io.Writer
	file *os.File
	path string
	buf  *bufio.Writer
	// stays means that file is path itself, which is no regular file.
	stays bool
}

// create opens the output: a new file beside path, or the stream when path is
// "" or "-". What is there and is no regular file, a device or a pipe, is
// written to and stays: nothing can take its place.
func create(path string, stream io.Writer) (*output, error) {
	if path == "" || path == "-" {
		return &output{Writer: stream}, nil
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return open(path)
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	buf := bufio.NewWriterSize(file, 256<<10)
	return &output{Writer: buf, file: file, path: path, buf: buf}, nil
}

// open opens a device or a pipe.
func open(path string) (*output, error) {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	buf := bufio.NewWriterSize(file, 256<<10)
	return &output{Writer: buf, file: file, path: path, buf: buf, stays: true}, nil
}

// commit completes the output.
func (o *output) commit() error {
	if o.file == nil {
		return nil
	}
	err := o.buf.Flush()
	if o.stays {
		if closeErr := o.file.Close(); err == nil {
			err = closeErr
		}
		o.file = nil
		if err != nil {
			return fmt.Errorf("write %s: %w", o.path, err)
		}
		return nil
	}
	if err == nil {
		err = o.file.Chmod(0o644)
	}
	if closeErr := o.file.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(o.file.Name(), o.path)
	}
	if err != nil {
		_ = os.Remove(o.file.Name())
		return fmt.Errorf("write %s: %w", o.path, err)
	}
	o.file = nil
	return nil
}

// discard drops what was written, unless it is complete.
func (o *output) discard() {
	if o.file != nil {
		_ = o.file.Close()
		if !o.stays {
			_ = os.Remove(o.file.Name())
		}
		o.file = nil
	}
}

// colored decides whether a stream gets colours: --color, then NO_COLOR, then
// whether it is a terminal.
func colored(choice string, stream io.Writer) (bool, error) {
	switch choice {
	case "always":
		return true, nil
	case "never":
		return false, nil
	case "auto":
		return os.Getenv("NO_COLOR") == "" && isTerminal(stream), nil
	}
	return false, usage("--color is %q, but must be auto, always or never", choice)
}

func isTerminal(stream io.Writer) bool {
	if wrapped, ok := stream.(interface{ Unwrap() io.Writer }); ok {
		stream = wrapped.Unwrap()
	}
	file, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}
