package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/runhist/runhist/analyze"
	"github.com/runhist/runhist/analyze/diff"
	"github.com/runhist/runhist/analyze/record"
	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/differences"
	"github.com/runhist/runhist/report/replay"
	"github.com/runhist/runhist/report/simulation"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/requirements"
)

// analyzeFlags are the flags of the command analyze.
type analyzeFlags struct {
	judgeFlags
	diff           diffFlags
	formats, why   []string
	output, color  string
	progress       string
	quiet, numbers bool
	accounts       bool
}

func newAnalyze(s Streams) *cobra.Command {
	var f analyzeFlags
	c := &cobra.Command{
		Use:   "analyze SCENARIO ACTUAL...",
		Short: "Regenerate the expected histories, compare with the actual ones",
		Long: `analyze simulates a scenario, as runhist simulate does, and sets the histories
that a correct server would have written against those that a server wrote. Both
are validated, runs are paired by management agent, run profile and order, and
each pair is compared as runhist diff does. ACTUAL is what runhist validate takes.

What a scenario cannot know is not compared: GUIDs are matched one-to-one; of
instants only the order counts, since the clock of the simulation is virtual;
run numbers and the accounts that started the runs are left out, unless --numbers
and --accounts ask for them. --map and --ignore are those of runhist diff.

--why says which objects the engine counted, and which rules it applied to each.
With the word differences it does so for each counter and error that differs.
Else its path is made of the labels that the differences show, from run-details
on: the run by agent, profile and number (without number: the first such run) or
by its number in the simulation; the step by its number; then the block with its
counter, or the errors with one of them by its DN (without: all of that kind).

Exit status: 0 no differences and no findings at or above the threshold; 1 some;
2 the scenario is wrong, or the usage; 3 something could not be read.`,
		Example: `  runhist analyze scenario histories/
  runhist analyze scenario histories.zip --format text --format html=replay.html
  runhist analyze scenario histories/ --why differences
  runhist analyze scenario histories/ --why "run-details[AD, Export, 3]/step-details[1]/export-counters/export-update"
  runhist analyze scenario histories/ --why "run-details[5]/step-details[1]/outbound-flow-counters[AD]/connector-flow"
  runhist analyze scenario histories/ --why "run-details[5]/step-details[1]/synchronization-errors/import-error[CN=Ann,DC=x]"`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			return runAnalyze(c, s, &f, args)
		},
	}
	flags := c.Flags()
	f.judgeFlags.add(flags)
	flags.StringArrayVar(&f.why, "why", nil, "`PATH` of a counter or an error of the expected histories: list the objects behind it; differences: behind all that differ; repeatable")
	flags.StringArrayVar(&f.diff.maps, "map", nil, "`A=>B`, or a file of such lines: a name of the scenario and that of the server; repeatable")
	flags.StringArrayVar(&f.diff.ignore, "ignore", nil, "`PATH` of elements or attributes to leave out of the comparison; repeatable")
	flags.Float64Var(&f.diff.ratio, "duration-ratio", 0, "`FACTOR` by which durations may differ; 0: any")
	flags.BoolVar(&f.numbers, "numbers", false, "compare run numbers too")
	flags.BoolVar(&f.accounts, "accounts", false, "compare the accounts that started the runs too")
	var names []string
	for _, x := range replay.All() {
		names = append(names, x.Name)
	}
	flags.StringArrayVar(&f.formats, "format", nil, "format, as `NAME[=FILE]`, repeatable: "+strings.Join(names, ", "))
	flags.StringVarP(&f.output, "output", "o", "", "write the report to this `FILE`, not to standard output")
	flags.StringVar(&f.color, "color", "auto", "`WHEN` to use colours: auto, always or never")
	progressFlag(flags, &f.progress)
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "no summary and no progress on standard error")
	return c
}

