package rules_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules"
	acrossrules "github.com/runhist/runhist/validate/rules/consistency/across"
)

var update = flag.Bool("update", false, "write the .want files anew; read what it wrote")

// now is the instant of the call: 2026-01-01.
const now = 1_767_225_600_000

// maxPair is by how many lines a fail may differ from a pass, so that the
// fault can be seen.
const maxPair = 8

// fixture is a document of the corpus, or a folder of documents that are
// judged together.
type fixture struct {
	name, rule string
	fail       bool
}

func fixtures() []fixture {
	var all []fixture
	for _, id := range samples.Rules() {
		for _, name := range samples.RuleFixtures(id) {
			all = append(all, fixture{name: name, rule: id, fail: samples.IsFail(name)})
		}
	}
	return all
}

// read returns the text of a fixture; that of a folder is its documents in a
// row.
func read(t testing.TB, name string) string {
	t.Helper()
	var all strings.Builder
	names := []string{name}
	if path.Ext(name) == "" {
		names = samples.Documents(name)
	}
	for _, document := range names {
		data, err := samples.FS().ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	return all.String()
}

// profile is the one that a rule and its fixtures stand in.
func profile(id string) validate.Profile {
	if strings.HasPrefix(id, "M") {
		return validate.MIIS2003
	}
	return validate.UPSMODS
}

// profiles are those that rules have fixtures in.
func profiles() []validate.Profile { return []validate.Profile{validate.UPSMODS, validate.MIIS2003} }

func newValidator(t testing.TB, list []rule.Rule) *validate.Validator {
	t.Helper()
	return newValidatorOf(t, validate.UPSMODS, list)
}

func newValidatorOf(t testing.TB, p validate.Profile, list []rule.Rule) *validate.Validator {
	t.Helper()
	options := validate.DefaultOptions(list)
	options.Profile = p
	options.Now = now
	v, err := validate.New(options)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// judge runs the whole validator on a document.
func judge(t testing.TB, w *validate.Worker, name, text string) validate.Result {
	t.Helper()
	r := w.Document(name, strings.NewReader(text))
	if len(r.Problems) > 0 || r.Cut > 0 {
		t.Fatalf("%s: %v, %d findings cut", name, r.Problems, r.Cut)
	}
	return r
}

// judgeAll runs the whole validator on the documents of a fixture, as one call
// does, and sums the results up.
func judgeAll(t testing.TB, v *validate.Validator, documents []string, jobs int) (all validate.Result) {
	t.Helper()
	var inputs []validate.Input
	for _, name := range documents {
		inputs = append(inputs, validate.Input{File: name, Open: func() (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(read(t, name))), nil
		}})
	}
	sum := v.Summary()
	err := v.Each(context.Background(), inputs, jobs, func(r validate.Result) error {
		if len(r.Problems) > 0 || r.Cut > 0 {
			t.Fatalf("%s: %v, %d findings cut", r.File, r.Problems, r.Cut)
		}
		all.Findings = append(all.Findings, r.Findings...)
		sum.Add(&r)
		return nil
	})
	if err != nil || sum.Files != len(documents) {
		t.Fatalf("%v: %v, %d results", documents, err, sum.Files)
	}
	all.Rules = sum.Rules
	slices.SortStableFunc(all.Findings, func(a, b finding.Finding) int { return finding.Compare(&a, &b) })
	return all
}

// wantOf writes findings as the .want file of a fixture has them: another
// profile than the default one stands in the first line.
func wantOf(f fixture, findings []finding.Finding) string {
	if p := profile(f.rule); p != validate.UPSMODS && f.fail {
		return "profile " + string(p) + "\n" + want(findings)
	}
	return want(findings)
}

// want writes findings as a .want file has them. Behind the rule stand the rows
// that came from rules which yielded to it.
func want(findings []finding.Finding) string {
	own := make(map[string][]string)
	for _, r := range rules.All() {
		own[r.ID] = slices.Clone(r.Requirements)
		for _, rows := range r.Also {
			own[r.ID] = append(own[r.ID], rows...)
		}
	}
	var b strings.Builder
	for i := range findings {
		f := &findings[i]
		name := f.Rule
		for _, id := range f.Requirements {
			rows, isRule := own[f.Rule]
			if _, yielded := own[id]; isRule && !slices.Contains(rows, id) || !isRule && yielded {
				name += "+" + id
			}
		}
		if strings.Count(f.File, "/") > 2 { // it stands in the folder of a fixture
			fmt.Fprintf(&b, "%s:", path.Base(f.File))
		}
		fmt.Fprintf(&b, "%d:%d %s %s %s %s\n", f.Line, f.Column, f.Severity, name, f.Path, f.Message)
	}
	return b.String()
}

func wantName(f fixture) string { return strings.TrimSuffix(f.name, ".xml") + ".want" }

func expected(t testing.TB, f fixture) string {
	t.Helper()
	if !f.fail {
		return notes()[f.name]
	}
	return read(t, wantName(f))
}

// notes are the findings in passes that cannot be without: the schema allows
// one run in a document, and some rules compare several of one.
func notes() map[string]string {
	const second = "80:2 error XSD-unexpected-element /run-history[1]/run-details[2] " +
		"<run-details> may stand only once in <run-history>\n"
	return map[string]string{
		"rules/C139/pass-two-numbers.xml":  second,
		"rules/C140/pass-growing.xml":      second,
		"rules/C140/pass-newest-first.xml": second,
	}
}

// faults leaves out what C042 notes in a pass of another rule: a rule about
// steps at work needs one, and that a step is at work is no fault.
func faults(f fixture, findings []finding.Finding) []finding.Finding {
	if f.fail || f.rule == "C042" {
		return findings
	}
	return slices.DeleteFunc(slices.Clone(findings), func(f finding.Finding) bool { return f.Rule == "C042" })
}

// settled skips a test that compares with .want files while they change: the
// corpus is the one that was compiled in.
func settled(t *testing.T) {
	if *update {
		t.Skip("the .want files are being written")
	}
}

func TestEveryRuleHasBothKinds(t *testing.T) {
	kinds := make(map[string][2]int)
	for _, f := range fixtures() {
		n := kinds[f.rule]
		if f.fail {
			n[1]++
		} else {
			n[0]++
		}
		kinds[f.rule] = n
	}
	for _, r := range rules.All() {
		if n := kinds[r.ID]; n[0] == 0 || n[1] == 0 {
			t.Errorf("%s has %d pass and %d fail fixtures; it needs both kinds", r.ID, n[0], n[1])
		}
		delete(kinds, r.ID)
	}
	for id := range kinds {
		t.Errorf("%s has fixtures and is no rule", id)
	}
}

func TestFixtures(t *testing.T) {
	list := rules.All()
	validators := make(map[validate.Profile]*validate.Validator)
	for _, p := range profiles() {
		validators[p] = newValidatorOf(t, p, list)
	}
	arms := make(map[string]bool)
	for _, f := range fixtures() {
		v := validators[profile(f.rule)]
		result := judgeAll(t, v, samples.Documents(f.name), 1)
		at := slices.IndexFunc(v.Rules(), func(r rule.Rule) bool { return r.ID == f.rule })
		status := result.Rules[at].Status()
		got := wantOf(f, faults(f, result.Findings))
		switch {
		case !f.fail && (status != finding.Passed || got != expected(t, f)):
			t.Errorf("%s: the status of %s is %s; findings:\n%s", f.name, f.rule, status, got)
		case f.fail && status != finding.Failed:
			t.Errorf("%s: the status of %s is %s", f.name, f.rule, status)
		case f.fail && *update:
			file := filepath.Join("..", "..", "samples", filepath.FromSlash(wantName(f)))
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Error(err)
			}
		case got != expected(t, f):
			t.Errorf("%s:\n%swant:\n%s", f.name, got, expected(t, f))
		}
		for i := range result.Findings {
			arms[f.rule+result.Findings[i].Severity.String()] = true
			if g := &result.Findings[i]; g.Rule != f.rule && slices.Contains(g.Requirements, f.rule) {
				arms[f.rule+v.Rules()[at].Severity.String()] = true // it yielded
			}
		}
	}
	for _, r := range list {
		r = r.In(string(profile(r.ID)))
		if !arms[r.ID+r.Severity.String()] || r.Lower != finding.Off && !arms[r.ID+r.Lower.String()] {
			t.Errorf("%s: no fail fixture shows each of its severities", r.ID)
		}
	}
}

