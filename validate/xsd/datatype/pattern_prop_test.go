package datatype

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// alphabet is what random values consist of: a letter, a digit, what a pattern
// may treat specially, and characters of two, three and four bytes.
var alphabet = []rune{'a', 'b', 'c', '1', '-', '_', ' ', '\n', 'é', 'Ж', '日', '😀'}

// expression is a random expression with a matcher of its own, which knows
// nothing about automata: from a set of positions it finds the positions where
// a match may end.
type expression struct {
	xsd  string
	ends func(value []rune, from map[int]bool) map[int]bool
}

func character(xsd string, matches func(r rune) bool) expression {
	return expression{xsd, func(value []rune, from map[int]bool) map[int]bool {
		to := make(map[int]bool)
		for i := range from {
			if i < len(value) && matches(value[i]) {
				to[i+1] = true
			}
		}
		return to
	}}
}

func (e expression) match(value []rune) bool {
	return e.ends(value, map[int]bool{0: true})[len(value)]
}

// literals are the characters of the alphabet as expressions spell them.
var literals = map[rune]string{'-': `\-`, '\n': `\n`}

func spell(r rune) string {
	if s, ok := literals[r]; ok {
		return s
	}
	return string(r)
}

// namedClasses are escapes with what they match of the alphabet.
var namedClasses = []struct{ xsd, matches string }{
	{`.`, "abc1-_ éЖ日😀"},
	{`\d`, "1"},
	{`\D`, "abc-_ \néЖ日😀"},
	{`\s`, " \n"},
	{`\S`, "abc1-_éЖ日😀"},
	{`\w`, "abc1éЖ日😀"},
	{`\W`, "-_ \n"},
	{`\i`, "abc_éЖ日"},
	{`\I`, "1- \n😀"},
	{`\c`, "abc1-_éЖ日"},
	{`\C`, " \n😀"},
	{`\p{L}`, "abcéЖ日"},
	{`\P{Ll}`, "1-_ \nЖ日😀"},
	{`\p{So}`, "😀"},
}

func drawClass(t *rapid.T, depth int) (xsd string, matches func(rune) bool) {
	var text strings.Builder
	var parts []func(rune) bool
	for range rapid.IntRange(1, 3).Draw(t, "parts") {
		lo := rapid.SampledFrom(alphabet).Draw(t, "lo")
		hi := rapid.SampledFrom(alphabet).Draw(t, "hi")
		named := rapid.SampledFrom(namedClasses[1:]).Draw(t, "named")
		switch rapid.IntRange(0, 2).Draw(t, "part") {
		case 0:
			text.WriteString(spell(lo))
			parts = append(parts, func(r rune) bool { return r == lo })
		case 1:
			lo, hi = min(lo, hi), max(lo, hi)
			text.WriteString(spell(lo) + "-" + spell(hi))
			parts = append(parts, func(r rune) bool { return lo <= r && r <= hi })
		case 2:
			text.WriteString(named.xsd)
			parts = append(parts, func(r rune) bool { return strings.ContainsRune(named.matches, r) })
		}
	}
	negative := rapid.Bool().Draw(t, "negative")
	minus, minusMatches := "", func(rune) bool { return false }
	if depth > 0 && rapid.Bool().Draw(t, "subtract") {
		minus, minusMatches = drawClass(t, depth-1)
		minus = "-" + minus
	}
	caret := ""
	if negative {
		caret = "^"
	}
	return "[" + caret + text.String() + minus + "]", func(r rune) bool {
		found := false
		for _, part := range parts {
			found = found || part(r)
		}
		return found != negative && !minusMatches(r)
	}
}

