package rundetails

import "github.com/runhist/runhist/schemas/source"

// BlockKind tells the four blocks of counters apart.
type BlockKind uint8

// The kinds of counter blocks, in the order of the schema.
const (
	Outbound BlockKind = iota // outbound-flow-counters (2.2.1.1.1.6), one for each target agent
	Staging                   // staging-counters (2.2.1.1.1.7)
	Inbound                   // inbound-flow-counters (2.2.1.1.1.8)
	Export                    // export-counters (2.2.1.1.1.9)
)

// counterNames are the counters of each kind in the order of the schema. Those
// of a delete-add are in the schemas of the products before [MS-UPSMODS] only.
var counterNames = [...][]source.Sym{
	Outbound: {NameProvisionedAddNoFlow, NameProvisionedAddFlow, NameProvisionedRenameNoFlow, NameProvisionedRenameFlow,
		NameProvisionedDisconnect, NameProvisionedDeleteAddNoFlow, NameProvisionedDeleteAddFlow, NameConnectorFlow, NameConnectorNoFlow},
	Staging: {NameStageNoChange, NameStageAdd, NameStageUpdate, NameStageRename, NameStageDelete, NameStageDeleteAdd, NameStageFailure},
	Inbound: {NameDisconnectorFiltered, NameDisconnectorJoinedNoFlow, NameDisconnectorJoinedFlow, NameDisconnectorJoinedRemoveMV,
		NameDisconnectorProjectedNoFlow, NameDisconnectorProjectedFlow, NameDisconnectorProjectedRemoveMV, NameDisconnectorRemains,
		NameConnectorFilteredRemoveMV, NameConnectorFilteredLeaveMV, NameConnectorFlow, NameConnectorFlowRemoveMV, NameConnectorNoFlow,
		NameConnectorDeleteRemoveMV, NameConnectorDeleteLeaveMV, NameConnectorDeleteAddProcessed, NameFlowFailure},
	Export: {NameExportAdd, NameExportUpdate, NameExportRename, NameExportDelete, NameExportDeleteAdd, NameExportFailure},
}

// Names returns the counters of the kind in the order of the schema. The
// caller must not change it.
func (k BlockKind) Names() []source.Sym { return counterNames[k] }

// Element is the name of the block's element.
func (k BlockKind) Element() source.Sym {
	return [...]source.Sym{NameOutboundFlowCounters, NameStagingCounters, NameInboundFlowCounters, NameExportCounters}[k]
}

// asKnown is the counter that the printed listing means by another spelling
// (erratum E12), or the name as it is.
func asKnown(name source.Sym) source.Sym {
	switch name {
	case NameDisconnecterFiltered:
		return NameDisconnectorFiltered
	case NameDisconnecterJoinedNoFlow:
		return NameDisconnectorJoinedNoFlow
	case NameDisconnecterJoinedFlow:
		return NameDisconnectorJoinedFlow
	case NameDisconnecterJoinedRemoveMV:
		return NameDisconnectorJoinedRemoveMV
	}
	return name
}

// Counter is one counter: a number and its detail attribute, which says
// whether the server can list the objects behind it.
type Counter struct {
	Number
	Detail Text
}

// NewCounter returns a counter that a program made, with the detail attribute
// that the schema fixes for its name.
func NewCounter(name source.Sym, n uint64) Counter {
	c := Counter{Number: NewNumber(n), Detail: NewText(detail(name))}
	c.Name = name
	return c
}

func detail(name source.Sym) string {
	if name == NameStageNoChange || name == NameDisconnectorRemains {
		return "false"
	}
	return "true"
}

// maxCounters is the number of counters of the largest block.
const maxCounters = 17

// CounterBlock is one block of counters.
type CounterBlock struct {
	Block
	Step     *Step
	Kind     BlockKind
	MA       Text                 // outbound only: the target agent
	MAID     GUID                 // outbound only
	counters [maxCounters]Counter // by the order of the kind's names
}

// NewCounterBlock returns a block that a program made. Counters that a kind
// always has are there with 0; outbound counters are absent.
func NewCounterBlock(kind BlockKind) *CounterBlock {
	b := &CounterBlock{Block: Block{Present: true}, Kind: kind}
	if kind != Outbound {
		for i, name := range kind.Names() {
			b.counters[i] = NewCounter(name, 0)
		}
	}
	return b
}

// Counters returns the counters of the block in the order of the schema, one
// for each name of its kind; those that the document lacks are not Present.
func (b *CounterBlock) Counters() []Counter { return b.counters[:len(b.Kind.Names())] }

// Get returns the counter of that name, or nil when the kind has none.
func (b *CounterBlock) Get(name source.Sym) *Counter {
	for i, known := range b.Kind.Names() {
		if known == name {
			return &b.counters[i]
		}
	}
	return nil
}

// Set gives a counter of the block a value, as NewCounter does.
func (b *CounterBlock) Set(name source.Sym, n uint64) {
	if c := b.Get(name); c != nil {
		*c = NewCounter(name, n)
	}
}

// AnyAbove0 tells whether some counter of the block is above 0.
func (b *CounterBlock) AnyAbove0() bool { return b.FirstAbove0() != nil }

// FirstAbove0 returns the first counter of the block that is above 0, or nil.
func (b *CounterBlock) FirstAbove0() *Counter {
	counters := b.Counters()
	for i := range counters {
		if counters[i].Above(0) {
			return &counters[i]
		}
	}
	return nil
}

// Failures is the counter of failures of the block: stage-failure,
// flow-failure or export-failure, the last of its kind. Outbound blocks have
// none.
func (b *CounterBlock) Failures() *Counter {
	if b.Kind == Outbound {
		return nil
	}
	return &b.counters[len(b.Kind.Names())-1]
}
