package schemas

import (
	"slices"
	"strings"
)

// Deviation is a way in which a known product leaves the specification. Under
// profile server a finding that it matches is an info that says Known.
type Deviation struct {
	ID string // of the finding
	// In is the end of the path of names of the element that the finding is
	// about; "" for any.
	In string
	// Names are the children or values that it is about; nil for any.
	Names []string
	// Arm is the case of the rule that it is about, "" for every case; of
	// an unexpected element "late", where it stands too late.
	Arm string
	// Known says the product and the kind of evidence: seen in server
	// output, documented on a published page, or handled by a tool's code.
	Known string
	// Shown names the document of samples/deviations that shows it.
	Shown string
}

// Matches tells whether a finding is the deviation: its id, the path of names
// of its element, the child or value concerned, and the case of its rule.
func (d *Deviation) Matches(id, element, name, arm string) bool {
	return d.ID == id &&
		(d.In == "" || element == d.In || strings.HasSuffix(element, "/"+d.In)) &&
		(d.Names == nil || slices.Contains(d.Names, name)) &&
		(d.Arm == "" || d.Arm == arm)
}

// Deviations returns the known deviations. To add one: a row here, with its
// evidence, and a document that shows it.
func Deviations() []Deviation {
	const (
		unexpected  = "XSD-unexpected-element"
		missing     = "XSD-missing-element"
		enumeration = "XSD-enumeration"
		databaseDoc = "database specification (doc)"
		sharePoint  = "SharePoint 2013 (seen)"
		fim         = "FIM (doc)"
		mim         = "MIM (doc)"
		miis        = "MIIS 2003 (doc)"
		masked      = "GUIDs masked before publication (seen)"
	)
	return []Deviation{
		{ID: "SRC-label", Known: "every product (seen)", Shown: "label"},
		{ID: unexpected, In: "run-history", Names: []string{"run-details"}, Known: "FIM, Lithnet (doc)", Shown: "several-runs"},
		{ID: missing, In: "run-history", Names: []string{"run-details"}, Known: "new agent (doc)", Shown: "no-runs"},
		{ID: "XSD-unexpected-root", In: "execution-histories", Known: "FIM Synchronization Service Manager (doc)", Shown: "execution-histories"},
		{ID: unexpected, In: "incident/cd-error", Names: []string{"server-error-detail"}, Known: sharePoint, Shown: "incident-server-error-detail"},
		{ID: unexpected, In: "cd-error", Names: []string{"extra-error-details"}, Known: "Entra Connect (code)", Shown: "extra-error-details"},
		{ID: missing, In: "step-details", Names: []string{"end-date"}, Known: fim, Shown: "no-end-date"},
		{ID: missing, In: "step-details", Names: []string{"staging-counters"}, Known: fim, Shown: "no-staging-counters"},
		{ID: missing, In: "step-details", Names: []string{"inbound-flow-counters"}, Known: fim, Shown: "no-inbound-flow-counters"},
		{ID: missing, In: "step-details", Names: []string{"export-counters"}, Known: fim, Shown: "no-export-counters"},
		{ID: missing, In: "extension-error-info", Names: []string{"extension-context"}, Known: "FIM (seen)", Shown: "no-extension-context"},
		{ID: missing, In: "extension-error-info", Names: []string{"call-stack"}, Known: "FIM (seen)", Shown: "no-call-stack"},
		{ID: enumeration, In: "export-error/error-type", Names: []string{"ma-extension-error"}, Known: sharePoint, Shown: "export-error-ma-extension-error"},
		{ID: enumeration, In: "export-error/error-type", Names: []string{"encryption-key-lost"}, Known: mim, Shown: "export-error-encryption-key-lost"},
		{ID: enumeration, In: "export-error/error-type", Names: []string{"multi-valued-anchor-component"}, Known: fim, Shown: "export-error-multi-valued-anchor-component"},
		{ID: enumeration, In: "step-result", Names: []string{"no-start-file-contains-incorrect-step-type", "stopped-file-error"}, Known: fim, Shown: "step-result-fim"},
		{ID: enumeration, In: "step-result", Names: []string{"completing-obsoletion", "completing-obsolescence"}, Known: "MS-UPSMODS prose, FIM (doc)", Shown: "step-result-completing"},
		{ID: enumeration, In: "step-result", Names: []string{"stopped-deletion-threshold-exceeded"}, Known: "Entra Connect (doc)", Shown: "step-result-entra-connect"},
		{ID: enumeration, In: "step-result", Names: databaseStepResults, Known: databaseDoc, Shown: "step-result-database"},
		{ID: enumeration, In: "connection-result", Names: []string{"successful-connection"}, Known: "MIIS 2003 (doc)", Shown: "connection-result-miis2003"},
		{ID: enumeration, In: "connection-result", Names: []string{"failed-permission", "no-start-partition-delete"}, Known: mim, Shown: "connection-result-mim"},
		{ID: enumeration, In: "extension-callsite", Names: []string{"connector-filter"}, Known: fim, Shown: "call-site-fim"},
		{ID: enumeration, In: "extension-callsite", Names: []string{"disconnector-filter"}, Known: databaseDoc, Shown: "call-site-database"},
		{ID: enumeration, In: "import-error/error-type", Names: databaseImportErrors, Known: databaseDoc, Shown: "import-error-database"},
		{ID: enumeration, In: "retry-error/error-type", Names: databaseImportErrors, Known: databaseDoc, Shown: "retry-error-database"},
		{ID: unexpected, In: "outbound-flow-counters", Names: []string{"provisioned-delete-add-flow", "provisioned-delete-add-no-flow"}, Known: fim, Shown: "outbound-delete-add"},
		{ID: unexpected, In: "inbound-flow-counters", Names: printedCounters, Known: "MS-UPSMODS listing (doc)", Shown: "printed-counter"},
		{ID: "XSD-attribute-unexpected", In: "retry-error", Names: []string{"displayname"}, Known: fim, Shown: "retry-error-display-name"},
		{ID: "XSD-attribute-missing", In: "retry-error", Names: []string{"mv-guid"}, Known: fim, Shown: "retry-error-no-mv-guid"},
		{ID: "XSD-attribute-value", In: "delta/attr/value", Names: []string{"update"}, Known: "MS-UPSMODS prose, FIM (doc)", Shown: "value-update"},
		{ID: "XSD-attribute-unexpected", In: "entry/attr", Names: []string{"operation"}, Known: fim, Shown: "entry-attr-operation"},
		{ID: "XSD-attribute-unexpected", In: "entry/dn-attr", Names: []string{"operation"}, Known: fim, Shown: "entry-dn-attr-operation"},
		{ID: unexpected, In: "ma-object-error/cd-error", Names: []string{"value"}, Known: fim, Shown: "value-in-cd-error"},
		{ID: unexpected, In: "import-error", Names: []string{"first-occurred"}, Arm: "late", Known: miis, Shown: "import-error-date-first"},
		{ID: unexpected, In: "import-error", Names: []string{"error-type"}, Arm: "late", Known: miis, Shown: "import-error-algorithm-step-first"},
		{ID: unexpected, In: "import-error", Names: []string{"rule-error-info"}, Known: miis, Shown: "rule-error-info"},
		{ID: unexpected, In: "retry-error", Names: []string{"rule-error-info"}, Known: miis, Shown: "rule-error-info-of-retry"},
		{ID: "C072", Arm: "masked", Known: masked, Shown: "masked-export-errors"},
		{ID: "C097", Arm: "masked", Known: masked, Shown: "masked-context"},
		{ID: "C132", Arm: "masked", Known: masked, Shown: "masked-import-errors"},
		{ID: "R449", Arm: "extra", Known: sharePoint, Shown: "cd-error-of-another-type"},
		{ID: "R213", Arm: "extra", Known: databaseDoc, Shown: "entry-number-of-another-type"},
		{ID: "R221", Arm: "plain", Known: databaseDoc, Shown: "plain-anchor"},
		{ID: "R224", Arm: "extra", Known: databaseDoc, Shown: "attribute-name-of-another-type"},
		{ID: "R170", Known: "Entra Connect (seen)", Shown: "server-of-no-incident"},
		{ID: "R171", Arm: "unconnected", Known: "Entra Connect (seen)", Shown: "server-without-connection"},
		{ID: "R157", Known: sharePoint, Shown: "two-inbound-flow-counters"},
		{ID: "R146", Known: fim, Shown: "export-step-counter"},
		{ID: "R147", Known: fim, Shown: "last-export-step-counter"},
	}
}

