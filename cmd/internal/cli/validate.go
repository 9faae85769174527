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
	color, output     string
	formats           []string
	baseline          string
	quiet, statistics bool
	showSuppressed    bool
}

func newValidate(s Streams) *cobra.Command {
	var f validateFlags
	c := &cobra.Command{
		Use:   "validate PATH...",
		Short: "Check histories against the schema and the rules of the specification",
		Long: `validate checks run histories against the schema of [MS-UPSMODS] and the rules
of its prose. PATH is a file, a folder (every .xml, .xml.gz and .xml.zst below
it), a glob, or - for standard input. Compressed files and UTF-16 are read as
they are.`,
		Example: `  runhist validate run.xml
  runhist validate --profile server histories/
  runhist validate --format json=findings.json --fail-on warning "2026-*.xml"`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return runValidate(c, s, &f, args)
		},
	}
	flags := c.Flags()
	f.judgeFlags.add(flags)
	formatFlag(flags, &f.formats)
	flags.StringVarP(&f.output, "output", "o", "", "write the report to this file, not to standard output")
	flags.StringVar(&f.baseline, "baseline", "", "a file of runhist baseline write: the faults in it do not count")
	flags.BoolVar(&f.showSuppressed, "show-suppressed", false, "report what is suppressed or in the baseline too, as infos that say why")
	flags.StringVar(&f.color, "color", "auto", "auto, always or never")
	flags.BoolVar(&f.statistics, "statistics", false, "add a table of all rules to the text format")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "no summary on standard error")
	return c
}

// runValidate is the command.
func runValidate(c *cobra.Command, s Streams, f *validateFlags, args []string) error {
	j, err := f.judgement(c.Flags(), s)
	if err != nil {
		return err
	}
	if f.baseline != "" {
		b, err := openBaseline(f.baseline)
		if err != nil {
			return err
		}
		if err := j.accept.compare(b, f.baseline); err != nil {
			return err
		}
	}
	if len(f.formats) == 0 && j.config != nil {
		for _, format := range j.config.Formats {
			f.formats = append(f.formats, format.V)
		}
	}
	if j.accept.needed() {
		j.options.Acceptance, j.options.ShowSuppressed = j.accept, f.showSuppressed
	}
	v, err := validate.New(j.options)
	if err != nil {
		return usage("%w", err)
	}
	in := f.inputs(s, args)
	sinks, err := f.sinks(s, j.lines(in))
	if err != nil {
		return err
	}
	defer sinks.discard()
	given := 0
	sum, failed, err := f.examine(c, s, v, in, func(r *validate.Result) {
		if given++; given == len(in.list) {
			r.Findings = append(r.Findings, j.accept.findings(&j.options)...)
		}
	}, func(r *validate.Result) error {
		return sinks.file(&report.File{Name: r.File, Status: string(r.Status), Profile: string(r.Profile), Runs: r.Runs, Steps: r.Steps, Findings: r.Findings})
	})
	if err != nil {
		return err
	}
	if err := sinks.close(tail(v, sum)); err != nil {
		return err
	}
	if !f.quiet && !sinks.textOnTerminal {
		summary := summaryOf(sum)
		fmt.Fprintln(s.Err, "runhist: "+text.Summary(&summary))
	}
	return f.status(sum, failed, j.failOn)
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
