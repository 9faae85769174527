package validate

import (
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/runhist/runhist/schemas/forms"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate/archive"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/xsd"
)

// Worker judges documents one after the other, with memory that it reuses. It
// is not safe for concurrent use.
type Worker struct {
	validator *Validator
	pipelines map[Profile]*pipeline
	scout     *scout // of profile auto
}

// Worker returns a new worker.
func (v *Validator) Worker() *Worker {
	w := &Worker{validator: v, pipelines: map[Profile]*pipeline{}}
	if v.options.Profile == Auto || slices.Contains(v.options.Profiles, Auto) {
		w.scout = newScout(v.standards[:len(autoProfiles())], v.options.Limits)
	}
	return w
}

// pipelineOf is the stages for a profile.
func (w *Worker) pipelineOf(p Profile) *pipeline {
	if w.pipelines[p] == nil {
		w.pipelines[p] = newPipeline(w.validator, w.validator.standard(p))
	}
	return w.pipelines[p]
}

// Document judges one input: its document, or in a form that holds several all
// of them as one. Whatever happens to it stays in its result, the panic of a
// stage too.
func (w *Worker) Document(file string, in io.Reader) (result Result) {
	profile, because := w.validator.profileOf(file), ""
	defer func() {
		if broken := recover(); broken != nil {
			p := w.pipelineOf(profile)
			if p.file != file { // it broke down before it began
				p.begin(file)
			}
			p.incomplete = true
			p.problem(fmt.Errorf("%s: a stage broke down: %v\n%s", file, broken, debug.Stack()))
			result = p.result()
			delete(w.pipelines, profile) // what its stages hold may be inconsistent
		}
	}()
	if profile == Auto {
		profile, because, in = w.scout.choose(in)
	}
	p := w.pipelineOf(profile)
	p.begin(file)
	p.because = because
	p.drive(in)
	return p.result()
}

// failed is the result of a document that could not be opened.
func (w *Worker) failed(file string, err error) Result {
	p := w.pipelineOf(w.validator.profileOf(file))
	p.begin(file)
	p.unreadable = true
	p.problem(err)
	return p.result()
}

// pipeline is the stages of one worker.
type pipeline struct {
	*collector
	forms    *forms.Documents
	reader   *source.Reader
	matcher  *xsd.Matcher
	builder  *rundetails.Builder
	runner   *rule.Runner
	opinion  *opinion
	facts    *archive.Collector // nil when no rule compares runs
	observer Observer           // nil when nobody asked for one
	origin   *forms.Origin      // of the document under way
	runs     int
	steps    int
	stopped  bool // a fault ended the reading
}

func newPipeline(v *Validator, s *standard) *pipeline {
	p := &pipeline{collector: &collector{Validator: v, standard: s}}
	p.forms = forms.NewDocuments(v.options.Limits, p.outerFault)
	p.reader = source.NewReader(s.schema.Vocabulary(), v.options.Limits, p.fault)
	p.matcher = s.schema.NewMatcher(p.violation, p.wantsViolation)
	p.runner = rule.NewRunner(s.rules, v.options.Now, p.found, p.wants)
	if p.runner.Across() {
		p.facts = archive.NewCollector()
	}
	if v.options.Observe != nil {
		p.observer = v.options.Observe()
	}
	p.builder = rundetails.NewBuilder(newVisitor(p), v.options.Limits.Value, p.recordCut)
	if s.opinion != nil {
		p.opinion = &opinion{engine: s.opinion}
	}
	return p
}

// begin makes the stages ready for an input. What rules remember of a document
// they remember of all that an input holds.
func (p *pipeline) begin(file string) {
	p.collector.begin(file)
	p.origin, p.runs, p.steps, p.stopped = nil, 0, 0, false
	p.runner.Reset()
}

// drive passes the documents of an input to the stages.
func (p *pipeline) drive(in io.Reader) {
	p.forms.Reset(in)
	for {
		doc, err := p.forms.Next()
		switch {
		case err == io.EOF:
			return
		case err != nil:
			p.unread(err)
			return
		}
		p.document(doc)
	}
}

// document passes the events of a document to the stages.
func (p *pipeline) document(doc *forms.Document) {
	p.origin = doc.Origin
	p.builder.Locate(nil)
	if doc.Origin != nil {
		p.builder.Locate(doc.Origin.At)
	}
	p.builder.Reset()
	p.matcher.Reset()
	p.events(doc)
	p.runs += p.builder.Runs()
}

// unread notes that the input could not be read.
func (p *pipeline) unread(err error) {
	p.unreadable = true
	p.problem(fmt.Errorf("read %s: %w", p.file, err))
}

