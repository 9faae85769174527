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
	// Arm is the case of the rule that it is about, "" for every case.
	Arm string
	// Known says the product and the kind of evidence: seen in server
	// output, documented on a published page, or handled by a tool's code.
	Known string
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
	)
	return []Deviation{
		{ID: "SRC-label", Known: "every product (seen)"},
		{ID: unexpected, In: "run-history", Names: []string{"run-details"}, Known: "FIM, Lithnet (doc)"},
		{ID: missing, In: "run-history", Names: []string{"run-details"}, Known: "new agent (doc)"},
		{ID: "XSD-unexpected-root", Names: []string{"execution-histories"}, Known: "FIM Synchronization Service Manager (doc)"},
		{ID: unexpected, In: "incident/cd-error", Names: []string{"server-error-detail"}, Known: sharePoint},
		{ID: unexpected, In: "cd-error", Names: []string{"extra-error-details"}, Known: "Entra Connect (code)"},
		{ID: missing, In: "step-details", Names: []string{"end-date", "staging-counters", "inbound-flow-counters", "export-counters"}, Known: "FIM (doc)"},
		{ID: missing, In: "extension-error-info", Names: []string{"extension-context", "call-stack"}, Known: "FIM (seen)"},
		{ID: enumeration, In: "export-error/error-type", Names: []string{"ma-extension-error"}, Known: sharePoint},
		{ID: enumeration, In: "export-error/error-type", Names: []string{"encryption-key-lost"}, Known: "MIM (doc)"},
		{ID: enumeration, In: "export-error/error-type", Names: []string{"multi-valued-anchor-component"}, Known: "FIM (doc)"},
		{ID: enumeration, In: "step-result", Names: []string{"no-start-file-contains-incorrect-step-type", "stopped-file-error"}, Known: "FIM (doc)"},
		{ID: enumeration, In: "step-result", Names: []string{"completing-obsoletion", "completing-obsolescence"}, Known: "MS-UPSMODS prose, FIM (doc)"},
		{ID: enumeration, In: "step-result", Names: []string{"stopped-deletion-threshold-exceeded"}, Known: "Entra Connect (doc)"},
		{ID: enumeration, In: "step-result", Names: databaseStepResults, Known: databaseDoc},
		{ID: enumeration, In: "connection-result", Names: []string{"successful-connection"}, Known: "MIIS 2003 (doc)"},
		{ID: enumeration, In: "connection-result", Names: []string{"failed-permission", "no-start-partition-delete"}, Known: "MIM (doc)"},
		{ID: enumeration, In: "extension-callsite", Names: []string{"connector-filter"}, Known: "FIM (doc)"},
		{ID: enumeration, In: "extension-callsite", Names: []string{"disconnector-filter"}, Known: databaseDoc},
		{ID: enumeration, In: "import-error/error-type", Names: databaseImportErrors, Known: databaseDoc},
		{ID: enumeration, In: "retry-error/error-type", Names: databaseImportErrors, Known: databaseDoc},
		{ID: unexpected, In: "outbound-flow-counters", Names: []string{"provisioned-delete-add-flow", "provisioned-delete-add-no-flow"}, Known: "FIM (doc)"},
		{ID: unexpected, In: "inbound-flow-counters", Names: printedCounters, Known: "MS-UPSMODS listing (doc)"},
		{ID: "R449", Arm: "extra", Known: sharePoint},
		{ID: "R213", Arm: "extra", Known: databaseDoc},
		{ID: "R221", Arm: "plain", Known: databaseDoc},
		{ID: "R224", Arm: "extra", Known: databaseDoc},
		{ID: "R170", Known: "Entra Connect (seen)"},
		{ID: "R171", Known: "Entra Connect (seen)"},
		{ID: "R157", Known: sharePoint},
		{ID: "R146", Known: "FIM (doc)"},
		{ID: "R147", Known: "FIM (doc)"},
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

// Form says in words what a named type of the schema wants of a value that
// does not match its pattern; "" for types without a pattern of note.
func Form(typeName string) string {
	switch typeName {
	case "guidType":
		return "a GUID in braces, such as {1B6C1B2A-0A4E-4C6B-9D3C-7A2E5F3B9C10}"
	case "dateTimeNoT":
		return "a date and time such as 2016-07-15 10:00:00.000"
	case "progressType":
		return "two numbers such as 120/500"
	case "dnType", "security-idType":
		return "on one line"
	}
	return ""
}
