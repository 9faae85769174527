package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/runhist/runhist/analyze/reconcile"
	"github.com/runhist/runhist/report/reconciliation"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
)

// reconcileFlags are the flags of the command reconcile.
type reconcileFlags struct {
	judgeFlags
	color, output, progress string
	formats                 []string
	state, exit             string
	quiet                   bool
}

func newReconcile(s Streams) *cobra.Command {
	var f reconcileFlags
	c := &cobra.Command{
		Use:   "reconcile PATH...",
		Short: "Ask whether the runs of an archive add up, and whether policies are kept",
		Long: `reconcile compares the runs of all agents in the order of time: what was
provisioned with what was exported, exports with the imports that confirm them,
errors from run to run, steps that never ran, runs that are missing; and it
checks the policies of the configuration. Each finding has a severity and says
how sure it is: certain, likely or possible. Where runs are missing it is silent
about what they may explain. PATH is what validate takes.

Agents without recent success are looked for only with --now, because an old
archive has no other kind: --now clock means the present.

With --state FILE only what is new counts: findings of warning or error that the
file has from the call before are not shown in text, and have no say in the exit
status. The file is replaced when the reports are complete.

--exit nagios ends with the states of monitoring plugins instead: 0 OK, 1
WARNING, 2 CRITICAL, 3 UNKNOWN, which also stands for wrong usage. They are about
all findings, known or new: monitors have a memory of their own.`,
		Example: `  runhist reconcile histories/
  runhist reconcile --now clock --state alerts.json --fail-on warning histories/
  runhist reconcile --exit nagios --format nagios histories/
  runhist reconcile --format prometheus -o runhist.prom histories/`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return f.asMonitor(runReconcile(c, s, &f, args))
		},
	}
	flags := c.Flags()
	// Asked for first, so that other mistakes end as it says.
	flags.StringVar(&f.exit, "exit", "runhist", "`MEANING` of the exit status: runhist, or nagios for monitoring plugins")
	f.addReconcile(flags)
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return f.asMonitor(usage("%w", err)) })
	return c
}

// addReconcile declares the flags but --exit.
func (f *reconcileFlags) addReconcile(flags *pflag.FlagSet) {
	f.configFlags.add(flags)
	flags.StringVar(&f.failOn, "fail-on", "error", "exit with 1 from this `SEVERITY` on: error, warning, info, never")
	flags.StringArrayVar(&f.severity, "severity", nil, "grade findings, as `ID=LEVEL` with error, warning, info or off; repeatable")
	flags.StringSliceVar(&f.disable, "disable", nil, "`ID`s to leave out, separated by commas; repeatable")
	flags.StringSliceVar(&f.only, "only", nil, "`ID`s to report, and no others, separated by commas; repeatable")
	flags.IntVar(&f.maxFindings, "max-findings", 1000, "`NUMBER` of findings to keep of an id; those beyond are counted")
	flags.StringVar(&f.maxBytes, "max-bytes", "0", "decoded `SIZE` of a document that is still read, such as 500MB; 0 for any")
	flags.IntVar(&f.maxDepth, "max-depth", 256, "`NUMBER` of levels of elements that are still read")
	flags.StringVar(&f.now, "now", "", nowUsage+"; given, agents without recent success are looked for")
	flags.StringVar(&f.stdinName, "stdin-name", "<stdin>", "`NAME` of standard input in findings")
	flags.IntVar(&f.jobs, "jobs", runtime.GOMAXPROCS(0), "`NUMBER` of documents to read at once")
	flags.DurationVar(&f.timeout, "timeout", 0, "end the whole call after this `TIME`, such as 90s")
	flags.BoolVar(&f.allowEmpty, "allow-empty", false, "it is no failure when there is nothing to examine")
	flags.StringArrayVar(&f.formats, "format", nil, "form of the report, as `NAME[=FILE]`; repeatable: "+strings.Join(reconcileFormats(), ", "))
	flags.StringVarP(&f.output, "output", "o", "", "write the report to this `FILE`, not to standard output")
	flags.StringVar(&f.state, "state", "", "`FILE` that remembers what was found: only what is new counts")
	flags.StringVar(&f.color, "color", "auto", "`WHEN` to use colours: auto, always or never")
	progressFlag(flags, &f.progress)
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "no progress on standard error")
	f.profile, f.engine = string(validate.UPSMODS), "native"
}

