package datatype

import (
	"bytes"
	"unicode/utf8"
)

// isName checks the production Name of XML 1.0, second edition, which is the
// one XML Schema 1.0 refers to. Later editions of XML allow more characters.
func isName(value []byte) bool {
	return isNameThat(value, true, true)
}

// isNCName checks a Name without colons.
func isNCName(value []byte) bool {
	return isNameThat(value, true, false)
}

// isNMTOKEN checks a Name whose first character is not special.
func isNMTOKEN(value []byte) bool {
	return isNameThat(value, false, true)
}

func isQName(value []byte) bool {
	prefix, local, found := bytes.Cut(value, colon)
	if !found {
		return isNCName(value)
	}
	return isNCName(prefix) && isNCName(local)
}

var colon = []byte(":")

func isNameThat(value []byte, needsStart, allowsColon bool) bool {
	if len(value) == 0 {
		return false
	}
	for i := 0; i < len(value); {
		c := value[i]
		if c < utf8.RuneSelf {
			ok := isASCIINameChar(c)
			if needsStart && i == 0 {
				ok = isASCIINameStart(c)
			}
			if !ok || c == ':' && !allowsColon {
				return false
			}
			i++
			continue
		}
		set := nameCharSet
		if needsStart && i == 0 {
			set = nameStartSet
		}
		r, size := utf8.DecodeRune(value[i:])
		if !set.contains(r) {
			return false
		}
		i += size
	}
	return true
}

func isASCIINameStart(c byte) bool {
	return (c|0x20)-'a' <= 'z'-'a' || c == '_' || c == ':'
}

func isASCIINameChar(c byte) bool {
	return isASCIINameStart(c) || c-'0' <= 9 || c == '-' || c == '.'
}

// isLanguage checks [a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*, the form that the second
// edition takes from RFC 3066.
func isLanguage(value []byte) bool {
	first, length := true, 0
	for _, c := range value {
		switch {
		case c == '-':
			if length == 0 {
				return false
			}
			first, length = false, 0
			continue
		case (c|0x20)-'a' <= 'z'-'a':
		case !first && c-'0' <= 9:
		default:
			return false
		}
		length++
		if length > 8 {
			return false
		}
	}
	return length > 0
}
