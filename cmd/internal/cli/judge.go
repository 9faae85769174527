package cli

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/runhist/runhist/analyze/reconcile"
	"github.com/runhist/runhist/schemas/spelling"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules"
)

// judgeFlags are the flags of all commands that judge documents. Most of them
// have a key in the configuration, which counts where the flag is not given.
type judgeFlags struct {
	configFlags
	profile, failOn, stdinName, engine string
	severity, disable, only            []string
	maxFindings, maxDepth, jobs        int
	maxBytes, now                      string
	timeout                            time.Duration
	allowEmpty                         bool
}

// add declares the flags.
func (f *judgeFlags) add(flags *pflag.FlagSet) {
	f.addConfigured(flags)
	flags.StringVar(&f.stdinName, "stdin-name", "<stdin>", "`NAME` of standard input in findings")
	flags.StringVar(&f.engine, "schema-engine", "native", "`ENGINE` for the schema: native, libxml2, or both (an error when they disagree)")
	flags.IntVar(&f.jobs, "jobs", runtime.GOMAXPROCS(0), "`NUMBER` of documents to judge at once")
	flags.DurationVar(&f.timeout, "timeout", 0, "end the whole call after this `TIME`, such as 90s")
	flags.BoolVar(&f.allowEmpty, "allow-empty", false, "it is no failure when there is nothing to examine")
}

// addConfigured declares those flags that have a say in what is in force.
func (f *judgeFlags) addConfigured(flags *pflag.FlagSet) {
	f.configFlags.add(flags)
	flags.StringVar(&f.profile, "profile", "upsmods", "`PROFILE` to judge by: upsmods (the specification), server (what products are known to write is an info), fim (FIM 2010), miis2003, auto (one of these but server, for each document)")
	flags.StringVar(&f.failOn, "fail-on", "error", "exit with 1 from this `SEVERITY` on: error, warning, info, never")
	flags.StringArrayVar(&f.severity, "severity", nil, "grade findings, as `ID=LEVEL` with error, warning, info or off; repeatable")
	flags.StringSliceVar(&f.disable, "disable", nil, "`ID`s to leave out, separated by commas; repeatable")
	flags.StringSliceVar(&f.only, "only", nil, "`ID`s to report, and no others, separated by commas; repeatable")
	flags.IntVar(&f.maxFindings, "max-findings", 100_000, "`NUMBER` of findings to keep in all; those beyond are counted (and at most 1,000 of an id in a document)")
	flags.StringVar(&f.maxBytes, "max-bytes", "0", "decoded `SIZE` of a document that is still read, such as 500MB; 0 for any")
	flags.IntVar(&f.maxDepth, "max-depth", 256, "`NUMBER` of levels of elements that are still read")
	flags.StringVar(&f.now, "now", "", nowUsage)
}

// judgement is what flags and configuration together ask for.
type judgement struct {
	options validate.Options
	failOn  finding.Severity
	config  *config // nil without one
	accept  *acceptance
}

// judgement joins the flags that are given with the configuration.
func (f *judgeFlags) judgement(flags *pflag.FlagSet, s Streams) (*judgement, error) {
	list := rules.All()
	ids := &knownIDs{rules: list}
	c, err := f.read(s, ids)
	if err != nil {
		return nil, err
	}
	f.merge(flags, c)
	j := &judgement{config: c, options: validate.DefaultOptions(list)}
	o := &j.options
	o.Profile = validate.Profile(f.profile)
	if c != nil && !flags.Changed("profile") {
		c.profiles(o)
	}
	o.Limits.Depth = f.maxDepth
	if f.maxDepth < 1 || f.jobs < 1 || f.maxFindings < 0 {
		return nil, usage("--max-depth and --jobs must be at least 1, --max-findings at least 0")
	}
	o.MaxTotal = f.maxFindings
	if o.Limits.Bytes, err = parseSize(f.maxBytes); err != nil {
		return nil, usage("--max-bytes: %w", err)
	}
	if o.Now, err = parseNow(f.now); err != nil {
		return nil, usage("--now: %w", err)
	}
	if o.Severity, err = f.severities(ids, c); err != nil {
		return nil, err
	}
	if j.failOn, err = threshold(f.failOn); err != nil {
		return nil, err
	}
	if o.SecondOpinion, o.Replace, err = schemaEngine(f.engine); err != nil {
		return nil, err
	}
	if j.accept, err = newAcceptance(c, o.Now); err != nil {
		return nil, err
	}
	return j, nil
}

