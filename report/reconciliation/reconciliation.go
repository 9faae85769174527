// Package reconciliation writes what reconcile found in an archive: for people
// who are to act on it, for programs, and for monitoring systems. Its formats
// take a [Report], plain values that whoever reconciled fills in.
//
// To add a format: a function that writes a Report, and its line in [Formats].
// The package imports finding and how numbers and text are shown.
package reconciliation

import (
	"io"
	"slices"

	"github.com/runhist/runhist/schemas/spelling"
	"github.com/runhist/runhist/validate/finding"
)

// Report is what is reported. Times are in milliseconds since 1970-01-01, 0
// where they are not known.
type Report struct {
	Version string // of the tool
	Now     int64  // of the call
	FailOn  finding.Severity
	Summary Summary
	// Findings are in the order of reconcile: gravest first.
	Findings []Finding
	Resolved []Resolved
	Policies []Verdict
	Agents   []Agent // by name
	Checks   []Check // that there are
	// Problems are what kept the tool from its work, a line each.
	Problems []string
}

// Summary counts.
type Summary struct {
	Files, Runs, Steps      int
	Agents                  int
	First, Last             int64 // starts of the first and the last run
	Copies, Undated         int   // runs that were left out
	Errors, Warnings, Infos int   // findings that count
	Suppressed              int
	Old                     int // findings that the state has already; they are not counted above
	Cut                     int
	Incomplete              bool // something could not be read to its end
	Compared                bool // with a state
}

// Finding is a finding.
type Finding struct {
	finding.Finding
	Certainty string
	Agent     string
	Profile   string
	Run       uint32
	At        int64
	Objects   []string
	Count     int
	Old       bool // the state has it already
}

// Counts tells whether the finding is one that somebody is to look at.
func (f *Finding) Counts() bool { return !f.Old && f.Suppressed == "" }

// Resolved is a finding that the state has and that is gone.
type Resolved struct {
	Severity       finding.Severity
	Agent, Message string
}

// Verdict is what became of a policy.
type Verdict struct {
	Policy, Agent, AgentID, Profile string
	Run                             uint32
	Outcome                         string // kept, violated, unknown
	Severity                        finding.Severity
	Value                           float64 // a number, or seconds
	Message                         string
}

// Agent is a management agent.
type Agent struct {
	Name, ID string
	Runs     int
	Objects  int64 // -1 where no full import tells
	Profiles []Profile
}

// Profile is a run profile of an agent, and its last run.
type Profile struct {
	Name       string
	Runs       int
	Number     uint32
	Start, End int64
	Result     string
	Working    bool
	Errors     uint64
	Success    int64 // the end of the last run that came to its end
	Counters   []Counter
}

// Counter is a counter of a run that is above 0.
type Counter struct {
	Name string
	N    uint64
}

// Check is something that reconcile asks.
type Check struct {
	ID, Title string
}

// Format is a way to write a report.
type Format struct {
	Name   string
	About  string
	People bool // text for people: it may be coloured
	Write  func(w io.Writer, r *Report, color bool) error
}

// Formats returns the formats in the order of help texts; the first is the
// default.
func Formats() []Format {
	return []Format{
		{"text", "for people: what to look at, gravest first, and a table of the agents", true, writeText},
		{"json", "for programs: one document, version 1, see report/reconciliation/schema.json", false, writeJSON},
		{"jsonl", "for programs: the same values, one object a line", false, writeLines},
		{"markdown", "for a page or a comment", true, writeMarkdown},
		{"html", "one page for people, to sort and filter; works offline", true, writeHTML},
		{"xlsx", "a workbook: findings, policies and agents, a sheet each", false, writeWorkbook},
		{"junit", "JUnit XML for build servers: a suite an agent, a case a check or policy", false, writeJUnit},
		{"nagios", "the output of a Nagios plugin: one line, with performance data", false, writeNagios},
		{"checkmk", "local checks of Checkmk: a line an agent", false, writeCheckmk},
		{"prometheus", "the text format of Prometheus, for the textfile collector", false, writePrometheus},
	}
}

// Find returns the format of that name; the error lists the known ones.
func Find(name string) (Format, error) {
	return spelling.Find("format", name, Formats(), func(f Format) string { return f.Name })
}

// Worst is the gravest severity of the findings that keep calls; Off without
// any.
func Worst(findings []Finding, keep func(*Finding) bool) finding.Severity {
	worst := finding.Off
	for i := range findings {
		if keep(&findings[i]) {
			worst = max(worst, findings[i].Severity)
		}
	}
	return worst
}

// Monitor is the state of a Nagios plugin: 0 OK, 1 WARNING, 2 CRITICAL, 3
// UNKNOWN. It is about all findings, also those that the state has: a monitor
// has a memory of its own.
func (r *Report) Monitor() int {
	switch worst := Worst(r.Findings, func(f *Finding) bool { return f.Suppressed == "" }); {
	case worst == finding.Error:
		return 2
	case r.Summary.Incomplete || len(r.Problems) > 0 || r.Summary.Runs == 0:
		return 3
	case worst == finding.Warning:
		return 1
	}
	return 0
}

// last is the newest run of an agent, and the end of its last success.
func (a *Agent) last() (newest *Profile, success int64) {
	for i := range a.Profiles {
		p := &a.Profiles[i]
		if newest == nil || p.Start > newest.Start {
			newest = p
		}
		success = max(success, p.Success)
	}
	return newest, success
}

// of returns the findings about an agent.
func (r *Report) of(agent string) []Finding {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f Finding) bool { return f.Agent != agent })
}
