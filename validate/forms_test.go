package validate_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/rules"
)

// TestStringsAreJudged holds that a history in a string of CLIXML has the
// findings of the same history in a file, all of them at the string.
func TestStringsAreJudged(t *testing.T) {
	v, err := validate.New(validate.DefaultOptions(rules.All()))
	if err != nil {
		t.Fatal(err)
	}
	w := v.Worker()
	const place = "3:5"
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\n", "_x000A_", "_x", "_x005F_x")
	documents := 0
	err = fs.WalkDir(samples.FS(), "rules", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".xml") {
			return err
		}
		documents++
		data, err := fs.ReadFile(samples.FS(), name)
		if err != nil {
			return err
		}
		exported := "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">\n  <Obj><MS>\n" +
			"    <S N=\"ReturnValue\">" + escape.Replace(string(data)) + "</S>\n</MS></Obj></Objs>"
		var want, got []string
		for _, f := range w.Document("a.xml", strings.NewReader(string(data))).Findings {
			if f.Rule != "SRC-label" {
				want = append(want, f.Rule+" "+f.Path+" "+place)
			}
		}
		for _, f := range w.Document("a.xml", strings.NewReader(exported)).Findings {
			got = append(got, fmt.Sprintf("%s %s %d:%d", f.Rule, f.Path, f.Line, f.Column))
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		return nil
	})
	if err != nil || documents < 500 {
		t.Errorf("%d documents, %v", documents, err)
	}
}
