package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/runhist/runhist/report/derived"
	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/report/tables/formats"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate/settings"
)

// reportFlags are the flags of the command report.
type reportFlags struct {
	configFlags
	format, output, stdinName, zone, profile            string
	since, until, now                                   string
	agents, profiles, results, others, tables           []string
	findings, csvSafe, mail, columns, allowEmpty, quiet bool
	jobs                                                int
}

func newReport(s Streams) *cobra.Command {
	var f reportFlags
	c := &cobra.Command{
		Use:   "report PATH... -o FILE",
		Short: "Make tables of runs, steps, counters and errors, and of how they develop",
		Long: `report turns histories into tables. The tables of facts are what stands in the
documents, one row for each run, step, counter, error and so on, with the
meaning of types and codes beside them; the derived tables are computed from
all runs: how errors age, how long runs take, what agents hand on to each
other, how figures develop, which policies of the configuration are kept (the
table is there when it has some). runhist report --columns says what is in them.

FILE chooses the format by its extension, or --format does:

` + formatList() + `
A format that holds one table a file wants --table for a file, and makes a file
for each table in a folder (report/) or an archive (report.zip).

PATH is a file, a folder (every .xml, .clixml and .zip below it, .xml.gz and
.xml.zst too), a glob, a zip archive, or - for standard input. Instants are in UTC, as servers write them, and stay so
unless --local-time names a zone.

Steps are chosen by their start (--since, --until) and result (--result), runs
by their agent and profile; a run is listed when one of its steps is chosen.
Policies are judged as of --until, else now; runs that are not chosen count in
medians and last successes.

Exit status: 0 done; 1 a document is not well-formed, and what stands before the
fault is in the report; 2 wrong usage; 3 something could not be read, or there
was no run.`,
		Example: `  runhist report histories/ -o report/ --format parquet
  runhist report histories/ -o errors.csv --table errors --csv-safe
  runhist report --since 7d --ma "Corporate AD" --result stopped-server -o week.md histories/
  runhist report histories/ -o report.zip --format csv --compare-to last-month/
  runhist report histories/ -o report.html
  runhist report --since 1d -o mail.html --mail histories/
  runhist report --columns --format markdown`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 && !f.columns {
				return errors.New("report needs a PATH, or --columns")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if f.columns {
				return runColumns(s, &f)
			}
			return runReport(c.Context(), s, &f, args)
		},
	}
	f.add(c.Flags())
	return c
}

func (f *reportFlags) add(flags *pflag.FlagSet) {
	f.configFlags.add(flags)
	flags.StringVarP(&f.output, "output", "o", "", "`FILE`, folder (ends in /) or archive (.zip) to write; - or nothing is standard output")
	flags.StringVar(&f.format, "format", "", "`FORMAT`, where the extension does not tell: "+strings.Join(tableFormats(), ", ")+"; of --columns: text, markdown, json")
	flags.StringSliceVar(&f.tables, "table", nil, "`TABLE` to write; facts and derived stand for all of these; repeatable (default all)")
	flags.StringVar(&f.since, "since", "", "steps that began at or after this `INSTANT`: 2026-03-01, \"2026-03-01 06:00\", RFC 3339, or 36h, 7d, 4w before now")
	flags.StringVar(&f.until, "until", "", "steps that began before this `INSTANT`; a day means its end")
	flags.StringVar(&f.now, "now", "", nowUsage)
	flags.StringArrayVar(&f.agents, "ma", nil, "runs of the management agent of this `NAME` or GUID; repeatable")
	flags.StringArrayVar(&f.profiles, "profile-name", nil, "runs of the run profile of this `NAME`; repeatable")
	flags.StringArrayVar(&f.results, "result", nil, "steps with this `RESULT`; repeatable")
	flags.StringVar(&f.zone, "local-time", "", "`ZONE` of instants and days in the report: an IANA name (Europe/Berlin) or one of Windows (W. Europe Standard Time); parquet keeps instants in UTC")
	flags.StringArrayVar(&f.others, "compare-to", nil, "histories at this `PATH` to compare figures with, chosen by the same flags, times apart; repeatable")
	flags.BoolVar(&f.findings, "include-findings", false, "add a table of what validate finds in the documents")
	flags.StringVar(&f.profile, "profile", "upsmods", "`PROFILE` that the findings are judged by: upsmods, server")
	csvSafeFlag(flags, &f.csvSafe)
	flags.BoolVar(&f.mail, "mail", false, "a summary under 90 KB without script, for a mail (html)")
	flags.BoolVar(&f.columns, "columns", false, "print what is in the tables, and make no report")
	flags.StringVar(&f.stdinName, "stdin-name", "<stdin>", "`NAME` of standard input")
	flags.IntVar(&f.jobs, "jobs", runtime.GOMAXPROCS(0), "`NUMBER` of documents to judge at once, for findings")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "no summary on standard error")
	flags.BoolVar(&f.allowEmpty, "allow-empty", false, "it is no failure when there is no run")
}

