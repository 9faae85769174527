// Package attention judges what in a report of runs needs attention: run
// profiles that stopped or are late or slow, servers that were not reached,
// errors that are old or many, days with many deletes, documents that could not
// be read or break the specification.
//
//	attention.go  figures go in, items come out; how bad each is
//	limits.go     the limits that the rules know, and how they are told to people
//	profiles.go   run profiles
//	servers.go    servers
//	totals.go     errors by type, deletes by day, documents and findings
//
// Formats count the figures from the tables that they are given, each with what
// it needs beside (links, grids), and have all judged here: so a page and a
// workbook of the same runs never differ in what they call grave.
//
// To add a rule: its figures in [Figures], a function that makes items of them,
// its line in [Items], and its limit in [Limits]; then a row of the test.
package attention

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/tables"
)

// How bad an item is. Only what needs somebody to act now is an error: a run
// that came to its end with errors is a warning, one that stopped an error.
const (
	Error   = "error"
	Warning = "warning"
	Info    = "info"
)

// Instant is a point in time in milliseconds since 1970-01-01 UTC, or none.
type Instant struct {
	Millis int64
	Known  bool
}

// After orders instants; an unknown one is before all others.
func (t Instant) After(o Instant) bool {
	return t.Known && (!o.Known || t.Millis > o.Millis)
}

// Compare orders instants, the latest first and unknown ones last.
func (t Instant) Compare(o Instant) int {
	switch {
	case t.After(o):
		return -1
	case o.After(t):
		return 1
	}
	return 0
}

// Figures are what a report has counted. Lists that it could not count are
// empty.
type Figures struct {
	Clock     *tables.Clock // writes instants
	Latest    Instant       // when the latest run of all began: what "now" is in a report
	Documents Documents
	Profiles  []Profile
	Servers   []Server
	Types     []Type
	Days      []Day
	Findings  Findings
}

// Topic is what an item is about.
type Topic int

// The topics, with the figures that an item's Index counts in.
const (
	OfDocuments Topic = iota // all together
	OfProfiles               // Profiles
	OfDurations              // Profiles
	OfServers                // Servers
	OfTypes                  // Types
	OfDays                   // Days
	OfFindings               // all together
)

// Item is something that needs attention.
type Item struct {
	Level string // Error, Warning or Info
	Topic Topic
	Index int // of the first of the figures that it is about
	// What it is about: an agent, a run profile of it, or, with What, something
	// that is neither.
	Agent, Profile, What string
	When                 Instant // when it happened
	// Text is a sentence without its subject, and Detail more sentences; ""
	// where there is no more to say.
	Text, Detail string
	// Find are texts that all rows have that it is about.
	Find []string
}

// Subject is that of the sentence.
func (i *Item) Subject() string {
	switch {
	case i.What != "" && i.Agent != "":
		return i.What + " (" + i.Agent + ")"
	case i.What != "":
		return i.What
	case i.Profile != "":
		return i.Agent + " · " + i.Profile
	}
	return i.Agent
}

// Said is all that is said, for a reader who sees agent and run profile beside
// it.
func (i *Item) Said() string {
	text := i.Text
	if i.What != "" {
		text = i.What + " " + text
	} else if text != "" {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	return strings.TrimSpace(text + " " + i.Detail)
}

// Items are what needs attention, the worst first.
func Items(f *Figures) []Item {
	var items []Item
	items = append(items, f.ofDocuments()...)
	items = append(items, f.ofProfiles()...)
	items = append(items, f.ofServers()...)
	items = append(items, f.ofTypes()...)
	items = append(items, f.ofDays()...)
	items = append(items, f.ofFindings()...)
	slices.SortStableFunc(items, func(a, b Item) int { return cmp.Compare(Rank(a.Level), Rank(b.Level)) })
	return items
}

// Rank orders levels, the gravest first; those of findings are the same.
func Rank(level string) int {
	if i := slices.Index([]string{Error, Warning, Info}, level); i >= 0 {
		return i
	}
	return 3
}

// AgentKey is by what agents are told from each other: their GUID, however it is
// written, else their name.
func AgentKey(id, name string) string {
	if id = strings.Trim(strings.TrimSpace(id), "{}"); id != "" {
		return strings.ToLower(id)
	}
	return name
}

// minute writes an instant in a sentence.
func (f *Figures) minute(t Instant) string {
	if !t.Known {
		return "an unknown time"
	}
	return string(f.Clock.Append(nil, t.Millis, ' ')[:len("2006-01-02 15:04")])
}
