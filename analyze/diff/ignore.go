package diff

import (
	"fmt"
	"strconv"
	"strings"

	rd "github.com/runhist/runhist/schemas/rundetails"
)

// Pattern is a path of elements, and perhaps of an attribute at its end, that
// is left out of the comparison with all that is in it.
type Pattern struct {
	steps     []patternStep
	attribute string // "" for an element
	whole     bool   // the steps begin at the root
}

type patternStep struct {
	name     string // "*" for any
	position int    // 0 for any
}

// UnknownName is the error of a pattern with a name that no element or
// attribute has.
type UnknownName struct{ Name string }

// Error says so.
func (e *UnknownName) Error() string {
	return fmt.Sprintf("no element or attribute is called %q", e.Name)
}

// ParsePattern reads a pattern. It looks like the path of a finding, with or
// without positions, or like the end of one: step-details/ma-connection, //server,
// @step-id, /run-history/run-details[1]/step-details[2]. An asterisk stands for
// any name. Positions are those in the document of each side.
func ParsePattern(text string) (Pattern, error) {
	var p Pattern
	rest := text
	if after, anywhere := strings.CutPrefix(rest, "//"); anywhere {
		rest = after
	} else if after, whole := strings.CutPrefix(rest, "/"); whole {
		rest, p.whole = after, true
	}
	parts := strings.Split(rest, "/")
	for i, part := range parts {
		name, position, err := parsePart(part)
		switch {
		case err != nil:
			return p, fmt.Errorf("the path %q: %w", text, err)
		case name == "" && len(parts) > 1 || name == "":
			return p, fmt.Errorf("the path %q has an empty step; // can stand only at its beginning", text)
		}
		attribute, isAttribute := strings.CutPrefix(name, "@")
		if isAttribute && i < len(parts)-1 {
			return p, fmt.Errorf("the path %q goes on behind an attribute", text)
		}
		if attribute != "*" && rd.Vocabulary().Sym([]byte(attribute)) == 0 {
			return p, fmt.Errorf("the path %q: %w", text, &UnknownName{attribute})
		}
		if isAttribute {
			p.attribute = attribute
			break
		}
		p.steps = append(p.steps, patternStep{name, position})
	}
	if p.whole && len(p.steps) > 0 && p.steps[0].name == "execution-histories" {
		p.steps = p.steps[1:]
	}
	if p.whole && len(p.steps) > 0 && p.steps[0].name == "run-details" {
		p.steps = append([]patternStep{{"run-history", 0}}, p.steps...)
	}
	return p, nil
}

// parsePart reads a name, perhaps with a position in brackets.
func parsePart(part string) (name string, position int, err error) {
	name, after, ok := strings.Cut(part, "[")
	if !ok {
		return name, 0, nil
	}
	digits, closed := strings.CutSuffix(after, "]")
	position, err = strconv.Atoi(digits)
	if !closed || err != nil || position < 1 {
		return name, 0, fmt.Errorf("%q is no position such as [2]", "["+after)
	}
	return name, position, nil
}

// ignorer follows a walk and tells what is ignored.
type ignorer struct {
	patterns []Pattern
	path     []patternStep
}

// at makes the walk go on below a path; it tells whether something of that path
// is ignored.
func (g *ignorer) at(path ...patternStep) (ignored bool) {
	g.path = g.path[:0]
	for _, step := range path {
		g.path = append(g.path, step)
		if g.matches("") {
			return true
		}
	}
	return false
}

// enter goes into an element, unless it is ignored.
func (g *ignorer) enter(name string, at *rd.Place) bool {
	g.path = append(g.path, patternStep{name, max(int(at.Index), 1)})
	if g.matches("") {
		g.leave()
		return false
	}
	return true
}

func (g *ignorer) leave() { g.path = g.path[:len(g.path)-1] }

// attribute tells whether an attribute of the element is ignored.
func (g *ignorer) attribute(name string) bool { return g.matches(name) }

func (g *ignorer) matches(attribute string) bool {
	for i := range g.patterns {
		if g.patterns[i].matches(g.path, attribute) {
			return true
		}
	}
	return false
}

func (p *Pattern) matches(path []patternStep, attribute string) bool {
	if p.attribute != attribute && (p.attribute != "*" || attribute == "") {
		return false
	}
	skip := len(path) - len(p.steps)
	if skip < 0 || p.whole && skip > 0 {
		return false
	}
	for i, s := range p.steps {
		at := path[skip+i]
		if s.name != "*" && s.name != at.name || s.position != 0 && s.position != at.position {
			return false
		}
	}
	return true
}
