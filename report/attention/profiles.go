package attention

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runhist/runhist/schemas/wording"
)

// Profile is how a run profile of an agent does.
type Profile struct {
	Agent, Name string
	Last        Run
	Runs        int64   // how many there are; 0 where it is not known
	Success     Instant // when the last run began that succeeded
	Since       int64   // runs after that one
	// Lengths of time, in milliseconds: the usual ones from the beginning of a
	// run to that of the next, and of runs.
	Gap, Median, P95 Instant
	Before           []int64 // how long the runs before the last took, in any order
}

// Run is the last run of a profile.
type Run struct {
	Start                    Instant
	Outcome, Result, Meaning string // of its worst step
	Millis                   int64  // how long it took; below 0 where it is not known
	Errors                   Errors
}

// Errors are the errors of a run, by kind as Kinds has them.
type Errors [4]int64

// Kinds of errors.
var kinds = [4]string{"discovery", "import", "export", "retry"}

// Gravity orders last runs, the worst first.
type Gravity int

// The gravities: a run stopped or did not start, failed or met errors, met
// warnings, is under way, or needs no attention.
const (
	Stopped Gravity = iota
	Failed
	Warned
	Running
	Fine
)

// Grade is the gravity of a run by its outcome, which the tables have, and the
// result of its worst step.
func Grade(outcome, result string) Gravity {
	switch outcome {
	case "error":
		if strings.HasPrefix(result, "stopped-") || strings.HasPrefix(result, "no-start-") {
			return Stopped
		}
		return Failed
	case "warning":
		return Warned
	case "running":
		return Running
	}
	return Fine
}

func (p *Profile) gravity() Gravity { return Grade(p.Last.Outcome, p.Last.Result) }

// Stale tells whether the profile has not succeeded for a day and for three
// times the time that usually lies between its runs, counted to the latest run
// of all, and for how long. It is stale when it never succeeded; the time is
// then below 0.
func (p *Profile) Stale(latest Instant) (millis int64, is bool) {
	if !p.Success.Known {
		return -1, true
	}
	waited := latest.Millis - p.Success.Millis
	return waited, waited > day && (!p.Gap.Known || waited > lateGaps*p.Gap.Millis)
}

// ofProfiles is what is wrong with run profiles. Those of an agent that stopped
// with the same result have one cause, and are one item.
func (f *Figures) ofProfiles() []Item {
	alike := map[[2]string][]int{}
	key := func(p *Profile) [2]string { return [2]string{p.Agent, p.Last.Result} }
	for i := range f.Profiles {
		if p := &f.Profiles[i]; p.gravity() == Stopped {
			alike[key(p)] = append(alike[key(p)], i)
		}
	}
	var items []Item
	for i := range f.Profiles {
		p := &f.Profiles[i]
		group := alike[key(p)]
		if p.gravity() != Stopped || len(group) == 1 {
			items = append(items, f.ofProfile(i)...)
		} else if group[0] == i {
			items = append(items, f.stoppedAlike(group))
		}
	}
	return items
}

// stoppedAlike says that several run profiles of an agent stopped.
func (f *Figures) stoppedAlike(group []int) Item {
	var names []string
	var success, last Instant
	for _, i := range group {
		p := &f.Profiles[i]
		names = append(names, p.Name)
		if p.Success.After(success) {
			success = p.Success
		}
		if p.Last.Start.After(last) {
			last = p.Last.Start
		}
	}
	first := &f.Profiles[group[0]]
	item := Item{Level: Error, Topic: OfProfiles, Index: group[0], Agent: first.Agent, When: last, Find: []string{first.Agent, first.Last.Result},
		Text:   fmt.Sprintf("has %d run profiles that ended with %s.", len(group), first.Last.Result),
		Detail: sentences(first.Last.Meaning, strings.Join(names, ", ")+".")}
	if success.Known {
		item.Detail += fmt.Sprintf(" The last success of any of them was at %s.", f.minute(success))
	} else {
		item.Detail += " No run of them succeeded."
	}
	return item
}

// ofProfile is what is wrong with a run profile.
func (f *Figures) ofProfile(i int) []Item {
	p := &f.Profiles[i]
	item := Item{Level: Warning, Topic: OfProfiles, Index: i, Agent: p.Agent, Profile: p.Name, When: p.Last.Start, Find: []string{p.Agent, p.Name}}
	var items []Item
	waited := f.Latest.Millis - p.Last.Start.Millis
	switch p.gravity() {
	case Stopped, Failed, Warned:
		items = append(items, f.failed(item, p))
	case Running:
		if p.Last.Start.Known && waited > day {
			item.Text = fmt.Sprintf("has a run that began %s and says that it has not ended, %s before the latest run of all.", f.minute(p.Last.Start), wording.Lasting(waited))
			items = append(items, item)
		}
	case Fine:
		if _, stale := p.Stale(f.Latest); stale && p.Last.Outcome == "success" && p.Last.Start.Known && p.Gap.Known && p.Runs > fewRuns && waited > day {
			item.Level = Info
			item.Text = fmt.Sprintf("has not run for %s, counted to the latest run of all; usually it runs every %s.", wording.Lasting(waited), wording.Lasting(p.Gap.Millis))
			items = append(items, item)
		}
	}
	if l := &p.Last; p.Runs > fewRuns && p.P95.Known && l.Millis >= slowLeast && l.Millis >= slowTimes*p.usual() {
		item.Level, item.Topic, item.Detail = Warning, OfDurations, ""
		item.Text = fmt.Sprintf("took %s in its last run; half of its runs take no more than %s.", wording.Lasting(l.Millis), wording.Lasting(p.Median.Millis))
		items = append(items, item)
	}
	return items
}

// usual is what 95 of 100 runs took before the last one.
func (p *Profile) usual() int64 {
	if len(p.Before) == 0 {
		return p.P95.Millis
	}
	lengths := slices.Sorted(slices.Values(p.Before))
	return lengths[(len(lengths)*95+99)/100-1]
}

// failed says that the last run did not succeed.
func (f *Figures) failed(item Item, p *Profile) Item {
	item.Text = "did not succeed in its last run."
	if l := &p.Last; l.Result != "" {
		item.Text = fmt.Sprintf("ended with %s.", l.Result)
		if p.gravity() == Stopped {
			item.Level = Error
		} else {
			item.Text = fmt.Sprintf("ended with %s%s.", l.Result, l.Errors.text())
		}
	}
	success := ""
	switch {
	case p.Success.Known && p.Since > 1:
		success = fmt.Sprintf("%s since the last success at %s.", wording.Counted(p.Since, "run"), f.minute(p.Success))
	case p.Success.Known:
		success = fmt.Sprintf("The run before it, at %s, succeeded.", f.minute(p.Success))
	case p.Runs == 1:
		success = "It is the only run."
	case p.Runs > 1:
		success = fmt.Sprintf("None of %s succeeded.", wording.Counted(p.Runs, "run"))
	}
	item.Detail = sentences(p.Last.Meaning, success)
	return item
}

// text is the errors of a run in a sentence.
func (e Errors) text() string {
	var parts []string
	for i, kind := range kinds {
		if e[i] > 0 {
			parts = append(parts, wording.Counted(e[i], kind+" error"))
		}
	}
	if parts == nil {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// sentences joins those that are there.
func sentences(list ...string) string {
	return strings.Join(slices.DeleteFunc(list, func(s string) bool { return s == "" }), " ")
}
