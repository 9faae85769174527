// Package requirements holds the requirement tables: every statement about a
// run history that a rule, a finding or a line of the traceability matrix can
// name, with its words, its place in the specification and its severity.
//
// The tables are the .tsv files of this folder, embedded as they are:
// document.tsv (R001 to R556), consistency.tsv (C001 to C147), miis2003.tsv
// (M001 to M094), protocol.tsv (P001 to P504) and errata.tsv (E01 to E23). An
// id is permanent. Where a cell of the last column gives a grade, that grade
// wins over the severity column; severity.go says how such cells are read.
//
// The package imports nothing of this module and keeps no state: Load parses
// the tables anew, and only what was loaded exists. To add a row, append it to
// its table; a row of class schema whose path is not a plain absolute path
// also needs a line in placements.go. To add a table, add its file and a
// reader for its columns in load.go.
package requirements

import (
	"cmp"
	"slices"
)

// Tables is the content of the requirement tables. It does not change after
// Load and may be used from several goroutines at once.
type Tables struct {
	rows    []Row
	byID    map[string]int
	covered map[string][]string
	errata  []Erratum
	places  placeIndex
}

// Row returns the row with the given id, and whether there is one.
func (t *Tables) Row(id string) (Row, bool) {
	i, ok := t.byID[id]
	if !ok {
		return Row{}, false
	}
	return t.rows[i], true
}

// All returns every row in table order: the R rows, then C, M and P. The slice
// belongs to the caller; the SameRule slices in it are shared and must not be
// written to.
func (t *Tables) All() []Row {
	return slices.Clone(t.rows)
}

// Errata returns the decisions about the printed listings, in table order.
func (t *Tables) Errata() []Erratum {
	return slices.Clone(t.errata)
}

// Covered returns the id itself and the ids of all rows of document.tsv and
// consistency.tsv that name it in their column "same rule as", in table order:
// the rows that a rule with this id stands for. It returns nil for an id that
// no table has.
func (t *Tables) Covered(id string) []string {
	if _, ok := t.byID[id]; !ok {
		return nil
	}
	if ids, ok := t.covered[id]; ok {
		return slices.Clone(ids)
	}
	return []string{id}
}

// Sorted returns the ids in the order of the tables, each once. Ids that no
// table has come first.
func (t *Tables) Sorted(ids []string) []string {
	sorted := slices.Clone(ids)
	slices.SortFunc(sorted, func(a, b string) int {
		first, known := t.byID[a]
		if !known {
			first = -1
		}
		second, known := t.byID[b]
		if !known {
			second = -1
		}
		return cmp.Or(cmp.Compare(first, second), cmp.Compare(a, b))
	})
	return slices.Compact(sorted)
}

// coverage groups the ids of rows by the rule that they share. Rows without
// company are left out, so that the map stays small.
func coverage(rows []Row, byID map[string]int) map[string][]string {
	members := make(map[string][]int)
	for i := range rows {
		if rows[i].Table != TableDocument && rows[i].Table != TableConsistency {
			continue
		}
		for _, rule := range rows[i].SameRule {
			members[rule] = append(members[rule], i)
		}
	}
	covered := make(map[string][]string, len(members))
	for rule, indexes := range members {
		// The rule's own row may stand after a row that names it.
		indexes = append(indexes, byID[rule])
		slices.Sort(indexes)
		for _, i := range indexes {
			covered[rule] = append(covered[rule], rows[i].ID)
		}
	}
	return covered
}
