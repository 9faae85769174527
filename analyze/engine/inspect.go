package engine

import (
	"iter"
	"time"
)

// ObjectState is a connector space object as plain values.
type ObjectState struct {
	Agent       string
	ID          GUID
	DN          string
	Anchor      []byte
	Type        string // empty: placeholder
	Partition   string
	Link        GUID   // metaverse object; zero: disconnector
	State       string // normal, explicit, filtered
	Placeholder bool
	Transient   bool
	// Synced is the synchronized image, if there is one. PendingImport says
	// what the pending import does, and Import the image that it leads to.
	HasSynced              bool
	Synced                 []AttributeRecord
	PendingImport          string // none, add, update, delete, delete-add, obsolete
	Import                 []AttributeRecord
	Unapplied, Unconfirmed *DeltaRecord
	ImportError            *ErrorState
	ExportError            *ErrorState
	RefRetry, RenameRetry  bool
}

// ErrorState is the error that an object stands in.
type ErrorState struct {
	Type        string
	First, Last time.Time
	Retries     int
}

// MetaverseState is a metaverse object as plain values.
type MetaverseState struct {
	ID         GUID
	Type       string
	Values     []MetaverseValue // schema order, then ordinal
	Connectors []GUID           // agents by id, connectors by DN
	RefRetry   bool
	ProvRetry  bool
}

// MetaverseValue is a value with its lineage.
type MetaverseValue struct {
	Attribute string
	Kind      AttributeKind
	Text      string // references: the id of the target
	Agent     string // that contributed it
	Object    GUID   // that contributed it; zero after a disconnection without recall
	Rule      string // import flow
}

// Objects goes over the connector space of an agent in the order of making.
func (e *Engine) Objects(agent string) iter.Seq[ObjectState] {
	return func(yield func(ObjectState) bool) {
		a := e.agentByName[fold(agent)]
		if a == nil {
			return
		}
		for _, id := range e.spaces[a.index].objects {
			if e.object(id).is(flagLive) && !yield(e.objectState(a, id)) {
				return
			}
		}
	}
}

func (e *Engine) objectState(a *agent, id csID) ObjectState {
	o := e.object(id)
	s := ObjectState{Agent: a.cfg.Name, ID: e.guid(id), DN: e.dnOf(id), Anchor: e.anchorOf(id),
		State: [...]string{"normal", "explicit", "filtered"}[o.state], Placeholder: o.is(flagPlaceholder), Transient: o.is(flagTransient),
		HasSynced: o.is(flagSynced), Synced: e.attributeRecords(a, o.synced), PendingImport: o.pendingOp.String(), Import: e.attributeRecords(a, o.pending),
		RefRetry: o.is(flagRefRetry | flagRefJoined), RenameRetry: o.is(flagRenameRetry), ImportError: e.errorState(o.err)}
	if t := e.typeOf(o); t != nil {
		s.Type = t.Name
	}
	if o.partition != 0 {
		s.Partition = a.partitions[o.partition-1].cfg.Name
	}
	if o.mv != 0 {
		s.Link = e.metaGUID(o.mv)
	}
	if o.export != nil {
		s.ExportError = e.errorState(o.export.err)
	}
	if d := o.unapplied(); d != nil {
		r := e.deltaRecord(id, d)
		s.Unapplied = &r
	}
	if d := o.unconfirmed(); d != nil {
		r := e.deltaRecord(id, d)
		s.Unconfirmed = &r
	}
	return s
}

func (e *Engine) errorState(x *objectError) *ErrorState {
	if x == nil {
		return nil
	}
	return &ErrorState{x.typ, e.date(x.first), e.date(x.last), x.retries}
}

// Metaverse goes over the metaverse in the order of making.
func (e *Engine) Metaverse() iter.Seq[MetaverseState] {
	return func(yield func(MetaverseState) bool) {
		for id := mvID(1); id <= mvID(e.mv.n); id++ {
			if e.meta(id).flags&mvLive != 0 && !yield(e.metaState(id)) {
				return
			}
		}
	}
}

func (e *Engine) metaState(id mvID) MetaverseState {
	o := e.meta(id)
	s := MetaverseState{ID: e.metaGUID(id), Type: e.mvTypes[o.typ-1].Name, RefRetry: o.flags&mvRefRetry != 0, ProvRetry: o.flags&mvProvRetry != 0}
	for _, c := range e.connectorsOf(id, nil) {
		s.Connectors = append(s.Connectors, e.guid(c))
	}
	for _, v := range o.attrs {
		value := MetaverseValue{Attribute: e.mvAttrs[v.attr].Name, Kind: e.mvAttrs[v.attr].kind, Agent: e.agents[v.agent].cfg.Name}
		if e.mvAttrs[v.attr].kind == Reference {
			value.Text = e.metaGUID(mvID(v.val)).String()
		} else {
			value.Text = e.pool.text(v.val)
		}
		if v.cs != 0 {
			value.Object = e.guid(v.cs)
		}
		if v.rule != 0 {
			value.Rule = e.flows[v.rule-1].id
		}
		s.Values = append(s.Values, value)
	}
	sortMetaverseValues(s.Values, e.mvAttrByName)
	return s
}
