package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/reconcile"
	"github.com/runhist/runhist/schemas"
	"github.com/runhist/runhist/schemas/terms"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/coverage"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/requirements"
	"github.com/runhist/runhist/validate/rule"
)

// rule explains a rule.
func (x *explainer) rule(r *rule.Rule) entry {
	e := entry{Kind: "rule", Name: r.ID, Meaning: r.Title, Why: r.Why, Remedy: r.Fix, Since: r.Since,
		Severity: severities(r), Known: knownFrom(r.ID), Examples: ruleExamples(r)}
	if r.Lower != finding.Off {
		e.Lower = r.Lower.String()
	}
	for _, id := range allRows(r) {
		if row, ok := x.tables.Row(id); ok {
			e.Requirements = append(e.Requirements, statement{row.ID, row.Section, row.Line, row.Statement})
		}
	}
	return e
}

// allRows are the rows behind a rule, those of one profile only last.
func allRows(r *rule.Rule) []string {
	rows := slices.Clone(r.Requirements)
	for _, p := range validate.Profiles() {
		rows = append(rows, r.Adds[string(p)]...)
	}
	return rows
}

// archiveCheck explains a check of reconcile.
func archiveCheck(c *reconcile.Check) entry {
	e := entry{Kind: "check of reconcile", Name: c.ID, Meaning: c.Title, Why: c.Why, Remedy: c.Fix, Certainty: c.Certainty.String(), Since: "0.1.0",
		Severity: map[string]string{"reconcile": c.Severity.String()}, Examples: checkExamples(c.ID)}
	if c.Lower != finding.Off {
		e.Lower = c.Lower.String()
	}
	return e
}

// knownFrom are the products that are known to leave a rule, as the profile
// server has them.
func knownFrom(id string) []string {
	var known []string
	for _, d := range schemas.Deviations() {
		if d.ID != id {
			continue
		}
		text := d.Known
		if len(d.Names) > 0 && len(d.Names) <= 4 {
			text += ": " + strings.Join(d.Names, ", ")
		}
		if !slices.Contains(known, text) {
			known = append(known, text)
		}
	}
	return known
}

// row explains a row of the requirement tables that is no rule of its own.
func (x *explainer) row(r *requirements.Row) entry {
	e := entry{Kind: "requirement", Name: r.ID, Meaning: r.Statement, Class: string(r.TableClass), Level: r.Level, Path: r.Path,
		Section: r.Section, Line: r.Line, Coverage: x.coverage(r)}
	switch {
	case r.Severity != requirements.SeverityNone:
		e.Severity = map[string]string{}
		for _, p := range validate.Profiles() {
			e.Severity[string(p)] = string(r.Severity)
		}
		if r.Severity == requirements.SeveritySchema {
			for p := range e.Severity {
				e.Severity[p] = finding.Error.String()
			}
		}
	case r.ProfileSeverity != requirements.SeverityNone:
		e.Severity = map[string]string{"miis2003": string(r.ProfileSeverity)}
	}
	if r.Lower != requirements.SeverityNone {
		e.Lower = string(r.Lower)
	}
	for _, n := range []note{
		{"Treated", treatment(r)}, {"Reason", r.Reason}, {"False alarms", r.Risk}, {"Differs", r.Difference},
	} {
		if n.Text != "" {
			e.Notes = append(e.Notes, n)
		}
	}
	return e
}

// treatment says how a row that contradicts another is treated; its check
// begins with it, before expressions.
func treatment(r *requirements.Row) string {
	if r.TableClass != requirements.ClassContradiction {
		return ""
	}
	text, _, _ := strings.Cut(r.Check, " || ")
	return text
}

// coveredBy says what checks a row.
type coveredBy struct {
	Covered string   `json:"covered"` // rule, schema, replay, protocol, planned or none
	By      []string `json:"by,omitempty"`
	Reason  string   `json:"reason,omitempty"`
}

// coverage finds what checks a row.
func (x *explainer) coverage(r *requirements.Row) *coveredBy {
	i := slices.IndexFunc(x.matrix, func(m coverage.Row) bool { return m.ID == r.ID })
	m := &x.matrix[i] // which has all rows
	return &coveredBy{Covered: m.Covered, By: m.By, Reason: m.Reason}
}

