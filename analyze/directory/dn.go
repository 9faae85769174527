package directory

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// nextComponent returns where the first component of an LDAP DN ends: the
// offset of the comma, or the length of the DN. Commas that are escaped or
// quoted separate nothing.
func nextComponent(dn string) int {
	quoted := false
	for i := 0; i < len(dn); i++ {
		switch dn[i] {
		case '\\':
			i++
		case '"':
			quoted = !quoted
		case ',':
			if !quoted {
				return i
			}
		}
	}
	return len(dn)
}

// parentDN returns the DN above, or "" at the top.
func parentDN(dn string) string {
	at := nextComponent(dn)
	if at == len(dn) {
		return ""
	}
	return strings.TrimLeft(dn[at+1:], " ")
}

// The longest DN, in bytes and in components. Directories allow less; without
// a limit one line of a text could ask for a million names above it.
const (
	maxDN     = 32 << 10
	maxLevels = 256
)

// conforms reports whether a DN is one of LDAP: components name=value,
// separated by commas, with escapes that are complete, and not too many.
func conforms(dn string) bool {
	if dn == "" || len(dn) > maxDN {
		return false
	}
	for level := 1; level <= maxLevels; level++ {
		at := nextComponent(dn)
		if !component(dn[:min(at, len(dn))]) {
			return false
		}
		if at >= len(dn) {
			return true
		}
		dn = dn[at+1:]
	}
	return false
}

func component(c string) bool {
	name, value, ok := strings.Cut(strings.Trim(c, " "), "=")
	if name = strings.TrimRight(name, " "); !ok || name == "" || value == "" || strings.ContainsAny(name, "\\\"+<>;") {
		return false
	}
	quotes := 0
	for i := 0; i < len(value); i++ {
		switch value[i] {
		case '\\':
			if i++; i >= len(value) {
				return false
			}
		case '"':
			quotes++
		}
	}
	return quotes%2 == 0
}

// appendKey appends the form in which DNs are compared: without case, and
// without spaces around the components. It is the same for names without
// levels, where commas mean nothing, because a space more or less beside a
// comma makes no other name there either.
func appendKey(dst []byte, dn string) []byte {
	start, quoted, spaces := true, false, 0
	for i := 0; i < len(dn); i++ {
		c := dn[i]
		switch {
		case c == ' ':
			if !start {
				spaces++
			}
			continue
		case c == ',' && !quoted:
			start, spaces = true, 0
			dst = append(dst, c)
			continue
		}
		start = false
		for ; spaces > 0; spaces-- {
			dst = append(dst, ' ')
		}
		if c == '"' {
			quoted = !quoted
		}
		if c == '\\' && i+1 < len(dn) {
			dst = append(dst, c)
			i++
			c = dn[i]
		}
		if c < utf8.RuneSelf {
			dst = append(dst, lower(c))
			continue
		}
		r, n := utf8.DecodeRuneInString(dn[i:])
		if r == utf8.RuneError {
			dst = append(dst, dn[i:i+n]...)
		} else {
			dst = utf8.AppendRune(dst, foldRune(r))
		}
		i += n - 1
	}
	return dst
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// foldRune returns the least of the characters that differ only in case, and
// a lower-case letter for those that fold to ASCII.
func foldRune(r rune) rune {
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	if least < utf8.RuneSelf {
		return rune(lower(byte(least)))
	}
	return least
}
