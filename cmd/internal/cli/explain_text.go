package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/coverage"
)

// The layout of explanations: the width of lines, the column of labels, and
// how many rows and lines of an example a text shows.
const (
	explainWidth  = 92
	explainLabel  = 14
	shownRows     = 8
	shownExamples = 16
)

// paint colours text, or does not.
type paint struct{ on bool }

func (p paint) wrap(code, text string) string {
	return terminal.Paint(p.on, code, text)
}

func (p paint) bold(text string) string  { return p.wrap("1", text) }
func (p paint) faint(text string) string { return p.wrap("2", text) }
func (p paint) red(text string) string   { return p.wrap("31", text) }
func (p paint) green(text string) string { return p.wrap("32", text) }

// entriesText is the explanation for people.
func entriesText(entries []entry, colors bool) string {
	w := &page{paint: paint{colors}}
	for i := range entries {
		if i > 0 {
			w.b.WriteString("\n")
		}
		w.entry(&entries[i])
	}
	return w.b.String()
}

// page is a text under way.
type page struct {
	b     strings.Builder
	paint paint
}

// entry writes one explanation.
func (w *page) entry(e *entry) {
	fmt.Fprintf(&w.b, "%s  %s\n\n", w.paint.bold(terminal.Clean(e.Name)), w.paint.faint(e.Kind))
	w.paragraph("  ", sentence(e.Meaning))
	w.b.WriteString("\n")
	w.label("Why", e.Why)
	w.label("Cause", e.Cause)
	if e.Code != nil {
		w.code(e.Code)
	}
	w.label(remedyLabel(e), e.Remedy)
	w.label("Afterwards", e.Follow)
	w.label("Severity", severityText(e))
	w.label("Certainty", e.Certainty)
	w.label("Known from", strings.Join(e.Known, "\n"))
	w.label("Where", strings.Join(e.Fields, "\n"))
	w.label("Where", e.Path)
	w.label("Listed by", strings.Join(e.Products, ", "))
	for _, n := range e.Notes {
		w.label(n.Label, n.Text)
	}
	w.label("Level", e.Level)
	w.label("Class", e.Class)
	if e.Coverage != nil {
		w.label("Covered by", coverageText(e.Coverage))
	}
	if len(e.Requirements) == 0 {
		label := "Specified in"
		if len(e.Products) > 0 && !slices.Contains(e.Products, "MS-UPSMODS") {
			label = "Its element" // the specification knows that, and not the value
		}
		w.label(label, placeText(e))
	}
	w.statements(e.Requirements)
	w.checkedBy(e.Rules)
	w.label("Since", e.Since)
	for i := range e.Examples {
		w.example(&e.Examples[i])
	}
}

func remedyLabel(e *entry) string {
	if e.Kind == "rule" || e.Certainty != "" || strings.HasPrefix(e.Kind, "finding") {
		return "Fix"
	}
	return "What to do"
}

// sentence begins with a capital and ends with a full stop; names of fields at
// the beginning stay as they are.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	if first, _, _ := strings.Cut(text, " "); !strings.ContainsAny(first, "-_@:'=./(") {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}

// severityText joins the profiles that agree.
func severityText(e *entry) string {
	if len(e.Severity) == 0 {
		return ""
	}
	if e.Certainty != "" {
		text := e.Severity["reconcile"]
		if e.Lower != "" {
			text += "; " + e.Lower + " in a lighter case"
		}
		return text
	}
	in := map[string][]string{} // profiles by severity
	var order []string
	for _, p := range validate.Profiles() {
		s, ok := e.Severity[string(p)]
		if !ok {
			continue
		}
		if in[s] == nil {
			order = append(order, s)
		}
		in[s] = append(in[s], string(p))
	}
	// What most profiles say comes first, and off comes last.
	slices.SortStableFunc(order, func(a, b string) int {
		return cmp.Or(boolOrder(a == off, b == off), cmp.Compare(len(in[b]), len(in[a])))
	})
	var parts []string
	for i, s := range order {
		if i > 0 || len(order) > 1 && order[1] == off || len(e.Severity) < len(validate.Profiles()) {
			s += " in profile " + strings.Join(in[s], ", ")
		}
		parts = append(parts, s)
	}
	text := strings.Join(parts, "; ")
	if e.Lower != "" {
		text += "; " + e.Lower + " in a lighter case"
	}
	if len(e.Known) > 0 {
		text += "; info in profile server where a product is known for it"
	}
	return text
}

// off is how a rule is graded in a profile that does not have it.
const off = "off"

// boolOrder puts what is not before what is.
func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func coverageText(c *coveredBy) string {
	text := c.Covered
	switch {
	case c.Covered == coverage.Schema && c.Reason == "":
		return "the schema: findings have XSD- ids and name this row"
	case len(c.By) > 0:
		text += " " + strings.Join(c.By, ", ")
	}
	if c.Reason != "" {
		text += ": " + c.Reason
	}
	return text
}

