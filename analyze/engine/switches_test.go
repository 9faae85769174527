package engine_test

import (
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
	"github.com/runhist/runhist/analyze/engine"
)

// TestSwitchScripts runs the script of each switch once for each of its values, side
// by side, and prints where they part. What parts must be what the table says
// that the switch moves, all of it, and every value must differ from every
// other.
func TestSwitchScripts(t *testing.T) {
	for _, s := range engine.Switches() {
		t.Run(s.Name, func(t *testing.T) {
			var worlds []*world
			moved, apart := map[string]bool{}, map[[2]int]bool{}
			datadriven.RunTest(t, filepath.Join("testdata", "switches", s.Name), func(t *testing.T, d *datadriven.TestData) string {
				if d.Cmd == "setup" {
					worlds = nil
					for _, v := range s.Values {
						w, err := newWorld(d.Input+"\nswitch "+s.Name+" "+v, false)
						if err != nil {
							t.Fatal(err)
						}
						worlds = append(worlds, w)
					}
					return ""
				}
				answers := make([]string, len(worlds))
				for i, w := range worlds {
					answers[i] = w.command(t, d)
				}
				for i := range answers {
					for k := range i {
						if answers[i] != answers[k] {
							apart[[2]int{k, i}] = true
							differences(d.Cmd, answers[k], answers[i], moved)
						}
					}
				}
				return sideBySide(s.Values, answers)
			})
			for i := range s.Values {
				for k := range i {
					if !apart[[2]int{k, i}] {
						t.Errorf("%s and %s give the same", s.Values[k], s.Values[i])
					}
				}
			}
			for name := range moved {
				if !slices.ContainsFunc(strings.Split(s.Moves, ", "), func(of string) bool { return covers(of, name) }) {
					t.Errorf("it moves %s, but the table says %s", name, s.Moves)
				}
			}
			for of := range strings.SplitSeq(s.Moves, ", ") {
				if !slices.ContainsFunc(keys(moved), func(name string) bool { return covers(of, name) }) {
					t.Errorf("the table says that it moves %s, and it does not", of)
				}
			}
		})
	}
}

// covers tells whether what a table says of a switch is about a name.
func covers(of, name string) bool {
	switch of {
	case "inbound":
		return strings.HasPrefix(name, "disconnector-") || strings.HasPrefix(name, "connector-")
	case "outbound":
		return strings.HasPrefix(name, "outbound ")
	}
	ok, _ := path.Match(of, name)
	return ok
}

func keys(set map[string]bool) []string {
	var all []string
	for k := range set {
		all = append(all, k)
	}
	return all
}

// sideBySide is one answer, or one for each value if they differ.
func sideBySide(values, answers []string) string {
	if !slices.ContainsFunc(answers, func(a string) bool { return a != answers[0] }) {
		return answers[0]
	}
	var b strings.Builder
	for i, v := range values {
		b.WriteString(v + ":\n")
		for line := range strings.Lines(answers[i]) {
			b.WriteString("  " + line)
		}
	}
	return b.String()
}

// differences notes the names of what differs between two answers to a command,
// in the words of the table.
func differences(cmd, a, b string, moved map[string]bool) {
	switch cmd {
	case "run":
		x, y := facts(a), facts(b)
		for _, both := range []map[string]string{x, y} {
			for fact := range both {
				_, name, _ := strings.Cut(fact, " ")
				if name == "step-result" && (x[fact] == "" || y[fact] == "") {
					continue // step-details says it
				}
				if x[fact] != y[fact] {
					moved[name] = true
				}
			}
		}
	case "counts":
		for i, field := range strings.Fields(strings.Trim(a, "{}\n")) {
			if name, _, _ := strings.Cut(field, ":"); field != strings.Fields(strings.Trim(b, "{}\n"))[i] {
				moved["Num"+name] = true
			}
		}
	case "seen":
		moved["order of exports"] = true
	}
}

// facts are the counters, results and errors in what run answers, by the number
// of the step and their name.
func facts(answer string) map[string]string {
	all := map[string]string{}
	step := ""
	for line := range strings.Lines(answer) {
		f := strings.Fields(line)
		switch {
		case f[0] == "step":
			step = f[1]
			all["run step-details"] += "x"
			all[step+" step-result"] = f[2]
		case strings.HasSuffix(f[0], "error:") || len(f) > 1 && f[1] == "error:":
			name := map[string]string{"discovery": "ma-object-error", "error:": "import-error", "export": "export-error", "retry": "retry-error"}[f[0]]
			all[step+" "+name] += line
		case f[0] == "filtered:":
			all[step+" filtered-deletions"], all[step+" filtered-objects"] = strings.TrimSuffix(f[1], "deletions=0"), strings.TrimSuffix(f[2], "objects=0")
		default:
			block, list, _ := strings.Cut(strings.TrimSpace(line), ": ")
			for _, c := range strings.Fields(list) {
				name, n, _ := strings.Cut(c, "=")
				if agent, ok := strings.CutPrefix(block, "outbound "); ok {
					all[step+agent+" outbound "+name] = n
				} else {
					all[step+" "+name] = n
				}
			}
		}
	}
	return all
}
