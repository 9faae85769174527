package directory

import (
	"bytes"
	"encoding/base64"
	"io"
	"strings"
)

// ldifReader reads LDIF (RFC 2849): content records and change records. Values
// from addresses (attribute:< file://...) are refused, so that a text never
// makes the program open another file.
type ldifReader struct {
	lines *ldifLines
	attrs *attributes
	rec   record
	begun bool
	b64   []byte
}

func newLDIFReader(src io.Reader, attrs *attributes) *ldifReader {
	return &ldifReader{lines: newLDIFLines(src), attrs: attrs}
}

// next returns the next record, or io.EOF.
func (r *ldifReader) next() (*record, error) {
	for {
		if !r.lines.next() {
			return nil, r.end()
		}
		if len(r.lines.text) == 0 {
			continue
		}
		if !r.begun {
			r.begun = true
			name, value, err := r.pair()
			if err != nil {
				return nil, err
			}
			if strings.EqualFold(string(name), "version") {
				if string(value) != "1" {
					return nil, r.lines.at(len(name)+1).wrong("version %s of LDIF is not known", short(value))
				}
				continue
			}
		}
		return r.record()
	}
}

func (r *ldifReader) end() error {
	if err := r.lines.w.failed(); err != nil {
		return &TextError{Line: r.lines.line + 1, Column: 1, Text: "read", Err: err}
	}
	return io.EOF
}

// record reads the record whose first line was read.
func (r *ldifReader) record() (*record, error) {
	r.rec.reset()
	r.rec.place = r.lines.at(0)
	name, value, err := r.pair()
	if err != nil {
		return nil, err
	}
	if !strings.EqualFold(string(name), "dn") {
		return nil, r.lines.at(0).wrong("a record begins with dn:, not with %s:", name)
	}
	r.rec.name = string(value)
	for {
		if !r.lines.next() {
			if err := r.end(); err != io.EOF {
				return nil, err
			}
			return &r.rec, nil
		}
		if len(r.lines.text) == 0 {
			return &r.rec, nil
		}
		name, value, err = r.pair()
		if err != nil {
			return nil, err
		}
		switch {
		case len(name) == 7 && strings.EqualFold(string(name), "control"):
			if bytes.Contains(value, []byte("true")) {
				return nil, r.lines.at(0).wrong("control %s is critical, and controls have no meaning here", short(value))
			}
		case len(name) == 10 && strings.EqualFold(string(name), "changetype"):
			if len(r.rec.fields) > 0 {
				return nil, r.lines.at(0).wrong("changetype stands behind attributes")
			}
			done, err := r.change(string(value))
			if done || err != nil {
				return &r.rec, err
			}
		case len(name) == 2 && strings.EqualFold(string(name), "dn"):
			return nil, r.lines.at(0).wrong("a second dn in one record: an empty line is missing before it")
		default:
			if n := r.attrs.number(name); n != dropped {
				r.rec.put(n, value)
			}
		}
	}
}

// change reads what follows changetype; done means the whole record.
func (r *ldifReader) change(kind string) (done bool, err error) {
	switch strings.ToLower(kind) {
	case "add":
		r.rec.action = addObject
		return false, nil
	case "delete":
		r.rec.action = deleteObject
		return true, r.nothing()
	case "modify":
		r.rec.action = modifyObject
		return true, r.modify()
	case "modrdn", "moddn":
		r.rec.action = renameObject
		return true, r.rename()
	}
	return true, r.lines.at(0).wrong("changetype %q is none of add, delete, modify, modrdn, moddn", kind)
}

// nothing reads the end of a record that has no more lines.
func (r *ldifReader) nothing() error {
	if !r.lines.next() {
		if err := r.end(); err != io.EOF {
			return err
		}
		return nil
	}
	if len(r.lines.text) > 0 {
		return r.lines.at(0).wrong("nothing can follow here: the record ends before it")
	}
	return nil
}

// modify reads modifications: a line with the operation and the attribute, its
// values, and a line with a hyphen, which may be left out at the end.
func (r *ldifReader) modify() error {
	for r.lines.next() {
		if len(r.lines.text) == 0 {
			return nil
		}
		name, value, err := r.pair()
		if err != nil {
			return err
		}
		m := mod{place: r.lines.at(0), from: len(r.rec.fields)}
		switch strings.ToLower(string(name)) {
		case "add":
			m.op = modAdd
		case "delete":
			m.op = modDelete
		case "replace":
			m.op = modReplace
		default:
			return m.wrong("modification %s: is none of add, delete, replace", name)
		}
		if err := checkName(value, m.place); err != nil {
			return err
		}
		described := append([]byte(nil), bareName(value)...)
		m.attr = r.attrs.number(described)
		more, err := r.values(&m, described)
		m.to = len(r.rec.fields)
		if err == nil && m.op == modAdd && m.from == m.to && m.attr != dropped {
			err = m.wrong("add: %s has no values", described)
		}
		if m.attr != dropped {
			r.rec.mods = append(r.rec.mods, m)
		}
		if err != nil || !more {
			return err
		}
	}
	if err := r.end(); err != io.EOF {
		return err
	}
	return nil
}

