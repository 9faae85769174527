package samples_test

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rules"
)

var update = flag.Bool("update", false, "write testdata anew; read what it wrote")

// histories are the files of a folder, as they are, in the order of their
// names.
func histories(t *testing.T, folder string) (names []string, text map[string][]byte) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	text = make(map[string][]byte)
	for _, e := range entries {
		name := path.Join(folder, e.Name())
		if text[name], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return names, text
}

// judge judges documents together, by all rules.
func judge(t *testing.T, names []string, text map[string][]byte) (all []finding.Finding, status map[string]finding.Status) {
	t.Helper()
	list := rules.All()
	options := validate.DefaultOptions(list)
	options.Now = 1_767_225_600_000 // 2026-01-01
	v, err := validate.New(options)
	if err != nil {
		t.Fatal(err)
	}
	var inputs []validate.Input
	for _, name := range names {
		inputs = append(inputs, validate.Input{File: name, Open: func() (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(text[name])), nil
		}})
	}
	sum := v.Summary()
	if err := v.Each(context.Background(), inputs, 2, func(r validate.Result) error {
		all = append(all, r.Findings...)
		sum.Add(&r)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if sum.Files != len(names) || sum.Incomplete > 0 {
		t.Errorf("%d of %d documents were judged, %d of them not to their end", sum.Files, len(names), sum.Incomplete)
	}
	status = make(map[string]finding.Status)
	for i, r := range v.Rules() {
		status[r.ID] = sum.Rules[i].Status()
	}
	return all, status
}

// notJudged are the rules for which a folder holds nothing to judge, each with
// the reason.
func notJudged(t *testing.T, status map[string]finding.Status, reasons map[string]string) {
	t.Helper()
	for id, s := range status {
		switch known := reasons[id] != ""; {
		case s == finding.Passed && known:
			t.Errorf("%s is judged now; take it out of the table", id)
		case s != finding.Passed && !known:
			t.Errorf("the status of %s is %s", id, s)
		}
	}
	for id := range reasons {
		if _, ok := status[id]; !ok {
			t.Errorf("%s is no rule", id)
		}
	}
}

// TestHistories judges the runs of the server in one call, as the command does
// with their folder: there is nothing to find, not even an info, and almost
// every rule had something to judge.
func TestHistories(t *testing.T) {
	names, text := histories(t, "histories")
	if len(names) < 20 {
		t.Errorf("only %d histories", len(names))
	}
	found, status := judge(t, names, text)
	for i := range found {
		t.Errorf("%s:%d: %s: %s", found[i].File, found[i].Line, found[i].Rule, found[i].Message)
	}
	const (
		running = "about a step at work, which is no finished history: see the folder running"
		one     = "a document of several runs is not one of the schema"
	)
	notJudged(t, status, map[string]string{
		"R081": running, "R141": running, "R142": running,
		"C139": one, "C140": one,
	})
}

// TestBase judges the base document of rule fixtures: it has something for
// all rules but those about runs beside others and about results that exclude
// what else it shows.
func TestBase(t *testing.T) {
	const name = "base/complete.xml"
	data, err := samples.FS().ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	found, status := judge(t, []string{name}, map[string][]byte{name: data})
	for i := range found {
		t.Errorf("%s:%d: %s: %s", name, found[i].Line, found[i].Rule, found[i].Message)
	}
	const (
		several = "about several runs"
		result  = "about a result that cannot stand beside what the document shows"
		value   = "about another value of an error or of a connection"
	)
	reasons := map[string]string{
		"R187": value, "R169": value, "R220": value, "R222": value, "C078": value, "C091": value, "C126": value,
		"C119": "about a step that only writes a drop file",
	}
	for _, id := range strings.Fields("C106 C139 C140 C141 C142 C143 C144 C145 C146 C147") {
		reasons[id] = several
	}
	for _, id := range strings.Fields("R074 R079 R080 R081 R084 R085 R110 R111 R116 R133 R141 R142 " +
		"C034 C037 C038 C041 C044 C045 C050 C066 C127") {
		reasons[id] = result
	}
	notJudged(t, status, reasons)
}

// TestRunning judges a run that was saved while the server worked on it, alone
// and beside the same run when it had ended.
func TestRunning(t *testing.T) {
	names, text := histories(t, "running")
	finished, more := histories(t, "histories")
	maps.Copy(text, more)
	for _, name := range names {
		alone, _ := judge(t, []string{name}, text)
		if len(alone) != 1 || alone[0].Rule != "C042" || alone[0].Severity != finding.Info {
			t.Errorf("%s: %v", name, alone)
		}
		after := path.Join("histories", path.Base(name))
		if !slices.Contains(finished, after) {
			t.Errorf("%s: the finished run is not there", name)
		}
		both, _ := judge(t, []string{name, after}, text)
		var got []string
		for i := range both {
			got = append(got, both[i].Rule+" "+both[i].File)
		}
		slices.Sort(got)
		if want := []string{"C042 " + name, "C106 " + after}; !slices.Equal(got, want) {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
	if len(names) == 0 {
		t.Error("no run at work")
	}
}

// TestCoverage compares what the histories hold with all that the schema
// knows; what no history holds stands in testdata/left-out.txt.
func TestCoverage(t *testing.T) {
	names, text := histories(t, "histories")
	known, all := schemaPlaces(t), places{}
	if len(known) < 150 {
		t.Fatalf("only %d places of the schema were found", len(known))
	}
	for _, name := range names {
		all.document(t, name, text[name])
	}
	base := places{}
	data, err := samples.FS().ReadFile("base/complete.xml")
	if err != nil {
		t.Fatal(err)
	}
	base.document(t, "base", data)
	var b strings.Builder
	for _, place := range slices.Sorted(maps.Keys(known)) {
		if _, ok := all[place]; !ok {
			fmt.Fprintf(&b, "%s: %s\n", place, whyLeftOut(t, place))
		}
		if _, ok := base[place]; !ok && !strings.HasSuffix(place, "/step-result/@progress") {
			t.Errorf("base/complete.xml has no %s", place)
		}
		var missing []string
		for _, value := range known[place] {
			if !slices.Contains(all[place], value) {
				missing = append(missing, value)
			}
		}
		if len(missing) > 0 {
			fmt.Fprintf(&b, "%s, %d of %d values: %s\n\t%s\n", place, len(missing), len(known[place]), whyLeftOut(t, place),
				strings.Join(missing, "\n\t"))
		}
	}
	const golden = "testdata/left-out.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("what no history holds has changed (-update writes %s):\n%s", golden, got)
	}
	for place := range known { // a counter that is never above 0 shows nothing
		if strings.HasSuffix(place, "/@detail") {
			if counter := strings.TrimSuffix(place, "/@detail"); !slices.ContainsFunc(all[counter], func(v string) bool { return v != "0" }) {
				t.Errorf("%s is 0 in all histories", counter)
			}
		}
	}
}

// whyLeftOut says why no history holds a place of the schema, or some of its
// values. A place without a reason has to be shown.
func whyLeftOut(t *testing.T, place string) string {
	t.Helper()
	for _, c := range []struct{ suffix, why string }{
		{"/step-result/@progress", "only a step at work has it, see the folder running"},
		{"/step-result", "each needs a run of its own, and those of a group look alike; runhist explain tells of all"},
		{"/mv-retry-errors/retry-error/algorithm-step", "shown at import-errors, which are of the same type"},
		{"/mv-retry-errors/retry-error/extension-error-info/extension-callsite", "shown at import-errors, which are of the same type"},
		{"/error-type", "an error looks alike whatever its type, but for the parts that are shown; runhist explain tells of all"},
		{"/ma-connection/connection-result", "shown at incidents; the last one of a step that works on is another"},
		{"/delta/@operation", "no export can be of it: objects become obsolete in an import"},
	} {
		if strings.HasSuffix(place, c.suffix) {
			return c.why
		}
	}
	t.Errorf("no history has all of %s, and no reason is given", place)
	return ""
}

// model reads histories into the typed model.
func model(t *testing.T) map[string]*rundetails.Run {
	t.Helper()
	runs := make(map[string]*rundetails.Run)
	names, text := histories(t, "histories")
	for _, name := range names {
		in := io.Reader(bytes.NewReader(text[name]))
		if path.Ext(name) == ".gz" {
			var err error
			if in, err = gzip.NewReader(in); err != nil {
				t.Fatal(err)
			}
		}
		h, faults, err := rundetails.Read(in, source.DefaultLimits())
		if err != nil || len(faults) > 0 || len(h.Runs) != 1 {
			t.Fatalf("%s: %v %v", name, faults, err)
		}
		runs[strings.TrimSuffix(strings.TrimSuffix(path.Base(name), ".gz"), ".xml")] = h.Runs[0]
	}
	return runs
}

// TestStepTypes holds that every step that can be configured was run.
func TestStepTypes(t *testing.T) {
	seen := make(map[string]bool)
	for _, run := range model(t) {
		for _, s := range run.Steps {
			stepType, subtypes := s.Description.StepType()
			seen[strings.Join(append([]string{stepType}, subtypes...), " ")] = true
		}
	}
	want := []string{
		"apply-rules apply-pending", "apply-rules reevaluate-flow-connectors", "apply-rules reevaluate-join-flow-all",
		"delta-import", "delta-import to-cs",
		"export", "export resume-from-file", "export to-file",
		"full-import", "full-import resume-from-file to-cs", "full-import to-cs", "full-import to-file",
		"full-import-reevaluate-rules",
	}
	if got := slices.Sorted(maps.Keys(seen)); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// TestChain holds that the counters of the first two days, from the import out
// of the source to the import that confirms what was exported, add up.
func TestChain(t *testing.T) {
	runs := model(t)
	// sum adds counters up over the steps of the run whose name begins so;
	// those of outbound flow toward an agent are written AGENT:COUNTER.
	sum := func(terms ...string) (n uint64) {
		for _, term := range terms {
			file, counter, _ := strings.Cut(term, " ")
			target, counter, outbound := strings.Cut(counter, ":")
			name := cmp.Or(counter, target)
			found := false
			for key, run := range runs {
				if !strings.HasPrefix(key, file+"-") {
					continue
				}
				found = true
				for _, s := range run.Steps {
					blocks := []*rundetails.CounterBlock{&s.Staging, &s.Inbound, &s.Export}
					if outbound {
						blocks = s.Outbound
					}
					for _, block := range blocks {
						if outbound && block.MA.Value != target {
							continue
						}
						for _, c := range block.Counters() {
							if rundetails.Vocabulary().Name(c.Name) == name {
								n += c.N
							}
						}
					}
				}
			}
			if !found {
				t.Errorf("no run of %q", term)
			}
		}
		return n
	}
	for _, c := range []struct{ left, right []string }{
		// The source: what was staged is what was synchronized.
		{[]string{"01 stage-add"}, []string{"04 disconnector-filtered", "04 disconnector-projected-flow", "04 flow-failure"}},
		// What was provisioned is exported or fails, and is confirmed.
		{[]string{"04 Corporate AD:provisioned-add-flow"}, []string{"05 export-add", "05 export-failure"}},
		{[]string{"05 export-add"}, []string{"06 stage-add"}},
		{[]string{"06 stage-add"}, []string{"07 connector-flow"}},
		{[]string{"02 stage-add"}, []string{"07 disconnector-remains"}},
		// The third agent in turn, and the flow back to the source.
		{[]string{"07 Profile store:provisioned-add-flow"}, []string{"08 export-add"}},
		{[]string{"08 export-add"}, []string{"09 stage-add"}},
		{[]string{"09 stage-add"}, []string{"10 connector-no-flow"}},
		{[]string{"07 HR database:connector-flow"}, []string{"11 export-update", "11 export-failure"}},
		{[]string{"11 export-update"}, []string{"12 stage-update"}},
		// The next day: what failed is exported again, one object fails again.
		{[]string{"13 Corporate AD:provisioned-add-flow", "05 export-failure"}, []string{"14 export-add", "14 export-failure"}},
		{[]string{"13 Corporate AD:connector-flow"}, []string{"14 export-update"}},
		{[]string{"13 Corporate AD:provisioned-rename-flow"}, []string{"14 export-rename"}},
		{[]string{"13 Corporate AD:provisioned-disconnect"}, []string{"14 export-delete"}},
		{[]string{"14 export-add", "14 export-update", "14 export-rename"}, []string{"15 stage-add", "15 stage-update", "15 stage-rename"}},
		{[]string{"13 Profile store:connector-flow"}, []string{"16 export-update", "16 export-failure"}},
		{[]string{"13 Profile store:provisioned-disconnect"}, []string{"16 export-delete"}},
	} {
		if left, right := sum(c.left...), sum(c.right...); left != right || left == 0 {
			t.Errorf("%q are %d, and %q are %d", c.left, left, c.right, right)
		}
	}
}

// TestReadme holds that the table of the README names every document once.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, m := range regexp.MustCompile("(?m)^\\| `((?:histories|base|running)/[^`]+)` \\|").FindAllStringSubmatch(string(readme), -1) {
		listed = append(listed, m[1])
	}
	var there []string
	for _, folder := range []string{"base", "histories", "running"} {
		names, _ := histories(t, folder)
		there = append(there, names...)
	}
	if slices.Sort(listed); !slices.Equal(listed, there) {
		t.Errorf("the README lists %q, and %q are there", listed, there)
	}
}
