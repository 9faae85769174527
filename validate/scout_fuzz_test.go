package validate_test

import (
	"bytes"
	"testing"

	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/validate"
)

// FuzzAuto judges any bytes: the choice of a profile breaks nothing, and the
// findings are those of the profile that was chosen.
func FuzzAuto(f *testing.F) {
	for _, name := range append(samples.SchemaFixtures("miis2003"), samples.Deviations()...) {
		f.Add([]byte(sample(f, name)))
	}
	f.Add([]byte("\xff\xfe<\x00a\x00"))
	chooser := auto(f).Worker()
	alone := map[validate.Profile]*validate.Worker{}
	for _, p := range validate.Profiles() {
		alone[p] = newValidator(f, func(o *validate.Options) { o.Profile = p }).Worker()
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		got := chooser.Document("a.xml", bytes.NewReader(doc))
		want := alone[got.Profile].Document("a.xml", bytes.NewReader(doc))
		if got.Because == "" || len(got.Problems) > 0 || len(got.Findings) != len(want.Findings) || got.Status != want.Status {
			t.Errorf("%s because %q: %v, %d findings and %d", got.Profile, got.Because, got.Problems, len(got.Findings), len(want.Findings))
		}
	})
}
