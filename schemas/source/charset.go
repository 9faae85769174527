package source

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// encoding is how the bytes are written.
type encoding uint8

const (
	utf8Bytes encoding = iota
	utf16LE
	utf16BE
	singleByte // as the label says
)

// sniffLabel finds the encoding that an XML declaration in ASCII names.
func sniffLabel(head []byte) string {
	if !bytes.HasPrefix(head, []byte("<?xml")) {
		return ""
	}
	end := bytes.Index(head, []byte("?>"))
	if end < 0 {
		return ""
	}
	label, _, _ := parseDeclaration(string(head[len("<?xml"):end]))
	return label
}

// charset is the table of a single-byte encoding that XML files of this field
// are met in, or nil.
func charset(label string) *charmap.Charmap {
	switch strings.ToLower(label) {
	case "iso-8859-1", "latin1", "iso_8859-1", "l1":
		return charmap.ISO8859_1
	case "windows-1252", "cp1252":
		return charmap.Windows1252
	case "windows-1250", "cp1250":
		return charmap.Windows1250
	case "windows-1251", "cp1251":
		return charmap.Windows1251
	case "iso-8859-2", "latin2":
		return charmap.ISO8859_2
	case "iso-8859-15":
		return charmap.ISO8859_15
	}
	return nil
}

// contradicts compares the label of the XML declaration with what the bytes
// are: a message when they differ, and whether nothing can be read because
// the encoding is unknown.
func (d *decoder) contradicts(label string) (message string, fatal bool) {
	actual := [...]string{"UTF-8", "UTF-16 (little-endian)", "UTF-16 (big-endian)", ""}[d.encoding]
	fits := false
	switch strings.ToLower(label) {
	case "utf-8", "utf8", "us-ascii", "ascii":
		fits = d.encoding == utf8Bytes
	case "utf-16", "utf16", "unicode", "ucs-2", "iso-10646-ucs-2":
		fits = d.encoding == utf16LE || d.encoding == utf16BE
	case "utf-16le":
		fits = d.encoding == utf16LE
	case "utf-16be", "unicodefffe":
		fits = d.encoding == utf16BE
	case "utf-32", "ucs-4", "iso-10646-ucs-4", "utf-32le", "utf-32be":
	default:
		if d.encoding == singleByte {
			return "", false
		}
		if d.encoding == utf8Bytes && !d.marked {
			return fmt.Sprintf("the encoding %q is not one that is read: save the document as UTF-8", label), true
		}
	}
	if fits {
		return "", false
	}
	return fmt.Sprintf("the declaration says %s but the bytes are %s; the document is read as that", label, actual), false
}