// TestDeletedRule takes one rule away at a time: its fixtures must notice.
func TestDeletedRule(t *testing.T) {
	settled(t)
	all := rules.All()
	for i, gone := range all {
		if gone.ID == "R357" {
			continue // where it yields, the schema stage has its row anyway
		}
		v := newValidatorOf(t, profile(gone.ID), slices.Delete(slices.Clone(all), i, i+1))
		for _, name := range samples.RuleFixtures(gone.ID) {
			f := fixture{name: name, rule: gone.ID, fail: samples.IsFail(name)}
			if f.fail && wantOf(f, judgeAll(t, v, samples.Documents(name), 1).Findings) == expected(t, f) {
				t.Errorf("%s passes without %s", name, gone.ID)
			}
		}
	}
}

// TestOrder shuffles rules and files: neither may change a finding, nor may
// what a worker remembers of the document before. The files are of one call
// here, so rules that compare runs stay out.
func TestOrder(t *testing.T) {
	settled(t)
	random := rand.New(rand.NewSource(7))
	for round := range 6 {
		p := profiles()[round%2]
		list := slices.DeleteFunc(rules.All(), compares)
		files := slices.DeleteFunc(fixtures(), func(f fixture) bool { return across()[f.rule] || profile(f.rule) != p })
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		random.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
		var inputs []validate.Input
		for _, f := range files {
			inputs = append(inputs, validate.Input{File: f.name, Open: func() (io.ReadCloser, error) {
				return io.NopCloser(strings.NewReader(read(t, f.name))), nil
			}})
		}
		next := 0
		err := newValidatorOf(t, p, list).Each(context.Background(), inputs, 3, func(r validate.Result) error {
			f := files[next]
			next++
			if got := wantOf(f, faults(f, r.Findings)); r.File != f.name || got != expected(t, f) {
				t.Errorf("%s in another order:\n%swant %s:\n%s", r.File, got, f.name, expected(t, f))
			}
			return nil
		})
		if err != nil || next != len(files) {
			t.Fatal(err, next)
		}
	}
}

