package reconcile

import (
	"math"
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/measure"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/archive"
	"github.com/runhist/runhist/validate/rule/keys"
)

// never is the time of what has no readable date.
const never = math.MinInt64

// document is what is kept of the runs of a document until the ledger takes
// them. A run ends its part of the list of steps, a step its parts of the
// others.
type document struct {
	runs   []runFacts
	steps  []stepFacts
	counts []count
	types  []typeFacts
	flows  []flowFacts
	errors []errorFacts
	labels []label
}

// runFacts is a run.
type runFacts struct {
	agent         identity
	profile, path string
	number, line  uint32
	numbered      bool
	cut           bool // some of it is missing
	stepsTo       int
}

// identity is what is said of an agent.
type identity struct {
	id    rundetails.ID
	known bool // the id
	name  string
}

// stepFacts is a step.
type stepFacts struct {
	start, end        int64
	id                uint64 // a key of step-id, 0 where it is not known
	partition, result string
	number            uint32
	line, index       uint32
	kind              kind

	countsTo, typesTo, flowsTo, errorsTo int
}

// count is a counter, or a number of errors, that is above 0.
type count struct {
	of measure.Measure
	n  uint32
}

// typeFacts counts errors of a type.
type typeFacts struct {
	of      measure.Measure
	errType string
	n       uint32
}

// flowFacts is what a step did to the pending changes of an agent.
type flowFacts struct {
	to identity
	flow
}

// errorFacts is an error of an object.
type errorFacts struct {
	kind    errorKind
	errType string
	failure
}

// label is the name of an object that has errors.
type label struct {
	key  uint64
	text string
}

// The limits of a document, which waits for its turn with others.
const (
	maxLabels   = 64
	maxFailures = 1 << 15
	maxText     = 120 // bytes of a name that are kept
)

// collector is a validate.Observer that keeps the facts of each run.
type collector struct {
	rundetails.Ignore
	doc   *document
	texts map[string]string // that were kept, so that equal ones share memory
	cut   bool              // facts of the run under way are left out
}

func newCollector() *collector {
	return &collector{doc: &document{}, texts: map[string]string{}}
}

// Take hands over the facts of the document.
func (c *collector) Take() any {
	doc := c.doc
	c.doc, c.cut = &document{}, false
	if len(c.texts) > 1<<10 {
		clear(c.texts)
	}
	return doc
}

// text copies a text that lives only as long as its record.
func (c *collector) text(s string) string {
	if len(s) > maxText {
		s = strings.ToValidUTF8(s[:maxText], "")
	}
	if kept, ok := c.texts[s]; ok {
		return kept
	}
	kept := strings.Clone(s)
	c.texts[kept] = kept
	return kept
}

func (c *collector) identity(id *rundetails.GUID, name string) identity {
	who := identity{known: archive.Known(id), name: c.text(name)}
	if who.known {
		who.id = id.ID
	}
	return who
}

// ImportError keeps an error.
func (c *collector) ImportError(e *rundetails.ImportError) {
	kind := flowError
	if e.AlgorithmStep.Value == "staging" || e.Type.Value == notReimported {
		kind = stagingError
	}
	c.failed(kind, e.At(), &e.CSGUID, e.DN.Value, e.Type.Value, &e.FirstOccurred, &e.RetryCount)
}

// ExportError keeps an error.
func (c *collector) ExportError(e *rundetails.ExportError) {
	c.failed(exportError, e.At(), &e.CSGUID, e.DN.Value, e.Type.Value, &e.FirstOccurred, &e.RetryCount)
}

func (c *collector) failed(kind errorKind, at *rundetails.Place, object *rundetails.GUID, dn, errType string,
	first *rundetails.Instant, retries *rundetails.Number) {
	if len(c.doc.errors) >= maxFailures {
		c.cut = true
		return
	}
	f := failure{first: never, line: at.Line}
	switch {
	case archive.Known(object):
		f.object = keys.Of(object.ID).Sum()
	case dn != "":
		f.object = keys.Folded(dn).Sum()
	default:
		return
	}
	if first.Valid {
		f.first = first.Millis
	}
	if retries.Valid {
		f.retries = uint32(retries.N)
	}
	c.doc.errors = append(c.doc.errors, errorFacts{kind, c.text(errType), f})
	if dn != "" && len(c.doc.labels) < maxLabels {
		c.doc.labels = append(c.doc.labels, label{f.object, c.text(dn)})
	}
}

