package attention_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/tables"
)

const (
	minute = int64(60_000)
	hour   = 60 * minute
	day    = 24 * hour
)

// now is when the latest run of all began: noon of 2026-03-10 UTC.
var now = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC).UnixMilli()

func at(millis int64) attention.Instant { return attention.Instant{Millis: millis, Known: true} }

func ago(millis int64) attention.Instant { return at(now - millis) }

// profile is one of ten runs, one an hour of a minute each, of which the last
// has just succeeded; change makes another one of it.
func profile(change func(p *attention.Profile)) attention.Figures {
	p := attention.Profile{Agent: "HR", Name: "Delta import", Runs: 10, Success: at(now), Gap: at(hour), Median: at(minute), P95: at(minute),
		Last: attention.Run{Start: at(now), Outcome: "success", Result: "success", Millis: minute}}
	for range 9 {
		p.Before = append(p.Before, minute)
	}
	change(&p)
	return attention.Figures{Profiles: []attention.Profile{p}}
}

func ended(outcome, result string) func(p *attention.Profile) {
	return func(p *attention.Profile) {
		p.Last.Outcome, p.Last.Result, p.Success, p.Since = outcome, result, ago(hour), 1
	}
}

func errorType(fresh, persistent int64, days float64) attention.Figures {
	return attention.Figures{Types: []attention.Type{{Agent: "HR", Kind: "import", Name: "cd-error", New: fresh, Persistent: persistent, Days: days}}}
}

// deletes are days before the latest run with so many deletes each.
func deletes(figures map[int64]int64) attention.Figures {
	var f attention.Figures
	for before, n := range figures {
		f.Days = append(f.Days, attention.Day{Day: now/day - before, Exported: n})
	}
	slices.SortFunc(f.Days, func(a, b attention.Day) int { return int(a.Day - b.Day) })
	return f
}

