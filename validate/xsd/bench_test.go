package xsd

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		compileUPSMODS(b)
	}
}

// longDocument is a valid document of some megabytes: the steps of many
// generated ones.
func longDocument(b *testing.B) []byte {
	c := newCatalogue(b)
	var long *part
	for n := range uint64(1500) {
		g := c.generator(rand.New(rand.NewPCG(5, n)))
		g.prefixed, g.budget = true, 40
		p := g.document()
		if long == nil {
			long = p
			continue
		}
		run := long.content[0]
		for _, e := range p.content[0].content {
			if e.name == "step-details" {
				run.content = append(run.content, e)
			}
		}
	}
	return (&scribe{rng: rand.New(rand.NewPCG(5, 0))}).document(long)
}

func BenchmarkMatch(b *testing.B) {
	data := longDocument(b)
	s := compileUPSMODS(b)
	m := s.NewMatcher(func(v Violation) { b.Fatal(v) }, nil)
	r := source.NewReader(s.Vocabulary(), source.DefaultLimits(), func(f source.Fault) { b.Fatal(f) })
	build := rundetails.NewBuilder(rundetails.Ignore{}, 64<<20, nil)
	for _, mode := range []struct {
		name         string
		match, build bool
	}{{"read", false, false}, {"match", true, false}, {"build", false, true}, {"both", true, true}} {
		b.Run(mode.name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				r.Reset(bytes.NewReader(data))
				m.Reset()
				build.Reset()
				for kind := r.Next(); kind == source.StartElement || kind == source.EndElement; kind = r.Next() {
					start := kind == source.StartElement
					switch {
					case mode.match && start:
						m.Start(r)
					case mode.match:
						m.End(r)
					}
					switch {
					case mode.build && start:
						build.Start(r)
					case mode.build:
						build.End(r)
					}
				}
			}
		})
	}
}
