package differences_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/net/html"

	"github.com/runhist/runhist/analyze/diff"
	"github.com/runhist/runhist/report/differences"
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const archive = "../../samples/histories/"

func runs(t *testing.T, names ...string) (list []*rundetails.Run, files []string) {
	t.Helper()
	for _, name := range names {
		data, err := os.ReadFile(archive + name)
		if err != nil {
			t.Fatal(err)
		}
		h, _, err := rundetails.Read(bytes.NewReader(data), source.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range h.Runs {
			list, files = append(list, r), append(files, name)
		}
	}
	return list, files
}

func compare(t *testing.T, a, b []string, o diff.Options) *differences.Report {
	t.Helper()
	runsA, filesA := runs(t, a...)
	runsB, filesB := runs(t, b...)
	return &differences.Report{Version: "test", Tree: diff.Runs(runsA, runsB, o),
		A: differences.Side{Name: "monday", Files: filesA}, B: differences.Side{Name: "tuesday", Files: filesB}}
}

// hostile is a report whose every text wants to be something else.
func hostile() *differences.Report {
	const evil = "\x1b[2J\u202e</div><script>alert(1)</script>```\n# x | y @all \"'&]]>\x00"
	n := &diff.Node{Name: "run-history", Children: []*diff.Node{
		{Name: "run-details", Key: evil, A: diff.Position{Index: 1}, B: diff.Position{Index: 9}, Children: []*diff.Node{
			{Name: "dn", Kind: diff.DN, Action: diff.Change, Before: evil, After: "", Why: evil, Rows: []string{"R001"}},
			{Name: "@ma", Kind: diff.Agent, Action: diff.Remove, Before: evil},
			{Name: "value", Key: evil, Action: diff.Keep, Kind: diff.Text, Before: evil, After: evil},
			{Name: "incident", Action: diff.Add, B: diff.Position{Index: 1, Line: 7}, Element: &diff.Element{Name: "incident", Text: evil, Kind: diff.Text}},
		}},
	}}
	return &differences.Report{Version: "test", A: differences.Side{Name: evil}, B: differences.Side{Name: evil}, Tree: &diff.Tree{Root: n, Changed: 1}}
}

func reports(t *testing.T) map[string]*differences.Report {
	all := []string{"01-hr-full-import.xml", "05-ad-export-with-errors.xml", "39-ad-nightly-cycle-old-errors.xml"}
	return map[string]*differences.Report{
		"same":    compare(t, all, all, diff.Options{}),
		"nothing": compare(t, nil, nil, diff.Options{}),
		"days":    compare(t, all, []string{"01-hr-full-import.xml", "40-ad-nightly-cycle-a-day-later.xml", "14-ad-export-retries.xml"}, diff.Options{Context: 1}),
		"lost":    compare(t, all, all[:2], diff.Options{Exact: true}),
		"hostile": hostile(),
	}
}

func TestGolden(t *testing.T) {
	all := reports(t)
	for _, name := range []string{"same", "days", "lost", "nothing"} {
		for _, f := range differences.All() {
			var out bytes.Buffer
			if err := f.Write(&out, all[name], differences.Options{}); err != nil {
				t.Fatal(err)
			}
			if f.Name != "text" && name != "days" {
				continue // the contract is enough
			}
			path := filepath.Join("testdata", name+"."+f.Name)
			if *update {
				if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(want, out.Bytes()) {
				t.Errorf("%s: not what the golden file has (-update rewrites it)", path)
			}
		}
	}
}

// TestContract reads every format back by a reader that is not ours.
func TestContract(t *testing.T) {
	schema := compiled(t)
	for name, r := range reports(t) {
		for _, f := range differences.All() {
			var out bytes.Buffer
			if err := f.Write(&out, r, differences.Options{}); err != nil {
				t.Fatalf("%s %s: %v", name, f.Name, err)
			}
			text := out.String()
			switch f.Name {
			case "text", "markdown":
				for _, line := range strings.Split(text, "\n") {
					if terminal.Clean(line) != line {
						t.Errorf("%s %s: the line %q steers a terminal", name, f.Name, line)
					}
				}
			case "json":
				value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
				if err != nil {
					t.Fatal(err)
				}
				if err := schema.Validate(value); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			case "html":
				checkPage(t, name, text)
			case "junit":
				d := xml.NewDecoder(strings.NewReader(text))
				for {
					if _, err := d.Token(); err == io.EOF {
						break
					} else if err != nil {
						t.Fatalf("%s: %v\n%s", name, err, text)
					}
				}
			}
		}
	}
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(differences.Schema))
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

// checkPage sees that the page has no script and nothing from outside.
func checkPage(t *testing.T, name, text string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "script" || n.Data == "link" || n.Data == "img" || n.Data == "iframe" {
			t.Errorf("%s: the page has a %s", name, n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "href" || a.Key == "src" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s: %s has %s", name, n.Data, a.Key)
			}
		}
	}
}

// TestFields sees that the schema knows every field: closed, it still takes
// what is written.
func TestFields(t *testing.T) {
	var out bytes.Buffer
	format, err := differences.Find("json")
	if err != nil {
		t.Fatal(err)
	}
	if err := format.Write(&out, reports(t)["days"], differences.Options{}); err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal(out.Bytes(), &value); err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	var schema any
	if err := json.Unmarshal([]byte(differences.Schema), &schema); err != nil {
		t.Fatal(err)
	}
	walk(schema, func(object map[string]any) {
		if properties, ok := object["properties"].(map[string]any); ok {
			for name := range properties {
				known[name] = true
			}
		}
	})
	walk(value, func(object map[string]any) {
		for name := range object {
			if !known[name] {
				t.Errorf("the schema does not know %q", name)
			}
		}
	})
}

func walk(value any, visit func(map[string]any)) {
	switch x := value.(type) {
	case map[string]any:
		visit(x)
		for _, v := range x {
			walk(v, visit)
		}
	case []any:
		for _, v := range x {
			walk(v, visit)
		}
	}
}

func TestColor(t *testing.T) {
	var out bytes.Buffer
	format, _ := differences.Find("text")
	if err := format.Write(&out, reports(t)["days"], differences.Options{Color: true}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "\x1b[31m-") || strings.ContainsFunc(strings.ReplaceAll(out.String(), "\x1b[", ""), func(c rune) bool { return c != '\n' && unicode.IsControl(c) }) {
		t.Errorf("%q", out.String())
	}
}

func TestFind(t *testing.T) {
	if _, err := differences.Find("yaml"); err == nil || !strings.Contains(err.Error(), "known are text, json") {
		t.Error(err)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestErrors(t *testing.T) {
	for _, f := range differences.All() {
		if err := f.Write(full{}, reports(t)["days"], differences.Options{}); err == nil {
			t.Errorf("%s: a full disk is no error", f.Name)
		}
	}
}
