// Package differences writes what analyze/diff found: trees of differences
// between two sides, A and B.
//
//	text      for people, in the manner of unified diffs: - is A, + is B
//	markdown  the same in fenced blocks under a table, for comments and wikis
//	html      one page that needs nothing from outside
//	json      for programs, version 1; schema.json describes it
//	junit     for continuous integration: a test case for each run
//
// To add a format: a function that writes a [Report], and its line in All.
// The package knows neither files nor flags.
package differences

import (
	"fmt"
	"io"
	"strings"

	"github.com/runhist/runhist/analyze/diff"
	"github.com/runhist/runhist/schemas/spelling"
	"github.com/runhist/runhist/schemas/wording"
)

// Report is what is written.
type Report struct {
	Version string // of the tool
	A, B    Side
	Tree    *diff.Tree
}

// Side is what was compared.
type Side struct {
	Name  string   // what the user calls it
	Files []string // of each run, in the order of the runs
}

// file is the document of a run, by its index from 1 on.
func (s *Side) file(index int) string {
	if index < 1 || index > len(s.Files) {
		return s.Name
	}
	return s.Files[index-1]
}

// Options are what formats for people want to know.
type Options struct{ Color bool }

// Format is a way to write a report.
type Format struct {
	Name  string
	About string // one line for help texts
	Write func(io.Writer, *Report, Options) error
}

// All returns the formats, the usual one first.
func All() []Format {
	return []Format{
		{"text", "for people: the tree of differences, - is A and + is B", writeText},
		{"json", "for programs: the tree, version 1, described by a JSON Schema", writeJSON},
		{"markdown", "the tree in fenced blocks, for comments and wikis", writeMarkdown},
		{"html", "one page that needs nothing from outside", writeHTML},
		{"junit", "for continuous integration: a test case for each run", writeJUnit},
	}
}

// Find returns the format of that name, or an error that lists the known ones.
func Find(name string) (Format, error) {
	return spelling.Find("format", name, All(), func(f Format) string { return f.Name })
}

// Summary says in a few words what was found.
func Summary(t *diff.Tree) string {
	if t.Same() {
		return fmt.Sprintf("no differences: %s", agree(t))
	}
	parts := []string{}
	for _, p := range []struct {
		n    int
		what string
	}{{t.Changed, "changed"}, {t.Removed, "only in A"}, {t.Added, "only in B"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	return wording.Counted(t.Differences(), "difference") + ": " + strings.Join(parts, ", ") + "; " + agree(t)
}

func agree(t *diff.Tree) string {
	text := wording.Counted(t.Runs.Paired, "run") + " compared"
	if t.Runs.OnlyA+t.Runs.OnlyB > 0 {
		text += fmt.Sprintf(", %d only in A, %d only in B", t.Runs.OnlyA, t.Runs.OnlyB)
	}
	return text
}

// notes say how what may differ does.
func notes(t *diff.Tree) []string {
	if t.Exact {
		return []string{"everything counts as it is written (--exact)"}
	}
	var list []string
	times := &t.Times
	switch {
	case times.Compared == 0:
	case times.Shift && times.Offset == 0:
		list = append(list, "instants: the same")
	case times.Shift:
		list = append(list, "instants: B is at "+times.OffsetText())
	default:
		text := "instants: B begins at " + times.OffsetText() + "; order and coincidences are compared"
		if times.Loose {
			text = "instants: B begins at " + times.OffsetText() + "; their order is compared"
		}
		if times.Longest > 0 {
			text += fmt.Sprintf("; steps took %s times as long", span(times.Shortest, times.Longest))
		}
		list = append(list, text)
	}
	if t.GUIDs.Renamed > 0 {
		list = append(list, fmt.Sprintf("GUIDs: %d renamed one-to-one, %d the same", t.GUIDs.Renamed, t.GUIDs.Kept))
	}
	if t.GUIDs.Masked > 0 {
		list = append(list, fmt.Sprintf("GUIDs: %s masked and not compared", wording.Counted(t.GUIDs.Masked, "place")))
	}
	return list
}

func span(low, high float64) string {
	a, b := fmt.Sprintf("%.3g", low), fmt.Sprintf("%.3g", high)
	if a == b {
		return a
	}
	return a + " to " + b
}
