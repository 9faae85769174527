package engine

// Tracer receives the events of a run, in order. The events of one object come
// when its transaction ends, so that final values are known (SE-N12).
type Tracer interface {
	Event(Event)
}

// EventKind names an event. The names are those of SE-N12, and "count" for an
// object that a counter counted.
type EventKind string

// The kinds of events.
const (
	EventCount           EventKind = "count"
	EventTransient       EventKind = "cs.transient"
	EventError           EventKind = "error"
	EventFilter          EventKind = "filter.alternative"
	EventFilterCondition EventKind = "filter.condition"
	EventDeletionRule    EventKind = "mv.deletion-rule"
	EventRecall          EventKind = "mv.recall"
	EventRecallValue     EventKind = "mv.recall.value"
	EventRepopulate      EventKind = "mv.repopulate"
	EventJoinCriterion   EventKind = "join.criterion"
	EventJoinCondition   EventKind = "join.condition"
	EventProjection      EventKind = "projection"
	EventTypeChange      EventKind = "mv.type-change"
	EventImportFlow      EventKind = "flow.import"
	EventProvision       EventKind = "provision.call"
	EventProvisionAction EventKind = "provision.action"
	EventAdd             EventKind = "cs.add"
	EventRename          EventKind = "cs.rename"
	EventDeprovision     EventKind = "cs.deprovision"
	EventSummary         EventKind = "cs.summary"
	EventExportFlow      EventKind = "flow.export"
	EventExport          EventKind = "export.request"
)

// Event is one line of a trace. Which fields are set depends on the kind: the
// columns of SE-N12.
type Event struct {
	Kind EventKind
	Run  int // run number of the agent; 0 in a preview
	Step int // step number; 0 in a preview
	// Transaction is the same for the events of one transaction. It counts from
	// 1 in each run.
	Transaction int
	Object      ObjectRef
	// Target is the other object of an outbound event.
	Target ObjectRef
	MV     MVRef
	// Rule is the id of the configured rule, or the SE rule that decided.
	Rule   string
	Number int // of the filter, the join rule, the call, counted from 1
	Status string
	Detail string
	// Resolution of a join criterion, with the name in Detail.
	Resolution string
	Mapping    string // Declared, Direct, Rules Extension, Constant, DN Component
	Sources    []string
	Attribute  string
	Operator   string
	Value      []string
	Compared   string
	Initial    []string
	Final      []string
	Matches    []MVRef
	// Counter and its block: staging, inbound, outbound (Target.Agent says
	// of which agent), export, discovery.
	Block, Counter string
}

// ObjectRef names a connector space object.
type ObjectRef struct {
	Agent string
	ID    GUID
	DN    string
	Type  string
}

// MVRef names a metaverse object.
type MVRef struct {
	ID      GUID
	Type    string
	Display string // displayName, or the id
}
