package coverage

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/validate/requirements"
	"github.com/runhist/runhist/validate/rules"
)

func load(t *testing.T) *requirements.Tables {
	t.Helper()
	tables, err := requirements.Load()
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func TestEveryRowIsCoveredOrHasAReason(t *testing.T) {
	tables := load(t)
	rows := Rows(tables, rules.All())
	if len(rows) != len(tables.All()) {
		t.Fatalf("%d rows, and the tables have %d", len(rows), len(tables.All()))
	}
	ids := make(map[string]bool)
	for _, r := range rules.All() {
		ids[r.ID] = true
	}
	for _, r := range rows {
		switch {
		case !slices.Contains(Kinds(), r.Covered):
			t.Errorf("%s is covered by %q, which is no kind", r.ID, r.Covered)
		case (r.Covered == Rule || r.Covered == Replay) == (len(r.By) == 0):
			t.Errorf("%s is covered by %s and names %v", r.ID, r.Covered, r.By)
		case r.Covered != Rule && r.Covered != Schema && r.Reason == "":
			t.Errorf("%s is covered by nothing and has no reason", r.ID)
		case strings.TrimSpace(r.Reason) != r.Reason || strings.HasSuffix(r.Reason, "."):
			t.Errorf("%s: the reason is not a plain phrase: %q", r.ID, r.Reason)
		}
		for _, id := range r.By {
			if r.Covered == Rule && !ids[id] {
				t.Errorf("%s names %s, which is no rule", r.ID, id)
			}
		}
	}
}

func TestRulesNameRowsThatExist(t *testing.T) {
	tables := load(t)
	for _, r := range rules.All() {
		rows := slices.Clone(r.Requirements)
		for _, also := range r.Also {
			rows = append(rows, also...)
		}
		for _, id := range rows {
			if _, ok := tables.Row(id); !ok {
				t.Errorf("%s names %s, which no table has", r.ID, id)
			}
		}
	}
}

// TestReasonsAreNeeded holds the reasons against what covers rows without
// them: nothing has two reasons, or one that it does not need.
func TestReasonsAreNeeded(t *testing.T) {
	tables := load(t)
	covered := make(map[string]bool)
	for _, r := range rules.All() {
		for _, id := range r.Requirements {
			covered[id] = true
		}
		for _, rows := range r.Also {
			for _, id := range rows {
				covered[id] = true
			}
		}
	}
	listed := make(map[string]bool)
	for _, r := range reasons() {
		for _, id := range expand(r.rows) {
			row, ok := tables.Row(id)
			switch {
			case !ok:
				t.Errorf("there is a reason for %s, which no table has", id)
			case listed[id]:
				t.Errorf("%s has two reasons", id)
			case covered[id]:
				t.Errorf("%s has a rule and a reason why it has none", id)
			case row.Class == requirements.ClassSchema:
				t.Errorf("%s is enforced by the schema and needs no reason", id)
			}
			listed[id] = true
		}
	}
}

// TestShownRowsAreReplays: what shows rows is there, and the rows are those that
// a replay decides.
func TestShownRowsAreReplays(t *testing.T) {
	covered := make(map[string]string)
	for _, r := range Rows(load(t), rules.All()) {
		covered[r.ID] = r.Covered
	}
	for id, by := range shownBy() {
		if covered[id] != Replay {
			t.Errorf("%v show %s, which is covered by %q", by, id, covered[id])
		}
		for _, path := range by {
			if _, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(path))); err != nil {
				t.Errorf("%s: %v", id, err)
			}
		}
	}
}

func TestExpand(t *testing.T) {
	if got := expand("R059 R099-R101 C001"); !slices.Equal(got, []string{"R059", "R099", "R100", "R101", "C001"}) {
		t.Error(got)
	}
}
