package reconcile_test

import (
	"bytes"
	"maps"
	"slices"
	"testing"

	"github.com/runhist/runhist/analyze/policy"
	"github.com/runhist/runhist/analyze/reconcile"
	"github.com/runhist/runhist/report/operations"
	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/schemas/source"
)

// expectations are policies of every kind of check and limit.
func expectations(t *testing.T) []policy.Policy {
	t.Helper()
	var all []policy.Policy
	for _, p := range [][2]string{{"stage-delete", "5%"}, {"errors", "0"}, {"export-errors", "1"}, {"stage-add", "1 x median of 3"}, {"duration", "90s"}, {"age", "1d"}, {"connector-flow", "3"}} {
		check, err := policy.ParseCheck(p[0])
		if err != nil {
			t.Fatal(err)
		}
		limit, err := policy.ParseLimit(check, p[1])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, policy.Policy{Name: p[0], Check: check, Max: limit, Every: check.Subject != policy.Age})
	}
	return append(all, policy.Policy{Name: "results", Check: policy.Check{Subject: policy.Result}, Expect: []policy.Pattern{"success", "completed-*"}, Every: true})
}

// record reads documents as a command does that has a purpose of its own.
func record(t *testing.T, docs documents, names []string) *reconcile.Record {
	t.Helper()
	r := reconcile.NewRecord()
	reader := operations.Follow(source.DefaultLimits(), r)
	for _, name := range names {
		r.File(name)
		if _, err := reader.Document(bytes.NewReader(docs[name])); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// TestRecordAgrees judges all fixtures by a record and by Run: the verdicts are
// the same, in whatever order the documents come.
func TestRecordAgrees(t *testing.T) {
	policies, violated, kept := expectations(t), 0, 0
	for _, id := range samples.Checks() {
		for _, name := range samples.ReconcileFixtures(id) {
			docs, _ := fixture(t, name)
			want := run(t, docs, reconcile.Options{Now: now, Policies: policies}).Verdicts
			names := slices.Sorted(maps.Keys(docs))
			for range 2 {
				got, err := record(t, docs, names).Judge(policies, nil, now)
				if err != nil {
					t.Fatal(err)
				}
				if len(got) != len(want) {
					t.Fatalf("%s: %d verdicts, want %d", name, len(got), len(want))
				}
				for i := range got {
					if got[i].Verdict != want[i] {
						t.Errorf("%s: got\n%+v, want\n%+v", name, got[i].Verdict, want[i])
					}
					if v := &got[i]; (v.Run >= 0) != (v.File != "" && v.Start > 0) {
						t.Errorf("%s: run %d is of %q at %d", name, v.Run, v.File, v.Start)
					}
					switch got[i].Outcome {
					case policy.Violated:
						violated++
					case policy.Kept:
						kept++
					}
				}
				slices.Reverse(names)
			}
		}
	}
	if violated < 100 || kept < 100 {
		t.Errorf("%d violated and %d kept tell little", violated, kept)
	}
}

// TestRecordUntil judges as of an instant: later runs are not there.
func TestRecordUntil(t *testing.T) {
	docs, policies := fixture(t, "reconcile/REC-policy/fail-deletes.xml")
	names := slices.Sorted(maps.Keys(docs))
	all, _ := record(t, docs, names).Judge(policies, nil, now)
	first := all[0].Start
	for _, v := range all {
		if v.Run >= 0 {
			first = max(first, v.Start)
		}
	}
	before, _ := record(t, docs, names).Judge(policies, &first, now)
	for _, v := range before {
		if v.Start >= first || v.Outcome == policy.Violated {
			t.Errorf("%+v is of a run that is not there yet", v)
		}
	}
	if len(before) == 0 {
		t.Error("there is no verdict at all")
	}
}

// TestRecordOfCut reads documents that end early: what is left of them is
// judged as Run does, and nothing of it stays for the next one.
func TestRecordOfCut(t *testing.T) {
	docs, _ := fixture(t, "reconcile/REC-policy/fail-deletes.xml")
	whole := docs[slices.Sorted(maps.Keys(docs))[0]]
	policies := expectations(t)
	for end := 0; end < len(whole); end += 97 {
		docs = documents{"a.xml": whole[:end], "b.xml": whole, "c.xml": whole[:end/2]}
		for _, names := range [][]string{{"a.xml"}, {"a.xml", "b.xml", "c.xml"}} {
			want := run(t, docs, reconcile.Options{Now: now, Policies: policies}, names...).Verdicts
			got, err := record(t, docs, names).Judge(policies, nil, now)
			if err != nil || len(got) != len(want) {
				t.Fatalf("%d bytes, %q: %d verdicts, want %d; %v", end, names, len(got), len(want), err)
			}
			for i := range got {
				if got[i].Verdict != want[i] {
					t.Errorf("%d bytes, %q: got\n%+v, want\n%+v", end, names, got[i].Verdict, want[i])
				}
			}
		}
	}
}
