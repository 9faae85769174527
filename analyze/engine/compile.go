package engine

import (
	"bytes"
	"fmt"
	"math"
	"slices"
)

// agent is a management agent with every name resolved to an index.
type agent struct {
	index      uint16
	cfg        *Agent
	caps       Capabilities
	attrs      []attribute
	attrByName map[string]attrID // folded
	references []attrID
	types      []csType
	typeByName map[string]uint16 // folded; from 1
	partitions []partition
	roots      [][]string // DNs of partitions, deepest first
	hints      []hint     // what the columns of the last entry were
	parts      []string   // scratch of components
}

// attribute is an attribute of an agent or of the metaverse.
type attribute struct {
	Attribute
	kind   AttributeKind
	multi  bool
	skip   bool // neither staged nor compared
	joined bool // metaverse: searched by a join
}

// hint remembers which attribute a name at some place of an entry was: sources
// deliver attributes in the same order again and again.
type hint struct {
	name  string
	attr  attrID
	known bool
}

// csType is an object type of an agent with its rules.
type csType struct {
	ObjectType
	filters     []filterSet
	criteria    []criterion
	projections []Projection
	imports     [][]*importFlow // by metaverse type, document order
	exports     [][]exportFlow  // by metaverse type
}

// partition is a partition of an agent.
type partition struct {
	cfg        *Partition
	root       []string // nil: everything
	types      map[uint16]bool
	inclusions [][]string
	exclusions [][]string
}

// mvType is an object type of the metaverse.
type mvType struct {
	ObjectType
	destinations []*destination // document order
	deletion     *DeletionRule
	listed       []uint16 // agents of the deletion rule
}

// destination is a metaverse attribute with the flows into it.
type destination struct {
	mvType     uint16
	attr       attrID
	precedence Precedence
	flows      []*importFlow
}

// importFlow is an import attribute flow.
type importFlow struct {
	id      string
	index   uint16 // from 1, over all flows
	rank    int
	agent   uint16 // noAgent if the setup lacks it
	csType  uint16
	dest    *destination
	mapping mapping
}

const noAgent = math.MaxUint16

// exportFlow is an export attribute flow.
type exportFlow struct {
	cfg     *ExportFlow
	attr    attrID
	mapping mapping
}

// mapping is a mapping with its names resolved.
type mapping struct {
	cfg     *Mapping
	kind    MappingKind
	sources []sourceRef
	value   valueID
	refers  bool // has a source that is a reference
}

// sourceRef is a source attribute.
type sourceRef struct {
	attr      attrID
	intrinsic intrinsic
}

type intrinsic uint8

const (
	noIntrinsic intrinsic = iota
	intrinsicDN
	intrinsicObjectID
)

type filterSet struct {
	cfg          *FilterSet
	alternatives []filterAlternative
}

type filterAlternative struct {
	id         string
	conditions []filterCondition
}

type filterCondition struct {
	cfg    *FilterCondition
	source sourceRef
	kind   AttributeKind
	value  string // folded
}

type criterion struct {
	cfg      *JoinCriterion
	mvType   uint16 // 0: any
	mappings []joinMapping
}

type joinMapping struct {
	target  sourceRef
	mapping mapping
}

// compiler gathers the first error, so that tables read straight through.
type compiler struct {
	e   *Engine
	err error
}

func (c *compiler) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

// New compiles a setup into an engine with an empty state. It fails for names
// that the schemas lack and for switches and limits that do not exist.
func New(setup Setup, edges Edges) (*Engine, error) {
	sw, err := newSwitches(setup.Switches)
	if err != nil {
		return nil, err
	}
	e := newEngine(setup, edges, sw)
	c := &compiler{e: e}
	c.agents()
	c.metaverse()
	for _, a := range e.agents {
		c.rules(a)
	}
	if c.err != nil {
		return nil, fmt.Errorf("compile setup: %w", c.err)
	}
	e.outOrder = make([]*agent, len(e.agents))
	copy(e.outOrder, e.agents)
	slices.SortStableFunc(e.outOrder, func(a, b *agent) int { return bytes.Compare(a.cfg.ID[:], b.cfg.ID[:]) })
	return e, nil
}

func (c *compiler) agents() {
	e := c.e
	if len(e.setup.Agents) >= noAgent {
		c.fail("%d agents are too many", len(e.setup.Agents))
		return
	}
	for i := range e.setup.Agents {
		cfg := &e.setup.Agents[i]
		a := &agent{index: uint16(i), cfg: cfg, caps: cfg.Capabilities}
		if _, twice := e.agentByName[fold(cfg.Name)]; twice {
			c.fail("agent %s: the name is used twice", cfg.Name)
		}
		e.agentByName[fold(cfg.Name)], e.agentByID[cfg.ID] = a, a
		a.attrs, a.attrByName = c.attributes("agent "+cfg.Name, cfg.Schema.Attributes)
		for id, attr := range a.attrs {
			if attr.kind == Reference {
				a.references = append(a.references, attrID(id))
			}
		}
		a.typeByName = map[string]uint16{}
		for _, t := range cfg.Schema.Types {
			a.types = append(a.types, csType{ObjectType: t})
			a.typeByName[fold(t.Name)] = uint16(len(a.types))
		}
		c.partitions(a)
		e.agents = append(e.agents, a)
		e.spaces = append(e.spaces, space{
			byName: map[uint64]csID{}, reserved: map[uint64]csID{}, byAnchor: map[valueID]csID{},
			watermarks: make([]watermark, len(a.partitions)), last: map[string]attempt{},
		})
	}
}

