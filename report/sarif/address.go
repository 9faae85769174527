package sarif

import "strings"

// address writes the name of a document as an address: relative where the
// name is. A name with a drive, of a share or from the root has the scheme
// file. Every byte that an address may not hold is escaped, so that a name
// that is no UTF-8 keeps its bytes.
func address(name string) string {
	switch {
	case drive(name):
		return "file:///" + name[:2] + escape(strings.ReplaceAll(name[2:], `\`, "/"))
	case strings.HasPrefix(name, `\\`):
		return "file:" + escape(strings.ReplaceAll(name, `\`, "/"))
	case strings.HasPrefix(name, "//"):
		return "file:" + escape(name)
	case strings.HasPrefix(name, "/"):
		return "file://" + escape(name)
	}
	first, rest, more := strings.Cut(name, "/")
	// What is before a colon in the first part would be a scheme.
	relative := strings.ReplaceAll(escape(first), ":", "%3A")
	if more {
		relative += "/" + escape(rest)
	}
	return relative
}

// drive tells whether a name is one of Windows that begins at the root of a
// drive.
func drive(name string) bool {
	return len(name) >= 3 && (name[0]|0x20 >= 'a' && name[0]|0x20 <= 'z') && name[1] == ':' && (name[2] == '\\' || name[2] == '/')
}

// escape writes bytes that may not stand in a path as % and two digits.
func escape(path string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(path) {
		c := path[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("-._~!$&'()*+,;=:@/", c) >= 0:
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
	return b.String()
}

// kind is what a path leads to, as the standard calls it.
func kind(path string) string {
	if i := strings.LastIndexByte(path, '/'); strings.HasPrefix(path[i+1:], "@") {
		return "attribute"
	}
	return "element"
}
