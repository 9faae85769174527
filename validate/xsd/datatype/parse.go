package datatype

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// nodeKind says what a node of a parsed expression matches.
type nodeKind uint8

const (
	nodeSet       nodeKind = iota // one character of a set
	nodeConcat                    // all operands in order; the empty string if none
	nodeAlternate                 // any one of the operands
	nodeRepeat                    // the only operand, low to high times
)

// unbounded is the high of a repetition without upper bound.
const unbounded = -1

type node struct {
	kind      nodeKind
	set       int // index into parser.sets
	low, high int
	operands  []*node
}

// maxDepth bounds how deep groups may nest, since parsing and compiling
// recurse.
const maxDepth = 1000

// maxCount bounds the numbers in a quantifier: more repetitions would exceed
// the number of states anyway.
const maxCount = maxNFAStates

// parser turns an expression into a tree. The productions named in comments are
// those of XML Schema Part 2, appendix F.
type parser struct {
	expr  string
	pos   int
	depth int

	sets  []runeSet
	index map[string]int // key of a set -> its index in sets
}

// end is what peek returns behind the last character.
const end rune = -1

func (p *parser) peek() rune {
	if p.pos == len(p.expr) {
		return end
	}
	r, _ := utf8.DecodeRuneInString(p.expr[p.pos:])
	return r
}

func (p *parser) next() rune {
	if p.pos == len(p.expr) {
		return end
	}
	r, size := utf8.DecodeRuneInString(p.expr[p.pos:])
	p.pos += size
	return r
}

// accept consumes r if it comes next.
func (p *parser) accept(r rune) bool {
	if p.peek() != r {
		return false
	}
	p.next()
	return true
}

func (p *parser) errorf(format string, args ...any) error {
	return fmt.Errorf("at byte %d: %s", p.pos, fmt.Sprintf(format, args...))
}

// parse reads the whole expression.
func (p *parser) parse() (*node, error) {
	if !utf8.ValidString(p.expr) {
		return nil, errors.New("not valid UTF-8")
	}
	p.index = make(map[string]int)
	n, err := p.regExp()
	if err != nil {
		return nil, err
	}
	if p.peek() != end {
		return nil, p.errorf(`")" without "("`)
	}
	return n, nil
}

// regExp ::= branch ( '|' branch )*
func (p *parser) regExp() (*node, error) {
	alternate := &node{kind: nodeAlternate}
	for {
		n, err := p.branch()
		if err != nil {
			return nil, err
		}
		alternate.operands = append(alternate.operands, n)
		if !p.accept('|') {
			break
		}
	}
	if len(alternate.operands) == 1 {
		return alternate.operands[0], nil
	}
	return alternate, nil
}

// branch ::= piece*
func (p *parser) branch() (*node, error) {
	concat := &node{kind: nodeConcat}
	for {
		switch p.peek() {
		case '|', ')', end:
			return concat, nil
		}
		n, err := p.piece()
		if err != nil {
			return nil, err
		}
		concat.operands = append(concat.operands, n)
	}
}

// piece ::= atom quantifier?
func (p *parser) piece() (*node, error) {
	atom, err := p.atom()
	if err != nil {
		return nil, err
	}
	repeat := &node{kind: nodeRepeat, operands: []*node{atom}}
	switch p.peek() {
	case '?':
		repeat.low, repeat.high = 0, 1
	case '*':
		repeat.low, repeat.high = 0, unbounded
	case '+':
		repeat.low, repeat.high = 1, unbounded
	case '{':
		if err := p.quantity(repeat); err != nil {
			return nil, err
		}
		return repeat, nil
	default:
		return atom, nil
	}
	p.next()
	return repeat, nil
}

// quantity reads {n}, {n,} or {n,m}.
func (p *parser) quantity(repeat *node) error {
	p.next()
	var err error
	if repeat.low, err = p.count(); err != nil {
		return err
	}
	repeat.high = repeat.low
	if p.accept(',') {
		repeat.high = unbounded
		if p.peek() != '}' {
			if repeat.high, err = p.count(); err != nil {
				return err
			}
			if repeat.high < repeat.low {
				return p.errorf("quantifier {%d,%d} is backwards", repeat.low, repeat.high)
			}
		}
	}
	if !p.accept('}') {
		return p.errorf(`quantifier without "}"`)
	}
	return nil
}

func (p *parser) count() (int, error) {
	start := p.pos
	for '0' <= p.peek() && p.peek() <= '9' {
		p.next()
	}
	digits := p.expr[start:p.pos]
	if digits == "" {
		return 0, p.errorf("quantifier without a number")
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n > maxCount {
		return 0, p.errorf("quantifier %s exceeds %d", digits, maxCount)
	}
	return n, nil
}

// atom ::= Char | charClass | ( '(' regExp ')' )
func (p *parser) atom() (*node, error) {
	switch r := p.next(); r {
	case '(':
		return p.group()
	case '.':
		return p.setNode(lineSet), nil
	case '[':
		set, err := p.classExpr()
		if err != nil {
			return nil, err
		}
		return p.setNode(set), nil
	case '\\':
		set, err := p.escape()
		if err != nil {
			return nil, err
		}
		return p.setNode(set), nil
	case '?', '*', '+', '{', '}', ']':
		// The grammar lets braces pass as ordinary characters, but the text
		// around it counts them among the metacharacters.
		return nil, p.errorf("%q must be escaped here", r)
	default:
		return p.setNode(runeSet{{r, r}}), nil
	}
}

// group reads the rest of a group, after its "(".
func (p *parser) group() (*node, error) {
	p.depth++
	if p.depth > maxDepth {
		return nil, p.errorf("groups nest deeper than %d", maxDepth)
	}
	n, err := p.regExp()
	if err != nil {
		return nil, err
	}
	if !p.accept(')') {
		return nil, p.errorf(`"(" without ")"`)
	}
	p.depth--
	return n, nil
}

// setNode returns a node for set, which is stored once however often it occurs:
// the cost of compiling grows with the number of different sets.
func (p *parser) setNode(set runeSet) *node {
	key := make([]byte, 0, 8*len(set))
	for _, r := range set {
		key = binary.BigEndian.AppendUint32(key, uint32(r.lo))
		key = binary.BigEndian.AppendUint32(key, uint32(r.hi))
	}
	i, ok := p.index[string(key)]
	if !ok {
		i = len(p.sets)
		p.index[string(key)] = i
		p.sets = append(p.sets, set)
	}
	return &node{kind: nodeSet, set: i}
}
