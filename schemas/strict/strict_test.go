package strict_test

import (
	"fmt"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/runhist/runhist/schemas/strict"
)

// read reads keys: name (a text), kind (a or b), count (from 1), items (texts)
// and a hidden one.
func read(text string) (got map[string]any, err error) {
	var r strict.Reader
	root, err := r.Load(strings.NewReader(text), 1000)
	if err != nil {
		return nil, err
	}
	got = map[string]any{}
	if root != nil {
		r.Mapping(root, []strict.Key{
			{Name: "name", Read: func(n *yaml.Node) { got["name"], _ = r.Text(n) }},
			{Name: "kind", Read: func(n *yaml.Node) { got["kind"], _ = r.Choice(n, "kind", []string{"alpha", "beta"}) }},
			{Name: "count", Read: func(n *yaml.Node) { got["count"], _ = r.Integer(n, 1) }},
			{Name: "items", Read: func(n *yaml.Node) {
				var items []string
				r.List(n, func(i *yaml.Node) {
					item, _ := r.Text(i)
					items = append(items, item)
				})
				got["items"] = items
			}},
			{Name: "names", Hidden: true, Read: func(n *yaml.Node) { r.Problem(r.Key(), "%s is not for you", r.Key().Value) }},
		}, "name")
	}
	return got, r.Err()
}

func TestRead(t *testing.T) {
	got, err := read("name: x\nkind: beta\ncount: 3\nitems: [a, 'b']\n")
	if err != nil || fmt.Sprint(got) != "map[count:3 items:[a b] kind:beta name:x]" {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := read(""); err != nil {
		t.Errorf("nothing: %v", err)
	}
}

func TestProblems(t *testing.T) {
	for text, want := range map[string]string{
		"{}":                              "1:1: the key name is missing",
		"[]":                              "1:1: a list stands where keys with values are wanted",
		"name: 1":                         `1:7: "1" is a number or a truth value where a text is wanted: write it in quotation marks`,
		"name: ":                          "1:6: name: nothing stands where a text is wanted",
		"name: {a: b}":                    "1:7: name: keys with values stand where a text is wanted",
		"name: &a x\nkind: *a":            "2:7: kind: an alias stands, which is not read here, where a text is wanted",
		"name: x\nname: y":                `2:1: the key "name" stands in line 1 already`,
		"name: x\nkin: alpha":             `2:1: unknown key "kin": did you mean kind? Known are name, kind, count, items`,
		"name: x\nkind: alhpa":            `2:7: unknown kind "alhpa": did you mean alpha? Known are alpha, beta`,
		"name: x\ncount: 0\nitems: 3":     "2:8: count: \"0\" stands where a whole number of at least 1 is wanted\n3:8: items: \"3\" stands where a list is wanted",
		"name: x\ncount: 1.5":             `2:8: count: "1.5" stands where a whole number of at least 1 is wanted`,
		"name: x\nnames: y":               "2:1: names is not for you",
		"name: x\n---\nname: y":           "2:1: the file has more than one document",
		"name: x\n? [a]\n: b":             "2:3: a list stands where a key is wanted",
		strings.Repeat("#", 1001):         "1:1: the file is larger than 1 kB",
		"name: " + strings.Repeat(`[`, 3): "",
	} {
		_, err := read(text)
		if got := fmt.Sprint(err); err == nil || want != "" && got != want {
			t.Errorf("%.40q\ngot  %s\nwant %s", text, got, want)
		}
	}
}

// FuzzRead reads anything: it ends, and each problem has a place.
func FuzzRead(f *testing.F) {
	f.Add("name: x\nkind: [beta]\n")
	f.Add("a: &a [*a]\n")
	f.Fuzz(func(t *testing.T, text string) {
		_, err := read(text)
		if invalid, ok := err.(*strict.Invalid); ok {
			for _, p := range invalid.Problems {
				if p.Line == 0 || p.Column == 0 || p.Message == "" {
					t.Errorf("%+v", p)
				}
			}
		}
	})
}