func tableFormats() []string {
	var names []string
	for _, f := range formats.All() {
		names = append(names, f.Name)
	}
	return names
}

func formatList() string {
	var b strings.Builder
	for _, f := range formats.All() {
		fmt.Fprintf(&b, "  %-10s %-20s %s\n", f.Name, strings.Join(f.Extensions, " "), f.About)
	}
	return b.String()
}

// allTables are the tables of a report in the order in which they are shown.
func allTables() []*tables.Table { return append(facts.Tables(), derived.Tables()...) }

// wanted returns the tables that the flags ask for, given whether there are
// policies.
func (f *reportFlags) wanted(policies bool) ([]*tables.Table, error) {
	all := allTables()
	var names []string
	for _, t := range all {
		names = append(names, t.Name)
	}
	asked := map[string]bool{}
	for _, name := range f.tables {
		if name != "facts" && name != "derived" && !slices.Contains(names, name) {
			return nil, usage("--table: there is no table %q: known are %s, and facts or derived for all of these", name, strings.Join(names, ", "))
		}
		asked[name] = true
	}
	if asked[facts.Findings] {
		f.findings = true
	}
	if asked[derived.Comparison] && len(f.others) == 0 {
		return nil, usage("--table comparison needs --compare-to")
	}
	if asked[derived.PolicyVerdicts] && !policies {
		return nil, usage("--table policies needs policies in the configuration, %s or that of --config", settings.FileName)
	}
	return slices.DeleteFunc(all, func(t *tables.Table) bool {
		switch {
		case t.Name == facts.Findings && !f.findings, t.Name == derived.Comparison && len(f.others) == 0, t.Name == derived.PolicyVerdicts && !policies:
			return true
		case len(asked) == 0 || asked[t.Name]:
			return false
		}
		return t.Derived && !asked["derived"] || !t.Derived && !asked["facts"]
	}), nil
}

// runColumns prints what is in the tables.
func runColumns(s Streams, f *reportFlags) error {
	f.findings, f.others = true, append(f.others, "")
	list, err := f.wanted(true)
	if err != nil {
		return err
	}
	describe := map[string]func(io.Writer, []*tables.Table) error{
		"": tables.DescribeText, "text": tables.DescribeText, "markdown": tables.DescribeMarkdown, "json": tables.DescribeJSON}[f.format]
	if describe == nil {
		return usage("--columns is printed as text, markdown or json, not as %q", f.format)
	}
	out, err := create(f.output, s.Out)
	if err != nil {
		return unfinished("%w", err)
	}
	defer out.discard()
	if err := describe(out, list); err != nil {
		return unfinished("write: %w", err)
	}
	if err := out.commit(); err != nil {
		return unfinished("%w", err)
	}
	return nil
}

// reportMemory is how large the heap of a report may grow before the collector
// works harder: formats hold what is not written yet.
const reportMemory = 128 << 20

// runReport is the command.
func runReport(ctx context.Context, s Streams, f *reportFlags, args []string) error {
	if os.Getenv("GOMEMLIMIT") == "" {
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(reportMemory))
	}
	selection, zone, err := f.selection()
	if err != nil {
		return err
	}
	judging, err := f.judging(s, selection)
	if err != nil {
		return err
	}
	list, err := f.wanted(judging != nil)
	if err != nil {
		return err
	}
	target, err := f.target(s, list, tables.Options{Version: Version, Zone: zone, Safe: f.csvSafe, Mail: f.mail})
	if err != nil {
		return err
	}
	defer target.discard()
	run := &reporting{notices: notices{s.Err}, flags: f, target: target, wanted: map[string]bool{}}
	for _, t := range list {
		run.wanted[t.Name] = true
		if t.Name == derived.PolicyVerdicts {
			run.policies = judging
		} else {
			run.derives = run.derives || t.Derived
		}
	}
	if run.collector, err = facts.NewCollector(run.open); err != nil {
		return unfinished("write: %w", err)
	}
	run.limits = source.DefaultLimits()
	if f.findings && slices.Contains(args, "-") {
		if err := run.keepStdin(&s); err != nil {
			return unfinished("%w", err)
		}
		defer run.stdin.Close()
	}
	in, problems := s.inputs(args, f.stdinName, false)
	run.unread = len(problems) > 0
	if err := run.report(ctx, in, selection, zone); err != nil {
		return err
	}
	if run.runs == 0 && !run.unread && !f.allowEmpty { // nor is anything replaced by nothing
		return unfinished("there is no run to report on (--allow-empty makes that no failure)")
	}
	if err := target.Close(); err != nil {
		return unfinished("write: %w", err)
	}
	if err := target.commit(); err != nil {
		return unfinished("%w", err)
	}
	if !f.quiet {
		s.tell("%s", run.summary(target.name()))
	}
	return run.status()
}

// status is how the command ends.
func (r *reporting) status() error {
	switch {
	case r.unread:
		return &exit{status: Unfinished}
	case r.malformed:
		return &exit{status: Found}
	}
	return nil
}
