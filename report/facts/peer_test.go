package facts_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/report/tables/csv"
)

// Two old programs count the same: xmllint in the document, awk in the table.
func TestAgainstXmllintAndAwk(t *testing.T) {
	for _, name := range []string{"xmllint", "awk"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skip(err)
		}
	}
	const document = "../../samples/base/complete.xml"
	folder := t.TempDir()
	var done []func() error
	c, err := facts.NewCollector(func(table *tables.Table) (tables.Rows, error) {
		file, err := os.Create(filepath.Join(folder, table.Name+".csv"))
		if err != nil {
			return nil, err
		}
		w := csv.New(file, tables.Options{})
		done = append(done, w.Close, file.Close)
		return w.Table(table)
	})
	if err != nil {
		t.Fatal(err)
	}
	read(t, c, document)
	for _, f := range done {
		if err := f(); err != nil {
			t.Fatal(err)
		}
	}
	for _, q := range []struct{ table, xpath, awk string }{
		{facts.Runs, "count(//run-details)", "NR > 1"},
		{facts.Steps, "count(//step-details)", "NR > 1"},
		{facts.Counters, "count(//staging-counters/* | //inbound-flow-counters/* | //outbound-flow-counters/* | //export-counters/* | //ma-discovery-counters/*)", "NR > 1"},
		{facts.Counters, "count(//stage-add)", `NR > 1 && $15 == "stage-add"`},
	} {
		want := strings.TrimSpace(output(t, "xmllint", "--xpath", q.xpath, document))
		// awk splits at commas: no text before the columns that are asked for has one.
		got := strings.TrimSpace(output(t, "awk", "-F,", q.awk+" { n++ } END { print n + 0 }", filepath.Join(folder, q.table+".csv")))
		if got != want || want == "0" {
			t.Errorf("%s where %s: awk counts %s, xmllint %s in %s", q.table, q.awk, got, want, q.xpath)
		}
	}
	for _, q := range []struct{ table, column, xpath string }{
		{facts.Counters, "count", "sum(//staging-counters/* | //inbound-flow-counters/* | //outbound-flow-counters/* | //export-counters/* | //ma-discovery-counters/*)"},
		{facts.Steps, "stage_add", "sum(//stage-add)"},
		{facts.Steps, "inbound_connector_flow", "sum(//inbound-flow-counters/connector-flow)"},
		{facts.Steps, "outbound_connector_flow", "sum(//outbound-flow-counters/connector-flow)"},
		{facts.Steps, "export_failure", "sum(//export-failure)"},
	} {
		field := column(t, q.table, q.column) + 1
		want := strings.TrimSpace(output(t, "xmllint", "--xpath", q.xpath, document))
		sum := "{ gsub(/\"[^\"]*\"/, \"\") } NR > 1 { n += $" + strconv.Itoa(field) + " } END { print n + 0 }"
		got := strings.TrimSpace(output(t, "awk", "-F,", sum, filepath.Join(folder, q.table+".csv")))
		if got != want || want == "0" {
			t.Errorf("%s.%s: awk sums %s, xmllint %s", q.table, q.column, got, want)
		}
	}
}

func column(t *testing.T, table, name string) int {
	for _, of := range facts.Tables() {
		if of.Name == table {
			return of.Column(name)
		}
	}
	t.Fatalf("no table %s", table)
	return 0
}

func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	var failed bytes.Buffer
	c := exec.Command(name, args...)
	c.Stderr = &failed
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, failed.String())
	}
	return string(out)
}