// merge takes from the configuration what no flag says.
func (f *judgeFlags) merge(flags *pflag.FlagSet, c *config) {
	if c == nil {
		return
	}
	if c.Profile.Set() && !flags.Changed("profile") {
		f.profile = c.Profile.V
	}
	if c.FailOn.Set() && !flags.Changed("fail-on") {
		f.failOn = c.FailOn.V
	}
	if c.MaxFindings.Set() && !flags.Changed("max-findings") {
		f.maxFindings = c.MaxFindings.V
	}
	if c.MaxBytes.Set() && !flags.Changed("max-bytes") {
		f.maxBytes = c.MaxBytes.V
	}
	if c.MaxDepth.Set() && !flags.Changed("max-depth") {
		f.maxDepth = c.MaxDepth.V
	}
}

// severities joins the severities of the configuration with --severity,
// --disable and --only, which win over it.
func (f *judgeFlags) severities(ids *knownIDs, c *config) (map[string]finding.Severity, error) {
	all := map[string]finding.Severity{}
	if c != nil {
		for _, g := range c.Severities {
			all[g.ID] = g.Severity
		}
	}
	for _, id := range append(slices.Clone(f.disable), f.only...) {
		if err := ids.check(id); err != nil {
			return nil, usage("%w", err)
		}
	}
	if len(f.only) > 0 {
		for _, id := range ids.all() {
			if !slices.Contains(f.only, id) {
				all[id] = finding.Off
			} else if all[id] == finding.Off {
				delete(all, id) // it was asked for by name
			}
		}
	}
	for _, id := range f.disable {
		all[id] = finding.Off
	}
	for _, setting := range f.severity {
		id, level, ok := strings.Cut(setting, "=")
		if !ok {
			return nil, usage("--severity is %q, but must be ID=LEVEL, such as R172=info", setting)
		}
		if err := ids.check(id); err != nil {
			return nil, usage("%w", err)
		}
		s, err := finding.ParseSeverity(level)
		if err != nil {
			return nil, usage("--severity %s: %w", setting, err)
		}
		all[id] = s
	}
	return all, nil
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

// knownIDs are the ids that findings have.
type knownIDs struct {
	rules []rule.Rule
}

func (k *knownIDs) all() []string {
	var all []string
	for i := range k.rules {
		all = append(all, k.rules[i].ID)
	}
	for _, c := range reconcile.Own() {
		all = append(all, c.ID)
	}
	return append(all, validate.StageIDs()...)
}

// check is an error with a suggestion for an id that does not exist.
func (k *knownIDs) check(id string) error {
	all := k.all()
	if slices.Contains(all, id) {
		return nil
	}
	for i := range k.rules {
		if slices.Contains(k.rules[i].Requirements, id) {
			return fmt.Errorf("%s has no findings of its own: rule %s checks it", id, k.rules[i].ID)
		}
	}
	if near := spelling.Nearest(id, all, 1); len(near) > 0 {
		return fmt.Errorf("there is no rule %q: did you mean %s? (runhist rules lists them)", id, near[0])
	}
	return fmt.Errorf("there is no rule %q (runhist rules lists them)", id)
}

// inputs are the documents that the arguments name.
func (f *judgeFlags) inputs(s Streams, args []string, quiet bool) (*inputs, []error) {
	return s.inputs(args, f.stdinName, quiet)
}

// examination judges documents.
type examination struct {
	add    func(*validate.Result)                            // is given each result before it is counted; may be nil
	take   func(r *validate.Result, problems []string) error // and after that
	sum    *validate.Summary
	failed bool // something could not be read to its end
}

// examine judges the documents, and tells what went wrong with them.
func (f *judgeFlags) examine(c *cobra.Command, s Streams, v *validate.Validator, in *inputs, x *examination) error {
	ctx, cancel := c.Context(), func() {}
	if f.timeout > 0 {
		ctx, cancel = context.WithTimeout(ctx, f.timeout)
	}
	defer cancel()
	x.sum = v.Summary()
	return v.Each(ctx, in.list, f.jobs, func(r validate.Result) error {
		if x.add != nil {
			x.add(&r)
		}
		x.sum.Add(&r)
		x.failed = x.failed || len(r.Problems) > 0 || r.Status != validate.Examined
		problems := texts(r.Problems)
		for _, p := range problems {
			s.tell("%s", p)
		}
		return x.take(&r, problems)
	})
}

// outcome is how a call ends that judged documents.
func (f *judgeFlags) outcome(x *examination, failOn finding.Severity) error {
	switch {
	case x.failed:
		return &exit{status: Unfinished}
	case x.sum.Files == 0 && !f.allowEmpty:
		return unfinished("there is nothing to examine (--allow-empty makes that no failure)")
	case failOn != finding.Off && x.sum.Worst >= failOn:
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
