package engine

import "time"

// Setup is everything that the engine is told before the first run: the
// configuration of a synchronization server as plain values, free of any file
// format. Slices keep the order of the configuration where order has meaning;
// names of object types and attributes are compared without case.
type Setup struct {
	Seed    uint64    // ids and costs; see SE section 10
	Start   time.Time // the virtual clock before the first run
	Account string    // security-id of the runs

	Agents    []Agent
	Metaverse Metaverse

	Limits   Limits
	Switches map[string]string // assumptions by name; see [Switches]
	Costs    Costs             // zero: [DefaultCosts]
}

// Limits end a run that collects too many errors (SE-K31).
type Limits struct {
	Errors   int // 0: 5,000
	Warnings int // 0: 100,000
}

// Costs are what operations cost on the virtual clock.
type Costs struct {
	Step, Import, Sync, Export time.Duration
}

// DefaultCosts are the costs that a Setup without costs has.
func DefaultCosts() Costs {
	return Costs{Step: 400 * time.Millisecond, Import: time.Millisecond, Sync: 2 * time.Millisecond, Export: 5 * time.Millisecond}
}

// Agent is one management agent.
type Agent struct {
	ID      GUID
	Name    string
	Created time.Time
	Schema  Schema
	// Extension names the assembly of its scripted rules.
	Extension    string
	Capabilities Capabilities
	Partitions   []Partition // at least one; "default" where the agent has no others
	Profiles     []Profile

	Filters        []FilterSet // stay-disconnector, document order
	Joins          []JoinCriterion
	Projections    []Projection
	ExportFlows    []ExportFlowSet
	Deprovisioning Deprovisioning
	// DNFrom says what the DN of a provisioned object is made of where
	// provisioning gives none: never with DNs of LDAP style.
	DNFrom []DNFrom
	// Recall says that values of a disconnected object leave the metaverse
	// (per-ma-options enable-recall).
	Recall bool
}

// DNFrom names the attributes whose initial values make a DN, joined by a plus
// sign (SE-N9, dn-construction).
type DNFrom struct {
	Type       string // object type; empty: every one
	Attributes []string
}

// Schema lists the object types and attributes of an agent or of the
// metaverse.
type Schema struct {
	Types      []ObjectType
	Attributes []Attribute // schema order, which is the order of SE-N6 pass 3
}

// ObjectType is a class of objects.
type ObjectType struct {
	Name string
	// Hierarchy is the objectClass values from top to leaf, for the oc-value
	// elements of an entry (SE-K09). Empty: the name alone.
	Hierarchy []string
	// Container marks types that may hold other objects (SE-N8
	// unsupported-container-delete). An object that has children counts as
	// a container whatever its type.
	Container bool
	// Attributes may be empty, which means every attribute of the schema.
	Attributes []string
}

// AttributeKind is the syntax of an attribute.
type AttributeKind uint8

// The syntaxes of attributes.
const (
	String AttributeKind = iota
	Integer
	Boolean
	Binary
	Reference
)

var kindNames = [...]string{"string", "integer", "boolean", "binary", "reference"}

func (k AttributeKind) String() string { return kindNames[k] }

// Attribute is an attribute of a schema.
type Attribute struct {
	Name        string
	Kind        AttributeKind
	MultiValued bool
	// Excluded: not in attribute-inclusion. It is neither staged (SE-D1) nor
	// exported (SE-K27).
	Excluded bool
	// ExportOnly attributes are never imported and never confirmed (SE-N10).
	ExportOnly bool
	// MaxLength of a metaverse string in UTF-16 code units (SE-N8
	// mv-constraint-violation); 0: none.
	MaxLength int
}

// DNStyle says what distinguished names look like (SE-K38).
type DNStyle uint8

// The styles of distinguished names.
const (
	StyleNone    DNStyle = iota // the DN is the anchor
	StyleGeneric                // one level, apart from the anchor
	StyleLDAP                   // hierarchical
)

// ExportType says how much of an object an export request carries (SE-E7).
type ExportType uint8

// The kinds of export requests.
const (
	AttributeUpdate ExportType = iota
	AttributeReplace
	ObjectReplace
	ReferenceUpdate // MultivaluedReferenceAttributeUpdate
)

// Confirmation says which exports a later import does not show (SE-K11).
type Confirmation uint8

// The kinds of confirmation.
const (
	ConfirmNormal Confirmation = iota
	NoDeleteConfirmation
	NoAddAndDeleteConfirmation
)

// Capabilities are what an agent can do. They come from the category or from
// the scenario, never from the capabilities mask (SE-K20).
type Capabilities struct {
	DNStyle    DNStyle
	DNAsAnchor bool // the DN is the only key (IsDNAsAnchor)
	// ExactAnchors: where the anchor is the DN, its case tells objects apart
	// (case_normalize_dn_for_anchor of SE-N9 is off).
	ExactAnchors bool
	DeltaImport  bool
	// FullObject: the agent answers requests for one whole object (SE-K01).
	FullObject            bool
	ExportType            ExportType
	Confirmation          Confirmation
	ImmediateConfirmation bool
	Rename                bool // ObjectRename
	DeleteAddAsReplace    bool
	// NoReferencesInFirstExport is NoReferenceValuesInFirstExport.
	NoReferencesInFirstExport bool
	PasswordInSecondExport    bool // ExportPasswordInFirstPass=false
	// FullExport agents are handed every object on every export.
	FullExport bool
	// Uppercase and RemoveAccents convert strings on export (SE-K10).
	Uppercase, RemoveAccents bool
	PageSize                 int // entries a page of an import; 0: 100
	BatchSize                int // objects a batch of an export; 0: 1
}

// Partition is a part of a connected data source.
type Partition struct {
	ID       GUID
	Name     string // "default", or the DN of its root
	Selected bool
	// Deleted and Renamed partitions keep a step from starting (SE-K35).
	Deleted, Renamed bool
	// Types selected; empty: every type.
	Types []string
	// Inclusions and Exclusions are DNs of containers; the longest that
	// matches decides, and no inclusion includes everything.
	Inclusions, Exclusions []string
	// BatchNumber, SequenceNumber and LastSuccessfulBatch are where the
	// export counters start (SE-E9).
	BatchNumber, SequenceNumber, LastSuccessfulBatch int
}

// Metaverse is the configuration of the metaverse.
type Metaverse struct {
	Schema       Schema
	Extension    string
	ImportFlows  []ImportFlows // document order
	Provisioning Provisioning
	Deletion     []DeletionRule
}

// Provisioning is the mode of provisioning (SE-Y12).
type Provisioning uint8

// The modes of provisioning. Synchronization rules are not executed: a step
// that needs one does not start.
const (
	ProvisionNone Provisioning = iota
	ProvisionScripted
	ProvisionSyncRule
	ProvisionBoth
)
