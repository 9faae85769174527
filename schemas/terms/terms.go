// Package terms is the vocabulary of run histories as data: every step result,
// error type, algorithm step, connection result, call site and counter, with
// what it says happened, what usually causes it and what an operator does; and
// the meaning of error codes that data sources answer with.
//
// It imports nothing of this module and keeps no state. To add a term: a row
// in the file of its kind, with the products that are known to write it; the
// tests compare the rows with the schema. To add an error code: a row in
// code_ldap.go, code_win32.go or code_hresult.go.
package terms

import (
	"slices"
	"strings"
)

// Kind is a kind of term: a field of the document whose values are words, or a
// block of counters.
type Kind string

// The kinds.
const (
	StepResult       Kind = "step result"
	DiscoveryError   Kind = "discovery error"
	ImportError      Kind = "synchronization error" // of import-error and retry-error
	ExportError      Kind = "export error"
	AlgorithmStep    Kind = "algorithm step"
	ConnectionResult Kind = "connection result"
	CallSite         Kind = "extension call site"
	DiscoveryCounter Kind = "discovery counter"
	StagingCounter   Kind = "staging counter"
	InboundCounter   Kind = "inbound counter"
	OutboundCounter  Kind = "outbound counter"
	ExportCounter    Kind = "export counter"
)

// Kinds lists the kinds in the order of the document.
func Kinds() []Kind {
	return []Kind{StepResult, ConnectionResult, DiscoveryError, DiscoveryCounter, ImportError, AlgorithmStep, CallSite, ExportError,
		OutboundCounter, StagingCounter, InboundCounter, ExportCounter}
}

// Fields are the places where the terms of a kind stand, below step-details:
// elements whose value is the term, or for counters the parent of the element
// of that name.
func (k Kind) Fields() []string {
	switch k {
	case StepResult:
		return []string{"step-result"}
	case DiscoveryError:
		return []string{"ma-discovery-errors/ma-object-error/error-type"}
	case ImportError:
		return []string{"synchronization-errors/import-error/error-type", "mv-retry-errors/retry-error/error-type"}
	case ExportError:
		return []string{"synchronization-errors/export-error/error-type"}
	case AlgorithmStep:
		return []string{"synchronization-errors/import-error/algorithm-step", "mv-retry-errors/retry-error/algorithm-step"}
	case ConnectionResult:
		return []string{"ma-connection/connection-result", "ma-connection/connection-log/incident/connection-result"}
	case CallSite:
		return []string{"synchronization-errors/import-error/extension-error-info/extension-callsite",
			"mv-retry-errors/retry-error/extension-error-info/extension-callsite"}
	case DiscoveryCounter:
		return []string{"ma-discovery-counters"}
	case StagingCounter:
		return []string{"staging-counters"}
	case InboundCounter:
		return []string{"inbound-flow-counters"}
	case OutboundCounter:
		return []string{"outbound-flow-counters"}
	case ExportCounter:
		return []string{"export-counters"}
	}
	return nil
}

// Counter tells whether the terms of the kind are names of elements.
func (k Kind) Counter() bool {
	return strings.HasSuffix(string(k), " counter")
}

// Section is the section of [MS-UPSMODS] that describes the field.
func (k Kind) Section() string {
	switch k {
	case StepResult:
		return "2.2.1.1.1"
	case ConnectionResult:
		return "2.2.1.1.1.1"
	case DiscoveryError:
		return "2.2.1.1.1.2"
	case DiscoveryCounter:
		return "2.2.1.1.1.3"
	case ImportError, ExportError, AlgorithmStep, CallSite:
		return "2.2.1.1.1.4"
	case OutboundCounter:
		return "2.2.1.1.1.6"
	case StagingCounter:
		return "2.2.1.1.1.7"
	case InboundCounter:
		return "2.2.1.1.1.8"
	case ExportCounter:
		return "2.2.1.1.1.9"
	}
	return ""
}

// Products is a set of products and publications.
type Products uint8

// The products. A term has those for which a source is known: a published
// schema or list, or the output of a server.
const (
	UPSMODS      Products = 1 << iota // the schema of [MS-UPSMODS]: SharePoint Server 2010 to 2016
	UPSMODSProse                      // only the prose of [MS-UPSMODS]
	MIIS2003
	FIM2010
	MIM2016
	Database   // [MS-UPSDBDAP], a preliminary specification of the server's database
	Entra      // Entra Connect
	SharePoint // the output of a SharePoint 2013 server
)

