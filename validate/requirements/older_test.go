package requirements_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/validate/requirements"
)

func TestOlderSchemaRows(t *testing.T) {
	tables, err := requirements.Load()
	if err != nil {
		t.Fatal(err)
	}
	const at = "/run-history/run-details/step-details/synchronization-errors/import-error"
	for _, c := range []struct {
		place requirements.Place
		want  string
	}{
		{requirements.Place{Path: at, Attribute: "cs-guid", Presence: true}, "M003"},
		{requirements.Place{Path: at, Attribute: "dn", Presence: true}, "M006"},
		{requirements.Place{Path: at, Child: "error-type"}, "M076 M082"},
		{requirements.Place{Path: at, Child: "report"}, "M076"},
		{requirements.Place{Path: at + "/error-type"}, "M015"},
		{requirements.Place{Path: "/execution-histories" + at + "/date-occurred"}, "M087"},
		{requirements.Place{Path: at + "/retry-count"}, ""},
		{requirements.Place{Path: at + "/extension-error-info", Child: "error-type"}, ""},
		{requirements.Place{Path: strings.Replace(at, "import", "export", 1), Child: "error-type"}, ""},
	} {
		rows := tables.OlderSchemaRows(c.place)
		if got := strings.Join(rows, " "); got != c.want {
			t.Errorf("%+v: %q, want %q", c.place, got, c.want)
		}
		for _, id := range rows {
			if row, ok := tables.Row(id); !ok || row.TableClass != requirements.ClassSchema {
				t.Errorf("%s is no row of class schema", id)
			}
		}
		if !slices.IsSorted(rows) {
			t.Errorf("%v are not in the order of the table", rows)
		}
	}
}
