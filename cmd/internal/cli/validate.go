package cli

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/formats"
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/report/text"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rules"
)

// validateFlags are the flags of the command validate.
type validateFlags struct {
	profile, failOn, color, stdinName, engine, output string
	progress                                          string
	formats, severity, disable, only                  []string
	maxFindings, maxDepth, jobs                       int
	maxBytes, now                                     string
	timeout                                           time.Duration
	quiet, statistics, allowEmpty                     bool
}

func newValidate(s Streams) *cobra.Command {
	var f validateFlags
	c := &cobra.Command{
		Use:   "validate PATH...",
		Short: "Check histories against the schema and the rules of the specification",
		Long: `validate checks run histories against the schema of [MS-UPSMODS] and the rules
of its prose. PATH is a file, a folder (every .xml, .clixml and .zip below it,
.xml.gz and .xml.zst too), a glob, a zip archive, or - for standard input.
Compressed files, UTF-16 and what PowerShell exports (CLIXML) are read as they
are.`,
		Example: `  runhist validate run.xml
  runhist validate --profile server histories/
  runhist validate --format text --format sarif=findings.sarif histories/
  runhist validate --format junit -o tests.xml --fail-on warning "2026-*.xml"`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return runValidate(c.Context(), s, &f, args)
		},
	}
	flags := c.Flags()
	flags.StringVar(&f.profile, "profile", "upsmods", "what to judge by: upsmods (the specification), server (what products are known to write is an info)")
	flags.StringVar(&f.failOn, "fail-on", "error", "exit with 1 from this severity on: error, warning, info, never")
	flags.StringArrayVar(&f.formats, "format", nil, "NAME or NAME=FILE; repeatable: "+formatNames())
	flags.StringVarP(&f.output, "output", "o", "", "write the report to this file, not to standard output")
	flags.StringArrayVar(&f.severity, "severity", nil, "ID=LEVEL: grade the findings of an id as error, warning, info or off; repeatable")
	flags.StringSliceVar(&f.disable, "disable", nil, "ids to leave out; repeatable")
	flags.StringSliceVar(&f.only, "only", nil, "ids to report, and no others; repeatable")
	flags.IntVar(&f.maxFindings, "max-findings", 100_000, "findings to keep in all; those beyond are counted (and at most 1,000 of an id in a document)")
	flags.StringVar(&f.maxBytes, "max-bytes", "0", "decoded size of a document that is still read, such as 500MB; 0 for any")
	flags.IntVar(&f.maxDepth, "max-depth", 256, "depth of elements that is still read")
	flags.StringVar(&f.stdinName, "stdin-name", "<stdin>", "what to call standard input in findings")
	flags.StringVar(&f.engine, "schema-engine", "native", "native; libxml2; both (an error when they disagree)")
	flags.IntVar(&f.jobs, "jobs", runtime.GOMAXPROCS(0), "documents to judge at once")
	flags.StringVar(&f.now, "now", "", nowUsage)
	flags.DurationVar(&f.timeout, "timeout", 0, "end the whole call after this time, such as 90s")
	flags.StringVar(&f.color, "color", "auto", "auto, always or never")
	progressFlag(flags, &f.progress)
	flags.BoolVar(&f.statistics, "statistics", false, "add a table of all rules: to text and markdown, with other formats on standard error")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "no summary and no progress on standard error")
	flags.BoolVar(&f.allowEmpty, "allow-empty", false, "it is no failure when there is nothing to examine")
	return c
}

func formatNames() string {
	var names []string
	for _, f := range formats.All() {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

// runValidate is the command.
func runValidate(ctx context.Context, s Streams, f *validateFlags, args []string) error {
	options, err := f.options()
	if err != nil {
		return err
	}
	failOn, err := threshold(f.failOn)
	if err != nil {
		return err
	}
	v, err := validate.New(options)
	if err != nil {
		return usage("%w", err)
	}
	in, problems := expand(args, s.In, f.stdinName)
	for _, p := range problems {
		fmt.Fprintln(s.Err, "runhist: "+p.Error())
	}
	if !f.quiet {
		in.tell(s.Err)
	}
	s, done, stop, err := in.follow(f.progress, f.quiet, s)
	if err != nil {
		return err
	}
	defer stop()
	sinks, err := f.sinks(s, report.Head{Version: Version, Profile: f.profile, FailOn: failOn, Catalog: catalog(v)}, in.lines)
	if err != nil {
		return err
	}
	defer sinks.discard()
	if f.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, f.timeout)
		defer cancel()
	}
	sum := v.Summary()
	failed := len(problems) > 0
	err = v.Each(ctx, in.list, f.jobs, func(r validate.Result) error {
		sum.Add(&r)
		done(len(r.Findings))
		failed = failed || len(r.Problems) > 0 || r.Status != validate.Examined
		file := &report.File{Name: r.File, Status: string(r.Status), Profile: string(r.Profile), Runs: r.Runs, Steps: r.Steps, Findings: r.Findings,
			Problems: texts(r.Problems)}
		for _, p := range file.Problems {
			fmt.Fprintln(s.Err, "runhist: "+terminal.Clean(p))
		}
		return sinks.file(file)
	})
	if err != nil {
		return err
	}
	outcome := f.outcome(sum, failed, failOn)
	t := tail(v, sum)
	t.Problems, t.Exit = texts(problems), statusOf(outcome)
	if err := sinks.close(t); err != nil {
		return err
	}
	if f.statistics && !sinks.people {
		fmt.Fprint(s.Err, text.Statistics(t.Rules))
	}
	if !f.quiet {
		fmt.Fprintln(s.Err, "runhist: "+text.Summary(&t.Summary))
	}
	return outcome
}