func reconcileFormats() []string {
	var names []string
	for _, f := range reconciliation.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// asMonitor makes every failure the state UNKNOWN, where the exit status is
// that of a monitoring plugin.
func (f *reconcileFlags) asMonitor(err error) error {
	if f.exit != "nagios" || err == nil {
		return err
	}
	var e *exit
	if errors.As(err, &e) && (e.status != Usage || e.err == nil) { // the state itself, or already UNKNOWN
		return err
	}
	return &exit{Unfinished, err}
}

// runReconcile is the command.
func runReconcile(c *cobra.Command, s Streams, f *reconcileFlags, args []string) error {
	if f.exit != "runhist" && f.exit != "nagios" {
		return usage("--exit is %q, but must be runhist or nagios", f.exit)
	}
	j, err := f.judgement(c.Flags(), s)
	if err != nil {
		return err
	}
	remember()
	state, err := f.readState()
	if err != nil {
		return err
	}
	sinks, err := f.reports(s)
	if err != nil {
		return err
	}
	defer sinks.discard()
	in, problems := f.inputs(s, args, f.quiet)
	s, done, stop, err := in.follow(f.progress, f.quiet, s)
	if err != nil {
		return err
	}
	defer stop()
	ctx, cancel := c.Context(), func() {}
	if f.timeout > 0 {
		ctx, cancel = context.WithTimeout(ctx, f.timeout)
	}
	defer cancel()
	r, err := reconcile.Run(ctx, in.list, f.options(c.Flags(), j, func(d *validate.Result) { done(len(d.Findings)) }))
	if err != nil {
		return err
	}
	r.Problems = append(problems, r.Problems...)
	for _, p := range texts(r.Problems[len(problems):]) {
		s.tell("%s", p)
	}
	f.accept(j, r)
	gone, next := state.Compare(r)
	if f.state == "" {
		forget(r.Findings)
		gone = nil
	}
	report := f.report(r, j, gone)
	if err := sinks.write(report); err != nil {
		return err
	}
	if err := f.writeState(next); err != nil {
		return err
	}
	return f.conclude(report)
}

// ledgerMemory is how much memory the collector of garbage may let stand: of a
// large archive more lives to the end than in other commands.
const ledgerMemory = 160 << 20

// remember raises the limit that main has set, if it did, and no other.
func remember() {
	if debug.SetMemoryLimit(-1) < ledgerMemory && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(ledgerMemory)
	}
}

// options are those of the package.
func (f *reconcileFlags) options(flags *pflag.FlagSet, j *judgement, done func(*validate.Result)) reconcile.Options {
	o := reconcile.Options{Limits: j.options.Limits, Jobs: f.jobs, Now: j.options.Now, Recent: flags.Changed("now"), Severity: j.options.Severity,
		MaxFindings: f.maxFindings, Done: done}
	if j.config != nil {
		o.Policies = j.config.Policies
	}
	return o
}

// accept marks the findings that the configuration suppresses.
func (f *reconcileFlags) accept(j *judgement, r *reconcile.Result) {
	if !j.accept.needed() {
		return
	}
	for i := range r.Findings {
		if reason, ok := j.accept.Accept(&r.Findings[i].Finding); ok {
			r.Findings[i].Suppressed = reason
		}
	}
}

func forget(findings []reconcile.Finding) {
	for i := range findings {
		findings[i].Old = false
	}
}

// readState reads --state: that of the first call where there is none yet.
func (f *reconcileFlags) readState() (*reconcile.State, error) {
	if f.state == "" {
		return reconcile.NewState(), nil
	}
	file, err := os.Open(f.state)
	if errors.Is(err, fs.ErrNotExist) {
		return reconcile.NewState(), nil
	}
	if err != nil {
		return nil, usage("--state: %w", err)
	}
	defer file.Close()
	state, err := reconcile.ReadState(file)
	if err != nil {
		return nil, usage("--state %s: %w", f.state, err)
	}
	return state, nil
}

// writeState replaces the state.
func (f *reconcileFlags) writeState(state *reconcile.State) error {
	if f.state == "" {
		return nil
	}
	out, err := create(f.state, nil)
	if err != nil {
		return unfinished("%w", err)
	}
	defer out.discard()
	if err := state.Write(out); err != nil {
		return unfinished("write %s: %w", f.state, err)
	}
	if err := out.commit(); err != nil {
		return unfinished("%w", err)
	}
	return nil
}

// conclude is how the command ends that wrote its reports.
func (f *reconcileFlags) conclude(r *reconciliation.Report) error {
	if f.exit == "nagios" {
		if state := r.Monitor(); state > 0 {
			return &exit{status: state}
		}
		return nil
	}
	failOn, err := threshold(f.failOn)
	worst := reconciliation.Worst(r.Findings, (*reconciliation.Finding).Counts)
	switch {
	case err != nil:
		return err
	case r.Summary.Incomplete || len(r.Problems) > 0:
		return &exit{status: Unfinished}
	case r.Summary.Runs == 0 && !f.allowEmpty:
		return unfinished("there is no run to reconcile (--allow-empty makes that no failure)")
	case failOn != finding.Off && worst >= failOn:
		return &exit{status: Found}
	}
	return nil
}
