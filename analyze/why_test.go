package analyze_test

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze"
	"github.com/runhist/runhist/analyze/engine"
)

// asked is a path and the number of objects that the histories have there.
type asked struct {
	path string
	want uint64
}

// everything are the paths of all counters above zero and of all errors of a
// run, as reports of differences name them.
func everything(index int, r *engine.RunRecord) []asked {
	var list []asked
	for i := range r.Steps {
		s := &r.Steps[i]
		at := fmt.Sprintf("run-details[%d]/step-details[%d]/", index, s.Number)
		add := func(path string, n uint64) {
			if n > 0 {
				list = append(list, asked{at + path, n})
			}
		}
		for k, n := range s.Staging {
			add("staging-counters/"+engine.StagingCounter(k).String(), n)
		}
		for k, n := range s.Inbound {
			add("inbound-flow-counters/"+engine.InboundCounter(k).String(), n)
		}
		for _, o := range s.Outbound {
			for k, n := range o.Counters {
				add("outbound-flow-counters["+o.Name+"]/"+engine.OutboundCounter(k).String(), n)
			}
		}
		for k, n := range s.Export {
			add("export-counters/"+engine.ExportCounter(k).String(), n)
		}
		add("ma-discovery-counters/filtered-objects", s.Filtered.FilteredObjects)
		add("ma-discovery-counters/filtered-deletions", s.Filtered.FilteredDeletions)
		add("ma-discovery-errors/ma-object-error", uint64(len(s.Discovery)))
		unnamed := map[string]uint64{} // by their type: that is their label
		for k := range s.Discovery {
			if e := &s.Discovery[k]; e.DN == "" && len(e.Anchor) == 0 && e.EntryNumber == 0 {
				unnamed[e.Type]++
			}
		}
		for _, kind := range slices.Sorted(maps.Keys(unnamed)) {
			add("ma-discovery-errors/ma-object-error["+kind+"]", unnamed[kind])
		}
		add("synchronization-errors/import-error", uint64(len(s.SyncErrors)+len(s.ExportErrors)))
		add("mv-retry-errors/retry-error", uint64(len(s.RetryErrors)))
		for k := range s.ExportErrors {
			add("synchronization-errors/export-error["+s.ExportErrors[k].DN+"]/retry-count", 1)
		}
	}
	return list
}