// CounterBlock keeps the counters above 0.
func (c *collector) CounterBlock(b *rundetails.CounterBlock) {
	counters := b.Counters()
	first := measure.First(b.Kind)
	for i := range counters {
		if counters[i].Above(0) {
			c.doc.counts = append(c.doc.counts, count{first + measure.Measure(i), measure.Clamp(counters[i].N)})
		}
	}
	if b.Kind != rundetails.Outbound {
		return
	}
	n := func(of measure.Measure) uint64 { return counters[of-first].N }
	f := flow{
		adds: measure.Clamp(n(measure.ProvisionedAddNoFlow) + n(measure.ProvisionedAddFlow)),
		changes: measure.Clamp(n(measure.ProvisionedRenameNoFlow) + n(measure.ProvisionedRenameFlow) +
			n(measure.ProvisionedDeleteAddNoFlow) + n(measure.ProvisionedDeleteAddFlow) + n(measure.OutboundConnectorFlow)),
		disconnects: measure.Clamp(n(measure.ProvisionedDisconnect)),
	}
	if f != (flow{}) {
		c.doc.flows = append(c.doc.flows, flowFacts{c.identity(&b.MAID, b.MA.Value), f})
	}
}

// Step keeps a step.
func (c *collector) Step(s *rundetails.Step) {
	step := stepFacts{start: never, end: never, line: s.Line, index: s.Index, kind: kindOf(s),
		partition: c.text(s.Description.Partition()), result: c.text(s.Result.Value)}
	if s.Number.Valid {
		step.number = uint32(s.Number.N)
	}
	if s.Start.Valid {
		step.start = s.Start.Millis
	}
	if s.End.Valid {
		step.end = s.End.Millis
	}
	if archive.Known(&s.ID) {
		step.id = keys.Of(s.ID.ID).Sum()
	}
	c.cut = c.cut || s.Cut
	c.counted(measure.FilteredDeletions, s.DiscoveryCounters.FilteredDeletions.N)
	c.counted(measure.FilteredObjects, s.DiscoveryCounters.FilteredObjects.N)
	for i, of := range [...]*rundetails.ErrorTally{&s.Tally.ObjectErrors, &s.Tally.ImportErrors, &s.Tally.ExportErrors, &s.Tally.RetryErrors} {
		kind := measure.DiscoveryErrors + measure.Measure(i)
		c.counted(kind, uint64(of.Count))
		for _, t := range of.Types {
			c.doc.types = append(c.doc.types, typeFacts{kind, c.text(t.Type), uint32(t.Count)})
		}
	}
	d := c.doc
	step.countsTo, step.typesTo, step.flowsTo, step.errorsTo = len(d.counts), len(d.types), len(d.flows), len(d.errors)
	d.steps = append(d.steps, step)
}

func (c *collector) counted(of measure.Measure, n uint64) {
	if n > 0 {
		c.doc.counts = append(c.doc.counts, count{of, measure.Clamp(n)})
	}
}

// Run keeps the run itself, which its parts stand before.
func (c *collector) Run(r *rundetails.Run) {
	c.doc.runs = append(c.doc.runs, runFacts{
		agent: c.identity(&r.MAID, r.MAName.Value), profile: c.text(r.ProfileName.Value), path: c.text(r.Path()),
		number: uint32(r.Number.N), numbered: r.Number.Valid, line: r.Line, cut: c.cut || r.OutlineCut, stepsTo: len(c.doc.steps),
	})
	c.cut = false
}

// kind is what a step does.
type kind uint8

// The kinds, which a step may have several of.
const (
	imports kind = 1 << iota
	full         // import: of all objects
	syncs
	exports
	toFile // the step only writes a drop file
)

// is tells whether a step is of all the kinds.
func (k kind) is(all kind) bool { return k&all == all }

// kindOf reads the kind from the description of the step, and where that says
// nothing from what was counted.
func kindOf(s *rundetails.Step) kind {
	switch stepType := s.Description.Type(); {
	case stepType == "apply-rules":
		return syncs
	case stepType == "export":
		k := exports
		if onlyFile(s) {
			k |= toFile
		}
		return k
	case strings.Contains(stepType, "import"):
		k := imports
		if strings.HasPrefix(stepType, "full-") {
			k |= full
		}
		_, subtypes := s.Description.StepType()
		switch {
		case len(subtypes) == 0:
			k |= syncs
		case onlyFile(s):
			k |= toFile
		}
		return k
	case stepType != "":
		return 0
	}
	var k kind
	if s.Tally.ExportAbove0 || s.Tally.ExportErrors.Count > 0 {
		k |= exports
	}
	if s.Tally.StagingAbove0 {
		k |= imports
	}
	if s.Tally.InboundAbove0 || s.Tally.OutboundAbove0 {
		k |= syncs
	}
	return k
}

// onlyFile tells a step that ends with its drop file.
func onlyFile(s *rundetails.Step) bool {
	_, subtypes := s.Description.StepType()
	return len(subtypes) > 0 && !slices.ContainsFunc(subtypes, func(subtype string) bool { return subtype != "to-file" })
}
