package rules_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/validate/rules"
)

// TestAlso holds what findings carry beside the rows of their rule: one fault
// that breaks rows of two rules is one finding that names them all.
func TestAlso(t *testing.T) {
	v := newValidator(t, rules.All())
	for name, want := range map[string]string{
		"R069/fail-no-first.xml":           "R066 R069 C004",
		"R069/fail-zero.xml":               "R066 R069 C004",
		"R070/fail-twice.xml":              "R070 C006",
		"R070/fail-twice-in-two-cases.xml": "R070 C006 C105",
		"R117/fail-export-write.xml":       "R117 C053",
		"R172/fail-empty.xml":              "R172",
		"R172/fail-success.xml":            "R172 R175",
		"R173/fail-server.xml":             "R173",
		"R173/fail-success.xml":            "R173 R175",
		"R175/fail-unlisted.xml":           "R160 R175 C067",
		"R241/fail-empty.xml":              "R004 R241",
		"R241/fail-line-break.xml":         "R241",
		"R328/fail-empty.xml":              "R328",
		"R328/fail-entry.xml":              "R328 R350",
		"R330/fail-delta-value.xml":        "R330 C080",
		"R330/fail-entry-value.xml":        "R330 R350 C080",
		"R338/fail-entry.xml":              "R338 R350",
		"R342/fail-marked.xml":             "R342 R347",
		"R342/fail-white-space.xml":        "R342 R347",
		"R347/fail-plain.xml":              "R347",
		"R399/fail-empty.xml":              "R004 R399",
		"C017/fail-no-errors.xml":          "R397 C016 C017",
		"C017/fail-uncounted.xml":          "R397 C016 C017",
		"C118/fail-outbound.xml":           "C057 C118",
		"C119/fail-outbound.xml":           "C057 C119",
		"C051/fail-delta-import.xml":       "R076 C051",
	} {
		id, _, _ := strings.Cut(name, "/")
		findings := judgeAll(t, v, []string{"rules/" + name}, 1).Findings
		if !finds(findings, id) {
			t.Errorf("%s has no finding of %s", name, id)
		}
		for i := range findings {
			if got := strings.Join(findings[i].Requirements, " "); findings[i].Rule == id && got != want {
				t.Errorf("%s: the finding carries %s, want %s", name, got, want)
			}
		}
	}
}

// TestAlsoIsOfOtherRules: what the tables join stands in Requirements.
func TestAlsoIsOfOtherRules(t *testing.T) {
	tables := loadTables(t)
	for _, r := range rules.All() {
		for arm, rows := range r.Also {
			for _, id := range rows {
				if _, ok := tables.Row(id); !ok || slices.Contains(r.Requirements, id) {
					t.Errorf("%s names %s in the arm %q, which is no row or one of its own", r.ID, id, arm)
				}
			}
			if !slices.Equal(tables.Sorted(rows), rows) {
				t.Errorf("%s: the rows of the arm %q are not in the order of the tables: %v", r.ID, arm, rows)
			}
		}
	}
}
