package validate

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/requirements"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/xsd"
)

// collector gathers the findings of one document and keeps their limits.
type collector struct {
	*Validator
	*standard
	file       string
	because    string // the profile
	findings   []finding.Finding
	counts     map[string]int // kept, by id
	cuts       map[string]cut // by id
	problems   []error
	valid      bool // by the schema, as far as it goes
	incomplete bool
	unreadable bool
	perRule    int // how many findings of an id are kept
	notes      int // findings of LimitFindings, which take the place of no other
}

// cut counts the findings of an id that are not kept.
type cut struct {
	count int
	worst finding.Severity
}

// key is what a known deviation is recognised by, beside the id.
type key struct {
	element, name, arm string
}

func (c *collector) begin(file string) {
	*c = collector{Validator: c.Validator, standard: c.standard, file: file, valid: true, counts: c.counts, cuts: c.cuts, perRule: c.options.MaxPerRule}
	if c.options.Acceptance != nil {
		c.perRule = c.options.MaxTotal // which of them count is not known yet
	}
	if c.counts == nil {
		c.counts, c.cuts = map[string]int{}, map[string]cut{}
	}
	clear(c.counts)
	clear(c.cuts)
}

func (c *collector) problem(err error) { c.problems = append(c.problems, err) }

// wants tells whether one more finding of the id would be kept.
func (c *collector) wants(id string) bool {
	return c.counts[id] < c.perRule && len(c.findings)-c.notes < c.options.MaxTotal
}

// add keeps a finding, or counts it when there are enough.
func (c *collector) add(f finding.Finding, severity finding.Severity, k key) {
	for i := range c.deviations {
		if d := &c.deviations[i]; d.Matches(f.Rule, k.element, k.name, k.arm) {
			f.Known, severity = d.Known, finding.Info
			break
		}
	}
	if s, ok := c.options.Severity[f.Rule]; ok {
		severity = s
	}
	if severity == finding.Off {
		return
	}
	if f.File == "" {
		f.File = c.file
	}
	f.Severity = severity
	c.keep(f)
}

// keep keeps a finding that is graded, or counts it when there are enough.
func (c *collector) keep(f finding.Finding) {
	if f.Rule == LimitFindings {
		c.notes++
		c.findings = append(c.findings, f)
		return
	}
	if !c.wants(f.Rule) {
		c.countCut(f.Rule, f.Severity)
		return
	}
	c.counts[f.Rule]++
	c.findings = append(c.findings, f)
}

func (c *collector) cutOne(id string, severity finding.Severity) {
	if s, ok := c.options.Severity[id]; ok {
		severity = s
	}
	if severity == finding.Off {
		return
	}
	c.countCut(id, severity)
}

// countCut counts a finding that is graded and not kept.
func (c *collector) countCut(id string, severity finding.Severity) {
	was := c.cuts[id]
	c.cuts[id] = cut{was.count + 1, max(was.worst, severity)}
}

// found takes what a rule reports.
func (c *collector) found(found rule.Found) {
	if found.Place == nil {
		c.cutOne(found.Rule.ID, found.Severity)
		return
	}
	f := finding.Finding{File: found.Document, Line: found.Place.Line, Column: found.Place.Column, Path: found.Place.Path(), Rule: found.Rule.ID,
		Requirements: c.rows(&found), Message: found.Message}
	c.section(&f, slices.All(f.Requirements))
	c.add(f, found.Severity, key{arm: found.Arm})
}

// rows are those that a finding of a rule breaks, in table order.
func (c *collector) rows(found *rule.Found) []string {
	also := found.Rule.Also[found.Arm]
	if len(also) == 0 {
		return found.Rule.Requirements
	}
	t, err := c.tables()
	if err != nil {
		panic(err) // the tables are embedded
	}
	return t.Sorted(slices.Concat(found.Rule.Requirements, also))
}

// place gives a finding of the schema stage the rows that stand behind it.
func (c *collector) place(f *finding.Finding, v *xsd.Violation) {
	t, err := c.tables()
	if err != nil {
		panic(err) // the tables are embedded
	}
	place := requirements.Place{
		Path: v.Element, Attribute: v.Attribute, Child: v.Child, Type: v.Type,
		Presence: v.ID == xsd.AttributeMissing || v.ID == xsd.AttributeUnexpected,
	}
	if v.ID == xsd.UnexpectedRoot {
		// A run-details at the root is no run of a history that was cut off.
		place.Path, place.Child = "/", strings.TrimPrefix(v.Element, "/")
	}
	f.Requirements = t.SchemaRows(place)
	if c.profile == MIIS2003 {
		f.Requirements = append(f.Requirements, t.OlderSchemaRows(place)...)
	}
	// The rows go from the whole document to the place itself.
	c.section(f, slices.Backward(f.Requirements))
}

// section gives a finding the section of the first row that has one. The
// reference of 2003 has no sections of that kind.
func (c *collector) section(f *finding.Finding, rows iter.Seq2[int, string]) {
	t, err := c.tables()
	if err != nil {
		panic(err)
	}
	for _, id := range rows {
		if row, ok := t.Row(id); ok && row.Section != "" && row.Table != requirements.TableMIIS2003 {
			f.Section = row.Section
			return
		}
	}
}

// sum makes the result of the document.
func (c *collector) sum(stats []rule.Stats) Result {
	r := Result{File: c.file, Status: Examined, Profile: c.profile, Because: c.because, Rules: stats, Problems: c.problems}
	ids := make([]string, 0, len(c.cuts))
	for id := range c.cuts {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		k := c.cuts[id]
		r.Cut += k.count
		r.CutWorst = max(r.CutWorst, k.worst)
		if s, ok := c.options.Severity[LimitFindings]; !ok || s != finding.Off {
			message := fmt.Sprintf("%d more findings of %s were counted and not kept", k.count, id)
			if k.count == 1 {
				message = "1 more finding of " + id + " was counted and not kept"
			}
			c.findings = append(c.findings, finding.Finding{File: c.file, Line: 1, Column: 1, Path: "/", Rule: LimitFindings, Severity: max(finding.Info, c.options.Severity[LimitFindings]),
				Message: message})
		}
	}
	slices.SortFunc(c.findings, func(a, b finding.Finding) int { return finding.Compare(&a, &b) })
	r.Findings = c.fold(c.findings)
	c.findings = nil
	switch {
	case c.unreadable:
		r.Status = Unreadable
	case c.incomplete:
		r.Status = Incomplete
	}
	return r
}