func (c *compiler) attributes(of string, list []Attribute) ([]attribute, map[string]attrID) {
	attrs, byName := make([]attribute, 0, len(list)), make(map[string]attrID, len(list))
	if len(list) >= math.MaxUint16 {
		c.fail("%s: %d attributes are too many", of, len(list))
		return nil, nil
	}
	for i, cfg := range list {
		if _, twice := byName[fold(cfg.Name)]; twice {
			c.fail("%s: attribute %s is there twice", of, cfg.Name)
		}
		byName[fold(cfg.Name)] = attrID(i)
		attrs = append(attrs, attribute{Attribute: cfg, kind: cfg.Kind, multi: cfg.MultiValued, skip: cfg.Excluded || cfg.ExportOnly})
	}
	return attrs, byName
}

func (c *compiler) partitions(a *agent) {
	if len(a.cfg.Partitions) == 0 {
		c.fail("agent %s: no partition", a.cfg.Name)
	}
	for i := range a.cfg.Partitions {
		cfg := &a.cfg.Partitions[i]
		p := partition{cfg: cfg}
		if a.caps.DNStyle == StyleLDAP && bytes.IndexByte([]byte(cfg.Name), '=') >= 0 {
			p.root = splitDN(cfg.Name, nil)
			a.roots = append(a.roots, p.root)
		}
		for _, name := range cfg.Types {
			typ := a.typeByName[fold(name)]
			if typ == 0 {
				c.fail("agent %s, partition %s: no object type %s", a.cfg.Name, cfg.Name, name)
			}
			if p.types == nil {
				p.types = map[uint16]bool{}
			}
			p.types[typ] = true
		}
		p.inclusions, p.exclusions = containers(cfg.Inclusions), containers(cfg.Exclusions)
		a.partitions = append(a.partitions, p)
	}
	slices.SortStableFunc(a.roots, func(x, y []string) int { return len(y) - len(x) })
}

func containers(dns []string) [][]string {
	var list [][]string
	for _, dn := range dns {
		if dn == "" {
			list = append(list, []string{})
			continue
		}
		list = append(list, splitDN(dn, nil))
	}
	return list
}

func (c *compiler) metaverse() {
	e, cfg := c.e, &c.e.setup.Metaverse
	e.mvAttrs, e.mvAttrByName = c.attributes("metaverse", cfg.Schema.Attributes)
	for id, attr := range e.mvAttrs {
		if attr.kind == Reference {
			e.mvReferences = append(e.mvReferences, attrID(id))
		}
	}
	for _, t := range cfg.Schema.Types {
		e.mvTypes = append(e.mvTypes, mvType{ObjectType: t})
		e.mvTypeByName[fold(t.Name)] = uint16(len(e.mvTypes))
	}
	for _, a := range e.agents {
		for i := range a.types {
			a.types[i].imports = make([][]*importFlow, len(e.mvTypes)+1)
			a.types[i].exports = make([][]exportFlow, len(e.mvTypes)+1)
		}
	}
	for i := range cfg.ImportFlows {
		c.importFlows(&cfg.ImportFlows[i])
	}
	e.syncRules = e.syncRules || cfg.Provisioning == ProvisionSyncRule || cfg.Provisioning == ProvisionBoth
	e.scripted = e.scripted || cfg.Provisioning == ProvisionScripted
	for i := range cfg.Deletion {
		rule := &cfg.Deletion[i]
		e.scripted = e.scripted || rule.Kind == DeleteScripted
		t := c.mvType(rule.MVType, "deletion rule")
		if t == 0 {
			continue
		}
		mt := &e.mvTypes[t-1]
		mt.deletion = rule
		for _, id := range rule.Agents {
			if a := e.agentByID[id]; a != nil {
				mt.listed = append(mt.listed, a.index)
			}
		}
	}
}

func (c *compiler) mvType(name, where string) uint16 {
	t := c.e.mvTypeByName[fold(name)]
	if t == 0 {
		c.fail("%s: the metaverse has no object type %q", where, name)
	}
	return t
}

func (c *compiler) importFlows(cfg *ImportFlows) {
	e := c.e
	t := c.mvType(cfg.MVType, "import flows")
	attr, known := e.mvAttrByName[fold(cfg.Attribute)]
	if t == 0 || !known {
		c.fail("import flows to %s: the metaverse has no attribute %q", cfg.MVType, cfg.Attribute)
		return
	}
	mt := &e.mvTypes[t-1]
	at := slices.IndexFunc(mt.destinations, func(d *destination) bool { return d.attr == attr })
	if at < 0 {
		at = len(mt.destinations)
		mt.destinations = append(mt.destinations, &destination{mvType: t, attr: attr, precedence: cfg.Precedence})
	}
	d := mt.destinations[at]
	for i := range cfg.Flows {
		f := &cfg.Flows[i]
		flow := &importFlow{id: f.ID, rank: len(d.flows), agent: noAgent, dest: d}
		d.flows = append(d.flows, flow)
		e.flows = append(e.flows, flow)
		flow.index = uint16(len(e.flows))
		if len(e.flows) >= math.MaxUint16 {
			c.fail("more than 65,534 import flows")
			return
		}
		a := e.agentByID[f.Agent]
		if a == nil {
			continue // of an agent that is not there: it keeps its rank and never runs
		}
		flow.agent, flow.csType = a.index, a.typeByName[fold(f.CSType)]
		if flow.csType == 0 {
			c.fail("import flow %s: agent %s has no object type %q", f.ID, a.cfg.Name, f.CSType)
			return
		}
		flow.mapping = c.csMapping(a, &f.Mapping, "import flow "+f.ID)
		ct := &a.types[flow.csType-1]
		ct.imports[t] = append(ct.imports[t], flow)
	}
}
