package facts_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/operations"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

func read(t *testing.T, c *facts.Collector, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c.File(filepath.Base(file))
	if _, err := operations.Follow(source.DefaultLimits(), c).Document(bytes.NewReader(data)); err != nil {
		t.Fatal(err)
	}
}

// Every column is documented, and what its source names is in the vocabulary.
func TestDeclarations(t *testing.T) {
	name := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	// A word with a hyphen in a source is an element or an attribute.
	hyphened := regexp.MustCompile(`[a-z]+(?:-[a-z]+)+`)
	seen := map[string]bool{}
	for _, table := range facts.Tables() {
		if !name.MatchString(table.Name) || seen[table.Name] || table.Title == "" || len(table.Title) > 31 || !strings.HasSuffix(table.Doc, ".") {
			t.Errorf("table %q", table.Name)
		}
		seen[table.Name] = true
		columns := map[string]bool{}
		for _, c := range table.Columns {
			if !name.MatchString(c.Name) || columns[c.Name] {
				t.Errorf("%s: column %q", table.Name, c.Name)
			}
			columns[c.Name] = true
			if !strings.HasSuffix(c.Doc, ".") || c.Source == "" {
				t.Errorf("%s.%s is not documented", table.Name, c.Name)
			}
			if (c.Type == tables.Duration) != (c.Unit == "ms") || c.Type.Textual() && c.Unit != "" {
				t.Errorf("%s.%s has the unit %q", table.Name, c.Name, c.Unit)
			}
			for _, word := range hyphened.FindAllString(c.Source, -1) {
				if rundetails.Vocabulary().Sym([]byte(word)) == 0 {
					t.Errorf("%s.%s: %s is not in the vocabulary", table.Name, c.Name, word)
				}
			}
		}
	}
}

func TestContainer(t *testing.T) {
	for dn, want := range map[string]string{
		"":                               "",
		"E100877":                        "",
		"{3B5E8DD8}":                     "",
		"CN=a":                           "",
		"CN=a,OU=b,DC=c":                 "OU=b,DC=c",
		"CN=Doe\\, John, OU=b,DC=c":      "OU=b,DC=c",
		`CN="Doe, John",OU=b`:            "OU=b",
		`CN=\"a,OU=b`:                    "OU=b",
		"CN=a\\":                         "",
		"CN=a,":                          "",
		"a,b":                            "",
		"CN=Łukasz,OU=Kraków,DC=adatum":  "OU=Kraków,DC=adatum",
		`CN="never closed,OU=b`:          "OU=b",
		"uid=a+cn=b,ou=people,o=partner": "ou=people,o=partner",
	} {
		if got := facts.Container(dn); got != want {
			t.Errorf("Container(%q) is %q, want %q", dn, got, want)
		}
	}
}

