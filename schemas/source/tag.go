package source

import (
	"unicode/utf8"
)

// frame is an open element.
type frame struct {
	name     string // as written
	space    string
	sym      Sym
	index    uint32
	children uint32
	pos      Pos
	seen     [4]uint64 // symbols of the children so far
	siblings int32     // len(r.siblings) when the element began
	bindings int32     // len(r.bindings) when the element began
}

// sibling counts the children of one name, from the second on.
type sibling struct {
	sym   Sym
	count uint32
}

// progress tells how far a scan of a tag came.
type progress uint8

const (
	failed  progress = iota // a fault was reported
	partial                 // the window ends inside the tag
	done
)

// endTag reads the end tag at r.p.
func (r *Reader) endTag() Kind {
	if len(r.frames) == 0 {
		r.fatalf(XMLRoot, r.here(r.p), "an end tag stands outside the root element")
		return Stop
	}
	f := &r.frames[len(r.frames)-1]
	n := len(f.name)
	for r.p+2+n >= r.end {
		if !r.fill(r.lead.from) {
			r.endTagBroken(f)
			return Stop
		}
	}
	r.tagPos = r.here(r.p)
	p := r.p + 2
	if string(r.buf[p:p+n]) != f.name {
		r.endTagBroken(f)
		return Stop
	}
	r.lead.to = r.p
	p += n
	r.wide += int64(n - utf8.RuneCountInString(f.name))
	for r.buf[p] != '>' {
		var ok bool
		if p, ok = r.spaceInTag(p); !ok {
			r.endTagBroken(f)
			return Stop
		}
	}
	r.p = p + 1
	r.popOwed = true
	r.attrs = r.attrs[:0]
	return EndElement
}

// spaceInTag skips one white space character of an end tag at p and makes
// sure that a byte follows.
func (r *Reader) spaceInTag(p int) (int, bool) {
	if c := r.buf[p]; !isSpace(c) {
		return p, false
	}
	p++
	if p == r.end {
		ahead := p - r.p
		if !r.fill(r.lead.from) {
			return p, false
		}
		p = r.p + ahead
		r.lead.to = r.p
	}
	if r.buf[p-1] == '\n' || r.buf[p-1] == '\r' && r.buf[p] != '\n' {
		r.newline(p)
	}
	return p, true
}

// endTagBroken reports why the end tag at r.p does not end f.
func (r *Reader) endTagBroken(f *frame) {
	pos := r.here(r.p)
	p := r.p + 2
	n, closed := 0, false
	for {
		n, closed = scanName(r.buf[p:r.end])
		if closed || n > 1000 || !r.fill(r.p) {
			break
		}
		p = r.p + 2
	}
	name := r.buf[p : p+n]
	switch {
	case !closed && p+n == r.end:
		r.truncated("inside an end tag")
	case n == 0:
		r.fatalf(XMLSyntax, pos, "an end tag needs the name of the element it ends: </%s>", f.name)
	case string(name) != f.name:
		r.fatalf(XMLTagMismatch, pos, "</%s> cannot end <%s> of line %d", clip(name, 60), clip([]byte(f.name), 60), f.pos.Line)
	case r.eof && r.p+2+n >= r.end:
		r.truncated("inside an end tag")
	default:
		r.fatalf(XMLSyntax, pos, "only white space may stand between the name and the > of </%s>", f.name)
	}
}

// startTag reads the start tag at r.p, which is filled into the window whole.
func (r *Reader) startTag() Kind {
	line, lineStart, wide := r.line, r.lineStart, r.wide
	for {
		r.tag = r.p
		r.tagPos = r.here(r.p)
		switch r.scanStartTag() {
		case done:
			return StartElement
		case failed:
			return Stop
		}
		r.line, r.lineStart, r.wide = line, lineStart, wide
		if !r.fill(r.lead.from) {
			r.truncated("inside a tag")
			return Stop
		}
	}
}

