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
// in an order that is always the same. It is a hash of 128 bits, so two things have
// one key only if they are one, as far as anyone will see.
type Key struct{ a, b uint64 }

// The odd parts of well-known irrational numbers, which have no pattern.
const (
	golden = 0x9E3779B97F4A7C15
	silver = 0xD1B54A32D192ED03
	bronze = 0x8CB92BA72F3D8DD7
)

// New begins a key.
func New() Key { return Key{golden, bronze} }

// Of begins a key with a GUID.
func Of(id rundetails.ID) Key {
	k := New()
	k.word(binary.LittleEndian.Uint64(id[:8]))
	k.word(binary.LittleEndian.Uint64(id[8:]))
	return k
}

// Folded returns a key of the texts, the same for all spellings in capitals
// and small letters. It takes no memory for texts of usual length.
func Folded(texts ...string) rundetails.ID {
	k := New()
	for _, text := range texts {
		k = k.Text(text)
	}
	return k.ID()
}

// Exact adds a text as it is written.
func (k Key) Exact(text string) Key {
	rest := text
	for ; len(rest) >= 8; rest = rest[8:] {
		k.word(load(rest))
	}
	var tail [8]byte
	copy(tail[:], rest)
	k.word(binary.LittleEndian.Uint64(tail[:]))
	return k.end(len(text))
}

// Text adds a text without regard to case.
func (k Key) Text(text string) Key {
	rest := text
	for len(rest) >= 8 {
		w := load(rest)
		if w&highs != 0 {
			return k.wide(len(text)-len(rest), rest)
		}
		k.word(lower(w))
		rest = rest[8:]
	}
	var tail [8]byte
	copy(tail[:], rest)
	w := binary.LittleEndian.Uint64(tail[:])
	if w&highs != 0 {
		return k.wide(len(text)-len(rest), rest)
	}
	k.word(lower(w))
	return k.end(len(text))
}

// wide adds the rest of a text that has characters outside ASCII, behind so
// many bytes: the bytes of its small letters, as Text adds them.
func (k Key) wide(before int, rest string) Key {
	var room [256]byte
	folded := room[:0]
	for i := 0; i < len(rest); {
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
		k.word(binary.LittleEndian.Uint64(folded))
	}
	var tail [8]byte
	copy(tail[:], folded)
	k.word(binary.LittleEndian.Uint64(tail[:]))
	return k.end(n)
}

// end marks the end of a text, so that what follows begins another.
func (k Key) end(n int) Key {
	k.word(uint64(n) ^ silver)
	return k
}

// ID returns the key.
func (k Key) ID() rundetails.ID {
	var id rundetails.ID
	binary.LittleEndian.PutUint64(id[:8], k.a)
	binary.LittleEndian.PutUint64(id[8:], k.b)
	return id
}

func (k *Key) word(w uint64) {
	k.a = mix(k.a^w, golden)
	k.b = mix(k.b+bits.RotateLeft64(w, 29), silver)
}

func mix(x, y uint64) uint64 {
	hi, lo := bits.Mul64(x, y)
	return hi ^ lo ^ x
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

// lower makes small letters of the capitals among eight ASCII characters.
func lower(w uint64) uint64 {
	fromA, aboveZ := w+ones*(0x80-'A'), w+ones*(0x80-'Z'-1)
	return w | (fromA&^aboveZ&highs)>>2
}
