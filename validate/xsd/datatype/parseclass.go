package datatype

import "strings"

// classExpr reads a character class after its "[".
//
//	charClassExpr ::= '[' charGroup ']'
//	charGroup     ::= posCharGroup | negCharGroup | charClassSub
//	charClassSub  ::= ( posCharGroup | negCharGroup ) '-' charClassExpr
func (p *parser) classExpr() (runeSet, error) {
	p.depth++
	if p.depth > maxDepth {
		return nil, p.errorf("classes nest deeper than %d", maxDepth)
	}
	negative := p.accept('^')
	set, err := p.positiveGroup()
	if err != nil {
		return nil, err
	}
	if negative {
		set = set.negate()
	}
	if p.accept('-') {
		p.next() // positiveGroup stops at "-" only in front of "["
		minus, err := p.classExpr()
		if err != nil {
			return nil, err
		}
		set = set.subtract(minus)
	}
	if !p.accept(']') {
		return nil, p.errorf(`"[" without "]"`)
	}
	p.depth--
	return set, nil
}

// positiveGroup reads ranges and escapes up to "]" or to a subtraction. A "-"
// stands for itself at either end of the group only.
func (p *parser) positiveGroup() (runeSet, error) {
	var parts []runeSet
	for {
		r := p.peek()
		switch {
		case r == end:
			return nil, p.errorf(`"[" without "]"`)
		case r == '[':
			return nil, p.errorf(`"[" must be escaped in a class`)
		case r == ']', len(parts) > 0 && strings.HasPrefix(p.expr[p.pos:], "-["):
			if len(parts) == 0 {
				return nil, p.errorf("empty class")
			}
			return union(parts...), nil
		case r == '-' && len(parts) > 0 && !p.dashEndsGroup():
			return nil, p.errorf(`"-" must be escaped inside a class`)
		}
		set, err := p.classRange(len(parts) == 0)
		if err != nil {
			return nil, err
		}
		parts = append(parts, set)
	}
}

// dashEndsGroup reports whether the "-" that comes next is the last character
// of its group, which a subtraction may follow.
func (p *parser) dashEndsGroup() bool {
	rest := p.expr[p.pos+1:]
	return strings.HasPrefix(rest, "]") || strings.HasPrefix(rest, "-[")
}

// classRange reads one character, range of characters, or escape.
//
//	seRange   ::= charOrEsc '-' charOrEsc
//	charOrEsc ::= XmlChar | SingleCharEsc
func (p *parser) classRange(first bool) (runeSet, error) {
	if p.accept('-') {
		if first && p.peek() == '-' && !p.dashEndsGroup() {
			return nil, p.errorf(`"-" must be escaped inside a class`)
		}
		return runeSet{{'-', '-'}}, nil
	}
	lo, single := p.charOrEscape()
	if !single {
		return p.escape()
	}
	if p.peek() != '-' || p.dashEndsGroup() || strings.HasPrefix(p.expr[p.pos:], "-[") {
		return runeSet{{lo, lo}}, nil
	}
	p.next()
	unescaped := p.peek()
	hi, single := p.charOrEscape()
	if !single || unescaped == '-' || unescaped == end {
		return nil, p.errorf("range without an end")
	}
	if hi < lo {
		return nil, p.errorf("range %q-%q is backwards", lo, hi)
	}
	return runeSet{{lo, hi}}, nil
}

// charOrEscape reads a character, or an escape that stands for one. In front of
// any other escape it consumes the backslash and returns false.
func (p *parser) charOrEscape() (rune, bool) {
	r := p.next()
	if r != '\\' {
		return r, true
	}
	r, ok := singleEscape(p.peek())
	if ok {
		p.next()
	}
	return r, ok
}

// singleEscape returns the character that an escape with this letter stands
// for.
func singleEscape(letter rune) (rune, bool) {
	switch letter {
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 't':
		return '\t', true
	case '\\', '|', '.', '-', '^', '?', '*', '+', '{', '}', '(', ')', '[', ']':
		return letter, true
	default:
		return 0, false
	}
}

// escape reads what follows a backslash, inside or outside of a class.
func (p *parser) escape() (runeSet, error) {
	letter := p.next()
	if letter == end {
		return nil, p.errorf(`"\" at the end`)
	}
	if letter == 'p' || letter == 'P' {
		return p.category(letter == 'P')
	}
	if r, ok := singleEscape(letter); ok {
		return runeSet{{r, r}}, nil
	}
	set, ok := escapeSet(letter)
	if !ok {
		return nil, p.errorf(`unknown escape "\%c"`, letter)
	}
	return set, nil
}

// category reads the braces of \p{..} or \P{..}.
func (p *parser) category(negative bool) (runeSet, error) {
	rest, found := strings.CutPrefix(p.expr[p.pos:], "{")
	name, _, closed := strings.Cut(rest, "}")
	if !found || !closed {
		return nil, p.errorf(`\p without a category in braces`)
	}
	if strings.HasPrefix(name, "Is") {
		return nil, p.errorf(`Unicode blocks are not supported: \p{%s}`, name)
	}
	set, ok := categorySet(name)
	if !ok {
		return nil, p.errorf(`unknown category \p{%s}`, name)
	}
	p.pos += len("{") + len(name) + len("}")
	if negative {
		set = set.negate()
	}
	return set, nil
}
