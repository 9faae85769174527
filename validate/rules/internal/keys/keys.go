// Package keys makes keys for the memory of rules out of texts that compare
// without regard to case. It imports the model alone.
package keys

import (
	"encoding/binary"
	"unicode"
	"unicode/utf8"

	"github.com/runhist/runhist/schemas/rundetails"
)

// Folded returns a key of the texts, the same for all spellings in capitals
// and small letters. It takes no memory.
func Folded(texts ...string) rundetails.ID {
	// Two sums of the kind of FNV-1a that have nothing in common.
	a, b := uint64(0xcbf29ce484222325), uint64(0x9ae16a3b2f90404f)
	add := func(r rune) {
		a = (a ^ uint64(r)) * 0x100000001b3
		b = (b ^ uint64(r)) * 0x9e3779b97f4a7c15
	}
	for _, text := range texts {
		for _, r := range text {
			switch {
			case r >= 'A' && r <= 'Z':
				r += 'a' - 'A'
			case r >= utf8.RuneSelf:
				r = unicode.ToLower(r)
			}
			add(r)
		}
		add(-1) // the end of a text, which no character is
	}
	var id rundetails.ID
	binary.LittleEndian.PutUint64(id[:8], a)
	binary.LittleEndian.PutUint64(id[8:], b^b>>32)
	return id
}
