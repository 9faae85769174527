// Package record turns what the simulated engine records of a run
// (engine.RunRecord) into the model of run histories (rundetails.Run), whose
// canonical writer writes the document.
//
// # Profiles
//
// The two profiles say who could have written the document.
//
//	            upsmods: the published text        server: what servers are seen to write
//	steps       ascending                          descending
//	server      where a connection succeeded       the same
//	cd-error    with the error type cd-error only  with whatever the data source said
//	delete-add  not counted: there is no element   provisioned-delete-add-* where above 0
//	error-type  the 42 of export errors            ma-extension-error too: what a connector names itself
//	results     the 67 of the schema ([Written])   those of the database specification too
//
// Everything else is the same: staging, inbound and export counters are always
// complete, outbound counters stand only above 0 and their blocks only where
// one is; ma-connection is empty where the engine connects to nothing itself;
// step-description names the partition and leaves an empty threshold out
// (SE section 9, SE-K42, SE-F06).
//
// To add an element: step.go for what stands directly in a step, errors.go for
// records of errors, change.go for change-not-reimported.
package record

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/runhist/runhist/analyze/engine"
	rd "github.com/runhist/runhist/schemas/rundetails"
)

// Profile says who could have written the document.
type Profile string

// The profiles.
const (
	UPSMODS Profile = "upsmods"
	Server  Profile = "server"
)

// DefaultAccount is the security-id of runs whose scenario names no account:
// the schema demands one.
const DefaultAccount = `SYNC\svc-sync`

// History is a document with one run.
func History(r *rd.Run) *rd.History {
	return &rd.History{RunCount: 1, Runs: []*rd.Run{r}}
}

// Run makes the run-details of a record, in the retaining form. Steps stand in
// the order of the profile.
func Run(r *engine.RunRecord, p Profile) *rd.Run {
	account := r.Account
	if account == "" {
		account = DefaultAccount
	}
	run := &rd.Run{
		MAID: guid(r.Agent), MAName: text(r.AgentName), Number: number(r.Number),
		ProfileName: text(r.Profile), SecurityID: text(account),
	}
	for i := range r.Steps {
		run.Steps = append(run.Steps, step(&r.Steps[i], p))
	}
	if p == Server { // SE section 9
		for i, j := 0, len(run.Steps)-1; i < j; i, j = i+1, j-1 {
			run.Steps[i], run.Steps[j] = run.Steps[j], run.Steps[i]
		}
	}
	for _, s := range run.Steps {
		s.Run = run
	}
	return run
}

// Written is the step result that a profile writes. [MS-UPSMODS] has no value
// for a deletion limit; it is a threshold of the step like the object limit
// (SE section 7).
func Written(r engine.StepResult, p Profile) engine.StepResult {
	if p == UPSMODS && r == engine.StoppedDeletionLimit {
		return engine.StoppedObjectLimit
	}
	return r
}

func guid(g engine.GUID) rd.GUID { return rd.NewGUID(rd.ID(g)) }

func number(n int) rd.Number { return rd.NewNumber(uint64(max(n, 0))) }

func instant(t time.Time) rd.Instant { return rd.NewInstant(t.UnixMilli()) }

func present() rd.Block { return rd.Block{Present: true} }

// text is a text as XML can hold it: what it cannot becomes the replacement
// character.
func text(s string) rd.Text {
	if legal(s) {
		return rd.NewText(s)
	}
	return rd.NewText(strings.Map(func(c rune) rune {
		if char(c) {
			return c
		}
		return utf8.RuneError
	}, s))
}

// legal tells whether XML can hold a text as it is.
func legal(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, c := range s {
		if !char(c) {
			return false
		}
	}
	return true
}

// char tells whether a character is one of XML 1.0.
func char(c rune) bool {
	return c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000 && c <= 0x10FFFF
}