// Each rule on both sides of its limit. An item is shown as its level, its
// subject and what is said.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		name    string
		figures attention.Figures
		want    string // an item a line
	}{
		{"nothing", attention.Figures{}, ""},
		{"all is well", profile(func(p *attention.Profile) {}), ""},

		{"stopped", profile(ended("error", "stopped-server")), "error HR · Delta import: Ended with stopped-server. The run before it, at 2026-03-10 11:00, succeeded."},
		{"did not start", profile(ended("error", "no-start-connection")), "error HR · Delta import: Ended with no-start-connection. The run before it, at 2026-03-10 11:00, succeeded."},
		{"came to its end with errors", profile(ended("error", "completed-sync-errors")),
			"warning HR · Delta import: Ended with completed-sync-errors. The run before it, at 2026-03-10 11:00, succeeded."},
		{"with warnings", profile(ended("warning", "completed-warnings")), "warning HR · Delta import: Ended with completed-warnings. The run before it, at 2026-03-10 11:00, succeeded."},
		{"result unknown", profile(ended("error", "")), "warning HR · Delta import: Did not succeed in its last run. The run before it, at 2026-03-10 11:00, succeeded."},
		{"what it met and means", profile(func(p *attention.Profile) {
			ended("error", "completed-sync-errors")(p)
			p.Last.Errors, p.Last.Meaning, p.Since = attention.Errors{0, 1, 0, 2000}, "Some objects failed.", 3
		}), "warning HR · Delta import: Ended with completed-sync-errors (1 import error, 2,000 retry errors). Some objects failed. 3 runs since the last success at 2026-03-10 11:00."},
		{"never succeeded", profile(func(p *attention.Profile) {
			ended("error", "stopped-server")(p)
			p.Success = attention.Instant{}
		}), "error HR · Delta import: Ended with stopped-server. None of 10 runs succeeded."},
		{"the only run", profile(func(p *attention.Profile) {
			ended("error", "stopped-server")(p)
			p.Success, p.Runs = attention.Instant{}, 1
		}), "error HR · Delta import: Ended with stopped-server. It is the only run."},
		{"how many runs is not known", profile(func(p *attention.Profile) {
			ended("error", "stopped-server")(p)
			p.Success, p.Runs = attention.Instant{}, 0
		}), "error HR · Delta import: Ended with stopped-server."},

		{"under way for a day", profile(func(p *attention.Profile) { p.Last.Outcome, p.Last.Start = "running", ago(day) }), ""},
		{"for longer", profile(func(p *attention.Profile) { p.Last.Outcome, p.Last.Start = "running", ago(day+minute) }),
			"warning HR · Delta import: Has a run that began 2026-03-09 11:59 and says that it has not ended, 1 day before the latest run of all."},
		{"since when is not known", profile(func(p *attention.Profile) { p.Last.Outcome, p.Last.Start = "running", attention.Instant{} }), ""},

		{"a day without a run", profile(waiting(day)), ""},
		{"more", profile(waiting(day + hour)), "info HR · Delta import: Has not run for 1 day 1 h, counted to the latest run of all; usually it runs every 1 h."},
		{"three usual gaps", profile(func(p *attention.Profile) { waiting(3 * day)(p); p.Gap = at(day) }), ""},
		{"more than three", profile(func(p *attention.Profile) { waiting(3*day + hour)(p); p.Gap = at(day) }),
			"info HR · Delta import: Has not run for 3 days 1 h, counted to the latest run of all; usually it runs every 1 day."},
		{"three runs do not show what is usual", profile(func(p *attention.Profile) { waiting(9 * day)(p); p.Runs = 3 }), ""},

		{"slow", profile(took(10 * minute)), "warning HR · Delta import: Took 10 min in its last run; half of its runs take no more than 1 min."},
		{"less than 10 minutes", profile(took(10*minute - 1)), ""},
		{"twice as long as usual", profile(func(p *attention.Profile) { took(2 * hour)(p); p.Before = []int64{minute, hour} }),
			"warning HR · Delta import: Took 2 h in its last run; half of its runs take no more than 1 min."},
		{"less", profile(func(p *attention.Profile) { took(2*hour - 1)(p); p.Before = []int64{minute, hour} }), ""},
		{"usual is what 95 of 100 take", profile(func(p *attention.Profile) {
			took(2 * hour)(p)
			p.Before = append(slices.Repeat([]int64{minute}, 95), slices.Repeat([]int64{3 * hour}, 5)...)
		}), "warning HR · Delta import: Took 2 h in its last run; half of its runs take no more than 1 min."},
		{"where runs are not known, the table tells", profile(func(p *attention.Profile) { took(2 * hour)(p); p.Before, p.P95 = nil, at(hour+1) }), ""},

		{"a server that was not reached", attention.Figures{Servers: []attention.Server{server("dc1", "failed-connection")}},
			"error dc1 (HR): dc1 was not reached at 2026-03-10 12:00: failed-connection."},
		{"without a name", attention.Figures{Servers: []attention.Server{server("", "failed-connection")}},
			"error The data source (HR): The data source was not reached at 2026-03-10 12:00: failed-connection."},
		{"several times", attention.Figures{Servers: []attention.Server{server("dc1", "failed-connection", "failed-connection")}},
			"error dc1 (HR): dc1 was not reached 2 times, last at 2026-03-10 13:00: failed-connection."},
		{"reached again", attention.Figures{Servers: []attention.Server{server("dc1", "failed-connection", "success")}}, ""},
		{"in the words of 2003", attention.Figures{Servers: []attention.Server{server("dc1", "failed-connection", "successful-connection")}}, ""},
		{"a change log that is off", attention.Figures{Servers: []attention.Server{server("dc1", "warning-no-watermark")}}, ""},

		{"a new error", errorType(1, 0, 0), "warning HR: Has 1 import error open of type cd-error. New in the last run."},
		{"99 new ones", errorType(99, 1, 2), "warning HR: Has 100 import errors open of type cd-error. 99 new. The oldest has lasted for 2 days."},
		{"100 new ones", errorType(100, 0, 0), "error HR: Has 100 import errors open of type cd-error. New in the last run."},
		{"29 days", errorType(0, 1, 29.9), "warning HR: Has 1 import error open of type cd-error. The oldest has lasted for 30 days."},
		{"30 days", errorType(0, 1, 30), "error HR: Has 1 import error open of type cd-error. The oldest has lasted for 30 days."},
		{"cleared", errorType(0, 0, 0), ""},

		{"deletes as usual", deletes(map[int64]int64{1: 100, 2: 100, 3: 200}), ""},
		{"ten times as many", deletes(map[int64]int64{1: 1000, 2: 100, 3: 100}),
			"warning 1,000 objects: 1,000 objects were exported as deleted on 2026-03-09. On a usual day with deletes there are 100."},
		{"of a usual day with some", deletes(map[int64]int64{1: 1000, 2: 100, 3: 100, 4: 0, 5: 0, 6: 0}),
			"warning 1,000 objects: 1,000 objects were exported as deleted on 2026-03-09. On a usual day with deletes there are 100."},
		{"fewer than 100", deletes(map[int64]int64{1: 99, 2: 1, 3: 1}), ""},
		{"100", deletes(map[int64]int64{6: 100, 2: 1, 3: 1}), "warning 100 objects: 100 objects were exported as deleted on 2026-03-04. On a usual day with deletes there are 1."},
		{"a week ago", deletes(map[int64]int64{7: 100, 2: 1, 3: 1}), ""},
		{"of two days the first", deletes(map[int64]int64{1: 100, 2: 100, 3: 1, 4: 1, 5: 1}),
			"warning 100 objects: 100 objects were exported as deleted on 2026-03-08. On a usual day with deletes there are 1."},
		{"staged ones", attention.Figures{Days: []attention.Day{{Day: now/day - 2, Staged: 1}, {Day: now/day - 1, Staged: 1}, {Day: now / day, Staged: 300}}},
			"warning 300 objects: 300 objects were staged as deleted on 2026-03-10. On a usual day with deletes there are 1."},

		{"a broken document", attention.Figures{Documents: attention.Documents{All: 2, Broken: 1}},
			"error 1 of 2 documents: 1 of 2 documents could not be read to the end: figures here are those of what could be read."},
		{"findings", attention.Figures{Findings: attention.Findings{Errors: 1, Rules: 1}},
			"warning The documents: The documents break the specification: 1 error and 0 warnings, from 1 rule."},
		{"nothing but findings", attention.Figures{Findings: attention.Findings{Errors: 1, Alone: true}},
			"error The documents: The documents break the specification: 1 error and 0 warnings."},
		{"nothing but warnings", attention.Figures{Findings: attention.Findings{Warnings: 2, Alone: true}},
			"warning The documents: The documents break the specification: 0 errors and 2 warnings."},
		{"of comparing runs", attention.Figures{Findings: attention.Findings{Errors: 1, Compared: true, Alone: true}},
			"error The runs: The runs do not add up, or break policies: 1 error and 0 warnings."},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(c.figures); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

func waiting(millis int64) func(p *attention.Profile) {
	return func(p *attention.Profile) { p.Last.Start, p.Success = ago(millis), ago(millis) }
}

func took(millis int64) func(p *attention.Profile) {
	return func(p *attention.Profile) { p.Last.Millis = millis }
}

// server is one to which steps connected, one an hour from now on.
func server(name string, results ...string) attention.Server {
	s := attention.Server{Agent: "HR", Name: name}
	for i, result := range results {
		if s.Met(result, at(now+int64(i)*hour)) {
			s.Result = result
		}
	}
	return s
}

func show(f attention.Figures) string {
	f.Clock, f.Latest = tables.NewClock(nil), at(now)
	var lines []string
	for _, i := range attention.Items(&f) {
		lines = append(lines, fmt.Sprintf("%s %s: %s", i.Level, i.Subject(), i.Said()))
	}
	return strings.Join(lines, "\n")
}

// Steps need not come in the order of time: the last failure counts, and a
// success before it does not.
func TestMetInAnyOrder(t *testing.T) {
	var s attention.Server
	s.Met("success", ago(2*hour))
	if !s.Met("failed-connection", ago(hour)) || s.Met("failed-search", ago(3*hour)) {
		t.Error("it is not the last failure that is kept")
	}
	if s.Met("success", ago(4*hour)); !s.Down() || s.Steps != 4 || s.Failed != 2 || s.Success != ago(2*hour) {
		t.Errorf("it is up: %+v", s)
	}
}

// Run profiles of an agent that stopped with the same result are one item, and
// the others stay; the worst come first.
func TestStoppedAlike(t *testing.T) {
	var f attention.Figures
	for i, of := range []struct{ agent, name, result string }{
		{"HR", "Export", "completed-export-errors"}, {"HR", "Full import", "stopped-server"}, {"AD", "Full import", "stopped-server"},
		{"HR", "Delta import", "stopped-server"}, {"HR", "Full synchronization", "stopped-database-error"},
	} {
		p := profile(ended("error", of.result)).Profiles[0]
		p.Agent, p.Name, p.Success = of.agent, of.name, ago(int64(i)*hour)
		f.Profiles = append(f.Profiles, p)
	}
	f.Servers = []attention.Server{server("dc1", "failed-connection")}
	want := `error HR: Has 2 run profiles that ended with stopped-server. Full import, Delta import. The last success of any of them was at 2026-03-10 11:00.
error AD · Full import: Ended with stopped-server. The run before it, at 2026-03-10 10:00, succeeded.
error HR · Full synchronization: Ended with stopped-database-error. The run before it, at 2026-03-10 08:00, succeeded.
error dc1 (HR): dc1 was not reached at 2026-03-10 12:00: failed-connection.
warning HR · Export: Ended with completed-export-errors. The run before it, at 2026-03-10 12:00, succeeded.`
	if got := show(f); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	f.Clock, f.Latest = tables.NewClock(nil), at(now)
	first := attention.Items(&f)[0]
	if first.Topic != attention.OfProfiles || first.Index != 1 || !slices.Equal(first.Find, []string{"HR", "stopped-server"}) {
		t.Errorf("the item leads elsewhere: %+v", first)
	}
}

// Agents are the same whichever way their GUID is written.
func TestAgentKey(t *testing.T) {
	for _, c := range []struct{ id, name, want string }{
		{"{AB12}", "HR", "ab12"}, {"ab12", "another name", "ab12"}, {" {Ab12} ", "", "ab12"}, {"", "HR", "HR"}, {"{}", "HR", "HR"},
	} {
		if got := attention.AgentKey(c.id, c.name); got != c.want {
			t.Errorf("%q, %q: %q, not %q", c.id, c.name, got, c.want)
		}
	}
}