// explained simulates twice: to learn what is counted, and to ask for all of
// it. Each answer lists the objects that the engine counted.
func explained(t *testing.T, name string, files fs.FS) (answers int) {
	t.Helper()
	m, err := analyze.Load(files, "scenario.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var all []asked
	runs := 0
	_, err = m.Run(context.Background(), analyze.Edges{Run: func(r *analyze.Run) error {
		runs++
		all = append(all, everything(runs, r.Record)...)
		return nil
	}})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var questions []*analyze.Question
	for _, x := range all {
		q, err := analyze.ParseQuestion(x.path)
		if err != nil {
			t.Fatal(err)
		}
		questions = append(questions, q)
	}
	inquiry := analyze.NewInquiry(questions)
	_, err = m.Run(context.Background(), analyze.Edges{Tracer: inquiry, Run: func(r *analyze.Run) error {
		inquiry.Take(r)
		return nil
	}})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for i, a := range inquiry.Answers() {
		if a.Step == nil || uint64(len(a.Objects)+a.More) != all[i].want {
			t.Errorf("%s: %s: %d objects, want %d", name, all[i].path, len(a.Objects)+a.More, all[i].want)
			continue
		}
		for _, o := range a.Objects {
			if o.Object.Agent == "" || o.Rule == "" {
				t.Errorf("%s: %s: nothing says which object it was, or by which rule: %+v", name, all[i].path, o)
			}
		}
	}
	return len(all)
}

// TestWhy: whatever the samples count and record, the trace has as many objects
// for it, each with a rule.
func TestWhy(t *testing.T) {
	folders, err := filepath.Glob("../samples/scenarios/*/scenario.yaml")
	if err != nil {
		t.Fatal(err)
	}
	answers := 0
	for _, file := range folders {
		answers += explained(t, file, os.DirFS(filepath.Dir(file)))
	}
	if answers < 100 {
		t.Errorf("only %d counters and errors were asked for", answers)
	}
}

// TestWhyOfRandomScenarios is TestWhy for scenarios with faults of all kinds.
func TestWhyOfRandomScenarios(t *testing.T) {
	for seed := *firstSeed; seed < *firstSeed+uint64(*scenarios)/10+1 && !t.Failed(); seed++ {
		explained(t, fmt.Sprintf("seed %d", seed), drawn(t, seed))
	}
}

func TestQuestions(t *testing.T) {
	const step = "run-details[AD, Export, 3]/step-details[1]/"
	for path, want := range map[string]string{
		step + "export-counters/export-add":                                            "",
		"/run-history/" + step + "synchronization-errors/export-error[CN=a/b[1],DC=x]": "",
		"run-details[7]/step-details[2]/outbound-flow-counters[A/B]/connector-flow":    "",
		"run-details[HR, Full, delta, 2]/step-details[1]/mv-retry-errors/retry-error":  "",
		step + "ma-discovery-errors/ma-object-error[entry 3]/line-number":              "",
		"": "is no path such as",
		"run-details[AD, Export]/step-details[1]/step-result":                             "is no path such as",
		"run-details[AD]/step-details[1]/export-counters/export-add":                      "wants its agent and profile",
		"run-details[AD, Export]/step-details/export-counters/export-add":                 "wants the number of the step",
		"run-details[AD, Export]/step-details[0]/export-counters/export-add":              "wants the number of the step",
		step + "ma-connection/connection-result":                                          "holds neither counters nor errors",
		step + "export-counters/export-ad":                                                `has no "export-ad"; it has export-add, `,
		step + "export-counters/export-add/@detail":                                       "nothing is below a counter",
		step + "synchronization-errors/retry-error":                                       "it has import-error, export-error",
		"run-details[18446744073709551616]/step-details[1]/export-counters/export-update": "wants its agent and profile",
	} {
		_, err := analyze.ParseQuestion(path)
		switch {
		case want == "" && err != nil:
			t.Error(err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%q: %v, want %s", path, err, want)
		}
	}
}

// FuzzQuestion: whatever is asked, the answer is a question that keeps its path,
// or an error that has it; and asking it of a run does no harm.
func FuzzQuestion(f *testing.F) {
	for _, seed := range []string{"run-details[AD, Export, 3]/step-details[1]/export-counters/export-update", "run-history/run-details[5]/step-details[1]/synchronization-errors/import-error[CN=Ann,DC=x]",
		"run-details[1]/step-details[1]/outbound-flow-counters[]/connector-flow", "run-details[[]]/[/]", "run-details[1]/step-details[1]/mv-retry-errors/retry-error[é…]/x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		if len(path) > 4096 {
			return
		}
		q, err := analyze.ParseQuestion(path)
		if err != nil {
			if !strings.Contains(err.Error(), fmt.Sprintf("%q", path)) {
				t.Errorf("the error does not say what was asked: %v", err)
			}
			return
		}
		if q.Path != path {
			t.Errorf("asked %q, kept %q", path, q.Path)
		}
		i := analyze.NewInquiry([]*analyze.Question{q})
		i.Event(engine.Event{Kind: engine.EventError, Run: 1, Step: 1, Status: "read-error", Rule: "SE-I2"})
		i.Event(engine.Event{Kind: engine.EventCount, Run: 1, Step: 1, Block: "export", Counter: "export-update", Object: engine.ObjectRef{Agent: "AD", DN: "CN=Ann,DC=x"}})
		i.Take(&analyze.Run{Record: &engine.RunRecord{AgentName: "AD", Profile: "Export", Number: 3, Steps: []engine.StepRecord{{Number: 1}}}})
		if a := i.Answers()[0]; len(a.Objects)+len(a.Instead) > 2 {
			t.Errorf("%q finds more than there is: %+v", path, a)
		}
	})
}
