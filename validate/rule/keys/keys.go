// Package keys makes keys for the memory of rules out of GUIDs and of texts,
// with or without regard to case. It imports the model alone.
package keys

import (
	"encoding/binary"
	"math/bits"
	"unicode"
	"unicode/utf8"

	"github.com/runhist/runhist/schemas/rundetails"
)

// Key is a key under way: begin with [New] or [Of] and add what it is made of,
// in an order that is always the same. It is a hash of 64 bits, which is what
// a memory keeps of it: two things of one step have one key with a chance of
// less than one in a hundred million.
type Key uint64

// The odd parts of well-known irrational numbers, which have no pattern.
const (
	golden = 0x9E3779B97F4A7C15
	silver = 0xD1B54A32D192ED03
	bronze = 0x8CB92BA72F3D8DD7
)

// New begins a key.
func New() Key { return bronze }

// Of begins a key with a GUID.
func Of(id rundetails.ID) Key {
	return New().word(binary.LittleEndian.Uint64(id[:8])).word(binary.LittleEndian.Uint64(id[8:]))
}

// Folded returns a key of the texts, the same for all spellings in capitals
// and small letters. It takes no memory for texts of usual length.
func Folded(texts ...string) Key {
	k := New()
	for _, text := range texts {
		k = k.Text(text)
	}
	return k
}

// Sum returns the key.
func (k Key) Sum() uint64 { return uint64(k) }

// Number adds a number.
func (k Key) Number(n uint64) Key { return k.word(n) }

// Exact adds a text as it is written.
func (k Key) Exact(text string) Key {
	rest := text
	for ; len(rest) >= 8; rest = rest[8:] {
		k = k.word(load(rest))
	}
	return k.word(tail(rest)).end(len(text))
}

// Text adds a text without regard to case.
func (k Key) Text(text string) Key {
	rest := text
	for len(rest) >= 8 {
		w := load(rest)
		if w&highs != 0 {
			return k.wide(len(text)-len(rest), rest)
		}
		k = k.word(lower(w))
		rest = rest[8:]
	}
	w := tail(rest)
	if w&highs != 0 {
		return k.wide(len(text)-len(rest), rest)
	}
	return k.word(lower(w)).end(len(text))
}

// wide adds the rest of a text that has characters outside ASCII, behind so
// many bytes: the bytes of its small letters, as Text adds them.
func (k Key) wide(before int, rest string) Key {
	var room [256]byte
	folded := room[:0]
	for i := 0; i < len(rest); {
		if len(rest)-i >= 8 {
			if w := load(rest[i:]); w&highs == 0 {
				folded = binary.LittleEndian.AppendUint64(folded, lower(w))
				i += 8
				continue
			}
		}
		c := rest[i]
		if c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			folded = append(folded, c)
			i++
			continue
		}
		if c == 0xC3 && i+1 < len(rest) { // Latin-1, where most of them are
			d := rest[i+1]
			if d >= 0x80 && d <= 0x9E && d != 0x97 {
				d += 0x20
			}
			folded = append(folded, c, d)
			i += 2
			continue
		}
		r, n := utf8.DecodeRuneInString(rest[i:])
		folded = utf8.AppendRune(folded, unicode.ToLower(r))
		i += n
	}
	n := before + len(folded)
	for ; len(folded) >= 8; folded = folded[8:] {
		k = k.word(binary.LittleEndian.Uint64(folded))
	}
	return k.word(tail(folded)).end(n)
}

// end marks the end of a text, so that what follows begins another.
func (k Key) end(n int) Key { return k.word(uint64(n) ^ silver) }

func (k Key) word(w uint64) Key {
	x := uint64(k) ^ w
	hi, lo := bits.Mul64(x, golden)
	return Key(hi ^ lo ^ x)
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

func load(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// tail returns the bytes of a text of less than eight; texts of one length have
// one tail only if they are equal.
func tail[T string | []byte](s T) uint64 {
	switch n := len(s); {
	case n >= 4:
		return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[n-4])<<32 | uint64(s[n-3])<<40 | uint64(s[n-2])<<48 | uint64(s[n-1])<<56
	case n > 0:
		return uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16
	}
	return 0
}

// lower makes small letters of the capitals among eight ASCII characters.
func lower(w uint64) uint64 {
	fromA, aboveZ := w+ones*(0x80-'A'), w+ones*(0x80-'Z'-1)
	return w | (fromA&^aboveZ&highs)>>2
}
