package requirements_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/validate/requirements"
)

func load(t *testing.T) *requirements.Tables {
	t.Helper()
	tables, err := requirements.Load()
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func TestRowsStandInTableOrder(t *testing.T) {
	tables := load(t)
	wellFormed := regexp.MustCompile(`^[RCMP]\d{3}$`)
	letters := map[requirements.Table]string{
		requirements.TableDocument: "R", requirements.TableConsistency: "C",
		requirements.TableMIIS2003: "M", requirements.TableProtocol: "P",
	}
	counts := map[requirements.Table]int{}
	order, last := "RCMP", ""
	for _, row := range tables.All() {
		counts[row.Table]++
		if !wellFormed.MatchString(row.ID) || row.ID[:1] != letters[row.Table] {
			t.Errorf("id %q in table %s", row.ID, row.Table)
		}
		key := string(rune('0'+strings.Index(order, row.ID[:1]))) + row.ID
		if key <= last {
			t.Errorf("%s stands after %s", row.ID, last)
		}
		last = key
		if got, ok := tables.Row(row.ID); !ok || got.ID != row.ID {
			t.Errorf("Row(%q) gives %q, %v", row.ID, got.ID, ok)
		}
	}
	for table, want := range map[requirements.Table]int{
		requirements.TableDocument: 556, requirements.TableConsistency: 147,
		requirements.TableMIIS2003: 94, requirements.TableProtocol: 504,
	} {
		if counts[table] != want {
			t.Errorf("%d rows in %s, want %d", counts[table], table, want)
		}
	}
	if _, ok := tables.Row("R557"); ok {
		t.Error("there is a row R557")
	}
	if got := tables.Errata(); len(got) != 23 || got[0].ID != "E01" || got[22].Why == "" {
		t.Errorf("%d errata", len(got))
	}
}

func TestRowsAreComplete(t *testing.T) {
	tables := load(t)
	known := []requirements.Severity{
		requirements.SeverityNone, requirements.SeverityInfo, requirements.SeverityWarning,
		requirements.SeverityError, requirements.SeveritySchema,
	}
	for _, row := range tables.All() {
		for name, severity := range map[string]requirements.Severity{
			"severity": row.Severity, "lower": row.Lower, "profile severity": row.ProfileSeverity,
		} {
			if !slices.Contains(known, severity) {
				t.Errorf("%s: %s %q", row.ID, name, severity)
			}
		}
		if row.Statement == "" || strings.TrimSpace(row.Statement) != row.Statement || row.Path == "" || row.Check == "" {
			t.Errorf("%s lacks a cell: %+v", row.ID, row)
		}
		if row.Table != requirements.TableConsistency && (row.Section == "" || row.Line == 0 || row.Level == "") {
			t.Errorf("%s has no source: %+v", row.ID, row)
		}
		if (row.Class == requirements.ClassSchema) != (row.Severity == requirements.SeveritySchema) {
			t.Errorf("%s: class %s, severity %s", row.ID, row.Class, row.Severity)
		}
		if (row.Class != row.TableClass) != (row.Table == requirements.TableMIIS2003) {
			t.Errorf("%s: class %s, in its table %s", row.ID, row.Class, row.TableClass)
		}
		for _, rule := range row.SameRule {
			target, ok := tables.Row(rule)
			if !ok || len(target.SameRule) > 0 {
				t.Errorf("%s has the rule %s, which is none of its own", row.ID, rule)
			}
		}
	}
}

func TestRowsCarryTheirCells(t *testing.T) {
	tables := load(t)
	row, _ := tables.Row("R088")
	want := []string{"R085", "C038"}
	if !slices.Equal(row.SameRule, want) {
		t.Errorf("R088 has the rules %v, want %v", row.SameRule, want)
	}
	row, _ = tables.Row("R016")
	if row.Section != "2.2.1" || row.Line != 464 || row.Path != "delta/dn-attr/dn-value" || row.Level != "statement" ||
		row.Statement != "as dn-value, with required @operation add or delete" || row.Class != requirements.ClassSchema {
		t.Errorf("R016: %+v", row)
	}
	row, _ = tables.Row("P001")
	if row.Section != "1.5" || row.Line != 300 || row.Path != "(session)" || row.Class != requirements.ClassProtocol {
		t.Errorf("P001: %+v", row)
	}
	row, _ = tables.Row("M003")
	if row.TableClass != requirements.ClassSchema || row.Class != requirements.ClassMIIS2003 || row.Level != "MUST" {
		t.Errorf("M003: %+v", row)
	}
}

func TestSectionsOfConsistencyRows(t *testing.T) {
	tables := load(t)
	for _, test := range []struct {
		id, section string
		line        int
	}{
		{"C001", "2.2.1.1.1", 1541},
		{"C002", "3.2.5.2", 3316},
		{"C013", "2.2.1", 374},
		{"C015", "", 0},
		{"C035", "2.2.1.1.1", 1569},
		{"C094", "", 0},
		{"C102", "2.2.1.1.1", 1731},
		{"C107", "3.1.5.18", 3161},
	} {
		row, _ := tables.Row(test.id)
		if row.Section != test.section || row.Line != test.line {
			t.Errorf("%s: section %q, line %d, want %q, %d", test.id, row.Section, row.Line, test.section, test.line)
		}
	}
}

func TestCovered(t *testing.T) {
	tables := load(t)
	for id, want := range map[string]string{
		"R557": "",
		"R172": "R172",
		"P001": "P001",
		"M009": "M009",
		"R009": "R009 C013",
		"R221": "R221 R323 R334 R350 R352 C087",
		"C038": "R087 R088 C038",
		"C050": "R086 R092 R098 C050",
		"R240": "R240", // M004 stands in another profile
	} {
		if got := strings.Join(tables.Covered(id), " "); got != want {
			t.Errorf("Covered(%s) = %s, want %s", id, got, want)
		}
	}
	if got := tables.Covered("R085"); len(got) != 25 || got[0] != "R085" || !slices.Contains(got, "C036") {
		t.Errorf("Covered(R085) = %v", got)
	}
}

// These are all rows whose last column speaks of a grade, read by hand.
func TestCorrectionsWinOverSeverities(t *testing.T) {
	const (
		none, info, warn, fail = requirements.SeverityNone, requirements.SeverityInfo,
			requirements.SeverityWarning, requirements.SeverityError
	)
	tables := load(t)
	want := map[string][2]requirements.Severity{
		"R009": {fail, none}, "R141": {warn, info}, "R074": {fail, none}, "R145": {info, none}, "R213": {fail, none},
		"R221": {fail, warn}, "R224": {fail, none}, "R226": {info, none}, "R245": {info, none},
		"R342": {fail, warn}, "R343": {warn, none}, "R346": {fail, warn}, "R347": {fail, warn}, "R358": {fail, info}, "R449": {fail, warn},
		"C005": {info, none}, "C010": {warn, none}, "C012": {info, none}, "C016": {info, none},
		"C017": {fail, warn}, "C021": {info, none}, "C042": {info, none}, "C043": {warn, none},
		"C047": {info, none}, "C051": {info, none}, "C083": {info, none}, "C085": {warn, none},
		"C087": {fail, none}, "C088": {fail, info},
		"M048": {info, none}, "M061": {info, none}, "M062": {info, none}, "M063": {info, none},
		"M064": {info, none}, "M065": {info, none},
	}
	// A grade word in a name of the schema is not a grade.
	grade := regexp.MustCompile(`(^|[^-a-z])(severity|error|warning|info|off)([^-a-z/]|$)`)
	for _, row := range tables.All() {
		got := [2]requirements.Severity{row.Severity, row.Lower}
		if row.Table == requirements.TableMIIS2003 {
			got[0] = row.ProfileSeverity
		}
		expected, listed := want[row.ID]
		switch {
		case listed && got != expected:
			t.Errorf("%s: %v, want %v: %s", row.ID, got, expected, row.Correction)
		case !listed && row.Lower != none:
			t.Errorf("%s is split and not in the list", row.ID)
		case !listed && grade.MatchString(row.Correction):
			t.Errorf("%s speaks of a grade and is not in the list: %s", row.ID, row.Correction)
		}
	}
}

func TestSeverityCounts(t *testing.T) {
	type key struct {
		table    requirements.Table
		severity requirements.Severity
	}
	got := map[key]int{}
	for _, row := range load(t).All() {
		severity := row.Severity
		if row.Table == requirements.TableMIIS2003 {
			if severity != requirements.SeverityNone {
				t.Errorf("%s has severity %s under profile upsmods", row.ID, severity)
			}
			severity = row.ProfileSeverity
		}
		got[key{row.Table, severity}]++
	}
	want := map[key]int{
		{requirements.TableDocument, requirements.SeveritySchema}:     139,
		{requirements.TableDocument, requirements.SeverityError}:      88,
		{requirements.TableDocument, requirements.SeverityWarning}:    77,
		{requirements.TableDocument, requirements.SeverityInfo}:       46,
		{requirements.TableDocument, requirements.SeverityNone}:       206,
		{requirements.TableConsistency, requirements.SeverityError}:   16,
		{requirements.TableConsistency, requirements.SeverityWarning}: 73,
		{requirements.TableConsistency, requirements.SeverityInfo}:    58,
		{requirements.TableMIIS2003, requirements.SeverityError}:      1,
		{requirements.TableMIIS2003, requirements.SeverityWarning}:    29,
		{requirements.TableMIIS2003, requirements.SeverityInfo}:       11,
		{requirements.TableMIIS2003, requirements.SeverityNone}:       53,
		{requirements.TableProtocol, requirements.SeverityNone}:       504,
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestCallersCannotChangeTheTables(t *testing.T) {
	tables := load(t)
	tables.All()[0].ID = "X"
	tables.Errata()[0].ID = "X"
	tables.Covered("R221")[0] = "X"
	place := requirements.Place{Path: "/run-history"}
	tables.SchemaRows(place)[0] = "X"
	if tables.All()[0].ID != "R001" || tables.Errata()[0].ID != "E01" ||
		tables.Covered("R221")[0] != "R221" || tables.SchemaRows(place)[0] != "R001" {
		t.Error("a caller changed the tables")
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := requirements.Load(); err != nil {
			b.Fatal(err)
		}
	}
}
