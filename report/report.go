// Package report says what a report on judged documents is made of, in plain
// values, and what a format is. Each format is a package of its own below;
// report/formats lists them. Nothing here imports validate or analyze: whoever
// has results turns them into these values.
//
// To add a format: a package with a constructor that returns a [Writer], a
// line in report/formats, and the contract test there runs it over nothing,
// one, many and hostile findings.
//
// The package is stable: the README says what that means.
package report

import (
	"io"

	"github.com/runhist/runhist/validate/finding"
)

// Head is what is known before the first document.
type Head struct {
	Version string // of the tool
	Profile string
	// FailOn is the severity from which on the call fails; finding.Off when
	// no finding makes it fail.
	FailOn finding.Severity
	// Catalog describes what findings can be about, in the order of the
	// rules; it is called by formats that want it, and may be nil.
	Catalog func() []Description
}

// Description describes the findings of an id.
type Description struct {
	ID           string
	Title        string // a sentence: what holds when there is no finding, or what a finding means
	Why          string // it matters; "" where the title says it
	Fix          string
	Severity     finding.Severity
	Requirements []Statement
}

// Statement is a requirement that stands behind an id.
type Statement struct {
	ID      string
	Section string // of the specification, "" where none speaks
	Text    string
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
	// Problems are what kept the tool from its work on the document, a line
	// each.
	Problems []string
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
	// Problems are those of the call that belong to no document, a line each.
	Problems []string
	// Exit is the status that the call ends with when all reports are
	// written.
	Exit int
}

// Writer writes one report: File for each document in order, then Close. The
// output is complete only when Close returned nil. A format that can do so
// writes a document when File is called, and keeps nothing of it.
type Writer interface {
	File(*File) error
	Close(*Tail) error
}

// Options are what some formats want to know, most of them for people.
type Options struct {
	Color      bool
	Statistics bool // a table of rules, in formats for people
	CSVSafe    bool // in csv an apostrophe stands before what is like a formula
	// Lines returns the text of lines of a document, by number, for
	// snippets; nil, or fewer than asked, where it cannot.
	Lines func(file string, lines []uint32) map[uint32]string
	// Folder returns an empty folder that the caller removes, for libraries
	// that insist on temporary files of their own; nil stands for that of the
	// system.
	Folder func() (string, error)
}

// Format is a way to write a report.
type Format struct {
	Name  string
	About string // one line for help texts
	// People says that the report is for people to read: it shows
	// Options.Statistics, and nothing in it steers a terminal.
	People bool
	// Binary says that the report is no text: it is not written to a terminal.
	Binary bool
	New    func(w io.Writer, head Head, options Options) Writer
}
