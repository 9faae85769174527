package suppress

import (
	"fmt"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// What a pattern may be: alternatives multiply, so they are few.
const (
	maxPattern      = 1000
	maxAlternatives = 8
)

// PathPattern matches names of documents, with forward slashes. The zero
// PathPattern matches all.
type PathPattern struct {
	text    string // as written
	pattern string
}

// inArchive treats an archive as the folder of what it holds, which is called
// a.zip!/inner.xml, and writes paths of Windows with slashes.
var inArchive = strings.NewReplacer("!/", "/", `\`, "/")

// ParsePath reads a path pattern: * is any part of a name, ** any number of
// folders, ? a character, [a-z] one of a class, {a,b} one of several. A
// backslash is a slash, as Windows writes paths. A pattern without a slash
// matches that name in every folder, and one that names a folder or an archive
// matches all below it.
func ParsePath(text string) (PathPattern, error) {
	pattern := strings.TrimPrefix(inArchive.Replace(text), "./")
	switch {
	case text == "":
		return PathPattern{}, fmt.Errorf("a path pattern is empty")
	case len(text) > maxPattern || strings.Count(pattern, "{") > maxAlternatives:
		return PathPattern{}, fmt.Errorf("the path pattern is too long: %d bytes and %d alternatives are the most", maxPattern, maxAlternatives)
	}
	if folder := strings.TrimRight(pattern, "/"); folder != pattern {
		pattern = folder + "/**"
	}
	if !strings.Contains(pattern, "/") {
		pattern = "**/" + pattern
	}
	if !doublestar.ValidatePattern(pattern) {
		return PathPattern{}, fmt.Errorf("%q is no path pattern: a bracket or a brace is not closed", text)
	}
	return PathPattern{text: text, pattern: pattern}, nil
}

// String returns the pattern as it was written.
func (p PathPattern) String() string { return p.text }

// Match tells whether the pattern matches a name.
func (p PathPattern) Match(name string) bool {
	if p.text == "" {
		return true
	}
	name = inArchive.Replace(name)
	return doublestar.MatchUnvalidated(p.pattern, name) || doublestar.MatchUnvalidated(p.pattern+"/**", name)
}

// MessagePattern matches whole messages. The zero MessagePattern matches all.
type MessagePattern struct {
	text  string
	parts []string // between the stars
}

// ParseMessage reads a message pattern: * is any text, all else is itself.
func ParseMessage(text string) (MessagePattern, error) {
	switch {
	case text == "":
		return MessagePattern{}, fmt.Errorf("a message pattern is empty")
	case strings.Trim(text, "*") == "":
		return MessagePattern{}, fmt.Errorf("the message pattern %q matches every message: leave it out", text)
	case len(text) > maxPattern:
		return MessagePattern{}, fmt.Errorf("the message pattern is too long: %d bytes are the most", maxPattern)
	}
	return MessagePattern{text: text, parts: strings.Split(text, "*")}, nil
}

// String returns the pattern as it was written.
func (p MessagePattern) String() string { return p.text }

// Match tells whether the pattern matches a message.
func (p MessagePattern) Match(message string) bool {
	if p.text == "" {
		return true
	}
	first, last := p.parts[0], p.parts[len(p.parts)-1]
	if len(p.parts) == 1 {
		return message == first
	}
	if !strings.HasPrefix(message, first) {
		return false
	}
	message = message[len(first):]
	for _, part := range p.parts[1 : len(p.parts)-1] {
		i := strings.Index(message, part)
		if i < 0 {
			return false
		}
		message = message[i+len(part):]
	}
	return strings.HasSuffix(message, last)
}
