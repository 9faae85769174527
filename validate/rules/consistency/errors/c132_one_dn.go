package errors

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/keys"
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
		Fix:    "Check @cs-guid and @dn of both errors. Only a rename between the two makes the document right.",
		Since:  "0.1.0",
		Memory: rule.PerStep,
		Checks: []rule.Check{
			rule.Each(
				func(e *rundetails.ImportError) rule.Scope { return identified(&e.CSGUID, &e.DN) },
				func(e *rundetails.ImportError, r *rule.Report) { judgeIdentity(&e.CSGUID, &e.DN, r) },
			),
			rule.Each(
				func(e *rundetails.ExportError) rule.Scope { return identified(&e.CSGUID, &e.DN) },
				func(e *rundetails.ExportError, r *rule.Report) { judgeIdentity(&e.CSGUID, &e.DN, r) },
			),
		},
	}
}

func identified(id *rundetails.GUID, dn *rundetails.Text) rule.Scope {
	return rule.If(dn.Value != "").And(guid(id))
}

func judgeIdentity(id *rundetails.GUID, dn *rundetails.Text, r *rule.Report) {
	if _, known := r.Seen(keys.Folded(string(id.ID[:]), dn.Value), dn.Line); known {
		return
	}
	// A pair that is new must be new in both halves.
	if before, known := r.Seen(keys.Folded(dn.Value), dn.Line); known {
		r.At(dn, "dn is %s, which line %d gives to another object than %s", words.Quote(dn.Value), before, id.ID)
	}
	if before, known := r.Seen(id.ID, dn.Line); known {
		r.At(id, "cs-guid is %s, to which line %d gives another dn than %s", id.ID, before, words.Quote(dn.Value))
	}
}
