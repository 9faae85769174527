// Package operations shows what the Operations tab of the product shows of a
// run: its steps, their results, the synchronization statistics in the words
// of that tab, the connection, and the errors.
//
// A [Reader] turns documents into values of the type [Run], in one pass; a
// [Report] writes them: the long form of a single run, a table of several.
// The package knows neither files nor terminals.
//
// # The words of the tab
//
// Staging and Export Statistics have one counter for each word. Inbound
// Synchronization is computed from the 17 counters of inbound-flow-counters:
//
//	Projections                      disconnector-projected-no-flow + -flow + -remove-mv
//	Joins                            disconnector-joined-no-flow + -flow + -remove-mv
//	Filtered Disconnectors           disconnector-filtered
//	Disconnectors                    disconnector-remains
//	Connectors with Flow Updates     connector-flow
//	Connectors without Flow Updates  connector-no-flow
//	Filtered Connectors              connector-filtered-remove-mv + -leave-mv
//	Deleted Connectors               connector-delete-remove-mv + -leave-mv
//	Delete Adds Processed            connector-delete-add-processed
//	Metaverse Object Deletes         connector-delete-remove-mv + connector-filtered-remove-mv
//	                                 + connector-flow-remove-mv + disconnector-joined-remove-mv
//	Flow Errors                      flow-failure
//
// How the product counts Metaverse Object Deletes is not published. Here it is
// every counter that says that an object left the metaverse; most of these
// stand in another line too. A projection that was removed again
// (disconnector-projected-remove-mv) is none of them: its object was not in
// the metaverse before the step. Every counter is in some line, so a line that is not
// there means that its counters are 0. Where the schema allows several blocks
// of one kind in a step, they are added up.
//
// Outbound Synchronization, for each target agent:
//
//	Export Attribute Flow            connector-flow
//	Connectors without Flow Updates  connector-no-flow
//	Provisioning Adds                provisioned-add-no-flow + -flow
//	Provisioning Renames             provisioned-rename-no-flow + -flow
//	Provisioning Disconnects         provisioned-disconnect
//	Provisioning Delete Adds         provisioned-delete-add-no-flow + -flow (before [MS-UPSMODS])
//
// # To extend it
//
// A word of the tab is a line in counters.go, a step type or a result one in
// words.go, a kind of error a method in errors.go.
package operations

import "github.com/runhist/runhist/schemas/rundetails"

// Run is what is shown of a run. Text of the document is clean: it holds
// nothing that could steer a terminal, and "" is what is missing.
type Run struct {
	File    string // where the caller says that it stands
	Agent   string
	AgentID string
	Profile string
	Number  string
	Account string
	Steps   []Step // by step number, those without one last
	// MoreSteps were read and counted, but are too many to be kept.
	MoreSteps int
	// Cut means that the document could not be read to the end of the run.
	Cut    bool
	Totals Totals
}

// Totals is what a run comes to over all its steps.
type Totals struct {
	Steps      int
	Start, End Moment // the earliest and the latest that could be read
	Running    bool   // some step is under way
	Result     string // of the worst step
	Level      Level
	// Changes as staged and as exported, added up: updates include renames,
	// and a delete-add is a delete and an add.
	Adds, Updates, Deletes uint64
	Errors                 int

	rank int // of Result
}

// Step is what is shown of a step.
type Step struct {
	Number         string
	Type           string // in words
	Partition      string
	Start, End     Moment
	Result         string
	Level          Level
	Progress, File string
	Connection     Connection
	Discovery      Discovery
	// Blocks are the counters: staging, inbound, outbound by target agent,
	// export. A block that the document lacks is there and not Present, save
	// for outbound ones.
	Blocks       []Block
	MoreOutbound int // outbound blocks of further agents, not kept
	Errors       []ErrorGroup

	place uint64 // by which steps are ordered
}

// Connection is what is shown of ma-connection.
type Connection struct {
	Result, Server string
	Incidents      []Incident // the first of them
	More           int        // incidents that are not kept
	plain          bool       // every incident is a success
}

// Incident is one attempt to connect.
type Incident struct {
	Result, Server string
	At             Moment
	Error          string // code and first line of what the data source said
}

// Discovery is ma-discovery-counters.
type Discovery struct {
	FilteredDeletions, FilteredObjects Count
}

// Moment is a date and time of the document.
type Moment struct {
	Text   string // as written
	Millis int64  // since 1970-01-01, where Known
	Known  bool
}

// Level grades a result.
type Level uint8

// The levels.
const (
	Success Level = iota
	Running
	Warning
	Error
)

func moment(i *rundetails.Instant) Moment {
	return Moment{Text: brief(i.Value, 40), Millis: i.Millis, Known: i.Valid}
}
