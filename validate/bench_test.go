package validate_test

import (
	"bytes"
	"testing"

	"github.com/runhist/runhist/samples/generate"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/rules"
)

func generated(b *testing.B, o generate.Options) []byte {
	b.Helper()
	var out bytes.Buffer
	if err := generate.Write(&out, o); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkDocument judges documents in memory, all rules on: a large one, one
// of the size that most servers write, and one where every other error is at
// fault.
func BenchmarkDocument(b *testing.B) {
	v, err := validate.New(validate.DefaultOptions(rules.All()))
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name string
		o    generate.Options
	}{
		{"5MB", generate.Options{Seed: 7, Size: 5e6}},
		{"7KB", generate.Options{Seed: 7, Steps: 1, Errors: 2}},
		{"faults", generate.Options{Seed: 7, Size: 5e6, Violations: []generate.Violation{{ID: "R243", Count: 900}, {ID: "XSD-enumeration", Count: 900}}}},
	} {
		b.Run(c.name, func(b *testing.B) {
			doc := generated(b, c.o)
			w := v.Worker()
			b.SetBytes(int64(len(doc)))
			b.ReportAllocs()
			for b.Loop() {
				w.Document("x.xml", bytes.NewReader(doc))
			}
		})
	}
}
