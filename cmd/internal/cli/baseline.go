package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/schemas/wording"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/suppress"
)

// baselineName is where a baseline is kept unless a flag says otherwise.
const baselineName = ".runhist-baseline.json"

func newBaseline(s Streams) *cobra.Command {
	c := &cobra.Command{
		Use:   "baseline",
		Short: "Accept today's findings, so that only new ones count",
		Long: `A baseline is a file of the faults that histories have today. With
"runhist validate --baseline FILE" these do not count, and new ones do.

Faults are of one kind when the rule, the place in the schema, the message and
the name of the document are the same but for numbers, dates, GUIDs and
distinguished names: a line that moves, or the same fault in the next run,
changes nothing. For each kind the file has the largest number that one run had;
when a run has more, those beyond it, which are the last, count. Names of
documents are those seen from the folder of the file.

What the configuration suppresses is not put into a baseline.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newBaselineWrite(s), newBaselineCheck(s), newBaselinePrune(s))
	return c
}

// baselineFlags are the flags of the three commands.
type baselineFlags struct {
	judgeFlags
	path, format string
	failOnFixed  bool
}

func (f *baselineFlags) command(use, short, long string, run func(c *cobra.Command, args []string) error) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Long: long, Args: atLeast(1, "a PATH: a file, a folder, a pattern, an archive, or - for standard input"), RunE: run}
	f.judgeFlags.add(c.Flags())
	c.Flags().StringVar(&f.path, "baseline", baselineName, "`FILE` of the baseline")
	c.PreRunE = func(*cobra.Command, []string) error {
		if f.path == "" || f.path == "-" {
			return usage("--baseline %q is no file: a baseline is read and replaced", f.path)
		}
		return nil
	}
	return c
}

func newBaselineWrite(s Streams) *cobra.Command {
	var f baselineFlags
	return f.command("write PATH...", "Write the faults that histories have now",
		`write judges the histories and replaces the baseline by what it finds. When
something could not be read to its end nothing is written.`,
		func(c *cobra.Command, args []string) error {
			x, err := f.run(c, s, suppress.NewBaseline(), args)
			if err != nil {
				return err
			}
			if err := x.complete(&f); err != nil {
				return err
			}
			b := x.count.Seen()
			if err := replaceBaseline(f.path, b); err != nil {
				return err
			}
			fmt.Fprintf(s.Err, "runhist: wrote %s: %s of %s\n", terminal.Clean(filepath.ToSlash(f.path)),
				wording.Counted(x.sum.Errors+x.sum.Warnings+x.sum.Infos, "finding"), wording.Counted(len(b.Accepted()), "kind"))
			return nil
		})
}

func newBaselinePrune(s Streams) *cobra.Command {
	var f baselineFlags
	return f.command("prune PATH...", "Take out of a baseline what does not occur any more",
		`prune judges the histories that the baseline is about, all of them, and takes out
of it what occurs no more, or less often. It never adds anything. When something
could not be read to its end nothing is changed.`,
		func(c *cobra.Command, args []string) error {
			old, err := openBaseline(f.path)
			if err != nil {
				return err
			}
			x, err := f.run(c, s, old, args)
			if err != nil {
				return err
			}
			if err := x.complete(&f); err != nil {
				return err
			}
			fixed := x.count.Fixed()
			pruned := x.count.Pruned()
			if len(fixed) > 0 {
				if err := replaceBaseline(f.path, pruned); err != nil {
					return err
				}
			}
			gone := len(old.Accepted()) - len(pruned.Accepted())
			fmt.Fprintf(s.Err, "runhist: %s: %s taken out, %s lowered\n", terminal.Clean(filepath.ToSlash(f.path)),
				wording.Counted(gone, "kind"), wording.Counted(len(fixed)-gone, "count"))
			return nil
		})
}

func newBaselineCheck(s Streams) *cobra.Command {
	var f baselineFlags
	c := f.command("check PATH...", "Say what is new since a baseline, and what is fixed",
		`check judges the histories and compares them with the baseline: what is new, and
what occurs no more, or less often.

Exit status: 0 nothing new at or above the threshold (--fail-on); 1 something
new, or with --fail-on-fixed something fixed; 2 wrong usage, or no baseline;
3 not finished.`,
		func(c *cobra.Command, args []string) error {
			if f.format != "text" && f.format != "json" {
				return usage("--format: unknown format %q: known are text, json", f.format)
			}
			b, err := openBaseline(f.path)
			if err != nil {
				return err
			}
			x, err := f.run(c, s, b, args)
			if err != nil {
				return err
			}
			write := x.text
			if f.format == "json" {
				write = x.json
			}
			if err := write(s.Out); err != nil {
				return unfinished("write: %w", err)
			}
			if err := f.outcome(&x.examination, x.failOn); err != nil {
				return err
			}
			if f.failOnFixed && len(x.count.Fixed()) > 0 {
				return &exit{status: Found}
			}
			return nil
		})
	c.Flags().StringVar(&f.format, "format", "text", "`FORMAT` of the output: text or json")
	c.Flags().BoolVar(&f.failOnFixed, "fail-on-fixed", false, "exit with 1 also when the baseline has what occurs no more: it should be pruned")
	return c
}

// compared is what came out of the histories beside a baseline.
type compared struct {
	*acceptance
	examination
	failOn finding.Severity
	fresh  []finding.Finding // not in the baseline
}

// run judges the histories and compares them with a baseline.
func (f *baselineFlags) run(c *cobra.Command, s Streams, b *suppress.Baseline, args []string) (*compared, error) {
	j, err := f.judgement(c.Flags(), s)
	if err != nil {
		return nil, err
	}
	j.options.MaxPerRule = j.options.MaxTotal // a baseline without some would be none
	if err := j.accept.compare(b, f.path); err != nil {
		return nil, err
	}
	j.options.Acceptance = j.accept
	v, err := validate.New(j.options)
	if err != nil {
		return nil, usage("%w", err)
	}
	in, problems := f.inputs(s, args, false)
	x := &compared{acceptance: j.accept, failOn: j.failOn}
	x.failed = len(problems) > 0
	x.take = func(r *validate.Result, _ []string) error {
		x.fresh = append(x.fresh, r.Findings...)
		return nil
	}
	return x, f.examine(c, s, v, in, &x.examination)
}

// complete is an error where the findings are not all there are.
func (x *compared) complete(f *baselineFlags) error {
	if x.sum.Cut > 0 {
		return unfinished("there are %d findings more than --max-findings: the baseline was not written", x.sum.Cut)
	}
	if err := f.outcome(&x.examination, finding.Off); err != nil {
		if x.failed {
			return unfinished("not everything was read to its end: the baseline was not written")
		}
		return err
	}
	return nil
}

// text writes the comparison for people.
func (x *compared) text(out io.Writer) error {
	for i := range x.fresh {
		g := &x.fresh[i]
		if _, err := fmt.Fprintf(out, "new    %s:%d:%d: %s: %s [%s]\n", terminal.Clean(g.File), g.Line, g.Column, g.Severity, terminal.Clean(g.Message), g.Rule); err != nil {
			return err
		}
	}
	fixed := x.count.Fixed()
	for _, g := range fixed {
		if _, err := fmt.Fprintf(out, "fixed  %s: %s [%s] at %s: %d accepted, now %d\n", terminal.Clean(g.File), terminal.Clean(g.Message), g.Rule,
			terminal.Clean(g.Path), g.Accepted, g.Now); err != nil {
			return err
		}
	}
	more := ""
	if x.sum.Cut > 0 {
		more = fmt.Sprintf(" and %d more not shown", x.sum.Cut)
	}
	_, err := fmt.Fprintf(out, "%d new%s, %d accepted, %s fixed\n", len(x.fresh), more, x.accepted, wording.Counted(len(fixed), "kind"))
	return err
}

// comparison is what baseline check --format json writes, version 1: fields are
// only ever added.
type comparison struct {
	Version int               `json:"version"`
	Summary comparisonSummary `json:"summary"`
	New     []newFinding      `json:"new"`
	Fixed   []suppress.Fixed  `json:"fixed"`
}

type comparisonSummary struct {
	New        int `json:"new"`
	Accepted   int `json:"accepted"`
	Fixed      int `json:"fixed"` // kinds
	Suppressed int `json:"suppressed"`
	Cut        int `json:"cut"`
}

type newFinding struct {
	File     string `json:"file"`
	Line     uint32 `json:"line"`
	Column   uint32 `json:"column"`
	Path     string `json:"path"`
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
}

// json writes the comparison for programs.
func (x *compared) json(out io.Writer) error {
	c := comparison{Version: 1, New: []newFinding{}, Fixed: append([]suppress.Fixed{}, x.count.Fixed()...)}
	for i := range x.fresh {
		g := &x.fresh[i]
		c.New = append(c.New, newFinding{g.File, g.Line, g.Column, g.Path, g.Rule, g.Severity.String(), g.Message})
	}
	c.Summary = comparisonSummary{len(c.New), x.accepted, len(c.Fixed), x.sum.Suppressed - x.accepted, x.sum.Cut}
	return writeJSON(out, c)
}

// openBaseline reads a baseline. One that is missing is an error: it would
// have to accept either nothing or everything, and neither was asked for.
func openBaseline(path string) (*suppress.Baseline, error) {
	name := terminal.Clean(filepath.ToSlash(path))
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usage("there is no baseline %s: runhist baseline write makes one", name)
	}
	if err != nil {
		return nil, usage("the baseline: %w", err)
	}
	defer file.Close()
	b, err := suppress.ReadBaseline(file)
	if err != nil {
		return nil, usage("read the baseline %s: %w", name, err)
	}
	return b, nil
}

// replaceBaseline writes a baseline in the place of another one.
func replaceBaseline(path string, b *suppress.Baseline) error {
	out, err := create(path, nil)
	if err != nil {
		return unfinished("%w", err)
	}
	defer out.discard()
	if err := b.Write(out); err != nil {
		return unfinished("write the baseline: %w", err)
	}
	if err := out.commit(); err != nil {
		return unfinished("%w", err)
	}
	return nil
}

// compare begins the comparison with a baseline; documents are named as seen
// from the folder of its file.
func (a *acceptance) compare(b *suppress.Baseline, path string) error {
	var err error
	if a.baseline, err = newLocator(filepath.Dir(path)); err != nil {
		return usage("%w", err)
	}
	a.count = b.Compare()
	return nil
}
