package source

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// isNameByte holds the bytes that continue a name, every byte of a character
// outside ASCII among them: those are judged by scanName.
var isNameByte = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
			c == '-' || c == '_' || c == '.' || c == ':' || c >= 0x80
	}
	return t
}()

// plainInValue holds the bytes that stand for themselves in an attribute
// value in either quotes.
var plainInValue = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 0x20 && c < 0x80 && c != '"' && c != '\'' && c != '<' && c != '&'
	}
	return t
}()

// scanName returns the length of the name that text begins with, 0 when there
// is none, and whether it ends before the text does.
func scanName(text []byte) (n int, closed bool) {
	for n < len(text) && isNameByte[text[n]] {
		if c := text[n]; c >= utf8.RuneSelf {
			char, size := utf8.DecodeRune(text[n:])
			if char == utf8.RuneError && size == 1 {
				return n, utf8.FullRune(text[n:]) // no text, or cut
			}
			if !isNameRune(char, n == 0) {
				return n, true
			}
			n += size
			continue
		} else if n == 0 && (c == '-' || c == '.' || c >= '0' && c <= '9') {
			return 0, true
		}
		n++
	}
	return n, n < len(text)
}

// nameStarts are NameStartChar of XML 1.0 (fifth edition) section 2.3 outside
// ASCII; nameRest are what NameChar adds.
var (
	nameStarts = [...][2]rune{
		{0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF}, {0x370, 0x37D}, {0x37F, 0x1FFF}, {0x200C, 0x200D},
		{0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
	}
	nameRest = [...][2]rune{{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}
)

func isNameRune(char rune, first bool) bool {
	for _, in := range nameStarts {
		if char >= in[0] && char <= in[1] {
			return true
		}
	}
	if !first {
		for _, in := range nameRest {
			if char >= in[0] && char <= in[1] {
				return true
			}
		}
	}
	return false
}

// clip shortens text for a message, at a character's border.
func clip(text []byte, n int) string {
	if len(text) <= n {
		return strings.ToValidUTF8(string(text), "\uFFFD")
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return strings.ToValidUTF8(string(text[:n]), "\uFFFD") + "…"
}

// describe names the character that text begins with.
func describe(text []byte) string {
	char, n := utf8.DecodeRune(text)
	if char == utf8.RuneError && n <= 1 {
		return "a byte that is no character"
	}
	if char < 0x20 {
		return fmt.Sprintf("the character U+%04X", char)
	}
	return fmt.Sprintf("%q", string(char))
}

// notATag explains a '<' with no name behind it.
func notATag(text []byte) string {
	return describe(text) + " cannot begin the name of an element; a < that is no markup is written &lt;"
}

func tooLong(limit int) string {
	return "a value is longer than the limit of " + size(int64(limit))
}

// size writes a number of bytes in the largest unit that keeps it whole.
func size(n int64) string {
	units := []string{"bytes", "KiB", "MiB", "GiB", "TiB"}
	i := 0
	for n >= 1024 && n%1024 == 0 && i < len(units)-1 {
		n /= 1024
		i++
	}
	return fmt.Sprintf("%d %s", n, units[i])
}
