package operations

import (
	"strconv"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/schemas/wording"
)

// Count is a number of the document.
type Count struct {
	N       uint64
	Present bool
	Odd     string // what stands there in place of a number
}

func count(n *rundetails.Number) Count {
	c := Count{N: n.N, Present: n.Present}
	if n.Present && !n.Valid {
		c.N, c.Odd = 0, strconv.Quote(brief(n.Value, 20))
	}
	return c
}

// add adds the other count.
func (c *Count) add(other Count) {
	c.N += other.N
	c.Present = c.Present || other.Present
	if c.Odd == "" {
		c.Odd = other.Odd
	}
}

// String is the number, with what could not be read beside it; "?" when there
// is none.
func (c Count) String() string {
	switch {
	case !c.Present:
		return "?"
	case c.Odd != "" && c.N > 0:
		return wording.Digits(c.N) + " + " + c.Odd
	case c.Odd != "":
		return c.Odd
	}
	return wording.Digits(c.N)
}

// Block is one block of counters.
type Block struct {
	Kind           rundetails.BlockKind
	Present        bool
	Agent, AgentID string  // the target, of outbound blocks
	Counts         []Count // by the order of the kind's names
}

// add adds the counters of a block of the document.
func (b *Block) add(c *rundetails.CounterBlock) {
	b.Present = true
	counters := c.Counters()
	for i := range counters {
		b.Counts[i].add(count(&counters[i].Number))
	}
}

// of is the sum of the counters of those names.
func (b *Block) of(names ...source.Sym) Count {
	var sum Count
	for i, known := range b.Kind.Names() {
		for _, name := range names {
			if known == name {
				sum.add(b.Counts[i])
			}
		}
	}
	return sum
}

// Line is a number of the synchronization statistics.
type Line struct {
	Label string
	Count Count
}

// Lines are the statistics of the block in the words of the product, without
// those that are 0.
func (b *Block) Lines() []Line {
	var lines []Line
	for _, w := range words[b.Kind] {
		lines = appendLine(lines, w.label, b.of(w.sum...))
	}
	return lines
}

func appendLine(lines []Line, label string, c Count) []Line {
	if c.N == 0 && c.Odd == "" {
		return lines
	}
	return append(lines, Line{label, c})
}

// title is the heading of the block in the statistics.
func (b *Block) title() string {
	switch b.Kind {
	case rundetails.Staging:
		return "Staging"
	case rundetails.Inbound:
		return "Inbound Synchronization"
	case rundetails.Export:
		return "Export Statistics"
	}
	target := or(b.Agent, "?")
	if b.AgentID != "" {
		target += " " + b.AgentID
	}
	return "Outbound Synchronization: " + target
}

// word is a number of the Operations tab and the counters that it is the sum
// of.
type word struct {
	label string
	sum   []source.Sym
}

// words are the numbers of the Operations tab, in its order.
var words = [...][]word{
	rundetails.Staging: {
		{"Unchanged", []source.Sym{rundetails.NameStageNoChange}},
		{"Adds", []source.Sym{rundetails.NameStageAdd}},
		{"Updates", []source.Sym{rundetails.NameStageUpdate}},
		{"Renames", []source.Sym{rundetails.NameStageRename}},
		{"Deletes", []source.Sym{rundetails.NameStageDelete}},
		{"Delete Adds", []source.Sym{rundetails.NameStageDeleteAdd}},
		{"Failures", []source.Sym{rundetails.NameStageFailure}},
	},
	rundetails.Inbound: {
		{"Projections", []source.Sym{rundetails.NameDisconnectorProjectedNoFlow, rundetails.NameDisconnectorProjectedFlow, rundetails.NameDisconnectorProjectedRemoveMV}},
		{"Joins", []source.Sym{rundetails.NameDisconnectorJoinedNoFlow, rundetails.NameDisconnectorJoinedFlow, rundetails.NameDisconnectorJoinedRemoveMV}},
		{"Filtered Disconnectors", []source.Sym{rundetails.NameDisconnectorFiltered}},
		{"Disconnectors", []source.Sym{rundetails.NameDisconnectorRemains}},
		{"Connectors with Flow Updates", []source.Sym{rundetails.NameConnectorFlow}},
		{"Connectors without Flow Updates", []source.Sym{rundetails.NameConnectorNoFlow}},
		{"Filtered Connectors", []source.Sym{rundetails.NameConnectorFilteredRemoveMV, rundetails.NameConnectorFilteredLeaveMV}},
		{"Deleted Connectors", []source.Sym{rundetails.NameConnectorDeleteRemoveMV, rundetails.NameConnectorDeleteLeaveMV}},
		{"Delete Adds Processed", []source.Sym{rundetails.NameConnectorDeleteAddProcessed}},
		{"Metaverse Object Deletes", []source.Sym{rundetails.NameConnectorDeleteRemoveMV, rundetails.NameConnectorFilteredRemoveMV,
			rundetails.NameConnectorFlowRemoveMV, rundetails.NameDisconnectorJoinedRemoveMV}},
		{"Flow Errors", []source.Sym{rundetails.NameFlowFailure}},
	},
	rundetails.Outbound: {
		{"Export Attribute Flow", []source.Sym{rundetails.NameConnectorFlow}},
		{"Connectors without Flow Updates", []source.Sym{rundetails.NameConnectorNoFlow}},
		{"Provisioning Adds", []source.Sym{rundetails.NameProvisionedAddNoFlow, rundetails.NameProvisionedAddFlow}},
		{"Provisioning Renames", []source.Sym{rundetails.NameProvisionedRenameNoFlow, rundetails.NameProvisionedRenameFlow}},
		{"Provisioning Disconnects", []source.Sym{rundetails.NameProvisionedDisconnect}},
		{"Provisioning Delete Adds", []source.Sym{rundetails.NameProvisionedDeleteAddNoFlow, rundetails.NameProvisionedDeleteAddFlow}},
	},
	rundetails.Export: {
		{"Adds", []source.Sym{rundetails.NameExportAdd}},
		{"Updates", []source.Sym{rundetails.NameExportUpdate}},
		{"Renames", []source.Sym{rundetails.NameExportRename}},
		{"Deletes", []source.Sym{rundetails.NameExportDelete}},
		{"Delete Adds", []source.Sym{rundetails.NameExportDeleteAdd}},
		{"Failures", []source.Sym{rundetails.NameExportFailure}},
	},
}
