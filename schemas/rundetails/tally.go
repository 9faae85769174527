package rundetails

import "strings"

// Tally is what a step remembers of the records that it does not hold.
type Tally struct {
	ImportErrors, ExportErrors, RetryErrors, ObjectErrors ErrorTally

	Incidents  int
	Results    ErrorTally // incidents, by their connection-result
	Servers    ErrorTally // incidents, by their server as it is written
	LastResult string     // connection-result of the last incident
	LastServer string     // server of the last incident with success

	// FlowErrors counts the import-errors with an algorithm-step other than
	// staging.
	FlowErrors int
	// FlowFailures is the sum of flow-failure over the blocks of the step:
	// present when one is, valid when all are.
	FlowFailures Number
	// Retried is the latest first-occurred of the import- and export-errors
	// with a retry-count above 0: the point in time, and the line.
	Retried Instant

	OutboundBlocks, StagingBlocks, InboundBlocks, ExportBlocks int

	OutboundAbove0 bool // some outbound counter of some block is above 0
	InboundAbove0  bool // some inbound counter of some block is above 0
	StagingAbove0  bool
	ExportAbove0   bool
	FailureAbove0  bool // some stage-failure, flow-failure or export-failure of some block is above 0
}

// ErrorTally counts the errors of one kind in a step.
type ErrorTally struct {
	Count int
	// Types counts them by error-type, in the order of first appearance, at
	// most MaxTypes of them.
	Types []TypeCount
}

// MaxTypes is the number of error types that a tally tells apart; the schema
// has fewer of each kind.
const MaxTypes = 64

// TypeCount is the number of errors of one type.
type TypeCount struct {
	Type  string
	Count int
}

// Of is the number of errors of the type.
func (t *ErrorTally) Of(errorType string) int {
	for i := range t.Types {
		if t.Types[i].Type == errorType {
			return t.Types[i].Count
		}
	}
	return 0
}

// add counts an error. The type is copied when it is new: it may live only as
// long as its record.
func (t *ErrorTally) add(errorType string) {
	t.Count++
	for i := range t.Types {
		if t.Types[i].Type == errorType {
			t.Types[i].Count++
			return
		}
	}
	if len(t.Types) < MaxTypes {
		t.Types = append(t.Types, TypeCount{strings.Clone(errorType), 1})
	}
}

// addIncident counts an incident.
func (t *Tally) addIncident(i *Incident) {
	t.Incidents++
	t.Results.add(i.Result.Value)
	t.Servers.add(i.Server.Value)
	if t.LastResult != i.Result.Value {
		t.LastResult = strings.Clone(i.Result.Value)
	}
	if i.Result.Value == "success" && t.LastServer != i.Server.Value {
		t.LastServer = strings.Clone(i.Server.Value)
	}
}

// addFlowFailure adds the flow-failure of a block.
func (t *Tally) addFlowFailure(n *Number) {
	if !n.Present {
		return
	}
	sum := &t.FlowFailures
	sum.Valid = n.Valid && (sum.Valid || !sum.Present)
	sum.Present = true
	sum.N += n.N
}

// addRetried takes note of an error that an earlier run met too.
func (t *Tally) addRetried(retries *Number, first *Instant) {
	if retries.Above(0) && first.Valid && (!t.Retried.Valid || t.Retried.Millis < first.Millis) {
		t.Retried = first.point()
	}
}

func (t *ErrorTally) reset() {
	clear(t.Types)
	*t = ErrorTally{Types: t.Types[:0]}
}

func (t *Tally) reset() {
	t.ImportErrors.reset()
	t.ExportErrors.reset()
	t.RetryErrors.reset()
	t.ObjectErrors.reset()
	t.Results.reset()
	t.Servers.reset()
	*t = Tally{ImportErrors: t.ImportErrors, ExportErrors: t.ExportErrors, RetryErrors: t.RetryErrors, ObjectErrors: t.ObjectErrors,
		Results: t.Results, Servers: t.Servers}
}
