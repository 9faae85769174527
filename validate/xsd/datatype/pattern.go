package datatype

import (
	"fmt"
	"unicode/utf8"
)

// Pattern is a compiled pattern facet. It is safe for concurrent use.
type Pattern struct {
	expr string

	// The column of each byte. Bytes outside of ASCII share the last column,
	// which tells where any character outside of ASCII leads, or decodeRow when
	// that depends on the character or on how many bytes it has.
	columns [256]uint32

	// Columns of the characters outside of ASCII, by interval.
	starts       []rune
	startColumns []uint32

	// States are offsets of their rows in next, so that a transition costs one
	// addition and one load. Row 0 is dead, the next one stands for decoding a
	// character, and the accepting states are last.
	next   []uint32
	start  uint32
	live   uint32 // first row of a live state
	accept uint32 // first row of an accepting state
}

// CompilePattern compiles an expression in the dialect of the pattern facet
// (XML Schema Part 2, appendix F). Unicode blocks, \p{Is..}, are not supported,
// and expressions that would need very large automata are refused.
func CompilePattern(expr string) (*Pattern, error) {
	p, err := compile(expr)
	if err != nil {
		return nil, fmt.Errorf("pattern %q: %w", expr, err)
	}
	return p, nil
}

func compile(expr string) (*Pattern, error) {
	source := parser{expr: expr}
	root, err := source.parse()
	if err != nil {
		return nil, err
	}
	nfa, start, err := buildNFA(root)
	if err != nil {
		return nil, err
	}
	work := &budget{left: maxWork}
	parts, err := newPartition(source.sets, work)
	if err != nil {
		return nil, err
	}
	d, err := determinize(nfa, start, parts, work)
	if err != nil {
		return nil, err
	}
	return newPattern(expr, d.minimize(), parts), nil
}

// String returns the expression as it was given to CompilePattern.
func (p *Pattern) String() string { return p.expr }

// Match reports whether the expression matches the whole of value, which must
// be valid UTF-8 and have had its white space handled already.
func (p *Pattern) Match(value []byte) bool {
	state, next, stride := p.start, p.next, p.live/firstLive
	for i := 0; i < len(value); i++ {
		to := next[state+p.columns[value[i]]]
		// Staying and moving to the next row are spelled out, although the
		// last assignment covers them: as branches they can be predicted, so
		// the processor runs ahead instead of waiting for each load of a state.
		if to == state {
			continue
		}
		if to == state+stride {
			state += stride
			continue
		}
		if to < p.live {
			if to == 0 {
				return false
			}
			r, size := utf8.DecodeRune(value[i:])
			to = next[state+p.column(r)]
			if to == 0 {
				return false
			}
			i += size - 1
		}
		state = to
	}
	return state >= p.accept
}

// column returns the column of a character outside of ASCII.
func (p *Pattern) column(r rune) uint32 {
	low, high := 0, len(p.starts)
	for high-low > 1 {
		middle := int(uint(low+high) / 2)
		if p.starts[middle] <= r {
			low = middle
		} else {
			high = middle
		}
	}
	return p.startColumns[low]
}
