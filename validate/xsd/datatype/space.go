package datatype

import "bytes"

// WhiteSpace is a value of the whiteSpace facet.
type WhiteSpace uint8

const (
	// Preserve leaves a value as it is.
	Preserve WhiteSpace = iota
	// Replace turns every tab, line feed and carriage return into a space.
	Replace
	// Collapse does what Replace does, then reduces runs of spaces to one and
	// removes them at both ends.
	Collapse
)

// String returns the value of the facet as a schema spells it.
func (w WhiteSpace) String() string {
	switch w {
	case Preserve:
		return "preserve"
	case Replace:
		return "replace"
	case Collapse:
		return "collapse"
	default:
		return "unknown whiteSpace"
	}
}

// Normalize returns value as the facet prescribes it, which is what the facets
// pattern, enumeration and length look at. The result is value or a part of it
// where that is enough, as it nearly always is; otherwise it is built in
// buffer[:0], which grows when it is too small. Value is never changed.
func (w WhiteSpace) Normalize(buffer, value []byte) []byte {
	switch w {
	case Replace:
		if !bytes.ContainsAny(value, "\t\n\r") {
			return value
		}
		buffer = append(buffer[:0], value...)
		for i, c := range buffer {
			if isSpace(c) {
				buffer[i] = ' '
			}
		}
		return buffer
	case Collapse:
		value = TrimSpace(value)
		if isCollapsed(value) {
			return value
		}
		return appendCollapsed(buffer[:0], value)
	default:
		return value
	}
}

// TrimSpace returns value without XML white space at both ends. For a type with
// whiteSpace Collapse whose values cannot contain white space this is the whole
// normalisation.
func TrimSpace(value []byte) []byte {
	value = trimLeft(value)
	end := len(value)
	for end > 0 && isSpace(value[end-1]) {
		end--
	}
	return value[:end]
}

func trimLeft(value []byte) []byte {
	start := 0
	for start < len(value) && isSpace(value[start]) {
		start++
	}
	return value[start:]
}

// isCollapsed reports whether the white space inside a trimmed value is single
// spaces only.
func isCollapsed(value []byte) bool {
	for i, c := range value {
		if c <= ' ' && isSpace(c) && (c != ' ' || value[i-1] == ' ') {
			return false
		}
	}
	return true
}

func appendCollapsed(buffer, value []byte) []byte {
	pending := false
	for _, c := range value {
		if isSpace(c) {
			pending = true
			continue
		}
		if pending {
			buffer = append(buffer, ' ')
			pending = false
		}
		buffer = append(buffer, c)
	}
	return buffer
}

// isSpace reports whether c is white space in the sense of XML, which is less
// than what package unicode means by the word.
func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r'
}
