package json

import (
	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/validate/finding"
)

// The values of a report as programs see them. They are exported for the
// format jsonl, which writes the same values one by one.

// Tool names the program.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Summary counts over all documents.
type Summary struct {
	Files        int `json:"files"`
	Runs         int `json:"runs"`
	Steps        int `json:"steps"`
	Errors       int `json:"errors"`
	Warnings     int `json:"warnings"`
	Infos        int `json:"infos"`
	Suppressed   int `json:"suppressed"`
	NotEvaluated int `json:"notEvaluated"`
	Cut          int `json:"cut"`
	Incomplete   int `json:"incomplete"`
}

// File is a document.
type File struct {
	File     string   `json:"file"`
	Status   string   `json:"status"`
	Profile  string   `json:"profile"`
	Because  string   `json:"because,omitempty"` // why that profile, under profile auto
	Runs     int      `json:"runs"`
	Steps    int      `json:"steps"`
	Problems []string `json:"problems"`
}

// Finding is a finding.
type Finding struct {
	File         string           `json:"file"`
	Line         uint32           `json:"line"`
	Column       uint32           `json:"column"`
	Path         string           `json:"path"`
	Rule         string           `json:"rule"`
	Severity     finding.Severity `json:"severity"`
	Requirements []string         `json:"requirements"`
	Section      string           `json:"section"`
	Message      string           `json:"message"`
	Known        string           `json:"known"`
	Suppressed   string           `json:"suppressed,omitempty"`
}

// Rule is what became of a rule.
type Rule struct {
	ID       string         `json:"id"`
	Status   finding.Status `json:"status"`
	Checked  int            `json:"checked"`
	Findings int            `json:"findings"`
}

// NewTool names this program.
func NewTool(version string) Tool { return Tool{"runhist", version} }

// NewFile turns a document into its value, without its findings.
func NewFile(f *report.File) File {
	return File{f.Name, f.Status, f.Profile, f.Because, f.Runs, f.Steps, List(f.Problems)}
}

// NewFinding turns a finding into its value.
func NewFinding(f *finding.Finding) Finding {
	return Finding{f.File, f.Line, f.Column, f.Path, f.Rule, f.Severity, List(f.Requirements), f.Section, f.Message, f.Known, f.Suppressed}
}

// NewRule turns a rule into its value.
func NewRule(r *report.Rule) Rule { return Rule{r.ID, r.Status, r.Checked, r.Findings} }

// List is the list, and never null.
func List(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
