// Package rules joins all rules of the tool. Each chapter of the
// specification is a package of its own below, each rule or family of
// identical rules a file; README.md says how to add one.
//
// It imports the chapters, which import rule, finding and the model. What
// several chapters need is in internal.
//
// The package is stable: the README says what that means.
package rules

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/connection"
	"github.com/runhist/runhist/validate/rules/consistency"
	"github.com/runhist/runhist/validate/rules/consistency/across"
	"github.com/runhist/runhist/validate/rules/consistency/connections"
	"github.com/runhist/runhist/validate/rules/consistency/counters"
	"github.com/runhist/runhist/validate/rules/consistency/dates"
	"github.com/runhist/runhist/validate/rules/consistency/errors"
	"github.com/runhist/runhist/validate/rules/consistency/stepresults"
	"github.com/runhist/runhist/validate/rules/consistency/steptypes"
	"github.com/runhist/runhist/validate/rules/discovery"
	"github.com/runhist/runhist/validate/rules/document"
	"github.com/runhist/runhist/validate/rules/importerror2003"
	"github.com/runhist/runhist/validate/rules/outbound"
	"github.com/runhist/runhist/validate/rules/retry"
	"github.com/runhist/runhist/validate/rules/run"
	"github.com/runhist/runhist/validate/rules/step"
	"github.com/runhist/runhist/validate/rules/synchronization"
)

// All returns all rules in the order of the requirement tables: by section of
// the specification, then those that follow from several sections.
func All() []rule.Rule {
	return byProfile(slices.Concat(
		document.Rules(),
		run.Rules(),
		step.Rules(),
		connection.Rules(),
		discovery.Rules(),
		synchronization.Rules(),
		retry.Rules(),
		outbound.Rules(),
		inOrder(
			consistency.Rules(),
			across.Rules(),
			connections.Rules(),
			counters.Rules(),
			dates.Rules(),
			errors.Rules(),
			stepresults.Rules(),
			steptypes.Rules(),
		),
		importerror2003.Rules(),
	))
}

// inOrder joins the rules of packages that share a table, in the order of the
// table, which is that of the ids.
func inOrder(packages ...[]rule.Rule) []rule.Rule {
	return slices.SortedFunc(slices.Values(slices.Concat(packages...)), func(a, b rule.Rule) int {
		return strings.Compare(a.ID, b.ID)
	})
}
