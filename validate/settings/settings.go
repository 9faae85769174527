// Package settings reads .runhist.yaml: how a project wants its histories
// judged. It turns bytes into values; who finds the file, what flags say beside
// it and what is done with the values is the business of the command.
//
// Reading is strict, and tells all that is wrong in one go: an unknown key or
// id, a value of the wrong kind, a key that stands twice, each with its line
// and column and, for what looks like a slip, with what was probably meant.
//
// To add a key: a field of [Settings], a function that reads it and its line in
// the table of keys.go, its part of schema.json, and of example.yaml. A test
// holds the decoder, the schema and the example against each other. policies.go
// reads what analyze/policy checks.
//
// The package imports validate/finding, validate/suppress, schemas/strict and
// analyze/policy, which are values.
package settings

import (
	_ "embed"

	"github.com/runhist/runhist/analyze/policy"
	"github.com/runhist/runhist/schemas/strict"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/suppress"
)

// FileName is what the file is called where it is looked for.
const FileName = ".runhist.yaml"

// Schema is the JSON Schema of the file, for editors.
//
//go:embed schema.json
var Schema []byte

// Example is a commented file that sets nothing but what is the default.
//
//go:embed example.yaml
var Example []byte

// Settings are what a file sets. What it does not mention is the zero Value or
// an empty list.
type Settings struct {
	Profile      Value[string]
	Profiles     []PathProfile // in the order of the file: the first that matches counts
	FailOn       Value[string] // error, warning, info or never
	Severities   []Grade       // severities and disable, in the order of the file
	MaxFindings  Value[int]
	MaxBytes     Value[string] // as written
	MaxDepth     Value[int]
	Formats      []Value[string] // NAME or NAME=FILE
	Suppressions []suppress.Entry
	Policies     []policy.Policy
}

// Value is a value and the line it stands in, 0 where it is not set.
type Value[T any] struct {
	V    T
	Line uint32
}

// Set tells whether the file has the value.
func (v Value[T]) Set() bool { return v.Line > 0 }

// PathProfile is the profile of documents whose names match a pattern.
type PathProfile struct {
	Path    suppress.PathPattern
	Profile string
	Line    uint32
}

// Grade is the severity that the findings of an id get; finding.Off leaves
// them out.
type Grade struct {
	ID       string
	Severity finding.Severity
	Line     uint32
}

// ProfileOf is the profile that the file sets for a document, "" where it sets
// none.
func (s *Settings) ProfileOf(name string) string {
	for i := range s.Profiles {
		if s.Profiles[i].Path.Match(name) {
			return s.Profiles[i].Profile
		}
	}
	return s.Profile.V
}

// Known is what the values of a file may name.
type Known struct {
	Profiles []string
	Formats  []string
	// ID is nil for the id of a rule or of another finding, and else says
	// what was probably meant.
	ID func(id string) error
	// Size reads a number of bytes such as 500MB.
	Size func(text string) (int64, error)
}

// Problem is something wrong with a file.
type Problem = strict.Problem

// Invalid is the error of a file with problems, in the order of their places.
type Invalid = strict.Invalid
