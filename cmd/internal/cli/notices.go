package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/runhist/runhist/report/terminal"
)

// notices is where a command tells what it could not do, or left out.
type notices struct{ errs io.Writer }

// tell writes a line of it. What a document or a name says cannot steer the
// terminal.
func (n notices) tell(format string, args ...any) {
	fmt.Fprintln(n.errs, "runhist: "+terminal.Clean(fmt.Sprintf(format, args...)))
}

func (s Streams) tell(format string, args ...any) { notices{s.Err}.tell(format, args...) }

// inputs are what the arguments of a command name. Problems are told, and so is
// what was left out unless the call is quiet.
func (s Streams) inputs(args []string, stdinName string, quiet bool) (*inputs, []error) {
	in, problems := expand(args, s.In, stdinName)
	for _, p := range problems {
		s.tell("%v", p)
	}
	if !quiet {
		for _, note := range in.notes {
			s.tell("%s", note)
		}
	}
	return in, problems
}

// reading is a Read method.
type reading func(p []byte) (int, error)

// Read calls the function.
func (r reading) Read(p []byte) (int, error) { return r(p) }

// until reads until the context ends.
func until(ctx context.Context, in io.Reader) io.Reader {
	return reading(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return in.Read(p)
	})
}