// across are the ids of the rules that compare runs.
func across() map[string]bool {
	ids := make(map[string]bool)
	for _, r := range acrossrules.Rules() {
		ids[r.ID] = true
	}
	return ids
}

func compares(r rule.Rule) bool { return across()[r.ID] }

// TestOrderAcross shuffles the rules that compare runs and takes any number of
// workers: neither may change a finding. In another order of the documents a
// finding belongs to another run, but there must be one, of that rule.
func TestOrderAcross(t *testing.T) {
	settled(t)
	random := rand.New(rand.NewSource(7))
	for _, f := range fixtures() {
		if !across()[f.rule] {
			continue
		}
		list, documents := rules.All(), samples.Documents(f.name)
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		v := newValidator(t, list)
		for jobs := range 4 {
			if got := want(judgeAll(t, v, documents, jobs).Findings); got != expected(t, f) {
				t.Errorf("%s with %d workers:\n%swant:\n%s", f.name, jobs, got, expected(t, f))
			}
		}
		slices.Reverse(documents)
		findings := judgeAll(t, v, documents, 2).Findings
		if f.fail != finds(findings, f.rule) || !f.fail && want(findings) != expected(t, f) {
			t.Errorf("%s in reverse:\n%s", f.name, want(findings))
		}
	}
}

