package query_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/query"
	"github.com/runhist/runhist/schemas/source"
)

// generator writes expressions at random.
type generator struct{ *rand.Rand }

func (g generator) of(words ...string) string { return words[g.IntN(len(words))] }

func (g generator) path(depth int) string {
	p := g.of("", "", "", "//", "/run-history/run-details/", "../")
	for i := range 1 + g.IntN(3) {
		if i > 0 {
			p += g.of("/", "/", "//")
		}
		p += g.of("a", "b", "c", "d", "*", "b", ".", "..", "@n", "@*", "text()", "node()", "following::b", "following-sibling::*", "preceding::*",
			"preceding-sibling::b", "ancestor::*", "ancestor-or-self::a", "descendant::*", "descendant-or-self::c", "self::a", "parent::a", "attribute::n", "child::b")
		if strings.HasSuffix(p, "@n") || strings.HasSuffix(p, "@*") || strings.HasSuffix(p, "attribute::n") {
			// For libxml2 nothing in an element follows its attributes.
			p += g.of("", "/..", "/parent::a")
			break
		}
		for depth > 0 && g.IntN(3) == 0 {
			p += "[" + g.predicate(depth-1) + "]"
		}
	}
	return p
}

func (g generator) predicate(depth int) string {
	switch g.IntN(6) {
	case 0:
		return g.of("1", "2", "last()", "position() = 2", "position() = last()", "last() > 1", "position() < 3", "last() - 1", "count(b)")
	case 1:
		return g.path(depth)
	}
	return g.value(depth) + g.of(" = ", " = ", " != ", " < ", ">=", ">", " or ", " and ") + g.value(depth)
}

func (g generator) value(depth int) string {
	if depth <= 0 {
		return g.of("1", "2", "'2'", "7", "b", "@n", "c", ".", "true()")
	}
	p := g.path(depth - 1)
	switch g.IntN(8) {
	case 0:
		return "count(" + p + ")"
	case 1:
		return "string(" + p + ")"
	case 2:
		return "not(" + g.predicate(depth-1) + ")"
	case 3:
		return "(" + g.value(depth-1) + g.of(" + ", " - ", " * ") + g.value(depth-1) + ")"
	case 4:
		return "sum(" + p + ")"
	}
	return p
}

func (g generator) expression() string {
	switch g.IntN(8) {
	case 0:
		return "count(" + g.path(2) + ")"
	case 1:
		return "boolean(" + g.predicate(2) + ")"
	case 2:
		return "(" + g.path(2) + " | " + g.path(1) + ")" + g.of("", "[1]", "[last()]", "[b]") + "/@id"
	}
	return "(" + g.path(2) + ")" + g.of("", "", "[2]", "[position() < 3]") + "/@id"
}

// document is a run whose elements have an id each.
func document() string {
	g := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	id := 0
	var write func(depth int)
	write = func(depth int) {
		for range 2 + g.IntN(4) {
			id++
			name := []string{"a", "b", "c", "d"}[g.IntN(4)]
			fmt.Fprintf(&b, `<%s id="i%d" n="%d">`, name, id, g.IntN(4))
			if depth < 3 && g.IntN(3) > 0 {
				write(depth + 1)
			} else {
				fmt.Fprint(&b, g.IntN(4))
			}
			fmt.Fprintf(&b, "</%s>", name)
		}
	}
	b.WriteString(`<run-history><run-details>`)
	write(0)
	b.WriteString(`</run-details></run-history>`)
	return b.String()
}

// TestXMLLint holds the answers against those of libxml2. Expressions that are
// refused are left out; that they are few is checked, too.
func TestXMLLint(t *testing.T) {
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not here")
	}
	text := document()
	file := filepath.Join(t.TempDir(), "run.xml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	count := 1500
	g := generator{rand.New(rand.NewPCG(7, 1))}
	var asked []string
	var script bytes.Buffer
	script.WriteString("cd /run-history/run-details\n")
	refused := 0
	for len(asked) < count {
		x := g.expression()
		if len(x) > 300 {
			continue // its shell cuts longer lines
		}
		if _, err := query.Compile(x); err != nil {
			refused++
			continue
		}
		asked = append(asked, x)
		fmt.Fprintf(&script, "xpath %s\n", x)
	}
	script.WriteString("bye\n")
	t.Logf("%d of %d are refused", refused, refused+count)
	cmd := exec.Command(xmllint, "--shell", file)
	cmd.Stdin = &script
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	answers := strings.Split(string(out), " > ")[2:]
	wrong := 0
	for i, x := range asked {
		if strings.Contains(answers[i], "(NULL)") {
			continue // its shell knows no position outside of a condition
		}
		want := answer(answers[i])
		if got := ours(t, x, text); got != want {
			if wrong++; wrong <= 25 {
				t.Errorf("%s\n got %s\nwant %s", x, got, want)
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d are wrong", wrong, count)
	}
}

var contents = regexp.MustCompile(`content=(.*)`)

// answer reads what the shell of xmllint prints.
func answer(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	if _, value, ok := strings.Cut(first, " : "); ok {
		return value
	}
	var ids []string
	for _, m := range contents.FindAllStringSubmatch(text, -1) {
		ids = append(ids, m[1])
	}
	return strings.Join(ids, " ")
}

func ours(t *testing.T, x, text string) string {
	t.Helper()
	q, err := query.Compile(x)
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	r := query.NewReader(q, source.DefaultLimits(), 1<<20, func(r *query.Result) error {
		values = append(values, r.Value)
		return nil
	})
	if _, err := r.Input(context.Background(), strings.NewReader(text)); err != nil {
		return err.Error()
	}
	return strings.Join(values, " ")
}