// erratum explains a decision about the printed listings.
func erratum(r *requirements.Erratum) entry {
	return entry{Kind: "erratum", Name: r.ID, Meaning: "The listings of [MS-UPSMODS] are not of one mind about: " + r.Where,
		Notes: []note{{"Listing", r.WholeListing}, {"Section", r.SectionListing}, {"Chosen", r.Chosen}, {"Reason", r.Why}}}
}

// stage explains an id of the schema stage or of the source.
func stage(s *stageID) entry {
	e := entry{Kind: "finding of the " + s.of(), Name: s.id, Meaning: s.meaning, Remedy: s.remedy,
		Severity: map[string]string{}, Known: knownFrom(s.id), Examples: []example{s.example()}}
	for _, p := range validate.Profiles() {
		e.Severity[string(p)] = validate.SchemaSeverity(s.id).String()
	}
	return e
}

// term explains a word of the vocabulary.
func (x *explainer) term(t *terms.Term) entry {
	e := entry{Kind: string(t.Kind), Name: t.Name, Meaning: t.Meaning, Cause: t.Cause, Remedy: t.Remedy,
		Products: t.Products.Names(), Section: t.Section}
	for _, field := range t.Kind.Fields() {
		if t.Kind.Counter() {
			field += "/" + t.Name
		}
		e.Fields = append(e.Fields, "step-details/"+field)
	}
	x.aboutTerm(t, &e)
	if t.Kind != terms.StepResult {
		return e
	}
	switch t.Follow {
	case terms.Goes:
		e.Follow = "The next step of the profile runs, and data is obsoleted."
	case terms.Stops:
		e.Follow = "The next step of the profile does not run, and no data is obsoleted."
	case terms.Running:
		e.Follow = "Nothing is decided yet: the step is at work."
	default:
		e.Follow = "Not known: [MS-UPSMODS] does not have this result."
	}
	return e
}

// aboutTerm adds the rows that speak of a term, and the rules that check them.
func (x *explainer) aboutTerm(t *terms.Term, e *entry) {
	var paths []string
	for _, field := range e.Fields {
		path := "/run-history/run-details/" + field
		if !t.Kind.Counter() {
			path += "[.='" + t.Name + "']"
		}
		paths = append(paths, path)
	}
	for _, row := range x.tables.All() {
		// One row speaks of both places of connection-result.
		path := strings.Replace(row.Path, "ma-connection//", "ma-connection/", 1)
		if row.Table == requirements.TableDocument && slices.Contains(paths, path) {
			e.Requirements = append(e.Requirements, statement{row.ID, row.Section, row.Line, row.Statement})
		}
	}
	for i := range x.rules {
		r := &x.rules[i]
		if slices.ContainsFunc(e.Requirements, func(s statement) bool { return slices.Contains(r.Requirements, s.ID) }) {
			e.Rules = append(e.Rules, checkedBy{r.ID, r.Title})
		}
	}
}

// errorCode explains an error code.
func errorCode(c *terms.Error) entry {
	e := entry{Kind: "error code", Name: c.Text, Fields: []string{"cd-error/error-code"},
		Code: &codeEntry{Hex: c.Hex(), Decimal: c.Decimal(), Space: c.Space, Readings: []codeReading{}}}
	for _, r := range c.Readings {
		e.Code.Readings = append(e.Code.Readings, codeReading{r.Space, r.Name, r.Meaning, r.Look})
	}
	switch {
	case strings.HasPrefix(strings.ToLower(c.Text), "0x"):
		e.Meaning = fmt.Sprintf("%s is %s in decimal.", c.Hex(), c.Decimal())
	case c.Value >= 1<<31 && !strings.HasPrefix(c.Text, "-"):
		e.Meaning = fmt.Sprintf("%d is %s in hexadecimal, and %s where only signed numbers are known.", c.Value, c.Hex(), c.Decimal())
	default:
		e.Meaning = fmt.Sprintf("%s is %s in hexadecimal.", c.Decimal(), c.Hex())
	}
	if c.Space != "" {
		e.Meaning += " " + c.Space + "."
	}
	switch {
	case len(c.Readings) == 0:
		e.Meaning += " No public meaning is known here."
		e.Remedy = "Read error-literal beside the code, the event log of the server at that time, and the list of codes of the data source."
		if n, ok := c.Windows(); ok {
			e.Remedy += fmt.Sprintf(" If it is a Windows error, the command net helpmsg %d on Windows explains it.", n)
		}
	case len(c.Readings) > 1 && c.Space == "":
		e.Cause = "The number means one thing to LDAP and another to Windows: the kind of agent and error-literal tell which it is here."
	}
	return e
}
