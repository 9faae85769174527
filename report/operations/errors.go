package operations

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
)

// ErrorKind tells the lists of errors of a step apart.
type ErrorKind uint8

// The kinds of errors, in the order in which they are shown.
const (
	DiscoveryError ErrorKind = iota // ma-object-error
	ImportError                     // import-error
	ExportError                     // export-error
	RetryError                      // retry-error
)

func (k ErrorKind) title() string {
	return [...]string{"Discovery Errors", "Synchronization Errors", "Export Errors", "Retry Errors"}[k]
}

// ErrorGroup is the errors of one kind and type in a step.
type ErrorGroup struct {
	Kind     ErrorKind
	Type     string
	Count    int
	Oldest   Moment // the earliest first-occurred
	Latest   Moment // the latest date-occurred
	Retries  Count  // the highest retry-count
	Examples []Example
}

// Example is an error of a group.
type Example struct {
	Object string // the DN, or what else names the object
	Text   string // the code and what was said about it
}

// maxTypes is the number of error types that a step tells apart; the errors of
// further types are one group.
const maxTypes = 100

// otherTypes names the group of the errors of further types.
const otherTypes = "(other types)"

// group returns the group of an error, and counts the error.
func (s *Step) group(kind ErrorKind, errorType string) *ErrorGroup {
	find := func(name string) *ErrorGroup {
		for i := range s.Errors {
			if g := &s.Errors[i]; g.Kind == kind && g.Type == name {
				return g
			}
		}
		return nil
	}
	g := find(errorType)
	if g == nil { // it may be known by the clean form of its name
		errorType = brief(errorType, 80)
		g = find(errorType)
	}
	if g == nil && len(s.Errors) >= maxTypes {
		errorType = otherTypes
		g = find(errorType)
	}
	if g == nil {
		s.Errors = append(s.Errors, ErrorGroup{Kind: kind, Type: errorType})
		g = &s.Errors[len(s.Errors)-1]
	}
	g.Count++
	return g
}

// sortErrors puts the groups in the order in which they are shown: by kind,
// the largest first.
func (s *Step) sortErrors() {
	slices.SortStableFunc(s.Errors, func(a, b ErrorGroup) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(b.Count, a.Count), strings.Compare(a.Type, b.Type))
	})
}

// at takes the dates and the retries of an error.
func (g *ErrorGroup) at(first, last *rundetails.Instant, retries *rundetails.Number) {
	if first != nil && first.Valid && (!g.Oldest.Known || first.Millis < g.Oldest.Millis) {
		g.Oldest = moment(first)
	}
	if last.Valid && (!g.Latest.Known || last.Millis > g.Latest.Millis) {
		g.Latest = moment(last)
	}
	if retries != nil && retries.Valid && (!g.Retries.Present || retries.N > g.Retries.N) {
		g.Retries = Count{N: retries.N, Present: true}
	}
}

// The bytes that are kept of an example.
const (
	maxObject  = 400
	maxExample = 400
)

// add keeps an example. Equal texts, which are the rule, share their memory.
func (g *ErrorGroup) add(object, said string) int {
	e := Example{Object: brief(object, maxObject), Text: brief(said, maxExample)}
	size := len(e.Object) + 2*16
	if n := len(g.Examples); n > 0 && g.Examples[n-1].Text == e.Text {
		e.Text = g.Examples[n-1].Text
	} else {
		size += len(e.Text)
	}
	g.Examples = append(g.Examples, e)
	return size
}

