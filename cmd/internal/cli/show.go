package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/runhist/runhist/report/operations"
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate"
)

// showWidth is the width of lines: a terminal that is narrower wraps them, and
// in a file they are the same wherever they were written.
const showWidth = 100

// showFlags are the flags of the command show.
type showFlags struct {
	color, output, stdinName, agent, progress string
	all, details, allowEmpty                  bool
	errors                                    int
}

func newShow(s Streams) *cobra.Command {
	var f showFlags
	c := &cobra.Command{
		Use:   "show PATH...",
		Short: "Show what happened in a run: steps, results, statistics, errors",
		Long: `show writes what the Operations tab of the product shows of a run: its steps and
their results, the connection, the synchronization statistics above zero, and
the errors by type. Of several runs it writes a table with a line for each, in
the order of their starts; updates include renames there, and a delete-add is a
delete and an add. PATH is a file, a folder (every .xml, .clixml and .zip below
it, .xml.gz and .xml.zst too), a glob, a zip archive, or - for standard input.
What PowerShell exports (CLIXML) is read as it is.

Exit status: 0 shown; 1 a document is not well-formed, and what stands before
the fault was shown; 2 wrong usage; 3 something could not be read, or there was
nothing to show.`,
		Example: `  runhist show run.xml
  runhist show --errors 20 run.xml
  runhist show --ma "HR directory" --details histories/`,
		Args: atLeast(1, "a PATH: a file, a folder, a pattern, an archive, or - for standard input"),
		RunE: func(c *cobra.Command, args []string) error {
			return runShow(c.Context(), s, &f, args)
		},
	}
	flags := c.Flags()
	flags.BoolVar(&f.all, "all", false, "show every counter by the name of its element, zeros too")
	flags.IntVar(&f.errors, "errors", 3, "`NUMBER` of errors to list of each type: 0 for none, -1 for all (they are held in memory)")
	flags.BoolVar(&f.details, "details", false, "show each of several runs in full, in the order of the documents")
	flags.StringVar(&f.agent, "ma", "", "show only runs of the management agent of this `NAME` or id")
	flags.StringVarP(&f.output, "output", "o", "", "write to this `FILE`, not to standard output")
	flags.StringVar(&f.stdinName, "stdin-name", "<stdin>", "`NAME` of standard input")
	flags.StringVar(&f.color, "color", "auto", "`WHEN` to use colours: auto, always or never")
	progressFlag(flags, &f.progress)
	flags.BoolVar(&f.allowEmpty, "allow-empty", false, "it is no failure when there is nothing to show")
	return c
}

// runShow is the command.
func runShow(ctx context.Context, s Streams, f *showFlags, args []string) error {
	color, err := colored(f.color, s.Out)
	if err != nil {
		return err
	}
	if f.errors < -1 {
		return usage("--errors is %d, but must be at least -1", f.errors)
	}
	in, problems := s.inputs(args, f.stdinName, false)
	s, done, stop, err := in.follow(f.progress, false, s)
	if err != nil {
		return err
	}
	defer stop()
	out, err := create(f.output, s.Out)
	if err != nil {
		return unfinished("%w", err)
	}
	defer out.discard()
	style := operations.Style{Width: showWidth, All: f.all, Files: len(in.list) > 1,
		Color: color && (out.file == nil || f.color == "always")}
	show := &shower{notices: notices{s.Err}, agent: f.agent, unread: len(problems) > 0, report: operations.NewReport(out, style, f.details)}
	show.reader = operations.NewReader(source.DefaultLimits(), operations.Keep{Examples: f.errors}, show.run)
	for _, input := range in.list {
		if err := show.document(ctx, input); err != nil {
			return err
		}
		done(0)
	}
	if err := show.report.Close(); err != nil {
		return unfinished("write: %w", err)
	}
	if err := out.commit(); err != nil {
		return unfinished("%w", err)
	}
	return show.status(f.allowEmpty)
}

// maxOthers is how many agents are named that were not asked for.
const maxOthers = 10

// shower passes documents to a report.
type shower struct {
	notices
	agent     string
	reader    *operations.Reader
	report    *operations.Report
	file      string   // the document under way
	failed    error    // of writing
	skipped   int      // runs of other agents
	others    []string // some of these agents
	malformed bool
	unread    bool
}

// run takes a run.
func (s *shower) run(r *operations.Run) {
	if s.agent != "" && !strings.EqualFold(r.Agent, s.agent) && !strings.EqualFold(r.AgentID, s.agent) {
		s.skipped++
		if name := terminal.Clean(r.Agent); name != "" && len(s.others) < maxOthers && !slices.Contains(s.others, name) {
			s.others = append(s.others, name)
		}
		return
	}
	r.File = terminal.Clean(s.file)
	if s.failed == nil {
		s.failed = s.report.Add(r)
	}
}

// document shows a document. The error ends the command; what is wrong with
// the document alone is told and noted.
func (s *shower) document(ctx context.Context, input validate.Input) error {
	s.file = input.File
	f, err := input.Open()
	if err != nil {
		s.unread = true
		s.tell("%v", err)
		return nil
	}
	defer f.Close()
	in := until(ctx, f)
	outcome, err := s.reader.Document(reading(func(p []byte) (int, error) {
		if s.failed != nil { // nobody reads what is shown: there is no use in going on
			return 0, s.failed
		}
		return in.Read(p)
	}))
	switch {
	case s.failed != nil:
		return unfinished("write: %w", s.failed)
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		s.unread = true
		s.tell("read %s: %v", s.file, err)
	}
	s.faults(&outcome)
	return nil
}

// faults tells what is wrong with a document.
func (s *shower) faults(o *operations.Outcome) {
	s.malformed = s.malformed || o.Malformed()
	s.unread = s.unread || o.Unread()
	for _, f := range o.Faults {
		what := "not well-formed"
		if f.Unread {
			what = "could not be read on"
		}
		s.tell("%s:%d:%d: %s: %s [%s]", s.file, f.Pos.Line, f.Pos.Column, what, f.Message, f.ID)
	}
	if o.More > 0 {
		s.tell("%s: %d more such faults", s.file, o.More)
	}
	if at := o.Oversize; at != nil {
		s.tell("%s:%d:%d: the record holds more than the limit of bytes: parts of it are not shown [%s]", s.file, at.Line, at.Column, source.SRCLimitValue)
	}
	if o.Runs == 0 && len(o.Faults) == 0 {
		s.tell("%s: there is no run in it", s.file)
	}
}

// status is how the command ends.
func (s *shower) status(allowEmpty bool) error {
	switch {
	case s.unread:
		return &exit{status: Unfinished}
	case s.report.Runs() > 0 || allowEmpty:
	case s.skipped > 0:
		return unfinished("no run is one of %q: there are runs of %s (--allow-empty makes that no failure)", terminal.Clean(s.agent), strings.Join(s.others, ", "))
	default:
		return unfinished("there is nothing to show (--allow-empty makes that no failure)")
	}
	if s.malformed {
		return &exit{status: Found}
	}
	return nil
}
