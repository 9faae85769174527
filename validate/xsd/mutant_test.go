package xsd

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

// specimen is one document of the endless row that a seed gives.
type specimen struct {
	doc     []byte
	changes []string // names of the mutations; none for a valid document
}

// specimen makes the n-th document of a seed.
func (c *catalogue) specimen(seed, n uint64) specimen {
	rng := rand.New(rand.NewPCG(seed, n))
	g := c.generator(rng)
	root := g.document()
	var s specimen
	if !g.oneIn(8) {
		all := mutations()
		for range 1 + rng.IntN(1+rng.IntN(3)) {
			one := pick(rng, all)
			m := &mutator{generator: g, root: root, elements: root.elements(nil)}
			one.apply(m, m.any())
			s.changes = append(s.changes, one.name)
		}
	}
	s.doc = write(rng, root)
	if g.oneIn(8) {
		s.doc = spoil(rng, s.doc)
		s.changes = append(s.changes, "bytes")
	}
	return s
}

// tokens are pieces of markup to be thrown in anywhere.
var tokens = []string{
	"<", ">", "/", "&", ";", "\"", "'", "=", " ", "\n", "\r", "\t", "\x00", "\x01", "\xff", "\xc3", "\ufeff", "\uffff", "]]>", "<![CDATA[", "<!--", "-->", "--",
	"<?", "?>", "<?xml version=\"1.0\"?>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&#x0;", "&#55296;", "&#x110000;", "&amp;", "&lt", "</", "/>", "<a>", "<a/>", "</a>",
	" a='b'", " xmlns='u'", " xmlns:a=''", ":", "xml:", "xmlns:", "x", "0", "-", "+", "encoding='utf-16'", "version='1.1'", "standalone='no'",
}

// spoil changes bytes without regard to markup.
func spoil(rng *rand.Rand, doc []byte) []byte {
	doc = slices.Clone(doc)
	for range 1 + rng.IntN(2) {
		if len(doc) == 0 {
			break
		}
		i := rng.IntN(len(doc))
		if rng.IntN(6) == 0 {
			i = rng.IntN(min(len(doc), 80)) // the declaration
		}
		j := min(len(doc), i+1+rng.IntN(1+rng.IntN(40)))
		switch rng.IntN(8) {
		case 0:
			doc = doc[:i]
		case 1:
			doc = slices.Delete(doc, i, j)
		case 2:
			doc = slices.Insert(doc, i, bytes.Clone(doc[i:j])...)
		case 3:
			doc[i] = byte(rng.IntN(128))
		case 4:
			doc[i] ^= 1 << rng.IntN(7)
		case 5:
			k := rng.IntN(len(doc))
			doc = slices.Insert(doc, k, bytes.Clone(doc[i:j])...)
		default:
			doc = slices.Insert(doc, i, []byte(pick(rng, tokens))...)
		}
	}
	return doc
}

// TestGeneratorCoversSchema holds the generator to its word: every element and
// attribute of the schema turns up, and every mutation.
func TestGeneratorCoversSchema(t *testing.T) {
	c := newCatalogue(t)
	seen, changed := map[string]bool{}, map[string]bool{}
	for n := range uint64(1000) {
		for _, p := range c.generator(rand.New(rand.NewPCG(7, n))).document().elements(nil) {
			seen[p.name] = true
			for _, a := range p.attrs {
				seen[a.name] = true
			}
		}
		for _, change := range c.specimen(7, n).changes {
			changed[change] = true
		}
	}
	for _, name := range c.names {
		if !seen[name] {
			t.Errorf("%s never turns up", name)
		}
	}
	for _, one := range mutations() {
		if !changed[one.name] {
			t.Errorf("the mutation %q never turns up", one.name)
		}
	}
}
