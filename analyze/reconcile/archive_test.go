package reconcile_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/reconcile"
	"github.com/runhist/runhist/samples/generate"
	"github.com/runhist/runhist/validate/finding"
)

// histories are the shipped archive of one server.
func histories(t *testing.T) documents {
	t.Helper()
	docs := documents{}
	files, err := filepath.Glob("../../samples/histories/*")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		docs[filepath.Base(file)] = text
	}
	return docs
}

// generated are correct runs of five agents.
func generated(t testing.TB, o generate.Options) documents {
	t.Helper()
	docs := documents{}
	for i := range o.Runs {
		var b bytes.Buffer
		if err := generate.WriteRuns(&b, o, i, 1); err != nil {
			t.Fatal(err)
		}
		docs[fmt.Sprintf("%05d.xml", i)] = b.Bytes()
	}
	return docs
}

// archives are those that add up.
func archives(t *testing.T) map[string]documents {
	return map[string]documents{
		"histories":   histories(t),
		"nine steps":  generated(t, generate.Options{Seed: 1, Runs: 40, Errors: 30}),
		"five steps":  generated(t, generate.Options{Seed: 2, Runs: 40, Steps: 5, Errors: 10}),
		"one step":    generated(t, generate.Options{Seed: 3, Runs: 40, Steps: 1, Errors: 3}),
		"many errors": generated(t, generate.Options{Seed: 4, Runs: 12, Steps: 4, Errors: 2000}),
	}
}

// TestNoFalseAlarms reconciles archives that add up: nothing is above an info,
// and the infos tell of errors, of missing runs and of a run that was stopped.
func TestNoFalseAlarms(t *testing.T) {
	for name, docs := range archives(t) {
		r := run(t, docs, reconcile.Options{})
		if len(r.Problems) > 0 || r.Incomplete || r.Runs != len(docs) || r.Copies+r.Undated > 0 {
			t.Errorf("%s: %+v", name, r.Problems)
		}
		for i := range r.Findings {
			f := &r.Findings[i]
			known := strings.HasPrefix(f.Rule, "REC-error-") || f.Rule == "REC-runs-missing" || f.Rule == "REC-steps-not-run"
			if f.Severity > finding.Info || !known || f.Rule == "REC-error-hidden" {
				t.Errorf("%s: %s %s:%d %s %s", name, f.Severity, f.File, f.Line, f.Rule, f.Message)
			}
		}
	}
}

// TestOrder reconciles archives in other orders, with other numbers of workers:
// nothing changes.
func TestOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for name, docs := range archives(t) {
		var order []string
		for file := range docs {
			order = append(order, file)
		}
		slices.Sort(order)
		want := list(run(t, docs, reconcile.Options{Jobs: 1}, order...))
		for jobs := range 3 {
			random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
			if got := list(run(t, docs, reconcile.Options{Jobs: jobs + 1}, order...)); got != want {
				t.Errorf("%s: the order of documents changes what is found\n%s\n%s", name, got, want)
			}
		}
	}
}

// TestNames gives the documents other names, so that they are read in another
// order: the same things are found, in other documents.
func TestNames(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	messages := func(r *reconcile.Result) []string {
		var all []string
		for i := range r.Findings {
			f := &r.Findings[i]
			all = append(all, fmt.Sprintf("%s|%s|%d|%s|%q", f.Rule, f.Agent, f.Number, f.Message, f.Objects))
		}
		slices.Sort(all)
		return all
	}
	for name, docs := range archives(t) {
		if name == "many errors" {
			continue // of its many objects, some only have a name
		}
		want := messages(run(t, docs, reconcile.Options{}))
		renamed := documents{}
		numbers := random.Perm(len(docs))
		var files []string
		for file := range docs {
			files = append(files, file)
		}
		slices.Sort(files)
		for i, file := range files {
			renamed[fmt.Sprintf("%05d%s", numbers[i], filepath.Ext(file))] = docs[file]
		}
		if got := messages(run(t, renamed, reconcile.Options{})); !slices.Equal(got, want) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// TestMissingRuns takes one run after the other, and then many, out of archives
// that add up: no alarm appears, and what is certain is true.
func TestMissingRuns(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for name, docs := range archives(t) {
		var files []string
		for file := range docs {
			files = append(files, file)
		}
		slices.Sort(files)
		check := func(left documents, without string) {
			for _, f := range run(t, left, reconcile.Options{}).Findings {
				switch {
				case f.Severity > finding.Info, f.Rule == "REC-error-hidden", f.Rule == "REC-provisioned-adds":
					t.Errorf("%s without %s: %s %s", name, without, f.Rule, f.Message)
				case f.Certainty == reconcile.Certain && f.Rule != "REC-runs-missing" && !strings.HasPrefix(f.Rule, "REC-error-"):
					t.Errorf("%s without %s: %s is certain: %s", name, without, f.Rule, f.Message)
				}
			}
		}
		if name == "many errors" {
			continue // the same as the others, and slow
		}
		for _, file := range files {
			left := documents{}
			for other, text := range docs {
				if other != file {
					left[other] = text
				}
			}
			check(left, file)
		}
		for range 20 {
			left := documents{}
			share := random.Float64()
			for _, file := range files {
				if random.Float64() < share {
					left[file] = docs[file]
				}
			}
			check(left, "many")
		}
	}
}

// TestMissingRunsOfFixtures takes runs out of archives that do not add up: no
// finding of warning or error appears that the whole archive has not, but for a
// run that now is the last one of its profile.
func TestMissingRunsOfFixtures(t *testing.T) {
	split := func(text []byte) (head string, runs []string) {
		parts := strings.Split(string(text), " <run-details>")
		last := len(parts) - 1
		parts[last] = strings.TrimSuffix(strings.TrimSpace(parts[last]), "</run-history>")
		return parts[0], parts[1:]
	}
	files, err := filepath.Glob("../../samples/reconcile/*/*.xml")
	if err != nil || len(files) < 30 {
		t.Fatal(len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		had := map[string]bool{}
		for _, f := range run(t, documents{"a.xml": text}, reconcile.Options{}).Findings {
			had[f.Rule] = true
		}
		head, runs := split(text)
		for without := range runs {
			left := slices.Delete(slices.Clone(runs), without, without+1)
			whole := head + " <run-details>" + strings.Join(left, " <run-details>") + "</run-history>"
			if len(left) == 0 {
				continue
			}
			for _, f := range run(t, documents{"a.xml": []byte(whole)}, reconcile.Options{}).Findings {
				if f.Severity > finding.Info && !had[f.Rule] && f.Rule != "REC-steps-not-run" {
					t.Errorf("%s without run %d: %s %s", file, without+1, f.Rule, f.Message)
				}
			}
		}
	}
}