// runAnalyze is the command.
func runAnalyze(c *cobra.Command, s Streams, f *analyzeFlags, args []string) error {
	options, questions, err := f.questions()
	if err != nil {
		return err
	}
	chosen, err := targets(f.formats, f.output, replay.All()[0].Name, replay.Find)
	if err != nil {
		return err
	}
	color, err := colored(f.color, s.Out)
	if err != nil {
		return err
	}
	defer roomy()()
	m, err := loadScenario(args[0])
	if err != nil {
		return err
	}
	if !c.Flags().Changed("profile") {
		if err := c.Flags().Set("profile", m.Scenario.Profile); err != nil {
			return usage("%w", err)
		}
	}
	v, failOn, err := f.validator(c, s)
	if err != nil {
		return err
	}
	show, stop, err := showActions(f.progress, f.quiet, s, m)
	if err != nil {
		return err
	}
	defer stop()
	expected, err := expect(c.Context(), m, analyze.NewInquiry(questions), show)
	if err != nil {
		return err
	}
	stop()
	r := &replay.Report{Version: Version, Scenario: m.Scenario.Name, Head: report.Head{Version: Version, Profile: f.profile, FailOn: failOn, Catalog: catalog(v)}}
	if r.Scenario == "" {
		r.Scenario = args[0]
	}
	if r.Why, err = reasons(expected.inquiry.Answers()); err != nil {
		return err
	}
	outcome, err := f.compare(c, s, &replaying{v: v, failOn: failOn, options: options, expected: expected}, r, args[1:])
	if err != nil {
		return err
	}
	if slices.Contains(f.why, whyDifferences) {
		if err := explainDifferences(c.Context(), m, r); err != nil {
			return err
		}
	}
	r.Exit = statusOf(outcome)
	for _, t := range chosen {
		err := writeFile(t.path, s.Out, func(out *output) error {
			return t.format.Write(out, r, differences.Options{Color: color && (out.file == nil || f.color == "always")})
		})
		if err != nil {
			return err
		}
	}
	if !f.quiet {
		fmt.Fprintln(s.Err, "runhist: "+r.Summary())
	}
	return outcome
}

// validator judges both sides.
func (f *analyzeFlags) validator(c *cobra.Command, s Streams) (*validate.Validator, finding.Severity, error) {
	j, err := f.judgement(c.Flags(), s)
	if err != nil {
		return nil, 0, err
	}
	if j.accept.needed() {
		j.options.Acceptance = j.accept
	}
	v, err := validate.New(j.options)
	if err != nil {
		return nil, 0, usage("%w", err)
	}
	return v, j.failOn, nil
}

// replaying is what the two sides are judged and compared by.
type replaying struct {
	v        *validate.Validator
	failOn   finding.Severity
	options  diff.Options
	expected *expectation
}

// compare judges both sides, compares them and fills the report in. The first
// error is how the call ends when the report is written, the second ends it at
// once.
func (f *analyzeFlags) compare(c *cobra.Command, s Streams, x *replaying, r *replay.Report, args []string) (outcome, err error) {
	again := func() io.Reader { return s.In }
	if slices.Contains(args, "-") { // it is read twice: to be judged, and to be compared
		text, err := io.ReadAll(s.In)
		if err != nil {
			return nil, unfinished("read standard input: %w", err)
		}
		again = func() io.Reader { return bytes.NewReader(text) }
	}
	s.In = again()
	in, problems := f.inputs(s, args, f.quiet)
	if r.Expected, err = f.judged(c, s, x.v, &inputs{list: x.expected.inputs}, x.failOn); err != nil {
		return nil, err
	}
	if r.Actual, err = f.judged(c, s, x.v, in, x.failOn); err != nil {
		return nil, err
	}
	actual, side := &loading{notices: notices{s.Err}, progress: "never", quiet: true}, &loaded{}
	if actual.bytes, err = parseSize(f.maxBytes); err != nil {
		return nil, usage("--max-bytes: %w", err)
	}
	twice, _ := expand(args, again(), f.stdinName)
	for _, input := range twice.list {
		if err := actual.input(c.Context(), input, side); err != nil {
			return nil, err
		}
	}
	tree := diff.Runs(x.expected.runs, side.runs, x.options)
	x.expected.label(tree)
	if !tree.Same() {
		tables, err := requirements.Load()
		if err != nil {
			return nil, unfinished("%w", err)
		}
		diff.Annotate(tree, tables)
	}
	r.Differences = &differences.Report{Version: Version, Tree: tree, A: differences.Side{Name: "expected", Files: x.expected.files},
		B: differences.Side{Name: strings.Join(args, " "), Files: side.files}}
	switch {
	case len(problems) > 0 || actual.unread || r.Expected.Tail.Summary.Incomplete+r.Actual.Tail.Summary.Incomplete > 0:
		return &exit{status: Unfinished}, nil
	case len(side.runs) == 0 && !f.allowEmpty:
		return unfinished("there is no actual run to compare with (--allow-empty makes that no failure)"), nil
	case !tree.Same() || actual.malformed || r.Expected.Tail.Exit == Found || r.Actual.Tail.Exit == Found:
		return &exit{status: Found}, nil
	}
	return nil, nil
}

