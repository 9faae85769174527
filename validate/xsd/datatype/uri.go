package datatype

import "bytes"

// uriPart is a set of places in a URI reference, one bit each.
type uriPart uint8

const (
	uriOpaque   uriPart = 1 << iota // first character of an opaque part
	uriSegment                      // first segment of a relative path
	uriPath                         // any path after that
	uriUserInfo                     // user information before a host
	uriRegistry                     // authority that is not an IPv6 address
	uriAny                          // query, fragment, rest of an opaque part
)

const uriEverywhere = uriOpaque | uriSegment | uriPath | uriUserInfo | uriRegistry | uriAny

// uriBytes says for each byte where RFC 2396 (with the brackets of RFC 2732)
// allows it. The characters which no URI may contain are allowed everywhere,
// because the type anyURI has them escaped before it asks; that goes for space,
// too.
var uriBytes = uriTable()

func uriTable() *[256]uriPart {
	var table [256]uriPart
	for i := range table {
		table[i] = uriEverywhere
	}
	table['%'], table['#'] = 0, 0
	table['/'] = uriPath | uriAny
	table['?'] = uriOpaque | uriAny
	table[':'] = uriEverywhere &^ uriSegment
	table['@'] = uriEverywhere &^ uriUserInfo
	table[';'] = uriEverywhere
	table['['], table[']'] = uriAny, uriAny
	return &table
}

// isURIReference checks the type anyURI: a URI reference of RFC 2396, absolute
// or relative, possibly empty.
func isURIReference(value []byte) bool {
	value, fragment, _ := bytes.Cut(value, numberSign)
	if !isURIPart(fragment, uriAny) {
		return false
	}
	scheme := schemeLength(value)
	if scheme > 0 {
		value = value[scheme+1:]
		if len(value) == 0 {
			return false
		}
		if value[0] != '/' {
			n := uriRun(value, uriOpaque)
			return n > 0 && isURIPart(value[n:], uriAny)
		}
	}
	return isHierarchical(value)
}

var (
	numberSign   = []byte("#")
	questionMark = []byte("?")
	doubleSlash  = []byte("//")
	doubleColon  = []byte("::")
)

// isHierarchical checks a path, with or without an authority, and a query. The
// grammar of RFC 2396 has no room for a query alone, but its examples do.
func isHierarchical(value []byte) bool {
	value, query, _ := bytes.Cut(value, questionMark)
	if !isURIPart(query, uriAny) {
		return false
	}
	if authority, found := bytes.CutPrefix(value, doubleSlash); found {
		end := bytes.IndexByte(authority, '/')
		if end < 0 {
			end = len(authority)
		}
		return isAuthority(authority[:end]) && isURIPart(authority[end:], uriPath)
	}
	end := bytes.IndexByte(value, '/')
	if end < 0 {
		end = len(value)
	}
	return isURIPart(value[:end], uriSegment) && isURIPart(value[end:], uriPath)
}

// isAuthority checks what stands between "//" and the path. What is not a host
// with a port is a registry name, which rules out next to nothing.
func isAuthority(value []byte) bool {
	open := bytes.IndexByte(value, '[')
	if open < 0 {
		return isURIPart(value, uriRegistry)
	}
	end := bytes.IndexByte(value, ']')
	if end < open {
		return false
	}
	if open > 0 && (value[open-1] != '@' || !isURIPart(value[:open-1], uriUserInfo)) {
		return false
	}
	port := value[end+1:]
	if len(port) > 0 && (port[0] != ':' || countDigits(port[1:]) != len(port)-1) {
		return false
	}
	return isIPv6(value[open+1 : end])
}

// isIPv6 checks an address of RFC 2373 without a prefix length. Package netip
// would do, too, but it needs a string.
func isIPv6(value []byte) bool {
	groups := 0
	value, compressed := bytes.CutPrefix(value, doubleColon)
	for len(value) > 0 || !compressed {
		group, rest, more := bytes.Cut(value, colon)
		switch {
		case !more && isIPv4(group):
			groups += 2
		case 0 < len(group) && len(group) <= 4 && isHex(group):
			groups++
		default:
			return false
		}
		if !more {
			break
		}
		value = rest
		if len(value) > 0 && value[0] == ':' {
			if compressed {
				return false
			}
			compressed = true
			value = value[1:]
		} else if len(value) == 0 {
			return false
		}
	}
	return groups == 8 || compressed && groups < 8
}

// isIPv4 checks four numbers of up to three digits, which is all that RFC 2373
// asks for.
func isIPv4(value []byte) bool {
	for part := range 4 {
		n := countDigits(value)
		if n == 0 || n > 3 {
			return false
		}
		value = value[n:]
		if part < 3 {
			if len(value) == 0 || value[0] != '.' {
				return false
			}
			value = value[1:]
		}
	}
	return len(value) == 0
}

// schemeLength returns the length of the scheme in front of the first colon, or
// 0 when there is none.
func schemeLength(value []byte) int {
	for i, c := range value {
		switch {
		case (c|0x20)-'a' <= 'z'-'a':
		case i > 0 && (c-'0' <= 9 || c == '+' || c == '-' || c == '.'):
		case c == ':':
			return i
		default:
			return 0
		}
	}
	return 0
}

func isURIPart(value []byte, part uriPart) bool {
	return uriRun(value, part) == len(value)
}

// uriRun returns how many bytes at the front of value are allowed in part.
func uriRun(value []byte, part uriPart) int {
	for i := 0; i < len(value); i++ {
		c := value[i]
		if c == '%' {
			if len(value)-i < 3 || !isHex(value[i+1:i+3]) {
				return i
			}
			i += 2
			continue
		}
		if uriBytes[c]&part == 0 {
			return i
		}
	}
	return len(value)
}
