package reconciliation

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/runhist/runhist/report/terminal"
)

// metric is a family of samples.
type metric struct {
	name, help string
	samples    []string
}

// add adds a sample with labels, given as names and values.
func (m *metric) add(value float64, labels ...string) {
	var parts []string
	for i := 0; i+1 < len(labels); i += 2 {
		parts = append(parts, labels[i]+`="`+escapeLabel(labels[i+1])+`"`)
	}
	text := m.name
	if len(parts) > 0 {
		text += "{" + strings.Join(parts, ",") + "}"
	}
	m.samples = append(m.samples, text+" "+strconv.FormatFloat(value, 'f', -1, 64))
}

// escapeLabel makes the value of a label: names of documents may hold anything.
func escapeLabel(text string) string {
	text = terminal.Clean(strings.ToValidUTF8(text, "\uFFFD"))
	return strings.ReplaceAll(strings.ReplaceAll(text, `\`, `\\`), `"`, `\"`)
}

// seconds is a time as Prometheus has it.
func seconds(millis int64) float64 { return float64(millis) / 1000 }

// writePrometheus writes gauges in the text format, version 0.0.4: for the
// textfile collector of the node exporter.
func writePrometheus(w io.Writer, r *Report, _ bool) error {
	out := bufio.NewWriter(w)
	for _, m := range slices.Concat(r.callMetrics(), r.agentMetrics()) {
		if len(m.samples) == 0 {
			continue
		}
		fmt.Fprintf(out, "# HELP %s %s\n# TYPE %s gauge\n", m.name, m.help, m.name)
		for _, s := range m.samples {
			out.WriteString(s + "\n")
		}
	}
	return out.Flush()
}

// callMetrics tell of the call and of what was found.
func (r *Report) callMetrics() []*metric {
	state := &metric{name: "runhist_state", help: "0 OK, 1 warnings, 2 errors, 3 not finished."}
	state.add(float64(r.Monitor()))
	runs := &metric{name: "runhist_runs", help: "Runs that were compared."}
	runs.add(float64(r.Summary.Runs))
	incomplete := &metric{name: "runhist_incomplete", help: "1 where something could not be read to its end."}
	incomplete.add(flag(r.Summary.Incomplete || len(r.Problems) > 0))
	findings := &metric{name: "runhist_findings", help: "Findings by id, severity and agent."}
	type key struct{ agent, id, severity string }
	count := map[key]int{}
	var order []key
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Suppressed != "" {
			continue
		}
		k := key{f.Agent, f.Rule, f.Severity.String()}
		if count[k]++; count[k] == 1 {
			order = append(order, k)
		}
	}
	for _, k := range order {
		findings.add(float64(count[k]), "agent", k.agent, "id", k.id, "severity", k.severity)
	}
	return append([]*metric{state, runs, incomplete, findings}, r.policyMetrics()...)
}

// policyMetrics tell of the newest run that each policy was checked on.
func (r *Report) policyMetrics() []*metric {
	violated := &metric{name: "runhist_policy_violated", help: "1 where a policy is violated, 0 where it is kept."}
	unknown := &metric{name: "runhist_policy_unknown", help: "1 where a policy cannot be checked."}
	seen := map[[4]string]bool{}
	for i := range r.Policies {
		v := &r.Policies[i]
		k := [4]string{v.Policy, v.Agent, v.AgentID, v.Profile}
		if seen[k] {
			continue // verdicts of a profile are newest first
		}
		seen[k] = true
		labels := []string{"policy", v.Policy, "agent", v.Agent, "agent_id", v.AgentID, "profile", v.Profile}
		unknown.add(flag(v.Outcome == "unknown"), labels...)
		if v.Outcome != "unknown" {
			violated.add(flag(v.Outcome == "violated"), labels...)
		}
	}
	return []*metric{violated, unknown}
}

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// agentMetrics tell of the last run of each profile.
func (r *Report) agentMetrics() []*metric {
	objects := &metric{name: "runhist_agent_objects", help: "Objects of the agent, by its last full imports."}
	start := &metric{name: "runhist_last_run_start_timestamp_seconds", help: "Start of the last run of the profile."}
	duration := &metric{name: "runhist_last_run_duration_seconds", help: "Duration of the last run of the profile, once it has ended."}
	success := &metric{name: "runhist_last_success_timestamp_seconds", help: "End of the last run of the profile that came to its end."}
	result := &metric{name: "runhist_last_run_result", help: "1 for the result of the last run of the profile."}
	number := &metric{name: "runhist_last_run_number", help: "Run number of the last run of the profile."}
	counters := &metric{name: "runhist_last_run_count", help: "Counters and errors above 0 of the last run of the profile, over its steps."}
	for i := range r.Agents {
		a := &r.Agents[i]
		if a.Objects >= 0 {
			objects.add(float64(a.Objects), "agent", a.Name, "agent_id", a.ID)
		}
		for j := range a.Profiles {
			p := &a.Profiles[j]
			labels := []string{"agent", a.Name, "agent_id", a.ID, "profile", p.Name}
			start.add(seconds(p.Start), labels...)
			number.add(float64(p.Number), labels...)
			if p.End >= p.Start && p.End > 0 {
				duration.add(seconds(p.End-p.Start), labels...)
			}
			if p.Success > 0 {
				success.add(seconds(p.Success), labels...)
			}
			result.add(1, append(slices.Clone(labels), "result", p.Result)...)
			for _, c := range p.Counters {
				counters.add(float64(c.N), append(slices.Clone(labels), "counter", c.Name)...)
			}
		}
	}
	return []*metric{objects, start, duration, success, result, number, counters}
}
