// Package rundetails is the typed model of run histories: every element and
// attribute of the run-details schema ([MS-UPSMODS] section 2.2.1), a
// streaming reader of it and its canonical writer.
//
// A [Builder] follows a [source.Reader] and hands out nodes when their end tag
// has been read: incidents, object errors, import errors, export errors, retry
// errors, counter blocks, steps, runs, the history. It is total: it takes
// whatever stands in a document and marks what it could not read. In its
// streaming form it holds one error record at a time, and a [Step] carries
// tallies of its errors in place of them; in its retaining form ([Read]) the
// whole tree is kept.
//
// It imports only source. To add an element: its name in names.go, a field in
// this file, its place in elements.go and in write.go.
//
// The package is stable: the README says what that means.
package rundetails

// History is a document: the runs that it holds.
type History struct {
	Place
	Wrapped  bool // under execution-histories
	RunCount int
	Runs     []*Run // retaining form only
}

// Run is one run-details: the execution of a run profile of one management
// agent (2.2.1.1).
type Run struct {
	Place
	History     *History
	MAID        GUID
	MAName      Text
	Number      Number
	ProfileName Text
	SecurityID  Text
	Outline     []StepOutline // in document order
	// OutlineCut means that the run has more steps than an outline holds.
	OutlineCut bool
	Steps      []*Step // retaining form only
}

// MaxOutline is the number of steps of a run that its outline holds.
const MaxOutline = 20_000

// StepOutline is what a run remembers of each of its steps.
type StepOutline struct {
	Place
	Number     Number
	ID         GUID
	Start, End Instant
	Result     string
	Retried    Instant // of the Tally
}

// Step is one step-details: one step of the run (2.2.1.1.1).
type Step struct {
	Place
	Run               *Run
	Number            Number
	ID                GUID
	Start, End        Instant
	Result            StepResult
	Description       Description
	CurrentExport     Number // current-export-step-counter
	LastExport        Number // last-successful-export-step-counter
	Connection        Connection
	DiscoveryErrors   Block
	DiscoveryCounters DiscoveryCounters
	SyncErrors        Block
	RetryErrorBlock   Block
	Staging           CounterBlock // the first staging-counters
	Inbound           CounterBlock // the first inbound-flow-counters
	Export            CounterBlock // the first export-counters
	Tally             Tally
	Cut               bool // larger than a step may be; parts of it are missing

	// Retaining form only.
	Incidents    []*Incident
	ObjectErrors []*ObjectError
	ImportErrors []*ImportError
	ExportErrors []*ExportError
	RetryErrors  []*RetryError
	Outbound     []*CounterBlock
	MoreBlocks   []*CounterBlock // a second staging-, inbound- or export block and further ones
}

// StepResult is step-result.
type StepResult struct {
	Text
	Progress, File Text
}

// Block is an element that only holds others.
type Block struct {
	Place
	Present bool
}

// Description is step-description: the configured step, of any form.
type Description struct {
	Block
	Root *Any // its attributes, text and elements; nil when absent

	noted               bool // read to its end: the following is what it says
	stepType, partition string
}

// Connection is ma-connection (2.2.1.1.1.1).
type Connection struct {
	Block
	Result, Server Text
	Log            Block // connection-log
}

// Incident is one attempt to connect.
type Incident struct {
	Place
	Step   *Step
	Result Text
	Date   Instant
	Server Text
	Error  CDError
	// Previous is the date of the incident before it, absent at the first.
	Previous Instant
	Cut      bool
}

// CDError is cd-error: what the connected data source said.
type CDError struct {
	Block
	Code, Literal, Detail Text
}

// Encoded is a value that may be base64: anchor, parent-anchor, value.
type Encoded struct {
	Text
	Encoding Text
}

// ObjectError is ma-object-error: an error on an object that the agent tried
// to discover (2.2.1.1.1.2).
type ObjectError struct {
	Place
	Step          *Step
	Type          Text
	EntryNumber   Number
	LineNumber    Number
	ColumnNumber  Number
	DN            Text
	Anchor        Encoded
	AttributeName Text
	Error         CDError
	Values        []*Text
	Cut           bool
}