func drawExpression(t *rapid.T, depth int) expression {
	choice := rapid.IntRange(0, 6).Draw(t, "node")
	if depth == 0 {
		choice = min(choice, 2)
	}
	switch choice {
	case 0:
		r := rapid.SampledFrom(alphabet).Draw(t, "literal")
		return character(spell(r), func(c rune) bool { return c == r })
	case 1:
		named := rapid.SampledFrom(namedClasses).Draw(t, "escape")
		return character(named.xsd, func(r rune) bool { return strings.ContainsRune(named.matches, r) })
	case 2:
		return character(drawClass(t, 2))
	case 3:
		return drawAlternation(t, depth)
	case 4:
		return drawRepetition(t, depth)
	default:
		return drawSequence(t, depth)
	}
}

func drawSequence(t *rapid.T, depth int) expression {
	var xsd strings.Builder
	var operands []expression
	for range rapid.IntRange(0, 3).Draw(t, "operands") {
		e := drawExpression(t, depth-1)
		xsd.WriteString(e.xsd)
		operands = append(operands, e)
	}
	return expression{"(" + xsd.String() + ")", func(value []rune, from map[int]bool) map[int]bool {
		for _, e := range operands {
			from = e.ends(value, from)
		}
		return from
	}}
}

func drawAlternation(t *rapid.T, depth int) expression {
	a, b := drawExpression(t, depth-1), drawExpression(t, depth-1)
	return expression{"(" + a.xsd + "|" + b.xsd + ")", func(value []rune, from map[int]bool) map[int]bool {
		to := make(map[int]bool)
		for _, e := range []expression{a, b} {
			for i := range e.ends(value, from) {
				to[i] = true
			}
		}
		return to
	}}
}

func drawRepetition(t *rapid.T, depth int) expression {
	e := drawExpression(t, depth-1)
	low := rapid.IntRange(0, 3).Draw(t, "low")
	high := low + rapid.IntRange(0, 3).Draw(t, "more")
	quantifier := fmt.Sprintf("{%d,%d}", low, high)
	switch rapid.IntRange(0, 5).Draw(t, "quantifier") {
	case 0:
		low, high, quantifier = 0, 1, "?"
	case 1:
		low, high, quantifier = 0, unbounded, "*"
	case 2:
		low, high, quantifier = 1, unbounded, "+"
	case 3:
		high, quantifier = unbounded, fmt.Sprintf("{%d,}", low)
	case 4:
		high, quantifier = low, fmt.Sprintf("{%d}", low)
	}
	return expression{"(" + e.xsd + ")" + quantifier, func(value []rune, from map[int]bool) map[int]bool {
		for range low {
			from = e.ends(value, from)
		}
		to := maps.Clone(from)
		// Without a bound, more rounds than characters bring nothing new.
		for n := low; n != high && n <= low+len(value); n++ {
			from = e.ends(value, from)
			for i := range from {
				to[i] = true
			}
		}
		return to
	}}
}

func TestMatchAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawExpression(t, 4)
		p, err := CompilePattern(e.xsd)
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			value := rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 8).Draw(t, "value")
			if got, want := p.Match([]byte(string(value))), e.match(value); got != want {
				t.Fatalf("%q matches %q: %v, want %v", e.xsd, string(value), got, want)
			}
		}
	})
}

// TestMatchAgainstRegexp compares with package regexp on the expressions that
// both dialects spell the same way.
func TestMatchAgainstRegexp(t *testing.T) {
	pieces := []string{"a", "b", "1", "[ab]", "[^a]", "[a-c1]", "(", ")", "|", "*", "+", "?", "{2}", "{1,}", "{0,2}",
		`\-`, `\n`, "é", "日", `\p{L}`, `\P{Lu}`, "[^é-日]"}
	rapid.Check(t, func(t *rapid.T) {
		expr := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 12).Draw(t, "expr"), "")
		p, err := CompilePattern(expr)
		if err != nil {
			return // most sequences of pieces are not expressions
		}
		want, err := regexp.Compile(`\A(?:` + expr + `)\z`)
		if err != nil {
			t.Fatalf("%q: %v", expr, err)
		}
		for range 20 {
			value := string(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 8).Draw(t, "value"))
			if got := p.Match([]byte(value)); got != want.MatchString(value) {
				t.Fatalf("%q matches %q: %v", expr, value, got)
			}
		}
	})
}
