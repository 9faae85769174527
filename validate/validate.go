// Package validate judges run histories: it is the use case that joins the
// stages behind the command of that name.
//
//	bytes -> source -> xsd matcher -> builder -> nodes -> rules -> findings
//
// A [Validator] is what is to be judged by: a schema, rules, a profile,
// limits. A [Worker] takes documents, one at a time, in one pass and bounded
// memory. [Validator.Each] takes many with several workers and hands out the
// results in the order of the documents. Rules that compare runs, of one
// document or of several, are judged there, in that order.
//
// Below it: archive (what is remembered of runs), xsd (the schema stage), rule and rules (the judgements in prose),
// finding (what comes out), requirements (the rows behind it).
//
// The package is stable: the README says what that means.
package validate

import (
	"sync"

	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate/archive"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/requirements"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/suppress"
)

// LimitFindings is the id of the finding that says how many were cut.
const LimitFindings = "SRC-limit-findings"

// Options say how to judge.
type Options struct {
	Profile Profile
	// ProfileOf, when set, gives documents a profile by their name, one of
	// Profiles; "" is Profile.
	ProfileOf func(file string) Profile
	Profiles  []Profile
	Limits    source.Limits
	// MaxPerRule and MaxTotal bound the findings kept of one rule in one
	// document, and of all; what is cut is counted.
	MaxPerRule, MaxTotal int
	Rules                []rule.Rule
	// Now is the instant of the call, in milliseconds since 1970-01-01: no
	// document tells of a later one. Where it is 0, rules about it are not
	// applicable.
	Now int64
	// Severity overrides the severity of ids; finding.Off drops their
	// findings.
	Severity map[string]finding.Severity
	// Observe, when set, makes an observer for each worker.
	Observe func() Observer
	// Acceptance, when set, decides which findings do not count;
	// ShowSuppressed keeps these as infos. MaxPerRule then bounds those that
	// do count.
	Acceptance     Acceptance
	ShowSuppressed bool
	// SecondOpinion, when set, judges every document against the schema too,
	// by another engine; Replace makes its verdict the only one.
	SecondOpinion SecondEngine
	Replace       bool
}

// DefaultOptions are those of the command without flags.
func DefaultOptions(rules []rule.Rule) Options {
	return Options{Profile: UPSMODS, Limits: source.DefaultLimits(), MaxPerRule: 1000, MaxTotal: 100_000, Rules: rules}
}

// Validator judges documents by one set of options. It is immutable and safe
// for concurrent use.
type Validator struct {
	options   Options
	standards []*standard         // those that a document may be judged by
	rules     []rule.Rule         // those of the first standard; a rule of another one may be off here
	yields    map[string][]string // ids of rules
	tables    func() (*requirements.Tables, error)
}

// New compiles the schemas and chooses the rules.
func New(o Options) (*Validator, error) {
	standards, err := standardsOf(&o)
	if err != nil {
		return nil, err
	}
	return &Validator{options: o, standards: standards, rules: standards[0].rules,
		yields: yielding(standards[0].rules), tables: sync.OnceValues(requirements.Load)}, nil
}

// standard is that of a profile; the first one where the profile is none of
// them.
func (v *Validator) standard(p Profile) *standard {
	for _, s := range v.standards {
		if s.profile == p {
			return s
		}
	}
	return v.standards[0]
}

// Rules are the rules that are on, under Auto in one of its profiles at least,
// in their order; Result.Rules runs parallel to them. The caller must not
// change them.
func (v *Validator) Rules() []rule.Rule { return v.rules }

// Status is how far a document was read.
type Status string

// The statuses of a document.
const (
	Examined   Status = "examined"   // to its end, or to where it is not well-formed
	Incomplete Status = "incomplete" // not to its end: a limit, an encoding, a crash
	Unreadable Status = "unreadable" // the input could not be opened or read
)

// Result is what came out of one document.
type Result struct {
	File     string
	Status   Status
	Profile  Profile // that the document was judged by
	Because  string  // under Auto, why that profile was chosen
	Runs     int
	Steps    int
	Findings []finding.Finding // ordered by finding.Compare
	// Cut counts the findings that were not kept; CutWorst is the gravest of
	// them.
	Cut        int
	CutWorst   finding.Severity
	Suppressed int          // findings that do not count
	Rules      []rule.Stats // parallel to Validator.Rules
	// Problems are what kept the tool from its work: an input that could not
	// be read, a rule that crashed, two engines that disagree.
	Problems []error

	// Observed is what the observer took from the document, nil without one.
	Observed any

	// facts are what rules that compare runs want to know of the document;
	// Each uses them up.
	facts *archive.Facts
}

// SchemaSeverity is the severity of an XSD-, XML-, SRC- or CFG- id under
// profile upsmods.
func SchemaSeverity(id string) finding.Severity {
	switch id {
	case source.SRCLabel:
		return finding.Warning
	case LimitFindings:
		return finding.Info
	case suppress.Unused, suppress.Expired:
		return suppress.Severity
	}
	return finding.Error
}
