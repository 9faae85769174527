package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/runhist/runhist/report/derived"
	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/operations"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/rules"
)

// reporting is one call of the command report.
type reporting struct {
	notices
	flags     *reportFlags
	target    reportTarget
	wanted    map[string]bool // tables, by name
	derives   bool            // some table is wanted that the tally has
	policies  *policyVerdicts // nil where they are not wanted
	collector *facts.Collector
	limits    source.Limits
	stdin     *spool // what was read of standard input, for findings

	files, runs       int
	unread, malformed bool
}

// open begins a table, if it is wanted.
func (r *reporting) open(t *tables.Table) (tables.Rows, error) {
	if !r.wanted[t.Name] {
		return nil, nil
	}
	return r.target.Table(t)
}

func (r *reporting) problems(list []error) {
	r.unread = r.unread || len(list) > 0
	for _, p := range list {
		r.tell("%v", p)
	}
}

// report reads the documents and writes all tables.
func (r *reporting) report(ctx context.Context, in *inputs, selection facts.Selection, zone *time.Location) error {
	followers := []operations.Follower{r.collector}
	tally := derived.New(zone)
	if r.derives {
		followers = append(followers, tally)
	}
	follower := facts.Select(selection, followers...)
	if r.policies != nil {
		follower = facts.Select(facts.Selection{}, follower, r.policies.record)
	}
	reader := operations.Follow(r.limits, follower)
	for _, input := range in.list {
		r.collector.File(input.File)
		tally.File(input.File)
		if r.policies != nil {
			r.policies.record.File(input.File)
		}
		d, err := r.read(ctx, reader, input)
		if err != nil {
			return err
		}
		r.files++
		r.runs += d.Runs
		r.collector.Document(&d)
	}
	others, err := r.others(ctx, selection, zone)
	if err != nil {
		return err
	}
	if r.flags.findings {
		if err := r.findings(ctx, in); err != nil {
			return err
		}
	}
	if r.derives {
		if err := tally.Write(r.open, others...); err != nil {
			return unfinished("write: %w", err)
		}
	}
	if err := r.verdicts(); err != nil {
		return err
	}
	r.about(tally)
	if err := r.collector.Err(); err != nil {
		return unfinished("write: %w", err)
	}
	return nil
}

// verdicts writes the table of policies.
func (r *reporting) verdicts() error {
	if r.policies == nil {
		return nil
	}
	verdicts, incomplete := r.policies.shown()
	if incomplete != nil {
		r.problems([]error{incomplete})
		r.collector.About("note", incomplete.Error())
	}
	if err := derived.WritePolicies(r.open, verdicts); err != nil {
		return unfinished("write: %w", err)
	}
	return nil
}

// read reads a document. The error ends the command; what is wrong with the
// document alone is told, and said in what comes back.
func (r *reporting) read(ctx context.Context, reader *operations.Reader, input validate.Input) (facts.Document, error) {
	d := facts.Document{File: input.File, Status: facts.Examined}
	f, err := input.Open()
	if err != nil {
		r.unread = true
		r.tell("%v", err)
		d.Status, d.Message = facts.Unreadable, err.Error()
		return d, nil
	}
	defer f.Close()
	outcome, err := reader.Document(reading(func(p []byte) (int, error) {
		if err := r.collector.Err(); err != nil { // nobody gets what is read: there is no use in going on
			return 0, err
		}
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return f.Read(p)
	}))
	d.Runs = outcome.Runs
	switch {
	case r.collector.Err() != nil:
		return d, unfinished("write: %w", r.collector.Err())
	case ctx.Err() != nil:
		return d, ctx.Err()
	case err != nil:
		r.unread = true
		r.tell("read %s: %v", input.File, err)
		d.Status, d.Message = facts.Unreadable, err.Error()
		return d, nil
	}
	r.outcome(&d, &outcome)
	return d, nil
}

