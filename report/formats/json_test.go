package formats

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/runhist/runhist/report"
	reportjson "github.com/runhist/runhist/report/json"
	"github.com/runhist/runhist/report/jsonl"
)

// compile compiles a JSON Schema. Where it is closed, no object may have a
// property that the schema does not name, so that the schema is complete; the
// one that is shipped is open, because fields are added.
func compile(t *testing.T, text []byte, closed bool) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if closed {
		root := doc.(map[string]any)
		root["unevaluatedProperties"] = false
		for name, def := range root["$defs"].(map[string]any) {
			if o := def.(map[string]any); o["properties"] != nil && name != "file" && name != "finding" && name != "rule" {
				o["additionalProperties"] = false
			}
		}
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("mem:///schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("mem:///schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// parse reads one JSON value.
func parse(t *testing.T, text string) any {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v in %.300s", err, text)
	}
	return value
}

// finding as encoding/json reads it back.
type readFinding struct {
	File, Path, Rule, Severity, Section, Message, Known, Suppressed string
	Line, Column                                                    int
	Requirements                                                    []string
}

// same tells whether what was read back is what was written.
func (r *readFinding) compare(t *testing.T, files []report.File, n int) {
	t.Helper()
	for i := range files {
		if n >= len(files[i].Findings) {
			n -= len(files[i].Findings)
			continue
		}
		f := &files[i].Findings[n]
		want := readFinding{perByte(f.File), perByte(f.Path), f.Rule, f.Severity.String(), f.Section, perByte(f.Message), perByte(f.Known), f.Suppressed, int(f.Line), int(f.Column), f.Requirements}
		if want.Requirements == nil {
			want.Requirements = []string{}
		}
		if !reflect.DeepEqual(*r, want) {
			t.Errorf("finding %+v, want %+v", *r, want)
		}
		return
	}
	t.Errorf("there is a finding too many: %+v", *r)
}

// perByte is text with U+FFFD for each byte that is no UTF-8.
func perByte(text string) string { return string([]rune(text)) }

func TestJSON(t *testing.T) {
	schema := compile(t, reportjson.Schema, true)
	for name, files := range corpus() {
		text := write(t, named(t, "json"), files, report.Options{})
		if err := schema.Validate(parse(t, text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var indented bytes.Buffer
		if err := json.Indent(&indented, []byte(text), "", "  "); err != nil || indented.String() != text {
			t.Errorf("%s: not indented as by encoding/json, %v", name, err)
		}
		var got struct {
			Version  int
			Tool     struct{ Name, Version string }
			Summary  map[string]int
			Problems []string
			Files    []struct{ File, Status string }
			Findings []readFinding
			Rules    []struct{ ID, Status string }
		}
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got.Tool.Version != "1.2.3" || len(got.Files) != len(files) || got.Summary["files"] != len(files) || got.Rules[0].Status != "failed" || got.Problems[0] != "no file matches *.q" {
			t.Errorf("%s: head or tail is wrong: %+v", name, got)
		}
		for i := range got.Findings {
			got.Findings[i].compare(t, files, i)
		}
		if len(got.Findings) != total(files) {
			t.Errorf("%s: %d findings, want %d", name, len(got.Findings), total(files))
		}
	}
}

func total(files []report.File) int {
	n := 0
	for i := range files {
		n += len(files[i].Findings)
	}
	return n
}

func TestJSONLines(t *testing.T) {
	schema := compile(t, jsonl.Schema, true)
	for name, files := range corpus() {
		t.Run(name, func(t *testing.T) {
			lines := strings.Split(strings.TrimSuffix(write(t, named(t, "jsonl"), files, report.Options{}), "\n"), "\n")
			var types []string
			findings := 0
			for _, line := range lines {
				if err := schema.Validate(parse(t, line)); err != nil {
					t.Errorf("%v in %.200s", err, line)
				}
				var typed struct{ Type string }
				if err := json.Unmarshal([]byte(line), &typed); err != nil {
					t.Fatal(err)
				}
				types = append(types, typed.Type)
				if typed.Type == "finding" {
					var f readFinding
					if err := json.Unmarshal([]byte(line), &f); err != nil {
						t.Fatal(err)
					}
					f.compare(t, files, findings)
					findings++
				}
			}
			want := []string{"head"}
			for i := range files {
				want = append(want, "file")
				for range files[i].Findings {
					want = append(want, "finding")
				}
			}
			if want = append(want, "rule", "summary"); !reflect.DeepEqual(types, want) {
				t.Errorf("lines %q, want %q", types, want)
			}
		})
	}
}

// TestSchemas keeps the two schemas equal in what they share, and sees that
// they refuse what is wrong.
func TestSchemas(t *testing.T) {
	var one, lines struct {
		Defs map[string]any `json:"$defs"`
	}
	for text, into := range map[string]any{string(reportjson.Schema): &one, string(jsonl.Schema): &lines} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	if !maps.EqualFunc(one.Defs, lines.Defs, func(a, b any) bool { return reflect.DeepEqual(a, b) }) {
		t.Error("the definitions of report/json/schema.json and report/jsonl/schema.json differ")
	}
	open := compile(t, jsonl.Schema, false)
	for text, ok := range map[string]bool{
		`{"type":"rule","id":"R1","status":"passed","checked":1,"findings":0}`:           true,
		`{"type":"rule","id":"R1","status":"passed","checked":1,"findings":0,"later":1}`: true,
		`{"type":"rule","id":"R1","status":"good","checked":1,"findings":0}`:             false,
		`{"type":"rules","id":"R1","status":"passed","checked":1,"findings":0}`:          false,
		`{"type":"summary"}`: false,
		`{"type":"head","version":2,"tool":{"name":"runhist","version":""},"profile":"fim"}`: false,
	} {
		if err := open.Validate(parse(t, text)); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
	}
}
