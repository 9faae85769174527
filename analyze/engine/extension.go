package engine

// Extension carries out scripted rules. Every method takes the name of the
// assembly that the configuration names; context is the script-context of the
// rule. An error is an [*ExtensionError].
//
// The entries that a call receives are views on the state within the
// transaction of one object: they are valid during the call, and what a failed
// transaction changed is taken back.
type Extension interface {
	// Filter reports whether the object is filtered (disconnecter-filter).
	Filter(assembly string, cs CSEntry) (bool, error)
	// MapJoin returns the values to search for (join-mapping).
	MapJoin(assembly, context string, cs CSEntry) (values []string, declined bool, err error)
	// ResolveJoin chooses a candidate by index, or -1; newType, if not
	// empty, becomes the type of the metaverse object (join-resolution).
	ResolveJoin(assembly, context string, cs CSEntry, candidates []MVEntry) (choice int, newType string, err error)
	// ShouldProject returns the metaverse object type, or false to decline
	// (projection).
	ShouldProject(assembly string, cs CSEntry) (mvType string, project bool, err error)
	// ImportFlow writes mv attributes (import-flow). It may write only the
	// destination of its rule.
	ImportFlow(assembly, context string, cs CSEntry, mv MVEntry) (declined bool, err error)
	// Provision adds, renames and deprovisions connectors (provisioning).
	Provision(assembly string, mv MVEntry) error
	// ExportFlow writes attributes of the connector (export-flow).
	ExportFlow(assembly, context string, mv MVEntry, cs CSEntry) (declined bool, err error)
	// Deprovision says what becomes of the connector (cs-deprovisioning).
	Deprovision(assembly string, cs CSEntry) (DeprovisionAction, error)
	// ShouldDelete reports whether the metaverse object goes with the
	// connector (mv-deletion).
	ShouldDelete(assembly string, cs CSEntry, mv MVEntry) (bool, error)
}

// CSEntry is a connector space object as a scripted rule sees it. The values
// read are those of the import image, or, where the rule writes a connector,
// of the target state. Values have the form of [Attr].
type CSEntry interface {
	MA() string
	ID() GUID
	DN() string
	Type() string
	Anchor() []byte
	Kind(attribute string) (kind AttributeKind, multiValued, known bool)
	Values(attribute string) []string // in ordinal order; references as DNs
	// Set replaces the values; none deletes the attribute. It fails where
	// the rule may not write, and for values that the schema forbids.
	Set(attribute string, values []string) error
}

// MVEntry is a metaverse object as a scripted rule sees it. References read as
// the id of their target; they cannot be set.
type MVEntry interface {
	ID() GUID
	Type() string
	Kind(attribute string) (kind AttributeKind, multiValued, known bool)
	Values(attribute string) []string
	Set(attribute string, values []string) error
	// HasAgent reports whether there is a management agent of a name.
	HasAgent(name string) bool
	// Connectors returns the connectors of an agent, by DN.
	Connectors(agent string) []Connector
	// NewConnector provisions a connector. The DN may be empty where initial
	// values make it ([Agent].DNFrom). Its error is a [*ProvisionError] unless
	// the call is out of place.
	NewConnector(agent, objectType, dn string, initial []Attr) (Connector, error)
}

// Connector is a connector of a metaverse object, in provisioning.
type Connector interface {
	CSEntry
	Rename(dn string) error // a [*ProvisionError] if it fails
	Deprovision() error
}

// ProvisionError says why provisioning could not do what it was asked to
// (SE-Y12, SE-K17). A rules extension may catch it; one that it lets go fails
// the object with extension-dll-exception.
type ProvisionError struct {
	Status string // as in the preview: "Failed: Duplicate Object" ...
	Agent  string
	DN     string
}

func (e *ProvisionError) Error() string {
	return "provision " + e.DN + " in " + e.Agent + ": " + e.Status
}

// ExtensionError is a scripted rule that failed.
type ExtensionError struct {
	Type      string // error-type, extension-dll-exception ...
	Name      string // extension-name
	CallSite  string // extension-callsite
	Context   string // extension-context
	CallStack string
	// Terminate: the extension asked the run to stop
	// (stopped-user-termination-from-extension).
	Terminate bool
}

func (e *ExtensionError) Error() string {
	return "extension " + e.Name + ", " + e.CallSite + ": " + e.Type
}