// outcome is how a call ends that wrote its reports.
func (f *validateFlags) outcome(sum *validate.Summary, failed bool, failOn finding.Severity) error {
	switch {
	case failed:
		return &exit{status: Unfinished}
	case sum.Files == 0 && !f.allowEmpty:
		return unfinished("there is nothing to examine (--allow-empty makes that no failure)")
	case failOn != finding.Off && sum.Worst >= failOn:
		return &exit{status: Found}
	}
	return nil
}

// texts are errors as lines.
func texts(errs []error) []string {
	var list []string
	for _, err := range errs {
		list = append(list, firstLine(err.Error()))
	}
	return list
}

// firstLine leaves the stack of a crash out of a message.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// threshold reads --fail-on; finding.Off stands for never.
func threshold(text string) (finding.Severity, error) {
	if text == "never" {
		return finding.Off, nil
	}
	s, err := finding.ParseSeverity(text)
	if err != nil || s == finding.Off {
		return 0, usage("--fail-on is %q, but must be error, warning, info or never", text)
	}
	return s, nil
}

// options turns the flags into the options of the validator.
func (f *validateFlags) options() (validate.Options, error) {
	o := validate.DefaultOptions(rules.All())
	o.Profile = validate.Profile(f.profile)
	o.Limits.Depth = f.maxDepth
	if f.maxDepth < 1 || f.jobs < 1 || f.maxFindings < 0 {
		return o, usage("--max-depth and --jobs must be at least 1, --max-findings at least 0")
	}
	o.MaxTotal = f.maxFindings
	var err error
	if o.Limits.Bytes, err = parseSize(f.maxBytes); err != nil {
		return o, usage("--max-bytes: %w", err)
	}
	if o.Now, err = parseNow(f.now); err != nil {
		return o, usage("--now: %w", err)
	}
	if o.Severity, err = f.severities(o); err != nil {
		return o, err
	}
	o.SecondOpinion, o.Replace, err = schemaEngine(f.engine)
	return o, err
}

// severities joins --severity, --disable and --only.
func (f *validateFlags) severities(o validate.Options) (map[string]finding.Severity, error) {
	var known []string
	for i := range o.Rules {
		known = append(known, o.Rules[i].ID)
	}
	known = append(known, validate.StageIDs()...)
	all := map[string]finding.Severity{}
	for _, id := range append(slices.Clone(f.disable), f.only...) {
		if err := knownID(id, known); err != nil {
			return nil, err
		}
	}
	if len(f.only) > 0 {
		for _, id := range known {
			if !slices.Contains(f.only, id) {
				all[id] = finding.Off
			}
		}
	}
	for _, id := range f.disable {
		all[id] = finding.Off
	}
	for _, setting := range f.severity {
		id, level, ok := strings.Cut(setting, "=")
		if !ok {
			return nil, usage("--severity is %q, but must be ID=LEVEL", setting)
		}
		if err := knownID(id, known); err != nil {
			return nil, err
		}
		s, err := finding.ParseSeverity(level)
		if err != nil {
			return nil, usage("--severity %s: %w", setting, err)
		}
		all[id] = s
	}
	return all, nil
}

// knownID is an error with a suggestion for an id that does not exist.
func knownID(id string, known []string) error {
	if slices.Contains(known, id) {
		return nil
	}
	best := slices.MinFunc(known, func(a, b string) int {
		return cmp.Or(cmp.Compare(unlike(id, a), unlike(id, b)), strings.Compare(a, b))
	})
	return usage("there is no rule %q: did you mean %s? (runhist rules lists them)", id, best)
}

// unlike is a rough measure of how two ids differ: what is left of both
// without their common beginning and end.
func unlike(a, b string) int {
	a, b = strings.ToLower(a), strings.ToLower(b)
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return max(len(a), len(b))
}

func summaryOf(s *validate.Summary) report.Summary {
	return report.Summary{Files: s.Files, Runs: s.Runs, Steps: s.Steps, Errors: s.Errors, Warnings: s.Warnings, Infos: s.Infos,
		NotEvaluated: s.NotEvaluated(), Cut: s.Cut, Incomplete: s.Incomplete}
}

func tail(v *validate.Validator, s *validate.Summary) *report.Tail {
	t := &report.Tail{Summary: summaryOf(s)}
	for i, r := range v.Rules() {
		t.Rules = append(t.Rules, report.Rule{ID: r.ID, Title: r.Title, Status: s.Rules[i].Status(), Checked: s.Rules[i].Checked, Findings: s.Rules[i].Findings})
	}
	return t
}
