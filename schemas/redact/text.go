package redact

import (
	"strings"
	"unicode/utf8"
)

// rewrite appends a text with what the treatment replaces: word by word, with
// everything between the words as it is. So names keep their form (a DN its
// RDNs, an address its domain), a name is the same in every form, and equal
// texts stay equal.
func (r *Redactor) rewrite(dst []byte, text string, t Treatment) []byte {
	for i := 0; i < len(text); {
		if c, size := utf8.DecodeRuneInString(text[i:]); !inWord(c) && !(t == DN && text[i] == '\\') {
			n := size
			if t == Server || t == Free {
				n = max(n, r.shortAddress(&dst, text[i:]))
			}
			if n == size {
				dst = append(dst, text[i:i+size]...)
			}
			i += n
			continue
		}
		if n := r.shape(&dst, text[i:], t); n > 0 {
			i += n
			continue
		}
		word, n := readWord(text[i:], t == DN)
		switch {
		case word == "":
			dst = append(dst, text[i:i+n]...)
		case r.stays(text, i, i+n, word, t):
			dst = append(dst, text[i:i+n]...)
		case run(word, isDigit) == len(word):
			dst = r.names.number(dst, word)
		default:
			dst = r.names.word(dst, word)
		}
		i += n
	}
	return dst
}

// shortAddress appends the pseudonym of an address that begins with a colon.
func (r *Redactor) shortAddress(dst *[]byte, text string) int {
	if !strings.HasPrefix(text, "::") {
		return 0
	}
	addr, n := address(text)
	if n < 3 {
		return 0
	}
	*dst = r.address(*dst, addr)
	return n
}

// shape appends what stands for a thing with a form of its own that text
// begins with, and returns its length, 0 for none.
func (r *Redactor) shape(dst *[]byte, text string, t Treatment) int {
	if n := guidLength(text); n > 0 {
		*dst = r.guid(*dst, text[:n])
		return n
	}
	if t != Term {
		if n := sidLength(text); n > 0 {
			*dst = r.sid(*dst, text[:n])
			return n
		}
		if n := oidLength(text); n > 0 {
			*dst = append(*dst, text[:n]...)
			return n
		}
	}
	if addr, n := address(text); n > 0 {
		*dst = r.address(*dst, addr)
		return n
	}
	if t == Term {
		return 0
	}
	switch n := hexLength(text); {
	case n == 0:
	case t == Free && len(strings.TrimLeft(text[2:n], "0")) <= 8: // more may be text
		*dst = append(*dst, text[:n]...)
		return n
	case t == Integer:
		hex := r.names.number(append(*dst, text[:2]...), strings.ToLower(text[2:n]))
		*dst = hex
		return n
	}
	if t == Free {
		if n := callNumberLength(text); n > 0 {
			*dst = r.callNumber(*dst, text[:n])
			return n
		}
		if n := frameLength(text); n > 0 {
			*dst = append(*dst, text[:n]...)
			return n
		}
	}
	return 0
}

// readWord returns the word that text begins with and how many bytes it has
// there; "" for one character that is no word. In a DN a letter may be written
// by the hexadecimal digits of its bytes.
func readWord(text string, dn bool) (word string, n int) {
	var unescaped []byte // what differs from the text
	for n < len(text) {
		c, size := utf8.DecodeRuneInString(text[n:])
		if dn && c == '\\' {
			letter, length := escaped(text[n:])
			if length == 0 || !inWord(letter) {
				break
			}
			if unescaped == nil {
				unescaped = append(make([]byte, 0, len(text)), text[:n]...)
			}
			unescaped = utf8.AppendRune(unescaped, letter)
			n += length
			continue
		}
		if !inWord(c) {
			break
		}
		if unescaped != nil {
			unescaped = append(unescaped, text[n:n+size]...)
		}
		n += size
	}
	switch {
	case n == 0 && text[0] == '\\':
		if _, length := escaped(text); length > 0 {
			return "", 3
		}
		_, size := utf8.DecodeRuneInString(text[1:])
		if r, _ := utf8.DecodeRuneInString(text[1:]); inWord(r) {
			return "", 1
		}
		return "", 1 + size
	case n == 0:
		_, size := utf8.DecodeRuneInString(text)
		return "", size
	case unescaped != nil:
		return string(unescaped), n
	}
	return text[:n], n
}

// escaped reads a character that is written by the bytes of its UTF-8, each a
// backslash and two hexadecimal digits.
func escaped(text string) (r rune, length int) {
	var b [utf8.UTFMax]byte
	for n := 0; n < len(b) && len(text) >= 3*n+3 && text[3*n] == '\\' && isHex(text[3*n+1]) && isHex(text[3*n+2]); n++ {
		b[n] = nibble(text[3*n+1])<<4 | nibble(text[3*n+2])
		if r, size := utf8.DecodeRune(b[:n+1]); r != utf8.RuneError && size == n+1 {
			return r, 3 * size
		}
		length = 3
	}
	return utf8.RuneError, length
}

func nibble(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}

// stays tells whether a word is left as it is: text[from:to].
func (r *Redactor) stays(text string, from, to int, word string, t Treatment) bool {
	number := run(word, isDigit) == len(word)
	switch t {
	case Term:
		return number && len(word) <= 3 || r.terms[strings.ToLower(word)]
	case Free:
		if number {
			return len(word) <= 3
		}
		lower := strings.ToLower(word)
		return plainWords[lower] || r.terms[lower] && !short(lower) || typed(text, to, lower)
	case Schema:
		return schemaNames[strings.ToLower(word)]
	case Server:
		return number && from > 0 && text[from-1] == ':' && len(word) <= 5 && strings.TrimSpace(text[to:]) == ""
	case File:
		return from > 0 && text[from-1] == '.' && strings.TrimSpace(text[to:]) == "" && fileTypes[strings.ToLower(word)]
	case Value, Integer:
		return word == "true" || word == "false" || word == "TRUE" || word == "FALSE"
	case DN:
		switch {
		case word == "CNF" || word == "DEL": // of a conflict or a deleted object
			return strings.HasSuffix(text[:from], `\0A`)
		case word == "default":
			return strings.TrimSpace(text) == word // a partition
		}
	}
	return !number && typed(text, to, strings.ToLower(word))
}

// short words of enumerations are names elsewhere.
func short(word string) bool { return len(word) < 3 }

// typed tells whether a word that ends at to is the known type of an RDN.
func typed(text string, to int, lower string) bool {
	rest := strings.TrimLeft(text[to:], " ")
	return strings.HasPrefix(rest, "=") && schemaNames[lower]
}
