package engine

// FilterSet is the connector filter of one object type: alternatives joined by
// or, or a scripted filter (SE-Y1, SE-K48).
type FilterSet struct {
	ID           string
	Type         string // cd-object-type
	Scripted     bool
	Alternatives []FilterAlternative
}

// FilterAlternative is a list of conditions joined by and.
type FilterAlternative struct {
	ID         string
	Conditions []FilterCondition
}

// FilterOperator compares a value in a connector filter.
type FilterOperator uint8

// The operators of filter conditions.
const (
	Equality FilterOperator = iota
	Inequality
	Present
	NotPresent
	SubstringStart
	SubstringEnd
	SubstringContains
	Less
	LessOrEqual
	Greater
	GreaterOrEqual
	BitsSet
	BitsNotSet
)

var filterOperators = [...]string{"equality", "inequality", "present", "not-present", "substring-start", "substring-end",
	"substring-contains", "less-than", "less-than-or-equal", "greater-than", "greater-than-or-equal", "bit-set", "bit-not-set"}

func (o FilterOperator) String() string { return filterOperators[o] }

// FilterCondition compares one attribute.
type FilterCondition struct {
	Source   SourceAttribute
	Operator FilterOperator
	Value    string // in the form of an attribute value: see [Attr]
}

// SourceAttribute names what a mapping reads. Intrinsic ones are no attributes
// of the schema: "dn" of a connector space object, "object-id" of a metaverse
// object.
type SourceAttribute struct {
	Name      string
	Intrinsic bool
}

// MappingKind says how a flow makes its values.
type MappingKind uint8

// The kinds of mappings.
const (
	Direct MappingKind = iota
	Scripted
	Constant
	DNPart
	// SyncRule mappings are loaded, kept and listed, but not executed.
	SyncRule
)

// Mapping makes values out of source attributes.
type Mapping struct {
	Kind    MappingKind
	Sources []SourceAttribute // Direct: one
	Script  string            // script-context
	Value   string            // Constant
	Part    int               // DNPart: 1 is the rightmost component (SE-F01)
}

// JoinCriterion is one join rule; criteria are tried in order (SE-Y6). Those
// of several join profiles of one type follow each other.
type JoinCriterion struct {
	ID     string
	CSType string
	MVType string // empty: any type
	// Mappings all have to be met; Attribute is the metaverse attribute that
	// is searched, the intrinsic object-id included.
	Mappings []JoinMapping
	// Resolve: the extension chooses among the matches (SE-K24).
	Resolve        bool
	ResolveContext string
	SyncRule       bool // not executed
}

// JoinMapping is one condition of a join criterion.
type JoinMapping struct {
	Attribute SourceAttribute
	Mapping   Mapping
}

// Projection says what metaverse object an unjoined object becomes (SE-Y8).
type Projection struct {
	ID       string
	CSType   string
	MVType   string // empty if scripted
	Scripted bool
	SyncRule bool // not executed
}

// Precedence says which of several import flows into one attribute wins
// (SE-Y10).
type Precedence uint8

// The kinds of precedence.
const (
	Ranked Precedence = iota
	Equal
	Manual
)

// ImportFlows are the flows into one metaverse attribute, highest rank first,
// over all agents (SE-K50).
type ImportFlows struct {
	MVType     string
	Attribute  string
	Precedence Precedence
	Flows      []ImportFlow
}

// ImportFlow is one rule that writes a metaverse attribute.
type ImportFlow struct {
	ID      string
	Agent   GUID // src-ma
	CSType  string
	Mapping Mapping
}

// ExportFlowSet holds the export flows from one metaverse type to one
// connector space type.
type ExportFlowSet struct {
	CSType, MVType string
	Flows          []ExportFlow // document order
}

// ExportFlow is one rule that writes an attribute of a connector.
type ExportFlow struct {
	ID        string
	Attribute string
	// AllowNull is suppress-deletions="false": a vanished source deletes.
	AllowNull bool
	// InitialOnly flows run on connectors that provisioning makes.
	InitialOnly bool
	Mapping     Mapping
}

// DeprovisionAction is what becomes of a connector that provisioning lets go
// (SE-Y15).
type DeprovisionAction uint8

// The actions of deprovisioning.
const (
	MakeDisconnector DeprovisionAction = iota
	MakeExplicitDisconnector
	DeleteObject
)

// Deprovisioning is provisioning-cleanup of an agent.
type Deprovisioning struct {
	Scripted bool
	Action   DeprovisionAction
}

// DeletionKind is the kind of an object deletion rule (SE-Y3).
type DeletionKind uint8

// The kinds of object deletion rules.
const (
	DeleteWithLast DeletionKind = iota // declared-last
	DeleteWithAny                      // declared-any
	DeleteScripted
)

// DeletionRule says when a metaverse object goes with a connector.
type DeletionRule struct {
	ID     string
	MVType string
	Kind   DeletionKind
	Agents []GUID // src-ma
}
