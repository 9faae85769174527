package cli

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/runhist/runhist/analyze/query"
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/schemas/wording"
	"github.com/runhist/runhist/validate"
)

// queryFlags are the flags of the command query.
type queryFlags struct {
	format, output, stdinName, maxRunBytes string
	engine, progress                       string
	columns                                []string
	timeout                                time.Duration
	allowEmpty, csvSafe                    bool
}

func newQuery(s Streams) *cobra.Command {
	var f queryFlags
	c := &cobra.Command{
		Use:   "query XPATH PATH...",
		Short: "Select from histories by XPath, run by run",
		Long: `query evaluates an XPath for each run and writes what it selects, with file,
line, column and path. PATH is a file, a folder, a glob, a zip archive, or - for
standard input, as for validate.

Each run is a document of its own while it is queried: the run-details below a
run-history, whatever is around it in the file. So the memory needed is that of
the largest run; /run-history/run-details/... selects from every run; a relative
path begins at the run-details; count(...), sum(...) and other values are given
for each run; and position() of a run-details is always 1. White space between
elements, comments and processing instructions are not there.

The language is XPath 1.0 without variables, namespaces and id(), with
ends-with, matches, replace, lower-case, upper-case and string-join besides.

--engine both asks a second implementation too, the library antchfx/xmlquery.
Where the two differ both answers are shown, ours counts, and the status is 3;
--engine xmlquery takes the answers of the library. It is known to be wrong on
positions in a set, as in (//b)[position() < 3], or behind a condition, as in
//b[. > 1][1]; on counts of nodes that are reached in several ways, as in
count(//*//*//d); on the first node of a union; on not() of a value, and on a
number that is compared with nodes behind it, as in 2 < //b. It has no
upper-case(), and no number() or string-length() without argument.

Exit status: 0 done, also when nothing was selected; 1 a document is not
well-formed, and what stands before the fault was queried; 2 wrong usage, such
as a mistake in the XPath; 3 something could not be read, a run was too large,
or there was no run, or the engines differ.`,
		Example: `  runhist query //step-result histories/
  runhist query "count(//export-error[error-type='permission-issue'])" run.xml
  runhist query --format csv --columns agent=/run-history/run-details/ma-name \
      --columns error=error-type "//import-error" histories/`,
		Args: atLeast(2, "an XPATH and a PATH: a file, a folder, a pattern, an archive, or - for standard input"),
		RunE: func(c *cobra.Command, args []string) error {
			return runQuery(c.Context(), s, &f, args[0], args[1:])
		},
	}
	flags := c.Flags()
	flags.StringVar(&f.format, "format", "text", "`FORMAT` of the output: text, json or csv")
	flags.StringArrayVar(&f.columns, "columns", nil, "value, as `NAME=XPATH`, to add to each result, seen from the node that was selected; repeatable")
	flags.StringVar(&f.engine, "engine", "native", "`ENGINE` that evaluates: native, xmlquery, or both (an error when they differ)")
	csvSafeFlag(flags, &f.csvSafe)
	flags.StringVarP(&f.output, "output", "o", "", "write to this `FILE`, not to standard output")
	flags.StringVar(&f.maxRunBytes, "max-run-bytes", "100MB", "`SIZE` of a run, decoded, that is still queried; five times as much memory is needed")
	flags.StringVar(&f.stdinName, "stdin-name", "<stdin>", "`NAME` of standard input")
	flags.DurationVar(&f.timeout, "timeout", 0, "end the whole call after this `TIME`, such as 90s")
	progressFlag(flags, &f.progress)
	flags.BoolVar(&f.allowEmpty, "allow-empty", false, "it is no failure when there is no run")
	return c
}

// compile reads the expressions.
func (f *queryFlags) compile(xpath string) (*query.Query, []string, error) {
	var columns []query.Column
	var names []string
	for _, text := range f.columns {
		name, expression, ok := strings.Cut(text, "=")
		if !ok || name == "" {
			return nil, nil, usage("--columns is %q, but must be NAME=XPATH", text)
		}
		if slices.Contains(names, name) || slices.Contains(queryHead, name) {
			return nil, nil, usage("--columns %s: there is a column of that name already", name)
		}
		names = append(names, name)
		columns = append(columns, query.Column{Name: name, XPath: expression})
	}
	q, err := query.Compile(xpath, columns...)
	var mistake *query.SyntaxError
	if errors.As(err, &mistake) {
		return nil, nil, usage("the XPath has a mistake: %s\n  %s\n  %s^", terminal.Clean(err.Error()),
			terminal.Clean(mistake.XPath), strings.Repeat(" ", terminal.Columns(terminal.Clean(mistake.XPath[:mistake.Offset]))))
	}
	return q, names, err
}

