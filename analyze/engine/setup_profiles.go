package engine

// Profile is a run profile: steps in ascending order.
type Profile struct {
	ID    GUID
	Name  string
	Steps []Step
}

// StepKind is what a step does (SE-R2).
type StepKind uint8

// The kinds of steps. The plain imports stage only (subtype to-cs).
const (
	FullImport StepKind = iota
	FullImportDeltaSync
	FullImportFullSync // full-import-reevaluate-rules
	DeltaImport
	DeltaImportDeltaSync
	DeltaSync // apply-rules, apply-pending
	FullSync  // apply-rules, reevaluate-flow-connectors
	// FullSyncAll is apply-rules, reevaluate-join-flow-all.
	FullSyncAll
	Export
)

// Step is one step of a run profile.
type Step struct {
	ID   GUID // step-id of the history; zero: made from the profile and the position (SE-F07)
	Kind StepKind
	// ToFile and ResumeFromFile are the drop-file subtypes. A step with
	// ToFile alone stops before staging (SE-K54); both: it goes on with its
	// own drop file.
	ToFile, ResumeFromFile bool
	Partition              GUID
	ObjectLimit            int // threshold/object; 0: none
	DeleteLimit            int // threshold/delete; 0: none
	// BatchSize of the step's custom data; 0: that of the capabilities
	// (SE-K29).
	BatchSize int
	// Description is the configured step as the history echoes it.
	Description StepDescription
}

// StepDescription is what the history repeats of a configured step. The engine
// does not read it, apart from the input file, which file errors name.
type StepDescription struct {
	Type       string   // step-type/@type
	Subtypes   []string // import-, export- or apply-rules-subtype
	Partition  string   // the name
	BatchSize  string   // threshold/batch-size, as written
	DropFile   string
	CustomData string // XML, verbatim
	InputFile  string
}

// Imports reports whether steps of the kind read the connected data source.
func (k StepKind) Imports() bool { return k <= DeltaImportDeltaSync }

// Delta reports whether steps of the kind read only what changed.
func (k StepKind) Delta() bool { return k == DeltaImport || k == DeltaImportDeltaSync }

// Synchronizes reports whether steps of the kind apply rules.
func (k StepKind) Synchronizes() bool {
	return k != FullImport && k != DeltaImport && k != Export
}

// Full reports whether steps of the kind apply rules to every object.
func (k StepKind) Full() bool {
	return k == FullImportFullSync || k == FullSync || k == FullSyncAll
}
