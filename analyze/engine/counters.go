package engine

// StagingCounter is a counter of staging-counters (SE section 6.1).
type StagingCounter uint8

// The staging counters in the order of the schema.
const (
	StageNoChange StagingCounter = iota
	StageAdd
	StageUpdate
	StageRename
	StageDelete
	StageDeleteAdd
	StageFailure
	numStaging
)

var stagingNames = [numStaging]string{"stage-no-change", "stage-add", "stage-update", "stage-rename", "stage-delete", "stage-delete-add", "stage-failure"}

func (c StagingCounter) String() string { return stagingNames[c] }

// StagingCounters are the values of the staging counters.
type StagingCounters [numStaging]uint64

// InboundCounter is a counter of inbound-flow-counters (SE section 6.2).
type InboundCounter uint8

// The inbound counters in the order of the schema.
const (
	DisconnectorFiltered InboundCounter = iota
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
	numInbound
)

var inboundNames = [numInbound]string{"disconnector-filtered", "disconnector-joined-no-flow", "disconnector-joined-flow",
	"disconnector-joined-remove-mv", "disconnector-projected-no-flow", "disconnector-projected-flow",
	"disconnector-projected-remove-mv", "disconnector-remains", "connector-filtered-remove-mv", "connector-filtered-leave-mv",
	"connector-flow", "connector-flow-remove-mv", "connector-no-flow", "connector-delete-remove-mv", "connector-delete-leave-mv",
	"connector-delete-add-processed", "flow-failure"}

func (c InboundCounter) String() string { return inboundNames[c] }

// InboundCounters are the values of the inbound counters.
type InboundCounters [numInbound]uint64

// OutboundCounter is a counter of outbound-flow-counters (SE section 6.3).
type OutboundCounter uint8

// The outbound counters in the order of the schema; the last two are not in
// MS-UPSMODS and written only where the profile has them.
const (
	ProvisionedAddNoFlow OutboundCounter = iota
	ProvisionedAddFlow
	ProvisionedRenameNoFlow
	ProvisionedRenameFlow
	ProvisionedDisconnect
	OutboundConnectorFlow
	OutboundConnectorNoFlow
	ProvisionedDeleteAddNoFlow
	ProvisionedDeleteAddFlow
	numOutbound
)

var outboundNames = [numOutbound]string{"provisioned-add-no-flow", "provisioned-add-flow", "provisioned-rename-no-flow",
	"provisioned-rename-flow", "provisioned-disconnect", "connector-flow", "connector-no-flow",
	"provisioned-delete-add-no-flow", "provisioned-delete-add-flow"}

func (c OutboundCounter) String() string { return outboundNames[c] }

// Outbound holds the outbound counters toward one agent.
type Outbound struct {
	Agent    GUID
	Name     string
	Counters [numOutbound]uint64
}

// ExportCounter is a counter of export-counters (SE section 6.4).
type ExportCounter uint8

// The export counters in the order of the schema.
const (
	CountExportAdd ExportCounter = iota
	CountExportUpdate
	CountExportRename
	CountExportDelete
	CountExportDeleteAdd
	CountExportFailure
	numExport
)

var exportNames = [numExport]string{"export-add", "export-update", "export-rename", "export-delete", "export-delete-add", "export-failure"}

func (c ExportCounter) String() string { return exportNames[c] }

// ExportCounters are the values of the export counters.
type ExportCounters [numExport]uint64