// values reads the values of a modification up to the hyphen; more is false
// if the record ended.
func (r *ldifReader) values(m *mod, described []byte) (more bool, err error) {
	for r.lines.next() {
		if len(r.lines.text) == 0 {
			return false, nil
		}
		if len(r.lines.text) == 1 && r.lines.text[0] == '-' {
			return true, nil
		}
		name, value, err := r.pair()
		if err != nil {
			return false, err
		}
		if !strings.EqualFold(string(name), string(described)) {
			return false, r.lines.at(0).wrong("%s: stands among the values of %s: a line with - is missing before it", name, described)
		}
		if m.attr != dropped {
			r.rec.put(m.attr, value)
		}
	}
	if err := r.end(); err != io.EOF {
		return false, err
	}
	return false, nil
}

// rename reads newrdn, deleteoldrdn and newsuperior.
func (r *ldifReader) rename() error {
	seen := ""
	for _, want := range [...]string{"newrdn", "deleteoldrdn", "newsuperior"} {
		if !r.lines.next() || len(r.lines.text) == 0 {
			if err := r.end(); err != io.EOF && r.lines.w.err != nil {
				return err
			}
			if want == "newsuperior" {
				return nil
			}
			return r.rec.wrong("changetype modrdn needs %s", want)
		}
		name, value, err := r.pair()
		if err != nil {
			return err
		}
		if seen = strings.ToLower(string(name)); seen != want {
			return r.lines.at(0).wrong("%s: stands where %s: is expected", name, want)
		}
		switch want {
		case "newrdn":
			if !component(string(value)) || nextComponent(string(value)) < len(value) {
				return r.lines.at(0).wrong("newrdn %s is not one component of a DN", short(value))
			}
			r.rec.newRDN = string(value)
		case "deleteoldrdn":
			if string(value) != "0" && string(value) != "1" {
				return r.lines.at(0).wrong("deleteoldrdn is 0 or 1, not %s", short(value))
			}
			r.rec.deleteOldRDN = string(value) == "1"
		case "newsuperior":
			r.rec.newSuperior, r.rec.moved = string(value), true
		}
	}
	return r.nothing()
}

// pair takes the logical line apart. What it returns is valid until the next
// line is read.
func (r *ldifReader) pair() (name, value []byte, err error) {
	text := r.lines.text
	colon := bytes.IndexByte(text, ':')
	if colon < 0 {
		return nil, nil, r.lines.at(0).wrong("%s is no line of LDIF: it has no colon", short(text))
	}
	name, value = text[:colon], text[colon+1:]
	if err := checkName(name, r.lines.at(0)); err != nil {
		return nil, nil, err
	}
	name = bareName(name)
	if len(value) == 0 {
		return name, value, nil
	}
	switch value[0] {
	case '<':
		return nil, nil, r.lines.at(colon+1).wrong("%s has its value at an address: values from other files are not read", name)
	case ':':
		at := colon + 2
		for at < len(text) && text[at] == ' ' {
			at++
		}
		value, err = r.decode(text[at:], at)
		return name, value, err
	}
	for len(value) > 0 && value[0] == ' ' {
		value = value[1:]
	}
	return name, value, nil
}

// decode reads base64.
func (r *ldifReader) decode(text []byte, at int) ([]byte, error) {
	text = bytes.TrimRight(text, " ")
	n := base64.StdEncoding.DecodedLen(len(text))
	if cap(r.b64) < n {
		r.b64 = make([]byte, n+n/2)
	}
	n, err := base64.StdEncoding.Strict().Decode(r.b64[:cap(r.b64)], text)
	if err != nil {
		if bad, ok := err.(base64.CorruptInputError); ok {
			at += min(int(bad), max(len(text)-1, 0))
		}
		return nil, r.lines.at(at).wrong("this is not base64")
	}
	return r.b64[:n], nil
}

// bareName takes the option binary off an attribute: it says how a value is
// transferred, not what it is.
func bareName(name []byte) []byte {
	if n := len(name) - len(";binary"); n > 0 && strings.EqualFold(string(name[n:]), ";binary") {
		return name[:n]
	}
	return name
}

func checkName(name []byte, at place) error {
	if len(name) == 0 || name[0] == ' ' || name[len(name)-1] == ' ' {
		return at.wrong("%s is no name of an attribute", short(name))
	}
	for _, c := range name {
		if c < ' ' || c == 0x7F {
			return at.wrong("%s is no name of an attribute", short(name))
		}
	}
	if bytes.Contains(name, []byte(";range=")) {
		return at.wrong("%s holds a part of the values only: export the attribute whole", name)
	}
	return nil
}
