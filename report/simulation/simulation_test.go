package simulation_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/runhist/runhist/analyze"
	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/report/simulation"
)

var update = flag.Bool("update", false, "write the reports of testdata anew; read what it wrote")

// reports simulates a scenario and writes all that this package has, by name.
func reports(t *testing.T, folder string) map[string]string {
	t.Helper()
	m, err := analyze.Load(os.DirFS(folder), "scenario.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var table simulation.Table
	var tableText, trace, state, summaryText, check bytes.Buffer
	summary, tracer, index := simulation.NewSummary("test", m.Scenario.Name, m.Scenario.Profile, m.Scenario.Seed), simulation.NewTrace(&trace), 0
	outcome, err := m.Run(context.Background(), analyze.Edges{
		Tracer: tracer,
		Run: func(r *analyze.Run) error {
			index++
			table.Add(index, r.Record)
			summary.Add(r.Action, r.Record, simulation.FileName(index, m.Scenario.Runs(), r.Record), "", r.Hash)
			return nil
		},
		Preview: func(p *analyze.Preview) error {
			x := &simulation.Preview{Action: p.Action, Full: p.Full, Object: p.Object, Record: p.Record, Events: p.Events}
			table.AddPreview(x)
			summary.AddPreview(x)
			return nil
		},
	})
	if err != nil {
		t.Fatalf("%s: %v", folder, err)
	}
	var agents []string
	for _, a := range m.Configuration.Agents {
		agents = append(agents, a.Name)
	}
	understood := m.Check()
	for _, err := range []error{tracer.Close(), table.Write(&tableText), summary.Write(&summaryText), simulation.WriteState(&state, outcome.Engine, agents),
		simulation.WriteCheck(&check, &understood)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return map[string]string{"table.txt": tableText.String(), "trace.jsonl": trace.String(), "state.jsonl": state.String(),
		"summary.json": summaryText.String(), "check.txt": check.String()}
}

func TestGolden(t *testing.T) {
	all := reports(t, "testdata/small")
	for name, got := range all {
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if string(want) != got {
			t.Errorf("%s: not what the golden file has (-update rewrites it)", path)
		}
	}
}

// TestSwitches: a line for each assumption, with its values, default first.
func TestSwitches(t *testing.T) {
	var out strings.Builder
	if err := simulation.WriteSwitches(&out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")[1:]
	for i, s := range engine.Switches() {
		if i == len(lines) {
			t.Fatalf("no line for %s and what follows", s.Name)
		}
		for _, want := range append([]string{s.Moves, s.Rule, s.Meaning}, strings.Join(s.Values, " | ")) {
			if !strings.HasPrefix(lines[i], s.Name+" ") || !strings.Contains(lines[i], want) {
				t.Errorf("the line of %s lacks %q: %s", s.Name, want, lines[i])
			}
		}
	}
	if len(lines) != len(engine.Switches()) {
		t.Errorf("%d lines for %d switches", len(lines), len(engine.Switches()))
	}
}

// TestSchemas holds what the samples give to the schemas.
func TestSchemas(t *testing.T) {
	folders, err := filepath.Glob("../../samples/scenarios/*/scenario.yaml")
	if err != nil || len(folders) == 0 {
		t.Fatal(err)
	}
	summary, trace, state := compiled(t, simulation.Schema), compiled(t, simulation.TraceSchema), compiled(t, simulation.StateSchema)
	for _, folder := range append(folders, "testdata/small/scenario.yaml") {
		all := reports(t, filepath.Dir(folder))
		hold(t, summary, folder, all["summary.json"])
		for line := range strings.Lines(all["trace.jsonl"]) {
			hold(t, trace, folder, line)
		}
		for line := range strings.Lines(all["state.jsonl"]) {
			hold(t, state, folder, line)
		}
	}
}

func compiled(t *testing.T, text string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("mem:///schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("mem:///schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func hold(t *testing.T, schema *jsonschema.Schema, name, text string) {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		t.Errorf("%s: %v\n%s", name, err, text)
	}
}

// TestOneEvent: the summary describes events as the trace does.
func TestOneEvent(t *testing.T) {
	defs := func(schema string) map[string]json.RawMessage {
		var s struct {
			Defs map[string]json.RawMessage `json:"$defs"`
		}
		if err := json.Unmarshal([]byte(schema), &s); err != nil {
			t.Fatal(err)
		}
		return s.Defs
	}
	inSummary := defs(simulation.Schema)
	for name, def := range defs(simulation.TraceSchema) {
		if !bytes.Equal(def, inSummary[name]) {
			t.Errorf("$defs/%s is another one in the two schemas", name)
		}
	}
}

// TestDecision: each kind of event has words of its own, and none that steers a
// terminal gets past the table.
func TestDecision(t *testing.T) {
	ann := engine.ObjectRef{Agent: "AD", DN: "CN=Ann"}
	for want, ev := range map[string]engine.Event{
		"counted stage-add [SE-N1 row 11]":                                                        {Kind: engine.EventCount, Counter: "stage-add", Rule: "SE-N1 row 11"},
		"error: read-error, attribute title":                                                      {Kind: engine.EventError, Status: "read-error", Attribute: "title"},
		"becomes a transient object":                                                              {Kind: engine.EventTransient},
		"connector filter 2: Filtered":                                                            {Kind: engine.EventFilter, Number: 2, Status: "Filtered"},
		`filter condition title equality "Test": No Match, value none`:                            {Kind: engine.EventFilterCondition, Attribute: "title", Operator: "equality", Compared: "Test", Status: "No Match"},
		"object deletion rule (Declared): Metaverse object deleted, the last one":                 {Kind: engine.EventDeletionRule, Mapping: "Declared", Status: "Metaverse object deleted", Detail: "the last one"},
		"attribute recall from AD CN=Ann: success":                                                {Kind: engine.EventRecall, Target: ann, Status: "success"},
		`  recalled title "a"; "b"`:                                                               {Kind: engine.EventRecallValue, Attribute: "title", Value: []string{"a", "b"}},
		`  repopulation of title from job of HR (Direct): Applied, "a"`:                           {Kind: engine.EventRepopulate, Attribute: "title", Sources: []string{"job"}, Target: engine.ObjectRef{Agent: "HR"}, Mapping: "Direct", Status: "Applied", Value: []string{"a"}},
		"join rule 1: Match, Multiple Matches: Ann; Eva":                                          {Kind: engine.EventJoinCriterion, Number: 1, Status: "Match", Resolution: "Multiple Matches", Matches: []engine.MVRef{{Display: "Ann"}, {Display: "Eva"}}},
		`join condition id from employeeID: Applied, "7"`:                                         {Kind: engine.EventJoinCondition, Attribute: "id", Sources: []string{"employeeID"}, Status: "Applied", Value: []string{"7"}},
		"projection (Rules Extension): Declined":                                                  {Kind: engine.EventProjection, Mapping: "Rules Extension", Status: "Declined"},
		"change of the metaverse object type: Successful, as group":                               {Kind: engine.EventTypeChange, Status: "Successful", Detail: "group"},
		`import flow to title from job (Declared): Applied, none → "a" [r1]`:                      {Kind: engine.EventImportFlow, Attribute: "title", Sources: []string{"job"}, Mapping: "Declared", Status: "Applied", Final: []string{"a"}, Rule: "r1"},
		"provisioning, call 1: Success":                                                           {Kind: engine.EventProvision, Number: 1, Status: "Success"},
		"  Add AD CN=Ann: Success":                                                                {Kind: engine.EventProvisionAction, Detail: "Add", Target: ann, Status: "Success"},
		"  connector add AD CN=Ann: Applied, initial values for cn":                               {Kind: engine.EventAdd, Target: ann, Status: "Applied", Value: []string{"cn"}},
		"  connector rename AD CN=Ann to CN=Eva: Applied":                                         {Kind: engine.EventRename, Target: ann, Detail: "CN=Eva", Status: "Applied"},
		"  connector deprovisioning AD CN=Ann: Applied":                                           {Kind: engine.EventDeprovision, Target: ann, Status: "Applied"},
		"connector AD CN=Ann, flow: Successful":                                                   {Kind: engine.EventSummary, Target: ann, Detail: "flow", Status: "Successful"},
		`export flow to cn from name (Declared) on AD CN=Ann: Applied, stays "` + long(80) + `"…`: {Kind: engine.EventExportFlow, Attribute: "cn", Sources: []string{"name"}, Mapping: "Declared", Target: ann, Status: "Applied", Initial: []string{long(90)}, Final: []string{long(90)}},
		"export request of pass 2: reference-failure, dn-attributes-failure":                      {Kind: engine.EventExport, Number: 2, Status: "reference-failure", Detail: "dn-attributes-failure"},
	} {
		if got := simulation.Decision(&ev); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func long(n int) string { return strings.Repeat("é", n) }
