package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/runhist/runhist/samples/generate"
)

// generateFlags are the flags of the command generate.
type generateFlags struct {
	size, output                     string
	seed                             uint64
	runs, steps, errors, runsPerFile int
	violations                       []string
	errorsSet                        bool
}

func newGenerate(s Streams) *cobra.Command {
	var f generateFlags
	c := &cobra.Command{
		Use:   "generate",
		Short: "Write histories of a given size and seed, valid or with chosen violations",
		Long: `generate writes run histories that a correct server could have written: half
import and half export errors, every type of step, call stacks, indented. The
same flags give the same bytes. With --violate the histories break just what is
asked for.

One run goes to standard output or to the file of --output. Several runs go one
to a file into the folder of --output, or --runs-per-file of them (which the
specification does not allow, but products do).`,
		Example: `  runhist generate --size 50MB --seed 7 -o history.xml
  runhist generate --runs 1000 --errors 4 -o histories
  runhist generate --violate R172 --violate XSD-enumeration=3`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			f.errorsSet = c.Flags().Changed("errors")
			return runGenerate(c.Context(), s, &f)
		},
	}
	flags := c.Flags()
	flags.StringVar(&f.size, "size", "", "`SIZE` of the whole output, such as 50MB")
	flags.Uint64Var(&f.seed, "seed", 1, "`NUMBER` that seeds everything that is chosen by chance")
	flags.IntVar(&f.runs, "runs", 1, "`NUMBER` of runs in all")
	flags.IntVar(&f.steps, "steps", 0, "`NUMBER` of steps of each run (default 9, or as many as the size needs)")
	flags.IntVar(&f.errors, "errors", 0, "`NUMBER` of errors of each run, where no size is given (default 40)")
	flags.IntVar(&f.runsPerFile, "runs-per-file", 1, "`NUMBER` of runs in each file")
	flags.StringArrayVar(&f.violations, "violate", nil, "violations to make, as `ID[=COUNT]`, spread over all runs; repeatable")
	flags.StringVarP(&f.output, "output", "o", "", "`FILE`, or folder for several files (default: standard output)")
	return c
}

func runGenerate(ctx context.Context, s Streams, f *generateFlags) error {
	o, err := f.options()
	if err != nil {
		return err
	}
	files := (f.runs + f.runsPerFile - 1) / f.runsPerFile
	if files == 1 {
		return f.file(ctx, s, o, f.output, 0, f.runs)
	}
	if f.output == "" || f.output == "-" {
		return usage("%d files need a folder: give one by --output", files)
	}
	if err := os.MkdirAll(f.output, 0o755); err != nil {
		return unfinished("%w", err)
	}
	width := len(strconv.Itoa(files))
	for i := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		first := i * f.runsPerFile
		path := filepath.Join(f.output, fmt.Sprintf("history-%0*d.xml", width, i+1))
		if err := f.file(ctx, s, o, path, first, min(f.runsPerFile, f.runs-first)); err != nil {
			return err
		}
	}
	return nil
}

// file writes one document.
func (f *generateFlags) file(ctx context.Context, s Streams, o generate.Options, path string, first, count int) error {
	out, err := create(path, s.Out)
	if err != nil {
		return unfinished("%w", err)
	}
	defer out.discard()
	if err := generate.WriteRuns(interruptible{ctx, out}, o, first, count); err != nil {
		return unfinished("%w", err)
	}
	if err := out.commit(); err != nil {
		return unfinished("%w", err)
	}
	return nil
}

// interruptible ends writing when its context ends.
type interruptible struct {
	ctx context.Context
	out io.Writer
}

func (i interruptible) Write(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.out.Write(p)
}

// options checks the flags.
func (f *generateFlags) options() (generate.Options, error) {
	o := generate.Options{Seed: f.seed, Runs: f.runs, Steps: f.steps, Errors: f.errors}
	if f.runs < 1 || f.runsPerFile < 1 || f.steps < 0 || f.errors < 0 {
		return o, usage("--runs and --runs-per-file must be at least 1, --steps and --errors not negative")
	}
	if f.size != "" {
		size, err := parseSize(f.size)
		if err != nil {
			return o, usage("--size: %w", err)
		}
		if f.errorsSet {
			return o, usage("--size and --errors exclude each other: the size decides how many errors there are")
		}
		o.Size = size
	} else if f.errorsSet && f.errors == 0 {
		o.Errors = -1
	}
	for _, text := range f.violations {
		id, count, counted := strings.Cut(text, "=")
		if known := generate.Violations(); !slices.Contains(known, id) {
			return o, usage("--violate %s: known are %s", text, strings.Join(known, ", "))
		}
		v := generate.Violation{ID: id, Count: 1}
		if counted {
			n, err := strconv.Atoi(count)
			if err != nil || n < 1 {
				return o, usage("--violate %s: the count must be a number above 0", text)
			}
			v.Count = n
		}
		o.Violations = append(o.Violations, v)
	}
	return o, nil
}
