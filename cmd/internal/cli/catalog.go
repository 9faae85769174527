package cli

import (
	"sync"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/requirements"
)

// catalog describes what findings can be about: the rules that are on, then
// the ids of the stages before them. It is made when a format asks for it.
func catalog(v *validate.Validator) func() []report.Description {
	return sync.OnceValue(func() []report.Description {
		var list []report.Description
		tables, err := requirements.Load()
		if err != nil {
			panic(err) // the tables are embedded
		}
		for _, r := range v.Rules() {
			d := report.Description{ID: r.ID, Title: r.Title, Why: r.Why, Fix: r.Fix, Severity: r.Severity}
			for _, id := range r.Requirements {
				if row, ok := tables.Row(id); ok {
					d.Requirements = append(d.Requirements, report.Statement{ID: row.ID, Section: row.Section, Text: row.Statement})
				}
			}
			list = append(list, d)
		}
		for _, s := range stageIDs() {
			list = append(list, report.Description{ID: s.id, Title: s.meaning, Fix: s.remedy, Severity: validate.SchemaSeverity(s.id)})
		}
		return list
	})
}
