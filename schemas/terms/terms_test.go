package terms_test

import (
	"encoding/xml"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/schemas"
	"github.com/runhist/runhist/schemas/spelling"
	"github.com/runhist/runhist/schemas/terms"
)

// node is a node of the schema document.
type node struct {
	XMLName xml.Name
	Name    string `xml:"name,attr"`
	Type    string `xml:"type,attr"`
	Base    string `xml:"base,attr"`
	Value   string `xml:"value,attr"`
	Nodes   []node `xml:",any"`
}

// vocabulary is what the schema says: the enumeration values of each element
// and the children of each element, by paths below step-details.
type vocabulary struct {
	types    map[string]*node
	values   map[string][]string
	children map[string][]string
}

func (v *vocabulary) element(e *node, at string) {
	for _, content := range []*node{v.types[e.Type], e} {
		if content != nil {
			v.content(content, at)
		}
	}
}

func (v *vocabulary) content(t *node, at string) {
	if base := v.types[t.Base]; base != nil {
		v.content(base, at)
	}
	for i := range t.Nodes {
		switch n := &t.Nodes[i]; n.XMLName.Local {
		case "element":
			v.children[at] = append(v.children[at], n.Name)
			v.element(n, path.Join(at, n.Name))
		case "enumeration":
			v.values[at] = append(v.values[at], n.Value)
		case "attribute":
		default:
			v.content(n, at)
		}
	}
}

func readSchema(t *testing.T) *vocabulary {
	t.Helper()
	var schema node
	if err := xml.Unmarshal(schemas.UPSMODS, &schema); err != nil {
		t.Fatal(err)
	}
	v := &vocabulary{types: map[string]*node{}, values: map[string][]string{}, children: map[string][]string{}}
	for i := range schema.Nodes {
		v.types[schema.Nodes[i].Name] = &schema.Nodes[i]
	}
	step := v.types["step-detailsType"]
	if step == nil {
		t.Fatal("the schema has no step-detailsType")
	}
	v.content(step, "")
	return v
}

// TestSchema: every value and counter of the schema is a term of its kind, and
// no other term claims to be of MS-UPSMODS.
func TestSchema(t *testing.T) {
	schema := readSchema(t)
	known := map[terms.Kind][]string{}
	claimed := map[terms.Kind][]string{}
	for _, term := range terms.All() {
		known[term.Kind] = append(known[term.Kind], term.Name)
		if term.Products&terms.UPSMODS != 0 {
			claimed[term.Kind] = append(claimed[term.Kind], term.Name)
		}
	}
	covered := map[string]bool{}
	for _, kind := range terms.Kinds() {
		for _, field := range kind.Fields() {
			words := schema.values[field]
			if kind.Counter() {
				words = schema.children[field]
			}
			if len(words) == 0 {
				t.Errorf("%s: the schema has no values at %s", kind, field)
			}
			covered[field] = true
			for _, word := range words {
				if !slices.Contains(known[kind], word) {
					t.Errorf("%s %s of the schema is no term", kind, word)
				}
				if !slices.Contains(claimed[kind], word) {
					t.Errorf("%s %s is not said to be of MS-UPSMODS, and its schema has it", kind, word)
				}
			}
			for _, name := range claimed[kind] {
				if !slices.Contains(words, name) {
					t.Errorf("%s %s is said to be of MS-UPSMODS, and its schema does not have it at %s", kind, name, field)
				}
			}
		}
	}
	for field := range schema.values {
		if !covered[field] && !strings.Contains(field, "/change-not-reimported/") {
			t.Errorf("the values of %s belong to no kind", field)
		}
	}
}

// TestProducts compares the numbers of terms with those that are published.
func TestProducts(t *testing.T) {
	count := map[terms.Kind]map[terms.Products]int{}
	for _, term := range terms.All() {
		if count[term.Kind] == nil {
			count[term.Kind] = map[terms.Products]int{}
		}
		for p := terms.UPSMODS; p != 0 && p <= terms.SharePoint; p <<= 1 {
			if term.Products&p != 0 {
				count[term.Kind][p]++
			}
			if p == terms.SharePoint {
				break
			}
		}
	}
	for _, want := range []struct {
		kind    terms.Kind
		product terms.Products
		n       int
	}{
		{terms.StepResult, terms.UPSMODS, 67}, {terms.StepResult, terms.FIM2010, 67}, {terms.StepResult, terms.Database, 18}, {terms.StepResult, terms.Entra, 1},
		{terms.DiscoveryError, terms.UPSMODS, 27}, {terms.DiscoveryError, terms.FIM2010, 18}, {terms.DiscoveryError, terms.MIM2016, 27},
		{terms.ImportError, terms.UPSMODS, 53}, {terms.ImportError, terms.FIM2010, 27}, {terms.ImportError, terms.MIIS2003, 27}, {terms.ImportError, terms.Database, 6},
		{terms.ExportError, terms.UPSMODS, 42}, {terms.ExportError, terms.FIM2010, 35}, {terms.ExportError, terms.MIM2016, 35}, {terms.ExportError, terms.SharePoint, 1},
		{terms.AlgorithmStep, terms.UPSMODS, 12}, {terms.ConnectionResult, terms.UPSMODS, 6}, {terms.ConnectionResult, terms.MIM2016, 7},
		{terms.CallSite, terms.UPSMODS, 10}, {terms.CallSite, terms.FIM2010, 9},
		{terms.DiscoveryCounter, terms.UPSMODS, 2}, {terms.StagingCounter, terms.UPSMODS, 7}, {terms.InboundCounter, terms.UPSMODS, 17},
		{terms.OutboundCounter, terms.UPSMODS, 7}, {terms.OutboundCounter, terms.FIM2010, 9}, {terms.ExportCounter, terms.UPSMODS, 6},
	} {
		if got := count[want.kind][want.product]; got != want.n {
			t.Errorf("%v has %d terms of kind %q, want %d", want.product.Names(), got, want.kind, want.n)
		}
	}
}

