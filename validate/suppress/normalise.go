package suppress

import (
	"regexp"
	"strings"
)

// normaliser turns what differs from run to run into placeholders, so that a
// fault keeps its key when its line moves or the same fault comes back in
// another run.
type normaliser struct {
	guid, dn, token, number *regexp.Regexp
	known                   map[string]string // messages repeat
}

// maxKnown bounds what a normaliser remembers.
const maxKnown = 4096

func newNormaliser() *normaliser {
	return &normaliser{
		guid: regexp.MustCompile(`\{?[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\}?`),
		// A distinguished name: within quotation marks one part is enough,
		// else there must be two.
		dn: regexp.MustCompile(`"(?:[A-Za-z][A-Za-z0-9-]*|[0-9]+(?:\.[0-9]+)+)=(?:[^="\\]|\\.)(?:[^"\\]|\\.)*"|` +
			`\b[A-Za-z][A-Za-z0-9-]*=[^,"]+(?:,\s*[A-Za-z][A-Za-z0-9-]*=[^,\s"]+)+`),
		// An anchor, a cookie or another long code that has a digit.
		token:  regexp.MustCompile(`[0-9A-Za-z+/_]*[0-9][0-9A-Za-z+/_]*={0,2}`),
		number: regexp.MustCompile(`[0-9]+(?:[-:/.,T ]*[0-9]+)*(?:Z\b)?`),
		known:  map[string]string{},
	}
}

// minToken is the length from which a code with a digit in it is no word.
const minToken = 20

// message normalises the message of a finding: numbers and dates become #,
// GUIDs {guid}, distinguished names {dn}, long codes {code}.
func (n *normaliser) message(text string) string {
	if short, ok := n.known[text]; ok {
		return short
	}
	s := n.guid.ReplaceAllLiteralString(text, "{guid}")
	s = n.dn.ReplaceAllLiteralString(s, "{dn}")
	s = n.token.ReplaceAllStringFunc(s, func(code string) string {
		if len(code) < minToken {
			return code
		}
		return "{code}"
	})
	s = n.number.ReplaceAllLiteralString(s, "#")
	if len(n.known) >= maxKnown {
		clear(n.known)
	}
	n.known[strings.Clone(text)] = s
	return s
}

// file normalises the name of a document: a number in it, which tells one run
// from the next, becomes #, a GUID {guid}.
func (n *normaliser) file(name string) string {
	return n.number.ReplaceAllLiteralString(n.guid.ReplaceAllLiteralString(name, "{guid}"), "#")
}

// path takes the positions out of an XPath, and returns the part of it that
// names the run as well: "" where the finding is about no run.
func (n *normaliser) path(path string) (plain, run string) {
	var b strings.Builder
	depth := 0
	for step := range strings.SplitSeq(path, "/") {
		name, _, _ := strings.Cut(step, "[")
		if depth > 0 {
			b.WriteByte('/')
			b.WriteString(name)
		}
		depth++
	}
	if i := strings.Index(path, "/run-details["); i >= 0 {
		if j := strings.IndexByte(path[i:], ']'); j >= 0 {
			run = path[:i+j+1]
		}
	}
	return b.String(), run
}
