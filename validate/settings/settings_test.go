package settings_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/runhist/runhist/analyze/policy"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/settings"
)

// known stands for what the command knows.
func known() settings.Known {
	return settings.Known{
		Profiles: []string{"upsmods", "server", "fim", "miis2003", "auto"}, Formats: []string{"text", "json"},
		ID: func(id string) error {
			switch id {
			case "R172", "R449", "XSD-enumeration", "CFG-suppression-unused":
				return nil
			}
			return fmt.Errorf("there is no rule %q", id)
		},
		Size: func(text string) (int64, error) {
			if regexp.MustCompile(`^[0-9.]+([kMG]?i?B)?$`).MatchString(text) {
				return 1, nil
			}
			return 0, fmt.Errorf("%q is no size", text)
		},
	}
}

// TestExamples reads the files of testdata: *.txtar has a configuration
// and, where it is refused, the problems. The schema must take and refuse the
// same ones, but for those that only the command can tell: they are in files
// whose names begin with "known-".
func TestExamples(t *testing.T) {
	schema := compile(t)
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 3 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range txtar.Parse(text).Files {
			t.Run(filepath.Base(path)+"/"+file.Name, func(t *testing.T) {
				yamlText, want, _ := strings.Cut(string(file.Data), "problems:\n")
				_, err := settings.Read(strings.NewReader(yamlText), known())
				got := ""
				if err != nil {
					got = err.Error() + "\n"
				}
				if got != want {
					t.Errorf("got\n%s\nwant\n%s", got, want)
				}
				if strings.HasPrefix(filepath.Base(path), "known-") {
					return
				}
				if refused := schema.Validate(generic(t, yamlText)); (refused == nil) != (want == "") {
					t.Errorf("the schema says %v", refused)
				}
			})
		}
	}
}

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(settings.Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// generic turns YAML into what a JSON Schema judges; days become texts, as in
// YAML 1.2.
func generic(t *testing.T, text string) any {
	t.Helper()
	var value any
	if err := yaml.Unmarshal([]byte(text), &value); err != nil {
		return "no YAML"
	}
	var plain func(v any) any
	plain = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			for k := range v {
				v[k] = plain(v[k])
			}
		case []any:
			for i := range v {
				v[i] = plain(v[i])
			}
		case time.Time:
			return v.Format(time.DateOnly)
		}
		return v
	}
	encoded, err := json.Marshal(plain(value))
	if err != nil {
		return "no JSON"
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(encoded))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// TestExampleFile reads what config init writes: it sets the defaults, and with
// its comments taken away every key.
func TestExampleFile(t *testing.T) {
	s, err := settings.Read(bytes.NewReader(settings.Example), known())
	if err != nil {
		t.Fatal(err)
	}
	if s.Profile.V != "upsmods" || s.FailOn.V != "error" || s.MaxFindings.V != 100_000 || s.MaxDepth.V != 256 || s.MaxBytes.V != "0" ||
		len(s.Formats) != 1 || s.Formats[0].V != "text" || len(s.Severities)+len(s.Suppressions)+len(s.Profiles)+len(s.Policies) > 0 {
		t.Errorf("the example sets %+v", s)
	}
	keys := regexp.MustCompile(`(?m)^# ((?:[a-z-]+:|  ).*)$`)
	full := keys.ReplaceAllString(string(settings.Example), "$1")
	everyID := known()
	everyID.ID = func(string) error { return nil }
	s, err = settings.Read(strings.NewReader(full), everyID)
	if err != nil {
		t.Fatalf("%v\n%s", err, full)
	}
	if len(s.Suppressions) != 2 || len(s.Profiles) != 2 || len(s.Severities) != 4 || len(s.Policies) != 6 {
		t.Errorf("with every key it sets %+v", s)
	}
	for name := range properties(t) {
		if !strings.Contains(full, name+":") {
			t.Errorf("the example does not show %s", name)
		}
	}
	if err := compile(t).Validate(generic(t, full)); err != nil {
		t.Error(err)
	}
}

