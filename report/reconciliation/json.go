package reconciliation

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"io"
	"time"
)

// Schema describes what the format json writes; each line of jsonl is one of
// its values, with the field "type" in front.
//
//go:embed schema.json
var Schema []byte

// The values of JSON, version 1: fields are only ever added.
type (
	jsonReport struct {
		Version  int            `json:"version"`
		Tool     jsonTool       `json:"tool"`
		Summary  jsonSummary    `json:"summary"`
		Problems []string       `json:"problems"`
		Findings []jsonFinding  `json:"findings"`
		Resolved []jsonResolved `json:"resolved"`
		Policies []jsonVerdict  `json:"policies"`
		Agents   []jsonAgent    `json:"agents"`
	}
	jsonTool struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	jsonSummary struct {
		Files      int    `json:"files"`
		Runs       int    `json:"runs"`
		Steps      int    `json:"steps"`
		Agents     int    `json:"agents"`
		First      string `json:"first,omitempty"`
		Last       string `json:"last,omitempty"`
		Copies     int    `json:"copies"`
		Undated    int    `json:"undated"`
		Errors     int    `json:"errors"`
		Warnings   int    `json:"warnings"`
		Infos      int    `json:"infos"`
		Suppressed int    `json:"suppressed"`
		Old        int    `json:"old"`
		Cut        int    `json:"cut"`
		Incomplete bool   `json:"incomplete"`
	}
	jsonFinding struct {
		Type       string   `json:"type,omitempty"`
		Rule       string   `json:"rule"`
		Severity   string   `json:"severity"`
		Certainty  string   `json:"certainty"`
		Message    string   `json:"message"`
		Agent      string   `json:"agent,omitempty"`
		Profile    string   `json:"profile,omitempty"`
		Run        uint32   `json:"run,omitempty"`
		Start      string   `json:"start,omitempty"`
		Count      int      `json:"count,omitempty"`
		Objects    []string `json:"objects,omitempty"`
		File       string   `json:"file,omitempty"`
		Line       uint32   `json:"line,omitempty"`
		Path       string   `json:"path,omitempty"`
		Old        bool     `json:"old,omitempty"`
		Suppressed string   `json:"suppressed,omitempty"`
	}
	jsonResolved struct {
		Type     string `json:"type,omitempty"`
		Severity string `json:"severity"`
		Agent    string `json:"agent,omitempty"`
		Message  string `json:"message"`
	}
	jsonVerdict struct {
		Type     string  `json:"type,omitempty"`
		Policy   string  `json:"policy"`
		Agent    string  `json:"agent,omitempty"`
		Profile  string  `json:"profile,omitempty"`
		Run      uint32  `json:"run,omitempty"`
		Outcome  string  `json:"outcome"`
		Severity string  `json:"severity"`
		Value    float64 `json:"value"`
		Message  string  `json:"message"`
	}
	jsonAgent struct {
		Type     string        `json:"type,omitempty"`
		Name     string        `json:"name"`
		ID       string        `json:"id,omitempty"`
		Runs     int           `json:"runs"`
		Objects  *int64        `json:"objects"`
		Profiles []jsonProfile `json:"profiles"`
	}
	jsonProfile struct {
		Name     string            `json:"name"`
		Runs     int               `json:"runs"`
		Run      uint32            `json:"run,omitempty"`
		Start    string            `json:"start,omitempty"`
		End      string            `json:"end,omitempty"`
		Result   string            `json:"result,omitempty"`
		Working  bool              `json:"working,omitempty"`
		Success  string            `json:"success,omitempty"`
		Counters map[string]uint64 `json:"counters"`
	}
)

// instant writes a time, which run details have in UTC.
func instant(millis int64) string {
	if millis == 0 {
		return ""
	}
	return time.UnixMilli(millis).UTC().Format("2006-01-02T15:04:05.000Z")
}

