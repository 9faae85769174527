package engine

import "time"

// RunRecord is what a run writes: the content of run-details as plain values
// (SE section 9). Steps are ascending.
type RunRecord struct {
	Agent     GUID
	AgentName string
	Number    int
	Profile   string
	Account   string
	Steps     []StepRecord
	// Result is the answer of Execute: the result of the last step.
	Result StepResult
}

// StepRecord is what one step writes.
type StepRecord struct {
	Number      int
	Step        Step
	Start, End  time.Time
	Result      StepResult
	File        string // step-result/@file
	Connection  Connection
	Discovery   []DiscoveryError
	Filtered    DiscoveryCounters
	SyncErrors  []ImportError
	RetryErrors []RetryError
	// ExportErrors are in the order of the objects.
	ExportErrors []ExportError
	Outbound     []Outbound // by the agents' ids, only those above zero
	Staging      StagingCounters
	Inbound      InboundCounters
	Export       ExportCounters
	// Note says more about why a step did not start; it is not written.
	Note string
	// Hash of the state after the step.
	Hash Hash
}

// Connection is ma-connection (SE-K42).
type Connection struct {
	Server    string
	Incidents []Incident
}

// Incident is one attempt to connect, or the loss of a connection. The engine
// dates it.
type Incident struct {
	Result string // connection-result
	Date   time.Time
	Server string
	Error  *CDError
}

// CDError is what a connected data source said.
type CDError struct {
	Code, Literal, Detail string
	Values                []string
}

// DiscoveryError is ma-object-error.
type DiscoveryError struct {
	Type          string
	EntryNumber   int // these three: 0 means absent (SE-K56)
	LineNumber    int
	ColumnNumber  int
	DN            string
	Anchor        []byte
	AttributeName string
	Error         *CDError
	Values        []string
	// Stop ends the step after this error: ImportErrorCustomStopRun,
	// ImportErrorParseError and the like (SE-K55).
	Stop StepResult
}

// DiscoveryCounters is ma-discovery-counters.
type DiscoveryCounters struct {
	FilteredDeletions, FilteredObjects uint64
}

// AlgorithmStep is algorithm-step: where synchronization failed. MA and DN are
// set only for steps that work on another object (SE-N8).
type AlgorithmStep struct {
	Name string
	MA   GUID
	DN   string
}

// ImportError is import-error.
type ImportError struct {
	ID            GUID
	DN            string
	FirstOccurred time.Time
	RetryCount    int
	DateOccurred  time.Time
	Type          string
	Step          AlgorithmStep
	Change        *ChangeNotReimported
	Extension     *ExtensionError
	Rules         *RulesError
	// Warning: of the warning class (SE-K34).
	Warning bool
}

// RetryError is retry-error (SE-K44).
type RetryError struct {
	ID           GUID
	DisplayName  string
	DateOccurred time.Time
	Type         string
	Step         AlgorithmStep
	Extension    *ExtensionError
	Rules        *RulesError
}

// ExportError is export-error.
type ExportError struct {
	ID            GUID
	DN            string
	DateOccurred  time.Time
	FirstOccurred time.Time
	RetryCount    int
	Type          string
	Error         *CDError
}

// RulesError is rules-error-info: the flow that failed.
type RulesError struct {
	MA          GUID
	MAName      string
	Object      GUID
	DN          string
	Destination string // dest-attr
	ContextID   string // id of the flow
	Mapping     Mapping
}

// ChangeNotReimported is change-not-reimported (SE-K09): the changes that were
// exported and did not come back, and the object as it came back.
type ChangeNotReimported struct {
	Delta DeltaRecord
	Entry EntryRecord
}

// DeltaRecord is delta.
type DeltaRecord struct {
	Operation string // add, update, delete ...
	DN        string
	NewDN     string
	Anchor    []byte
	Changes   []ChangeRecord // schema order
}

// ChangeRecord is attr or dn-attr of a delta.
type ChangeRecord struct {
	Attribute   Attribute
	Operation   string // add, replace, update, delete
	Add, Remove []ValueRecord
}

// ValueRecord is a value, or the DN of a reference and its target's anchor.
type ValueRecord struct {
	Text   string
	Anchor []byte
}

// EntryRecord is entry.
type EntryRecord struct {
	DN                   string
	Anchor, ParentAnchor []byte
	PrimaryObjectClass   string
	ObjectClasses        []string
	Attributes           []AttributeRecord // schema order
}

// AttributeRecord is attr or dn-attr of an entry.
type AttributeRecord struct {
	Attribute Attribute
	Values    []ValueRecord
}
