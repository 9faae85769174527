// Package replay writes what a replay found: the histories that a simulation
// expects beside those that a server wrote. A [Report] has three parts: the
// findings in the expected histories, the findings in the actual ones, and the
// differences between both; and, where it was asked for, why the engine counted
// what it did.
//
//	text   for people: the parts one after another
//	json   for programs: one object, version 1, whose parts are the documents of
//	       runhist validate --format json and runhist diff --format json;
//	       schema.json describes it
//	junit  for continuous integration: the suites of all parts
//	html   one page that needs nothing from outside
//
// To add a format: a function that writes a [Report], and its line in All.
package replay

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/differences"
	"github.com/runhist/runhist/report/formats"
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/schemas/spelling"
	"github.com/runhist/runhist/schemas/wording"
)

// Report is what is written.
type Report struct {
	Version  string // of the tool
	Scenario string
	Head     report.Head
	Expected Judged
	Actual   Judged
	// Differences has the expected histories as A and the actual ones as B.
	Differences *differences.Report
	Why         []Explanation
	WhyCut      bool // there was more to explain
	Exit        int  // the status that the call ends with
}

// Judged is one side's documents and what was found in them.
type Judged struct {
	Files []report.File
	Tail  report.Tail
}

// Explanation says what stands behind a counter or an error of a step.
type Explanation struct {
	Path    string // as it was asked for
	Title   string // the run, the step and the counter
	Objects []Object
	More    int // objects that are not listed
	// Instead is what the engine did with the object of an error that it does not
	// have; the rule is the counter.
	Instead []Object
	// Counted are the counters of the step above zero, where there is no object.
	Counted string
}

// Object is an object that was counted, with what the engine decided about it
// in the step, a line each.
type Object struct {
	Agent, DN, Type string
	Rule            string // that counted it, or by which it is an error
	Decisions       []string
}

// Format is a way to write a report.
type Format struct {
	Name  string
	About string
	Write func(io.Writer, *Report, differences.Options) error
}

// All returns the formats, the usual one first.
func All() []Format {
	return []Format{
		{"text", "for people: findings, differences, reasons", writeText},
		{"json", "for programs: one object, version 1, see report/replay/schema.json", writeJSON},
		{"junit", "for continuous integration: the suites of all parts", writeJUnit},
		{"html", "one page that needs nothing from outside", writeHTML},
	}
}

// Find returns the format of that name, or an error that lists the known ones.
func Find(name string) (Format, error) {
	return spelling.Find("format", name, All(), func(f Format) string { return f.Name })
}

// findings writes the findings of one side in a format of validate.
func (r *Report) findings(w io.Writer, side *Judged, format string, color bool) error {
	f, err := formats.Find(format)
	if err != nil {
		return err
	}
	out := f.New(w, r.Head, report.Options{Color: color})
	for i := range side.Files {
		if err := out.File(&side.Files[i]); err != nil {
			return err
		}
	}
	return out.Close(&side.Tail)
}

// compared writes the differences in one of their formats.
func (r *Report) compared(w io.Writer, format string, o differences.Options) error {
	f, err := differences.Find(format)
	if err != nil {
		return err
	}
	return f.Write(w, r.Differences, o)
}

// Summary says in one line what was found.
func (r *Report) Summary() string {
	return fmt.Sprintf("expected %s; actual %s; %s", side(&r.Expected), side(&r.Actual),
		strings.NewReplacer("only in A", "expected only", "only in B", "actual only").Replace(differences.Summary(r.Differences.Tree)))
}

func side(j *Judged) string {
	s := &j.Tail.Summary
	return fmt.Sprintf("%s with %s and %s", wording.Counted(s.Runs, "run"), wording.Counted(s.Errors, "error"), wording.Counted(s.Warnings, "warning"))
}

