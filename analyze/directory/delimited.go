package directory

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// delimitedReader reads delimited text (SE-N9, reading 1 to 6). What is wrong
// with a record is that record's discovery error; what is wrong with the text
// is a step result.
type delimitedReader struct {
	w       window
	o       *Options
	layout  Layout
	attrs   *attributes
	columns []column
	numbers []int32 // of the columns' attributes
	rec     record
	begun   bool
	fields  []span
	plain   []byte // qualified fields without their qualifiers
	line    int    // lines that were read
	entry   int    // data records that were read
}

// maxColumns is how many columns a text may have.
const maxColumns = 10_000

// span is a field of a record: a part of the window, or of plain.
type span struct {
	from, to int
	plain    bool
}

func newDelimitedReader(src io.Reader, o *Options, attrs *attributes) *delimitedReader {
	l := Layout{Qualifier: '"', Header: true, ObjectClass: objectClass}
	if o.Layout != nil {
		l = *o.Layout
	}
	if l.Delimiter == 0 {
		l.Delimiter = ','
	}
	r := &delimitedReader{o: o, layout: l, attrs: attrs}
	p, _ := codePage(l.CodePage) // New has checked it
	r.w = newWindow(newDecoder(src, p))
	return r
}

func (r *delimitedReader) next() (*record, error) {
	if !r.begun {
		r.begun = true
		if err := r.begin(); err != nil {
			return nil, err
		}
	}
	first := r.line + 1
	if err := r.split(); err != nil {
		return nil, err
	}
	r.entry++
	r.rec.reset()
	r.rec.place, r.rec.untyped = place{first, 1}, r.layout.ObjectClass == ""
	if got, want := len(r.fields), len(r.columns); got != want {
		r.rec.fault = &recordFault{kind: "parse-error", entry: r.entry, column: min(got, want) + 1}
		r.rec.action = r.actionOfText()
		return &r.rec, nil
	}
	for i := range r.columns {
		r.column(i)
	}
	return &r.rec, nil
}

// actionOfText is what a record without a readable change type counts as.
func (r *delimitedReader) actionOfText() action {
	if r.layout.ChangeType != "" {
		return modifyObject
	}
	return content
}

// begin reads the header row.
func (r *delimitedReader) begin() error {
	names := r.layout.Columns
	if r.layout.Header {
		err := r.split()
		if errors.Is(err, io.EOF) {
			return &fileResult{noStart: "no-start-header-row-mismatch"}
		}
		if err != nil {
			return err
		}
		if len(r.fields) > maxColumns {
			return place{1, 1}.wrong("the header row has more than %d columns", maxColumns)
		}
		header := make([]string, len(r.fields))
		for i := range header {
			header[i] = strings.TrimSpace(string(r.text(i)))
		}
		if len(names) > 0 && !sameNames(names, header) {
			return &fileResult{noStart: "no-start-header-row-mismatch"}
		}
		names = header
	}
	if r.o.Layout == nil {
		r.layout.Columns = names
		if !containsName(names, objectClass) {
			r.layout.ObjectClass = ""
		}
	}
	columns, err := r.layout.columns(r.o, names)
	if err != nil {
		return &TextError{Line: 1, Column: 1, Text: "header row", Err: err}
	}
	r.columns = columns
	for _, c := range columns {
		n := int32(dropped)
		if !c.changeType {
			n = r.attrs.number([]byte(c.name))
		}
		r.numbers = append(r.numbers, n)
	}
	return nil
}

func sameNames(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !strings.EqualFold(strings.TrimSpace(a[i]), b[i]) {
			return false
		}
	}
	return true
}

func containsName(names []string, name string) bool {
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}

// text is a field of the record.
func (r *delimitedReader) text(i int) []byte {
	s := r.fields[i]
	if s.plain {
		return r.plain[s.from:s.to]
	}
	return r.w.buf[s.from:s.to]
}

// column takes one field over.
func (r *delimitedReader) column(i int) {
	text, c := r.text(i), r.columns[i]
	if c.changeType {
		r.changeType(string(text))
		return
	}
	if r.numbers[i] == dropped || len(text) == 0 {
		return
	}
	if (c.multi || c.objectType) && r.layout.Separator != "" {
		for _, v := range bytes.Split(text, []byte(r.layout.Separator)) {
			r.put(i, v)
		}
		return
	}
	r.put(i, text)
}

func (r *delimitedReader) put(i int, value []byte) {
	if len(value) == 0 {
		return
	}
	attr := r.numbers[i]
	r.rec.put(attr, value)
	if r.attrs.list[attr].kind == engine.Binary {
		r.rec.decodeBase64(&r.rec.fields[len(r.rec.fields)-1])
	}
}

