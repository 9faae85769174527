package rules_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/schemas"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rules"
)

// TestDeviations shows each known deviation by its document, and by a variant
// of it for every further value of the table: one finding under upsmods, and
// under server the same one as an info that says where it is known from.
func TestDeviations(t *testing.T) {
	strict := newValidator(t, rules.All()).Worker()
	tolerant := newValidatorOf(t, validate.Server, rules.All()).Worker()
	left := make(map[string]bool)
	for _, name := range samples.Deviations() {
		left[name] = true
	}
	for _, d := range schemas.Deviations() {
		name := path.Join("deviations", d.Shown+".xml")
		if !left[name] {
			t.Errorf("%s %s: there is no document %s, or it is another deviation's", d.ID, d.In, name)
			continue
		}
		delete(left, name)
		text := read(t, name)
		for i, value := range append([]string{""}, d.Names...) {
			variant := text
			if i > 0 && d.ID != "XSD-missing-element" {
				variant = strings.ReplaceAll(text, d.Names[0], value)
			}
			one(t, name+" "+value, judge(t, strict, name, variant).Findings, &d, "")
			one(t, name+" "+value, judge(t, tolerant, name, variant).Findings, &d, d.Known)
		}
	}
	for name := range left {
		if name != "deviations/execution-histories-of-runs.xml" {
			t.Errorf("%s shows no row of the table", name)
		}
	}
}

// one checks that a deviation gives one finding. That a step is still at work
// (C042) is none: one kind of deviation is about such steps.
func one(t *testing.T, name string, findings []finding.Finding, d *schemas.Deviation, known string) {
	t.Helper()
	findings = slices.DeleteFunc(slices.Clone(findings), func(f finding.Finding) bool { return f.Rule == "C042" })
	if len(findings) != 1 || findings[0].Rule != d.ID {
		t.Errorf("%s: want one finding of %s:\n%s", name, d.ID, want(findings))
		return
	}
	if f := &findings[0]; f.Known != known || known != "" && f.Severity != finding.Info {
		t.Errorf("%s: %s, known from %q, want %q", name, f.Severity, f.Known, known)
	}
}

// TestHistoriesOfRuns takes the other shape of that root: around the runs.
func TestHistoriesOfRuns(t *testing.T) {
	const name = "deviations/execution-histories-of-runs.xml"
	for _, p := range []validate.Profile{validate.UPSMODS, validate.Server} {
		result := judge(t, newValidatorOf(t, p, rules.All()).Worker(), name, read(t, name))
		if len(result.Findings) != 1 || result.Findings[0].Rule != "XSD-unexpected-root" || result.Runs != 1 {
			t.Errorf("profile %s, %d runs:\n%s", p, result.Runs, want(result.Findings))
		}
	}
}