// outcome says what became of a document.
func (r *reporting) outcome(d *facts.Document, o *operations.Outcome) {
	r.malformed = r.malformed || o.Malformed()
	r.unread = r.unread || o.Unread()
	if at := o.Oversize; at != nil {
		d.Status, d.Fault, d.Line, d.Column = facts.Incomplete, source.SRCLimitValue, int(at.Line), int(at.Column)
		d.Message = "the record holds more than the limit of bytes: parts of it are missing"
	}
	for _, f := range o.Faults { // the last one is the one that ended the reading
		if d.Status = facts.NotWellFormed; f.Unread {
			d.Status = facts.Incomplete
		}
		d.Fault, d.Line, d.Column, d.Message = f.ID, int(f.Pos.Line), int(f.Pos.Column), f.Message
	}
	if d.Status != facts.Examined {
		r.tell("%s:%d:%d: %s: %s [%s]", d.File, d.Line, d.Column, d.Status, d.Message, d.Fault)
	} else if d.Runs == 0 {
		r.tell("%s: there is no run in it", d.File)
	}
}

// others counts the histories to compare with.
func (r *reporting) others(ctx context.Context, selection facts.Selection, zone *time.Location) ([]derived.Other, error) {
	selection.Since, selection.Until = nil, nil
	var others []derived.Other
	for _, path := range r.flags.others {
		if path == "-" {
			return nil, usage("--compare-to takes no standard input")
		}
		tally := derived.New(zone)
		reader := operations.Follow(r.limits, facts.Select(selection, tally))
		in, problems := expand([]string{path}, nil, "")
		r.problems(problems)
		runs := 0
		for _, input := range in.list {
			tally.File(input.File)
			d, err := r.read(ctx, reader, input)
			if err != nil {
				return nil, err
			}
			runs += d.Runs
		}
		if runs == 0 && !r.flags.allowEmpty {
			return nil, unfinished("--compare-to %s: there is no run in it (--allow-empty makes that no failure)", path)
		}
		others = append(others, derived.Other{Name: path, Tally: tally})
	}
	return others, nil
}

// findings judges the documents.
func (r *reporting) findings(ctx context.Context, in *inputs) error {
	options := validate.DefaultOptions(rules.All())
	options.Profile, options.Limits = validate.Profile(r.flags.profile), r.limits
	var err error
	if options.Now, err = parseNow(r.flags.now); err != nil {
		return usage("--now: %w", err)
	}
	v, err := validate.New(options)
	if err != nil {
		return usage("%w", err)
	}
	r.again(in)
	return v.Each(ctx, in.list, max(1, r.flags.jobs), func(result validate.Result) error {
		for i := range result.Findings {
			r.collector.Finding(&result.Findings[i])
		}
		return r.collector.Err()
	})
}

// about says how the report was made.
func (r *reporting) about(tally *derived.Tally) {
	f := r.flags
	say := func(name string, values ...string) {
		for _, value := range values {
			if value != "" {
				r.collector.About(name, value)
			}
		}
	}
	say("tool", "runhist "+Version)
	say("documents", fmt.Sprint(r.files))
	say("runs", fmt.Sprint(r.runs))
	zone := f.zone
	if zone == "" {
		zone = "UTC"
	}
	say("zone", zone)
	say("since", f.since)
	say("until", f.until)
	say("ma", f.agents...)
	say("profile-name", f.profiles...)
	say("result", f.results...)
	say("compare-to", f.others...)
	say("note", tally.Notes()...)
}

// summary is what the command says at its end.
func (r *reporting) summary(where string) string {
	var names []string
	for _, t := range allTables() {
		if r.wanted[t.Name] {
			names = append(names, t.Name)
		}
	}
	return fmt.Sprintf("%d documents, %d runs: %s in %s", r.files, r.runs, strings.Join(names, ", "), where)
}

// keepStdin puts standard input where it can be read twice: the findings are
// made in a pass of their own.
func (r *reporting) keepStdin(s *Streams) error {
	file, err := (&spools{}).open()
	if err != nil {
		return err
	}
	r.stdin = file.(*spool)
	if _, err = io.Copy(file, s.In); err == nil {
		s.In, err = file.Reader()
	}
	if err != nil {
		_ = file.Close()
		return fmt.Errorf("keep standard input: %w", err)
	}
	return nil
}

// again lets an input that was standard input be read once more.
func (r *reporting) again(in *inputs) {
	for i := range in.list {
		if r.stdin != nil && in.list[i].File == r.flags.stdinName {
			in.list[i].Open = func() (io.ReadCloser, error) {
				from, err := r.stdin.Reader()
				return io.NopCloser(from), err
			}
		}
	}
}
