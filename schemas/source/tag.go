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
	r.tagPos = r.here(r.p)
	p := r.p + 2
	if n := len(f.name); p+n < r.end && string(r.buf[p:p+n]) == f.name && r.buf[p+n] == '>' {
		r.lead.to = r.p
		if f.sym == 0 {
			r.wide += int64(n - utf8.RuneCountInString(f.name))
		}
		r.p = p + n + 1
	} else if !r.wholeTag((*Reader).scanEndTag, max(r.limits.Value, len("</")+len(f.name)+len(">"))) {
		return Stop
	}
	r.popOwed = true
	r.attrs = r.attrs[:0]
	return EndElement
}

// scanEndTag reads the end tag at r.p when there is more to it than a name.
func (r *Reader) scanEndTag() progress {
	f := &r.frames[len(r.frames)-1]
	r.lead.to = r.p
	p := r.p + 2
	n, closed := scanName(r.buf[p:r.end])
	name := r.buf[p : p+n]
	switch {
	case !closed:
		return partial
	case n == 0:
		return r.wrong(p, r.tagPos, "an end tag needs the name of the element it ends: </%s>", clip([]byte(f.name), 60))
	case string(name) != f.name:
		r.fatalf(XMLTagMismatch, r.tagPos, "</%s> cannot end <%s> of line %d", clip(name, 60), clip([]byte(f.name), 60), f.pos.Line)
		return failed
	}
	r.wide += int64(n - utf8.RuneCount(name))
	p = r.spaces(p + n)
	switch {
	case p == r.end:
		return partial
	case r.buf[p] != '>':
		return r.wrong(p, r.here(p), "only white space may stand between the name and the > of </%s>", clip(name, 60))
	}
	r.p = p + 1
	return done
}

// startTag reads the start tag at r.p.
func (r *Reader) startTag() Kind {
	if r.end-r.p <= r.limits.Value { // as wholeTag does it, without the call
		line, lineStart, wide := r.line, r.lineStart, r.wide
		r.tag = r.p
		r.tagPos = r.here(r.p)
		switch r.scanStartTag() {
		case done:
			return StartElement
		case failed:
			return Stop
		}
		r.line, r.lineStart, r.wide = line, lineStart, wide
	}
	if !r.wholeTag((*Reader).scanStartTag, r.limits.Value) {
		return Stop
	}
	return StartElement
}

// wholeTag scans the tag at r.p, again after every fill until it is in the
// window whole. A tag may have limit bytes.
func (r *Reader) wholeTag(scan func(*Reader) progress, limit int) bool {
	line, lineStart, wide := r.line, r.lineStart, r.wide
	for {
		r.tag = r.p
		r.tagPos = r.here(r.p)
		tooMuch := r.end-r.p > limit
		var got progress
		if tooMuch {
			got = r.within(limit, scan)
		} else {
			got = scan(r)
		}
		if got != partial {
			return got == done
		}
		r.line, r.lineStart, r.wide = line, lineStart, wide
		if tooMuch {
			r.fatalf(SRCLimitValue, r.tagPos, "%s", tooLong(limit))
			return false
		}
		r.spill(r.p)
		if !r.fill(r.p) {
			r.truncated("inside a tag")
			return false
		}
	}
}

// within scans as if the window ended limit bytes behind r.p, so that what is
// found does not depend on how much the window happens to hold.
func (r *Reader) within(limit int, scan func(*Reader) progress) progress {
	end, at := r.end, r.p+limit
	hidden := r.buf[at]
	r.end, r.buf[at] = at, 0
	got := scan(r)
	r.end, r.buf[at] = end, hidden
	return got
}

// scanStartTag reads the start tag at r.tag as far as the window has it.
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
			return r.wrong(p, r.tagPos, "%s", notATag(buf[p:r.end]))
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
			return r.wrong(p+1, r.here(p), "a / inside a tag must be followed by >")
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
	if sym == 0 && !r.hold(len(name)) {
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
	if f.sym == 0 {
		r.forget(f)
	}
	r.siblings = r.siblings[:f.siblings]
	if int(f.bindings) < len(r.bindings) {
		r.unbind(f.bindings)
	}
	r.frames = r.frames[:len(r.frames)-1]
}

// forget takes back what hold counted for the name of f.
func (r *Reader) forget(f *frame) {
	r.held -= len(f.name)
	f.name, f.space = "", "" // they may be long, and the frame stays
}

// hold counts n bytes that must be remembered until the current element ends:
// long names in each of many nested elements may not add up to more than one
// long value.
func (r *Reader) hold(n int) bool {
	r.held += n
	if r.held > r.limits.Value {
		r.fatalf(SRCLimitValue, r.tagPos, "the names and namespaces of the open elements are longer than the limit of %s", size(int64(r.limits.Value)))
		return false
	}
	return true
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
