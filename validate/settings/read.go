package settings

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/runhist/runhist/schemas/spelling"
)

// maxFile is how large a file may be, in bytes.
const maxFile = 1 << 20

// maxProblems is how many problems are told of one file.
const maxProblems = 100

// Read reads a file. The error is an [*Invalid] that tells all problems, or
// that of in.
func Read(in io.Reader, known Known) (*Settings, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	if err != nil {
		return nil, err
	}
	r := &reader{known: known}
	s := &Settings{}
	switch {
	case len(text) > maxFile:
		r.at(1, 1, "the file is larger than %d kB", maxFile/1000)
	default:
		if root := r.parse(text); root != nil {
			r.mapping(root, fileKeys(s))
		}
	}
	if len(r.problems) > 0 {
		slices.SortStableFunc(r.problems, func(a, b Problem) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
		})
		return nil, &Invalid{r.problems[:min(len(r.problems), maxProblems)]}
	}
	return s, nil
}

// reader reads the nodes of a file and notes what is wrong with them.
type reader struct {
	known    Known
	problems []Problem
	key      *yaml.Node // whose value is read
}

func (r *reader) at(line, column int, format string, args ...any) {
	r.problems = append(r.problems, Problem{uint32(max(line, 1)), uint32(max(column, 1)), fmt.Sprintf(format, args...)})
}

func (r *reader) problem(n *yaml.Node, format string, args ...any) {
	r.at(n.Line, n.Column, format, args...)
}

func (r *reader) check(n *yaml.Node, err error) {
	if err != nil {
		r.problem(n, "%v", err)
	}
}

func line(n *yaml.Node) uint32 { return uint32(max(n.Line, 1)) }

// parse reads the one document of a file; nil where there is none, or one that
// is no YAML.
func (r *reader) parse(text []byte) *yaml.Node {
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
			r.at(second.Line, second.Column, "the file has more than one document")
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
func (r *reader) syntax(err error) {
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		r.at(1, 1, "no YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
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
	r.at(mark.Line, mark.Column, "no YAML: %s", message)
}

// pairs hands out the keys and values of a mapping.
func (r *reader) pairs(n *yaml.Node, pair func(k, v *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.wrong(n, "keys with values")
		return
	}
	lines := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		switch before, twice := lines[k.Value]; {
		case k.Kind != yaml.ScalarNode:
			r.wrong(k, "a key")
		case twice:
			r.problem(k, "the key %q stands in line %d already", k.Value, before)
		default:
			lines[k.Value] = k.Line
			pair(k, v)
		}
	}
}

// mapping reads a mapping of known keys; those required must be there.
func (r *reader) mapping(n *yaml.Node, keys []key, required ...string) {
	var names, present []string
	for _, k := range keys {
		names = append(names, k.name)
	}
	r.pairs(n, func(k, v *yaml.Node) {
		i := slices.Index(names, k.Value)
		if i < 0 {
			r.problem(k, "%s", unknown("key", k.Value, slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == reserved })))
			return
		}
		present = append(present, k.Value)
		outer := r.key
		r.key = k
		keys[i].read(r, v)
		r.key = outer
	})
	if n.Kind != yaml.MappingNode {
		return
	}
	for _, name := range required {
		if !slices.Contains(present, name) {
			r.problem(n, "the key %s is missing", name)
		}
	}
}

// list reads the items of a list.
func (r *reader) list(n *yaml.Node, item func(*yaml.Node)) {
	if n.Kind != yaml.SequenceNode {
		r.wrong(n, "a list")
		return
	}
	for _, i := range n.Content {
		item(i)
	}
}

// text reads a text that is not empty; the zero Value where there is none.
func (r *reader) text(n *yaml.Node) Value[string] {
	switch {
	case n.Kind == yaml.ScalarNode && n.Tag == "!!str" && strings.TrimSpace(n.Value) != "":
		return Value[string]{n.Value, line(n)}
	case n.Kind == yaml.ScalarNode && (n.Tag == "!!int" || n.Tag == "!!float" || n.Tag == "!!bool" || n.Tag == "!!timestamp"):
		r.problem(n, "%q is a number, a date or a truth value where a text is wanted: write it in quotation marks", clip(n.Value))
	default:
		r.wrong(n, "a text")
	}
	return Value[string]{}
}

// wrong tells that a value is of the wrong kind.
func (r *reader) wrong(n *yaml.Node, want string) {
	of := ""
	if r.key != nil {
		of = r.key.Value + ": "
	}
	r.problem(n, "%s%s where %s is wanted", of, describe(n), want)
}

// describe says what a node is.
func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "keys with values stand"
	case yaml.SequenceNode:
		return "a list stands"
	case yaml.AliasNode:
		return "an alias stands, which is not read here,"
	}
	if n.Tag == "!!null" || n.Value == "" {
		return "nothing stands"
	}
	return fmt.Sprintf("%q stands", clip(n.Value))
}

// clip shortens a value for a message.
func clip(text string) string {
	const most = 60
	if len(text) <= most {
		return text
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "..."
}

// unknown says that a word is none of those known, and which one was probably
// meant.
func unknown(what, word string, words []string) string {
	list := "nown are " + strings.Join(words, ", ")
	if near := spelling.Nearest(word, words, 1); len(near) > 0 {
		return fmt.Sprintf("unknown %s %q: did you mean %s? K%s", what, clip(word), near[0], list)
	}
	return fmt.Sprintf("unknown %s %q: k%s", what, clip(word), list)
}
