package query

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"unicode/utf8"
)

// function is what may be called: the least and the most arguments, what it
// gives, and whether its first argument must be nodes.
type function struct {
	least, most int
	result      kind
	nodes       bool
}

// maxArguments is what concat() takes.
const maxArguments = 100

// functions lists all of them. To add one: its line here, and its case in
// [call.eval].
var functions = map[string]function{
	"last": {0, 0, number, false}, "position": {0, 0, number, false}, "count": {1, 1, number, true}, "sum": {1, 1, number, true},
	"number": {0, 1, number, false}, "floor": {1, 1, number, false}, "ceiling": {1, 1, number, false}, "round": {1, 1, number, false},
	"string-length": {0, 1, number, false},
	"boolean":       {1, 1, boolean, false}, "not": {1, 1, boolean, false}, "true": {0, 0, boolean, false}, "false": {0, 0, boolean, false},
	"starts-with": {2, 2, boolean, false}, "contains": {2, 2, boolean, false},
	"name": {0, 1, text, true}, "local-name": {0, 1, text, true}, "string": {0, 1, text, false},
	"concat": {2, maxArguments, text, false}, "substring-before": {2, 2, text, false}, "substring-after": {2, 2, text, false},
	"substring": {2, 3, text, false}, "normalize-space": {0, 1, text, false}, "translate": {3, 3, text, false},
	// of later versions of XPath
	"ends-with": {2, 2, boolean, false}, "matches": {2, 2, boolean, false}, "replace": {3, 3, text, false},
	"lower-case": {1, 1, text, false}, "upper-case": {1, 1, text, false}, "string-join": {2, 2, text, true},
}

// call is a function call.
type call struct {
	name string
	function
	arguments []expr
	pattern   *regexp.Regexp // of matches and replace, where it is written out
}

func (f *call) gives() kind { return f.result }

// prepare compiles a pattern that is written out.
func (f *call) prepare() (err error) {
	if f.name != "matches" && f.name != "replace" {
		return nil
	}
	if l, ok := f.arguments[1].(literal); ok && l.kind == text {
		f.pattern, err = regexp.Compile(l.text)
	}
	return err
}

func (f *call) eval(c scope) value {
	switch f.result {
	case number:
		return value{kind: number, number: f.number(c)}
	case boolean:
		return value{kind: boolean, boolean: f.boolean(c)}
	}
	return value{kind: text, text: f.string(c)}
}

// argument evaluates an argument; where it is left out the node stands for it.
func (f *call) argument(c scope, i int) value {
	if i < len(f.arguments) {
		return f.arguments[i].eval(c)
	}
	return value{kind: nodeSet, set: []int32{c.node}}
}

func (f *call) text(c scope, i int) string { return c.tree.string(f.argument(c, i)) }

// number calls a function that gives a number.
func (f *call) number(c scope) float64 {
	switch f.name {
	case "last":
		return float64(c.size)
	case "position":
		return float64(c.position)
	case "count":
		return float64(len(f.argument(c, 0).set))
	case "sum":
		sum := 0.0
		for _, n := range f.argument(c, 0).set {
			c.tree.look()
			sum += parseNumber(c.tree.value(n))
		}
		return sum
	case "string-length":
		return float64(utf8.RuneCountInString(f.text(c, 0)))
	}
	n := c.tree.number(f.argument(c, 0))
	switch f.name {
	case "floor":
		return math.Floor(n)
	case "ceiling":
		return math.Ceil(n)
	case "round":
		return round(n)
	}
	return n
}

// round rounds a half up.
func round(n float64) float64 { return math.Floor(n + 0.5) }

// boolean calls a function that gives a truth value.
func (f *call) boolean(c scope) bool {
	switch f.name {
	case "true", "false":
		return f.name == "true"
	case "boolean":
		return truth(f.argument(c, 0))
	case "not":
		return !truth(f.argument(c, 0))
	}
	text, other := f.text(c, 0), f.text(c, 1)
	switch f.name {
	case "starts-with":
		return strings.HasPrefix(text, other)
	case "ends-with":
		return strings.HasSuffix(text, other)
	case "contains":
		return strings.Contains(text, other)
	}
	return f.compiled(other).MatchString(text)
}

// compiled is the pattern of a call.
func (f *call) compiled(text string) *regexp.Regexp {
	if f.pattern != nil {
		return f.pattern
	}
	p, err := regexp.Compile(text)
	if err != nil {
		panic(failed{fmt.Errorf("%s(): %w", f.name, err)})
	}
	return p
}

// string calls a function that gives a text.
func (f *call) string(c scope) string {
	switch f.name {
	case "name", "local-name":
		set := f.argument(c, 0).set
		if len(set) == 0 {
			return ""
		}
		name := c.tree.nodes[set[0]].name
		if _, local, ok := strings.Cut(name, ":"); ok && f.name == "local-name" {
			return local
		}
		return name
	case "concat":
		var b strings.Builder
		for i := range f.arguments {
			b.WriteString(f.text(c, i))
		}
		return b.String()
	case "string-join":
		var parts []string
		for _, n := range f.argument(c, 0).set {
			c.tree.look()
			parts = append(parts, c.tree.value(n))
		}
		return strings.Join(parts, f.text(c, 1))
	}
	text := f.text(c, 0)
	switch f.name {
	case "normalize-space":
		return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == '\n' }), " ")
	case "lower-case":
		return strings.ToLower(text)
	case "upper-case":
		return strings.ToUpper(text)
	case "substring-before":
		if before, _, ok := strings.Cut(text, f.text(c, 1)); ok {
			return before
		}
		return ""
	case "substring-after":
		_, after, _ := strings.Cut(text, f.text(c, 1))
		return after
	case "substring":
		return f.substring(c, text)
	case "translate":
		return translate(text, f.text(c, 1), f.text(c, 2))
	case "replace":
		return f.compiled(f.text(c, 1)).ReplaceAllString(text, f.text(c, 2))
	}
	return text
}

// substring counts characters from 1, and rounds as XPath says.
func (f *call) substring(c scope, text string) string {
	from := round(c.tree.number(f.argument(c, 1)))
	to := math.Inf(1)
	if len(f.arguments) == 3 {
		to = from + round(c.tree.number(f.argument(c, 2)))
	}
	var b strings.Builder
	position := 1.0
	for _, r := range text {
		if position >= from && position < to {
			b.WriteRune(r)
		}
		position++
	}
	return b.String()
}

// translate replaces characters by those at the same place, or drops them.
func translate(text, from, to string) string {
	target := []rune(to)
	place := map[rune]int{}
	for i, r := range []rune(from) {
		if _, twice := place[r]; !twice {
			place[r] = i
		}
	}
	return strings.Map(func(r rune) rune {
		i, ok := place[r]
		switch {
		case !ok:
			return r
		case i < len(target):
			return target[i]
		}
		return -1
	}, text)
}
