package record_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/record"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

var update = flag.Bool("update", false, "write the histories of testdata anew; read what it wrote")

func at(second int) time.Time { return time.Date(2026, 1, 5, 8, 0, second, 0, time.UTC) }

func id(n byte) engine.GUID { return engine.GUID{15: n} }

// full is a run with one of everything that a record can hold.
func full() *engine.RunRecord {
	title := engine.Attribute{Name: "title"}
	manager := engine.Attribute{Name: "manager", Kind: engine.Reference}
	photo := engine.Attribute{Name: "photo", Kind: engine.Binary, MultiValued: true}
	extension := &engine.ExtensionError{Type: "extension-dll-exception", Name: "Hr.dll", CallSite: "import-flow", Context: "title", CallStack: "fail: no"}
	flow := func(m engine.Mapping) *engine.RulesError {
		return &engine.RulesError{MA: id(1), MAName: "HR", Object: id(9), DN: "1001", Destination: "title", ContextID: "{F}", Mapping: m}
	}
	imports := engine.StepRecord{
		Number: 1, Start: at(0), End: at(9), Result: engine.CompletedDiscoveryErrors, File: "hr.csv",
		Step: engine.Step{ID: id(2), ObjectLimit: 10, DeleteLimit: 5, Description: engine.StepDescription{Type: "full-import", Subtypes: []string{"to-cs"},
			BatchSize: "1", Partition: "default", CustomData: "<run-config><input-file>hr.csv</input-file></run-config>"}},
		Connection: engine.Connection{Incidents: []engine.Incident{{Result: "failed-connection", Date: at(1), Server: "dc1", Error: &engine.CDError{Code: "0x51", Literal: "Server Down"}},
			{Result: "success", Date: at(2), Server: "dc2"}}},
		Discovery: []engine.DiscoveryError{
			{Type: "parse-error", EntryNumber: 3, LineNumber: 4, ColumnNumber: 2},
			{Type: "missing-anchor-component", DN: "CN=x", Anchor: []byte("a"), AttributeName: "id"},
			{Type: "read-error", DN: "CN=y", Anchor: []byte("b"), AttributeName: "title", Error: &engine.CDError{Code: "5", Literal: "Access is denied."}},
		},
		Filtered: engine.DiscoveryCounters{FilteredDeletions: 1, FilteredObjects: 2},
		SyncErrors: []engine.ImportError{
			{ID: id(9), DN: "CN=\x01Ann", FirstOccurred: at(3), DateOccurred: at(4), RetryCount: 2, Type: "extension-dll-exception", Step: engine.AlgorithmStep{Name: "import-flow"}, Extension: extension,
				Rules: flow(engine.Mapping{Kind: engine.Scripted, Script: "title", Sources: []engine.SourceAttribute{{Name: "title"}, {Name: "name"}}})},
			{ID: id(9), DN: "CN=b", FirstOccurred: at(3), DateOccurred: at(4), Type: "dn-index-out-of-bounds", Step: engine.AlgorithmStep{Name: "import-flow"}, Rules: flow(engine.Mapping{Kind: engine.DNPart, Part: 3})},
			{ID: id(9), DN: "CN=c", FirstOccurred: at(3), DateOccurred: at(4), Type: "flow-multi-values-to-single-value", Step: engine.AlgorithmStep{Name: "export-flow", MA: id(3), DN: "CN=t"},
				Rules: flow(engine.Mapping{Kind: engine.Direct, Sources: []engine.SourceAttribute{{Name: "dn", Intrinsic: true}}})},
			{ID: id(9), DN: "CN=d", FirstOccurred: at(3), DateOccurred: at(4), Type: "mv-constraint-violation", Step: engine.AlgorithmStep{Name: "import-flow"}, Rules: flow(engine.Mapping{Kind: engine.Constant, Value: "x"})},
			{ID: id(9), DN: "CN=e", FirstOccurred: at(3), DateOccurred: at(4), Type: "exported-change-not-reimported", Step: engine.AlgorithmStep{Name: "staging"}, Warning: true,
				Change: &engine.ChangeNotReimported{
					Delta: engine.DeltaRecord{Operation: "update", DN: "CN=e", Anchor: []byte("e"), Changes: []engine.ChangeRecord{
						{Attribute: title, Operation: "replace", Add: []engine.ValueRecord{{Text: "a\x02b"}}, Remove: []engine.ValueRecord{{Text: "old"}}},
						{Attribute: manager, Operation: "add", Add: []engine.ValueRecord{{Text: "CN=nobody knows"}}}}},
					Entry: engine.EntryRecord{DN: "CN=e", PrimaryObjectClass: "user", Attributes: []engine.AttributeRecord{
						{Attribute: photo, Values: []engine.ValueRecord{{Text: "\x00\xff"}}}, {Attribute: manager, Values: []engine.ValueRecord{{Text: "CN=m"}}}}}}},
		},
		RetryErrors: []engine.RetryError{{ID: id(8), DisplayName: "Ann", DateOccurred: at(5), Type: "extension-dll-exception", Step: engine.AlgorithmStep{Name: "provisioning"}, Extension: extension}},
	}
	imports.Staging[engine.StageAdd], imports.Inbound[engine.DisconnectorRemains] = 3, 1
	exports := engine.StepRecord{
		Number: 2, Start: at(10), End: at(12), Result: "stopped-deletion-limit",
		Step: engine.Step{ID: id(4), Description: engine.StepDescription{Type: "export", Partition: "DC=fab"}},
		ExportErrors: []engine.ExportError{
			{ID: id(7), DN: "CN=a", DateOccurred: at(11), FirstOccurred: at(1), RetryCount: 4, Type: "permission-issue", Error: &engine.CDError{Code: "5", Literal: "no"}},
			{ID: id(7), DN: "CN=b", DateOccurred: at(11), FirstOccurred: at(11), Type: "cd-error"},
		},
		Outbound: []engine.Outbound{{Agent: id(5), Name: "Store"}, {Agent: id(6), Name: "Only delete-add"}},
	}
	exports.Outbound[0].Counters[engine.ProvisionedAddFlow] = 1
	exports.Outbound[0].Counters[engine.ProvisionedDeleteAddFlow] = 2
	exports.Outbound[1].Counters[engine.ProvisionedDeleteAddNoFlow] = 1
	return &engine.RunRecord{Agent: id(1), AgentName: "HR", Number: 7, Profile: "All", Steps: []engine.StepRecord{imports, exports}}
}