// What is chosen: steps by themselves, runs by one of their steps.
func TestSelection(t *testing.T) {
	var all []string
	for _, file := range documents(t) {
		if strings.Contains(file, "histories") {
			all = append(all, file)
		}
	}
	at := func(text string) *int64 {
		millis := instantOf(t, text)
		return &millis
	}
	everything := collect(t, facts.Selection{}, all...)
	for _, c := range []struct {
		name      string
		selection facts.Selection
		chosen    func(step map[string]string) bool
	}{
		{"agent", facts.Selection{Agents: []string{"corporate ad"}}, func(s map[string]string) bool { return s["ma_name"] == "Corporate AD" }},
		{"agent by id", facts.Selection{Agents: []string{"{633834c7-07e8-4dfe-bb76-e7f7d1f8d0e4}", "nobody"}}, func(s map[string]string) bool { return s["ma_name"] == "Badge system" }},
		{"profile", facts.Selection{Profiles: []string{"Export"}}, func(s map[string]string) bool { return s["run_profile"] == "Export" }},
		{"result", facts.Selection{Results: []string{"completed-export-errors", "completed-sync-errors"}}, func(s map[string]string) bool {
			return s["result"] == "completed-export-errors" || s["result"] == "completed-sync-errors"
		}},
		{"since", facts.Selection{Since: at("2019-04-01 00:00:00.000")}, func(s map[string]string) bool { return s["step_start"] >= "2019-04-01 00:00:00.000" }},
		{"between", facts.Selection{Since: at("2019-03-04 05:35:27.370"), Until: at("2019-03-05 05:05:00.303")}, func(s map[string]string) bool {
			return s["step_start"] >= "2019-03-04 05:35:27.370" && s["step_start"] < "2019-03-05 05:05:00.303"
		}},
		{"nothing", facts.Selection{Agents: []string{"nobody"}}, func(map[string]string) bool { return false }},
	} {
		t.Run(c.name, func(t *testing.T) {
			key := func(row map[string]string) string {
				return row["file"] + "|" + row["run_index"] + "|" + row["step_index"]
			}
			steps, runs := map[string]bool{}, map[string]bool{}
			for _, s := range everything.tables[facts.Steps].rows {
				if c.chosen(s) {
					steps[key(s)] = true
					runs[s["file"]+"|"+s["run_index"]] = true
				}
			}
			some := collect(t, c.selection, all...)
			if got := len(some.tables[facts.Steps].rows); got != len(steps) || got == len(everything.tables[facts.Steps].rows) {
				t.Errorf("%d steps, want %d", got, len(steps))
			}
			if got := len(some.tables[facts.Runs].rows); got != len(runs) {
				t.Errorf("%d runs, want %d", got, len(runs))
			}
			for _, table := range []string{facts.Errors, facts.Counters, facts.Incidents, facts.Changes, facts.Objects} {
				want := 0
				for _, row := range everything.tables[table].rows {
					if steps[key(row)] {
						want++
					}
				}
				if got := len(some.tables[table].rows); got != want {
					t.Errorf("%s: %d rows, want %d", table, got, want)
				}
				for _, row := range some.tables[table].rows {
					if !steps[key(row)] {
						t.Errorf("%s: a row of %s", table, key(row))
						break
					}
				}
			}
		})
	}
}

func instantOf(t *testing.T, text string) int64 {
	t.Helper()
	at, err := timeOf(text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// A run that the document cuts off is listed with what is there of it, and says
// so.
func TestCutOff(t *testing.T) {
	document, err := os.ReadFile("../../samples/histories/05-ad-export-with-errors.xml")
	if err != nil {
		t.Fatal(err)
	}
	k := &kept{tables: map[string]*keptTable{}}
	c, err := facts.NewCollector(k.open)
	if err != nil {
		t.Fatal(err)
	}
	r := operations.Follow(source.DefaultLimits(), c)
	end := bytes.Index(document, []byte("</export-error>"))
	for _, half := range [][]byte{document[:end+20], document} {
		if _, err := r.Document(bytes.NewReader(half)); err != nil {
			t.Fatal(err)
		}
	}
	runs := k.tables[facts.Runs].rows
	if len(runs) != 2 || runs[0]["complete"] != "false" || runs[1]["complete"] != "true" || runs[0]["export_errors"] == "0" {
		t.Errorf("the runs are %v", runs)
	}
}

// Rows ask for no memory of their own.
func TestNoMemoryForRows(t *testing.T) {
	c, err := facts.NewCollector(func(*tables.Table) (tables.Rows, error) { return nowhere{}, nil })
	if err != nil {
		t.Fatal(err)
	}
	step := &rundetails.Step{Run: &rundetails.Run{History: &rundetails.History{}}}
	e := &rundetails.ExportError{Step: step, DN: rundetails.NewText("CN=a,OU=b"), Type: rundetails.NewText("cd-error"),
		DateOccurred: rundetails.NewInstant(1000), FirstOccurred: rundetails.NewInstant(10)}
	e.Error.Code, e.Error.Literal = rundetails.NewText("0x51"), rundetails.NewText("first\nsecond")
	i := &rundetails.ImportError{Step: step, DN: rundetails.NewText("CN=a,OU=b"), Type: rundetails.NewText("extension-dll-exception")}
	if n := testing.AllocsPerRun(100, func() { c.ExportError(e); c.ImportError(i) }); n > 0 {
		t.Errorf("%v allocations for two rows", n)
	}
}

type nowhere struct{}

func (nowhere) Row([]tables.Value) error { return nil }
