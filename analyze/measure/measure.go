// Package measure names what is counted in a step: the counters of the four
// kinds of blocks, the discovery counters, and the errors by kind. Policies
// name measures, and reconcile remembers them of every step.
//
// The package imports the model alone.
package measure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
)

// Measure is something that is counted in a step.
type Measure uint8

// The measures, in the order of the schema. A counter has the name of its
// element.
const (
	ProvisionedAddNoFlow Measure = iota // outbound-flow-counters, over all target agents
	ProvisionedAddFlow
	ProvisionedRenameNoFlow
	ProvisionedRenameFlow
	ProvisionedDisconnect
	ProvisionedDeleteAddNoFlow
	ProvisionedDeleteAddFlow
	OutboundConnectorFlow
	OutboundConnectorNoFlow
	StageNoChange // staging-counters
	StageAdd
	StageUpdate
	StageRename
	StageDelete
	StageDeleteAdd
	StageFailure
	DisconnectorFiltered // inbound-flow-counters
	DisconnectorJoinedNoFlow
	DisconnectorJoinedFlow
	DisconnectorJoinedRemoveMV
	DisconnectorProjectedNoFlow
	DisconnectorProjectedFlow
	DisconnectorProjectedRemoveMV
	DisconnectorRemains
	ConnectorFilteredRemoveMV
	ConnectorFilteredLeaveMV
	ConnectorFlow
	ConnectorFlowRemoveMV
	ConnectorNoFlow
	ConnectorDeleteRemoveMV
	ConnectorDeleteLeaveMV
	ConnectorDeleteAddProcessed
	FlowFailure
	ExportAdd // export-counters
	ExportUpdate
	ExportRename
	ExportDelete
	ExportDeleteAdd
	ExportFailure
	FilteredDeletions // ma-discovery-counters
	FilteredObjects
	DiscoveryErrors // ma-object-error
	ImportErrors    // import-error
	ExportErrors    // export-error
	RetryErrors     // retry-error
	Errors          // all of the four before

	// Count is the number of measures.
	Count
)

// First is the measure of the first counter of a kind of block; the others
// follow in the order of the schema.
func First(k rundetails.BlockKind) Measure {
	return [...]Measure{rundetails.Outbound: ProvisionedAddNoFlow, rundetails.Staging: StageNoChange,
		rundetails.Inbound: DisconnectorFiltered, rundetails.Export: ExportAdd}[k]
}

// String is the name of the measure: that of the element, with outbound/ in
// front of the two that inbound flow has too, or that of the kind of errors.
func (m Measure) String() string {
	switch {
	case m == FilteredDeletions:
		return "filtered-deletions"
	case m == FilteredObjects:
		return "filtered-objects"
	case m >= DiscoveryErrors && m < Count:
		return [...]string{"discovery-errors", "import-errors", "export-errors", "retry-errors", "errors"}[m-DiscoveryErrors]
	case m >= Count:
		return fmt.Sprintf("measure %d", uint8(m))
	}
	for _, kind := range []rundetails.BlockKind{rundetails.Export, rundetails.Inbound, rundetails.Staging, rundetails.Outbound} {
		if first := First(kind); m >= first {
			name := rundetails.Vocabulary().Name(kind.Names()[m-first])
			if m == OutboundConnectorFlow || m == OutboundConnectorNoFlow {
				name = "outbound/" + name
			}
			return name
		}
	}
	return ""
}

// Names lists the names of all measures in their order.
func Names() []string {
	names := make([]string, Count)
	for m := range Count {
		names[m] = m.String()
	}
	return names
}

// Parse reads a name.
func Parse(name string) (Measure, error) {
	if i := slices.Index(Names(), name); i >= 0 {
		return Measure(i), nil
	}
	return 0, fmt.Errorf("there is no counter or kind of errors %q", name)
}

// IsErrors tells the measures that count error records, which have types.
func (m Measure) IsErrors() bool { return m >= DiscoveryErrors && m < Count }

// Objects tells the counters of staging: their sum over a full import is the
// number of objects that the agent has.
func (m Measure) Objects() bool { return m >= StageNoChange && m <= StageFailure }

// Label is the name for people.
func (m Measure) Label() string {
	return strings.ReplaceAll(m.String(), "/", " ")
}

// Clamp makes a counter fit into 32 bits.
func Clamp(n uint64) uint32 { return uint32(min(n, math.MaxUint32)) }
