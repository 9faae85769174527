package reconcile_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/policy"
	"github.com/runhist/runhist/analyze/reconcile"
	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/rules"
	"github.com/runhist/runhist/validate/settings"
)

var update = flag.Bool("update", false, "write the lists of findings anew; read what it wrote")

// now is later than all fixtures: 2024-04-01.
const now = 1_711_929_600_000

// documents are texts by their names.
type documents map[string][]byte

// run reconciles documents, given in some order.
func run(t testing.TB, docs documents, o reconcile.Options, order ...string) *reconcile.Result {
	t.Helper()
	if order == nil {
		for name := range docs {
			order = append(order, name)
		}
	}
	var inputs []validate.Input
	for _, name := range order {
		inputs = append(inputs, validate.Input{File: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(docs[name])), nil }})
	}
	o.Limits = source.DefaultLimits()
	if o.Jobs == 0 {
		o.Jobs = 2
	}
	r, err := reconcile.Run(context.Background(), inputs, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// list writes findings, a line each.
func list(r *reconcile.Result) string {
	var b strings.Builder
	for i := range r.Findings {
		f := &r.Findings[i]
		fmt.Fprintf(&b, "%s:%d %s %s %s %s %s", path.Base(f.File), f.Line, f.Severity, f.Certainty, f.Rule, f.Path, f.Message)
		if len(f.Objects) > 0 {
			fmt.Fprintf(&b, " [%s]", strings.Join(f.Objects, "; "))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// fixture reads a fixture and the policies beside it.
func fixture(t *testing.T, name string) (documents, []policy.Policy) {
	t.Helper()
	docs := documents{}
	for _, document := range samples.Documents(name) {
		text, err := fs.ReadFile(samples.FS(), document)
		if err != nil {
			t.Fatal(err)
		}
		docs[document] = text
	}
	text, err := fs.ReadFile(samples.FS(), path.Join(path.Dir(name), "policies.yaml"))
	if errors.Is(err, fs.ErrNotExist) {
		return docs, nil
	}
	s, err := settings.Read(bytes.NewReader(text), settings.Known{})
	if err != nil {
		t.Fatal(err)
	}
	return docs, s.Policies
}

// TestFixtures reconciles the fixtures of each check: those that fail have a
// finding of it, those that pass have none, and all findings are those of the
// list beside the fixture.
func TestFixtures(t *testing.T) {
	var ids []string
	for _, c := range reconcile.Own() {
		ids = append(ids, c.ID)
	}
	slices.Sort(ids)
	if got := samples.Checks(); !slices.Equal(got, ids) {
		t.Errorf("there are fixtures of %q, and checks %q", got, ids)
	}
	for _, id := range ids {
		kinds := map[bool]int{}
		for _, name := range samples.ReconcileFixtures(id) {
			kinds[samples.IsFail(name)]++
			t.Run(strings.TrimPrefix(name, "reconcile/"), func(t *testing.T) {
				docs, policies := fixture(t, name)
				r := run(t, docs, reconcile.Options{Now: now, Recent: id == "REC-no-success", Policies: policies})
				if len(r.Problems) > 0 || r.Incomplete {
					t.Fatal(r.Problems)
				}
				has := slices.ContainsFunc(r.Findings, func(f reconcile.Finding) bool { return f.Rule == id })
				if has != samples.IsFail(name) {
					t.Errorf("it has a finding of %s: %t", id, has)
				}
				golden(t, strings.TrimSuffix(name, ".xml")+".want", list(r))
			})
		}
		if kinds[true] == 0 || kinds[false] == 0 {
			t.Errorf("%s lacks a fixture that fails or one that passes", id)
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("../../samples", filepath.FromSlash(name))
	if got == "" {
		if _, err := os.Stat(file); err == nil && !*update {
			t.Errorf("%s lists findings, and there are none", name)
		} else if *update {
			_ = os.Remove(file)
		}
		return
	}
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := fs.ReadFile(samples.FS(), name)
	if err != nil || string(want) != got {
		t.Errorf("got\n%swant\n%s%v", got, want, err)
	}
}

// TestFixturesAreHistories judges the fixtures as documents: but for several
// runs in one document, and for what is put in, there is nothing wrong.
func TestFixturesAreHistories(t *testing.T) {
	o := validate.DefaultOptions(rules.All())
	v, err := validate.New(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range samples.Checks() {
		for _, name := range samples.ReconcileFixtures(id) {
			for _, document := range samples.Documents(name) {
				text, err := fs.ReadFile(samples.FS(), document)
				if err != nil {
					t.Fatal(err)
				}
				r := v.Worker().Document(document, bytes.NewReader(text))
				for i := range r.Findings {
					f := &r.Findings[i]
					if f.Rule == "XSD-unexpected-element" && strings.Contains(f.Message, "only once") || strings.HasPrefix(f.Rule, "C14") {
						continue
					}
					t.Errorf("%s:%d: %s: %s", f.File, f.Line, f.Rule, f.Message)
				}
			}
		}
	}
}

// TestChecks keeps the table of checks complete.
func TestChecks(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range reconcile.Checks() {
		if seen[c.ID] || c.Title == "" || c.Why == "" || c.Fix == "" || c.Certainty == 0 || c.Severity == 0 {
			t.Errorf("the check is not complete: %+v", c)
		}
		seen[c.ID] = true
	}
	for _, id := range strings.Fields("C106 C139 C140 C141 C142 C143 C144 C145 C146 C147 REC-provisioned-adds REC-policy") {
		if !seen[id] {
			t.Errorf("%s is not asked", id)
		}
	}
}
