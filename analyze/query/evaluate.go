package query

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// kind is what an expression gives.
type kind byte

const (
	text kind = iota
	number
	boolean
	nodeSet
)

// value is what came out of an expression.
type value struct {
	kind    kind
	text    string
	number  float64
	boolean bool
	set     []int32 // in document order, each once
}

// scope is what an expression is seen from.
type scope struct {
	tree           *tree
	node           int32
	position, size int
}

// expr is an expression.
type expr interface {
	gives() kind
	eval(scope) value
}

// literal is a value as written.
type literal struct{ value }

func (l literal) gives() kind      { return l.kind }
func (l literal) eval(scope) value { return l.value }

// sign is a number with signs before it.
type sign struct {
	of    expr
	minus bool
}

func (s *sign) gives() kind { return number }

func (s *sign) eval(c scope) value {
	n := c.tree.number(s.of.eval(c))
	if s.minus {
		n = -n
	}
	return value{kind: number, number: n}
}

// logic is "or" and "and".
type logic struct {
	left, right expr
	or          bool
}

func (l *logic) gives() kind { return boolean }

func (l *logic) eval(c scope) value {
	left := truth(l.left.eval(c))
	if left == l.or {
		return value{kind: boolean, boolean: left}
	}
	return value{kind: boolean, boolean: truth(l.right.eval(c))}
}

// arithmetic is an operation on numbers.
type arithmetic struct {
	left, right expr
	operator    string
}

func (a *arithmetic) gives() kind { return number }

func (a *arithmetic) eval(c scope) value {
	x, y := c.tree.number(a.left.eval(c)), c.tree.number(a.right.eval(c))
	switch a.operator {
	case "+":
		x += y
	case "-":
		x -= y
	case "*":
		x *= y
	case "div":
		x /= y
	default:
		x = math.Mod(x, y)
	}
	return value{kind: number, number: x}
}

// union joins two sets.
type union struct{ left, right expr }

func (u *union) gives() kind { return nodeSet }

func (u *union) eval(c scope) value {
	return value{kind: nodeSet, set: ordered(slices.Concat(u.left.eval(c).set, u.right.eval(c).set))}
}

// ordered puts a set into document order, each node once.
func ordered(set []int32) []int32 {
	if !slices.IsSorted(set) {
		slices.Sort(set)
	}
	return slices.Compact(set)
}

// filter is a set with conditions.
type filter struct {
	of         expr
	predicates []expr
}

func (f *filter) gives() kind { return nodeSet }

func (f *filter) eval(c scope) value {
	set := slices.Clone(f.of.eval(c).set)
	for _, p := range f.predicates {
		set = c.tree.keep(set, p)
	}
	return value{kind: nodeSet, set: set}
}

// keep keeps the nodes that fulfil a condition, which sees their order.
func (t *tree) keep(set []int32, condition expr) []int32 {
	kept := set[:0]
	for i, node := range set {
		t.look()
		v := condition.eval(scope{t, node, i + 1, len(set)})
		if v.kind == number && v.number == float64(i+1) || v.kind != number && truth(v) {
			kept = append(kept, node)
		}
	}
	return kept
}

// truth is what boolean() gives.
func truth(v value) bool {
	switch v.kind {
	case boolean:
		return v.boolean
	case number:
		return v.number != 0 && !math.IsNaN(v.number)
	case nodeSet:
		return len(v.set) > 0
	}
	return v.text != ""
}

// number is what number() gives.
func (t *tree) number(v value) float64 {
	switch v.kind {
	case number:
		return v.number
	case boolean:
		if v.boolean {
			return 1
		}
		return 0
	}
	return parseNumber(t.string(v))
}

// parseNumber reads what XPath takes for a number: digits, perhaps with a
// point and a minus, between white space.
func parseNumber(text string) float64 {
	text = strings.Trim(text, " \t\r\n")
	digits := strings.TrimPrefix(text, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	if whole+fraction == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return math.NaN()
	}
	n, _ := strconv.ParseFloat(text, 64) // what is too large is infinite
	return n
}

// string is what string() gives.
func (t *tree) string(v value) string {
	switch v.kind {
	case number:
		return formatNumber(v.number)
	case boolean:
		return strconv.FormatBool(v.boolean)
	case nodeSet:
		if len(v.set) == 0 {
			return ""
		}
		return t.value(v.set[0])
	}
	return v.text
}

func formatNumber(n float64) string {
	switch {
	case math.IsNaN(n):
		return "NaN"
	case math.IsInf(n, 1):
		return "Infinity"
	case math.IsInf(n, -1):
		return "-Infinity"
	case n == 0:
		return "0" // of both signs
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// comparison compares two values, or every node of a set.
type comparison struct {
	left, right expr
	operator    string
}

func (x *comparison) gives() kind { return boolean }

func (x *comparison) eval(c scope) value {
	left, right := x.left.eval(c), x.right.eval(c)
	return value{kind: boolean, boolean: c.tree.compare(left, right, x.operator)}
}

func (t *tree) compare(a, b value, operator string) bool {
	switch {
	case a.kind == nodeSet && b.kind == boolean:
		a = value{kind: boolean, boolean: len(a.set) > 0}
	case b.kind == nodeSet && a.kind == boolean:
		b = value{kind: boolean, boolean: len(b.set) > 0}
	case a.kind == nodeSet && b.kind == nodeSet:
		return t.compareSets(a.set, b.set, operator)
	case a.kind == nodeSet:
		return slices.ContainsFunc(a.set, func(n int32) bool { t.look(); return t.compare(t.textOf(n), b, operator) })
	case b.kind == nodeSet:
		return slices.ContainsFunc(b.set, func(n int32) bool { t.look(); return t.compare(a, t.textOf(n), operator) })
	}
	if operator != "=" && operator != "!=" {
		return ordering(t.number(a), t.number(b), operator)
	}
	equal := false
	switch {
	case a.kind == boolean || b.kind == boolean:
		equal = truth(a) == truth(b)
	case a.kind == number || b.kind == number:
		equal = t.number(a) == t.number(b)
	default:
		equal = a.text == b.text
	}
	return equal == (operator == "=")
}

func (t *tree) textOf(node int32) value { return value{kind: text, text: t.value(node)} }

func ordering(a, b float64, operator string) bool {
	switch operator {
	case "<":
		return a < b
	case "<=":
		return a <= b
	case ">":
		return a > b
	}
	return a >= b
}

// compareSets tells whether any two nodes of two sets compare, in time that
// grows with the sum of their sizes.
func (t *tree) compareSets(a, b []int32, operator string) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	switch operator {
	case "=", "!=":
		known := make(map[string]bool, len(a))
		for _, n := range a {
			t.look()
			known[t.value(n)] = true
		}
		for _, n := range b {
			t.look()
			same := known[t.value(n)]
			if operator == "=" && same || operator == "!=" && (!same || len(known) > 1) {
				return true
			}
		}
		return false
	}
	// The smallest and the largest decide.
	least, most := t.extremes(a)
	left := map[bool]float64{true: least, false: most}[operator[0] == '<']
	least, most = t.extremes(b)
	right := map[bool]float64{true: most, false: least}[operator[0] == '<']
	return ordering(left, right, operator)
}

// extremes are the smallest and largest number among nodes; NaN where none has
// one.
func (t *tree) extremes(set []int32) (least, most float64) {
	least, most = math.NaN(), math.NaN()
	for _, node := range set {
		t.look()
		if n := parseNumber(t.value(node)); !math.IsNaN(n) {
			if math.IsNaN(least) {
				least, most = n, n
			}
			least, most = min(least, n), max(most, n)
		}
	}
	return least, most
}
