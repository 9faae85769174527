package forms

// wanted are the properties whose values have a place in a run: those of the
// objects that Get-ADSyncRunProfileResult and Get-ADSyncRunStepResult return.
// README.md has the table.
//
// StepHistoryId is not the step-id: it names what was recorded of the step, the
// other the step of the run profile.
var wanted = func() map[string]bool {
	names := map[string]bool{"RunHistoryId": true, "StepHistoryId": true, "StepNumber": true, "TotalSteps": true}
	for _, list := range [][]property{runProperties, stepProperties, exportProperties, stagingCounters, inboundCounters, exportCounters} {
		for _, p := range list {
			names[p.name] = true
		}
	}
	return names
}()

// property is a property and the element that its value becomes.
type property struct {
	name, element string
	kind          kind
}

// kind is how the value of a property is written.
type kind uint8

const (
	asText kind = iota
	asGUID
	asDate
	asCounter       // detail="true"
	asCounterOfNone // detail="false": the server cannot list the objects
)

// The properties of a run and of a step, in the order of the schema.
var (
	runProperties = []property{
		{"ConnectorId", "ma-id", asGUID}, {"ConnectorName", "ma-name", asText}, {"RunNumber", "run-number", asText},
		{"RunProfileName", "run-profile-name", asText}, {"Username", "security-id", asText},
	}
	stepProperties   = []property{{"StartDate", "start-date", asDate}, {"EndDate", "end-date", asDate}, {"StepResult", "step-result", asText}}
	exportProperties = []property{
		{"CurrentExportBatchNumber", "current-export-step-counter", asText},
		{"LastSuccessfulExportBatchNumber", "last-successful-export-step-counter", asText},
	}
	stagingCounters = []property{
		{"StageNoChange", "stage-no-change", asCounterOfNone}, {"StageAdd", "stage-add", asCounter}, {"StageUpdate", "stage-update", asCounter},
		{"StageRename", "stage-rename", asCounter}, {"StageDelete", "stage-delete", asCounter}, {"StageDeleteAdd", "stage-delete-add", asCounter},
		{"StageFailure", "stage-failure", asCounter},
	}
	inboundCounters = []property{
		{"DisconnectorFiltered", "disconnector-filtered", asCounter},
		{"DisconnectorJoinedNoFlow", "disconnector-joined-no-flow", asCounter}, {"DisconnectorJoinedFlow", "disconnector-joined-flow", asCounter},
		{"DisconnectorJoinedRemoveMv", "disconnector-joined-remove-mv", asCounter},
		{"DisconnectorProjectedNoFlow", "disconnector-projected-no-flow", asCounter},
		{"DisconnectorProjectedFlow", "disconnector-projected-flow", asCounter},
		{"DisconnectorProjectedRemoveMv", "disconnector-projected-remove-mv", asCounter},
		{"DisconnectorRemains", "disconnector-remains", asCounterOfNone},
		{"ConnectorFilteredRemoveMv", "connector-filtered-remove-mv", asCounter}, {"ConnectorFilteredLeaveMv", "connector-filtered-leave-mv", asCounter},
		{"ConnectorFlow", "connector-flow", asCounter}, {"ConnectorFlowRemoveMv", "connector-flow-remove-mv", asCounter},
		{"ConnectorNoFlow", "connector-no-flow", asCounter}, {"ConnectorDeleteRemoveMv", "connector-delete-remove-mv", asCounter},
		{"ConnectorDeleteLeaveMv", "connector-delete-leave-mv", asCounter},
		{"ConnectorDeleteAddProcessed", "connector-delete-add-processed", asCounter}, {"FlowFailure", "flow-failure", asCounter},
	}
	exportCounters = []property{
		{"ExportAdd", "export-add", asCounter}, {"ExportUpdate", "export-update", asCounter}, {"ExportRename", "export-rename", asCounter},
		{"ExportDelete", "export-delete", asCounter}, {"ExportDeleteAdd", "export-delete-add", asCounter}, {"ExportFailure", "export-failure", asCounter},
	}
)

// slot is a place for fragments, in the order of the schema.
type slot uint8

const (
	noSlot   slot = iota
	stepHead      // start-date, end-date, step-result
	stepDescription
	stepCounters // the two of exports
	connection
	discoveryErrors
	discoveryCounters
	synchronizationErrors
	retryErrors
	outboundCounters
	staging
	inbound
	exports
	wholeStep
	wholeRun
)

// place is where an element belongs: the slot, and the elements of it that are
// to be written around it where a string has it without them.
type place struct {
	slot   slot
	around string
}

// places are the elements that a fragment may begin with.
var places = map[string]place{
	"run-details":  {wholeRun, ""},
	"step-details": {wholeStep, ""},

	"start-date": {stepHead, ""}, "end-date": {stepHead, ""}, "step-result": {stepHead, ""},

	"step-description": {stepDescription, ""},
	"step-type":        {stepDescription, "step-description"},
	"partition":        {stepDescription, "step-description"},
	"custom-data":      {stepDescription, "step-description"},

	"current-export-step-counter":         {stepCounters, ""},
	"last-successful-export-step-counter": {stepCounters, ""},

	"ma-connection":     {connection, ""},
	"connection-result": {connection, "ma-connection"},
	"server":            {connection, "ma-connection"},
	"connection-log":    {connection, "ma-connection"},

	"ma-discovery-errors":   {discoveryErrors, ""},
	"ma-object-error":       {discoveryErrors, "ma-discovery-errors"},
	"ma-discovery-counters": {discoveryCounters, ""},
	"filtered-deletions":    {discoveryCounters, "ma-discovery-counters"},
	"filtered-objects":      {discoveryCounters, "ma-discovery-counters"},

	"synchronization-errors": {synchronizationErrors, ""},
	"import-error":           {synchronizationErrors, "synchronization-errors"},
	"export-error":           {synchronizationErrors, "synchronization-errors"},

	"mv-retry-errors": {retryErrors, ""},
	"retry-error":     {retryErrors, "mv-retry-errors"},

	"outbound-flow-counters": {outboundCounters, ""},
	"staging-counters":       {staging, ""},
	"inbound-flow-counters":  {inbound, ""},
	"export-counters":        {exports, ""},
}

func slotOf(element string) slot { return places[element].slot }