// properties are the keys of the schema.
func properties(t *testing.T) map[string]json.RawMessage {
	t.Helper()
	var schema struct {
		Properties map[string]json.RawMessage
	}
	if err := json.Unmarshal(settings.Schema, &schema); err != nil {
		t.Fatal(err)
	}
	return schema.Properties
}

func TestValues(t *testing.T) {
	s, err := settings.Read(strings.NewReader(`
profile: server
profiles:
  - {path: 'old\**', profile: upsmods}
  - path: "*.xml"
    profile: server
fail-on: warning
severities: {R172: error}
disable: [R449]
limits: {max-bytes: 5MB}
suppressions:
  - id: [R172, R449]
    message: "a*"
    reason: known
    expires: 2026-03-31
`), known())
	if err != nil {
		t.Fatal(err)
	}
	if s.ProfileOf("old/a.xml") != "upsmods" || s.ProfileOf("new/a.xml") != "server" || s.ProfileOf("a.gz") != "server" {
		t.Error("profiles: the first that matches counts, else the profile")
	}
	if s.Profile.Line != 2 || s.FailOn.Line != 7 || s.MaxBytes != (settings.Value[string]{V: "5MB", Line: 10}) || s.MaxDepth.Set() {
		t.Errorf("lines and values: %+v", s)
	}
	if len(s.Severities) != 2 || s.Severities[1] != (settings.Grade{ID: "R449", Severity: finding.Off, Line: 9}) {
		t.Errorf("severities: %+v", s.Severities)
	}
	if e := s.Suppressions[0]; len(e.IDs) != 2 || e.Line != 12 || e.Column != 5 || e.Expires != "2026-03-31" || e.Reason != "known" {
		t.Errorf("suppression: %+v", e)
	}
}

// TestPolicyChecks compares the names that the schema has with those that are
// known.
func TestPolicyChecks(t *testing.T) {
	var p struct {
		Items struct {
			Properties struct {
				Check struct{ Enum []string }
			}
		}
	}
	if err := json.Unmarshal(properties(t)["policies"], &p); err != nil {
		t.Fatal(err)
	}
	if got := p.Items.Properties.Check.Enum; !slices.Equal(got, policy.Checks()) {
		t.Errorf("the schema has %q", got)
	}
}

func TestLargeFile(t *testing.T) {
	_, err := settings.Read(strings.NewReader(strings.Repeat("# x\n", 1<<19)), known())
	if err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Error(err)
	}
	_, err = settings.Read(strings.NewReader("disable: "+strings.Repeat("[", 1<<19)), known())
	var invalid *settings.Invalid
	if !errors.As(err, &invalid) {
		t.Error(err)
	}
}

// FuzzRead reads anything: it ends, and what is wrong has a place in the file.
func FuzzRead(f *testing.F) {
	f.Add(string(settings.Example))
	f.Add("suppressions: [{id: R172, reason: x, expires: 2026-02-30}]\n? [a]\n: b")
	f.Add("a: &a [*a]\n<<: *a")
	f.Add("limits: {max-bytes: .inf, max-depth: 0x10}\nprofile: !!int 3")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := settings.Read(strings.NewReader(text), known())
		var invalid *settings.Invalid
		switch {
		case err == nil && s == nil:
			t.Fatal("neither settings nor an error")
		case err != nil && !errors.As(err, &invalid):
			t.Fatal(err)
		case err != nil:
			lines := uint32(strings.Count(text, "\n") + strings.Count(text, "\r") + strings.Count(text, "\u0085") +
				strings.Count(text, "\u2028") + strings.Count(text, "\u2029") + 2)
			for _, p := range invalid.Problems {
				if p.Line < 1 || p.Column < 1 || p.Line > lines || p.Message == "" {
					t.Fatalf("%q: %+v", text, p)
				}
			}
		}
	})
}
