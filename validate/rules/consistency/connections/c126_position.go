package connections

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/names"
)

func c126() rule.Rule {
	return rule.Rule{
		ID:           "C126",
		Title:        "A parse-error in an import from a file has a line-number and a column-number.",
		Severity:     finding.Warning,
		Except:       map[string]finding.Severity{"server": finding.Info}, // servers write them in most cases
		Requirements: []string{"C126"},
		Why: "The record could not be read, so its place in the file is the only way to find it. " +
			"The specification wants both numbers when the import reads a file.",
		Fix:   "Write the line and the column at which reading failed.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ObjectError) rule.Scope {
				return rule.If(e.Type.Value == "parse-error" && readsFile(&e.Step.Description))
			},
			func(e *rundetails.ObjectError, r *rule.Report) {
				missing := "line-number"
				switch {
				case e.LineNumber.Present && e.ColumnNumber.Present:
					return
				case e.LineNumber.Present:
					missing = "column-number"
				case !e.ColumnNumber.Present:
					missing += " and no column-number"
				}
				r.At(e, "error-type is parse-error and the step imports from a file, but the ma-object-error has no %s", missing)
			},
		)},
	}
}

// readsFile tells whether the configured step imports from a file.
func readsFile(d *rundetails.Description) bool {
	return strings.Contains(d.Type(), "import") && hasInput(d.Root)
}

// hasInput looks for an input-file that has a name: export steps may carry an
// empty one.
func hasInput(a *rundetails.Any) bool {
	for i := range a.Children {
		c := &a.Children[i]
		if a.Tag == "input-file" && !names.Blank(c.Text) || c.Element != nil && hasInput(c.Element) {
			return true
		}
	}
	return false
}
