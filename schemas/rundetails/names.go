package rundetails

import "github.com/runhist/runhist/schemas/source"

// The names of elements and attributes, as symbols of [Vocabulary].
const (
	_ source.Sym = iota
	NameExecutionHistories
	NameRunHistory
	NameRunDetails
	NameMAID
	NameMAName
	NameRunNumber
	NameRunProfileName
	NameSecurityID
	NameStepDetails
	NameStepNumber
	NameStepID
	NameStartDate
	NameEndDate
	NameStepResult
	NameProgress
	NameFile
	NameStepDescription
	NameCurrentExportStepCounter
	NameLastSuccessfulExportStepCounter
	NameMAConnection
	NameConnectionResult
	NameServer
	NameConnectionLog
	NameIncident
	NameDate
	NameCDError
	NameErrorCode
	NameErrorLiteral
	NameServerErrorDetail
	NameMADiscoveryErrors
	NameMAObjectError
	NameErrorType
	NameEntryNumber
	NameLineNumber
	NameColumnNumber
	NameDN
	NameAnchor
	NameEncoding
	NameAttributeName
	NameValue
	NameMADiscoveryCounters
	NameFilteredDeletions
	NameFilteredObjects
	NameSynchronizationErrors
	NameImportError
	NameCSGUID
	NameFirstOccurred
	NameRetryCount
	NameDateOccurred
	NameAlgorithmStep
	NameChangeNotReimported
	NameDelta
	NameOperation
	NameEntry
	NameParentAnchor
	NamePrimaryObjectclass
	NameObjectclass
	NameOCValue
	NameDNAttr
	NameDNValue
	NameAttr
	NameName
	NameType
	NameMultivalued
	NameExtensionErrorInfo
	NameExtensionName
	NameExtensionCallsite
	NameExtensionContext
	NameCallStack
	NameRulesErrorInfo
	NameContext
	NameCSObjectID
	NameAttributeMapping
	NameDestAttr
	NameContextID
	NameDirectMapping
	NameSrcAttribute
	NameIntrinsic
	NameScriptedMapping
	NameScriptContext
	NameConstantMapping
	NameConstantValue
	NameDNPartMapping
	NameDNPart
	NameExportError
	NameMVRetryErrors
	NameRetryError
	NameMVGUID
	NameDisplayname
	NameOutboundFlowCounters
	NameMA
	NameDetail
	NameProvisionedAddNoFlow
	NameProvisionedAddFlow
	NameProvisionedRenameNoFlow
	NameProvisionedRenameFlow
	NameProvisionedDisconnect
	NameConnectorFlow
	NameConnectorNoFlow
	NameStagingCounters
	NameStageNoChange
	NameStageAdd
	NameStageUpdate
	NameStageRename
	NameStageDelete
	NameStageDeleteAdd
	NameStageFailure
	NameInboundFlowCounters
	NameDisconnectorFiltered
	NameDisconnectorJoinedNoFlow
	NameDisconnectorJoinedFlow
	NameDisconnectorJoinedRemoveMV
	NameDisconnectorProjectedNoFlow
	NameDisconnectorProjectedFlow
	NameDisconnectorProjectedRemoveMV
	NameDisconnectorRemains
	NameConnectorFilteredRemoveMV
	NameConnectorFilteredLeaveMV
	NameConnectorFlowRemoveMV
	NameConnectorDeleteRemoveMV
	NameConnectorDeleteLeaveMV
	NameConnectorDeleteAddProcessed
	NameFlowFailure
	NameExportCounters
	NameExportAdd
	NameExportUpdate
	NameExportRename
	NameExportDelete
	NameExportDeleteAdd
	NameExportFailure
	NameStepType
	NameImportSubtype
	NameExportSubtype
	NameApplyRulesSubtype
	NamePartition
	NameCustomData
	NameThreshold
	NameBatchSize
	NamePageSize
	NameTimeLimit
	NameTimeout
	NameRunConfig
	NameInputFile
	NameOutputFile
	NameObject
	NameDelete
	NameAdmaStepData
	NameFimmaStepData
	NameExtensible2StepData
	NameParameterValues

	// What other products write; not in [MS-UPSMODS].
	NameRuleErrorInfo              // MIIS 2003, for rules-error-info
	NameDisplayNameFIM             // FIM 2010, for displayname
	NameProvisionedDeleteAddNoFlow // MIIS 2003, FIM 2010
	NameProvisionedDeleteAddFlow   // MIIS 2003, FIM 2010
	NameDisconnecterFiltered       // the printed listing (erratum E12)
	NameDisconnecterJoinedNoFlow
	NameDisconnecterJoinedFlow
	NameDisconnecterJoinedRemoveMV
)

