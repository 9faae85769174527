package diff

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	rd "github.com/runhist/runhist/schemas/rundetails"
)

func TestNames(t *testing.T) {
	n, err := NewNames([][2]string{{"DC=corp,DC=com", "DC=lab,DC=com"}, {"OU=X,DC=corp,DC=com", "OU=Y,DC=lab,DC=com"}, {"corp.com", "lab.com"},
		{"dc1.corp.com", "dc9.lab.com"}, {"CORP", "LAB"}, {"HR", "HR 2"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		kind     Kind
		in, want string
	}{
		{DN, "CN=Ann,dc=Corp,DC=com", "CN=Ann,DC=lab,DC=com"},
		{DN, "CN=Ann,OU=X,DC=corp,DC=com", "CN=Ann,OU=Y,DC=lab,DC=com"},
		{DN, "DC=corp,DC=com", "DC=lab,DC=com"},
		{DN, "CN=ADC=corp,DC=com", "CN=ADC=corp,DC=com"},
		{DN, "CN=HR", "CN=HR"},
		{Server, "dc1.corp.com:636", "dc9.lab.com:636"},
		{Server, "dc2.corp.com:389", "dc2.lab.com:389"},
		{Server, "dc2.corp.com", "dc2.lab.com"},
		{Server, "dc2.acorp.com", "dc2.acorp.com"},
		{Account, `corp\svc`, `LAB\svc`},
		{Account, `corporate\svc`, `corporate\svc`},
		{Agent, "hr", "HR 2"},
		{Name, "OU=X,DC=corp,DC=com", "OU=Y,DC=lab,DC=com"},
		{Name, "ann@Corp.com", "ann@lab.com"},
		{Name, "ann@x.corp.com", "ann@x.corp.com"},
		{Text, "HR", "HR"},
		{DN, "", ""},
	} {
		if got := n.apply(c.kind, c.in); got != c.want {
			t.Errorf("%v %q becomes %q, want %q", c.kind, c.in, got, c.want)
		}
	}
	for _, p := range [][][2]string{{{"a", "b"}, {"A", "c"}}, {{"a", "b"}, {"c", "B"}}, {{"", "b"}}} {
		if _, err := NewNames(p); err == nil {
			t.Errorf("%q is taken", p)
		}
	}
	if _, err := NewNames([][2]string{{"a", "b"}, {"A", "B"}}); err != nil {
		t.Errorf("the same pair twice: %v", err)
	}
}

func TestParseName(t *testing.T) {
	for text, want := range map[string][2]string{
		"a=b":                              {"a", "b"},
		"DC=a,DC=b=DC=c,DC=d":              {"DC=a,DC=b", "DC=c,DC=d"},
		"OU=x,DC=a => DC=b":                {"OU=x,DC=a", "DC=b"},
		"dc1.corp.com:389=dc2.lab.com:389": {"dc1.corp.com:389", "dc2.lab.com:389"},
	} {
		if got, err := ParseName(text); err != nil || got != want {
			t.Errorf("%q: %q %v", text, got, err)
		}
	}
	for _, text := range []string{"", "a", "=b", "a=>", "OU=x,DC=a=DC=b", "a==b"} {
		if got, err := ParseName(text); err == nil {
			t.Errorf("%q is taken as %q", text, got)
		}
	}
}

func TestPatterns(t *testing.T) {
	const at = "/run-history/run-details/step-details/ma-connection"
	path := []patternStep{{"run-history", 1}, {"run-details", 2}, {"step-details", 3}, {"ma-connection", 1}}
	for text, want := range map[string]bool{
		at: true, "ma-connection": true, "//ma-connection": true, "step-details/ma-connection": true, "step-details[3]/ma-connection": true,
		"step-details[2]/ma-connection": false, "/ma-connection": false, "//step-details": false, "*": true, "step-details/*": true,
		"/run-history[1]/run-details[2]/step-details[3]/ma-connection[1]": true, "/run-details/step-details/ma-connection": true,
		"/execution-histories" + at: true, "@ma": false, "*/@*": false,
	} {
		p, err := ParsePattern(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
		} else if got := p.matches(path, ""); got != want {
			t.Errorf("%q matches %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"", "/", "//", "step-detail", "a//b", "@dn/server", "server[0]", "server[x]", "server[1", "@nothing"} {
		if p, err := ParsePattern(text); err == nil {
			t.Errorf("%q is taken as %+v", text, p)
		}
	}
	attribute, _ := ParsePattern("ma-connection/@ma")
	if !attribute.matches(path, "ma") || attribute.matches(path, "dn") || attribute.matches(path, "") {
		t.Error("an attribute")
	}
}

func TestFindGUID(t *testing.T) {
	const g = "0EED52C8-F761-4EF1-A6BC-4FD0520C437E"
	for text, want := range map[string]int{g: 0, "{" + g + "}": 1, "MVID=" + g: 5, "a-b-c-" + g + "-d": 6, "A" + g: -1, g + "0": -1, g[:35]: -1, "": -1,
		strings.Repeat("-", 100): -1, strings.Repeat("x", 50) + g: 50} {
		if at, _ := findGUID(text); at != want {
			t.Errorf("%q: at %d, want %d", text, at, want)
		}
	}
	id, _ := rd.ParseGUID("{" + g + "}")
	if got, ok := anchorGUID("yFLtDmH38U6mvE/QUgxDfg=="); !ok || got != id {
		t.Errorf("the anchor is %v %v", got, ok)
	}
	for _, text := range []string{"ZW1wbG95ZWUwMDAwMDAwMQ==", "yFLtDmH38U6mvE/QUgxDfg", "", "????????????????????????"} {
		if id, ok := anchorGUID(text); ok {
			t.Errorf("%q is %v", text, id)
		}
	}
}

// heaviest is the weight of the heaviest rising sequence, by trying all.
func heaviest(values, weights []int) int {
	best := make([]int, len(values))
	most := 0
	for i := range values {
		best[i] = weights[i]
		for j := range i {
			if values[j] < values[i] {
				best[i] = max(best[i], best[j]+weights[i])
			}
		}
		most = max(most, best[i])
	}
	return most
}

func TestRising(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.IntRange(0, 12), 0, 30).Draw(t, "values")
		weights := rapid.SliceOfN(rapid.IntRange(1, 5), len(values), len(values)).Draw(t, "weights")
		sum, last := 0, -1
		for i, kept := range rising(values, weights) {
			if !kept {
				continue
			}
			if values[i] <= last {
				t.Fatalf("%d behind %d", values[i], last)
			}
			last = values[i]
			sum += weights[i]
		}
		if want := heaviest(values, weights); sum != want {
			t.Fatalf("weight %d, want %d", sum, want)
		}
	})
}

func TestAlign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SliceOfN(rapid.Uint64Range(1, 8), 0, 20).Draw(t, "a")
		b := rapid.SliceOfN(rapid.Uint64Range(1, 8), 0, 20).Draw(t, "b")
		match := make([]int, len(a))
		for i := range match {
			match[i] = -1
		}
		align(a, b, match)
		last := -1
		for i, j := range match {
			if j < 0 {
				continue
			}
			if j <= last || a[i] != b[j] {
				t.Fatalf("%d with %d", i, j)
			}
			last = j
		}
		fill(match, len(b))
		pairs := 0
		for _, j := range match {
			if j >= 0 {
				pairs++
			}
		}
		if slices.Equal(a, b) && pairs != len(a) {
			t.Fatalf("%d pairs of %d equal ones", pairs, len(a))
		}
	})
}

