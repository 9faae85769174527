package datatype

import "math"

// integer is a parsed integer literal. The magnitude saturates: overflow is set
// when it does not fit.
type integer struct {
	magnitude uint64
	negative  bool
	overflow  bool
}

// ParseUnsigned returns the number that value denotes, so that range facets can
// be compared with it. It collapses white space. The lexical form of the
// unsigned types is digits alone (XML Schema Part 2, 3.3.21.1 to 3.3.24.1), so
// a sign makes the value Malformed; but a negative number is called OutOfRange,
// which says better what is wrong with it, as is one beyond 64 bits.
func ParseUnsigned(value []byte) (uint64, Verdict) {
	if n, ok := shortDigits(value); ok {
		return n, Valid
	}
	value = TrimSpace(value)
	i, ok := parseInteger(value)
	switch {
	case !ok, value[0] == '+', i.negative && i.magnitude == 0 && !i.overflow:
		return 0, Malformed
	case i.overflow, i.negative:
		return 0, OutOfRange
	default:
		return i.magnitude, Valid
	}
}

// shortDigits parses the usual case: digits only, and too few to overflow.
func shortDigits(value []byte) (uint64, bool) {
	if len(value) == 0 || len(value) > 19 {
		return 0, false
	}
	var n uint64
	for _, c := range value {
		d := c - '0'
		if d > 9 {
			return 0, false
		}
		n = n*10 + uint64(d)
	}
	return n, true
}

// parseInteger parses an optional sign and digits.
func parseInteger(value []byte) (integer, bool) {
	var i integer
	if len(value) > 0 && (value[0] == '-' || value[0] == '+') {
		i.negative = value[0] == '-'
		value = value[1:]
	}
	if len(value) == 0 {
		return i, false
	}
	for _, c := range value {
		d := c - '0'
		if d > 9 {
			return i, false
		}
		if i.magnitude > (math.MaxUint64-uint64(d))/10 {
			// Keep going: a letter further on still makes it malformed.
			i.overflow = true
			continue
		}
		i.magnitude = i.magnitude*10 + uint64(d)
	}
	return i, true
}

func checkUnsigned(value []byte, maximum uint64) Verdict {
	n, v := ParseUnsigned(value)
	if v == Valid && n > maximum {
		return OutOfRange
	}
	return v
}

func checkInteger(value []byte, l *limits) Verdict {
	i, ok := parseInteger(TrimSpace(value))
	if !ok {
		return Malformed
	}
	if i.magnitude == 0 && !i.overflow {
		if l.notZero {
			return OutOfRange
		}
		return Valid
	}
	bound, unbounded := l.max, l.noMax
	if i.negative {
		bound, unbounded = l.min, l.noMin
	}
	if !unbounded && (i.overflow || i.magnitude > bound) {
		return OutOfRange
	}
	return Valid
}

func isBoolean(value []byte) bool {
	switch string(value) {
	case "true", "false", "1", "0":
		return true
	default:
		return false
	}
}

// isDecimal accepts a period without digits on one of its sides. XSD 1.0 is
// vague about it; libxml2 accepts it and XSD 1.1 has it in its grammar.
func isDecimal(value []byte) bool {
	rest, ok := cutDecimal(value)
	return ok && len(rest) == 0
}

// isFloat checks float and double. No literal is out of range: one that is too
// large denotes infinity, one that is too small zero.
func isFloat(value []byte) bool {
	switch string(value) {
	case "INF", "-INF", "NaN":
		return true
	}
	rest, ok := cutDecimal(value)
	if !ok {
		return false
	}
	if len(rest) == 0 {
		return true
	}
	if rest[0] != 'e' && rest[0] != 'E' {
		return false
	}
	_, ok = parseInteger(rest[1:])
	return ok
}

// cutDecimal cuts a decimal literal off the front of value.
func cutDecimal(value []byte) (rest []byte, ok bool) {
	if len(value) > 0 && (value[0] == '-' || value[0] == '+') {
		value = value[1:]
	}
	whole := countDigits(value)
	value = value[whole:]
	fraction := 0
	if len(value) > 0 && value[0] == '.' {
		fraction = countDigits(value[1:])
		value = value[1+fraction:]
	}
	return value, whole+fraction > 0
}

// countDigits returns how many ASCII digits value starts with.
func countDigits(value []byte) int {
	n := 0
	for n < len(value) && value[n]-'0' <= 9 {
		n++
	}
	return n
}
