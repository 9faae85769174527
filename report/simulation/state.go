package simulation

import (
	"bufio"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"io"
	"time"

	"github.com/runhist/runhist/analyze/engine"
)

// StateSchema is the JSON Schema of a line of a state.
//
//go:embed state.schema.json
var StateSchema string

// WriteState writes the state of an engine, a JSON object a line: the connector
// space of each agent in the order given, then the metaverse, each in the order
// of making.
func WriteState(w io.Writer, e *engine.Engine, agents []string) error {
	out := bufio.NewWriterSize(w, 64<<10)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, agent := range agents {
		for o := range e.Objects(agent) {
			if err := enc.Encode(connector(&o)); err != nil {
				return err
			}
		}
	}
	for m := range e.Metaverse() {
		if err := enc.Encode(metaverse(&m)); err != nil {
			return err
		}
	}
	return out.Flush()
}

type connectorSpace struct {
	Kind          string           `json:"kind"` // connector-space
	Agent         string           `json:"agent"`
	ID            string           `json:"id"`
	DN            string           `json:"dn"`
	Anchor        string           `json:"anchor,omitempty"` // base64
	Type          string           `json:"type,omitempty"`
	Partition     string           `json:"partition,omitempty"`
	Link          string           `json:"link,omitempty"` // metaverse object
	State         string           `json:"state"`
	Placeholder   bool             `json:"placeholder,omitempty"`
	Transient     bool             `json:"transient,omitempty"`
	Synced        []stateAttribute `json:"synced,omitempty"`
	PendingImport string           `json:"pendingImport,omitempty"`
	Import        []stateAttribute `json:"import,omitempty"`
	Unapplied     *stateDelta      `json:"unapplied,omitempty"`
	Unconfirmed   *stateDelta      `json:"unconfirmed,omitempty"`
	ImportError   *stateError      `json:"importError,omitempty"`
	ExportError   *stateError      `json:"exportError,omitempty"`
	RefRetry      bool             `json:"refRetry,omitempty"`
	RenameRetry   bool             `json:"renameRetry,omitempty"`
}

type stateAttribute struct {
	Name   string   `json:"name"`
	Values []string `json:"values"` // binary ones in base64
}

type stateDelta struct {
	Operation string        `json:"operation"`
	NewDN     string        `json:"newDN,omitempty"`
	Changes   []stateChange `json:"changes,omitempty"`
}

type stateChange struct {
	Name      string   `json:"name"`
	Operation string   `json:"operation"`
	Add       []string `json:"add,omitempty"`
	Remove    []string `json:"remove,omitempty"`
}

type stateError struct {
	Type    string `json:"type"`
	First   string `json:"first"`
	Last    string `json:"last"`
	Retries int    `json:"retries"`
}

type metaverseObject struct {
	Kind       string           `json:"kind"` // metaverse
	ID         string           `json:"id"`
	Type       string           `json:"type"`
	Values     []metaverseValue `json:"values"`
	Connectors []string         `json:"connectors"`
	RefRetry   bool             `json:"refRetry,omitempty"`
	ProvRetry  bool             `json:"provRetry,omitempty"`
}

type metaverseValue struct {
	Attribute string `json:"attribute"`
	Value     string `json:"value"` // a binary one in base64
	Agent     string `json:"agent"`
	Object    string `json:"object,omitempty"`
	Rule      string `json:"rule,omitempty"`
}

func connector(o *engine.ObjectState) connectorSpace {
	c := connectorSpace{Kind: "connector-space", Agent: o.Agent, ID: o.ID.String(), DN: o.DN, Anchor: base64.StdEncoding.EncodeToString(o.Anchor),
		Type: o.Type, Partition: o.Partition, Link: id(o.Link), State: o.State, Placeholder: o.Placeholder, Transient: o.Transient,
		Synced: stateAttributes(o.Synced), Unapplied: deltaOf(o.Unapplied), Unconfirmed: deltaOf(o.Unconfirmed),
		ImportError: errorOf(o.ImportError), ExportError: errorOf(o.ExportError), RefRetry: o.RefRetry, RenameRetry: o.RenameRetry}
	if o.PendingImport != "none" {
		c.PendingImport, c.Import = o.PendingImport, stateAttributes(o.Import)
	}
	return c
}

func stateAttributes(list []engine.AttributeRecord) []stateAttribute {
	var all []stateAttribute
	for _, a := range list {
		all = append(all, stateAttribute{a.Attribute.Name, values(&a.Attribute, a.Values)})
	}
	return all
}

func values(of *engine.Attribute, list []engine.ValueRecord) []string {
	var all []string
	for _, v := range list {
		all = append(all, text(of.Kind, v.Text))
	}
	return all
}

// text is a value as it is written: a binary one in base64.
func text(kind engine.AttributeKind, value string) string {
	if kind == engine.Binary {
		return base64.StdEncoding.EncodeToString([]byte(value))
	}
	return value
}

func deltaOf(d *engine.DeltaRecord) *stateDelta {
	if d == nil {
		return nil
	}
	s := &stateDelta{Operation: d.Operation, NewDN: d.NewDN}
	for i := range d.Changes {
		c := &d.Changes[i]
		s.Changes = append(s.Changes, stateChange{c.Attribute.Name, c.Operation, values(&c.Attribute, c.Add), values(&c.Attribute, c.Remove)})
	}
	return s
}

func errorOf(e *engine.ErrorState) *stateError {
	if e == nil {
		return nil
	}
	return &stateError{e.Type, e.First.UTC().Format(time.RFC3339Nano), e.Last.UTC().Format(time.RFC3339Nano), e.Retries}
}

func metaverse(m *engine.MetaverseState) metaverseObject {
	o := metaverseObject{Kind: "metaverse", ID: m.ID.String(), Type: m.Type, RefRetry: m.RefRetry, ProvRetry: m.ProvRetry,
		Values: []metaverseValue{}, Connectors: []string{}}
	for _, v := range m.Values {
		o.Values = append(o.Values, metaverseValue{v.Attribute, text(v.Kind, v.Text), v.Agent, id(v.Object), v.Rule})
	}
	for _, c := range m.Connectors {
		o.Connectors = append(o.Connectors, c.String())
	}
	return o
}