func TestMinimalPairs(t *testing.T) {
	for _, f := range fixtures() {
		if !f.fail {
			continue
		}
		nearest, pair := maxPair+1, ""
		for _, other := range samples.RuleFixtures(f.rule) {
			if samples.IsFail(other) {
				continue
			}
			if n := difference(read(t, f.name), read(t, other)); n < nearest {
				nearest, pair = n, path.Base(other)
			}
		}
		if pair == "" {
			t.Errorf("%s differs from every pass of its rule in more than %d lines", f.name, maxPair)
		}
	}
}

// difference counts the lines that are in one text only, up to maxPair+1. What
// both texts begin and end with is cut off first: the rest is short.
func difference(a, b string) int {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	common := make([]int, len(y)+1) // longest common subsequence, by rows
	for i := range x {
		diagonal := 0
		for j := range y {
			above := common[j+1]
			if x[i] == y[j] {
				common[j+1] = diagonal + 1
			} else {
				common[j+1] = max(above, common[j])
			}
			diagonal = above
		}
	}
	return min(len(x)+len(y)-2*common[len(y)], maxPair+1)
}

// TestServerProfile ties the arms of rules to the table of known deviations: a
// misspelt arm would go unnoticed.
func TestServerProfile(t *testing.T) {
	options := validate.DefaultOptions(rules.All())
	options.Profile = validate.Server
	v, err := validate.New(options)
	if err != nil {
		t.Fatal(err)
	}
	w := v.Worker()
	for name, want := range map[string]finding.Severity{
		"rules/R146/fail-counted.xml":            finding.Info,
		"rules/R147/fail-counted.xml":            finding.Info,
		"rules/R213/fail-extra.xml":              finding.Info,
		"rules/R213/fail-missing.xml":            finding.Error,
		"rules/R221/fail-entry-plain.xml":        finding.Info,
		"rules/R221/fail-entry.xml":              finding.Error,
		"rules/R221/fail-object-plain.xml":       finding.Info,
		"rules/R221/fail-object-white-space.xml": finding.Warning,
		"rules/R170/fail-unknown.xml":            finding.Info,
		"rules/R171/fail-failed.xml":             finding.Info,
		"rules/R224/fail-parse-error.xml":        finding.Info,
		"rules/R224/fail-read-error.xml":         finding.Error,
		"rules/R449/fail-extra.xml":              finding.Info,
		"rules/R449/fail-missing.xml":            finding.Error,
	} {
		for _, f := range judge(t, w, name, read(t, name)).Findings {
			if f.Severity != want || (f.Known != "") != (want == finding.Info) {
				t.Errorf("%s: %s %s, known from %q; want %s", name, f.Severity, f.Rule, f.Known, want)
			}
		}
	}
}

// TestReal judges the two histories of a real server, where they are at hand:
// they may not be part of the corpus.
func TestReal(t *testing.T) {
	shared := os.Getenv("RUNHIST_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	w := newValidator(t, rules.All()).Worker()
	for file, want := range map[string][]string{
		"sharepoint-ups-run1882-delta-sync-success.xml": {"warning SRC-label"},
		"sharepoint-ups-run2590-export-errors.xml":      {"warning SRC-label", "error XSD-enumeration", "warning R449"},
	} {
		data, err := os.ReadFile(filepath.Join(shared, "real", file))
		if err != nil {
			t.Skip("the shared folder is not here")
		}
		var got []string
		result := w.Document(file, bytes.NewReader(data))
		for i := range result.Findings {
			f := &result.Findings[i]
			got = append(got, f.Severity.String()+" "+f.Rule)
			if f.Rule == "R449" && !slices.Contains(f.Requirements, "R410") {
				t.Errorf("%s: R449 covers %v", file, f.Requirements)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", file, got, want)
		}
	}
}