// TestDeviations: every value that a known deviation names is a term.
func TestDeviations(t *testing.T) {
	for _, d := range schemas.Deviations() {
		if d.ID != "XSD-enumeration" {
			continue
		}
		for _, name := range d.Names {
			found := slices.ContainsFunc(terms.Lookup(name), func(term terms.Term) bool {
				return slices.ContainsFunc(term.Kind.Fields(), func(f string) bool { return strings.HasSuffix(f, d.In) })
			})
			if !found {
				t.Errorf("%s at %s is no term", name, d.In)
			}
		}
	}
}

// TestSentences: every field is filled, in sentences of a bounded length.
func TestSentences(t *testing.T) {
	meanings := map[string]string{}
	names := map[string]bool{}
	for _, term := range terms.All() {
		id := string(term.Kind) + " " + term.Name
		if names[id] {
			t.Errorf("%s stands twice", id)
		}
		names[id] = true
		if before, ok := meanings[term.Meaning]; ok {
			t.Errorf("%s and %s have the same meaning", before, id)
		}
		meanings[term.Meaning] = id
		if term.Products == 0 || term.Section == "" {
			t.Errorf("%s has no product or section", id)
		}
		for what, text := range map[string]string{"meaning": term.Meaning, "cause": term.Cause, "remedy": term.Remedy} {
			checkSentence(t, id+" "+what, text)
		}
		if known := term.Products&(terms.UPSMODS|terms.UPSMODSProse) != 0; (term.Follow != terms.Unsaid) != (known && term.Kind == terms.StepResult) {
			t.Errorf("%s has follow %d", id, term.Follow)
		}
	}
}

func checkSentence(t *testing.T, what, text string) {
	t.Helper()
	switch {
	case len(text) < 10 || len(text) > 160:
		t.Errorf("%s has %d characters: %s", what, len(text), text)
	case !strings.HasSuffix(text, ".") || strings.Contains(text, "..") || strings.Contains(text, "  "):
		t.Errorf("%s is not closed by one full stop: %s", what, text)
	case strings.Count(text, ". ") > 2:
		t.Errorf("%s has too many sentences: %s", what, text)
	}
	if first, _, _ := strings.Cut(text, " "); strings.ToLower(first[:1]) == first[:1] && !strings.ContainsAny(first, "-_") && strings.ToUpper(first[:1]) != first[:1] {
		t.Errorf("%s begins with a small letter: %s", what, text)
	}
}

func TestLookup(t *testing.T) {
	for _, test := range []struct {
		word  string
		kinds []terms.Kind
	}{
		{"completed-sync-errors", []terms.Kind{terms.StepResult}},
		{"SUCCESS", []terms.Kind{terms.StepResult, terms.ConnectionResult}},
		{"connector-flow", []terms.Kind{terms.OutboundCounter, terms.InboundCounter}},
		{"import-flow", []terms.Kind{terms.AlgorithmStep, terms.CallSite}},
		{"invalid-dn", []terms.Kind{terms.DiscoveryError, terms.ExportError}},
		{"disconnecter-filtered", []terms.Kind{terms.InboundCounter}},
		{"disconnecter-filter", []terms.Kind{terms.CallSite}},
		{"nonsense", nil},
		{"", nil},
	} {
		var kinds []terms.Kind
		for _, term := range terms.Lookup(test.word) {
			kinds = append(kinds, term.Kind)
		}
		if !slices.Equal(kinds, test.kinds) {
			t.Errorf("%q has the kinds %v, want %v", test.word, kinds, test.kinds)
		}
	}
}

// Names of terms are far enough from each other for a slip to find the one that
// was meant.
func TestSlips(t *testing.T) {
	var names []string
	for _, term := range terms.All() {
		names = append(names, term.Name)
	}
	for _, test := range []struct {
		word string
		want []string
	}{
		{"completed-synch-errors", []string{"completed-sync-errors"}},
		{"Permission-Isue", []string{"permission-issue"}},
		{"cd-erorr", []string{"cd-error"}},
		{"obsoletion", []string{"completing-obsoletion"}},
		{"stopped-server-gone", []string{"stopped-server-down", "stopped-server"}},
		{"qqqqqqqq", nil},
		{"", nil},
	} {
		if got := spelling.Nearest(test.word, names, len(test.want)); !slices.Equal(got, test.want) {
			t.Errorf("%q suggests %v, want %v", test.word, got, test.want)
		}
	}
	if got := spelling.Nearest("stopped-extension-dll", names, 3); len(got) != 3 {
		t.Errorf("three suggestions are wanted, not %v", got)
	}
}

func TestFollow(t *testing.T) {
	want := map[string]terms.Follow{"success": terms.Goes, "completed-discovery-errors": terms.Stops, "completed-no-objects": terms.Goes,
		"in-progress": terms.Running, "completing-obsoletion": terms.Running, "no-start-ma": terms.Stops, "stopped-file-error": terms.Unsaid}
	for name, follow := range want {
		if got := terms.Lookup(name)[0].Follow; got != follow {
			t.Errorf("%s has follow %d, want %d", name, got, follow)
		}
	}
}
