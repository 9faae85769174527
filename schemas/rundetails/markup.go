package rundetails

import (
	"io"
	"unicode/utf8"

	"github.com/runhist/runhist/schemas/source"
)

// markup writes indented elements. It appends to a buffer of its own: the
// writing of a history is nothing but copying, and a call for each piece would
// cost more than the copy.
type markup struct {
	out     io.Writer
	buf     []byte
	flushed int64
	depth   int
	open    bool // the last tag still lacks its >
	err     error

	// held are elements that are written when something stands in them.
	held []source.Sym
}

// flushAt is the number of bytes that are written at a time.
const flushAt = 64 << 10

func (m *markup) flush() {
	if m.err != nil {
		m.buf = m.buf[:0]
		return
	}
	n, err := m.out.Write(m.buf)
	if err == nil && n < len(m.buf) {
		err = io.ErrShortWrite
	}
	m.flushed += int64(n)
	m.buf, m.err = m.buf[:0], err
}

func (m *markup) raw(s string) {
	m.buf = append(m.buf, s...)
	if len(m.buf) >= flushAt {
		m.flush()
	}
}

// tags holds the pieces of markup of each name.
var tags = func() (t [len(names)]struct{ start, full, end string }) {
	for sym, name := range names {
		t[sym].start, t[sym].full, t[sym].end = "<"+name, "<"+name+">", "</"+name+">\n"
	}
	return t
}()

// blanks is the indentation of more levels than a history has.
const blanks = "                                                                "

// indent begins a line for a tag or for what stands between tags.
func (m *markup) indent() {
	if len(m.held) > 0 {
		m.startHeld()
	}
	if m.open {
		m.open = false
		m.buf = append(m.buf, ">\n"...)
	}
	m.buf = append(m.buf, blanks[:2*m.depth]...)
}

// startHeld starts the elements that were held back.
func (m *markup) startHeld() {
	held := m.held
	m.held = nil
	for _, name := range held {
		m.tag(name)
	}
	m.held = held[:0]
}

// hold starts an element only when something is written in it.
func (m *markup) hold(name source.Sym) { m.held = append(m.held, name) }

// release ends an element that was held back.
func (m *markup) release(name source.Sym) {
	if n := len(m.held); n > 0 {
		m.held = m.held[:n-1]
		return
	}
	m.end(name)
}

// tag begins an element; attributes may follow.
func (m *markup) tag(name source.Sym) {
	m.indent()
	m.buf = append(m.buf, tags[name].start...)
	m.open = true
	m.depth++
	if len(m.buf) >= flushAt {
		m.flush()
	}
}

// start begins an element without attributes.
func (m *markup) start(name source.Sym) { m.tag(name) }

func (m *markup) attribute(name source.Sym, t *Text) {
	if !t.Present {
		return
	}
	m.buf = append(m.buf, ' ')
	m.buf = append(m.buf, names[name]...)
	m.buf = append(m.buf, `="`...)
	m.escape(t.Value, &inAttribute)
	m.buf = append(m.buf, '"')
}

// end ends an element that has children, or could have.
func (m *markup) end(name source.Sym) {
	m.depth--
	if m.open {
		m.open = false
		m.buf = append(m.buf, "/>\n"...)
		return
	}
	m.indent()
	m.buf = append(m.buf, tags[name].end...)
}

// content writes the text of an element and ends it.
func (m *markup) content(name source.Sym, value string) {
	m.depth--
	m.open = false
	if value == "" {
		m.buf = append(m.buf, "/>\n"...)
		return
	}
	m.buf = append(m.buf, '>')
	m.escape(value, &inText)
	m.buf = append(m.buf, tags[name].end...)
}

// leaf writes an element that has text only, when it is Present.
func (m *markup) leaf(name source.Sym, t *Text) {
	if !t.Present {
		return
	}
	if t.Value == "" {
		m.tag(name)
		m.content(name, "")
		return
	}
	m.indent()
	m.buf = append(m.buf, tags[name].full...)
	m.escape(t.Value, &inText)
	m.buf = append(m.buf, tags[name].end...)
	if len(m.buf) >= flushAt {
		m.flush()
	}
}

// replacements are what is written for a byte; "" for the byte itself.
type replacements [256]string

// notASCII marks the bytes that begin a character of several bytes.
const notASCII = "\x80"

// inText escapes > too, so that ]]> cannot come about.
var inText = func() (t replacements) {
	for c := range t {
		switch {
		case c >= utf8.RuneSelf:
			t[c] = notASCII
		case c < ' ' && c != '\t' && c != '\n':
			t[c] = "\uFFFD" // XML has no way to write it
		}
	}
	t['&'], t['<'], t['>'], t['\r'] = "&amp;", "&lt;", "&gt;", "&#13;"
	return t
}()

// inAttribute keeps white space from the normalisation of attribute values.
var inAttribute = func() replacements {
	t := inText
	t['"'], t['\t'], t['\n'] = "&quot;", "&#9;", "&#10;"
	return t
}()

// escape writes a value.
func (m *markup) escape(s string, t *replacements) {
	from := 0
	for i := 0; i < len(s); {
		with := t[s[i]]
		if with == "" {
			i++
			continue
		}
		n := 1
		if with == notASCII {
			var char rune
			if char, n = utf8.DecodeRuneInString(s[i:]); (char != utf8.RuneError || n > 1) && char != 0xFFFE && char != 0xFFFF {
				i += n
				continue
			}
			with = "\uFFFD"
		}
		m.raw(s[from:i])
		m.raw(with)
		i += n
		from = i
	}
	m.raw(s[from:])
}