// ObjectError takes a discovery error.
func (c *collector) ObjectError(e *rundetails.ObjectError) {
	g := c.step.group(DiscoveryError, e.Type.Value)
	if !c.wants(g) {
		return
	}
	var at []string
	for _, p := range []struct {
		what string
		n    *rundetails.Number
	}{{"entry", &e.EntryNumber}, {"line", &e.LineNumber}, {"column", &e.ColumnNumber}} {
		if p.n.Present {
			at = append(at, p.what+" "+strings.TrimSpace(p.n.Value))
		}
	}
	place := strings.Join(at, ", ")
	said := said(&e.Error)
	if e.AttributeName.Present {
		attribute := "attribute " + brief(e.AttributeName.Value, 80)
		if len(e.Values) > 0 {
			attribute += " = " + strconv.Quote(brief(firstLine(e.Values[0].Value), 80))
		}
		said = joined(": ", attribute, said)
	}
	if e.DN.Value != "" {
		said = joined(": ", place, said)
	}
	c.spend(g.add(or(e.DN.Value, place), said))
}

// ImportError takes a synchronization error.
func (c *collector) ImportError(e *rundetails.ImportError) {
	g := c.step.group(ImportError, e.Type.Value)
	g.at(&e.FirstOccurred, &e.DateOccurred, &e.RetryCount)
	if c.wants(g) {
		text := joined(": ", ruleText(&e.AlgorithmStep, &e.Rules, &e.Extension), changed(&e.Change.Delta))
		c.spend(g.add(or(e.DN.Value, e.CSGUID.Value), text))
	}
}

// ExportError takes an export error.
func (c *collector) ExportError(e *rundetails.ExportError) {
	g := c.step.group(ExportError, e.Type.Value)
	g.at(&e.FirstOccurred, &e.DateOccurred, &e.RetryCount)
	if c.wants(g) {
		c.spend(g.add(or(e.DN.Value, e.CSGUID.Value), said(&e.Error)))
	}
}

// RetryError takes an error on a metaverse object.
func (c *collector) RetryError(e *rundetails.RetryError) {
	g := c.step.group(RetryError, e.Type.Value)
	g.at(nil, &e.DateOccurred, nil)
	if c.wants(g) {
		object := joined(" ", brief(e.DisplayName.Value, maxObject/2), brief(e.MVGUID.Value, 60))
		text := ruleText(&e.AlgorithmStep, &e.Rules, &e.Extension)
		if e.AlgorithmStep.DN.Value != "" {
			text = joined(", ", brief(e.AlgorithmStep.DN.Value, maxObject/2), text)
		}
		c.spend(g.add(object, text))
	}
}

// said is what the connected data source said: its code and the first line of
// its words.
func said(e *rundetails.CDError) string {
	words := firstLine(e.Literal.Value)
	if detail := firstLine(e.Detail.Value); detail != "" && detail != words {
		words = joined("; ", words, detail)
	}
	return joined(" ", firstLine(e.Code.Value), words)
}

// ruleText says at which step of the algorithm, for which attribute and in
// which extension an error happened, and the first line of the call stack.
func ruleText(at *rundetails.AlgorithmStep, rules *rundetails.RulesError, extension *rundetails.ExtensionError) string {
	where := strings.TrimSpace(at.Value)
	if to := rules.Context.Mapping.DestAttr.Value; to != "" {
		where = joined(" ", where, "to "+brief(to, 80))
	}
	where = joined(", ", where, joined(" ", firstLine(extension.Name.Value), firstLine(extension.CallSite.Value)))
	return joined(": ", where, firstLine(extension.CallStack.Value))
}

// changed says what had been exported and did not come back.
func changed(d *rundetails.Delta) string {
	if !d.Present {
		return ""
	}
	var names []string
	for _, list := range [][]*rundetails.Attribute{d.DNAttributes, d.Attributes} {
		for _, a := range list {
			if len(names) < 10 {
				names = append(names, brief(a.Name.Value, 80))
			}
		}
	}
	return joined(" of ", or(firstLine(d.Operation.Value), "change"), strings.Join(names, ", "))
}

// joined joins two texts, if there are two.
func joined(by, a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + by + b
}

// or is the text, or the other where it is blank.
func or(text, other string) string {
	if strings.TrimSpace(text) == "" {
		return other
	}
	return text
}
