package cli

import (
	"io/fs"
	"slices"
	"strings"

	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/validate/rule"
)

// example is a document that fails, beside the nearest one that passes.
type example struct {
	Fails    string        `json:"fails,omitempty"`  // its path in the folder samples
	Passes   string        `json:"passes,omitempty"` // the same
	Lines    []exampleLine `json:"lines"`
	Findings []string      `json:"findings,omitempty"` // in the document that fails
}

// exampleLine is a line of an example: where the two documents differ, and a
// line around it.
type exampleLine struct {
	In   string `json:"in"`             // fails, passes, both, or cut between two places
	Line int    `json:"line,omitempty"` // in the document that fails
	Text string `json:"text"`
}

// Sides of an example.
const (
	inFails  = "fails"
	inPasses = "passes"
	inBoth   = "both"
	inNone   = "cut"
)

// ruleExamples are the failing fixtures of a rule that differ least from one
// that passes, one for each severity of its findings.
func ruleExamples(r *rule.Rule) []example {
	var fails, passes []string
	for _, fixture := range samples.RuleFixtures(r.ID) {
		if samples.IsFail(fixture) {
			fails = append(fails, fixture)
		} else {
			passes = append(passes, fixture)
		}
	}
	best := map[string]int{} // severity to the index in found
	var found []example
	for _, fixture := range fails {
		severity, findings := fixtureFindings(r, fixture)
		if severity == "" {
			continue
		}
		candidate := nearestPass(fixture, passes)
		candidate.Findings = findings
		if i, ok := best[severity]; !ok {
			best[severity] = len(found)
			found = append(found, candidate)
		} else if changes(candidate.Lines) < changes(found[i].Lines) {
			found[i] = candidate
		}
	}
	return found
}

// fixtureFindings reads what a rule finds in a fixture, from the list beside
// it: the severity of the first finding, and all of them.
func fixtureFindings(r *rule.Rule, fixture string) (severity string, findings []string) {
	for _, line := range readSample(strings.TrimSuffix(fixture, ".xml") + ".want") {
		fields := strings.SplitN(line, " ", 5) // place, severity, rule and what it stands for, path, message
		if len(fields) < 5 {
			continue
		}
		// A rule that yields to another everywhere is told by that one.
		if name, with, _ := strings.Cut(fields[2], "+"); name != r.ID &&
			(len(r.Yields) == 0 || !slices.Contains(strings.Split(with, "+"), r.ID)) {
			continue
		}
		if severity == "" {
			severity = fields[1]
		}
		findings = append(findings, fields[0]+": "+fields[1]+": "+fields[4])
	}
	return severity, findings
}

// readSample returns the lines of a file of the corpus.
func readSample(name string) []string {
	text, err := fs.ReadFile(samples.FS(), name)
	if err != nil {
		return nil // the corpus is embedded: only a name that is not there fails
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

// nearestPass compares a fixture with those that pass, and keeps the nearest.
func nearestPass(fixture string, passes []string) example {
	nearest := example{Fails: "samples/" + fixture}
	for i, pass := range passes {
		lines := compareFixtures(samples.Documents(fixture), samples.Documents(pass))
		if i == 0 || changes(lines) < changes(nearest.Lines) {
			nearest.Passes, nearest.Lines = "samples/"+pass, lines
		}
	}
	nearest.Lines = around(nearest.Lines)
	return nearest
}

// compareFixtures compares two fixtures document by document.
func compareFixtures(fails, passes []string) []exampleLine {
	var lines []exampleLine
	for i := range max(len(fails), len(passes)) {
		var fail, pass []string
		if i < len(fails) {
			fail = readSample(fails[i])
		}
		if i < len(passes) {
			pass = readSample(passes[i])
		}
		lines = append(lines, compareLines(fail, pass)...)
	}
	return lines
}

// changes counts the lines that only one document has.
func changes(lines []exampleLine) int {
	n := 0
	for i := range lines {
		if lines[i].In == inFails || lines[i].In == inPasses {
			n++
		}
	}
	return n
}

// compareLines lines two texts up by their longest common subsequence.
func compareLines(fails, passes []string) []exampleLine {
	// common[i][j] is the length of it from line i and j on.
	common := make([][]int, len(fails)+1)
	for i := range common {
		common[i] = make([]int, len(passes)+1)
	}
	for i := len(fails) - 1; i >= 0; i-- {
		for j := len(passes) - 1; j >= 0; j-- {
			if fails[i] == passes[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var lines []exampleLine
	i, j := 0, 0
	for i < len(fails) || j < len(passes) {
		switch {
		case i < len(fails) && j < len(passes) && fails[i] == passes[j]:
			lines = append(lines, exampleLine{inBoth, i + 1, fails[i]})
			i++
			j++
		case j == len(passes) || i < len(fails) && common[i+1][j] >= common[i][j+1]:
			lines = append(lines, exampleLine{inFails, i + 1, fails[i]})
			i++
		default:
			lines = append(lines, exampleLine{inPasses, 0, passes[j]})
			j++
		}
	}
	return lines
}

// around keeps the lines that differ and one on each side of them.
func around(lines []exampleLine) []exampleLine {
	differs := func(i int) bool {
		return i >= 0 && i < len(lines) && lines[i].In != inBoth
	}
	var kept []exampleLine
	last := -1
	for i := range lines {
		if !differs(i-1) && !differs(i) && !differs(i+1) {
			continue
		}
		if len(kept) > 0 && last != i-1 {
			kept = append(kept, exampleLine{In: inNone})
		}
		kept = append(kept, lines[i])
		last = i
	}
	return kept
}
