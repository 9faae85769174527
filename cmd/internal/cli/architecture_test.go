package cli_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/runhist/runhist/"

// allowed is what each package of the module may import of it. A package below
// a folder that ends in /... follows that line.
var allowed = map[string][]string{
	"schemas":               {},
	"schemas/source":        {},
	"schemas/spelling":      {},
	"schemas/strict":        {"schemas/spelling", "schemas/wording"},
	"schemas/terms":         {},
	"schemas/wording":       {},
	"schemas/rundetails":    {"schemas/source"},
	"schemas/convert":       {"schemas/forms", "schemas/source", "schemas/rundetails"},
	"schemas/redact":        {"schemas", "schemas/source", "schemas/rundetails"},
	"schemas/forms":         {"schemas/source"},
	"validate/finding":      {},
	"validate/requirements": {},
	"validate/xsd/datatype": {},
	"validate/xsd/libxml2":  {},
	"validate/xsd":          {"schemas/source", "schemas/spelling", "validate/xsd/datatype"},
	"validate/archive":      {"schemas/source", "schemas/rundetails"},
	"validate/rule":         {"schemas/rundetails", "validate/archive", "validate/finding", "validate/rule/keys"},
	"validate/rule/keys":    {"schemas/rundetails"},
	"validate/rules":        {"validate/finding", "validate/rule", "validate/rules/..."},
	"validate/rules/...":    {"schemas/source", "schemas/rundetails", "validate/archive", "validate/finding", "validate/rule", "validate/rule/keys", "validate/rules/..."},
	"validate":              {"schemas", "schemas/forms", "schemas/source", "schemas/rundetails", "validate/archive", "validate/finding", "validate/requirements", "validate/rule", "validate/suppress", "validate/xsd"},
	"validate/suppress":     {"validate/finding"},
	"validate/settings":     {"schemas/strict", "schemas/wording", "validate/finding", "validate/suppress", "analyze/policy"},
	"validate/coverage":     {"validate/requirements", "validate/rule"},
	"analyze/measure":       {"schemas/rundetails"},
	"analyze/policy":        {"schemas/spelling", "validate/finding", "analyze/measure", "schemas/wording"},
	"analyze/reconcile": {"schemas/source", "schemas/rundetails", "schemas/terms", "validate", "validate/archive", "validate/finding", "validate/rule",
		"validate/rule/keys", "validate/rules/consistency/across", "analyze/measure", "analyze/policy", "schemas/wording"},
	"analyze/config":    {"schemas/source", "schemas/spelling", "schemas/wording", "analyze/engine"},
	"analyze/diff":      {"schemas/source", "schemas/rundetails", "validate/requirements"},
	"analyze/engine":    {},
	"analyze/scenario":  {"schemas/strict", "schemas/wording", "schemas/terms", "analyze/config", "analyze/engine", "analyze/fault"},
	"analyze/fault":     {"analyze/engine"},
	"analyze/directory": {"analyze/engine", "analyze/fault"},
	"analyze/extension": {"analyze/engine", "analyze/fault"},
	"analyze/record":    {"schemas/source", "schemas/rundetails", "schemas/terms", "analyze/engine"},
	"analyze": {"schemas/rundetails", "schemas/strict", "analyze/config", "analyze/directory", "analyze/engine", "analyze/extension", "analyze/fault",
		"analyze/record", "analyze/scenario"},
	"analyze/query":          {"schemas/forms", "schemas/source", "schemas/rundetails", "schemas/spelling"},
	"report":                 {"validate/finding"},
	"report/attention":       {"schemas/wording", "report/tables"},
	"report/differences":     {"report/junit", "schemas/spelling", "schemas/wording", "analyze/diff", "report/markup", "report/terminal"},
	"report/formats":         {"schemas/spelling", "report", "report/..."},
	"report/operations":      {"schemas/wording", "schemas/forms", "schemas/source", "schemas/rundetails", "report/terminal"},
	"report/replay":          {"schemas/spelling", "schemas/wording", "report", "report/formats", "report/differences", "report/terminal"},
	"report/simulation":      {"analyze/config", "analyze/engine", "report/terminal", "schemas/convert"},
	"report/reconciliation":  {"report/junit", "schemas/spelling", "report/page", "report/terminal", "report/markup", "validate/finding", "schemas/wording", "report/tables", "report/xlsx"},
	"report/tables":          {},
	"report/tables/formats":  {"schemas/spelling", "report/tables", "report/tables/...", "report/xlsx"},
	"report/xlsx":            {"schemas/wording", "report", "report/attention", "report/tables", "validate/finding"},
	"report/tables/...":      {"report/tables"},
	"report/tables/html":     {"schemas/wording", "report/attention", "report/tables", "report/page"},
	"report/page":            {"schemas/wording", "report/tables", "report/terminal"},
	"report/html":            {"schemas/wording", "report", "report/page", "validate/finding"},
	"report/zone":            {},
	"report/facts":           {"schemas/source", "schemas/rundetails", "schemas/terms", "report/operations", "report/tables", "validate/finding"},
	"report/derived":         {"schemas/source", "schemas/rundetails", "report/facts", "report/operations", "report/tables", "validate/archive", "validate/rule/keys"},
	"report/terminal":        {"validate/finding"},
	"report/jsonl":           {"report", "report/json"},
	"report/markup":          {},
	"report/...":             {"schemas/spelling", "schemas/wording", "report", "report/terminal", "report/markup", "validate/finding"},
	"samples":                {},
	"samples/hostile":        {},
	"samples/generate":       {"schemas/source", "schemas/rundetails"},
	"cmd/internal/cli":       {"..."},
	"cmd/internal/manual":    {},
	"cmd/internal/progress":  {},
	"cmd/runhist":            {"cmd/internal/cli"},
	"analyze/query/xmlquery": {"analyze/query"},
	"cmd/internal/archive":   {},
}

