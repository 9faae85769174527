package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/runhist/runhist/validate"
)

// offered is what a shell would offer after these words, without
// descriptions; the last one is under way.
func offered(t *testing.T, words ...string) []string {
	t.Helper()
	var out, errs bytes.Buffer
	if status := Main(append([]string{cobra.ShellCompRequestCmd}, words...), Streams{Out: &out, Err: &errs}); status != OK {
		t.Fatalf("%q: status %d\n%s", words, status, errs.String())
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	for i := range lines {
		lines[i], _, _ = strings.Cut(lines[i], "\t")
	}
	return lines
}

// The last line that a shell gets says what to do beside.
const (
	files   = ":0" // offer files too
	noFiles = ":4"
	goOn    = ":6" // no files, and no blank behind the word
)

func TestCompletion(t *testing.T) {
	for _, c := range []struct {
		words []string
		want  []string
	}{
		{[]string{"va"}, []string{"validate", noFiles}},
		{[]string{"validate", "--profile", ""}, []string{"upsmods", "server", "fim", "miis2003", "auto", noFiles}},
		{[]string{"validate", "--profile=s"}, []string{"server", noFiles}},
		{[]string{"validate", "--format", "j"}, []string{"json", "jsonl", "junit", noFiles}},
		{[]string{"validate", "--format", "json=re"}, []string{files}},
		{[]string{"validate", "--color", "a"}, []string{"auto", "always", noFiles}},
		{[]string{"validate", "--progress", "n"}, []string{"never", noFiles}},
		{[]string{"validate", "--fail-on", "w"}, []string{"warning", noFiles}},
		{[]string{"validate", "--schema-engine", "n"}, []string{"native", noFiles}},
		{[]string{"validate", "--severity", "r449"}, []string{"R449=", goOn}},
		{[]string{"validate", "--severity", "R449=w"}, []string{"R449=warning", noFiles}},
		{[]string{"validate", "--disable", "R449"}, []string{"R449", noFiles}},
		{[]string{"validate", "--only", "R172,XSD-en"}, []string{"R172,XSD-enumeration", noFiles}},
		{[]string{"validate", "--jobs", ""}, []string{noFiles}},
		{[]string{"validate", "--now", ""}, []string{noFiles}},
		{[]string{"validate", "-o", ""}, []string{files}},
		{[]string{"validate", ""}, []string{files}},
		{[]string{"show", ""}, []string{files}},
		{[]string{"rules", ""}, []string{noFiles}},
		{[]string{"rules", "--format", "h"}, []string{"html", noFiles}},
		{[]string{"explain", "permission"}, []string{"permission-issue", noFiles}},
		{[]string{"explain", "R449", "XSD-enum"}, []string{"XSD-enumeration", noFiles}},
		{[]string{"explain", "--format", "j"}, []string{"json", noFiles}},
		{[]string{"explain", "--c"}, []string{"--color", noFiles}},
		{[]string{"query", "--format", ""}, []string{"text", "json", "csv", noFiles}},
		{[]string{"query", "--engine", "x"}, []string{"xmlquery", noFiles}},
		{[]string{"query", "--columns", "n"}, []string{noFiles}},
		{[]string{"validate", "--profile", "f"}, []string{"fim", noFiles}},
		{[]string{"validate", "--disa"}, []string{"--disable", noFiles}},
		{[]string{"generate", "--violate", "R172"}, []string{"R172", noFiles}},
		{[]string{"completion", "p"}, []string{"powershell", noFiles}},
	} {
		if got := offered(t, c.words...); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.words, got, c.want)
		}
	}
}

// TestCompletionKnows sees that each flag whose help lists its values, or
// takes ids, is completed.
func TestCompletionKnows(t *testing.T) {
	var visit func(c *cobra.Command)
	visit = func(c *cobra.Command) {
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			closed := strings.Contains(f.Usage, "auto") && strings.Contains(f.Usage, "never") || strings.HasPrefix(f.Usage, "`ID`s ") || strings.Contains(f.Usage, "text or json")
			if list, ok := values(c.Name(), f.Name, ""); ok && f.Name == "profile" && len(list) < len(validate.Profiles()) {
				t.Errorf("%s --profile is completed by %q", c.CommandPath(), list)
			}
			if _, ok := values(c.Name(), f.Name, ""); closed && !ok {
				t.Errorf("%s --%s is not completed: see values", c.CommandPath(), f.Name)
			}
		})
		for _, below := range c.Commands() {
			visit(below)
		}
	}
	visit(newRoot(Streams{}))
}

// TestCompletionScripts lets shells that are there read their scripts.
func TestCompletionScripts(t *testing.T) {
	checks := map[string][]string{"bash": {"-n"}, "zsh": {"-n"}, "fish": {"--no-execute"},
		"powershell": nil} // pwsh reads no script without running it
	for shell, check := range checks {
		var out bytes.Buffer
		if status := Main([]string{"completion", shell}, Streams{Out: &out, Err: &out}); status != OK || !strings.Contains(out.String(), "__complete") {
			t.Errorf("%s: status %d, %d bytes", shell, status, out.Len())
		}
		path, err := exec.LookPath(shell)
		if err != nil || check == nil {
			continue
		}
		script := filepath.Join(t.TempDir(), shell)
		if err := os.WriteFile(script, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if text, err := exec.Command(path, append(check, script)...).CombinedOutput(); err != nil || len(text) > 0 {
			t.Errorf("%s: %v\n%s", shell, err, text)
		}
	}
}

// TestManual lets groff read the manual page, where it is there, with all its
// warnings.
func TestManual(t *testing.T) {
	var out bytes.Buffer
	if status := Main([]string{"man"}, Streams{Out: &out, Err: &out}); status != OK {
		t.Fatal(out.String())
	}
	for _, want := range []string{`.TH RUNHIST 1 "" "runhist ` + Version, ".SS validate PATH...", `\fB\-\-fail\-on\fR`, `\fB\-q\fR, \fB\-\-quiet\fR`, ".SH EXIT STATUS", "NO_COLOR"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the page has no %s", want)
		}
	}
	for _, c := range newRoot(Streams{}).Commands() {
		if !strings.Contains(out.String(), "\n.SS "+c.Name()) {
			t.Errorf("the page has no command %s", c.Name())
		}
	}
	groff, err := exec.LookPath("groff")
	if err != nil {
		t.Skip("groff is not there")
	}
	cmd := exec.Command(groff, "-man", "-Tutf8", "-ww", "-z")
	cmd.Stdin = &out
	if text, err := cmd.CombinedOutput(); err != nil || len(text) > 0 {
		t.Errorf("groff: %v\n%s", err, text)
	}
}
