// Package samples is the corpus: documents that tests, the command and its
// users share, embedded as they are in this folder.
//
// Below rules, each rule has a folder of its id. pass-<what>.xml is a whole
// document in which the rule judges something and no rule finds fault;
// fail-<what>.xml is one of those with one fault put in, and fail-<what>.want
// lists every finding of every rule and stage in it, a line each:
// LINE:COLUMN SEVERITY RULE PATH MESSAGE. A fixture of a rule that compares
// documents is a folder pass-<what> or fail-<what> of several documents, judged
// together in the order of their names; the lines of its .want file, which
// stands beside the folder, begin with FILE and a colon. To add a fixture: copy
// a pass, put the fault in, and let the tests of validate/rules write the .want
// file.
//
// Below deviations, each document shows one way in which a product is known to
// leave the specification; package schemas has the table of them. Below schemas,
// each product with a schema of its own has a folder: pass-<what>.xml is a
// document that its schema takes, fail-<what>.xml one that it refuses, for each
// point in which the schema differs from others.
//
// Below reconcile, each check of reconcile has a folder of its id, with archives
// of the same names, most of them several runs in one document. policies.yaml is
// the configuration that they are reconciled by, where a check needs one.
//
// base/complete.xml is a clean document to begin a fixture with: it has almost
// everything that a document can have, and no step at work.
//
// The README lists the whole histories, which are not embedded. Package
// generate below makes histories of any size. The package imports nothing of
// this module.
package samples

import (
	"embed"
	"path"
	"strings"
)

//go:embed all:rules all:base all:reconcile all:deviations all:schemas
var files embed.FS

// FS returns the files of the corpus, by their paths in this folder. It cannot
// be changed.
func FS() embed.FS { return files }

// Rules returns the ids of the rules that have fixtures, sorted.
func Rules() []string {
	return names("rules", func(string) bool { return true })
}

// RuleFixtures returns the paths of the fixtures of a rule in [FS], documents
// and folders of documents, those that fail before those that pass and each
// sorted; nil for an id that has none.
func RuleFixtures(id string) []string {
	fixtures := names(path.Join("rules", id), func(name string) bool { return path.Ext(name) != ".want" })
	for i, name := range fixtures {
		fixtures[i] = path.Join("rules", id, name)
	}
	return fixtures
}

// Checks returns the ids of the checks of reconcile that have fixtures, sorted.
func Checks() []string {
	return names("reconcile", func(string) bool { return true })
}

// ReconcileFixtures returns the paths of the archives of a check of reconcile,
// as [RuleFixtures] does.
func ReconcileFixtures(id string) []string {
	fixtures := names(path.Join("reconcile", id), func(name string) bool { return path.Ext(name) != ".want" && path.Ext(name) != ".yaml" })
	for i, name := range fixtures {
		fixtures[i] = path.Join("reconcile", id, name)
	}
	return fixtures
}

// Documents returns the paths of the documents of a fixture: itself, or those
// in its folder, sorted.
func Documents(fixture string) []string {
	if path.Ext(fixture) == ".xml" {
		return []string{fixture}
	}
	documents := names(fixture, func(name string) bool { return path.Ext(name) == ".xml" })
	for i, name := range documents {
		documents[i] = path.Join(fixture, name)
	}
	return documents
}

// Deviations returns the paths of the documents that show known deviations,
// sorted.
func Deviations() []string {
	documents := names("deviations", func(string) bool { return true })
	for i, name := range documents {
		documents[i] = path.Join("deviations", name)
	}
	return documents
}

// SchemaFixtures returns the paths of the documents for the schema of a
// product, sorted.
func SchemaFixtures(product string) []string {
	documents := names(path.Join("schemas", product), func(string) bool { return true })
	for i, name := range documents {
		documents[i] = path.Join("schemas", product, name)
	}
	return documents
}

// IsFail tells whether a fixture has a fault, by its name.
func IsFail(fixture string) bool { return strings.HasPrefix(path.Base(fixture), "fail-") }

// names returns the names in a folder that keep wants, sorted.
func names(folder string, keep func(string) bool) []string {
	entries, err := files.ReadDir(folder)
	if err != nil {
		return nil // no such folder: the files are embedded, nothing else can fail
	}
	var kept []string
	for _, e := range entries {
		if keep(e.Name()) {
			kept = append(kept, e.Name())
		}
	}
	return kept
}