// names holds the text of the symbols above.
var names = [...]string{
	NameExecutionHistories:              "execution-histories",
	NameRunHistory:                      "run-history",
	NameRunDetails:                      "run-details",
	NameMAID:                            "ma-id",
	NameMAName:                          "ma-name",
	NameRunNumber:                       "run-number",
	NameRunProfileName:                  "run-profile-name",
	NameSecurityID:                      "security-id",
	NameStepDetails:                     "step-details",
	NameStepNumber:                      "step-number",
	NameStepID:                          "step-id",
	NameStartDate:                       "start-date",
	NameEndDate:                         "end-date",
	NameStepResult:                      "step-result",
	NameProgress:                        "progress",
	NameFile:                            "file",
	NameStepDescription:                 "step-description",
	NameCurrentExportStepCounter:        "current-export-step-counter",
	NameLastSuccessfulExportStepCounter: "last-successful-export-step-counter",
	NameMAConnection:                    "ma-connection",
	NameConnectionResult:                "connection-result",
	NameServer:                          "server",
	NameConnectionLog:                   "connection-log",
	NameIncident:                        "incident",
	NameDate:                            "date",
	NameCDError:                         "cd-error",
	NameErrorCode:                       "error-code",
	NameErrorLiteral:                    "error-literal",
	NameServerErrorDetail:               "server-error-detail",
	NameMADiscoveryErrors:               "ma-discovery-errors",
	NameMAObjectError:                   "ma-object-error",
	NameErrorType:                       "error-type",
	NameEntryNumber:                     "entry-number",
	NameLineNumber:                      "line-number",
	NameColumnNumber:                    "column-number",
	NameDN:                              "dn",
	NameAnchor:                          "anchor",
	NameEncoding:                        "encoding",
	NameAttributeName:                   "attribute-name",
	NameValue:                           "value",
	NameMADiscoveryCounters:             "ma-discovery-counters",
	NameFilteredDeletions:               "filtered-deletions",
	NameFilteredObjects:                 "filtered-objects",
	NameSynchronizationErrors:           "synchronization-errors",
	NameImportError:                     "import-error",
	NameCSGUID:                          "cs-guid",
	NameFirstOccurred:                   "first-occurred",
	NameRetryCount:                      "retry-count",
	NameDateOccurred:                    "date-occurred",
	NameAlgorithmStep:                   "algorithm-step",
	NameChangeNotReimported:             "change-not-reimported",
	NameDelta:                           "delta",
	NameOperation:                       "operation",
	NameEntry:                           "entry",
	NameParentAnchor:                    "parent-anchor",
	NamePrimaryObjectclass:              "primary-objectclass",
	NameObjectclass:                     "objectclass",
	NameOCValue:                         "oc-value",
	NameDNAttr:                          "dn-attr",
	NameDNValue:                         "dn-value",
	NameAttr:                            "attr",
	NameName:                            "name",
	NameType:                            "type",
	NameMultivalued:                     "multivalued",
	NameExtensionErrorInfo:              "extension-error-info",
	NameExtensionName:                   "extension-name",
	NameExtensionCallsite:               "extension-callsite",
	NameExtensionContext:                "extension-context",
	NameCallStack:                       "call-stack",
	NameRulesErrorInfo:                  "rules-error-info",
	NameContext:                         "context",
	NameCSObjectID:                      "cs-object-id",
	NameAttributeMapping:                "attribute-mapping",
	NameDestAttr:                        "dest-attr",
	NameContextID:                       "context-id",
	NameDirectMapping:                   "direct-mapping",
	NameSrcAttribute:                    "src-attribute",
	NameIntrinsic:                       "intrinsic",
	NameScriptedMapping:                 "scripted-mapping",
	NameScriptContext:                   "script-context",
	NameConstantMapping:                 "constant-mapping",
	NameConstantValue:                   "constant-value",
	NameDNPartMapping:                   "dn-part-mapping",
	NameDNPart:                          "dn-part",
	NameExportError:                     "export-error",
	NameMVRetryErrors:                   "mv-retry-errors",
	NameRetryError:                      "retry-error",
	NameMVGUID:                          "mv-guid",
	NameDisplayname:                     "displayname",
	NameOutboundFlowCounters:            "outbound-flow-counters",
	NameMA:                              "ma",
	NameDetail:                          "detail",
	NameProvisionedAddNoFlow:            "provisioned-add-no-flow",
	NameProvisionedAddFlow:              "provisioned-add-flow",
	NameProvisionedRenameNoFlow:         "provisioned-rename-no-flow",
	NameProvisionedRenameFlow:           "provisioned-rename-flow",
	NameProvisionedDisconnect:           "provisioned-disconnect",
	NameConnectorFlow:                   "connector-flow",
	NameConnectorNoFlow:                 "connector-no-flow",
	NameStagingCounters:                 "staging-counters",
	NameStageNoChange:                   "stage-no-change",
	NameStageAdd:                        "stage-add",
	NameStageUpdate:                     "stage-update",
	NameStageRename:                     "stage-rename",
	NameStageDelete:                     "stage-delete",
	NameStageDeleteAdd:                  "stage-delete-add",
	NameStageFailure:                    "stage-failure",
	NameInboundFlowCounters:             "inbound-flow-counters",
	NameDisconnectorFiltered:            "disconnector-filtered",
	NameDisconnectorJoinedNoFlow:        "disconnector-joined-no-flow",
	NameDisconnectorJoinedFlow:          "disconnector-joined-flow",
	NameDisconnectorJoinedRemoveMV:      "disconnector-joined-remove-mv",
	NameDisconnectorProjectedNoFlow:     "disconnector-projected-no-flow",
	NameDisconnectorProjectedFlow:       "disconnector-projected-flow",
	NameDisconnectorProjectedRemoveMV:   "disconnector-projected-remove-mv",
	NameDisconnectorRemains:             "disconnector-remains",
	NameConnectorFilteredRemoveMV:       "connector-filtered-remove-mv",
	NameConnectorFilteredLeaveMV:        "connector-filtered-leave-mv",
	NameConnectorFlowRemoveMV:           "connector-flow-remove-mv",
	NameConnectorDeleteRemoveMV:         "connector-delete-remove-mv",
	NameConnectorDeleteLeaveMV:          "connector-delete-leave-mv",
	NameConnectorDeleteAddProcessed:     "connector-delete-add-processed",
	NameFlowFailure:                     "flow-failure",
	NameExportCounters:                  "export-counters",
	NameExportAdd:                       "export-add",
	NameExportUpdate:                    "export-update",
	NameExportRename:                    "export-rename",
	NameExportDelete:                    "export-delete",
	NameExportDeleteAdd:                 "export-delete-add",
	NameExportFailure:                   "export-failure",
	NameStepType:                        "step-type",
	NameImportSubtype:                   "import-subtype",
	NameExportSubtype:                   "export-subtype",
	NameApplyRulesSubtype:               "apply-rules-subtype",
	NamePartition:                       "partition",
	NameCustomData:                      "custom-data",
	NameThreshold:                       "threshold",
	NameBatchSize:                       "batch-size",
	NamePageSize:                        "page-size",
	NameTimeLimit:                       "time-limit",
	NameTimeout:                         "timeout",
	NameRunConfig:                       "run-config",
	NameInputFile:                       "input-file",
	NameOutputFile:                      "output-file",
	NameObject:                          "object",
	NameDelete:                          "delete",
	NameAdmaStepData:                    "adma-step-data",
	NameFimmaStepData:                   "fimma-step-data",
	NameExtensible2StepData:             "extensible2-step-data",
	NameParameterValues:                 "parameter-values",
	NameRuleErrorInfo:                   "rule-error-info",
	NameDisplayNameFIM:                  "displayName",
	NameProvisionedDeleteAddNoFlow:      "provisioned-delete-add-no-flow",
	NameProvisionedDeleteAddFlow:        "provisioned-delete-add-flow",
	NameDisconnecterFiltered:            "disconnecter-filtered",
	NameDisconnecterJoinedNoFlow:        "disconnecter-joined-no-flow",
	NameDisconnecterJoinedFlow:          "disconnecter-joined-flow",
	NameDisconnecterJoinedRemoveMV:      "disconnecter-joined-remove-mv",
}

// vocabulary is immutable.
var vocabulary = source.NewVocabulary(names[1:]...)

// Vocabulary returns the names that the model knows. Stages that need more
// names extend it; the symbols stay.
func Vocabulary() *source.Vocabulary { return vocabulary }
