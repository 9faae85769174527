package convert

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPart is how long a part of the name of a file may be, in bytes: a name of
// four parts then stays far below what file systems take (255 bytes), with
// room for a folder below the 260 characters of Windows.
const maxPart = 48

// FileName is the name for a file with the run, without an extension: agent,
// run number, run profile and start, between underscores. It is made of
// letters, digits, hyphens and underscores, so that it is legal everywhere; it
// is not one of the names that Windows reserves, because these have no
// underscore. What is not known is written so.
func (id Identity) FileName() string {
	start, _, _ := strings.Cut(id.Start, ".")
	start = strings.ReplaceAll(strings.ReplaceAll(start, ":", ""), " ", "T")
	return NamePart(id.Agent, "no-agent") + "_" + NamePart(id.Number, "no-number") + "_" + NamePart(id.Profile, "no-profile") + "_" + NamePart(start, "no-date")
}

// NamePart makes a part of the name of a file: what is neither letter nor digit
// becomes a hyphen, and what leaves nothing is unknown.
func NamePart(text, unknown string) string {
	var b strings.Builder
	gap := false
	for _, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || unicode.IsMark(r) && b.Len() > 0 && !gap:
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			if b.Len()+utf8.RuneLen(r) > maxPart {
				return strings.TrimRight(b.String(), "-")
			}
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	if b.Len() == 0 {
		return unknown
	}
	return b.String()
}