func (r *Reader) scanStartTag() progress {
	p := r.tag + 1
	buf := r.buf
	r.lead.to = r.tag
	r.attrs, r.values = r.attrs[:0], r.values[:0]

	// An element is mostly followed by the one that followed it before.
	sym := r.guess[r.lastSym]
	name := r.vocab.names[sym]
	if n := len(name); n > 0 && p+n < r.end && string(buf[p:p+n]) == name && !isNameByte[buf[p+n]] {
		p += n
	} else {
		n, closed := scanName(buf[p:r.end])
		if !closed {
			return partial
		}
		if n == 0 {
			r.fatalf(XMLSyntax, r.tagPos, "%s", notATag(buf[p:r.end]))
			return failed
		}
		sym = r.vocab.Sym(buf[p : p+n])
		if sym != 0 {
			name = r.vocab.names[sym]
			r.guess[r.lastSym] = sym
		} else {
			name = r.intern(buf[p : p+n])
			r.wide += int64(n - utf8.RuneCount(buf[p:p+n]))
		}
		p += n
	}
	named := sym != 0 && len(r.bindings) == 0
	if buf[p] == '>' && named {
		r.p = p + 1
		return r.push(name, "", sym)
	}
	special := !named
	if buf[p] != '>' {
		var got progress
		if p, got = r.attributes(p, &special); got != done {
			return got
		}
	}
	if buf[p] == '/' {
		if p+1 == r.end {
			return partial
		}
		if buf[p+1] != '>' {
			r.fatalf(XMLSyntax, r.here(p), "a / inside a tag must be followed by >")
			return failed
		}
		r.selfClose = true
		p++
	}
	r.p = p + 1
	space := ""
	if special {
		var ok bool
		if name, space, sym, ok = r.resolve(name, sym); !ok {
			return failed
		}
	}
	return r.push(name, space, sym)
}

// push opens an element.
func (r *Reader) push(name, space string, sym Sym) progress {
	depth := len(r.frames)
	if depth == 0 && r.sawRoot {
		r.fatalf(XMLRoot, r.tagPos, "<%s> is a second root element", clip([]byte(name), 60))
		return failed
	}
	if depth >= r.limits.Depth {
		r.fatalf(SRCLimitDepth, r.tagPos, "elements are nested deeper than the limit of %d", r.limits.Depth)
		return failed
	}
	index := uint32(1)
	if depth > 0 {
		index = r.count(&r.frames[depth-1], sym)
	}
	r.sawRoot = true
	r.lastSym = sym
	if depth < cap(r.frames) {
		r.frames = r.frames[:depth+1]
	} else {
		r.frames = append(r.frames, frame{})
	}
	f := &r.frames[depth]
	f.name, f.space, f.sym, f.index, f.children, f.pos = name, space, sym, index, 0, r.tagPos
	f.seen = [4]uint64{}
	f.siblings = int32(len(r.siblings))
	f.bindings = int32(len(r.bindings))
	for i := len(r.bindings); i > 0 && r.bindings[i-1].depth == depth+1; i-- {
		f.bindings--
	}
	return done
}

// count gives a new child of f its index.
func (r *Reader) count(f *frame, sym Sym) uint32 {
	f.children++
	if sym == 0 {
		return f.children
	}
	word, bit := sym>>6, uint64(1)<<(sym&63)
	if int(word) < len(f.seen) && f.seen[word]&bit == 0 {
		f.seen[word] |= bit
		return 1
	}
	for i := int(f.siblings); i < len(r.siblings); i++ {
		if s := &r.siblings[i]; s.sym == sym {
			s.count++
			return s.count
		}
	}
	count := uint32(2)
	if int(word) >= len(f.seen) {
		count = 1
	}
	r.siblings = append(r.siblings, sibling{sym, count})
	return count
}

// pop closes the element whose end was handed out.
func (r *Reader) pop() {
	r.popOwed = false
	f := &r.frames[len(r.frames)-1]
	r.siblings = r.siblings[:f.siblings]
	r.bindings = r.bindings[:f.bindings]
	r.frames = r.frames[:len(r.frames)-1]
}

// maxInterned bounds the names that a document may make the reader remember.
const maxInterned = 1024

func (r *Reader) intern(name []byte) string {
	if s, ok := r.names[string(name)]; ok {
		return s
	}
	s := string(name)
	if len(r.names) < maxInterned && len(s) < 200 {
		r.names[s] = s
	}
	return s
}
