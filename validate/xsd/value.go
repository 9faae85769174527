package xsd

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/runhist/runhist/validate/xsd/datatype"
)

// simple is what a value must be: a built-in type and the facets on it.
type simple struct {
	builtin  *datatype.Type
	isString bool // any text will do
	patterns []*datatype.Pattern
	values   map[string]struct{} // enumeration; nil for none
	list     []string            // the same in file order
	max      uint64
	hasMax   bool
	scoped   bool // a good literal may still mean nothing where it stands
}

// scoped tells whether the values of a type name something that the document
// or the schema must declare: a prefix, an entity or a notation. That an ID is
// unique and an IDREF has its ID is not judged: it would take memory without
// bound, and no type of run histories needs it.
func scoped(t *datatype.Type) bool {
	if t.Item() != nil {
		t = t.Item()
	}
	switch t.Name() {
	case "QName", "NOTATION", "ENTITY":
		return true
	}
	return false
}

// check returns the id of what is wrong with a value, or "".
func (s *simple) check(value []byte) string {
	if s.isString {
		return ""
	}
	if s.values != nil {
		if _, ok := s.values[string(value)]; !ok {
			return Enumeration
		}
		return ""
	}
	if s.hasMax {
		n, verdict := datatype.ParseUnsigned(value)
		if verdict == datatype.Valid && n <= s.max {
			return ""
		}
		if verdict == datatype.Valid {
			return Range
		}
	}
	switch s.builtin.Check(value) {
	case datatype.Malformed:
		return Datatype
	case datatype.OutOfRange:
		return Range
	}
	for _, p := range s.patterns {
		if !p.Match(value) {
			return Pattern
		}
	}
	return ""
}

// complaint says in words what is wrong with a value of the type; what names
// the element or attribute.
func (s *Schema) complaint(t *typ, id string, value []byte, what string) string {
	v := t.value
	quoted := quote(value)
	wanted := typeWords(v.builtin)
	if v.hasMax {
		wanted = fmt.Sprintf("a whole number from 0 to %d", v.max)
	}
	if hasSpaceAround(value) && v.check(datatype.TrimSpace(value)) == "" {
		return fmt.Sprintf("%s is %s: the white space around the value is not allowed", what, quoted)
	}
	switch id {
	case Enumeration:
		message := fmt.Sprintf("%s is %s, which is not one of its %d values", what, quoted, len(v.list))
		if len(v.list) <= 12 {
			message = fmt.Sprintf("%s is %s, but must be %s", what, quoted, orList(v.list))
		}
		if near := nearest(string(datatype.TrimSpace(value)), v.list, 10); near != "" {
			message += fmt.Sprintf("; did you mean %q?", near)
		}
		return message
	case Pattern:
		if form := s.form(t.named()); form != "" {
			return fmt.Sprintf("%s is %s, but must be %s", what, quoted, form)
		}
		return fmt.Sprintf("%s is %s, which does not match the pattern %s", what, quoted, v.patterns[len(v.patterns)-1])
	case Datatype:
		if value = datatype.TrimSpace(value); isUnsigned(v.builtin) && len(value) > 1 && (value[0] == '+' || value[0] == '-') {
			wanted += " without a sign"
		}
	}
	return fmt.Sprintf("%s is %s, but must be %s", what, quoted, wanted)
}

func isUnsigned(t *datatype.Type) bool { return strings.HasPrefix(t.Name(), "unsigned") }

// typeWords says what a built-in type holds.
func typeWords(t *datatype.Type) string {
	switch t.Name() {
	case "unsignedInt":
		return "a whole number from 0 to 4294967295"
	case "unsignedByte":
		return "a whole number from 0 to 255"
	case "boolean":
		return "true, false, 1 or 0"
	case "QName":
		return "a name whose prefix is declared"
	case "ENTITY", "ENTITIES":
		return "the name of an entity, and run histories declare none"
	case "NOTATION":
		return "the name of a notation, and the schema declares none"
	}
	return "a value of type xs:" + t.Name()
}

func hasSpaceAround(value []byte) bool { return len(datatype.TrimSpace(value)) < len(value) }

// maxQuoted is the number of bytes of a value that a message shows.
const maxQuoted = 80

func quote(value []byte) string {
	if len(value) == 0 {
		return "empty"
	}
	return fmt.Sprintf("%q", clip(value))
}

// clip shortens a value at a character's border.
func clip(value []byte) string {
	if len(value) <= maxQuoted {
		return string(value)
	}
	n := maxQuoted
	for n > 0 && !utf8.RuneStart(value[n]) {
		n--
	}
	return string(value[:n]) + "…"
}

// orList writes "a", "b" or "c".
func orList(list []string) string {
	quoted := make([]string, len(list))
	for i, item := range list {
		quoted[i] = strconv.Quote(item)
	}
	return orJoin(quoted)
}

// orJoin writes a, b or c.
func orJoin(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " or " + list[last]
}
