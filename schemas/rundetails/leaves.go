package rundetails

import "github.com/runhist/runhist/schemas/source"

// bare is what elements without attributes, and without anything to do at
// their end, embed.
type bare struct{}

func (bare) attribute(source.Sym) leaf { return nil }
func (bare) end(*Builder, []byte)      {}

func (t *Text) attribute(source.Sym) leaf          { return nil }
func (t *Text) child(source.Sym, *Builder) element { return nil }
func (t *Text) end(b *Builder, text []byte)        { t.assign(b.keep(text)) }
func (t *Text) assign(value string)                { t.Value, t.Present = value, true }

func (n *Number) end(b *Builder, text []byte) { n.assign(b.keep(text)) }
func (n *Number) assign(value string) {
	n.Text.assign(value)
	n.N, n.Valid = parseNumber(value)
}

func (i *Instant) end(b *Builder, text []byte) { i.assign(b.keep(text)) }
func (i *Instant) assign(value string) {
	i.Text.assign(value)
	i.Millis, i.Shaped, i.Valid = parseInstant(value)
}

func (g *GUID) end(b *Builder, text []byte) { g.assign(b.keep(text)) }
func (g *GUID) assign(value string) {
	g.Text.assign(value)
	g.ID, g.Valid = ParseGUID(value)
}

func (b *Block) attribute(source.Sym) leaf          { return nil }
func (b *Block) child(source.Sym, *Builder) element { return nil }
func (b *Block) end(*Builder, []byte)               {}

// text returns the element unless the document had one there already: the
// first of two counts, the schema stage reports the second.
func text(t *Text) element {
	if t.Line != 0 {
		return nil
	}
	return t
}

func number(n *Number) element {
	if n.Line != 0 {
		return nil
	}
	return n
}

func instant(i *Instant) element {
	if i.Line != 0 {
		return nil
	}
	return i
}

func guid(g *GUID) element {
	if g.Line != 0 {
		return nil
	}
	return g
}

// block marks a block as present, unless it was already.
func block[E element](b *Block, e E) element {
	if b.Present {
		return nil
	}
	b.Present = true
	return e
}
