package validate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

// TestFold holds which findings of one place become one: those of a rule that
// yields to another, unless they are graver or the other rule is off.
func TestFold(t *testing.T) {
	at := func(id string, severity finding.Severity, onRun bool, yields ...string) rule.Rule {
		return rule.Rule{ID: id, Severity: severity, Requirements: []string{id}, Yields: yields, Checks: []rule.Check{rule.Each(
			func(run *rundetails.Run) rule.Scope { return rule.In },
			func(run *rundetails.Run, r *rule.Report) {
				if onRun {
					r.At(run, "a fault of the run")
				} else {
					r.At(&run.Number, "a fault of the number")
				}
			},
		)}}
	}
	for name, test := range map[string]struct {
		rules []rule.Rule
		off   string
		want  string
	}{
		"one yields":     {[]rule.Rule{at("C901", finding.Info, false, "R902"), at("R902", finding.Error, false)}, "", "R902[C901 R902]"},
		"equally grave":  {[]rule.Rule{at("C901", finding.Error, false, "R902"), at("R902", finding.Error, false)}, "", "R902[C901 R902]"},
		"graver":         {[]rule.Rule{at("C901", finding.Error, false, "R902"), at("R902", finding.Info, false)}, "", "C901[C901] R902[R902]"},
		"other place":    {[]rule.Rule{at("C901", finding.Info, true, "R902"), at("R902", finding.Error, false)}, "", "C901[C901] R902[R902]"},
		"other rule off": {[]rule.Rule{at("C901", finding.Info, false, "R902"), at("R902", finding.Error, false)}, "R902", "C901[C901]"},
		"a chain": {[]rule.Rule{at("C901", finding.Info, false, "C902", "C903"), at("C902", finding.Info, false, "C903"), at("C903", finding.Info, false)},
			"", "C903[C901 C902 C903]"},
	} {
		t.Run(name, func(t *testing.T) {
			v := newValidator(t, func(o *validate.Options) {
				o.Rules = test.rules
				o.Severity = map[string]finding.Severity{test.off: finding.Off}
			})
			var got []string
			for _, f := range all(t, v, 1, input("a.xml", document(t)))[0].Findings {
				got = append(got, f.Rule+"["+strings.Join(f.Requirements, " ")+"]")
			}
			slices.Sort(got)
			if text := strings.Join(got, " "); text != test.want {
				t.Errorf("%s, want %s", text, test.want)
			}
		})
	}
}
