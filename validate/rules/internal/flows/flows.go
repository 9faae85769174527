// Package flows judges what import-error and retry-error say alike about the
// attribute flow that failed, in rules-error-info. It imports rule and the
// model.
package flows

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/rule"
)

// What the rules about @intrinsic say of themselves.
const (
	WhyIntrinsic = "The DN is no attribute of the object. " +
		"Without the mark the source is looked up as an attribute named dn, which another agent may really have."
	FixIntrinsic = `Write intrinsic="true" at src-attribute when the DN of the object is what flows.`
)

// FromDN lets an error be judged whose flow takes the DN of the object.
func FromDN(e *rundetails.RulesError) rule.Scope {
	return rule.If(e.Context.Mapping.Direct.Source.Value == "dn")
}

// JudgeIntrinsic demands that the source is marked as intrinsic.
func JudgeIntrinsic(e *rundetails.RulesError, r *rule.Report) {
	switch direct := &e.Context.Mapping.Direct; {
	case !direct.Intrinsic.Present:
		r.At(&direct.Source, "src-attribute is dn, but it is not marked as intrinsic")
	case !isTrue(direct.Intrinsic.Value):
		r.At(&direct.Intrinsic, "src-attribute is dn, but intrinsic is %q", strings.TrimSpace(direct.Intrinsic.Value))
	}
}

// isTrue knows both forms of an xs:boolean, and white space around them.
func isTrue(boolean string) bool {
	boolean = strings.Trim(boolean, " \t\n\r")
	return boolean == "true" || boolean == "1"
}
