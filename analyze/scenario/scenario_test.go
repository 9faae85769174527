package scenario

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/runhist/runhist/analyze/config"
	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/fault"
)

var update = flag.Bool("update", false, "write schema.json and the problems in testdata")

// TestExamples reads the files of testdata: *.txtar has scenarios and, where
// one is refused, the problems. The schema must take and refuse the same ones,
// but for those in files whose names begin with "known-", which only the reader
// can tell.
func TestExamples(t *testing.T) {
	schema := compile(t)
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 3 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, path := range files {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, file := range archive.Files {
			t.Run(filepath.Base(path)+"/"+file.Name, func(t *testing.T) {
				text, want, _ := strings.Cut(string(file.Data), "problems:\n")
				_, err := Read("scenario.yaml", strings.NewReader(text))
				got := ""
				if err != nil {
					got = err.Error() + "\n"
				}
				if *update && got != "" {
					archive.Files[i].Data = []byte(text + "problems:\n" + got)
				} else if got != want {
					t.Errorf("got\n%s\nwant\n%s", got, want)
				}
				if strings.HasPrefix(filepath.Base(path), "known-") {
					return
				}
				if refused := schema.Validate(generic(t, text)); (refused == nil) != (got == "") {
					t.Errorf("the schema says %v", refused)
				}
			})
		}
		if *update {
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestSchemaIsGenerated: the schema that is shipped is that of the keys.
func TestSchemaIsGenerated(t *testing.T) {
	text, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("schema.json", text, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(text, Schema) {
		t.Error("schema.json is not that of the keys: run this test with -update")
	}
}

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// generic turns YAML into what a JSON Schema judges; dates are texts, as in
// YAML 1.2.
func generic(t *testing.T, text string) any {
	t.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		return "no YAML"
	}
	if len(document.Content) == 0 {
		return nil
	}
	var plain func(n *yaml.Node) any
	plain = func(n *yaml.Node) any {
		switch n.Kind {
		case yaml.MappingNode:
			m := map[string]any{}
			for i := 0; i+1 < len(n.Content); i += 2 {
				m[n.Content[i].Value] = plain(n.Content[i+1])
			}
			return m
		case yaml.SequenceNode:
			list := []any{}
			for _, c := range n.Content {
				list = append(list, plain(c))
			}
			return list
		case yaml.AliasNode:
			return nil // which no key takes
		}
		switch n.Tag {
		case "!!null":
			return nil
		case "!!bool":
			b, err := strconv.ParseBool(n.Value)
			if err != nil {
				return n.Value
			}
			return b
		case "!!int", "!!float":
			return json.Number(n.Value)
		}
		return n.Value
	}
	return plain(document.Content[0])
}

// TestRead looks at what a file becomes.
func TestRead(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/accepted.txtar")
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) *Scenario {
		for _, f := range archive.Files {
			if f.Name == name {
				s, err := Read("scenario.yaml", bytes.NewReader(f.Data))
				if err != nil {
					t.Fatal(err)
				}
				return s
			}
		}
		t.Fatalf("no example %q", name)
		return nil
	}
	s := read("the contract")
	if s.Seed != 42 || s.Config != "config" || s.Account != `FABRIKAM\svc-sync` || s.Start != DefaultStart() || len(s.Actions) != 6 {
		t.Errorf("%+v", s)
	}
	if f := s.Actions[2].Fault; f == nil || f.Kind != fault.StoreOtherValue || f.DN != "CN=ann,OU=Users,DC=fab" || f.Value != "Manager" || s.Actions[2].Line != 20 {
		t.Errorf("%+v in line %d", f, s.Actions[2].Line)
	}
	if s.Sources[0].Agent != "HR" || s.Sources[1].DNStyle == nil || *s.Sources[1].DNStyle != engine.StyleLDAP || !s.Sources[1].AssignAnchor {
		t.Errorf("%+v", s.Sources)
	}
	c := engine.Capabilities{NoReferencesInFirstExport: true, ExportType: engine.ObjectReplace, FullObject: true}
	s.Capabilities[0].Apply(&c)
	want := engine.Capabilities{DeltaImport: true, Rename: true, ExportType: engine.AttributeUpdate, FullObject: true, PageSize: 100, BatchSize: 100}
	if c != want {
		t.Errorf("capabilities %+v, want %+v", c, want)
	}
	if s.Limits != (engine.Limits{Errors: 5000, Warnings: 100_000}) {
		t.Errorf("%+v", s.Limits)
	}
	for text, want := range map[string]int{"0": 100_000, "1": 1, "100001": 100_000} {
		s, err := Read("scenario.yaml", strings.NewReader("version: 1\nconfig: c\nlimits: {errors: "+text+"}\nactions: []\n"))
		if err != nil || s.Limits.Errors != want {
			t.Errorf("errors: %s is %+v, want %d: %v", text, s, want, err)
		}
	}
	s = read("other forms")
	if s.Start.Format("15:04:05.000") != "07:00:00.250" || s.Seed != 1<<64-1 || !s.Capabilities[0].ChangeLog || s.Switches["delete-first"] != "false" {
		t.Errorf("%+v", s)
	}
	if stop := s.Actions[0].Run.Stop; stop != (engine.Stop{Step: 2, Objects: 10, Result: engine.StoppedServiceShutdown}) {
		t.Errorf("%+v", stop)
	}
	if kinds := read("every fault").Actions; *kinds[3].Fault.ErrorCode != -2147016656 || kinds[9].Fault.Answer != engine.ConvertUpdateToAdd || !kinds[11].Fault.During {
		t.Error("faults lose something")
	}
}

// TestEveryFaultIsShown: the example has every kind of fault.
func TestEveryFaultIsShown(t *testing.T) {
	text, err := os.ReadFile("testdata/accepted.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range faultKinds() {
		if !strings.Contains(string(text), "kind: "+string(k.kind)) {
			t.Errorf("no example has a fault of kind %s", k.kind)
		}
	}
}

// FuzzRead reads anything, and ends; what is taken has a configuration.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range files {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			text, _, _ := strings.Cut(string(file.Data), "problems:\n")
			f.Add(text)
		}
	}
	f.Add(small)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Read("scenario.yaml", strings.NewReader(text))
		if err != nil {
			return
		}
		if s.Config == "" && s.Configuration == nil {
			t.Fatal("a scenario without a configuration")
		}
		if s.Configuration == nil {
			return
		}
		if c, err := config.Load(s.Configuration); err == nil {
			c.Check(nil)
			_ = s.Against(c) // either way is right
		}
	})
}