func summaryValue(s *Summary) jsonSummary {
	return jsonSummary{s.Files, s.Runs, s.Steps, s.Agents, instant(s.First), instant(s.Last), s.Copies, s.Undated, s.Errors, s.Warnings, s.Infos,
		s.Suppressed, s.Old, s.Cut, s.Incomplete}
}

func findingValue(f *Finding) jsonFinding {
	return jsonFinding{Rule: f.Rule, Severity: f.Severity.String(), Certainty: f.Certainty, Message: f.Message, Agent: f.Agent, Profile: f.Profile, Run: f.Run,
		Start: instant(f.At), Count: f.Count, Objects: f.Objects, File: f.File, Line: f.Line, Path: f.Path, Old: f.Old, Suppressed: f.Suppressed}
}

func verdictValue(v *Verdict) jsonVerdict {
	return jsonVerdict{Policy: v.Policy, Agent: v.Agent, Profile: v.Profile, Run: v.Run, Outcome: v.Outcome, Severity: v.Severity.String(), Value: v.Value, Message: v.Message}
}

func agentValue(a *Agent) jsonAgent {
	value := jsonAgent{Name: a.Name, ID: a.ID, Runs: a.Runs, Profiles: []jsonProfile{}}
	if a.Objects >= 0 {
		value.Objects = &a.Objects
	}
	for i := range a.Profiles {
		p := &a.Profiles[i]
		counters := map[string]uint64{}
		for _, c := range p.Counters {
			counters[c.Name] = c.N
		}
		value.Profiles = append(value.Profiles, jsonProfile{p.Name, p.Runs, p.Number, instant(p.Start), instant(p.End), p.Result, p.Working, instant(p.Success), counters})
	}
	return value
}

func resolvedValue(g *Resolved) jsonResolved {
	return jsonResolved{Severity: g.Severity.String(), Agent: g.Agent, Message: g.Message}
}

func writeJSON(w io.Writer, r *Report, _ bool) error {
	report := jsonReport{Version: 1, Tool: jsonTool{"runhist", r.Version}, Summary: summaryValue(&r.Summary), Problems: append([]string{}, r.Problems...),
		Findings: []jsonFinding{}, Resolved: []jsonResolved{}, Policies: []jsonVerdict{}, Agents: []jsonAgent{}}
	for i := range r.Findings {
		report.Findings = append(report.Findings, findingValue(&r.Findings[i]))
	}
	for i := range r.Resolved {
		report.Resolved = append(report.Resolved, resolvedValue(&r.Resolved[i]))
	}
	for i := range r.Policies {
		report.Policies = append(report.Policies, verdictValue(&r.Policies[i]))
	}
	for i := range r.Agents {
		report.Agents = append(report.Agents, agentValue(&r.Agents[i]))
	}
	out := bufio.NewWriter(w)
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(report); err != nil {
		return err
	}
	return out.Flush()
}

// writeLines writes a line for the summary, and then one for each value.
func writeLines(w io.Writer, r *Report, _ bool) error {
	out := bufio.NewWriter(w)
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	var failed error
	line := func(value any) {
		if failed == nil {
			failed = e.Encode(value)
		}
	}
	line(struct {
		Type    string   `json:"type"`
		Version int      `json:"version"`
		Tool    jsonTool `json:"tool"`
		jsonSummary
		Problems []string `json:"problems"`
	}{"summary", 1, jsonTool{"runhist", r.Version}, summaryValue(&r.Summary), append([]string{}, r.Problems...)})
	for i := range r.Findings {
		value := findingValue(&r.Findings[i])
		value.Type = "finding"
		line(value)
	}
	for i := range r.Resolved {
		value := resolvedValue(&r.Resolved[i])
		value.Type = "resolved"
		line(value)
	}
	for i := range r.Policies {
		value := verdictValue(&r.Policies[i])
		value.Type = "policy"
		line(value)
	}
	for i := range r.Agents {
		value := agentValue(&r.Agents[i])
		value.Type = "agent"
		line(value)
	}
	if failed != nil {
		return failed
	}
	return out.Flush()
}
