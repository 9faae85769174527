package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/text"
	"github.com/runhist/runhist/validate"
)

// validateFlags are the flags of the command validate.
type validateFlags struct {
	judgeFlags
	color, output, progress string
	formats                 []string
	baseline                string
	quiet, statistics       bool
	showSuppressed, csvSafe bool
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
are.

--profile auto takes upsmods, fim or miis2003 for each document: the one whose
schema objects to the fewest kinds of things in its first 4 MB, and upsmods where
none is better. The report says which it was, and why.`,
		Example: `  runhist validate run.xml
  runhist validate --profile server histories/
  runhist validate --format text --format sarif=findings.sarif histories/
  runhist validate --format junit -o tests.xml --fail-on warning "2026-*.xml"`,
		Args: atLeast(1, "a PATH: a file, a folder, a pattern, an archive, or - for standard input"),
		RunE: func(c *cobra.Command, args []string) error {
			return runValidate(c, s, &f, args)
		},
	}
	flags := c.Flags()
	f.judgeFlags.add(flags)
	formatFlag(flags, &f.formats)
	flags.StringVarP(&f.output, "output", "o", "", "write the report to this `FILE`, not to standard output")
	flags.StringVar(&f.baseline, "baseline", "", "`FILE` of runhist baseline write: the faults in it do not count")
	flags.BoolVar(&f.showSuppressed, "show-suppressed", false, "report what is suppressed or in the baseline too, as infos that say why")
	flags.StringVar(&f.color, "color", "auto", "`WHEN` to use colours: auto, always or never")
	csvSafeFlag(flags, &f.csvSafe)
	progressFlag(flags, &f.progress)
	flags.BoolVar(&f.statistics, "statistics", false, "add a table of all rules: to text, markdown and html, with other formats on standard error")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "no summary and no progress on standard error")
	return c
}

// runValidate is the command.
func runValidate(c *cobra.Command, s Streams, f *validateFlags, args []string) error {
	j, err := f.judgement(c.Flags(), s)
	if err != nil {
		return err
	}
	if err := f.acceptance(j); err != nil {
		return err
	}
	if len(f.formats) == 0 && j.config != nil {
		for _, format := range j.config.Formats {
			f.formats = append(f.formats, format.V)
		}
	}
	v, err := validate.New(j.options)
	if err != nil {
		return usage("%w", err)
	}
	in, problems := f.inputs(s, args, f.quiet)
	in.judging = true
	s, done, stop, err := in.follow(f.progress, f.quiet, s)
	if err != nil {
		return err
	}
	defer stop()
	sinks, err := f.sinks(s, report.Head{Version: Version, Profile: f.profile, FailOn: j.failOn, Catalog: catalog(v)}, j.lines(in))
	if err != nil {
		return err
	}
	defer sinks.discard()
	x := &examination{failed: len(problems) > 0, add: j.unused(len(in.list)), take: func(r *validate.Result, problems []string) error {
		done(len(r.Findings))
		return sinks.file(&report.File{Name: r.File, Status: string(r.Status), Profile: string(r.Profile), Because: r.Because, Runs: r.Runs, Steps: r.Steps, Findings: r.Findings,
			Problems: problems})
	}}
	if err := f.examine(c, s, v, in, x); err != nil {
		return err
	}
	outcome := f.outcome(x, j.failOn)
	t := tail(v, x.sum)
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

// acceptance prepares what decides which findings do not count.
func (f *validateFlags) acceptance(j *judgement) error {
	if f.baseline != "" {
		b, err := openBaseline(f.baseline)
		if err != nil {
			return err
		}
		if err := j.accept.compare(b, f.baseline); err != nil {
			return err
		}
	}
	if j.accept.needed() {
		j.options.Acceptance, j.options.ShowSuppressed = j.accept, f.showSuppressed
	}
	return nil
}

func summaryOf(s *validate.Summary) report.Summary {
	return report.Summary{Files: s.Files, Runs: s.Runs, Steps: s.Steps, Errors: s.Errors, Warnings: s.Warnings, Infos: s.Infos, Suppressed: s.Suppressed,
		NotEvaluated: s.NotEvaluated(), Cut: s.Cut, Incomplete: s.Incomplete}
}

func tail(v *validate.Validator, s *validate.Summary) *report.Tail {
	t := &report.Tail{Summary: summaryOf(s)}
	for i, r := range v.Rules() {
		t.Rules = append(t.Rules, report.Rule{ID: r.ID, Title: r.Title, Status: s.Rules[i].Status(), Checked: s.Rules[i].Checked, Findings: s.Rules[i].Findings})
	}
	return t
}
