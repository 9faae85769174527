package errors

import (
	"fmt"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rule/keys"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c132() rule.Rule {
	return rule.Rule{
		ID:           "C132",
		Title:        "In a step an object has one DN, and a DN is that of one object.",
		Severity:     finding.Warning,
		Requirements: []string{"C132"},
		Why: "A DN is unique in a connector space. " +
			"Two objects of one DN, or two DNs of one object, mean that errors are filed under the wrong object.",
		Fix:     "Check @cs-guid and @dn of both errors. Only a rename between the two makes the document right.",
		Since:   "0.1.0",
		Memory:  rule.PerStep,
		Objects: true,
		Checks: []rule.Check{
			rule.Each(
				func(e *rundetails.ImportError) rule.Scope { return identified(&e.CSGUID, &e.DN) },
				func(e *rundetails.ImportError, r *rule.Report) { judgeIdentity(e.At(), &e.CSGUID, &e.DN, r) },
			),
			rule.Each(
				func(e *rundetails.ExportError) rule.Scope { return identified(&e.CSGUID, &e.DN) },
				func(e *rundetails.ExportError, r *rule.Report) { judgeIdentity(e.At(), &e.CSGUID, &e.DN, r) },
			),
		},
	}
}

func identified(id *rundetails.GUID, dn *rundetails.Text) rule.Scope {
	return rule.If(dn.Value != "").And(rule.GUID(id))
}

// judgeIdentity remembers of each DN and of each GUID the error that had it
// first: a pair that agrees has had both in one error, or neither in any.
func judgeIdentity(e *rundetails.Place, id *rundetails.GUID, dn *rundetails.Text, r *rule.Report) {
	number := e.Index << 1
	if e.Name == rundetails.NameExportError {
		number |= 1
	}
	dnFirst, dnKnown := r.Seen(keys.Folded(dn.Value).Sum(), number)
	idFirst := r.Object().Named
	idKnown := idFirst != 0
	if dnKnown == idKnown && dnFirst == idFirst {
		return
	}
	if dnKnown {
		r.At(dn, "dn is %s, which %s of the step gives to another object than %s", words.Quote(dn.Value), ordinal(dnFirst), id.ID)
	}
	if idKnown {
		r.Arm(id, maskedGUID(id.ID), "cs-guid is %s, to which %s of the step gives another dn than %s", id.ID, ordinal(idFirst), words.Quote(dn.Value))
	}
}

// maskedGUID is the case of a rule that compares a GUID which somebody has put
// in the place of others.
func maskedGUID(id rundetails.ID) string {
	if id.Masked() {
		return "masked"
	}
	return ""
}

func ordinal(number uint32) string {
	if number&1 == 1 {
		return fmt.Sprintf("export-error %d", number>>1)
	}
	return fmt.Sprintf("import-error %d", number>>1)
}
