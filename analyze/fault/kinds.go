package fault

// Kind is a kind of fault, by its name in the scenario.
type Kind string

// The kinds of faults: what goes wrong, and the fields that say so.
const (
	// Connect: the connection fails at once, or is lost after AfterObjects
	// objects (ConnectionResult).
	Connect Kind = "connect"
	// DiscoveryError: an import delivers an error of Type in place of an
	// object, or of entry Entry of page Page; it may name an Attribute.
	DiscoveryError Kind = "discovery-error"
	// ExportError: the source refuses to export an object, with an Attribute
	// only if the request carries it.
	ExportError Kind = "export-error"
	// StoreOtherValue: whatever is exported to Attribute, Value is stored.
	StoreOtherValue Kind = "store-other-value"
	// DropWrite: an export is accepted and not carried out; with an Attribute,
	// only that is lost.
	DropWrite Kind = "drop-write"
	// IgnoreDelete: an exported delete is accepted and not carried out.
	IgnoreDelete Kind = "ignore-delete"
	// WithholdRecord: a delta import does not deliver the object.
	WithholdRecord Kind = "withhold-record"
	// ReferenceFailure: a request that carries Attribute, if Value is given
	// with that value, fails for its references.
	ReferenceFailure Kind = "reference-failure"
	// Answer: an export is answered with Answer where that is possible.
	Answer Kind = "answer"
	// StepResult: a step does not start and has Result, or, During it, ends
	// with Result after AfterObjects objects; a result of steps that come to
	// their end is that of the whole step.
	StepResult Kind = "step-result"
	// Lock: another run holds the object when it is synchronized or exported.
	Lock Kind = "lock"
	// Extension: a call of a scripted rule fails.
	Extension Kind = "extension"
	// StopService: the service stops in the next run, in Step (0: the first)
	// after AfterObjects objects.
	StopService Kind = "stop-service"
)

// The results of a Connect fault. The first two keep a step from starting; the
// others end it after the connection had succeeded (SE-K42).
const (
	FailedConnection     = "failed-connection"
	FailedAuthentication = "failed-authentication"
	DroppedConnection    = "dropped-connection"
	FailedSearch         = "failed-search"
)

// Outcome is how a scripted rule fails.
type Outcome string

// The outcomes of an Extension fault.
const (
	Exception Outcome = "exception"
	Crash     Outcome = "crash"
	Timeout   Outcome = "timeout"
)
