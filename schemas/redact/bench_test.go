package redact_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/runhist/runhist/samples/generate"
	"github.com/runhist/runhist/schemas/convert"
	"github.com/runhist/runhist/schemas/redact"
	"github.com/runhist/runhist/schemas/source"
)

// BenchmarkRedact converts a history of five megabytes.
func BenchmarkRedact(b *testing.B) {
	var document bytes.Buffer
	if err := generate.WriteRuns(&document, generate.Options{Seed: 3, Runs: 1, Size: 5e6}, 0, 1); err != nil {
		b.Fatal(err)
	}
	for name, rewrite := range map[string]func() convert.Rewriter{
		"same":     func() convert.Rewriter { return convert.Same{} },
		"numbered": func() convert.Rewriter { return redact.New(nil) },
		"keyed":    func() convert.Rewriter { return redact.New([]byte("a key")) },
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(document.Len()))
			for b.Loop() {
				c := convert.New(source.DefaultLimits(), convert.Single, rewrite(), nowhere{})
				if _, err := c.Document(bytes.NewReader(document.Bytes())); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// nowhere is a target that keeps nothing.
type nowhere struct{}

func (nowhere) Begin() (io.Writer, error)       { return io.Discard, nil }
func (nowhere) Complete(convert.Identity) error { return nil }
func (nowhere) Abandon() error                  { return nil }
