package source

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// ahead makes sure that n bytes from r.p on are in the window, and tells
// whether they begin with text.
func (r *Reader) ahead(text string) bool {
	for r.end-r.p < len(text) && r.more() {
	}
	return r.end-r.p >= len(text) && string(r.buf[r.p:r.p+len(text)]) == text
}

// declaration reads what begins with <! at r.p: a comment or a CDATA section.
func (r *Reader) declaration() bool {
	pos := r.here(r.p)
	switch {
	case r.ahead("<!--"):
		r.spill(r.p)
		r.p += 4
		if !r.skip("--", "a comment", pos) {
			return false
		}
		if !r.ahead(">") {
			if r.p == r.end {
				r.truncated("inside a comment that begins at line %d", pos.Line)
			} else {
				r.fatalf(XMLSyntax, r.here(r.p-2), "-- is not allowed inside a comment")
			}
			return false
		}
		r.p++
		r.lead.from = r.p
		return true
	case r.ahead("<![CDATA["):
		if len(r.frames) == 0 {
			r.fatalf(XMLRoot, pos, "a CDATA section stands outside the root element")
			return false
		}
		r.spill(r.p)
		r.p += 9
		r.lead.from = r.p
		return r.cdata(pos)
	case r.ahead("<!DOCTYPE"):
		r.fatalf(XMLDoctype, pos, "the document has a document type declaration, which is refused: run histories have none, and it can make a reader load or expand anything")
		return false
	}
	for _, whole := range []string{"<!--", "<![CDATA[", "<!DOCTYPE"} {
		if r.end-r.p < len(whole) && whole[:r.end-r.p] == string(r.buf[r.p:r.end]) {
			r.truncated("after <!")
			return false
		}
	}
	r.fatalf(XMLSyntax, pos, "<! must begin a comment or a CDATA section")
	return false
}

// skip moves r.p behind the next stop, judging every character on the way.
func (r *Reader) skip(stop, what string, begin Pos) bool {
	p := r.p
	for {
		c := r.buf[p]
		switch {
		case c == stop[0]:
			r.p = p
			r.lead.from = p
			if r.ahead(stop) {
				r.p += len(stop)
				r.lead.from = r.p
				return true
			}
			p = r.p + 1
		case c == '\n':
			p++
			r.newline(p)
		case c == '\r':
			r.lead.from = p
			p = r.returnAt(p)
		case c >= 0x20 && c < 0x80 || c == '\t':
			p++
		case c == 0 && p == r.end:
			r.p, r.lead.from = p, p
			if !r.more() {
				r.truncated("inside %s that begins at line %d", what, begin.Line)
				return false
			}
			p = r.p
		default:
			r.p, r.lead.from = p, p
			n := r.character(p)
			if n == 0 {
				return false
			}
			p = r.p + max(n, -n)
		}
	}
}

// returnAt counts the line that the carriage return at p ends, and returns the
// offset behind it. It may find that the lead is too long, which stops r.
func (r *Reader) returnAt(p int) int {
	if p+1 == r.end && !r.eof {
		r.p = p
		if !r.more() && r.stopped {
			return p
		}
		p = r.p
	}
	p++
	if r.buf[p] != '\n' {
		r.newline(p)
	}
	return p
}

// cdata reads the text of a CDATA section from r.p on into the lead.
func (r *Reader) cdata(begin Pos) bool {
	p := r.p
	for {
		c := r.buf[p]
		if r.lead.blank && !isSpace(c) && c != ']' && p < r.end {
			r.lead.blank, r.lead.pos = false, r.here(p)
		}
		switch {
		case c == ']':
			r.p = p
			if r.ahead("]]>") {
				r.spill(r.p)
				r.p += 3
				r.lead.from = r.p
				return true
			}
			if r.stopped {
				return false
			}
			p = r.p
			if r.lead.blank {
				r.lead.blank, r.lead.pos = false, r.here(p)
			}
			p++
		case c == '\n':
			p++
			r.newline(p)
		case c == '\r':
			if p = r.returnAt(p); r.stopped {
				return false
			}
			r.lead.returns = true
		case c >= 0x20 && c < 0x80 || c == '\t':
			p++
		case c == 0 && p == r.end:
			r.p = p
			if !r.more() {
				if !r.stopped {
					r.truncated("inside a CDATA section that begins at line %d", begin.Line)
				}
				return false
			}
			p = r.p
		default:
			if r.p = p; !r.awkward(c) {
				return false
			}
			p = r.p
		}
	}
}

