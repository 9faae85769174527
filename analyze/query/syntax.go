package query

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// SyntaxError is a mistake in an expression.
type SyntaxError struct {
	XPath   string
	Offset  int // of the mistake, in bytes; 0 where it is not known
	Message string
}

// Error tells the mistake, and in which character it is.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("character %d: %s", e.Column(), e.Message)
}

// Column is the character of the mistake, from 1.
func (e *SyntaxError) Column() int { return utf8.RuneCountInString(e.XPath[:e.Offset]) + 1 }

// syntax reads tokens, one ahead.
type syntax struct {
	text  string
	at    int    // of the token
	pos   int    // behind it
	token string // "" at the end
	kind  byte   // n name, l literal, d number, o anything else
	depth int
}

func (s *syntax) fail(at int, format string, args ...any) {
	panic(&SyntaxError{XPath: s.text, Offset: at, Message: fmt.Sprintf(format, args...)})
}

// shown is the token for a message.
func (s *syntax) shown() string {
	if s.token == "" {
		return "the end of the expression"
	}
	return fmt.Sprintf("%q", s.token)
}

// open hints at what is often the mistake.
func (s *syntax) open() string {
	if s.token == "]" || s.token == ")" {
		return ": nothing is open that it could close"
	}
	return ""
}

// next reads a token.
func (s *syntax) next() {
	for s.pos < len(s.text) && strings.IndexByte(" \t\r\n", s.text[s.pos]) >= 0 {
		s.pos++
	}
	s.at = s.pos
	rest := s.text[s.pos:]
	s.kind, s.token = 'o', ""
	if rest == "" {
		return
	}
	c := rest[0]
	switch {
	case c == '"' || c == '\'':
		end := strings.IndexByte(rest[1:], c)
		if end < 0 {
			s.fail(s.at, "the text that begins with %c does not end", c)
		}
		s.kind, s.token = 'l', rest[:end+2]
	case digit(c) || c == '.' && len(rest) > 1 && digit(rest[1]):
		n := span(rest, digit)
		if n < len(rest) && rest[n] == '.' {
			n += 1 + span(rest[n+1:], digit)
		}
		s.kind, s.token = 'd', rest[:n]
	case nameLength(rest) > 0:
		s.kind, s.token = 'n', rest[:nameLength(rest)]
	default:
		for _, two := range []string{"//", "..", "::", "!=", "<=", ">="} {
			if strings.HasPrefix(rest, two) {
				s.token = two
			}
		}
		if s.token == "" {
			r, n := utf8.DecodeRuneInString(rest)
			if strings.IndexByte("()[]@,/|+-=<>*.", c) < 0 {
				if c == '$' {
					s.fail(s.at, "there are no variables here")
				}
				s.fail(s.at, "%q has no meaning in an expression", r)
			}
			s.token = rest[:n]
		}
	}
	s.pos += len(s.token)
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func span(text string, is func(byte) bool) int {
	n := 0
	for n < len(text) && is(text[n]) {
		n++
	}
	return n
}

// nameLength is the length of the name, with its prefix, that a text begins
// with.
func nameLength(text string) int {
	n := partLength(text)
	if n > 0 && strings.HasPrefix(text[n:], ":") && !strings.HasPrefix(text[n:], "::") {
		if strings.HasPrefix(text[n+1:], "*") {
			return n + 2
		}
		if more := partLength(text[n+1:]); more > 0 {
			return n + 1 + more
		}
	}
	return n
}

func partLength(text string) int {
	for i, r := range text {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xC0 && r != 0xD7 && r != 0xF7 && r != utf8.RuneError
		if !letter && (i == 0 || r != '-' && r != '.' && r != 0xB7 && !(r >= '0' && r <= '9')) {
			return i
		}
	}
	return len(text)
}

// is tells whether the token is one of these symbols or, where a name can only
// be an operator, one of these words.
func (s *syntax) is(tokens ...string) bool {
	for _, t := range tokens {
		if s.token == t && (s.kind == 'o' || s.kind == 'n') {
			return true
		}
	}
	return false
}

func (s *syntax) want(token, what string) {
	if !s.is(token) {
		s.fail(s.at, "%s stands where %s is wanted", s.shown(), what)
	}
	s.next()
}

// after tells whether a symbol follows the token.
func (s *syntax) after(symbol string) bool {
	return strings.HasPrefix(strings.TrimLeft(s.text[s.pos:], " \t\r\n"), symbol)
}
