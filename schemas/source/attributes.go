package source

import (
	"bytes"
	"unicode/utf8"
)

// attributes reads what stands between the name of a start tag and its end,
// from p on, and returns the offset of the '>' or '/' that ends it. It sets
// special when an attribute takes part in namespaces.
func (r *Reader) attributes(p int, special *bool) (int, progress) {
	buf := r.buf
	for {
		before := p
		for isSpace(buf[p]) {
			if buf[p] == '\n' || buf[p] == '\r' && buf[p+1] != '\n' {
				r.newline(p + 1)
			}
			p++
		}
		switch c := buf[p]; {
		case c == '>' || c == '/':
			return p, done
		case p == r.end:
			return p, partial
		}
		if p == before {
			return p, r.wrong(p, r.here(p), "white space is needed before %s", describe(buf[p:r.end]))
		}
		var got progress
		if p, got = r.attribute(p); got != done {
			return p, got
		}
		a := &r.attrs[len(r.attrs)-1]
		if a.Sym == 0 && (bytes.IndexByte(a.Name, ':') >= 0 || string(a.Name) == "xmlns") {
			*special = true
		}
		if len(r.attrs) > 1 && r.again(a.Name) {
			r.fatalf(XMLAttributeDuplicate, a.Pos, "the attribute %s stands twice in one tag", clip(a.Name, 60))
			return p, failed
		}
		if len(r.attrs) > r.limits.Attributes {
			r.fatalf(SRCLimitAttributes, a.Pos, "an element has more attributes than the limit of %d", r.limits.Attributes)
			return p, failed
		}
	}
}

// fewAttributes are compared with each other; more are looked up.
const fewAttributes = 16

// again tells whether an attribute before the last one has the name.
func (r *Reader) again(name []byte) bool {
	n := len(r.attrs) - 1
	if n < fewAttributes {
		for i := range r.attrs[:n] {
			if bytes.Equal(name, r.attrs[i].Name) {
				return true
			}
		}
		return false
	}
	if n == fewAttributes {
		if len(r.seen) > 1000 {
			r.seen = make(map[string]struct{}) // clearing costs what the map once held
		}
		clear(r.seen)
		for i := range r.attrs[:n] {
			r.repeated(r.attrs[i].Name)
		}
	}
	return r.repeated(name)
}

// repeated tells whether it was called with key before in this tag.
func (r *Reader) repeated(key []byte) bool {
	if _, ok := r.seen[string(key)]; ok {
		return true
	}
	r.seen[string(key)] = struct{}{}
	return false
}

// attribute reads one attribute at p and appends it to r.attrs.
func (r *Reader) attribute(p int) (int, progress) {
	buf := r.buf
	n, closed := scanName(buf[p:r.end])
	if !closed {
		return p, partial
	}
	if n == 0 {
		return p, r.wrong(p, r.here(p), "%s cannot begin an attribute", describe(buf[p:r.end]))
	}
	name := buf[p : p+n]
	pos := r.here(p)
	sym := r.vocab.Sym(name)
	if sym == 0 {
		r.wide += int64(n - utf8.RuneCount(name))
	}
	p += n
	p = r.spaces(p)
	if buf[p] != '=' {
		if p == r.end {
			return p, partial
		}
		return p, r.wrong(p, r.here(p), "the attribute %s has no value: = is missing", clip(name, 60))
	}
	p = r.spaces(p + 1)
	quote := buf[p]
	if quote != '"' && quote != '\'' {
		if p == r.end {
			return p, partial
		}
		return p, r.wrong(p, r.here(p), "the value of the attribute %s is not in quotes", clip(name, 60))
	}
	p++
	start := p
	for plainInValue[buf[p]] {
		p++
	}
	value := buf[start:p]
	if buf[p] != quote {
		if p == r.end {
			return p, partial
		}
		var got progress
		if value, p, got = r.awkwardValue(start, p, quote); got != done {
			return p, got
		}
	}
	r.attrs = append(r.attrs, Attr{Sym: sym, Name: name, Local: name, Value: value, Pos: pos})
	return p + 1, done
}

// spaces skips white space inside a tag.
func (r *Reader) spaces(p int) int {
	for isSpace(r.buf[p]) {
		if r.buf[p] == '\n' || r.buf[p] == '\r' && r.buf[p+1] != '\n' {
			r.newline(p + 1)
		}
		p++
	}
	return p
}

// awkwardValue reads an attribute value that has more than plain characters,
// normalised as XML 1.0 section 3.3.3 says: the value, and the offset of its
// closing quote.
func (r *Reader) awkwardValue(start, p int, quote byte) ([]byte, int, progress) {
	buf := r.buf
	from := len(r.values)
	if r.end-r.tag > r.size { // a huge one: what is there, at once
		r.values = r.room(r.values, r.end-start)
	}
	r.values = append(r.values, buf[start:p]...)
	for {
		switch c := buf[p]; {
		case c == quote:
			return r.values[from:len(r.values):len(r.values)], p, done
		case plainInValue[c] || c == '"' || c == '\'':
			run := p
			for p++; plainInValue[buf[p]]; p++ {
			}
			r.values = append(r.values, buf[run:p]...)
		case c == '\n' || c == '\t' || c == '\r':
			if c == '\n' || c == '\r' && buf[p+1] != '\n' {
				r.newline(p + 1)
				r.values = append(r.values, ' ')
			} else if c == '\t' {
				r.values = append(r.values, ' ')
			}
			p++
		case p == r.end:
			return nil, p, partial
		case c == '<':
			r.fatalf(XMLSyntax, r.here(p), "< is not allowed in an attribute value: write &lt;")
			return nil, p, failed
		case c == '&':
			char, n, ok := r.referenceInTag(p)
			if !ok {
				return nil, p, failed
			}
			if n == 0 {
				return nil, p, partial
			}
			r.values = utf8.AppendRune(r.values, char)
			p += n
		default:
			if !utf8.FullRune(buf[p:r.end]) {
				return nil, p, partial
			}
			n := r.character(p)
			if n == 0 {
				return nil, p, failed
			}
			if n < 0 {
				n = -n
				r.values = utf8.AppendRune(r.values, utf8.RuneError)
			} else {
				r.values = append(r.values, buf[p:p+n]...)
			}
			p += n
		}
	}
}