func placeText(e *entry) string {
	source := "[MS-UPSMODS] "
	if strings.HasPrefix(e.Name, "M") && e.Kind == "requirement" {
		source = "import-error of the 2003 reference, "
	}
	switch {
	case e.Section == "" && e.Line == 0:
		return ""
	case e.Section == "":
		return fmt.Sprintf("%sline %d", source, e.Line)
	case e.Line == 0:
		return source + e.Section
	}
	return fmt.Sprintf("%s%s, line %d", source, e.Section, e.Line)
}

// statements writes the rows behind a rule.
func (w *page) statements(rows []statement) {
	if len(rows) == 0 {
		return
	}
	var lines []string
	for i, r := range rows {
		if i == shownRows && len(rows) > shownRows+1 {
			var more []string
			for _, r := range rows[i:] {
				more = append(more, r.ID)
			}
			lines = append(lines, "and "+strings.Join(more, " "))
			break
		}
		place := ""
		switch {
		case r.Section != "" && r.Line > 0:
			place = fmt.Sprintf(" (%s, line %d)", r.Section, r.Line)
		case r.Line > 0:
			place = fmt.Sprintf(" (line %d)", r.Line)
		}
		lines = append(lines, r.ID+place+": "+r.Statement)
	}
	w.label("Requirements", strings.Join(lines, "\n"))
}

// checkedBy writes the rules that speak of a term.
func (w *page) checkedBy(rules []checkedBy) {
	var lines []string
	for _, r := range rules {
		lines = append(lines, r.ID+": "+r.Title)
	}
	w.label("Rules", strings.Join(lines, "\n"))
}

// code writes the readings of an error code.
func (w *page) code(c *codeEntry) {
	for _, r := range c.Readings {
		text := r.Meaning
		if r.Name != "" {
			text = r.Name + ": " + text
		}
		if r.Look != "" {
			text += " Look at " + r.Look + "."
		}
		w.label(r.Space, text)
	}
}

// label writes a labelled text; each of its lines begins in the column of
// texts.
func (w *page) label(label, text string) {
	if text == "" {
		return
	}
	margin := strings.Repeat(" ", explainLabel+2)
	for i, line := range strings.Split(text, "\n") {
		lead := margin
		if i == 0 {
			lead = "  " + w.paint.bold(label) + strings.Repeat(" ", max(explainLabel-len(label), 1))
		}
		for j, part := range terminal.Fold(line, explainWidth-explainLabel-2) {
			if j > 0 {
				lead = margin
			}
			w.b.WriteString(lead + part + "\n")
		}
	}
}

// paragraph writes a text after a margin.
func (w *page) paragraph(margin, text string) {
	for _, line := range terminal.Fold(text, explainWidth-len(margin)) {
		w.b.WriteString(margin + line + "\n")
	}
}

// example writes an example: lines that only the failing document has, those
// that the passing one has in their place, and the findings.
func (w *page) example(e *example) {
	w.b.WriteString("\n  " + w.paint.bold("Example"))
	if e.Fails != "" {
		w.b.WriteString(w.paint.faint("  - " + e.Fails))
	}
	if e.Passes != "" {
		w.b.WriteString("\n  " + strings.Repeat(" ", len("Example")) + w.paint.faint("  + "+e.Passes))
	}
	w.b.WriteString("\n\n")
	indent := commonIndent(e.Lines)
	for i := range e.Lines {
		if i == shownExamples && len(e.Lines) > shownExamples+1 {
			fmt.Fprintf(&w.b, "         %s\n", w.paint.faint(fmt.Sprintf("... %d lines more", len(e.Lines)-i)))
			break
		}
		w.exampleLine(&e.Lines[i], indent)
	}
	for _, finding := range e.Findings {
		w.b.WriteString("\n")
		w.paragraph("    ", finding)
	}
}

func (w *page) exampleLine(l *exampleLine, indent int) {
	number := strings.Repeat(" ", 5)
	if l.Line > 0 {
		number = fmt.Sprintf("%5d", l.Line)
	}
	text := ""
	if len(l.Text) >= indent {
		text = clipColumns(terminal.Clean(l.Text[indent:]), explainWidth-11)
	}
	switch l.In {
	case inFails:
		fmt.Fprintf(&w.b, "  %s %s\n", w.paint.faint(number), w.paint.red("- "+text))
	case inPasses:
		fmt.Fprintf(&w.b, "  %s %s\n", w.paint.faint(number), w.paint.green("+ "+text))
	case inNone:
		fmt.Fprintf(&w.b, "  %s\n", w.paint.faint("  ..."))
	default:
		fmt.Fprintf(&w.b, "  %s   %s\n", w.paint.faint(number), text)
	}
}

// commonIndent is the white space that all lines begin with.
func commonIndent(lines []exampleLine) int {
	indent := -1
	for i := range lines {
		if own := len(lines[i].Text) - len(strings.TrimLeft(lines[i].Text, " ")); lines[i].In != inNone && (indent < 0 || own < indent) {
			indent = own
		}
	}
	return max(indent, 0)
}

// clipColumns cuts text to a width.
func clipColumns(text string, width int) string {
	if terminal.Columns(text) <= width {
		return text
	}
	n := 0
	for i, c := range text {
		if n += terminal.RuneColumns(c); n > width-3 {
			return text[:i] + "..."
		}
	}
	return text
}