func (p *pipeline) events(in io.Reader) {
	p.valid = true
	if p.opinion != nil {
		p.opinion.begin(p.reader)
		defer p.secondOpinion()
	}
	p.reader.Reset(in)
	match := !p.options.Replace
	for {
		switch p.reader.Next() {
		case source.StartElement:
			if match {
				p.matcher.Start(p.reader)
			}
			p.builder.Start(p.reader)
		case source.EndElement:
			if match {
				p.matcher.End(p.reader)
			}
			p.builder.End(p.reader)
		case source.EndDocument:
			p.builder.Finish()
			return
		case source.Stop:
			p.stopped = true
			if err := p.reader.Err(); err != nil {
				p.unread(err)
			}
			return
		}
	}
}

// secondOpinion compares the verdict of the other engine with ours, or takes
// its place.
func (p *pipeline) secondOpinion() {
	other, err := p.opinion.end(p.reader)
	switch {
	case err != nil:
		p.incomplete = true
		p.problem(fmt.Errorf("%s: the second schema engine: %w", p.file, err))
	case p.options.Replace:
		for _, o := range other.Findings {
			pos := source.Pos{Line: o.Line, Column: 1}
			if p.schemaID(o.ID) && !p.origin.Ours(o.ID, pos) {
				pos = p.origin.At(pos)
				p.add(finding.Finding{Line: pos.Line, Column: pos.Column, Path: "/", Rule: o.ID, Message: o.Message}, SchemaSeverity(o.ID), key{})
			}
		}
	case other.Valid != p.valid && !p.incomplete && !p.unreadable:
		p.incomplete = true
		p.problem(fmt.Errorf("%s: the schema engines disagree: native says %s, %s says %s", p.file, verdict(p.valid), p.opinion.engine.Name(), other.describe()))
	}
}

// schemaID tells ids of the schema stage from those of the source, which ours
// has reported already.
func (p *pipeline) schemaID(id string) bool { return strings.HasPrefix(id, "XSD-") }

func verdict(valid bool) string {
	if valid {
		return "valid"
	}
	return "invalid"
}

// recordCut notes that a record is larger than may be held.
func (p *pipeline) recordCut(at *rundetails.Place) {
	p.incomplete = true
	p.add(finding.Finding{Line: at.Line, Column: at.Column, Path: at.Path(), Rule: source.SRCLimitValue,
		Message: "the record holds more than the limit of bytes: the rest of it is not judged by the rules"}, finding.Error, key{})
}

// outerFault takes a fault of what is around documents.
func (p *pipeline) outerFault(f source.Fault) {
	p.origin = nil
	p.stopped = p.stopped || f.Fatal
	p.fault(f)
}

// fault takes a fault of the source.
func (p *pipeline) fault(f source.Fault) {
	f, theirs := p.origin.Fault(f)
	if !theirs {
		return
	}
	if f.ID != source.SRCLabel {
		p.valid = false
	}
	if f.Unread {
		p.incomplete = true
	}
	p.add(finding.Finding{Line: f.Pos.Line, Column: f.Pos.Column, Path: f.Path, Rule: f.ID, Message: f.Message}, SchemaSeverity(f.ID), key{})
}

// wantsViolation is wants; of a composed document all are wanted, because only
// their places tell which of them count.
func (p *pipeline) wantsViolation(id string) bool { return p.origin != nil || p.wants(id) }

// violation takes a violation of the schema.
func (p *pipeline) violation(v xsd.Violation) {
	p.valid = false
	if p.origin.Ours(v.ID, v.Pos) {
		return
	}
	v.Pos = p.origin.At(v.Pos)
	if v.Message == "" {
		p.cutOne(v.ID, finding.Error)
		return
	}
	f := finding.Finding{Line: v.Pos.Line, Column: v.Pos.Column, Path: v.Path, Rule: v.ID, Message: v.Message}
	p.place(&f, &v)
	k := key{element: v.Element, name: v.Value}
	switch {
	case v.Child != "":
		k.name = v.Child
	case v.ID == xsd.AttributeMissing || v.ID == xsd.AttributeUnexpected:
		k.name = v.Attribute
	}
	if v.Late {
		k.arm = "late"
	}
	p.add(f, finding.Error, k)
}

// result sums up.
func (p *pipeline) result() Result {
	stats := slices.Clone(p.runner.Stats())
	for i := range stats {
		if p.stopped || p.incomplete || p.unreadable {
			stats[i].NotEvaluated++ // what was not read may break it
		}
		if crash := stats[i].Crash; crash != "" {
			p.incomplete = true
			p.problem(fmt.Errorf("%s: rule %s crashed: %s", p.file, p.standard.rules[i].ID, crash))
		}
	}
	r := p.sum(stats)
	r.Runs, r.Steps = p.runs, p.steps
	if p.facts != nil {
		r.facts = p.facts.Take()
	}
	if p.observer != nil {
		r.Observed = p.observer.Take()
	}
	return r
}
