// Package strict reads YAML files that people write, and tells all that is
// wrong with one in one go: an unknown key, a value of the wrong kind, a key
// that stands twice, each with its line and column and, for what looks like a
// slip, with what was probably meant. Aliases are not read, and a file has one
// document, so that a small file cannot become a large one.
//
// A caller describes mappings as tables of [Key] and reads values with the
// methods of [Reader]. The package imports schemas/spelling.
package strict

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/runhist/runhist/schemas/spelling"
	"github.com/runhist/runhist/schemas/wording"
)

// maxProblems is how many problems are told of one file.
const maxProblems = 100

// Problem is something wrong with a file. Line and Column are 1-based.
type Problem struct {
	Line, Column uint32
	Message      string
}

// Invalid is the error of a file with problems, in the order of their places.
type Invalid struct {
	Problems []Problem
}

// Error names all problems, one a line.
func (e *Invalid) Error() string {
	var lines []string
	for _, p := range e.Problems {
		lines = append(lines, fmt.Sprintf("%d:%d: %s", p.Line, p.Column, p.Message))
	}
	return strings.Join(lines, "\n")
}

// Reader reads the nodes of one file and notes what is wrong with them.
type Reader struct {
	problems []Problem
	key      *yaml.Node // whose value is read
}

// Load reads the one document of a file of at most max bytes; nil where there
// is none, or one that is no YAML. The error is that of in.
func (r *Reader) Load(in io.Reader, max int) (*yaml.Node, error) {
	text, err := io.ReadAll(io.LimitReader(in, int64(max)+1))
	if err != nil {
		return nil, err
	}
	if len(text) > max {
		r.At(1, 1, "the file is larger than %d kB", max/1000)
		return nil, nil
	}
	return r.parse(text), nil
}

