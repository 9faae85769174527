package sarif

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/markup"
	"github.com/runhist/runhist/validate/finding"
)

// describe turns the description of an id into that of a rule.
func describe(d *report.Description) descriptor {
	r := descriptor{ID: d.ID, Configuration: configuration{level(d.Severity)},
		Properties: descriptorProperties{Tags: tags(d), Severity: problem(d.Severity)}}
	if d.Title != "" {
		r.Short = &message{d.Title}
	}
	if d.Why != "" {
		r.Full = &message{d.Why}
	}
	if text, markdown := help(d); text != "" {
		r.Help = &multiformat{text, markdown}
	}
	return r
}

// tags are the sections that speak of the id.
func tags(d *report.Description) []string {
	tags := []string{"run-history"}
	for _, s := range d.Requirements {
		if tag := "MS-UPSMODS/" + s.Section; s.Section != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// problem is the word that GitHub has for a severity.
func problem(s finding.Severity) string {
	switch s {
	case finding.Error:
		return "error"
	case finding.Warning:
		return "warning"
	}
	return "recommendation"
}

// help is what a reader of a finding wants to know, as text and as Markdown.
func help(d *report.Description) (text, markdown string) {
	var plain, marked []string
	add := func(p, m string) { plain, marked = append(plain, p), append(marked, m) }
	if d.Why != "" {
		add(d.Why, markup.Escape(d.Why))
	}
	if d.Fix != "" {
		add("What to do: "+d.Fix, "**What to do:** "+markup.Escape(d.Fix))
	}
	if len(d.Requirements) > 0 {
		p, m := []string{"What stands behind it:"}, []string{"**What stands behind it**", ""}
		for _, s := range d.Requirements {
			where := ""
			if s.Section != "" {
				where = " ([MS-UPSMODS] " + s.Section + ")"
			}
			p = append(p, "- "+s.ID+": "+s.Text+where)
			m = append(m, "- "+s.ID+": "+markup.Escape(s.Text+where))
		}
		add(strings.Join(p, "\n"), strings.Join(m, "\n"))
	}
	return strings.Join(plain, "\n\n"), strings.Join(marked, "\n\n")
}
