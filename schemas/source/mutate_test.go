package source

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
)

// fragments are what mutants are made with.
func fragments() []string {
	return []string{
		"<", ">", "/", "</", "/>", "&", ";", "'", "\"", "=", " ", "\n", "\r\n", "\r", "\t", "]]>", "<![CDATA[", "<!--", "-->", "--", "-", "<?", "?>", "?", "!",
		"&amp;", "&lt;", "&#10;", "&#x1;", "&#xD800;", "&x;", "&#", "<a>", "</a>", "<b c='d'>", "</b>", "<a/>", " c='1'", " c=\"2\"", " xmlns='u'", " xmlns:p='u'",
		" xmlns:p=''", " p:x='1'", "<p:a>", "</p:a>", "p:", ":", "xml:", " xml:space='x'", "<?xml version='1.0'?>", "<?p q?>", "<?xml", "é", "日", "𝄞", "\u00b7", "×", "\ufffd",
		"\x00", "\x01", "\x7f", "\u0085", "\xff", "\xc3", "\xed\xa0\x80", "\xef\xbf\xbf", "\xef\xbb\xbf", "\xf0\x9f", "1", "x", "_", ".", "[", "]",
	}
}

// mutate damages a document in one to three places.
func mutate(random *rand.Rand, doc []byte) []byte {
	doc = slices.Clone(doc)
	parts := fragments()
	for range 1 + random.IntN(3) {
		at := random.IntN(len(doc) + 1)
		to := min(len(doc), at+1+random.IntN(6))
		switch random.IntN(7) {
		case 0:
			doc = slices.Delete(doc, at, to)
		case 1: // twice
			doc = slices.Insert(doc, at, slices.Clone(doc[at:to])...)
		case 2:
			if at < len(doc) {
				doc[at] = byte(random.IntN(256))
			}
		case 3:
			doc = doc[:at]
		case 4: // one part stands elsewhere
			part := slices.Clone(doc[at:to])
			doc = slices.Insert(doc, random.IntN(len(doc)+1), part...)
		default:
			doc = slices.Insert(doc, at, []byte(parts[random.IntN(len(parts))])...)
		}
	}
	return doc
}

// effort is what the environment makes of the number of rounds of a random
// test, and its source of randomness: SOURCE_EFFORT=100 SOURCE_SEED=7.
func effort(rounds int) (int, *rand.Rand) {
	factor, seed := 1, 1
	if n, err := strconv.Atoi(os.Getenv("SOURCE_EFFORT")); err == nil {
		factor = n
	}
	if n, err := strconv.Atoi(os.Getenv("SOURCE_SEED")); err == nil {
		seed = n
	}
	return rounds * factor, rand.New(rand.NewPCG(uint64(seed), 2))
}