// allowedFor finds the line of a package.
func allowedFor(pkg string) ([]string, bool) {
	if list, ok := allowed[pkg]; ok {
		return list, true
	}
	for folder := filepath.Dir(pkg); folder != "."; folder = filepath.Dir(folder) {
		if list, ok := allowed[folder+"/..."]; ok {
			return list, true
		}
	}
	return nil, false
}

func TestImports(t *testing.T) {
	cmd := exec.Command("go", "list", "-f", "{{.ImportPath}}{{range .Imports}} {{.}}{{end}}", "./...")
	cmd.Dir = moduleRoot(t)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	packages := 0
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		fields := strings.Fields(line)
		pkg, ours := strings.CutPrefix(fields[0], module)
		if !ours {
			continue
		}
		packages++
		list, ok := allowedFor(pkg)
		if !ok {
			t.Errorf("package %s is not in the table of allowed imports", pkg)
		}
		for _, path := range fields[1:] {
			imported, ours := strings.CutPrefix(path, module)
			if ours && !permits(list, imported) {
				t.Errorf("%s may not import %s", pkg, imported)
			}
		}
	}
	if packages < 10 {
		t.Errorf("only %d packages were seen", packages)
	}
}

func permits(list []string, pkg string) bool {
	return slices.ContainsFunc(list, func(entry string) bool {
		folder, below := strings.CutSuffix(entry, "...")
		return entry == pkg || below && strings.HasPrefix(pkg, folder)
	})
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Dir(strings.TrimSpace(string(out)))
}

// Files may not be longer than these lines: rule files are small, others
// moderate. The exceptions have a reason.
const (
	maxLines     = 400
	maxRuleLines = 120
)

var longFiles = map[string]string{
	"schemas/rundetails/names.go": "one table of names",
	"schemas/rundetails/model.go": "the model, one type an element",
}

func TestSizes(t *testing.T) {
	root := moduleRoot(t)
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		most := maxLines
		if strings.HasPrefix(rel, "validate/rules/") && !strings.Contains(rel, "/internal/") {
			most = maxRuleLines
		}
		if n := bytes.Count(text, []byte("\n")); n > most && longFiles[rel] == "" {
			t.Errorf("%s has %d lines; %d is the most without a reason", rel, n, most)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// words that say nothing about what a package or file holds.
var emptyWords = []string{"util", "utils", "common", "helper", "helpers", "manager", "misc"}

func TestNames(t *testing.T) {
	root := moduleRoot(t)
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == ".git" {
			return filepath.SkipDir
		}
		name := strings.TrimSuffix(strings.TrimSuffix(d.Name(), ".go"), "_test")
		if slices.Contains(emptyWords, name) {
			t.Errorf("%s: the name does not say what is there", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	top := []string{"cmd", "validate", "analyze", "report", "schemas", "samples", "go.mod", "go.sum", "README.md", "LICENSE"}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(top, e.Name()) {
			t.Errorf("%s does not belong at the top level", e.Name())
		}
	}
}

// TestReadmes holds that the nearest README above a package names it, so that a
// newcomer finds it there.
func TestReadmes(t *testing.T) {
	root := moduleRoot(t)
	cmd := exec.Command("go", "list", "-f", "{{.Dir}}", "./...")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range strings.Fields(string(out)) {
		for folder := filepath.Dir(dir); len(folder) > len(root); folder = filepath.Dir(folder) {
			text, err := os.ReadFile(filepath.Join(folder, "README.md"))
			if err != nil {
				continue
			}
			name, err := filepath.Rel(folder, dir)
			if err != nil {
				t.Fatal(err)
			}
			if name = filepath.ToSlash(name); !bytes.Contains(text, []byte("`"+name+"`")) && !bytes.Contains(text, []byte("`"+filepath.Base(name)+"`")) {
				t.Errorf("%s does not name the package %s", filepath.Join(folder, "README.md"), name)
			}
			break
		}
	}
}