// runQuery is the command.
func runQuery(ctx context.Context, s Streams, f *queryFlags, xpath string, args []string) error {
	q, names, err := f.compile(xpath)
	if err != nil {
		return err
	}
	limit, err := parseSize(f.maxRunBytes)
	if err != nil {
		return usage("--max-run-bytes: %w", err)
	}
	if limit < 1 || limit > query.MaxRun {
		return usage("--max-run-bytes must be at least 1, and at most %d", query.MaxRun)
	}
	if !slices.Contains([]string{"text", "json", "csv"}, f.format) {
		return usage("--format: unknown format %q: known are text, json, csv", f.format)
	}
	if f.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, f.timeout)
		defer cancel()
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
	x := &querier{notices: notices{s.Err}, limit: f.maxRunBytes, unread: len(problems) > 0, writer: newResultWriter(f.format, out, names, f.csvSafe)}
	x.reader = query.NewReader(q, source.DefaultLimits(), limit, x.result)
	if err := consult(x.reader, f.engine); err != nil {
		return err
	}
	for _, input := range in.list {
		if err := x.input(ctx, input); err != nil {
			return err
		}
		done(0)
	}
	if err := x.writer.close(); err != nil {
		return unfinished("write: %w", err)
	}
	if err := out.commit(); err != nil {
		return unfinished("%w", err)
	}
	if x.results == 0 && x.runs > 0 {
		x.tell("nothing was selected in %s", wording.Counted(x.runs, "run"))
	}
	return x.status(f.allowEmpty)
}

// querier queries documents.
type querier struct {
	notices
	limit     string
	reader    *query.Reader
	writer    resultWriter
	file      string
	failed    error // of writing
	runs      int
	results   int
	malformed bool
	unread    bool
	differ    bool // the engines
}

func (x *querier) result(r *query.Result) error {
	x.results++
	x.failed = x.writer.result(x.file, r)
	return x.failed
}

// input queries an input. The error ends the command; what is wrong with
// it alone is told and noted.
func (x *querier) input(ctx context.Context, input validate.Input) error {
	x.file = input.File
	f, err := input.Open()
	if err != nil {
		x.unread = true
		x.tell("%v", err)
		return nil
	}
	defer f.Close()
	outcome, err := x.reader.Input(ctx, until(ctx, f))
	switch {
	case x.failed != nil:
		return unfinished("write: %w", x.failed)
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		x.unread = true
		x.tell("%s: %v", x.file, err)
	}
	x.told(&outcome)
	return nil
}

// told tells what is wrong with a document.
func (x *querier) told(o *query.Outcome) {
	x.runs += o.Runs
	for _, f := range o.Faults {
		if !f.Fatal {
			continue // nothing was lost
		}
		what := "not well-formed"
		if f.Unread {
			what, x.unread = "could not be read on", true
		} else {
			x.malformed = true
		}
		x.tell("%s:%d:%d: %s: %s [%s]", x.file, f.Pos.Line, f.Pos.Column, what, f.Message, f.ID)
	}
	for _, at := range o.Large {
		x.unread = true
		x.tell("%s:%d:%d: the run is larger than %s and was not queried (--max-run-bytes)", x.file, at.Line, at.Column, x.limit)
	}
	for _, d := range o.Disagreements {
		x.differ = true
		x.tell("%s:%d:%d: the engines differ on %s", x.file, d.Pos.Line, d.Pos.Column, d.XPath)
		x.tell("  native: %s", d.Ours)
		x.tell("  %s: %s", d.Second, d.Other)
	}
	if o.MoreDisagreements > 0 {
		x.tell("%s: the engines differ %d times more", x.file, o.MoreDisagreements)
	}
	if o.Runs == 0 && len(o.Faults)+len(o.Large) == 0 {
		x.tell("%s: there is no run in it", x.file)
	}
}

// status is how the command ends.
func (x *querier) status(allowEmpty bool) error {
	switch {
	case x.unread || x.differ:
		return &exit{status: Unfinished}
	case x.malformed:
		return &exit{status: Found}
	case x.runs == 0 && !allowEmpty:
		return unfinished("there is no run to query (--allow-empty makes that no failure)")
	}
	return nil
}
