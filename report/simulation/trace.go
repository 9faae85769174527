package simulation

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"io"

	"github.com/runhist/runhist/analyze/engine"
)

// TraceSchema is the JSON Schema of a line of a trace.
//
//go:embed trace.schema.json
var TraceSchema string

// Trace writes the events of a simulation, a JSON object a line, in order. It
// is an engine.Tracer. After an error it writes nothing; Close returns it.
type Trace struct {
	out *bufio.Writer
	enc *json.Encoder
	err error
}

// NewTrace returns a trace that goes to w.
func NewTrace(w io.Writer) *Trace {
	t := &Trace{out: bufio.NewWriterSize(w, 64<<10)}
	t.enc = json.NewEncoder(t.out)
	t.enc.SetEscapeHTML(false)
	return t
}

// event is an event as it is written: empty fields are left out.
type event struct {
	Kind string `json:"kind"`
	Run  int    `json:"run"`
	Step int    `json:"step"`
	// Transaction is the same for the events of one transaction of a run.
	Transaction int      `json:"transaction"`
	Object      *object  `json:"object,omitempty"`
	Target      *object  `json:"target,omitempty"`
	MV          *meta    `json:"mv,omitempty"`
	Block       string   `json:"block,omitempty"`
	Counter     string   `json:"counter,omitempty"`
	Rule        string   `json:"rule,omitempty"`
	Number      int      `json:"number,omitempty"`
	Status      string   `json:"status,omitempty"`
	Detail      string   `json:"detail,omitempty"`
	Resolution  string   `json:"resolution,omitempty"`
	Mapping     string   `json:"mapping,omitempty"`
	Sources     []string `json:"sources,omitempty"`
	Attribute   string   `json:"attribute,omitempty"`
	Operator    string   `json:"operator,omitempty"`
	Value       []string `json:"value,omitempty"`
	Compared    string   `json:"compared,omitempty"`
	Initial     []string `json:"initial,omitempty"`
	Final       []string `json:"final,omitempty"`
	Matches     []*meta  `json:"matches,omitempty"`
}

type object struct {
	Agent string `json:"agent"`
	ID    string `json:"id,omitempty"`
	DN    string `json:"dn,omitempty"`
	Type  string `json:"type,omitempty"`
}

type meta struct {
	ID      string `json:"id"`
	Type    string `json:"type,omitempty"`
	Display string `json:"display,omitempty"`
}

func objectOf(r engine.ObjectRef) *object {
	if r == (engine.ObjectRef{}) {
		return nil
	}
	return &object{r.Agent, id(r.ID), r.DN, r.Type}
}

func metaOf(r engine.MVRef) *meta {
	if r == (engine.MVRef{}) {
		return nil
	}
	return &meta{id(r.ID), r.Type, r.Display}
}

// id is a GUID as text, "" for none.
func id(g engine.GUID) string {
	if g == (engine.GUID{}) {
		return ""
	}
	return g.String()
}

// eventOf is an event as it is written.
func eventOf(ev *engine.Event) *event {
	e := &event{Kind: string(ev.Kind), Run: ev.Run, Step: ev.Step, Transaction: ev.Transaction, Object: objectOf(ev.Object), Target: objectOf(ev.Target), MV: metaOf(ev.MV),
		Block: ev.Block, Counter: ev.Counter, Rule: ev.Rule, Number: ev.Number, Status: ev.Status, Detail: ev.Detail, Resolution: ev.Resolution,
		Mapping: ev.Mapping, Sources: ev.Sources, Attribute: ev.Attribute, Operator: ev.Operator, Value: ev.Value, Compared: ev.Compared,
		Initial: ev.Initial, Final: ev.Final}
	for _, m := range ev.Matches {
		e.Matches = append(e.Matches, metaOf(m))
	}
	return e
}

// Event implements engine.Tracer.
func (t *Trace) Event(ev engine.Event) {
	if t.err != nil {
		return
	}
	t.err = t.enc.Encode(eventOf(&ev))
}

// Close writes what is held back and returns the first error.
func (t *Trace) Close() error {
	if t.err == nil {
		t.err = t.out.Flush()
	}
	return t.err
}
