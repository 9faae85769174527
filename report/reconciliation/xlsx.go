package reconciliation

import (
	"io"
	"strings"

	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/report/xlsx"
)

// column is a column of a sheet and what fills it.
type column[R any] struct {
	name string
	kind tables.Type
	unit string
	doc  string
	of   func(*R) tables.Value
}

// sheet writes rows as a sheet.
func sheet[R any](w tables.Writer, name, title, doc string, list []R, columns []column[R]) error {
	t := &tables.Table{Name: name, Title: title, Doc: doc}
	for i := range columns {
		c := &columns[i]
		t.Columns = append(t.Columns, tables.Column{Name: c.name, Type: c.kind, Unit: c.unit, Doc: c.doc, Source: "reconcile"})
	}
	rows, err := w.Table(t)
	values := make([]tables.Value, len(columns))
	for i := range list {
		if err != nil {
			return err
		}
		for j := range columns {
			values[j] = columns[j].of(&list[i])
		}
		err = rows.Row(values)
	}
	return err
}

// word is a text that is missing when it is empty.
func word(s string) tables.Value {
	if s == "" {
		return tables.Missing
	}
	return tables.Of(s)
}

// above is a number or an instant that is missing when it is 0.
func above[N ~int | ~int64 | ~uint32 | ~uint64](n N) tables.Value {
	if n == 0 {
		return tables.Missing
	}
	return tables.Num(int64(n))
}

// writeWorkbook writes a sheet for findings, one for policies, one for what is
// gone since the call before, one for agents and one for problems.
func writeWorkbook(out io.Writer, r *Report, _ bool) error {
	w := xlsx.Titled("Reconciliation of run histories")(out, tables.Options{Version: r.Version})
	for _, write := range []func(tables.Writer, *Report) error{findingsSheet, policiesSheet, resolvedSheet, agentsSheet, problemsSheet} {
		if err := write(w, r); err != nil {
			return err
		}
	}
	return w.Close()
}

func findingsSheet(w tables.Writer, r *Report) error {
	type row = Finding
	return sheet(w, "findings", "Findings", "What does not add up in the archive: a row for each finding, gravest first.", r.Findings, []column[row]{
		{"severity", tables.Word, "", "error, warning or info.", func(f *row) tables.Value { return tables.Of(f.Severity.String()) }},
		{"certainty", tables.Word, "", "certain, likely or possible.", func(f *row) tables.Value { return word(f.Certainty) }},
		{"rule", tables.Word, "", "Id of the check; runhist explain says more about it.", func(f *row) tables.Value { return tables.Of(f.Rule) }},
		{"ma_name", tables.Word, "", "Management agent; missing where it is about none.", func(f *row) tables.Value { return word(f.Agent) }},
		{"run_profile", tables.Word, "", "Run profile; missing where it is about all of them.", func(f *row) tables.Value { return word(f.Profile) }},
		{"run_number", tables.Int, "", "Number of the run.", func(f *row) tables.Value { return above(f.Run) }},
		{"run_start", tables.Time, "", "When the run began.", func(f *row) tables.Value { return above(f.At) }},
		{"message", tables.Text, "", "What does not add up.", func(f *row) tables.Value { return tables.Of(f.Message) }},
		{"objects_count", tables.Int, "objects", "How many objects it is about.", func(f *row) tables.Value { return above(f.Count) }},
		{"objects", tables.Text, "", "Some of them, a line each.", func(f *row) tables.Value { return word(strings.Join(f.Objects, "\n")) }},
		{"known", tables.Bool, "", "The call before had it too, by the state.", func(f *row) tables.Value { return tables.Flag(f.Old) }},
		{"suppressed", tables.Text, "", "Why it does not count.", func(f *row) tables.Value { return word(f.Suppressed) }},
		{"file", tables.Text, "", "Document.", func(f *row) tables.Value { return word(f.File) }},
		{"line", tables.Int, "", "Line in it.", func(f *row) tables.Value { return above(f.Line) }},
		{"path", tables.Text, "", "Path of the element.", func(f *row) tables.Value { return word(f.Path) }},
	})
}

