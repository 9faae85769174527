// Package report says what a report on judged documents is made of, in plain
// values, and what a format is. Each format is a package of its own below;
// report/formats lists them. Nothing here imports validate or analyze: whoever
// has results turns them into these values.
//
// To add a format: a package with a constructor that returns a [Writer], a
// line in report/formats, and the contract test there runs it over nothing,
// one, many and hostile findings.
package report

import (
	"io"

	"github.com/runhist/runhist/validate/finding"
)

// Head is what is known before the first document.
type Head struct {
	Version string // of the tool
	Profile string
}

// File is one document that was judged.
type File struct {
	Name    string
	Status  string // examined, incomplete, unreadable
	Profile string // that the document was judged by
	Because string // why that one, where it was chosen by what the document contains
	Runs    int
	Steps   int
	// Findings are in the order of finding.Compare. What the last document
	// shows about an earlier one stands here too, with the File of that one.
	Findings []finding.Finding
}

// Summary counts over all documents.
type Summary struct {
	Files        int
	Runs         int
	Steps        int
	Errors       int
	Warnings     int
	Infos        int
	Suppressed   int
	NotEvaluated int // rules that could not judge some document
	Cut          int // findings that were counted and not kept
	Incomplete   int // documents that were not read to their end
}

// Rule is what became of a rule over all documents.
type Rule struct {
	ID       string
	Title    string
	Status   finding.Status
	Checked  int
	Findings int
}

// Tail is what is known after the last document.
type Tail struct {
	Summary Summary
	Rules   []Rule
}

// Writer writes one report: File for each document in order, then Close. The
// output is complete only when Close returned nil.
type Writer interface {
	File(*File) error
	Close(*Tail) error
}

// Options are what formats for people want to know.
type Options struct {
	Color      bool
	Statistics bool // a table of rules
	// Lines returns the text of lines of a document, by number, for
	// snippets; nil, or fewer than asked, where it cannot.
	Lines func(file string, lines []uint32) map[uint32]string
}

// Format is a way to write a report.
type Format struct {
	Name  string
	About string // one line for help texts
	New   func(w io.Writer, head Head, options Options) Writer
}
