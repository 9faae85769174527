// Package errors holds the rules of consistency.tsv about the errors that a
// step lists: the parts of an error against each other, and the errors of one
// step against each other.
package errors

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/rule"
)

// Rules returns the rules of the package in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		c071(),
		c073(),
		c075(),
		c076(),
		c077(),
		c078(),
		c079(),
		c081(),
		c082(),
		c083(),
		c084(),
		c085(),
		c086(),
		c089(),
		c090(),
		c091(),
		c094(),
		c095(),
		c096(),
		c097(),
		c098(),
		c099(),
		c101(),
		c103(),
		c104(),
		c132(),
		c133(),
		c134(),
		c135(),
		c136(),
	}
}

// failure is what an import-error and a retry-error have in common.
type failure struct {
	typ       *rundetails.Text
	algorithm *rundetails.AlgorithmStep
	extension *rundetails.ExtensionError
	rules     *rundetails.RulesError
}

// failures makes the same checks for both kinds of failure.
func failures(applies func(failure) rule.Scope, judge func(failure, *rule.Report)) []rule.Check {
	ofImport := func(e *rundetails.ImportError) failure {
		return failure{&e.Type, &e.AlgorithmStep, &e.Extension, &e.Rules}
	}
	ofRetry := func(e *rundetails.RetryError) failure {
		return failure{&e.Type, &e.AlgorithmStep, &e.Extension, &e.Rules}
	}
	return []rule.Check{
		rule.Each(
			func(e *rundetails.ImportError) rule.Scope { return applies(ofImport(e)) },
			func(e *rundetails.ImportError, r *rule.Report) { judge(ofImport(e), r) },
		),
		rule.Each(
			func(e *rundetails.RetryError) rule.Scope { return applies(ofRetry(e)) },
			func(e *rundetails.RetryError, r *rule.Report) { judge(ofRetry(e), r) },
		),
	}
}
