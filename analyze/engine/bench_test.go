package engine_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/runhist/runhist/analyze/engine"
)

// BenchmarkEngine imports and synchronizes objects with 20 attributes, a join,
// ten import and ten export flows and one provisioned connector each. It
// reports the live heap for each object with its connectors.
func BenchmarkEngine(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 500_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			if testing.Short() && n > 100_000 {
				b.Skip("large")
			}
			for b.Loop() {
				chain(b, n)
			}
		})
	}
}

func chain(b *testing.B, n int) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	w := manyPeople(b)
	hr := &generator{n: n}
	ad := &echo{}
	e, err := engine.New(w.setup, engine.Edges{Sources: map[string]engine.Source{"HR": hr, "AD": ad}, Extension: w.script})
	if err != nil {
		b.Fatal(err)
	}
	for _, run := range [][2]string{{"HR", "fi"}, {"HR", "fs"}, {"AD", "ex"}, {"AD", "fi"}, {"AD", "ds"}} {
		rec, err := e.Run(engine.RunRequest{Agent: run[0], Profile: run[1]})
		if err != nil {
			b.Fatal(err)
		}
		if rec.Result != engine.Success {
			b.Fatalf("%v: %s %+v", run, rec.Result, rec.Steps[0])
		}
	}
	b.StopTimer()
	hr.n, ad.entries = 0, nil
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(n), "heap-B/object")
	b.StartTimer()
	runtime.KeepAlive(e)
}

func manyPeople(b *testing.B) *world {
	text := "agent HR\nattrs HR"
	for i := range 20 {
		text += fmt.Sprintf(" a%d", i)
	}
	text += "\ntypes HR person\nagent AD ldap assign partition=DC=x batch=100\nattrs AD"
	for i := range 10 {
		text += fmt.Sprintf(" b%d", i)
	}
	text += "\ntypes AD user\nmvtypes person\nmvattrs"
	for i := range 10 {
		text += fmt.Sprintf(" m%d", i)
	}
	text += "\njoin HR person person a0=m0\nproject HR person person\nprovision AD user CN=<m0>,DC=x\n"
	for i := range 10 {
		text += fmt.Sprintf("flow person.m%d ranked HR person a%d\nexport AD user person b%d m%d\n", i, i, i, i)
	}
	w, err := newWorld(text, false)
	if err != nil {
		b.Fatal(err)
	}
	return w
}

// generator delivers n people with 20 attributes.
type generator struct {
	memory
	n, at int
}

func (g *generator) OpenImport(engine.ImportRequest) engine.Opening {
	g.at = 0
	return engine.Opening{}
}

func (g *generator) NextPage() engine.Page {
	var p engine.Page
	for ; g.at < g.n && len(p.Entries) < 100; g.at++ {
		e := engine.Entry{DN: fmt.Sprintf("P%07d", g.at), Type: "person"}
		for i := range 20 {
			e.Attributes = append(e.Attributes, engine.Attr{Name: attributeNames[i], Values: []string{fmt.Sprintf("v%d-%d", i, g.at>>(i/4*2))}})
		}
		p.Entries = append(p.Entries, engine.ImportEntry{Entry: e})
	}
	p.More = g.at < g.n
	return p
}

var attributeNames = func() (names []string) {
	for i := range 20 {
		names = append(names, fmt.Sprintf("a%d", i))
	}
	return names
}()

// echo takes adds and delivers them back.
type echo struct {
	memory
	entries []engine.Entry
	at      int
}

func (s *echo) Export(batch []engine.ExportRequestEntry) []engine.ExportAnswer {
	out := make([]engine.ExportAnswer, len(batch))
	for i, r := range batch {
		e := engine.Entry{DN: r.DN, Anchor: fmt.Appendf(nil, "id%d", len(s.entries)), Type: r.Type, Attributes: r.Attributes}
		s.entries = append(s.entries, e)
		out[i].Anchor = e.Anchor
	}
	return out
}

func (s *echo) OpenImport(engine.ImportRequest) engine.Opening {
	s.at = 0
	return engine.Opening{}
}

func (s *echo) NextPage() engine.Page {
	end := min(s.at+100, len(s.entries))
	var p engine.Page
	for _, e := range s.entries[s.at:end] {
		p.Entries = append(p.Entries, engine.ImportEntry{Entry: e})
	}
	s.at = end
	p.More = end < len(s.entries)
	return p
}
