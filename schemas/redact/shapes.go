package redact

import (
	"encoding/binary"
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"
)

// This file finds what has a form of its own in text: GUIDs, addresses,
// security identifiers. Each function is given text at the beginning of a word
// and returns how many bytes of it the thing has, 0 for none.

// inWord tells whether a character is part of a word.
func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) }

// ends tells whether a word may end before text.
func ends(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return text == "" || !inWord(r)
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// run is the length of what text begins with.
func run(text string, is func(byte) bool) int {
	n := 0
	for n < len(text) && is(text[n]) {
		n++
	}
	return n
}

// guidLength finds a GUID, with hyphens or without.
func guidLength(text string) int {
	n := 0
	for _, group := range [...]int{8, 4, 4, 4, 12} {
		if n > 0 {
			if n >= len(text) || text[n] != '-' {
				n = 0
				break
			}
			n++
		}
		for range group {
			if n >= len(text) || !isHex(text[n]) {
				n = -1
				break
			}
			n++
		}
		if n < 0 {
			n = 0
			break
		}
	}
	if n == 36 && ends(text[n:]) {
		return n
	}
	if len(text) >= 32 && run(text[:32], isHex) == 32 && ends(text[32:]) {
		return 32
	}
	return 0
}

// guid appends the pseudonym of a GUID in its form: hyphens and case.
func (r *Redactor) guid(dst []byte, text string) []byte {
	out := r.names.guid(strings.ToLower(strings.ReplaceAll(text, "-", "")))
	lower := strings.IndexFunc(text, unicode.IsLower) >= 0
	if !lower {
		out = strings.ToUpper(out)
	}
	if len(text) == 32 {
		return append(dst, out...)
	}
	for i, at := range [...]int{0, 8, 12, 16, 20} {
		if i > 0 {
			dst = append(dst, '-')
		}
		dst = append(dst, out[at:[...]int{8, 12, 16, 20, 32}[i]]...)
	}
	return dst
}

// address finds an IP address.
func address(text string) (netip.Addr, int) {
	n := run(text, func(c byte) bool { return isHex(c) || c == '.' || c == ':' })
	for n > 0 && n <= 45 {
		// What ends a sentence, or stands before a port, is not part of it.
		addr, err := netip.ParseAddr(text[:n])
		if err == nil && ends(text[n:]) && (addr.Is4() || strings.Count(text[:n], ":") > 1) {
			return addr, n
		}
		if c := text[n-1]; c == '.' || c == ':' {
			n--
			continue
		}
		colon := strings.LastIndexByte(text[:n], ':')
		if colon < 0 || strings.Count(text[:n], ":") > 1 {
			break
		}
		n = colon
	}
	return netip.Addr{}, 0
}

// address appends the pseudonym of an address: one of the range that nobody
// uses, or of the one for documentation.
func (r *Redactor) address(dst []byte, addr netip.Addr) []byte {
	if addr.Is4() {
		n := r.names.of(ip4s, addr.String())
		if r.names.mac == nil {
			n++
		}
		var b [4]byte
		binary.BigEndian.PutUint32(b[:], 0xF0000000|uint32(n)&0x0FFFFFFF)
		return netip.AddrFrom4(b).AppendTo(dst)
	}
	n := r.names.of(ip6s, addr.String())
	b := [16]byte{0x20, 0x01, 0x0d, 0xb8}
	binary.BigEndian.PutUint64(b[8:], n+1)
	return netip.AddrFrom16(b).AppendTo(dst)
}

// sidLength finds a security identifier such as S-1-5-21-…-500.
func sidLength(text string) int {
	const start = "S-1-"
	if len(text) < len(start) || !strings.EqualFold(text[:len(start)], start) {
		return 0
	}
	n := len(start)
	n += run(text[n:], isDigit)
	for n < len(text) && text[n] == '-' {
		more := run(text[n+1:], isDigit)
		if more == 0 {
			break
		}
		n += 1 + more
	}
	if n == len(start) || !ends(text[n:]) {
		return 0
	}
	return n
}

// sid appends the pseudonym of a security identifier: its small numbers, which
// are the same everywhere, stay.
func (r *Redactor) sid(dst []byte, text string) []byte {
	for i, part := range strings.Split(text, "-") {
		if i > 0 {
			dst = append(dst, '-')
		}
		if len(part) < 3 {
			dst = append(dst, part...)
		} else {
			dst = r.names.number(dst, part)
		}
	}
	return dst
}

// oidLength finds an attribute type of a DN that is written in numbers.
func oidLength(text string) int {
	n := run(text, func(c byte) bool { return isDigit(c) || c == '.' })
	if n > 0 && n < len(text) && text[n] == '=' && text[n-1] != '.' && strings.Contains(text[:n], ".") {
		return n
	}
	return 0
}

// callNumberLength finds a number for calling somebody, whose groups of digits
// are short: seven digits or more, in three groups or more with single blanks,
// hyphens or brackets between them. A date is none.
func callNumberLength(text string) int {
	if len(text) >= 10 && run(text, isDigit) == 4 && text[4] == '-' && run(text[5:], isDigit) == 2 && text[7] == '-' {
		return 0
	}
	digits, groups, end := 0, 0, 0
	for n := 0; ; {
		group := run(text[n:], isDigit)
		if group == 0 {
			break
		}
		digits, groups, n = digits+group, groups+1, n+group
		if end = n; n == len(text) {
			break
		}
		between := run(text[n:min(len(text), n+3)], func(c byte) bool { return strings.IndexByte(" -()/", c) >= 0 })
		n += between
	}
	if digits < 7 || groups < 3 || digits < 2*groups || !ends(text[end:]) {
		return 0
	}
	return end
}

// callNumber appends the pseudonym of such a number, in its form: each group is
// replaced.
func (r *Redactor) callNumber(dst []byte, text string) []byte {
	for i := 0; i < len(text); {
		if n := run(text[i:], isDigit); n > 0 {
			dst = r.names.number(dst, text[i:i+n])
			i += n
			continue
		}
		dst = append(dst, text[i])
		i++
	}
	return dst
}

// hexLength finds a number such as 0x80230703.
func hexLength(text string) int {
	if len(text) < 3 || text[0] != '0' || text[1]|' ' != 'x' {
		return 0
	}
	n := 2 + run(text[2:], isHex)
	if n == 2 || n > 18 || !ends(text[n:]) {
		return 0
	}
	return n
}

// frameLength finds a name of the platform's own code, as in a call stack:
// words with capitals, from System or Microsoft on.
func frameLength(text string) int {
	n := 0
	for {
		part := run(text[n:], func(c byte) bool {
			return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_' || c == '`'
		})
		if n == 0 && text[:part] != "System" && text[:part] != "Microsoft" {
			return 0
		}
		if part == 0 || text[n] < 'A' || text[n] > 'Z' {
			break
		}
		n += part
		if n == len(text) || text[n] != '.' {
			if n < len(text) && text[n] == '@' || !ends(text[n:]) {
				return 0
			}
			return n
		}
		n++
	}
	// A lower-case part is no name of a type: it is replaced.
	return strings.LastIndexByte(text[:n], '.')
}
