package scenario

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"go.yaml.in/yaml/v4"
)

// mutants are the values that take the place of others.
var mutants = []string{`""`, `" "`, "x", "true", "no", "0", "-1", "1", "1.5", "0x10", "99999999999999999999", "2147483648", "null", "~", "[]", "[x]", "{}", "{x: y}",
	"2026-01-05", "2026-01-05T08:00:00Z", "2026-13-05T08:00:00Z", "2026-02-30T08:00:00Z", "2026-01-05T08:00:00,5Z", "a.ldif", "../a.ldif", "a.LDIF", ".ldif", `a\b.ldif`, "object", "delta", "config", "AD", "drop-write", "connect"}

// mutate changes one place of a document: a value becomes another, a key gets
// another name, or goes, or comes from elsewhere.
func mutate(r *rand.Rand, root *yaml.Node) {
	var nodes []*yaml.Node
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		nodes = append(nodes, n)
		for _, c := range n.Content {
			walk(c)
		}
	}
	walk(root)
	n := nodes[r.IntN(len(nodes))]
	if n.Kind == yaml.MappingNode && len(n.Content) > 0 && r.IntN(2) == 0 {
		i := 2 * r.IntN(len(n.Content)/2)
		switch other := nodes[r.IntN(len(nodes))]; {
		case r.IntN(2) == 0:
			n.Content = append(n.Content[:i:i], n.Content[i+2:]...)
		case other.Kind == yaml.MappingNode && len(other.Content) > 0 && other != n:
			k := 2 * r.IntN(len(other.Content)/2)
			if find(n, other.Content[k].Value) == nil {
				n.Content = append(n.Content, other.Content[k], copied(other.Content[k+1]))
			}
		}
		return
	}
	var value yaml.Node
	if err := yaml.Unmarshal([]byte(mutants[r.IntN(len(mutants))]), &value); err != nil {
		panic(err)
	}
	*n = *value.Content[0]
}

// copied is a node with nodes of its own, so that none is part of itself.
func copied(n *yaml.Node) *yaml.Node {
	c := *n
	c.Content = nil
	for _, x := range n.Content {
		c.Content = append(c.Content, copied(x))
	}
	return &c
}

// readerOnly are parts of what the reader says where the schema cannot know: a
// path, a name, an order, and the numbers and dates that JSON has no word for.
var readerOnly = []string{"is no path below the folder", "is at work", "that an end could name", "unknown fault", "where a key is wanted", "already", "where a date and time such as"}

// TestSchemaAgreesWithReader changes accepted examples at random: what the
// schema refuses is refused by the reader, and what the reader refuses is
// refused by the schema, but for what only the reader can tell.
func TestSchemaAgreesWithReader(t *testing.T) {
	schema := compile(t)
	archive, err := txtar.ParseFile("testdata/accepted.txtar")
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	accepted, refused := 0, 0
	for i := range 2500 {
		file := archive.Files[i%len(archive.Files)]
		var document yaml.Node
		if err := yaml.Unmarshal(file.Data, &document); err != nil {
			t.Fatal(err)
		}
		for range 1 + r.IntN(2) {
			mutate(r, document.Content[0])
		}
		text, err := yaml.Marshal(&document)
		if err != nil {
			continue // a key that is a list, or the like
		}
		_, byReader := Read("scenario.yaml", strings.NewReader(string(text)))
		bySchema := schema.Validate(generic(t, string(text)))
		switch {
		case byReader == nil && bySchema == nil:
			accepted++
		case byReader != nil && bySchema != nil:
			refused++
		case byReader == nil || !told(byReader, readerOnly):
			t.Fatalf("the reader says %v\nthe schema says %v\nof\n%s", byReader, bySchema, text)
		}
	}
	if accepted < 200 || refused < 500 {
		t.Errorf("%d accepted and %d refused: too few to say anything", accepted, refused)
	}
}

func told(err error, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(fmt.Sprint(err), p) {
			return true
		}
	}
	return false
}
