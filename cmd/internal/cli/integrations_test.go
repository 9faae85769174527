package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v4"
)

// read reads a file of the repository.
func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestHook: what pre-commit is told is a command that there is, and the files
// that it is given are histories by their names.
func TestHook(t *testing.T) {
	var hooks []struct {
		ID, Name, Entry, Language, Files string
	}
	if err := yaml.Unmarshal([]byte(read(t, ".pre-commit-hooks.yaml")), &hooks); err != nil {
		t.Fatal(err)
	}
	for _, h := range hooks {
		if h.ID == "" || h.Name == "" || h.Language != "golang" {
			t.Errorf("%+v", h)
		}
		if command, _, err := newRoot(Streams{}).Find(strings.Fields(h.Entry)[1:]); err != nil || command.Name() != "validate" {
			t.Errorf("%s: %v", h.Entry, err)
		}
		files := regexp.MustCompile(h.Files)
		for name, want := range map[string]bool{"a/run.xml": true, "run.xml.gz": true, "run.clixml": true, "run.xml.zst": true, "xml.go": false, "axml": false} {
			if files.MatchString(name) != want {
				t.Errorf("%s: %s", h.Files, name)
			}
		}
	}
	if len(hooks) == 0 {
		t.Error("no hook")
	}
}

// TestAction runs the last step of the action as GitHub does.
func TestAction(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is not here")
	}
	var action struct {
		Inputs map[string]struct{ Default string }
		Runs   struct {
			Using string
			Steps []struct {
				Uses, Name, Shell, Run string
				Env                    map[string]string
			}
		}
	}
	if err := yaml.Unmarshal([]byte(read(t, ".github/actions/validate/action.yml")), &action); err != nil {
		t.Fatal(err)
	}
	step := action.Runs.Steps[len(action.Runs.Steps)-1]
	var inputs []string
	for _, value := range step.Env {
		inputs = append(inputs, strings.TrimSuffix(strings.TrimPrefix(value, "${{ inputs."), " }}"))
	}
	for name := range action.Inputs {
		if !slices.Contains(inputs, name) {
			t.Errorf("the input %s is not used", name)
		}
	}
	folder := t.TempDir()
	program, err := os.Executable() // which is runhist where testscript names it so
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(program, filepath.Join(folder, "runhist")); err != nil {
		t.Skip(err)
	}
	samples, err := filepath.Abs("../../../samples")
	if err != nil {
		t.Fatal(err)
	}
	run := exec.Command(bash, "-eo", "pipefail", "-c", step.Run)
	run.Dir = folder
	run.Env = append(os.Environ(), "RUNNER_TEMP="+folder, "PATHS="+samples+"/histories/0*.xml "+samples+"/base", "FLAGS=--fail-on never --quiet", "SARIF=out.sarif")
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if text, err := os.ReadFile(filepath.Join(folder, "out.sarif")); err != nil || !strings.Contains(string(text), "09-profiles") || strings.Contains(string(text), "10-profiles") {
		t.Errorf("%v, %d bytes", err, len(text))
	}
}

// commands are all commands that do something, by what one types.
func commands(t *testing.T) map[string]*cobra.Command {
	t.Helper()
	all := map[string]*cobra.Command{}
	var visit func(c *cobra.Command)
	visit = func(c *cobra.Command) {
		if c.Runnable() && !c.HasSubCommands() {
			all[c.CommandPath()] = c
		}
		for _, below := range c.Commands() {
			visit(below)
		}
	}
	visit(newRoot(Streams{}))
	if len(all) < 10 {
		t.Fatalf("only %d commands", len(all))
	}
	return all
}

// TestStable: the packages that the README calls stable say so, and no others.
func TestStable(t *testing.T) {
	_, list, _ := strings.Cut(read(t, "README.md"), "<!-- stable -->")
	list, _, _ = strings.Cut(list, "<!-- end -->")
	var promised, said []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z/]+)`").FindAllStringSubmatch(list, -1) {
		promised = append(promised, m[1])
	}
	err := filepath.WalkDir("../../..", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), "\n// The package is stable: the README says what that means.\npackage ") {
			folder, err := filepath.Rel("../../..", filepath.Dir(path))
			if err != nil {
				return err
			}
			said = append(said, filepath.ToSlash(folder))
		}
		return err
	})
	slices.Sort(promised)
	slices.Sort(said)
	if err != nil || len(promised) < 5 || !slices.Equal(promised, said) {
		t.Errorf("the README has %q, comments have it in %q, %v", promised, said, err)
	}
}

// TestExamplesAgree: the engines of query agree on every query that the README
// and the help show.
func TestExamplesAgree(t *testing.T) {
	help, _, err := newRoot(Streams{}).Find([]string{"query"})
	if err != nil {
		t.Fatal(err)
	}
	shown := strings.ReplaceAll(help.Example, " \\\n", " ") + "\n" + read(t, "README.md")
	calls := regexp.MustCompile(`(?m)^ +runhist query (.*)$`).FindAllStringSubmatch(shown, -1)
	samples, err := filepath.Abs("../../../samples/histories")
	if err != nil {
		t.Fatal(err)
	}
	word := regexp.MustCompile(`"[^"]*"|\S+`)
	for _, call := range calls {
		args := []string{"query", "--engine", "both"}
		words := word.FindAllString(call[1], -1)
		for _, w := range words[:len(words)-1] { // the last one is a path
			args = append(args, strings.Trim(w, `"`))
		}
		var out, errs strings.Builder
		if status := Main(append(args, samples), Streams{Out: &out, Err: &errs}); status != OK || out.Len() == 0 || errs.Len() > 0 {
			t.Errorf("%s: status %d, %d bytes\n%s", call[0], status, out.Len(), errs.String())
		}
	}
	if len(calls) < 6 {
		t.Errorf("only %d examples", len(calls))
	}
}
