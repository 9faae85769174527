//go:build libxml2 && cgo

package libxml2

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// patterns are those of the schema in Go's notation: a dot of XML Schema is
// every character but line feed and carriage return.
var patterns = map[string]struct{ pattern, seed string }{
	"guidType":        {`\{[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\}`, "{0123abCD-1A2B-4C3D-8E4F-0000000C344C}"},
	"dateTimeNoT":     {`[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{1,3}`, "2016-07-15 10:00:00.000"},
	"progressType":    {`[0-9]*/[0-9]*`, "12/34"},
	"dnType":          {`[^\n\r]*`, "CN=a,OU=b=c,,=\u2028"},
	"security-idType": {`[^\n\r]*`, `DOMAIN\us.er.`},
}

// TestPatterns changes good values at random and compares libxml2's matcher
// with Go's: they agree, so no divergence is known there.
func TestPatterns(t *testing.T) {
	s, random := compile(t), rand.New(rand.NewPCG(1, 2))
	for typ, p := range patterns {
		matches := regexp.MustCompile(`^(?:` + p.pattern + `)$`).MatchString
		var content strings.Builder
		var want []int
		for line := range 900 {
			value := change(random, p.seed)
			// One element a line; a line break in the value is a reference.
			content.WriteString("\n<a xsi:type=\"" + typ + "\">" + references.Replace(value) + "</a>")
			if !matches(value) {
				want = append(want, line)
			}
		}
		v := verdict(t, s, described(content.String()))
		var got []int
		for _, e := range v.Errors {
			got = append(got, e.Line-14)
		}
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s: %d errors, %d expected", typ, len(got), len(want))
		}
	}
}

var references = strings.NewReplacer("&", "&amp;", "<", "&lt;", "\n", "&#10;", "\r", "&#13;", "\t", "&#9;")

// change deletes, doubles or replaces up to two characters.
func change(random *rand.Rand, s string) string {
	pool := []rune("0aG{}-:./ \t\n\r,=\\\u0660\u0085\u2028\u00a0\U0001D7D8")
	runes := []rune(s)
	for range random.IntN(3) {
		i, c := random.IntN(len(runes)), pool[random.IntN(len(pool))]
		switch random.IntN(4) {
		case 0:
			runes = slices.Delete(runes, i, i+1)
		case 1:
			runes = slices.Insert(runes, i, runes[i])
		case 2:
			runes = slices.Insert(runes, i, c)
		default:
			runes[i] = c
		}
	}
	return string(runes)
}
