package facts_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/operations"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/report/tables/formats"
	"github.com/runhist/runhist/samples/generate"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/rules"
)

// BenchmarkFacts writes all tables of facts of one large history in each
// format, and judges the same history: the target is half of the throughput of
// that.
func BenchmarkFacts(b *testing.B) {
	document := generated(b, 50<<20)
	b.Run("validate", func(b *testing.B) {
		v, err := validate.New(validate.DefaultOptions(rules.All()))
		if err != nil {
			b.Fatal(err)
		}
		w := v.Worker()
		b.SetBytes(int64(len(document)))
		for b.Loop() {
			w.Document("history.xml", bytes.NewReader(document))
		}
	})
	for _, format := range formats.All() {
		if !format.One {
			continue
		}
		b.Run(format.Name, func(b *testing.B) {
			b.SetBytes(int64(len(document)))
			b.ReportAllocs()
			for b.Loop() {
				write(b, format, document)
			}
		})
	}
}

func generated(b *testing.B, size int64) []byte {
	b.Helper()
	var document bytes.Buffer
	if err := generate.Write(&document, generate.Options{Size: size, Seed: 7}); err != nil {
		b.Fatal(err)
	}
	return document.Bytes()
}

// write writes every table of a document to nowhere.
func write(b *testing.B, format tables.Format, document []byte) {
	var writers []tables.Writer
	c, err := facts.NewCollector(func(t *tables.Table) (tables.Rows, error) {
		w := format.New(io.Discard, tables.Options{})
		writers = append(writers, w)
		return w.Table(t)
	})
	if err != nil {
		b.Fatal(err)
	}
	c.File("history.xml")
	if _, err := operations.Follow(source.DefaultLimits(), c).Document(bytes.NewReader(document)); err != nil {
		b.Fatal(err)
	}
	for _, w := range writers {
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
	if err := c.Err(); err != nil {
		b.Fatal(err)
	}
}