func policiesSheet(w tables.Writer, r *Report) error {
	type row = Verdict
	return sheet(w, "policies", "Policies", "Whether policies are kept: a row for each policy and run that it judges.", r.Policies, []column[row]{
		{"policy", tables.Word, "", "Name of the policy.", func(v *row) tables.Value { return tables.Of(v.Policy) }},
		{"outcome", tables.Word, "", "kept, violated, or unknown where it could not be judged.", func(v *row) tables.Value { return tables.Of(v.Outcome) }},
		{"severity", tables.Word, "", "How grave a violation is.", func(v *row) tables.Value { return tables.Of(v.Severity.String()) }},
		{"ma_name", tables.Word, "", "Management agent; missing where no run is selected.", func(v *row) tables.Value { return word(v.Agent) }},
		{"ma_id", tables.GUID, "", "GUID of the management agent.", func(v *row) tables.Value { return word(v.AgentID) }},
		{"run_profile", tables.Word, "", "Run profile; missing where it is about all of them.", func(v *row) tables.Value { return word(v.Profile) }},
		{"run_number", tables.Int, "", "Number of the run that was judged.", func(v *row) tables.Value { return above(v.Run) }},
		{"message", tables.Text, "", "The verdict in words.", func(v *row) tables.Value { return tables.Of(v.Message) }},
	})
}

func resolvedSheet(w tables.Writer, r *Report) error {
	type row = Resolved
	return sheet(w, "resolved", "Gone", "Findings that the call before had, by the state, and that are gone.", r.Resolved, []column[row]{
		{"severity", tables.Word, "", "How grave it was.", func(g *row) tables.Value { return tables.Of(g.Severity.String()) }},
		{"ma_name", tables.Word, "", "Management agent.", func(g *row) tables.Value { return word(g.Agent) }},
		{"message", tables.Text, "", "What it said.", func(g *row) tables.Value { return tables.Of(g.Message) }},
	})
}

// lastRun is a run profile of an agent.
type lastRun struct {
	agent *Agent
	*Profile
}

func agentsSheet(w tables.Writer, r *Report) error {
	var list []lastRun
	for i := range r.Agents {
		for j := range r.Agents[i].Profiles {
			list = append(list, lastRun{&r.Agents[i], &r.Agents[i].Profiles[j]})
		}
	}
	type row = lastRun
	return sheet(w, "agents", "Agents", "The run profiles of each management agent, and the last run of each.", list, []column[row]{
		{"ma_name", tables.Word, "", "Management agent.", func(p *row) tables.Value { return word(p.agent.Name) }},
		{"ma_id", tables.GUID, "", "Its GUID.", func(p *row) tables.Value { return word(p.agent.ID) }},
		{"objects", tables.Int, "objects", "Objects of the agent by its last full imports; missing where none tells.", func(p *row) tables.Value {
			if p.agent.Objects < 0 {
				return tables.Missing
			}
			return tables.Num(p.agent.Objects)
		}},
		{"run_profile", tables.Word, "", "Run profile.", func(p *row) tables.Value { return word(p.Name) }},
		{"runs", tables.Int, "runs", "Runs of the profile.", func(p *row) tables.Value { return tables.Num(p.Runs) }},
		{"run_number", tables.Int, "", "Number of the last one.", func(p *row) tables.Value { return above(p.Number) }},
		{"start", tables.Time, "", "When it began.", func(p *row) tables.Value { return above(p.Start) }},
		{"end", tables.Time, "", "When it ended; missing while it is at work.", func(p *row) tables.Value { return above(p.End) }},
		{"result", tables.Word, "", "Result of its last step.", func(p *row) tables.Value { return word(p.Result) }},
		{"errors", tables.Int, "errors", "Errors of its steps.", func(p *row) tables.Value { return tables.Num(p.Errors) }},
		{"last_success", tables.Time, "", "When the last run of the profile ended that came to its end.", func(p *row) tables.Value { return above(p.Success) }},
	})
}

func problemsSheet(w tables.Writer, r *Report) error {
	return sheet(w, "problems", "Problems", "What kept the tool from its work, a row each.", r.Problems, []column[string]{
		{"message", tables.Text, "", "What went wrong.", func(s *string) tables.Value { return tables.Of(*s) }},
	})
}
