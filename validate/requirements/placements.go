package requirements

// placements says which places break a row of class schema, one row a line,
// wherever that does not follow from the row's path. A row that is not listed
// has an absolute path and is broken at that place: at an attribute if the
// path ends in one, else inside the element, or by the lack or excess of it.
//
// Rows of class contradiction stand here where the schema decides them, so
// that its findings show which sentence says otherwise.
//
// That something is of a type is broken by whatever is wrong in what the type
// declares, also by what stands below; that the document conforms, by every
// fault.
//
// A place is matched by how its path ends, or by all of it after a leading
// slash:
//
//	a/b      inside element b: its value, its text, its children
//	a/b>     a child of b only, for a row that accepts any text as value
//	a/b!     b itself, missing or in excess
//	a/b//    inside b or anything below it, or b itself
//	a/b/@c   attribute c of b, whatever is wrong with it
//	a/b/@*   any attribute of b that is missing or not allowed
//	:T       inside an element of type T
//	@T       an attribute of type T
//	-a/b     nothing inside a/b after all
//
// An asterisk stands for any name of the element that a place is in.
//
// R002 is about names and not about places: see TypeNamespace.
const placements = `
R001 /run-history//
R002
R003 :guidType @guidType run-details/ma-id step-details/@step-id algorithm-step/@ma-id context/@ma-id context/@cs-object-id
R003 export-error/@cs-guid retry-error/@mv-guid outbound-flow-counters/@ma-id
R006 @progressType step-result/@progress
R007 :numberType @numberType run-details/run-number step-details/@step-number
R007 step-details/current-export-step-counter step-details/last-successful-export-step-counter
R007 import-error/retry-count export-error/retry-count
R010 step-result> step-result! step-result/@progress step-result/@*
R011 :connectionResultType ma-connection/connection-result incident/connection-result
R012 algorithm-step> algorithm-step/@* algorithm-step/@ma-id algorithm-step/@dn
R013 :algorithmStepRestrictedType algorithm-step
R014 anchor> anchor/@encoding anchor/@* parent-anchor> parent-anchor/@encoding parent-anchor/@*
R015 :dn-valueType :dn-valueDeltaType dn-value dn-value/@*
R016 :dn-valueDeltaType delta/dn-attr/dn-value delta/dn-attr/dn-value/@operation delta/dn-attr/dn-value/@*
R017 :dnAttributeType entry/dn-attr entry/dn-attr/@name entry/dn-attr/@multivalued entry/dn-attr/@*
R018 :dnAttributeDeltaType delta/dn-attr delta/dn-attr/@operation delta/dn-attr/@name delta/dn-attr/@multivalued delta/dn-attr/@*
R019 attr/value> attr/value/@encoding attr/value/@*
R020 delta/attr/value> delta/attr/value/@encoding delta/attr/value/@operation delta/attr/value/@*
R021 :attributeType entry/attr entry/attr/@name entry/attr/@type entry/attr/@multivalued entry/attr/@*
R022 :attributeDeltaType delta/attr delta/attr/@name delta/attr/@type delta/attr/@multivalued delta/attr/@operation delta/attr/@*
R023 :importAndMVRetryErrorType import-error/error-type retry-error/error-type
R024 :extensionCallsiteType extension-error-info/extension-callsite
R025 :extensionErrorInfoType extension-error-info extension-error-info/@*
R026 :directMappingType direct-mapping direct-mapping/@* direct-mapping/src-attribute>
R026 direct-mapping/src-attribute/@intrinsic direct-mapping/src-attribute/@*
R027 :scriptedMappingType scripted-mapping scripted-mapping/@*
R028 :constantMappingType constant-mapping constant-mapping/@*
R029 :dnPartMappingType dn-part-mapping dn-part-mapping/dn-part dn-part-mapping/@*
R030 :rulesErrorInfoType rules-error-info rules-error-info/@* rules-error-info/context rules-error-info/context/attribute-mapping
R031 context/attribute-mapping/@dest-attr context/attribute-mapping/@context-id context/attribute-mapping/@*
R032 rules-error-info/context/@ma-id rules-error-info/context/@cs-object-id rules-error-info/context/@*
R033 :counterDetailFalseType @counterDetailFalseType
R033 staging-counters/stage-no-change staging-counters/stage-no-change/@detail staging-counters/stage-no-change/@*
R033 inbound-flow-counters/disconnector-remains inbound-flow-counters/disconnector-remains/@detail
R033 inbound-flow-counters/disconnector-remains/@*
R034 :counterDetailTrueType @counterDetailTrueType
R034 outbound-flow-counters/* outbound-flow-counters/*/@detail outbound-flow-counters/*/@*
R034 staging-counters/* staging-counters/*/@detail staging-counters/*/@* -staging-counters/stage-no-change
R034 inbound-flow-counters/* inbound-flow-counters/*/@detail inbound-flow-counters/*/@*
R034 -inbound-flow-counters/disconnector-remains
R034 export-counters/* export-counters/*/@detail export-counters/*/@*
R035 :ma-connectionType step-details/ma-connection step-details/ma-connection/@*
R035 ma-connection/connection-log ma-connection/connection-log/@*
R036 connection-log/incident connection-log/incident/@*
R037 incident/cd-error incident/cd-error/@*
R038 :ma-discovery-errorsType step-details/ma-discovery-errors
R039 ma-discovery-errors/ma-object-error ma-discovery-errors/ma-object-error/@*
R039 ma-object-error/entry-number ma-object-error/line-number ma-object-error/column-number
R040 :ma-discovery-countersType step-details/ma-discovery-counters
R040 ma-discovery-counters/filtered-deletions ma-discovery-counters/filtered-objects
R041 :synchronization-errorsType step-details/synchronization-errors
R042 synchronization-errors/import-error synchronization-errors/import-error/@*
R043 change-not-reimported/delta change-not-reimported/delta! change-not-reimported/delta/@*
R044 change-not-reimported/entry change-not-reimported/entry! change-not-reimported/entry/@*
R045 synchronization-errors/export-error export-error/@cs-guid synchronization-errors/export-error/@*
R046 export-error/cd-error export-error/cd-error/@*
R047 :mv-retry-errorsType step-details/mv-retry-errors
R048 mv-retry-errors/retry-error mv-retry-errors/retry-error/@*
R049 :outbound-flow-countersType step-details/outbound-flow-counters step-details/outbound-flow-counters/@*
R049 step-details/outbound-flow-counters/@ma-id
R050 :staging-countersType step-details/staging-counters
R051 :inbound-flow-countersType step-details/inbound-flow-counters
R052 :export-countersType step-details/export-counters
R053 :step-detailsType run-details/step-details run-details/step-details/@*
R054 /run-history/run-details /run-history/run-details! /run-history/run-details/@*
R055 /run-history!
R056 /run-history /run-history/@* /run-history/run-details /run-history/run-details! /run-history/run-details/@*
R057 /run-history/run-details!
R058 /run-history/run-details!
R067 run-details/step-details run-details/step-details! run-details/step-details/@*
R067 run-details/step-details/@step-number run-details/step-details/@step-id
R067 step-details/start-date step-details/end-date step-details/step-result
R067 step-details/current-export-step-counter step-details/last-successful-export-step-counter
R068 run-details/step-details!
R157 step-details/inbound-flow-counters!
R159 step-details/ma-connection//
R183 step-details/ma-discovery-errors//
R231 ma-object-error/cd-error/value!
R232 step-details/ma-discovery-counters//
R237 step-details/synchronization-errors//
R357 extension-error-info/call-stack!
R394 import-error/rules-error-info/context/attribute-mapping/dn-part-mapping
R394 import-error/rules-error-info/context/attribute-mapping/dn-part-mapping!
R394 import-error/rules-error-info/context/attribute-mapping/dn-part-mapping/dn-part
R454 step-details/mv-retry-errors//
R465 retry-error/extension-error-info//
R467 retry-error/rules-error-info//
R470 step-details/outbound-flow-counters//
R481 outbound-flow-counters/provisioned-rename-flow/@detail
R484 outbound-flow-counters/provisioned-rename-no-flow/@detail
R494 step-details/staging-counters//
R509 step-details/inbound-flow-counters//
R510 inbound-flow-counters/disconnector-filtered!
R511 inbound-flow-counters/disconnector-filtered/@detail
R518 inbound-flow-counters/disconnector-joined-no-flow!
R519 inbound-flow-counters/disconnector-joined-no-flow/@detail
R520 inbound-flow-counters/disconnector-joined-flow!
R521 inbound-flow-counters/disconnector-joined-flow/@detail
R544 step-details/export-counters//
`