// Err returns what is wrong as an [*Invalid], nil if nothing is.
func (r *Reader) Err() error {
	if len(r.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(r.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return &Invalid{r.problems[:min(len(r.problems), maxProblems)]}
}

// Count is the number of problems so far.
func (r *Reader) Count() int { return len(r.problems) }

// At notes what is wrong at a place.
func (r *Reader) At(line, column int, format string, args ...any) {
	r.problems = append(r.problems, Problem{uint32(max(line, 1)), uint32(max(column, 1)), fmt.Sprintf(format, args...)})
}

// Problem notes what is wrong with a node.
func (r *Reader) Problem(n *yaml.Node, format string, args ...any) {
	r.At(n.Line, n.Column, format, args...)
}

// Check notes an error, if it is one.
func (r *Reader) Check(n *yaml.Node, err error) {
	if err != nil {
		r.Problem(n, "%v", err)
	}
}

// Line is the line of a node, 1-based.
func Line(n *yaml.Node) uint32 { return uint32(max(n.Line, 1)) }

// Column is the column of a node, 1-based.
func Column(n *yaml.Node) uint32 { return uint32(max(n.Column, 1)) }

func (r *Reader) parse(text []byte) *yaml.Node {
	loader, err := yaml.NewLoader(strings.NewReader(string(text)))
	var document, second yaml.Node
	if err == nil {
		err = loader.Load(&document)
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err == nil && len(document.Content) == 1 {
		if err := loader.Load(&second); !errors.Is(err, io.EOF) {
			r.At(second.Line, second.Column, "the file has more than one document")
			return nil
		}
		return document.Content[0]
	}
	if err != nil {
		r.syntax(err)
	}
	return nil
}

// syntax tells what makes a file no YAML, where the library says it.
func (r *Reader) syntax(err error) {
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		r.At(1, 1, "no YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
		return
	}
	mark, message := load.Mark, load.Message
	if load.ContextMsg != "" {
		message = load.ContextMsg + ": " + message
	}
	// Where something was not closed, the place of its beginning helps more
	// than that of the end of the file.
	if c := load.ContextMark; c.Line > 0 && strings.HasSuffix(load.Message, "end of stream") {
		mark = c
	}
	r.At(mark.Line, mark.Column, "no YAML: %s", message)
}

// Key is a key of a mapping, and what reads its value.
type Key struct {
	Name string
	Read func(value *yaml.Node)
	// Hidden keys are not suggested.
	Hidden bool
}

// Key is the key whose value is read, nil outside all mappings.
func (r *Reader) Key() *yaml.Node { return r.key }

// Under reads the value of a key that was met before: what is wrong with it is
// said of that key.
func (r *Reader) Under(key *yaml.Node, read func()) {
	outer := r.key
	r.key = key
	read()
	r.key = outer
}

// Pairs hands out the keys and values of a mapping.
func (r *Reader) Pairs(n *yaml.Node, pair func(k, v *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.Wrong(n, Keys)
		return
	}
	lines := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		switch before, twice := lines[k.Value]; {
		case k.Kind != yaml.ScalarNode:
			r.Wrong(k, "a key")
		case twice:
			r.Problem(k, "the key %q stands in line %d already", k.Value, before)
		default:
			lines[k.Value] = k.Line
			r.Under(k, func() { pair(k, v) })
		}
	}
}

// Mapping reads a mapping of known keys; those required must be there.
func (r *Reader) Mapping(n *yaml.Node, keys []Key, required ...string) {
	var present []string
	r.Pairs(n, func(k, v *yaml.Node) {
		i := slices.IndexFunc(keys, func(key Key) bool { return key.Name == k.Value })
		if i < 0 {
			var names []string
			for _, key := range keys {
				if !key.Hidden {
					names = append(names, key.Name)
				}
			}
			r.Problem(k, "%s", Unknown("key", k.Value, names))
			return
		}
		present = append(present, k.Value)
		keys[i].Read(v)
	})
	if n.Kind != yaml.MappingNode {
		return
	}
	for _, name := range required {
		if !slices.Contains(present, name) {
			r.Problem(n, "the key %s is missing", name)
		}
	}
}

// List reads the items of a list.
func (r *Reader) List(n *yaml.Node, item func(*yaml.Node)) {
	if n.Kind != yaml.SequenceNode {
		r.Wrong(n, "a list")
		return
	}
	for _, i := range n.Content {
		item(i)
	}
}

// Text reads a text that is not empty; false where there is none. A date is one,
// as it is in YAML 1.2 and to a JSON Schema.
func (r *Reader) Text(n *yaml.Node) (string, bool) {
	switch {
	case n.Kind == yaml.ScalarNode && (n.Tag == "!!str" || n.Tag == "!!timestamp") && strings.TrimSpace(n.Value) != "":
		return n.Value, true
	case n.Kind == yaml.ScalarNode && (n.Tag == "!!int" || n.Tag == "!!float" || n.Tag == "!!bool"):
		r.Problem(n, "%q is a number or a truth value where a text is wanted: write it in quotation marks", wording.Clip(n.Value))
	default:
		r.Wrong(n, "a text")
	}
	return "", false
}

// Choice reads one of a few words; false where there is none of them.
func (r *Reader) Choice(n *yaml.Node, what string, words []string) (string, bool) {
	v, ok := r.Text(n)
	if ok && !slices.Contains(words, v) {
		r.Problem(n, "%s", Unknown(what, v, words))
		return v, false
	}
	return v, ok
}

// Integer reads a number that is not below least; false where there is none.
func (r *Reader) Integer(n *yaml.Node, least int) (int, bool) {
	var v int
	if n.Kind != yaml.ScalarNode || n.Tag != "!!int" || n.Decode(&v) != nil || v < least {
		r.Wrong(n, fmt.Sprintf("a whole number of at least %d", least))
		return v, false
	}
	return v, true
}

// Keys is what [Reader.Wrong] says of a place for a mapping.
const Keys = "keys with values"

// Wrong tells that a value is of the wrong kind.
func (r *Reader) Wrong(n *yaml.Node, want string) {
	of, is := "", "is"
	if want == Keys {
		is = "are"
	}
	if r.key != nil {
		of = r.key.Value + ": "
	}
	r.Problem(n, "%s%s where %s %s wanted", of, describe(n), want, is)
}

// describe says what a node is.
func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return Keys + " stand"
	case yaml.SequenceNode:
		return "a list stands"
	case yaml.AliasNode:
		return "an alias stands, which is not read here,"
	}
	if n.Tag == "!!null" || n.Value == "" {
		return "nothing stands"
	}
	return fmt.Sprintf("%q stands", wording.Clip(n.Value))
}

// maxKnown is how many words are listed although one of them was probably meant.
const maxKnown = 16

// Unknown says that a word is none of those known, and which one was probably
// meant. The words are listed where they are few, or where none of them is near.
func Unknown(what, word string, words []string) string {
	list := "nown are " + strings.Join(words, ", ")
	if near := spelling.Nearest(word, words, 1); len(near) > 0 {
		if len(words) > maxKnown {
			return fmt.Sprintf("unknown %s %q: did you mean %s?", what, wording.Clip(word), near[0])
		}
		return fmt.Sprintf("unknown %s %q: did you mean %s? K%s", what, wording.Clip(word), near[0], list)
	}
	return fmt.Sprintf("unknown %s %q: k%s", what, wording.Clip(word), list)
}