// Names are the names of the products, the specification first.
func (p Products) Names() []string {
	var names []string
	for i, name := range [...]string{"MS-UPSMODS", "MS-UPSMODS (prose only)", "MIIS 2003", "FIM 2010", "MIM 2016",
		"MS-UPSDBDAP", "Entra Connect", "SharePoint 2013 (seen)"} {
		if p&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// Follow is what comes after a step that ends with a result.
type Follow uint8

// What the specification says about what comes after a step result.
const (
	Unsaid  Follow = iota // no term of this kind, or the specification does not know the value
	Goes                  // the next step runs, and data is obsoleted
	Stops                 // the next step does not run, and no data is obsoleted
	Running               // the step is still at work
)

// Term is one word of the vocabulary.
type Term struct {
	Kind     Kind
	Name     string
	Meaning  string // what it says happened
	Cause    string // what usually causes it, or where to look for the cause
	Remedy   string // what an operator does
	Products Products
	Section  string // of [MS-UPSMODS], about the field
	Follow   Follow // of a step result
}

// row is a term in a table of one kind.
type row struct {
	name                   string
	products               Products
	meaning, cause, remedy string
}

// All returns the terms, kind by kind and each kind sorted by name.
func All() []Term {
	var all []Term
	for _, kind := range Kinds() {
		first := len(all)
		for _, rows := range tables(kind) {
			for _, r := range rows {
				all = append(all, Term{Kind: kind, Name: r.name, Meaning: r.meaning, Cause: r.cause, Remedy: r.remedy,
					Products: r.products, Section: kind.Section(), Follow: follow(kind, &r)})
			}
		}
		slices.SortFunc(all[first:], func(a, b Term) int { return strings.Compare(a.Name, b.Name) })
	}
	return all
}

// tables are the tables of a kind.
func tables(k Kind) [][]row {
	switch k {
	case StepResult:
		return [][]row{completedResults, noStartResults, stoppedResults, stoppedExtensionResults, otherResults}
	case DiscoveryError:
		return [][]row{discoveryErrors}
	case ImportError:
		return [][]row{flowErrors, extensionErrors, ruleErrors}
	case ExportError:
		return [][]row{exportErrors}
	case AlgorithmStep:
		return [][]row{algorithmSteps}
	case ConnectionResult:
		return [][]row{connectionResults}
	case CallSite:
		return [][]row{callSites}
	case DiscoveryCounter:
		return [][]row{discoveryCounters}
	case StagingCounter:
		return [][]row{stagingCounters}
	case InboundCounter:
		return [][]row{inboundCounters}
	case OutboundCounter:
		return [][]row{outboundCounters}
	case ExportCounter:
		return [][]row{exportCounters}
	}
	return nil
}

// follow is what the specification says about a step result: seven results go
// on (2.2.1.1.1), all others of its list do not (3.2.5.2).
func follow(k Kind, r *row) Follow {
	if k != StepResult || r.products&(UPSMODS|UPSMODSProse) == 0 {
		return Unsaid
	}
	switch r.name {
	case "success", "completed-export-errors", "completed-no-objects", "completed-sync-errors", "completed-transient-objects",
		"completed-warnings", "completed-skipped-already-completed":
		return Goes
	}
	if r.name == "in-progress" || strings.HasPrefix(r.name, "completing-") {
		return Running
	}
	return Stops
}

// Lookup returns the terms of a name, whatever its case: one name may be of
// several kinds. It also knows the spelling disconnecter- of the counters that
// the schema listing of [MS-UPSMODS] prints.
func Lookup(name string) []Term {
	name = strings.ToLower(name)
	all := All()
	found := slices.DeleteFunc(slices.Clone(all), func(t Term) bool { return t.Name != name })
	if counter, ok := strings.CutPrefix(name, "disconnecter-"); ok && len(found) == 0 {
		found = slices.DeleteFunc(all, func(t Term) bool { return t.Kind != InboundCounter || t.Name != "disconnector-"+counter })
	}
	return found
}
