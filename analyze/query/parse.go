package query

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/runhist/runhist/schemas/spelling"
)

// What an expression may ask of its reader.
const (
	maxXPath = 10_000
	maxDepth = 100
)

// parse reads an expression by the grammar of XPath 1.0. What cannot be
// evaluated is a mistake already here, but for patterns of matches() and
// replace() that are computed.
func parse(text string) (e expr, err error) {
	s := &syntax{text: text}
	defer func() {
		if broken := recover(); broken != nil {
			mistake, ok := broken.(*SyntaxError)
			if !ok {
				panic(broken)
			}
			err = mistake
		}
	}()
	if len(text) > maxXPath {
		s.fail(0, "the expression is longer than %d bytes", maxXPath)
	}
	s.next()
	if s.token == "" {
		s.fail(0, "the expression is empty")
	}
	e = s.expression()
	if s.token != "" {
		s.fail(s.at, "%s does not belong here%s", s.shown(), s.open())
	}
	return e, nil
}

// operators are those of each level of precedence, the weakest first.
var operators = [][]string{{"or"}, {"and"}, {"=", "!="}, {"<", "<=", ">", ">="}, {"+", "-"}, {"*", "div", "mod"}, nil, {"|"}}

// unary is the level of the sign.
const unary = 6

// expression reads an expression.
func (s *syntax) expression() expr {
	if s.depth++; s.depth > maxDepth {
		s.fail(s.at, "the expression is nested deeper than %d", maxDepth)
	}
	e := s.level(0)
	s.depth--
	return e
}

// level reads operands and the operators of a level between them.
func (s *syntax) level(l int) expr {
	switch l {
	case len(operators):
		return s.operand()
	case unary:
		minus := 0
		for s.is("-") {
			minus++
			s.next()
		}
		e := s.level(l + 1)
		if minus > 0 {
			return &sign{e, minus%2 == 1}
		}
		return e
	}
	left := s.level(l + 1)
	for s.is(operators[l]...) {
		operator, at := s.token, s.at
		s.next()
		right := s.level(l + 1)
		if operator == "|" && (left.gives() != nodeSet || right.gives() != nodeSet) {
			s.fail(at, `"|" joins two sets of nodes`)
		}
		left = binary(l, operator, left, right)
	}
	return left
}

// binary joins two operands.
func binary(level int, operator string, left, right expr) expr {
	switch level {
	case 0, 1:
		return &logic{left, right, operator == "or"}
	case 2, 3:
		return &comparison{left, right, operator}
	case 4, 5:
		return &arithmetic{left, right, operator}
	}
	return &union{left, right}
}

// operand reads a path, or what a path may begin with.
func (s *syntax) operand() expr {
	var start expr
	switch {
	case s.kind == 'l':
		written := s.token[1 : len(s.token)-1]
		s.next()
		return literal{value{kind: text, text: written}}
	case s.kind == 'd':
		n, _ := strconv.ParseFloat(s.token, 64) // digits and a point: it can only be too large
		s.next()
		return literal{value{kind: number, number: n}}
	case s.is("("):
		s.next()
		start = s.expression()
		s.want(")", `")"`)
	case s.kind == 'n' && s.after("(") && !nodeType(s.token):
		start = s.call()
	default:
		return s.path(nil)
	}
	if !s.is("[", "/", "//") {
		return start
	}
	if start.gives() != nodeSet {
		s.fail(s.at, "%s can follow nodes only, and here stands a value", s.shown())
	}
	if s.is("[") {
		start = &filter{start, s.predicates()}
	}
	return s.path(start)
}

// path reads steps, behind a start where there is one.
func (s *syntax) path(start expr) expr {
	p := &path{start: start}
	switch {
	case start != nil:
	case s.is("/"):
		p.absolute = true
		s.next()
		if !s.begins() {
			return p
		}
		p.add(s.step())
	case s.is("//"):
		p.absolute = true
	default:
		p.add(s.step())
	}
	for s.is("/", "//") {
		if s.is("//") {
			p.add(step{axis: descendantOrSelf, test: test{kind: anyNode}})
		}
		s.next()
		p.add(s.step())
	}
	return p
}

