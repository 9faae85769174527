package analyze_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze"
	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/record"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rules"
)

var (
	update    = flag.Bool("update", false, "rewrite the expected histories")
	scenarios = flag.Int("scenarios", 100, "how many random scenarios to run")
	firstSeed = flag.Uint64("first-seed", 1, "the seed of the first random scenario")
)

// TestRandomScenarios: whatever a simulation writes passes validation under the
// profile that it was asked for, alone and beside the other histories of its
// server, with nothing above info.
func TestRandomScenarios(t *testing.T) {
	validators := map[string]*validate.Validator{}
	for _, profile := range []string{"upsmods", "server"} {
		validators[profile] = validator(t, profile)
	}
	runs, results, seen := 0, map[engine.StepResult]int{}, tally{}
	for seed := *firstSeed; seed < *firstSeed+uint64(*scenarios); seed++ {
		files := drawn(t, seed)
		m, err := analyze.Load(files, "scenario.yaml")
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		var inputs []validate.Input
		var last engine.Hash
		outcome, err := m.Run(context.Background(), analyze.Edges{Run: func(r *analyze.Run) error {
			last = r.Hash
			if len(r.Details.Steps) == 0 {
				return nil // no history is written of it
			}
			var out bytes.Buffer
			if err := rundetails.Write(&out, record.History(r.Details)); err != nil {
				return err
			}
			for _, s := range r.Record.Steps {
				results[s.Result]++
				seen.add(&s)
			}
			runs++
			text := out.Bytes()
			inputs = append(inputs, validate.Input{File: fmt.Sprintf("%d/%d.xml", seed, r.Action), Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }})
			return nil
		}})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if outcome.Engine.Hash() != last {
			t.Errorf("seed %d: the hash of the last run is not that of the state", seed)
		}
		judge(t, validators[m.Scenario.Profile], inputs, string(files["scenario.yaml"].Data))
		if t.Failed() {
			return
		}
	}
	t.Logf("%d runs; results of steps: %v; counted: %v", runs, results, seen)
	if *scenarios >= 5000 { // some are rare
		seen.complete(t)
	}
}

// tally is how often each counter was above zero, and each kind of error there.
type tally map[string]int

func (n tally) add(s *engine.StepRecord) {
	for _, x := range everything(0, &engine.RunRecord{Steps: []engine.StepRecord{*s}}) {
		n[x.path[strings.LastIndex(x.path, "/")+1:]]++
	}
}

// complete fails where nothing was ever counted: the scenarios would not show
// what goes wrong there.
func (n tally) complete(t *testing.T) {
	for _, block := range []string{"staging-counters", "inbound-flow-counters", "outbound-flow-counters", "export-counters", "ma-discovery-counters",
		"ma-discovery-errors", "synchronization-errors", "mv-retry-errors"} {
		for _, name := range analyze.Names(block) {
			if n[name] == 0 && name != "export-error" { // they stand with import-error, or with their labels
				t.Errorf("no scenario has %s", name)
			}
		}
	}
}

// asksFor tells whether a finding is about a step result or an error
// type that a fault of the scenario asks for: what the fault says is written,
// also where no server would do that.
func asksFor(scenario string, f *finding.Finding) bool {
	for word := range strings.FieldsFuncSeq(f.Message, func(c rune) bool { return c != '-' && (c < 'a' || c > 'z') }) {
		if strings.Contains(word, "-") && (strings.Contains(scenario, "result: "+word) || strings.Contains(scenario, "type: "+word+",")) {
			return true
		}
	}
	return false
}

// validator judges by a profile; none is upsmods.
func validator(t *testing.T, profile string) *validate.Validator {
	t.Helper()
	o := validate.DefaultOptions(rules.All())
	if profile != "" {
		o.Profile = validate.Profile(profile)
	}
	o.Now = 2_000_000_000_000
	v, err := validate.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// judge expects nothing above info, and no rule without an id (R386).
func judge(t *testing.T, v *validate.Validator, inputs []validate.Input, scenario string) {
	t.Helper()
	unrun := strings.Contains(scenario, "emit-unrun-steps: true")
	err := v.Each(context.Background(), inputs, 1, func(r validate.Result) error {
		for _, p := range r.Problems {
			t.Errorf("%s: %v", r.File, p)
		}
		r.Findings = slices.DeleteFunc(r.Findings, func(f finding.Finding) bool {
			return f.Severity <= finding.Info && f.Rule != "R386" || f.Rule == "R084" && unrun /* it doubts that there are such steps */ || asksFor(scenario, &f)
		})
		for _, f := range r.Findings {
			t.Errorf("%s:%d: %s %s %s: %s", r.File, f.Line, f.Severity, f.Rule, f.Path, f.Message)
		}
		if len(r.Findings) > 0 && testing.Verbose() {
			in, _ := inputs[slices.IndexFunc(inputs, func(i validate.Input) bool { return i.File == r.File })].Open()
			text, _ := io.ReadAll(in)
			t.Logf("%s\n%s", text, scenario)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
