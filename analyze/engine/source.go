package engine

// Source is a connected data source: the engine reads entries from it and
// sends changes to it. A Source is a plain machine: it answers from what it
// holds, without clock or randomness, so that a run can be repeated. Faults
// are answers like any others.
type Source interface {
	// OpenImport starts an import. An Opening with a result keeps the step
	// from starting.
	OpenImport(ImportRequest) Opening
	// NextPage returns the next entries of the import. It is called until a
	// page has no More.
	NextPage() Page
	// FullObject answers the request for one whole object (SE-K01); false if
	// it is not there. Called only if the capability FullObject is set.
	FullObject(dn string, anchor []byte) (Entry, bool)
	// OpenExport starts an export.
	OpenExport(ExportRequest) Opening
	// Export carries out one batch and returns an answer for each request,
	// in order. Fewer answers than requests mean that the rest was not sent,
	// and the last answer must then be a stop.
	Export(batch []ExportRequestEntry) []ExportAnswer
	// Close ends the import or export.
	Close()
}

// ImportRequest says what an import is to deliver.
type ImportRequest struct {
	Partition string // name
	Delta     bool
	Watermark []byte // of a delta import: changes after it
	PageSize  int
	InputFile string
	// FromDropFile: the entries are those of a drop file, so that there is
	// nothing to connect to (SE-R2, resume-from-file).
	FromDropFile bool
}

// ExportRequest says what an export is about.
type ExportRequest struct {
	Partition string
	BatchSize int
	Full      bool
}

// Opening is the answer to the start of an import or export.
type Opening struct {
	// Incidents are the attempts to connect, in order; empty for sources
	// that the engine does not connect itself (SE-K42).
	Incidents []Incident
	Server    string
	// Result, if set, is the step result of a step that could not start, and
	// File the file that it names.
	Result StepResult
	File   string
}

// Page is one page of an import.
type Page struct {
	Entries []ImportEntry
	// Watermark after the page; nil if the source has none (SE-I12).
	Watermark []byte
	More      bool
	// Result, if set, stops the step after the entries of the page; File is
	// the file that it names, and Incident a connection that was lost.
	Result   StepResult
	File     string
	Incident *Incident
}

// ImportKind is the modification type of an imported entry.
type ImportKind uint8

// The modification types. A full import delivers only Add (SE-I1).
const (
	Add ImportKind = iota
	Update
	Delete
)

// ImportEntry is one entry of an import: an object, a change, or an error in
// place of one.
type ImportEntry struct {
	Kind ImportKind
	// Entry is the whole object of an Add. Of an Update it holds the names
	// and, in Attributes, the attributes that changed with all their values:
	// an attribute without values is deleted.
	Entry
	// Changes are value deltas of an Update, applied after Attributes.
	Changes []AttributeChange
	// Error: the entry could not be read (SE-I2). Its names, as far as
	// known, stand in Entry.
	Error *DiscoveryError
}

// Entry is an object of a connected data source.
type Entry struct {
	DN         string
	Anchor     []byte
	Type       string
	Attributes []Attr
}

// Attr is an attribute with its values. Values are text: integers in decimal,
// booleans "true" or "false", binary values as their bytes, references as the
// DN of their target.
type Attr struct {
	Name   string
	Values []string
}

// AttributeChange adds and removes values of one attribute.
type AttributeChange struct {
	Name        string
	Add, Remove []string
}

// ExportKind is the kind of an export request.
type ExportKind uint8

// The kinds of export requests. ExportReplace is a delete-add as one request
// (SE-E6).
const (
	ExportAdd ExportKind = iota
	ExportUpdate
	ExportDelete
	ExportReplace
)

// ExportRequestEntry is one object of a batch.
type ExportRequestEntry struct {
	Kind   ExportKind
	DN     string // as the source knows the object
	NewDN  string // of a rename, else empty
	Anchor []byte
	Type   string
	// Attributes carry the values that the object is to have afterwards; an
	// attribute without values is to be deleted. All of them for an add or
	// an agent with ObjectReplace, else the changed ones.
	Attributes []Attr
	// Changes carry value deltas instead (AttributeUpdate, and references of
	// ReferenceUpdate).
	Changes []AttributeChange
	Pass    int // 1 to 4 (SE-N6)
}

// ExportStatus is what became of an export request.
type ExportStatus uint8

// The answers to an export request (SE-E5).
const (
	ExportOK             ExportStatus = iota
	ReferenceFailure                  // ExportErrorReferenceAttributeFailure
	RetryReferences                   // ExportActionRetryReferenceAttribute
	ConvertUpdateToAdd                // ExportActionConvertUpdateToAdd
	ProvisioningParent                // ExportActionProvisioningParent
	ExportFailed                      // an error of this object
	ExportFailedStop                  // custom-stop: an error, and the step stops
	ExportConnectionLost              // the request was not carried out, and the step stops
)

// ExportAnswer is the answer to one request.
type ExportAnswer struct {
	Status ExportStatus
	Anchor []byte // of an accepted add: the anchor that the source assigned
	// Given are the attributes that the source itself gave to an accepted
	// add, whatever the request said of them: those of the anchor, and the
	// object class where it is an attribute.
	Given []Attr
	// ErrorType, and what the source said, of a failure.
	ErrorType string
	Error     *CDError
	// Result overrides the step result of a stop.
	Result   StepResult
	Incident *Incident
}

// Faults interfere with a run. A nil Faults does nothing.
type Faults interface {
	// Before returns a result that keeps the step from starting, or nothing.
	Before(agent string, step int) StepResult
	// During returns what ends a step that has started: after so many
	// objects, or, with a result of steps that come to their end, there. The
	// zero Stop does nothing.
	During(agent string, step int) Stop
	// Locked returns the error type of an object that another run holds
	// (SE-R4), or nothing. It is asked before an object is synchronized or
	// exported. The anchor is nil if it is not known.
	Locked(agent, dn string, anchor []byte) string
}