// begins tells whether a step begins here.
func (s *syntax) begins() bool { return s.kind == 'n' || s.is(".", "..", "@", "*") }

func nodeType(name string) bool {
	return name == "node" || name == "text" || name == "comment" || name == "processing-instruction"
}

// call reads a function call.
func (s *syntax) call() expr {
	at, name := s.at, s.token
	f, known := functions[name]
	if !known {
		s.fail(at, "there is no function %s()%s", name, meant(name, slices.Sorted(maps.Keys(functions)), "()"))
	}
	c := &call{name: name, function: f}
	s.next()
	s.next()
	for !s.is(")") {
		if len(c.arguments) > 0 {
			s.want(",", `"," or ")"`)
		}
		argument := s.at
		c.arguments = append(c.arguments, s.expression())
		if len(c.arguments) == 1 && f.nodes && c.arguments[0].gives() != nodeSet {
			s.fail(argument, "%s() is about nodes, and here stands a value", name)
		}
	}
	s.next()
	if n := len(c.arguments); n < f.least || n > f.most {
		want := fmt.Sprint(f.least)
		if f.most != f.least {
			want = fmt.Sprintf("%d to %d", f.least, f.most)
		}
		s.fail(at, "%s() takes %s arguments, not %d", name, want, n)
	}
	if err := c.prepare(); err != nil {
		s.fail(at, "%s(): %v", name, err)
	}
	return c
}

// meant suggests a name.
func meant(name string, names []string, suffix string) string {
	if near := spelling.Nearest(name, names, 1); len(near) > 0 {
		return ": did you mean " + near[0] + suffix + "?"
	}
	return ""
}

// step reads a step.
func (s *syntax) step() step {
	st := step{axis: child}
	switch {
	case s.is(".", ".."):
		st.axis = self
		if s.is("..") {
			st.axis = parent
		}
		st.test = test{kind: anyNode}
		s.next()
		if s.is("[") {
			s.fail(s.at, `a condition cannot follow "." or "..": write "self::node()[...]" or "parent::node()[...]"`)
		}
		return st
	case s.is("@"):
		st.axis = attribute
		s.next()
	case s.kind == 'n' && s.after("::"):
		i := slices.Index(axes, s.token)
		if i < 0 {
			s.fail(s.at, "there is no axis %q%s", s.token, meant(s.token, axes, ""))
		}
		st.axis = axis(i)
		s.next()
		s.next()
	case s.kind != 'n' && !s.is("*"):
		s.fail(s.at, "%s stands where a path or a value is wanted%s", s.shown(), s.open())
	}
	st.test = s.nodeTest()
	st.predicates = s.predicates()
	return st
}

// nodeTest reads what a step selects.
func (s *syntax) nodeTest() test {
	if s.kind != 'n' && !s.is("*") {
		s.fail(s.at, "%s stands where a name is wanted", s.shown())
	}
	name := s.token
	if s.kind == 'n' && s.after("(") {
		if !nodeType(name) {
			s.fail(s.at, "the function %s() cannot be a step", name)
		}
		s.next()
		s.next()
		if name == "processing-instruction" && s.kind == 'l' {
			s.next()
		}
		s.want(")", `")"`)
		return test{kind: map[string]testKind{"node": anyNode, "text": textNode}[name]}
	}
	s.next()
	switch prefix, local, prefixed := strings.Cut(name, ":"); {
	case name == "*":
		return test{kind: anyName}
	case prefixed && local == "*":
		return test{kind: anyOfPrefix, name: prefix + ":"}
	}
	return test{kind: named, name: name}
}

// predicates reads the conditions of a step, or of a set of nodes.
func (s *syntax) predicates() []expr {
	var all []expr
	for s.is("[") {
		at := s.at
		s.next()
		all = append(all, s.expression())
		if s.token == "" {
			s.fail(at, `the "[" is not closed`)
		}
		s.want("]", `"]"`)
	}
	return all
}