func FuzzPatterns(f *testing.F) {
	f.Add("//server", "a=>b", "CN=a,DC=b")
	f.Add("/run-history[1]/run-details[2]/@dn", "DC=a=DC=b", "b:1")
	f.Fuzz(func(t *testing.T, pattern, pair, text string) {
		if p, err := ParsePattern(pattern); err == nil {
			p.matches([]patternStep{{"run-history", 1}, {"server", 1}}, "dn")
		}
		if p, err := ParseName(pair); err == nil {
			n, err := NewNames([][2]string{p})
			if err != nil {
				t.Skip()
			}
			for k := None; k <= Name; k++ {
				n.apply(k, text)
				n.Invert().apply(k, n.apply(k, text))
			}
		}
		findGUID(text)
		anchorGUID(text)
		if got := plainNumber(text); plainNumber(got) != got {
			t.Errorf("%q is %q, and that is %q", text, got, plainNumber(got))
		}
	})
}

// TestManyPairs tells times of random and of sorted lists apart by nothing: it
// must end.
func TestManyPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	a, b := make([]uint64, 200_000), make([]uint64, 200_000)
	for i := range a {
		a[i], b[i] = r.Uint64N(1000), r.Uint64N(1000)
	}
	match := make([]int, len(a))
	for i := range match {
		match[i] = -1
	}
	align(a, b, match)
}
