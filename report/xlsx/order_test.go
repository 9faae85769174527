package xlsx

import (
	"testing"

	"github.com/runhist/runhist/report/derived"
	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/tables"
)

// TestNames holds order.go to the tables that there are.
func TestNames(t *testing.T) {
	known := map[string]*tables.Table{}
	for _, table := range append(append(facts.Tables(), derived.Tables()...), findingsTable(), judgedTable(), rulesTable()) {
		known[table.Name] = table
	}
	for _, name := range []string{"days", "weeks", "months"} {
		known[name] = &tables.Table{}
	}
	for name, columns := range first {
		for _, column := range columns {
			if known[name] == nil || known[name].Column(column) < 0 {
				t.Errorf("there is no column %s of a table %s", column, name)
			}
		}
	}
	for _, name := range sheetOrder {
		if known[name] == nil {
			t.Errorf("there is no table %s", name)
		}
	}
	for name := range titles {
		if known[name] == nil {
			t.Errorf("there is no table %s", name)
		}
	}
	for name := range tabs {
		if known[name] == nil {
			t.Errorf("there is no table %s", name)
		}
	}
}
