package samples_test

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/runhist/runhist/samples"
)

// TestLayout holds the names of the corpus: nothing in it is left unused.
func TestLayout(t *testing.T) {
	layout := regexp.MustCompile(`^rules/[RCM]\d{3}/((pass|fail)-[a-z0-9-]+(/[a-z0-9-]+)?\.xml|fail-[a-z0-9-]+\.want)$`)
	seen := make(map[string]bool)
	err := fs.WalkDir(samples.FS(), "rules", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		seen[name] = true
		if !layout.MatchString(name) {
			t.Errorf("%s: rules has pass-<what>.xml, fail-<what>.xml, folders of these names, and fail-<what>.want, in a folder for each rule", name)
		}
		data, err := fs.ReadFile(samples.FS(), name)
		if bytes.ContainsRune(data, '\r') {
			t.Errorf("%s has carriage returns, which make diffs depend on the platform", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	listed := 0
	for _, id := range samples.Rules() {
		for _, fixture := range samples.RuleFixtures(id) {
			for _, document := range samples.Documents(fixture) {
				listed++
				if path.Dir(fixture) != "rules/"+id || !seen[document] {
					t.Errorf("%s is listed for %s", document, id)
				}
			}
			want := strings.TrimSuffix(fixture, ".xml") + ".want"
			if samples.IsFail(fixture) != seen[want] {
				t.Errorf("%s: a fail has a .want file, and nothing else has one", fixture)
			}
		}
	}
	xml := 0
	for name := range seen {
		if strings.HasSuffix(name, ".xml") {
			xml++
		}
	}
	if listed != xml || listed == 0 {
		t.Errorf("%d fixtures are listed and %d are there", listed, xml)
	}
	if samples.RuleFixtures("R000") != nil {
		t.Error("a rule without fixtures has some")
	}
}
