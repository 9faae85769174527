package xsd

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// maxTries bounds the documents that are tried to find the smallest one.
const maxTries = 40_000

// minimise makes a document as small as it can while it stays interesting:
// elements, attributes and bytes go as long as that makes no difference.
func minimise(doc []byte, wanted func([]byte) bool) []byte {
	tries := 0
	interesting := func(doc []byte) bool {
		tries++
		return tries < maxTries && wanted(doc)
	}
	for {
		before := len(doc)
		for _, cuts := range []func([]byte) [][2]int{elementCuts, invisibleCuts, tagCuts, attributeCuts} {
			doc = shrink(doc, cuts, interesting)
		}
		for size := min(256, len(doc)/2); size > 0; size /= 2 {
			doc = shrink(doc, func(doc []byte) [][2]int { return byteCuts(doc, size) }, interesting)
		}
		if len(doc) == before {
			return doc
		}
	}
}

// shrink tries to leave out each range that cuts offers, from the end on.
func shrink(doc []byte, cuts func([]byte) [][2]int, interesting func([]byte) bool) []byte {
	for {
		smaller := false
		for _, cut := range cuts(doc) {
			if cut[1] > len(doc) {
				continue
			}
			less := slices.Delete(bytes.Clone(doc), cut[0], cut[1])
			if len(less) < len(doc) && interesting(less) {
				doc, smaller = less, true
			}
		}
		if !smaller {
			return doc
		}
	}
}

var (
	tagPattern       = regexp.MustCompile(`<(/?)[\pL_][^\s<>/"']*(?:"[^"]*"|'[^']*'|[^<>"'/])*(/?)>`)
	invisiblePattern = regexp.MustCompile(`(?s)<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|\s+`)
	attributePattern = regexp.MustCompile(`\s+[\pL_][^\s=<>]*\s*=\s*("[^"]*"|'[^']*')`)
)

// elementCuts are the ranges of elements, the last ones first.
func elementCuts(doc []byte) [][2]int {
	var cuts [][2]int
	var open []int
	for _, m := range tagPattern.FindAllSubmatchIndex(doc, -1) {
		switch {
		case m[4] < m[5]: // empty-element tag
			cuts = append(cuts, [2]int{m[0], m[1]})
		case m[2] == m[3]:
			open = append(open, m[0])
		case len(open) > 0:
			cuts = append(cuts, [2]int{open[len(open)-1], m[1]})
			open = open[:len(open)-1]
		}
	}
	// Cutting from the end keeps the offsets before it.
	slices.SortFunc(cuts, func(a, b [2]int) int { return b[0] - a[0] })
	return cuts
}

// invisibleCuts are comments, instructions, CDATA sections and white space.
func invisibleCuts(doc []byte) [][2]int { return reversed(invisiblePattern.FindAllIndex(doc, -1)) }

// tagCuts are the ranges of single tags.
func tagCuts(doc []byte) [][2]int { return reversed(tagPattern.FindAllIndex(doc, -1)) }

func attributeCuts(doc []byte) [][2]int { return reversed(attributePattern.FindAllIndex(doc, -1)) }

func reversed(found [][]int) [][2]int {
	var cuts [][2]int
	for _, m := range slices.Backward(found) {
		cuts = append(cuts, [2]int{m[0], m[1]})
	}
	return cuts
}

func byteCuts(doc []byte, size int) [][2]int {
	var cuts [][2]int
	for at := len(doc) - size; at >= 0; at -= size {
		cuts = append(cuts, [2]int{at, at + size})
	}
	return cuts
}

// TestMinimise finds the needle.
func TestMinimise(t *testing.T) {
	doc := "<a b='1'><c>" + strings.Repeat("<d e='2'>hay</d>", 40) + "<d f='needle'>x</d></c></a>"
	got := minimise([]byte(doc), func(doc []byte) bool { return bytes.Contains(doc, []byte("<d f='needle'>")) })
	if string(got) != "<d f='needle'>" {
		t.Errorf("got %s", got)
	}
}
