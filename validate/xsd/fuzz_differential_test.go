//go:build libxml2 && cgo

package xsd

import "testing"

// FuzzDifferential compares the verdicts on any bytes that can be read.
func FuzzDifferential(f *testing.F) {
	addSeeds(f)
	p := newPair(f)
	f.Fuzz(func(t *testing.T, doc []byte) {
		if len(doc) > 1<<20 {
			t.Skip("too long")
		}
		o := p.both(doc)
		if d := o.difference(doc); d.kind != "" {
			t.Errorf("%s: %s", d.kind, d.detail)
		}
	})
}
