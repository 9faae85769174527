package xsd

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// scribe writes a tree as one of its many spellings.
type scribe struct {
	rng   *rand.Rand
	out   bytes.Buffer
	noise int // how often something is spelled unusually, of 100
}

// write returns the bytes of a document, spelt more or less unusually.
func write(rng *rand.Rand, root *part) []byte {
	return (&scribe{rng: rng, noise: pick(rng, []int{0, 2, 10, 30})}).document(root)
}

func (s *scribe) document(root *part) []byte {
	if s.odd() {
		s.out.WriteString("\ufeff")
	}
	s.out.WriteString(pick(s.rng, []string{
		"", `<?xml version="1.0"?>`, `<?xml version="1.0" encoding="utf-8"?>`, `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>` + "\n",
	}))
	s.gap()
	s.part(root)
	s.gap()
	doc := s.out.Bytes()
	if s.odd() {
		doc = bytes.ReplaceAll(doc, []byte("\n"), []byte("\r\n"))
	}
	return doc
}

func (s *scribe) odd() bool { return s.rng.IntN(100) < s.noise }

// invisible writes a comment or a processing instruction.
func (s *scribe) invisible() {
	s.out.WriteString(pick(s.rng, []string{
		"<!---->", "<!-- a - b > ]]> &x; <a> -->", "<?p?>", "<?p a?b > <!-- ?>", "<!--\n-->", "<?xml-stylesheet href='a'?>",
	}))
}

// gap writes what may stand between elements.
func (s *scribe) gap() {
	if s.rng.IntN(2) == 0 {
		s.out.WriteString(pick(s.rng, []string{"\n", " ", "\n  ", "\t\n\n"}))
	}
	for s.odd() {
		s.invisible()
		if s.odd() {
			s.out.WriteString("\n")
		}
	}
}

// gapInside writes what may stand between the elements of an element: white
// space by reference too, which is white space to a schema.
func (s *scribe) gapInside() {
	s.gap()
	if s.rng.IntN(1000) < s.noise {
		s.out.WriteString(pick(s.rng, []string{"&#32;", "&#xA;", "&#9;&#13;"}))
	}
}

// empty tells whether p has no content to write.
func (p *part) empty() bool {
	for _, c := range p.content {
		if c.name != "" || c.text != "" {
			return false
		}
	}
	return true
}

func (s *scribe) part(p *part) {
	switch {
	case p.raw:
		s.out.WriteString(p.text)
		return
	case p.name == "":
		s.text(p.text)
		return
	}
	s.out.WriteString("<" + p.name)
	for _, a := range p.attrs {
		s.attribute(a)
	}
	s.inTag()
	if p.empty() && s.rng.IntN(2) == 0 {
		s.out.WriteString("/>")
		return
	}
	s.out.WriteString(">")
	for _, c := range p.content {
		if p.loose {
			s.gapInside()
		}
		s.part(c)
	}
	if p.loose {
		s.gapInside()
	}
	s.out.WriteString("</" + p.name)
	s.inTag()
	s.out.WriteString(">")
}

// inTag writes white space that may stand inside a tag.
func (s *scribe) inTag() {
	if s.odd() {
		s.out.WriteString(pick(s.rng, []string{" ", "\n", "\t"}))
	}
}

func (s *scribe) attribute(a field) {
	s.out.WriteString(" ")
	s.inTag()
	s.out.WriteString(a.name)
	if a.raw {
		s.out.WriteString("=" + a.value)
		return
	}
	s.inTag()
	s.out.WriteString("=")
	s.inTag()
	quote := pick(s.rng, []string{`"`, `"`, `'`})
	s.out.WriteString(quote)
	for _, c := range a.value {
		switch {
		case s.odd(), c == '\n', c == '\r', c == '\t':
			s.reference(c)
		case c == '<', c == '&', string(c) == quote:
			s.escape(c)
		default:
			s.out.WriteRune(c)
		}
	}
	s.out.WriteString(quote)
}

// text writes character data in pieces.
func (s *scribe) text(text string) {
	for {
		if s.odd() {
			s.invisible()
		}
		if text == "" {
			break
		}
		n := len(text)
		if s.odd() {
			for n = s.rng.IntN(len(text) + 1); n < len(text) && !utf8.RuneStart(text[n]); n++ {
			}
		}
		s.piece(text[:n])
		text = text[n:]
	}
	if s.odd() {
		s.out.WriteString("<![CDATA[]]>")
	}
}

func (s *scribe) piece(text string) {
	if s.odd() && !strings.ContainsAny(text, "\r") && !strings.Contains(text, "]]>") {
		s.out.WriteString("<![CDATA[" + text + "]]>")
		return
	}
	for _, c := range text {
		switch {
		case s.odd(), c == '\r':
			s.reference(c)
		case c == '<', c == '&', c == '>':
			s.escape(c)
		default:
			s.out.WriteRune(c)
		}
	}
}

func (s *scribe) reference(c rune) {
	format := pick(s.rng, []string{"&#%d;", "&#x%x;", "&#x00%X;"})
	fmt.Fprintf(&s.out, format, c)
}

func (s *scribe) escape(c rune) {
	s.out.WriteString(map[rune]string{'<': "&lt;", '>': "&gt;", '&': "&amp;", '"': "&quot;", '\'': "&apos;"}[c])
}
