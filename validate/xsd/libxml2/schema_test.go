//go:build libxml2 && cgo

package libxml2

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/runhist/runhist/schemas"
)

// compile returns the schema of run histories, closed when the test ends.
func compile(t testing.TB) *Schema {
	t.Helper()
	s, err := Compile(schemas.UPSMODS)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func verdict(t testing.TB, s *Schema, doc string) Verdict {
	t.Helper()
	v, err := s.Validate(strings.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func samples() []sample {
	return slices.Concat(structureSamples, valueSamples, instanceSamples, syntaxSamples)
}

func ids(v Verdict) string {
	var all []string
	for _, e := range v.Errors {
		all = append(all, e.ID)
	}
	return strings.Join(all, " ")
}

func TestSamples(t *testing.T) {
	s := compile(t)
	for _, c := range samples() {
		t.Run(c.name, func(t *testing.T) {
			v := verdict(t, s, c.doc)
			if got := ids(v); got != c.ids {
				t.Errorf("errors: got %q, want %q\n%+v", got, c.ids, v.Errors)
			}
			if v.Valid != (c.ids == "") {
				t.Errorf("valid is %t", v.Valid)
			}
			for _, e := range v.Errors {
				if e.WellFormedness != strings.HasPrefix(e.ID, "XML-") {
					t.Errorf("%s: WellFormedness is %t", e.ID, e.WellFormedness)
				}
				if e.Line < 1 || e.Reached < e.Line || e.Code == 0 || e.Message == "" {
					t.Errorf("incomplete: %+v", e)
				}
			}
		})
	}
}

// TestXmllint compares with the command of the same library, which builds a
// tree first: a slip in our streaming shows as another verdict.
func TestXmllint(t *testing.T) {
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("no xmllint")
	}
	s, dir, all := compile(t), t.TempDir(), samples()
	xsd := filepath.Join(dir, "schema.xsd")
	write(t, xsd, string(schemas.UPSMODS))
	for _, c := range all {
		path := filepath.Join(dir, "document.xml")
		write(t, path, c.doc)
		out, err := exec.Command(lint, "--nonet", "--huge", "--noout", "--schema", xsd, path).CombinedOutput()
		if _, failed := err.(*exec.ExitError); err != nil && !failed {
			t.Fatal(err)
		}
		ours := verdict(t, s, c.doc).Valid
		if same := ours == (err == nil); same != (c.lint == "") && c.doc != "" {
			t.Errorf("%s: valid is %t here and %t in xmllint, expected difference %q\n%.300s", c.name, ours, err == nil, c.lint, out)
		}
	}
	if len(all) < 60 {
		t.Errorf("only %d documents", len(all))
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestPieces cuts the documents everywhere: neither the pieces that libxml2
// gets nor the reads of the reader may change anything.
func TestPieces(t *testing.T) {
	s := compile(t)
	for _, c := range samples() {
		want := verdict(t, s, c.doc)
		for _, piece := range []int{1, 7, 4096} {
			got, err := s.validate(strings.NewReader(c.doc), piece, defaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(outline(want), outline(got)); diff != "" {
				t.Errorf("%s in pieces of %d:\n%s", c.name, piece, diff)
			}
		}
		got, err := s.Validate(iotest.OneByteReader(iotest.DataErrReader(strings.NewReader(c.doc))))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s by single bytes:\n%s", c.name, diff)
		}
	}
}

// outline leaves out what follows the first error of well-formedness: how the
// parser stumbles on depends on what it already has.
func outline(v Verdict) Verdict {
	for i, e := range v.Errors {
		if e.WellFormedness {
			v.Errors = v.Errors[:i+1]
			v.Total = 0
		}
	}
	return v
}

// TestShared reads the two histories of a real server, where they are at hand.
func TestShared(t *testing.T) {
	s := compile(t)
	for name, want := range map[string]string{
		"real/sharepoint-ups-run1882-delta-sync-success.xml": "",
		"real/sharepoint-ups-run2590-export-errors.xml":      "XSD-enumeration",
		"schema/minimal.xml":                                 "",
		"schema/maximal.xml":                                 "",
	} {
		data, err := os.ReadFile(filepath.Join(shared(t), name))
		if err != nil {
			t.Skip(err)
		}
		v := verdict(t, s, string(data))
		if got := ids(v); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
		for _, e := range v.Errors {
			if e.Element != "error-type" || e.Line != 33 {
				t.Errorf("%s: %+v", name, e)
			}
		}
	}
}

// shared finds the folder that lies beside a checkout of the project.
func shared(t *testing.T) string {
	if dir := os.Getenv("RUNHIST_SHARED"); dir != "" {
		return dir
	}
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(filepath.Dir(root), "shared")
}
