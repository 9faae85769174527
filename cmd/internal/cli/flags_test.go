package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// scripts are the calls of runhist in the scripts of testdata, without the
// commands of testscript before them, by the words of the call.
func scripts(t *testing.T) (calls [][]string, statuses []string) {
	t.Helper()
	files, err := filepath.Glob("testdata/script/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		script, _, _ := strings.Cut(string(text), "\n-- ")
		for line := range strings.SplitSeq(script, "\n") {
			words := strings.Fields(line)
			at := slices.Index(words, "runhist")
			if at < 0 || strings.HasPrefix(words[0], "#") {
				continue
			}
			status := "0"
			if words[0] == "status" {
				status = words[1]
			}
			calls, statuses = append(calls, words[at:]), append(statuses, status)
		}
	}
	return calls, statuses
}

// TestEveryFlag: a script calls every command with each of its flags, and with
// each status that it can end with.
func TestEveryFlag(t *testing.T) {
	calls, statuses := scripts(t)
	for path, c := range commands(t) {
		words := strings.Fields(path)
		var flags, ends []string
		for i, call := range calls {
			if len(call) < len(words) || !slices.Equal(call[:len(words)], words) {
				continue
			}
			ends = append(ends, statuses[i])
			for _, word := range call[len(words):] {
				name, _, _ := strings.Cut(word, "=")
				flags = append(flags, name)
			}
		}
		c.InitDefaultHelpFlag()
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Name != "help" && !slices.Contains(flags, "--"+f.Name) && (f.Shorthand == "" || !slices.Contains(flags, "-"+f.Shorthand)) {
				t.Errorf("no script calls %s --%s", path, f.Name)
			}
		})
		for _, status := range endings(path) {
			if !slices.Contains(ends, status) {
				t.Errorf("no script has %s end with status %s", path, status)
			}
		}
	}
}

// endings are the statuses that a command can end with. Status 3 of those that
// only print is that of an output which cannot be written.
func endings(path string) []string {
	switch strings.TrimPrefix(path, "runhist ") {
	case "version", "man", "completion", "config schema", "config show", "explain", "config init":
		return []string{"0", "2"}
	case "rules", "generate", "simulate", "baseline write", "baseline prune":
		return []string{"0", "2", "3"}
	}
	return []string{"0", "1", "2", "3"}
}

// TestFlagWords: each flag that takes a value has a word for it in the help,
// which is none of the types of the library.
func TestFlagWords(t *testing.T) {
	capitals := regexp.MustCompile(`^[A-Z]+(=>?[A-Z]+|\[=[A-Z]+\])?$`)
	for path, c := range commands(t) {
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if word, _ := pflag.UnquoteUsage(f); f.Value.Type() != "bool" && !capitals.MatchString(word) {
				t.Errorf("%s --%s takes %q", path, f.Name, word)
			}
		})
	}
}

// TestGroups: each command of the first level has its place in the help.
func TestGroups(t *testing.T) {
	for path, c := range commands(t) {
		if c.HasParent() && !c.Parent().HasParent() && !c.Hidden && c.GroupID == "" {
			t.Errorf("%s is in no group of usage.go", path)
		}
	}
}
