package derived

import (
	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/tables"
)

// Verdict is what became of a policy for a run, or for an agent.
type Verdict struct {
	Policy, Outcome, Severity string
	Agent, AgentID, Profile   string // "" where it is about none
	Number                    uint32 // of the run, 0 where it has none
	Start                     int64  // of the run, in milliseconds since 1970-01-01; 0 for no run
	Checked, ErrorType        string
	Value, Limit              *float64 // nil where they are not known
	Unit                      string   // of both, "" for none
	Expected                  string   // the limits as they are written
	Since                     int64    // when the violation began; 0 where that is not known
	Message, File             string
}

// WritePolicies writes the table of policies, if open wants it, in the order of
// the verdicts.
func WritePolicies(open facts.Open, verdicts []Verdict) error {
	table := policiesTable()
	return table.write(open, func(yield func(*Verdict)) {
		for i := range verdicts {
			yield(&verdicts[i])
		}
	})
}

func policiesTable() declaration[Verdict] {
	type row = Verdict
	const setting = "the policy, in the configuration"
	const judged = "the policy and the runs of the agent"
	doc := "Whether policies of the configuration are kept: a row for each policy and run that it judges, which is the newest one of each profile unless the policy says all; an age is of the agent. " +
		"A policy that selects no run has a row without an agent."
	return declaration[row]{PolicyVerdicts, "Policies", doc, []column[row]{
		{"policy", tables.Word, "", "Name of the policy.", setting, func(r *row) tables.Value { return tables.Of(r.Policy) }},
		{"outcome", tables.Word, "", "kept, violated, or unknown: it could not be judged, and message says why.", judged, func(r *row) tables.Value { return tables.Of(r.Outcome) }},
		{"severity", tables.Word, "", "How grave a violation is: error, warning or info.", setting, func(r *row) tables.Value { return tables.Of(r.Severity) }},
		{"ma_name", tables.Word, "", "Name of the management agent, the last where it has changed.", "run-details/ma-name", func(r *row) tables.Value { return present(r.Agent) }},
		{"ma_id", tables.GUID, "", "GUID of the management agent, in capital letters.", "run-details/ma-id", func(r *row) tables.Value { return present(r.AgentID) }},
		{"run_profile", tables.Word, "", "Name of the run profile; missing where the policy is about all profiles of the agent.", "run-details/run-profile-name", func(r *row) tables.Value { return present(r.Profile) }},
		{"run_number", tables.Int, "", "Number of the run that was judged; of an age, the last one that came to its end.", "run-details/run-number", func(r *row) tables.Value { return when(int64(r.Number), r.Number > 0) }},
		{"run_start", tables.Time, "", "When that run began.", "start of the first step", func(r *row) tables.Value { return when(r.Start, r.Start != 0) }},
		{"checked", tables.Word, "", "What is checked: a counter, a kind of errors, duration, age or result.", setting, func(r *row) tables.Value { return tables.Of(r.Checked) }},
		{"error_type", tables.Word, "", "Of errors, the type that is counted; missing for all.", setting, func(r *row) tables.Value { return present(r.ErrorType) }},
		{"value", tables.Float, "", "What was found, in the unit of the row; missing for results, and where it is not known.", judged, func(r *row) tables.Value { return known(r.Value) }},
		{"limit_value", tables.Float, "", "What the value is compared with, shares and medians worked out: of two limits, the one that is violated, else the upper one. Missing for results, and where it is not known.", judged, func(r *row) tables.Value { return known(r.Limit) }},
		{"unit", tables.Word, "", "Unit of value and limit: objects, errors or seconds; missing for results.", "the check", func(r *row) tables.Value { return present(r.Unit) }},
		{"expected", tables.Text, "", `The limits or results as they are written: "at most 5%", "one of success, completed-*".`, setting, func(r *row) tables.Value { return tables.Of(r.Expected) }},
		{"violated_since", tables.Time, "", "Of what is violated, since when: the start of the first run of the unbroken row of runs of the profile that violate the policy; of an age, when it passed the limit, which is missing where no run ever came to its end.", judged, func(r *row) tables.Value { return when(r.Since, r.Since != 0) }},
		{"message", tables.Text, "", "The verdict in words.", judged, func(r *row) tables.Value { return tables.Of(r.Message) }},
		{"file", tables.Text, "", "Document of the run.", "the argument or the folder", func(r *row) tables.Value { return present(r.File) }},
	}}
}

// known is a number that is missing when it is not known.
func known(f *float64) tables.Value {
	if f == nil {
		return tables.Missing
	}
	return tables.Real(*f)
}
