package xsd

import (
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/schemas"
)

// TestProducts judges the documents of the products with a schema of their own:
// what passes has no violation, and what fails has one fault.
func TestProducts(t *testing.T) {
	for product, xsd := range map[string][]byte{"fim": schemas.FIM, "miis2003": schemas.MIIS2003} {
		j, strict := newJudge(compiled(t, xsd), nil), newJudge(compileUPSMODS(t), nil)
		points := make(map[string]int) // bit 0: a pass, bit 1: a fail
		for _, name := range samples.SchemaFixtures(product) {
			doc, err := samples.FS().ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := j.judge(doc)
			if len(got.faults) > 0 || got.valid() == samples.IsFail(name) {
				t.Errorf("%s: %v %+v", name, got.faults, got.violations)
			}
			for _, v := range got.violations {
				if v.Element != got.violations[0].Element {
					t.Errorf("%s has violations in several places: %+v", name, got.violations)
				}
			}
			point, bit := pointOf(name), 1
			if samples.IsFail(name) {
				bit = 2
			}
			points[point] |= bit
			// What only this schema refuses or takes shows the difference.
			if other := strict.judge(doc); other.valid() != got.valid() {
				points[point] |= 4
			}
		}
		for _, point := range regexp.MustCompile(`(?m)^  ([FG]\d\d) `).FindAllStringSubmatch(string(xsd), -1) {
			if points[strings.ToLower(point[1])] != 7 {
				t.Errorf("%s: the documents for %s do not show it: %b", product, point[1], points[strings.ToLower(point[1])])
			}
		}
	}
}

// pointOf is the number of the difference that a document is about.
func pointOf(name string) string {
	parts := strings.SplitN(strings.TrimSuffix(path.Base(name), ".xml"), "-", 3)
	return parts[1]
}

// TestProductsByXmllint asks xmllint about the same documents, where there is
// one.
func TestProductsByXmllint(t *testing.T) {
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("there is no xmllint")
	}
	root := filepath.Join("..", "..")
	for _, product := range []string{"fim", "miis2003"} {
		schema := filepath.Join(root, "schemas", product, "run-details.xsd")
		for _, name := range samples.SchemaFixtures(product) {
			out, err := exec.Command(xmllint, "--noout", "--nonet", "--schema", schema, filepath.Join(root, "samples", filepath.FromSlash(name))).CombinedOutput()
			if (err != nil) != samples.IsFail(name) {
				t.Errorf("%s: %v\n%s", name, err, out)
			}
		}
	}
}