// printedCounters are the spellings of the printed listing (erratum E12).
var printedCounters = []string{"disconnecter-filtered", "disconnecter-joined-no-flow", "disconnecter-joined-flow", "disconnecter-joined-remove-mv"}

// databaseStepResults are step results that only the specification of the
// server's database names.
var databaseStepResults = []string{
	"missing-partition-for-run-step", "no-start-notes-api-not-availible", "no-start-notes-client-init-failure",
	"no-start-partition-delete", "stopped-deletion-limit", "stopped-entry-point-not-implemented", "stopped-export-disabled",
	"stopped-server-down", "stopped-bad-server-credentials", "stopped-unexpected-data", "stopped-extensible-extension-error",
	"stopped-failed-to-delete-file", "stopped-entry-export-error", "stopped-error-in-end-connection",
	"stopped-ma-extension-error-in-end-connection", "stopped-ma-extension-timeout", "stopped-password-extension-timeout",
	"stopped-password-extension-not-configured",
}

// databaseImportErrors are import and retry error types that only the
// specification of the server's database names.
var databaseImportErrors = []string{
	"encryption-key-lost", "sync-rule-invalid-export-scoping-xml", "sync-rule-invalid-function-xml",
	"sync-rule-invalid-relationship-criteria-xml", "unsupported-container-rename", "ambigous-reference-value-for-export-flow",
}