// questions reads the flags of the comparison and --why.
func (f *analyzeFlags) questions() (diff.Options, []*analyze.Question, error) {
	if !f.numbers {
		f.diff.ignore = append(f.diff.ignore, "run-details/run-number")
	}
	if !f.accounts {
		f.diff.ignore = append(f.diff.ignore, "run-details/security-id")
	}
	options, err := f.diff.options()
	if err != nil {
		return options, nil, err
	}
	options.LooseOrder = true
	var questions []*analyze.Question
	for _, path := range f.why {
		if path == whyDifferences {
			continue
		}
		q, err := analyze.ParseQuestion(path)
		if err != nil {
			return options, nil, usage("--why: %w", err)
		}
		questions = append(questions, q)
	}
	return options, questions, nil
}

// expectation is what a simulation wrote, in memory.
type expectation struct {
	runs    []*rundetails.Run
	labels  []string // of the runs, beside run-details
	files   []string
	inputs  []validate.Input
	inquiry *analyze.Inquiry
	n       int // runs of the simulation, those without a step included
}

// label names runs in a comparison by agent, profile and number as the
// simulation has them, though numbers are not compared.
func (x *expectation) label(t *diff.Tree) {
	if t.Same() {
		return
	}
	for _, n := range t.Root.Children {
		if n.Name == "run-details" && n.A.Index > 0 {
			n.Key = x.labels[n.A.Index-1]
		}
	}
}

// expect simulates the scenario.
func expect(ctx context.Context, m *analyze.Simulation, inquiry *analyze.Inquiry, show func(action, actions int)) (*expectation, error) {
	x := &expectation{inquiry: inquiry}
	edges := analyze.Edges{Begin: show, Run: func(r *analyze.Run) error {
		inquiry.Take(r)
		x.n++
		if len(r.Details.Steps) == 0 {
			return nil
		}
		var text bytes.Buffer
		if err := rundetails.Write(&text, record.History(r.Details)); err != nil {
			return err
		}
		name := "expected/" + simulation.FileName(x.n, m.Scenario.Runs(), r.Record)
		x.runs, x.files = append(x.runs, r.Details), append(x.files, name)
		x.labels = append(x.labels, fmt.Sprintf("%s, %s, %d", r.Record.AgentName, r.Record.Profile, r.Record.Number))
		x.inputs = append(x.inputs, validate.Input{File: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text.Bytes())), nil }})
		return nil
	}}
	if len(inquiry.Answers()) > 0 {
		edges.Tracer = inquiry
	}
	if _, err := m.Run(ctx, edges); err != nil {
		return nil, scenarioError(err)
	}
	return x, nil
}

// judged validates the documents of one side.
func (f *analyzeFlags) judged(c *cobra.Command, s Streams, v *validate.Validator, in *inputs, failOn finding.Severity) (replay.Judged, error) {
	var side replay.Judged
	x := &examination{take: func(r *validate.Result, problems []string) error {
		side.Files = append(side.Files, report.File{Name: r.File, Status: string(r.Status), Profile: string(r.Profile), Because: r.Because, Runs: r.Runs, Steps: r.Steps,
			Findings: r.Findings, Problems: problems})
		return nil
	}}
	if err := f.examine(c, s, v, in, x); err != nil {
		return side, err
	}
	side.Tail = *tail(v, x.sum)
	side.Tail.Exit = OK
	if failOn != finding.Off && x.sum.Worst >= failOn {
		side.Tail.Exit = Found
	}
	return side, nil
}
