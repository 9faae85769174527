package rules_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/requirements"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules"
)

func loadTables(t testing.TB) *requirements.Tables {
	t.Helper()
	tables, err := requirements.Load()
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func TestIDsAreUniqueAndSorted(t *testing.T) {
	order := make(map[string]int)
	for i, row := range loadTables(t).All() {
		order[row.ID] = i
	}
	last := -1
	for _, r := range rules.All() {
		at, ok := order[r.ID]
		if !ok {
			t.Errorf("%s is the id of no requirement row", r.ID)
		}
		if at <= last {
			t.Errorf("%s is not behind the rule before it in the order of the tables", r.ID)
		}
		last = at
	}
}

func TestRequirementsAreThoseOfTheTables(t *testing.T) {
	tables := loadTables(t)
	for _, r := range rules.All() {
		if want := tables.Covered(r.ID); !slices.Equal(r.Requirements, want) {
			t.Errorf("%s covers %v, and the tables say %v", r.ID, r.Requirements, want)
		}
	}
}

func TestSeveritiesAreThoseOfTheTables(t *testing.T) {
	tables := loadTables(t)
	for _, r := range rules.All() {
		row, _ := tables.Row(r.ID)
		want := [2]finding.Severity{severity(t, row.Severity), severity(t, row.Lower)}
		if got := [2]finding.Severity{r.Severity, r.Lower}; got != want {
			t.Errorf("%s has the severities %v, and the tables say %v", r.ID, got, want)
		}
	}
}

// TestOlderRows holds the rows of the older reference against the rules: each
// with a grade is a rule of profile miis2003 with that grade, or stands with the
// rule that says the same.
func TestOlderRows(t *testing.T) {
	byID := make(map[string]rule.Rule)
	for _, r := range rules.All() {
		byID[r.ID] = r
	}
	graded := 0
	for _, row := range loadTables(t).All() {
		if row.Table != requirements.TableMIIS2003 || row.ProfileSeverity == requirements.SeverityNone {
			continue
		}
		graded++
		id := row.ID
		if len(row.SameRule) > 0 {
			id = row.SameRule[0]
		}
		r, ok := byID[id]
		in := r.In("miis2003")
		switch {
		case !ok:
			t.Errorf("%s has no rule", row.ID)
		case !slices.Contains(in.Requirements, row.ID):
			t.Errorf("%s does not stand with the rule %s in profile miis2003", row.ID, id)
		case slices.Contains(r.In("upsmods").Requirements, row.ID) && id != row.ID:
			t.Errorf("%s stands with the rule %s in profile upsmods", row.ID, id)
		case in.Severity != severity(t, row.ProfileSeverity):
			t.Errorf("%s is %s in profile miis2003, and its row %s is %s", id, in.Severity, row.ID, row.ProfileSeverity)
		}
	}
	for _, r := range rules.All() {
		for _, p := range []string{"upsmods", "server", "fim"} {
			if strings.HasPrefix(r.ID, "M") && r.In(p).Severity != finding.Off {
				t.Errorf("%s is on in profile %s", r.ID, p)
			}
		}
	}
	if graded != 41 {
		t.Errorf("%d rows have a grade", graded)
	}
}

func severity(t *testing.T, s requirements.Severity) finding.Severity {
	t.Helper()
	if s == requirements.SeverityNone {
		return finding.Off
	}
	parsed, err := finding.ParseSeverity(string(s))
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestDocumentation(t *testing.T) {
	leftover := regexp.MustCompile(`(?i)\b(TODO|FIXME|XXX|TBD|lorem|placeholder|fill (this|me) in)\b|%[a-z!]`)
	version := regexp.MustCompile(`^\d+\.\d+\.\d+$`)
	for _, r := range rules.All() {
		for name, text := range map[string]string{"Title": r.Title, "Why": r.Why, "Fix": r.Fix} {
			switch {
			case text == "":
				t.Errorf("%s has no %s", r.ID, name)
			case leftover.MatchString(text):
				t.Errorf("%s has a leftover in %s: %s", r.ID, name, leftover.FindString(text))
			case !strings.HasSuffix(text, "."), strings.Contains(text, "  "), strings.TrimSpace(text) != text:
				t.Errorf("%s: %s is not one or more plain sentences: %q", r.ID, name, text)
			}
		}
		if strings.Count(r.Title, ". ") > 0 || len(r.Title) > 120 {
			t.Errorf("%s: the title is longer than one sentence of 120 characters", r.ID)
		}
		if !version.MatchString(r.Since) {
			t.Errorf("%s: Since is %q and not a version", r.ID, r.Since)
		}
		if len(r.Checks) == 0 {
			t.Errorf("%s has no checks", r.ID)
		}
		if r.In(string(profile(r.ID))).Severity == finding.Off {
			t.Errorf("%s has no severity", r.ID)
		}
	}
}

// declaration is the name of a function that makes a rule.
var declaration = regexp.MustCompile(`^([rcm])(\d{3})$`)

// TestFilesAndSlices holds the slices of the chapters against the files: every
// rule that some file declares is in All, and its file is named for it.
func TestFilesAndSlices(t *testing.T) {
	declared := make(map[string]string) // id to file
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		first := ""
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || !declaration.MatchString(f.Name.Name) {
				continue
			}
			if first == "" {
				first = f.Name.Name
				if !strings.HasPrefix(filepath.Base(path), first+"_") {
					t.Errorf("%s declares %s first and is not named for it", path, first)
				}
			}
			declared[strings.ToUpper(f.Name.Name)] = path
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules.All() {
		if declared[r.ID] == "" {
			t.Errorf("%s is declared by no function of its name", r.ID)
		}
		delete(declared, r.ID)
	}
	for id, path := range declared {
		t.Errorf("%s declares %s, but All does not have it: add it to the slice of the chapter", path, id)
	}
}

func TestRulesAreValues(t *testing.T) {
	// What a caller does to its rules must not reach another caller.
	mine := rules.All()
	for i := range mine {
		mine[i].Requirements[0] = "changed"
		mine[i] = rule.Rule{}
	}
	for _, r := range rules.All() {
		if r.ID == "" || r.Requirements[0] == "changed" {
			t.Fatal("the rules share memory between calls")
		}
	}
}