func written(t *testing.T, r *engine.RunRecord, p record.Profile) string {
	t.Helper()
	var out bytes.Buffer
	if err := rundetails.Write(&out, record.History(record.Run(r, p))); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestGolden: the same record as the two profiles write it.
func TestGolden(t *testing.T) {
	for _, p := range []record.Profile{record.UPSMODS, record.Server} {
		got, path := written(t, full(), p), filepath.Join("testdata", string(p)+".xml")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: not what the golden file has (-update rewrites it)", path)
		}
	}
}

// TestProfiles: the differences between the profiles are those of the package
// comment.
func TestProfiles(t *testing.T) {
	for _, c := range []struct {
		what    string
		text    string
		upsmods bool
		server  bool
	}{
		{"the first step comes first", `<step-details step-number="2"`, true, true},
		{"a cd-error stands with the type of its own", "<error-literal>no</error-literal>", false, true},
		{"an attribute that the type does not call for", "<attribute-name>title</attribute-name>", false, false},
		{"an attribute that the type calls for", "<attribute-name>id</attribute-name>", true, true},
		{"delete-add has no counter", "provisioned-delete-add-flow", false, true},
		{"nor has the agent with nothing else", "Only delete-add", false, true},
		{"the deletion limit is a threshold", "stopped-deletion-limit", false, true},
		{"as the object limit is", "stopped-object-limit", true, false},
		{"a file stands with results that name one only", `file="hr.csv"`, false, false},
		{"a character that XML cannot hold is replaced", "CN=\ufffdAnn", true, true},
		{"a value with a control character is encoded", "YQJi", true, true},
		{"an account is demanded", "<security-id>" + record.DefaultAccount + "<", true, true},
		{"the server is the one that was reached", "<server>dc2</server>", true, true},
	} {
		for p, want := range map[record.Profile]bool{record.UPSMODS: c.upsmods, record.Server: c.server} {
			if got := strings.Contains(written(t, full(), p), c.text); got != want {
				t.Errorf("%s: %s: %v, want %v", p, c.what, got, want)
			}
		}
	}
	if up, down := written(t, full(), record.UPSMODS), written(t, full(), record.Server); strings.Index(up, `step-number="1"`) > strings.Index(up, `step-number="2"`) ||
		strings.Index(down, `step-number="1"`) < strings.Index(down, `step-number="2"`) {
		t.Error("steps ascend in upsmods, and descend on servers")
	}
}

// TestReadBack: what is written is read back as the same model.
func TestReadBack(t *testing.T) {
	for _, p := range []record.Profile{record.UPSMODS, record.Server} {
		text := written(t, full(), p)
		h, faults, err := rundetails.Read(strings.NewReader(text), source.DefaultLimits())
		if err != nil || len(faults) > 0 {
			t.Fatalf("%s: %v %v", p, faults, err)
		}
		var again bytes.Buffer
		if err := rundetails.Write(&again, h); err != nil {
			t.Fatal(err)
		}
		if again.String() != text {
			t.Errorf("%s: another document when read and written again", p)
		}
	}
}