func writeText(w io.Writer, r *Report, o differences.Options) error {
	for _, part := range []struct {
		title string
		of    *Judged
	}{{"Findings in the expected histories", &r.Expected}, {"Findings in the actual histories", &r.Actual}} {
		var text bytes.Buffer
		if err := r.findings(&text, part.of, "text", o.Color); err != nil {
			return err
		}
		if text.Len() == 0 {
			text.WriteString("none\n")
		}
		if _, err := fmt.Fprintf(w, "%s\n\n%s\n", part.title, text.Bytes()); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprint(w, "Differences (- expected, + actual)\n\n"); err != nil {
		return err
	}
	if err := r.compared(w, "text", o); err != nil {
		return err
	}
	for _, x := range r.Why {
		if _, err := fmt.Fprintf(w, "\nWhy %s\n%s", terminal.Clean(x.Title), x.text()); err != nil {
			return err
		}
	}
	if r.WhyCut {
		_, err := fmt.Fprintf(w, "\n%s\n", cut)
		return err
	}
	return nil
}

// cut says that there was more to explain.
const cut = "More differs than is explained: ask for it by its path."

// text lists the objects of an explanation.
func (x *Explanation) text() string {
	var b strings.Builder
	list := func(objects []Object) {
		for _, o := range objects {
			fmt.Fprintf(&b, "  %s\n", terminal.Clean(o.Name()))
			for _, d := range o.Decisions {
				fmt.Fprintf(&b, "    %s\n", terminal.Clean(d))
			}
		}
	}
	list(x.Objects)
	if note := x.Note(); note != "" {
		fmt.Fprintf(&b, "  %s\n", terminal.Clean(note))
	}
	list(x.Instead)
	return b.String()
}

// Note says what a list of objects leaves open: how many it does not have, or
// what the engine did where there is none; "" if nothing.
func (x *Explanation) Note() string {
	switch {
	case x.More > 0:
		return "and " + wording.Counted(x.More, "more object")
	case len(x.Objects) > 0:
		return ""
	case len(x.Instead) > 0:
		return "the engine has no such error; it did this with the object:"
	case x.Counted == "":
		return "no object: the engine counted nothing in this step"
	}
	return "no object: the engine counted none there; in this step it counted " + x.Counted
}

// Name names the object and the rule.
func (o *Object) Name() string {
	text := o.Agent + ": " + o.DN
	if o.Type != "" {
		text += " (" + o.Type + ")"
	}
	if o.Rule != "" {
		text += ", by " + o.Rule
	}
	return text
}

// Schema is the JSON Schema of the document; it refers to those of its parts.
//
//go:embed schema.json
var Schema string

// document is the JSON document.
type document struct {
	Version     int             `json:"version"`
	Tool        tool            `json:"tool"`
	Scenario    string          `json:"scenario"`
	Expected    json.RawMessage `json:"expected"`
	Actual      json.RawMessage `json:"actual"`
	Differences json.RawMessage `json:"differences"`
	Why         []why           `json:"why"`
	WhyCut      bool            `json:"whyCut"`
	Exit        int             `json:"exit"`
}

type tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type why struct {
	Path    string      `json:"path"`
	Title   string      `json:"title"`
	Objects []whyObject `json:"objects"`
	More    int         `json:"more"`
	Instead []whyObject `json:"instead"`
	Counted string      `json:"counted"`
}

type whyObject struct {
	Agent     string   `json:"agent"`
	DN        string   `json:"dn"`
	Type      string   `json:"type"`
	Rule      string   `json:"rule"`
	Decisions []string `json:"decisions"`
}

func writeJSON(w io.Writer, r *Report, o differences.Options) error {
	d := document{Version: 1, Tool: tool{"runhist", r.Version}, Scenario: r.Scenario, Why: []why{}, WhyCut: r.WhyCut, Exit: r.Exit}
	for _, part := range []struct {
		to    *json.RawMessage
		write func(io.Writer) error
	}{
		{&d.Expected, func(w io.Writer) error { return r.findings(w, &r.Expected, "json", false) }},
		{&d.Actual, func(w io.Writer) error { return r.findings(w, &r.Actual, "json", false) }},
		{&d.Differences, func(w io.Writer) error { return r.compared(w, "json", o) }},
	} {
		var text bytes.Buffer
		if err := part.write(&text); err != nil {
			return err
		}
		*part.to = text.Bytes()
	}
	for _, x := range r.Why {
		d.Why = append(d.Why, why{x.Path, x.Title, whyObjects(x.Objects), x.More, whyObjects(x.Instead), x.Counted})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(&d)
}

func whyObjects(list []Object) []whyObject {
	all := []whyObject{}
	for _, o := range list {
		all = append(all, whyObject{o.Agent, o.DN, o.Type, o.Rule, append([]string{}, o.Decisions...)})
	}
	return all
}

// writeJUnit puts the suites of all parts under one root.
func writeJUnit(w io.Writer, r *Report, o differences.Options) error {
	var all bytes.Buffer
	for _, write := range []func(io.Writer) error{
		func(w io.Writer) error { return r.findings(w, &r.Expected, "junit", false) },
		func(w io.Writer) error { return r.findings(w, &r.Actual, "junit", false) },
		func(w io.Writer) error { return r.compared(w, "junit", o) },
	} {
		var text bytes.Buffer
		if err := write(&text); err != nil {
			return err
		}
		all.Write(suites(text.Bytes()))
	}
	_, err := fmt.Fprintf(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"runhist analyze\">\n%s</testsuites>\n", all.Bytes())
	return err
}

// suites is what stands between the tags of the root of a JUnit document.
func suites(document []byte) []byte {
	start := bytes.Index(document, []byte("<testsuites"))
	end := bytes.LastIndex(document, []byte("</testsuites>"))
	if start < 0 || end < 0 {
		return nil
	}
	return append(bytes.Trim(document[start+bytes.IndexByte(document[start:], '>')+1:end], "\n"), '\n')
}

//go:embed replay.html
var page string

func writeHTML(w io.Writer, r *Report, _ differences.Options) error {
	t, err := template.New("replay").Parse(page)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := r.compared(&text, "text", differences.Options{}); err != nil {
		return err
	}
	type line struct{ Class, Text string }
	var lines []line
	for s := range strings.Lines(text.String()) {
		class := map[byte]string{'-': "a", '+': "b"}[s[0]]
		lines = append(lines, line{class, strings.TrimRight(s, "\n")})
	}
	return t.Execute(w, struct {
		*Report
		Line  string
		Sides []struct {
			Title string
			Of    *Judged
		}
		Lines []line
		Cut   string
	}{r, r.Summary(), []struct {
		Title string
		Of    *Judged
	}{{"Findings in the expected histories", &r.Expected}, {"Findings in the actual histories", &r.Actual}}, lines, map[bool]string{true: cut}[r.WhyCut]})
}