// DiscoveryCounters is ma-discovery-counters (2.2.1.1.1.3).
type DiscoveryCounters struct {
	Block
	FilteredDeletions, FilteredObjects Number
}

// AlgorithmStep is algorithm-step.
type AlgorithmStep struct {
	Text
	MAID GUID
	DN   Text
}

// ImportError is import-error (2.2.1.1.1.4). Its cs-guid is a GUID by the
// prose and a string by the schema.
type ImportError struct {
	Place
	Step          *Step
	CSGUID        GUID
	DN            Text
	FirstOccurred Instant
	RetryCount    Number
	DateOccurred  Instant
	Type          Text
	AlgorithmStep AlgorithmStep
	Change        ChangeNotReimported
	Extension     ExtensionError
	Rules         RulesError
	Cut           bool // larger than a record may be; parts are missing
}

// ExportError is export-error (2.2.1.1.1.4).
type ExportError struct {
	Place
	Step          *Step
	CSGUID        GUID
	DN            Text
	DateOccurred  Instant
	FirstOccurred Instant
	RetryCount    Number
	Type          Text
	Error         CDError
	Cut           bool
}

// RetryError is retry-error (2.2.1.1.1.5).
type RetryError struct {
	Place
	Step          *Step
	MVGUID        GUID
	DisplayName   Text
	DateOccurred  Instant
	Type          Text
	AlgorithmStep AlgorithmStep
	Extension     ExtensionError
	Rules         RulesError
	Cut           bool
}

// ChangeNotReimported is change-not-reimported: what was exported and what
// came back.
type ChangeNotReimported struct {
	Block
	Delta Delta
	Entry Entry
}

// Delta is the change that was exported.
type Delta struct {
	Block
	Operation, DN Text
	Anchor        Encoded
	DNAttributes  []*Attribute
	Attributes    []*Attribute
}

// Entry is the object as it came back.
type Entry struct {
	Block
	DN                 Text
	Anchor             Encoded
	ParentAnchor       Encoded
	PrimaryObjectClass Text
	ObjectClass        Block
	ObjectClasses      []*Text // oc-value
	DNAttributes       []*Attribute
	Attributes         []*Attribute
}

// Attribute is attr or dn-attr.
type Attribute struct {
	Place
	Operation, Name, Type, MultiValued Text
	Values                             []*Value
}

// Value is value of an attr, or dn-value of a dn-attr.
type Value struct {
	Encoded           // of value
	Operation Text    // in a delta
	DN        Text    // of dn-value
	Anchor    Encoded // of dn-value
}

// ExtensionError is extension-error-info.
type ExtensionError struct {
	Block
	Name, CallSite, Context, CallStack Text
}

// RulesError is rules-error-info.
type RulesError struct {
	Block
	Context MappingContext
}

// MappingContext is rules-error-info/context.
type MappingContext struct {
	Block
	MAID       GUID
	MAName     Text
	CSObjectID GUID
	DN         Text
	Mapping    Mapping
}

// Mapping is attribute-mapping: the import or export flow that failed.
type Mapping struct {
	Block
	DestAttr, ContextID Text
	Direct              DirectMapping
	Scripted            ScriptedMapping
	Constant            ConstantMapping
	DNPart              DNPartMapping
}

// DirectMapping is direct-mapping.
type DirectMapping struct {
	Block
	Source    Text // src-attribute
	Intrinsic Text
}

// ScriptedMapping is scripted-mapping.
type ScriptedMapping struct {
	Block
	Sources []*Text
	Script  Text // script-context
}

// ConstantMapping is constant-mapping.
type ConstantMapping struct {
	Block
	Value Text
}

// DNPartMapping is dn-part-mapping.
type DNPartMapping struct {
	Block
	Part Number
}
