package errors

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c135() rule.Rule {
	return rule.Rule{
		ID:           "C135",
		Title:        "An attribute is of one kind in the exported change and in the imported object.",
		Severity:     finding.Warning,
		Requirements: []string{"C135"},
		Why: "Both are read by the same schema. " +
			"An attribute that is a reference in one and a plain value in the other cannot be compared.",
		Fix:   "Write attr or dn-attr, @type and @multivalued at both as the schema of the agent has them.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Change, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				d, n := &e.Change.Delta, &e.Change.Entry
				return rule.If(len(d.DNAttributes)+len(d.Attributes) > 0 && len(n.DNAttributes)+len(n.Attributes) > 0)
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				imported := byName(&e.Change.Entry)
				for i := range len(e.Change.Delta.DNAttributes) + len(e.Change.Delta.Attributes) {
					a := nth(i, e.Change.Delta.DNAttributes, e.Change.Delta.Attributes)
					if other := imported[a.Name.Value]; other != nil && a.Name.Present {
						judgeKind(other, a, r)
					}
				}
			},
		))},
	}
}

func byName(e *rundetails.Entry) map[string]*rundetails.Attribute {
	named := make(map[string]*rundetails.Attribute, len(e.DNAttributes)+len(e.Attributes))
	for i := range len(e.DNAttributes) + len(e.Attributes) {
		a := nth(i, e.DNAttributes, e.Attributes)
		named[a.Name.Value] = a
	}
	return named
}

// judgeKind compares an imported attribute with the exported one.
func judgeKind(imported, exported *rundetails.Attribute, r *rule.Report) {
	name := words.Quote(imported.Name.Value)
	if kind := rundetails.Vocabulary().Name(imported.At().Name); imported.At().Name != exported.At().Name {
		r.At(imported, "%s is %s in entry, but %s in delta", name, kind, rundetails.Vocabulary().Name(exported.At().Name))
		return
	}
	for _, pair := range [...][2]*rundetails.Text{
		{&imported.Type, &exported.Type},
		{&imported.MultiValued, &exported.MultiValued},
	} {
		if in, out := pair[0], pair[1]; in.Present && out.Present && plain(in.Value) != plain(out.Value) {
			r.At(in, "%s of %s is %s in entry, but %s in delta",
				rundetails.Vocabulary().Name(in.Name), name, words.Quote(in.Value), words.Quote(out.Value))
		}
	}
}

// plain writes a truth value in words; of other values it cuts white space off.
func plain(value string) string {
	switch value = strings.TrimSpace(value); value {
	case "0":
		return "false"
	case "1":
		return "true"
	}
	return value
}
