package config

import (
	"time"

	"github.com/runhist/runhist/analyze/engine"
)

// Configuration is all that was read of the configuration of a server.
type Configuration struct {
	Agents    []*Agent   // by creation, then id
	Metaverse *Metaverse // nil if no file has one

	SyncRules []SyncRule // by id
	Scripted  []ScriptedRule
	Missing   []MissingAgent
	Kept      []Kept
	Warnings  []Problem
}

// Agent returns the management agent of a name, compared without case; nil if
// there is none.
func (c *Configuration) Agent(name string) *Agent {
	for _, a := range c.Agents {
		if fold(a.Name) == fold(name) {
			return a
		}
	}
	return nil
}

// Agent is the configuration of one management agent.
type Agent struct {
	File string
	Place
	ID               engine.GUID
	Name, Category   string
	Subtype          string
	Description      string
	Created          time.Time
	Modified         time.Time
	Version          int
	Schema           Schema
	Included         []string // attribute-inclusion; all attributes if nil
	Filters          []engine.FilterSet
	Joins            []engine.JoinCriterion
	Projections      []engine.Projection
	ExportFlows      []engine.ExportFlowSet
	Deprovisioning   engine.Deprovisioning
	Extension        string // assembly of the scripted rules
	Recall           bool   // enable-recall of the metaverse file, on where it has none
	Partitions       []Partition
	Profiles         []engine.Profile
	ExportType       int    // 1 attribute update, 2 attribute replace, 3 object replace, 4 reference update; 0: not set
	CapabilitiesMask string // as written, never interpreted (SE-K20)
	DNConstruction   []DNConstruction
	// Anchor are the attributes that make the anchor, where the private
	// settings of the category name the same ones for all object types.
	Anchor     []string
	Components []Component
	Delimited  *Delimited // of category Delimited
	Private    *Element   // private-configuration, nil if there is none

	included  map[string]bool // folded names
	flowTypes map[string]bool // that import flows of the metaverse name, folded
}

// DNConstruction names the attributes that the DN of a provisioned object is
// made of.
type DNConstruction struct {
	Type       string // object type; "" for every one
	Attributes []string
}

// Component maps a component of a DN to the object type of the containers that
// it names (component_mappings).
type Component struct {
	Attribute, Type string
}

// Partition is a partition of an agent.
type Partition struct {
	engine.Partition
	Place
	// Hierarchies are the object types that the partition knows, selected or
	// not (filter-hints).
	Hierarchies       []Hierarchy
	AllowedOperations uint32   // bits, as written; ignored on load (SE-N10)
	CustomData        *Element // connection settings, nil if there are none
}

// Hierarchy is the objectClass values of an object type, from top to leaf.
type Hierarchy struct {
	Type     string
	Classes  []string
	Included bool
}

// Metaverse is the configuration of the metaverse.
type Metaverse struct {
	File string
	Place
	Version      int
	Schema       Schema
	ImportFlows  []engine.ImportFlows
	Provisioning engine.Provisioning
	Deletion     []engine.DeletionRule
	Extension    string
}

// SyncRule is what the files have of one synchronization rule, in the form that
// the server compiled into the agents' files or in a file of its own. It is not
// executed.
type SyncRule struct {
	ID    string // GUID, or as written
	Name  string // "" in compiled form
	Parts []SyncRulePart
}

// SyncRulePart is one place where a synchronization rule takes part.
type SyncRulePart struct {
	File string
	Place
	Agent       string // name
	Kind        string // join, projection, import flow or export flow
	CSType      string
	MVType      string
	Attribute   string // destination of a flow
	Mapping     string // mapping-type of a flow: direct, constant, expression ...
	InitialOnly bool
	Existence   bool     // is-existence-test
	Sources     []string // src-attribute
	Value       *Element // sync-rule-value, nil if there is none
	Functions   []string // that an expression calls, in order, each once
}

// CallSite is a place where the engine calls a rules extension, by its name in
// run histories (extension-callsite).
type CallSite string

// The call sites of scripted rules in a configuration.
const (
	CallFilter      CallSite = "disconnecter-filter"
	CallMapJoin     CallSite = "join-mapping"
	CallResolveJoin CallSite = "join-resolution"
	CallProject     CallSite = "projection"
	CallImportFlow  CallSite = "import-flow"
	CallProvision   CallSite = "provisioning"
	CallExportFlow  CallSite = "export-flow"
	CallDeprovision CallSite = "cs-deprovisioning"
	CallDelete      CallSite = "mv-deletion"
)

// ScriptedRule is a rule that an extension carries out.
type ScriptedRule struct {
	File string
	Place
	Agent    string // name of the agent; "" for rules of the metaverse
	Assembly string // "" if none is configured
	CallSite CallSite
	Context  string // script-context, "" where there is none
	ID       string
}

// MissingAgent is a management agent that the metaverse names and no file has.
type MissingAgent struct {
	ID engine.GUID
	// Named is where the metaverse first names it, and File the file.
	File string
	Place
}

// Kept is a part of a file that was read and is not executed.
type Kept struct {
	File string
	Place
	Path   string // of element names, below ma-data or mv-data
	Reason string
}
