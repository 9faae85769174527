package query

import (
	"context"
	"io"

	"github.com/runhist/runhist/schemas/forms"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// maxFaults is how many faults of a document are kept; the others are counted.
const maxFaults = 20

// MaxRun is the most that a reader may be told to take of a run, in bytes.
const MaxRun = 1 << 30

// Reader queries inputs, one at a time.
type Reader struct {
	query   *Query
	maxRun  int64
	take    func(*Result) error
	forms   *forms.Documents
	reader  *source.Reader
	origin  *forms.Origin // of the document under way
	tree    tree
	second  *second // nil for none
	outcome Outcome
}

// Outcome is what became of an input.
type Outcome struct {
	Runs   int // that were queried
	Faults []source.Fault
	More   int          // faults that were not kept
	Large  []source.Pos // of runs that were too large to be queried

	Disagreements     []Disagreement // of the engines
	MoreDisagreements int            // that were not kept
}

// NewReader returns a reader that hands the results to take, in document
// order. A run of more than maxRun bytes, decoded, is not queried; maxRun is at
// most [MaxRun]. The memory that a run takes is about five times its size.
func NewReader(q *Query, limits source.Limits, maxRun int64, take func(*Result) error) *Reader {
	r := &Reader{query: q, maxRun: min(maxRun, MaxRun), take: take, tree: tree{names: map[string]string{}}}
	r.forms = forms.NewDocuments(limits, func(f source.Fault) {
		r.origin = nil
		r.fault(f)
	})
	r.reader = source.NewReader(rundetails.Vocabulary(), limits, r.fault)
	return r
}

// fault keeps a fault that is one of the input.
func (r *Reader) fault(f source.Fault) {
	f, theirs := r.origin.Fault(f)
	switch {
	case !theirs:
	case len(r.outcome.Faults) < maxFaults || f.Fatal:
		r.outcome.Faults = append(r.outcome.Faults, f)
	default:
		r.outcome.More++
	}
}

// Input queries the runs of an input, whatever its form. The error is that of
// reading, of take, of the context, or of a pattern that was computed and is
// none; it ends the input.
func (r *Reader) Input(ctx context.Context, in io.Reader) (Outcome, error) {
	r.outcome = Outcome{}
	r.tree.ctx = ctx
	r.forms.Reset(in)
	for {
		document, err := r.forms.Next()
		if err == nil {
			r.origin = document.Origin
			err = r.document(document)
		}
		if err == io.EOF {
			return r.outcome, nil
		}
		if err != nil {
			return r.outcome, err
		}
	}
}

// document queries one of its documents.
func (r *Reader) document(in io.Reader) error {
	r.reader.Reset(in)
	for {
		switch r.reader.Next() {
		case source.StartElement:
			if r.reader.Name() != "run-details" || r.reader.Space() != "" {
				continue
			}
			ended, err := r.one()
			if err != nil || !ended {
				return err
			}
		case source.EndDocument:
			return nil
		case source.Stop:
			return r.reader.Err()
		}
	}
}

// one queries the run that begins here. It tells whether reading can go on.
func (r *Reader) one() (bool, error) {
	t, from := &r.tree, r.reader.BytesRead()
	at, depth, large := r.begin(), r.reader.Depth(), false
	place := r.origin.At(r.reader.Pos())
	for {
		kind := r.reader.Next()
		if kind == source.Stop || kind == source.EndDocument {
			return false, r.reader.Err()
		}
		if !large && r.reader.BytesRead()-from > r.maxRun {
			large = true
			r.outcome.Large = append(r.outcome.Large, place)
			t.reset()
		}
		ended := kind == source.EndElement && r.reader.Depth() == depth
		switch {
		case large && ended:
			return true, nil
		case large:
			continue
		}
		r.lead(at, kind)
		switch {
		case kind == source.StartElement:
			at = t.element(at, r.reader)
		case !ended:
			at = t.nodes[at].parent
		default:
			r.outcome.Runs++
			return true, r.run()
		}
	}
}

// begin begins a tree: the run below its history, or what stands for it.
func (r *Reader) begin() int32 {
	t := &r.tree
	t.reset()
	t.path, t.origin = r.reader.Path(), r.origin
	history := t.add(0, node{line: 1, column: 1, kind: Element, name: "run-history"})
	t.run = t.element(history, r.reader)
	return t.run
}

// lead takes the character data before a tag; white space counts only where it
// is all that an element has.
func (r *Reader) lead(at int32, kind source.Kind) {
	text := r.reader.Lead()
	if len(text) == 0 || r.reader.LeadBlank() && (kind == source.StartElement || r.tree.nodes[at].first != 0) {
		return
	}
	pos := r.reader.LeadPos()
	if pos.Line == 0 {
		pos = source.Pos{Line: r.tree.nodes[at].line, Column: r.tree.nodes[at].column}
	}
	r.tree.data(at, text, pos)
}
