package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"
)

// output is a file that replaces its predecessor only when it is complete, or
// a stream.
type output struct {
	io.Writer
	file *os.File
	path string
	buf  *bufio.Writer
	// direct means that file is path itself: a device or a pipe.
	direct bool
}

// create opens the output: a new file beside path, or the stream when path is
// "" or "-". A link is followed; a device or a pipe cannot be replaced and is
// written to as it is.
func create(path string, stream io.Writer) (*output, error) {
	if path == "" || path == "-" {
		return &output{Writer: stream}, nil
	}
	if isStream(path) {
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", path, err)
		}
		buf := bufio.NewWriterSize(file, 256<<10)
		return &output{Writer: buf, file: file, path: path, buf: buf, direct: true}, nil
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	return beside(path)
}

// beside opens a new file beside path.
func beside(path string) (*output, error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("write %s: there is no folder %s", path, filepath.Dir(path))
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err // the name is one that nobody has asked for
	}
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	buf := bufio.NewWriterSize(file, 256<<10)
	return &output{Writer: buf, file: file, path: path, buf: buf}, nil
}

// isStream tells whether a path is that of a device or a pipe, or a name for a
// file that is open already, such as /dev/stdout.
func isStream(path string) bool {
	if info, err := os.Stat(path); err == nil && info.Mode()&(fs.ModeDevice|fs.ModeNamedPipe|fs.ModeSocket) != 0 {
		return true
	}
	path = filepath.ToSlash(filepath.Clean(path))
	return path == "/dev/stdout" || path == "/dev/stderr" || strings.HasPrefix(path, "/dev/fd/") || strings.HasPrefix(path, "/proc/self/fd/")
}

// commit completes the output.
func (o *output) commit() error {
	if o.file == nil {
		return nil
	}
	err := o.buf.Flush()
	if err == nil && !o.direct {
		err = o.file.Chmod(0o644)
	}
	if closeErr := o.file.Close(); err == nil {
		err = closeErr
	}
	if err == nil && !o.direct {
		err = os.Rename(o.file.Name(), o.path)
	}
	if err != nil {
		if !o.direct {
			_ = os.Remove(o.file.Name())
		}
		o.file = nil
		return fmt.Errorf("write %s: %w", o.path, err)
	}
	o.file = nil
	return nil
}

// discard drops what was written, unless it is complete.
func (o *output) discard() {
	if o.file != nil {
		_ = o.file.Close()
		if !o.direct {
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

// isTerminal tells whether a stream is a terminal that understands escapes.
func isTerminal(stream io.Writer) bool {
	if wrapped, ok := stream.(interface{ Unwrap() io.Writer }); ok {
		stream = wrapped.Unwrap()
	}
	file, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb" && understandsEscapes(file)
}

// csvSafeFlag declares --csv-safe, which means the same in every command.
func csvSafeFlag(flags *pflag.FlagSet, safe *bool) {
	flags.BoolVar(safe, "csv-safe", false, "in csv put an apostrophe before texts that a spreadsheet would run as a formula")
}
