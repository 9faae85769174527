package redact_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/samples/generate"
	"github.com/runhist/runhist/schemas/convert"
	"github.com/runhist/runhist/schemas/redact"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/rules"
)

func validator(t testing.TB, profile validate.Profile) *validate.Validator {
	t.Helper()
	options := validate.DefaultOptions(rules.All())
	options.Profile = profile
	options.Now = 1_767_225_600_000
	v, err := validate.New(options)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// counts are the findings of documents that are judged together: how many by
// rule and severity.
func counts(t testing.TB, v *validate.Validator, documents []string) map[string]int {
	t.Helper()
	var inputs []validate.Input
	for i, document := range documents {
		inputs = append(inputs, validate.Input{File: fmt.Sprintf("%03d.xml", i), Open: func() (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(document)), nil
		}})
	}
	found := map[string]int{}
	err := v.Each(context.Background(), inputs, 1, func(r validate.Result) error {
		for _, f := range r.Findings {
			found[fmt.Sprintf("%s %s %q", f.Severity, f.Rule, f.Known)]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// rewritten converts documents, each with all its runs.
func rewritten(t testing.TB, rewrite convert.Rewriter, documents []string) (all []string, complete bool) {
	t.Helper()
	for _, document := range documents {
		s := &single{}
		c := convert.New(source.DefaultLimits(), convert.Shared, rewrite, s)
		out, err := c.Document(strings.NewReader(document))
		if err != nil {
			t.Fatal(err)
		}
		if out.Runs == 0 || out.Broken || len(out.Faults) > 0 {
			return nil, false
		}
		all = append(all, convert.Shared.Begin()+s.String()+convert.Shared.End())
	}
	return all, true
}

// corpus are the documents of the fixtures and histories, by name.
func corpus(t testing.TB) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, id := range samples.Rules() {
		for _, fixture := range samples.RuleFixtures(id) {
			for _, name := range samples.Documents(fixture) {
				data, err := samples.FS().ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				all[fixture] = append(all[fixture], string(data))
			}
		}
	}
	for _, pattern := range []string{"../../samples/histories/*.xml", "../../samples/base/*.xml", "../../samples/running/*.xml", "../../../shared/schema/*.xml", "../../../shared/real/*.xml"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all[name] = []string{string(data)}
			all[pattern] = append(all[pattern], string(data)) // and all of them together
		}
	}
	for seed := range uint64(3) {
		var made bytes.Buffer
		if err := generate.WriteRuns(&made, generate.Options{Seed: seed, Runs: 3, Steps: 9, Errors: 200}, 0, 3); err != nil {
			t.Fatal(err)
		}
		all[fmt.Sprintf("generated %d", seed)] = []string{made.String()}
	}
	return all
}

// TestFindings holds that a redacted history gives the findings of the
// original, in number, by rule and severity, under every profile; and that so
// does one that is only converted.
func TestFindings(t *testing.T) {
	validators := []*validate.Validator{validator(t, validate.UPSMODS), validator(t, validate.Server)}
	judged := 0
	for name, documents := range corpus(t) {
		plain, complete := rewritten(t, convert.Same{}, documents)
		if !complete {
			continue
		}
		judged++
		numbered, _ := rewritten(t, redact.New(nil), documents)
		keyed, _ := rewritten(t, redact.New([]byte("a key")), documents)
		for _, v := range validators {
			want := fmt.Sprint(counts(t, v, plain))
			for kind, texts := range map[string][]string{"numbered": numbered, "keyed": keyed} {
				if got := fmt.Sprint(counts(t, v, texts)); got != want {
					t.Errorf("%s, %s: redacted\n%v\noriginal\n%v", name, kind, got, want)
				}
			}
		}
	}
	if judged < 500 {
		t.Errorf("only %d fixtures were judged", judged)
	}
}
