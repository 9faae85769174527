package engine

import (
	"hash/maphash"
	"strings"
	"unicode"
	"unicode/utf8"
)

// valueID stands for a text: equal ids are equal texts. Zero is none. Ids grow
// in the order in which texts are first seen, so nothing that can be seen may
// be ordered by them.
type valueID uint32

// pool keeps every distinct text once. Objects of several agents and the
// metaverse mostly hold the same values, and comparing them is comparing
// numbers. Texts are never given back: a rolled back transaction may leave
// some behind, which no one can see.
type pool struct {
	seed  maphash.Seed // decides only where a text lies in slots
	slots []uint64     // hash in the upper half, id in the lower; 0 is free
	texts []string     // by id; parts of pages
	page  *strings.Builder
}

const poolPage = 1 << 18

func newPool() *pool {
	return &pool{seed: maphash.MakeSeed(), slots: make([]uint64, 1<<10), texts: make([]string, 1, 1<<10)}
}

// find returns the id of a text, or 0 if it was never seen.
func (p *pool) find(text string) valueID {
	hash := uint32(maphash.String(p.seed, text))
	_, id := p.slot(text, hash)
	return id
}

// slot returns where a text is, or where it would be.
func (p *pool) slot(text string, hash uint32) (int, valueID) {
	mask := len(p.slots) - 1
	for i := int(hash) & mask; ; i = (i + 1) & mask {
		s := p.slots[i]
		if s == 0 {
			return i, 0
		}
		if uint32(s>>32) == hash && p.texts[uint32(s)] == text {
			return i, valueID(uint32(s))
		}
	}
}

// id returns the id of a text and keeps the text if it is new.
func (p *pool) id(text string) valueID {
	hash := uint32(maphash.String(p.seed, text))
	at, id := p.slot(text, hash)
	if id != 0 {
		return id
	}
	if len(p.texts)*3 > len(p.slots)*2 {
		p.grow()
		at, _ = p.slot(text, hash)
	}
	id = valueID(len(p.texts))
	p.texts = append(p.texts, p.keep(text))
	p.slots[at] = uint64(hash)<<32 | uint64(id)
	return id
}

// keep copies a text into the current page.
func (p *pool) keep(text string) string {
	if len(text) > poolPage/4 {
		return strings.Clone(text)
	}
	if p.page == nil || p.page.Len()+len(text) > p.page.Cap() {
		p.page = new(strings.Builder)
		p.page.Grow(poolPage)
	}
	from := p.page.Len()
	p.page.WriteString(text)
	return p.page.String()[from:]
}

func (p *pool) grow() {
	old := p.slots
	p.slots = make([]uint64, 2*len(old))
	mask := len(p.slots) - 1
	for _, s := range old {
		if s == 0 {
			continue
		}
		i := int(uint32(s>>32)) & mask
		for p.slots[i] != 0 {
			i = (i + 1) & mask
		}
		p.slots[i] = s
	}
}

func (p *pool) text(id valueID) string { return p.texts[id] }

// fold returns the id of the text in the form in which case makes no
// difference.
func (p *pool) fold(id valueID) valueID {
	text := p.texts[id]
	folded := fold(text)
	if folded == text {
		return id
	}
	return p.id(folded)
}

// fold maps a text to the form in which case makes no difference: every
// character in upper case by the simple mapping, as the product's ordinal
// comparison does.
func fold(text string) string {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= utf8.RuneSelf || 'a' <= c && c <= 'z' {
			return strings.Map(unicode.ToUpper, text)
		}
	}
	return text
}
