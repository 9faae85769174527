package directory

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/runhist/runhist/analyze/engine"
)

// The attributes of an object are kept as one string: for each attribute its
// number, how many values, and each value with its length before it; numbers
// are varints. Attributes are in the order of their numbers, values in that of
// their bytes and each once, so equal objects have equal strings. Values that
// are handed out are parts of the string.
//
// A reference in a linked directory is kept as the number of its target: see
// links.go.

// set is an attribute with its values, taken out of the string.
type set struct {
	attr   int32
	values []string
}

// cursor goes through the attributes of an object.
type cursor struct{ rest string }

// next returns the next attribute, its number of values and those values as
// they are kept.
func (c *cursor) next() (attr int32, count int, ok bool) {
	if c.rest == "" {
		return 0, 0, false
	}
	a := c.number()
	return int32(a), int(c.number()), true
}

func (c *cursor) number() uint64 {
	var n uint64
	for i := 0; ; i++ {
		b := c.rest[i]
		n |= uint64(b&0x7F) << (7 * i)
		if b < 0x80 {
			c.rest = c.rest[i+1:]
			return n
		}
	}
}

func (c *cursor) value() string {
	n := c.number()
	v := c.rest[:n]
	c.rest = c.rest[n:]
	return v
}

// sets takes the string apart.
func sets(attrs string) []set {
	var list []set
	c := cursor{attrs}
	for {
		attr, n, ok := c.next()
		if !ok {
			return list
		}
		s := set{attr, make([]string, n)}
		for i := range s.values {
			s.values[i] = c.value()
		}
		list = append(list, s)
	}
}

// lookup returns the values of one attribute.
func lookup(attrs string, attr int32) []string {
	c := cursor{attrs}
	for {
		a, n, ok := c.next()
		if !ok || a > attr {
			return nil
		}
		var values []string
		for range n {
			if v := c.value(); a == attr {
				values = append(values, v)
			}
		}
		if a == attr {
			return values
		}
	}
}

// join makes the string of attributes; those without values vanish unless
// empty ones are to be kept.
func join(list []set, keepEmpty bool) string {
	slices.SortStableFunc(list, func(a, b set) int { return int(a.attr - b.attr) })
	var out []byte
	for _, s := range list {
		slices.Sort(s.values)
		s.values = slices.Compact(s.values)
		if len(s.values) == 0 && !keepEmpty {
			continue
		}
		out = binary.AppendUvarint(out, uint64(s.attr))
		out = binary.AppendUvarint(out, uint64(len(s.values)))
		for _, v := range s.values {
			out = binary.AppendUvarint(out, uint64(len(v)))
			out = append(out, v...)
		}
	}
	return string(out)
}

// get returns the place of an attribute in a list, which it joins if it is
// not there.
func get(list *[]set, attr int32) *set {
	for i := range *list {
		if (*list)[i].attr == attr {
			return &(*list)[i]
		}
	}
	*list = append(*list, set{attr: attr})
	return &(*list)[len(*list)-1]
}

// encode makes the string of the fields of a record, from the first one that
// is an attribute of the object. Values that do not fit their syntax are the
// fault of the record: of several, the first in the order of SE-N9, step 5,
// and of the attributes.
func (d *Directory) encode(r *record) (attrs string, linked bool, fault *recordFault) {
	slices.SortStableFunc(r.fields, func(a, b field) int { return int(a.attr - b.attr) })
	out := d.scratch[:0]
	for at := 0; at < len(r.fields); {
		end := at + 1
		for end < len(r.fields) && r.fields[end].attr == r.fields[at].attr {
			end++
		}
		group := r.fields[at:end]
		at = end
		a := &d.attrs.list[group[0].attr]
		for i := range group {
			if kind := r.normalize(&group[i], a.kind, d.ldap()); kind != "" {
				fault = earlier(fault, kind, a)
			}
		}
		if len(group) > 1 {
			slices.SortFunc(group, func(a, b field) int { return bytes.Compare(r.value(a), r.value(b)) })
			group = slices.CompactFunc(group, func(a, b field) bool { return bytes.Equal(r.value(a), r.value(b)) })
			if len(group) > 1 && !a.multi {
				fault = earlier(fault, "multi-single-mismatch", a)
			}
		}
		linked = linked || a.kind == engine.Reference
		out = binary.AppendUvarint(out, uint64(group[0].attr))
		out = binary.AppendUvarint(out, uint64(len(group)))
		for _, f := range group {
			out = binary.AppendUvarint(out, uint64(f.to-f.from))
			out = append(out, r.value(f)...)
		}
	}
	d.scratch = out
	if fault != nil {
		return "", false, fault
	}
	return string(out), linked && d.linked(), nil
}

// valueFaults are the faults of values, in the order in which a record reports
// one of them (SE-N9, step 5).
func valueFaults() [6]string {
	return [...]string{"invalid-numeric-value", "invalid-boolean-value", "invalid-base64-value", "invalid-reference-value",
		"multi-single-mismatch", "invalid-attribute-value"}
}

// earlier returns the fault of a record that has one and meets another.
func earlier(fault *recordFault, kind string, a *attribute) *recordFault {
	order := valueFaults()
	if fault != nil && slices.Index(order[:], fault.kind) <= slices.Index(order[:], kind) {
		return fault
	}
	return &recordFault{kind: kind, attr: named(kind, a.name)}
}

// named returns the attribute that a discovery error names, which only some
// do (SE-K56).
func named(kind, attr string) string {
	if kind == "invalid-reference-value" {
		return ""
	}
	return attr
}

// normalize brings a value into the form of engine.Attr, or returns the type
// of the error.
func (r *record) normalize(f *field, kind engine.AttributeKind, ldap bool) string {
	text := r.value(*f)
	switch kind {
	case engine.String:
		if !utf8.Valid(text) {
			return "invalid-attribute-value"
		}
	case engine.Binary:
		if f.undecoded {
			return "invalid-base64-value"
		}
	case engine.Integer:
		n, err := strconv.ParseInt(string(bytes.TrimSpace(text)), 10, 64)
		if err != nil {
			return "invalid-numeric-value"
		}
		r.replace(f, strconv.AppendInt(nil, n, 10))
	case engine.Boolean:
		b, ok := parseBool(string(bytes.TrimSpace(text)))
		if !ok {
			return "invalid-boolean-value"
		}
		r.replace(f, strconv.AppendBool(nil, b))
	case engine.Reference:
		if len(text) == 0 || !utf8.Valid(text) || ldap && !conforms(string(text)) {
			return "invalid-reference-value"
		}
	}
	return ""
}

// replace gives a field another value.
func (r *record) replace(f *field, value []byte) {
	if bytes.Equal(r.value(*f), value) {
		return
	}
	f.from = len(r.buf)
	r.buf = append(r.buf, value...)
	f.to = len(r.buf)
}

func parseBool(text string) (value, ok bool) {
	switch {
	case strings.EqualFold(text, "true"), text == "1":
		return true, true
	case strings.EqualFold(text, "false"), text == "0":
		return false, true
	}
	return false, false
}

// decodeBase64 turns a field of delimited text that holds a binary value into
// its bytes, if it can be.
func (r *record) decodeBase64(f *field) {
	bin, err := base64.StdEncoding.Strict().DecodeString(string(bytes.TrimSpace(r.value(*f))))
	if f.undecoded = err != nil; !f.undecoded {
		r.replace(f, bin)
	}
}