// instruction reads what begins with <? at r.p: a processing instruction, or
// the XML declaration at the very start.
func (r *Reader) instruction() bool {
	pos := r.here(r.p)
	r.spill(r.p)
	n, closed := 0, false
	for {
		if r.p+2 < r.end {
			n, closed = scanName(r.buf[r.p+2 : r.end])
		}
		if closed || n > r.limits.Value || !r.fill(r.p) {
			break
		}
	}
	switch {
	case n > r.limits.Value:
		r.fatalf(SRCLimitValue, pos, "%s", tooLong(r.limits.Value))
		return false
	case !closed:
		r.truncated("inside a processing instruction")
		return false
	}
	target := r.buf[r.p+2 : r.p+2+n]
	switch {
	case n == 0:
		r.wrong(r.p+2, pos, "<? needs the name of a processing instruction")
		return false
	case string(target) == "xml" && r.atStart():
		return r.xmlDeclaration()
	case bytes.EqualFold(target, []byte("xml")):
		r.fatalf(XMLSyntax, pos, "an XML declaration may stand only at the very start of the document, in lower case")
		return false
	case bytes.IndexByte(target, ':') >= 0:
		r.fatalf(XMLNamespaceFault, pos, "the name of a processing instruction may not have a colon")
		return false
	}
	r.wide += int64(n - utf8.RuneCount(target))
	r.p += 2 + n
	r.lead.from = r.p
	if !isSpace(r.buf[r.p]) && !r.ahead("?>") {
		if r.p+1 == r.end && r.buf[r.p] == '?' {
			r.truncated("inside a processing instruction that begins at line %d", pos.Line)
		} else {
			r.wrong(r.p, r.here(r.p), "white space is needed behind the name of a processing instruction")
		}
		return false
	}
	return r.skip("?>", "a processing instruction", pos)
}

// atStart tells whether nothing but a byte order mark stands before r.p.
func (r *Reader) atStart() bool {
	return r.base+int64(r.p) == r.markLength
}

// maxDeclaration bounds the text of the XML declaration: its label must be
// found before anything else of the document can be read.
const maxDeclaration = 4096

// xmlDeclaration reads the XML declaration at r.p and compares its label with
// the bytes.
func (r *Reader) xmlDeclaration() bool {
	pos := r.here(r.p)
	end := -1
	for {
		text := r.buf[r.p+1 : min(r.end, r.p+maxDeclaration)]
		if end = bytes.IndexAny(text, "<>"); end >= 0 || len(text) == maxDeclaration-1 {
			break
		}
		if !r.fill(r.p) {
			r.truncated("inside the XML declaration")
			return false
		}
	}
	if end < 0 || r.buf[r.p+1+end] != '>' || r.buf[r.p+end] != '?' {
		r.fatalf(XMLSyntax, pos, "the XML declaration has no end: ?> is missing")
		return false
	}
	begin := r.p + len("<?xml")
	text := string(r.buf[begin : r.p+end])
	label, at, message := parseDeclaration(text)
	if message != "" {
		r.fatalf(XMLSyntax, pos, "%s", message)
		return false
	}
	labelAt := r.advance(begin + at)
	if label != "" {
		switch message, fatal := r.decoder.contradicts(label); {
		case fatal:
			r.fatalf(SRCEncoding, labelAt, "%s", message)
			return false
		case message != "":
			r.notef(SRCLabel, labelAt, "%s", message)
		}
	}
	r.advance(begin + len(text) + len("?>"))
	r.lead.reset(r.p)
	return true
}

// parseDeclaration reads the text of an XML declaration behind its name: the
// encoding it names, if any, and where, or what is wrong with it.
func parseDeclaration(text string) (label string, at int, wrong string) {
	rest := text
	for i, name := range []string{"version", "encoding", "standalone"} {
		value, after, ok := pseudoAttribute(rest, name)
		if !ok {
			if i == 0 {
				return "", 0, `the XML declaration must begin with version="1.0"`
			}
			continue
		}
		rest = after
		switch name {
		case "version":
			if len(value) < 3 || value[:2] != "1." || strings.Trim(value[2:], "0123456789") != "" {
				return "", 0, "the XML version must be 1.0"
			}
		case "encoding":
			if !isLabel(value) {
				return "", 0, "the XML declaration names an encoding that is no name"
			}
			label, at = value, len(text)-len(rest)-1-len(value)
		case "standalone":
			if value != "yes" && value != "no" {
				return "", 0, "standalone must be yes or no"
			}
		}
	}
	if strings.Trim(rest, " \t\r\n") != "" {
		return "", 0, "the XML declaration has more than version, encoding and standalone, in this order"
	}
	return label, at, ""
}

// pseudoAttribute reads white space, name, = and a quoted value.
func pseudoAttribute(text, name string) (value, rest string, ok bool) {
	const space = " \t\r\n"
	trimmed := strings.TrimLeft(text, space)
	if len(trimmed) == len(text) || !strings.HasPrefix(trimmed, name) {
		return "", "", false
	}
	trimmed = strings.TrimLeft(trimmed[len(name):], space)
	if !strings.HasPrefix(trimmed, "=") {
		return "", "", false
	}
	trimmed = strings.TrimLeft(trimmed[1:], space)
	if trimmed == "" || trimmed[0] != '"' && trimmed[0] != '\'' {
		return "", "", false
	}
	end := strings.IndexByte(trimmed[1:], trimmed[0])
	if end < 0 {
		return "", "", false
	}
	return trimmed[1 : end+1], trimmed[end+2:], true
}

// isLabel tells whether the text is an EncName of XML 1.0 section 4.3.3.
func isLabel(text string) bool {
	for i, c := range []byte(text) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || !(c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-')) {
			return false
		}
	}
	return text != ""
}