// changeType reads what is to be done with the object.
func (r *delimitedReader) changeType(text string) {
	is := func(name, byDefault string) bool {
		if name == "" {
			name = byDefault
		}
		return strings.EqualFold(text, name)
	}
	switch {
	case is(r.layout.Added, "Add"):
		r.rec.action = addObject
	case is(r.layout.Modified, "Modify"):
		r.rec.action = modifyObject
	case is(r.layout.Deleted, "Delete"):
		r.rec.action = deleteObject
	default:
		kind := "invalid-change-type"
		if text == "" {
			kind = "missing-change-type"
		}
		r.rec.action, r.rec.fault = modifyObject, &recordFault{kind: kind}
	}
}

// split takes the next record apart.
func (r *delimitedReader) split() error {
	for {
		done, err := r.attempt()
		if err != nil || done {
			return err
		}
		// Twice as much each time, so that long records are not looked at
		// again and again.
		want := 2 * (r.w.to - r.w.from)
		read := false
		for r.w.more() {
			if read = true; r.w.to-r.w.from >= want {
				break
			}
		}
		if !read && (r.w.failed() != nil || r.w.from == r.w.to) {
			return r.end()
		}
	}
}

// end is what ends a text: nothing, a fault in it, or a read that failed.
func (r *delimitedReader) end() error {
	switch {
	case r.w.failed() == nil:
		return io.EOF
	case errors.Is(r.w.err, errMark):
		return &fileResult{noStart: "no-start-file-code-page"}
	case errors.Is(r.w.err, errCodePage):
		return &fileResult{stop: "stopped-code-page-conversion"}
	case errors.Is(r.w.err, errNUL):
		return &fileResult{stop: "stopped-file-embedded-nulls"}
	case errors.Is(r.w.err, errTooLong):
		return &fileResult{stop: "stopped-parsing-errors"}
	}
	return r.w.err
}

// attempt takes a record apart if the window holds it whole.
func (r *delimitedReader) attempt() (done bool, err error) {
	buf := r.w.buf[:r.w.to]
	r.fields, r.plain = r.fields[:0], r.plain[:0]
	delimiter, lines := r.layout.Delimiter, 0
	atEnd := r.w.err != nil
	if r.w.from == r.w.to {
		if atEnd {
			return false, r.end()
		}
		return false, nil
	}
	if r.w.from+emptyLine(buf[r.w.from:]) == len(buf) { // nothing but a line end: the last line is no record if it is empty
		if atEnd && r.w.failed() == nil {
			r.w.from = len(buf)
			return false, r.end()
		}
		return false, nil
	}
	for p := r.w.from; ; {
		var s span
		var ok bool
		if q := r.layout.Qualifier; q != 0 && p < len(buf) && buf[p] == q {
			s, p, ok = r.qualified(buf, p+1, &lines)
			if !ok {
				if atEnd && r.w.failed() == nil {
					return false, &fileResult{stop: "stopped-parsing-errors"}
				}
				return false, nil
			}
		} else {
			s.from = p
			for p < len(buf) && buf[p] != delimiter && buf[p] != '\n' {
				p++
			}
			s.to = p
		}
		if p == len(buf) && (!atEnd || r.w.failed() != nil) {
			return false, nil
		}
		last := p == len(buf) || buf[p] == '\n'
		if last && !s.plain && s.to > s.from && buf[s.to-1] == '\r' {
			s.to--
		}
		if len(r.fields) <= maxColumns {
			r.fields = append(r.fields, s)
		}
		if !last {
			p++
			continue
		}
		r.line += lines + 1
		r.w.from = min(p+1, len(buf))
		return true, nil
	}
}

// emptyLine is the length of the empty line that a text begins with, 0 if its
// first line has something.
func emptyLine(text []byte) int {
	switch {
	case bytes.HasPrefix(text, []byte("\n")):
		return 1
	case bytes.HasPrefix(text, []byte("\r\n")):
		return 2
	}
	return 0
}

// qualified reads a field from behind its qualifier to the delimiter or line
// end behind it. What stands between the closing qualifier and that is taken
// as it is. It returns false if the window ends before the field does.
func (r *delimitedReader) qualified(buf []byte, p int, lines *int) (s span, end int, ok bool) {
	s = span{from: len(r.plain), plain: true}
	for closed := false; !closed; p++ {
		if p == len(buf) {
			return s, p, false
		}
		c := buf[p]
		if c == '\n' {
			*lines++
		}
		if c != r.layout.Qualifier {
			r.plain = append(r.plain, c)
			continue
		}
		if p+1 < len(buf) && buf[p+1] == c {
			r.plain = append(r.plain, c)
			p++
			continue
		}
		closed = p+1 < len(buf) || r.w.err != nil
		if !closed {
			return s, p, false // the next byte decides
		}
	}
	for p < len(buf) && buf[p] != r.layout.Delimiter && buf[p] != '\n' {
		if buf[p] != '\r' || p+1 < len(buf) && buf[p+1] != '\n' {
			r.plain = append(r.plain, buf[p])
		}
		p++
	}
	s.to = len(r.plain)
	return s, p, true
}
