package facts

import (
	"strings"

	"github.com/runhist/runhist/report/operations"
	"github.com/runhist/runhist/schemas/rundetails"
)

// Totals is what a run comes to over those of its steps that are wanted.
type Totals struct {
	Steps  int
	Start  rundetails.Instant // of the first step: the point in time only
	Result string             // of the worst step; it lives as long as the run
	Level  operations.Level   // of that result

	Discovery, Imports, Exports, Retries int // errors of each kind

	end     rundetails.Instant
	unended bool
	rank    int
}

// Add counts a step.
func (t *Totals) Add(s *rundetails.Step) {
	if t.Steps++; s.Start.Valid && (!t.Start.Valid || s.Start.Millis < t.Start.Millis) {
		t.Start = point(&s.Start)
	}
	if s.End.Valid && (!t.end.Valid || s.End.Millis > t.end.Millis) {
		t.end = point(&s.End)
	}
	t.unended = t.unended || !s.End.Valid
	if level, rank := operations.Grade(trimmed(&s.Result.Text)); t.Steps == 1 || rank > t.rank {
		t.Result, t.Level, t.rank = strings.Clone(s.Result.Value), level, rank
	}
	t.Discovery += s.Tally.ObjectErrors.Count
	t.Imports += s.Tally.ImportErrors.Count
	t.Exports += s.Tally.ExportErrors.Count
	t.Retries += s.Tally.RetryErrors.Count
}

// Ended is when the last step ended; it is not Valid as long as a step has
// not.
func (t *Totals) Ended() rundetails.Instant {
	if t.unended {
		return rundetails.Instant{}
	}
	return t.end
}

func point(i *rundetails.Instant) rundetails.Instant {
	return rundetails.Instant{Millis: i.Millis, Valid: true}
}
