package datatype

import (
	"encoding/binary"
	"unicode/utf8"
)

// deadRow and decodeRow are the rows that are not live states.
const (
	deadRow   = 0
	decodeRow = 1
	firstLive = 2
)

// newPattern lays out an automaton for matching.
func newPattern(expr string, d *dfa, parts *partition) *Pattern {
	column, columns := d.mergeClasses()
	p := &Pattern{expr: expr}
	p.layColumns(parts, column, uint32(len(columns)))

	rows, accept := d.order()
	stride := uint32(len(columns)) + 1
	p.next = make([]uint32, (len(d.accept)+1)*int(stride))
	for state := range d.accept {
		row := p.next[rows[state]*stride:][:stride]
		for i, class := range columns {
			row[i] = rows[d.row(int32(state))[class]] * stride
		}
	}
	p.start, p.live, p.accept = rows[d.start]*stride, firstLive*stride, accept*stride
	for state := range d.accept {
		row := rows[state] * stride
		p.next[row+stride-1] = p.beyondASCII(row, stride)
	}
	return p
}

// layColumns fills the tables that lead from characters to columns.
func (p *Pattern) layColumns(parts *partition, column []uint32, last uint32) {
	for i, start := range parts.starts {
		c := column[parts.classOf[i]]
		for r := start; r < utf8.RuneSelf && (i+1 == len(parts.starts) || r < parts.starts[i+1]); r++ {
			p.columns[r] = c
		}
		if i+1 < len(parts.starts) && parts.starts[i+1] <= utf8.RuneSelf {
			continue
		}
		if n := len(p.startColumns); n == 0 || p.startColumns[n-1] != c {
			p.starts = append(p.starts, start)
			p.startColumns = append(p.startColumns, c)
		}
	}
	for b := utf8.RuneSelf; b < len(p.columns); b++ {
		p.columns[b] = last
	}
}

// beyondASCII returns where all characters outside of ASCII lead from a row,
// given that they lead to one state and that this state keeps to itself on any
// more of them: then their bytes may be taken one by one.
func (p *Pattern) beyondASCII(row, stride uint32) uint32 {
	to := p.next[row+p.startColumns[0]]
	for _, c := range p.startColumns {
		if p.next[row+c] != to || p.next[to+c] != to {
			return decodeRow * stride
		}
	}
	return to
}

// mergeClasses finds the classes that every state treats alike, as often there
// are after minimising. It returns the new number of each class, and a class
// for each new number.
func (d *dfa) mergeClasses() (column []uint32, columns []int) {
	column = make([]uint32, d.classes)
	ids := make(map[string]uint32)
	var key []byte
	for class := range d.classes {
		key = key[:0]
		for state := range d.accept {
			key = binary.LittleEndian.AppendUint32(key, uint32(d.row(int32(state))[class]))
		}
		id, ok := ids[string(key)]
		if !ok {
			id = uint32(len(columns))
			ids[string(key)] = id
			columns = append(columns, class)
		}
		column[class] = id
	}
	return column, columns
}

// order returns the row of each state: the dead state first, the accepting
// states last. It also returns the first row of an accepting state.
func (d *dfa) order() (rows []uint32, accept uint32) {
	rows = make([]uint32, len(d.accept))
	row := uint32(firstLive)
	for _, accepting := range []bool{false, true} {
		accept = row
		for state, a := range d.accept {
			if a == accepting && state != deadRow {
				rows[state] = row
				row++
			}
		}
	}
	return rows, accept
}
