package redact

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"strconv"
	"unicode"
)

// kind is what a pseudonym stands for: those of two kinds never meet.
type kind byte

const (
	words  kind = 'w'
	digits kind = 'd'
	guids  kind = 'g'
	ip4s   kind = '4'
	ip6s   kind = '6'
	blobs  kind = 'b'
	kinds       = 'w' + 1
)

// pseudonyms gives things their pseudonyms. With a key they are a keyed hash of
// the thing, so that nothing is remembered; without one they are numbered in
// the order of their appearance, which tells nothing of the thing and takes
// about 50 bytes of memory for each.
type pseudonyms struct {
	mac     hash.Hash // nil without a key
	sum     []byte
	input   []byte
	numbers map[[16]byte]uint32
	counts  [kinds]uint32
}

func newPseudonyms(key []byte) *pseudonyms {
	p := &pseudonyms{}
	if key != nil {
		p.mac = hmac.New(sha256.New, key)
	} else {
		p.numbers = make(map[[16]byte]uint32)
	}
	return p
}

// of returns what stands for a thing: 64 bits of its keyed hash, with more of
// the hash in p.sum, or its number, from 0 on.
func (p *pseudonyms) of(k kind, thing string) uint64 {
	p.input = append(append(p.input[:0], byte(k)), thing...)
	if p.mac != nil {
		p.mac.Reset()
		p.mac.Write(p.input)
		p.sum = p.mac.Sum(p.sum[:0])
		return binary.BigEndian.Uint64(p.sum)
	}
	whole := sha256.Sum256(p.input)
	key := [16]byte(whole[:16])
	n, known := p.numbers[key]
	if !known {
		n = p.counts[k]
		p.counts[k]++
		p.numbers[key] = n
	}
	return uint64(n)
}

// A syllable is a consonant and a vowel: six bits. x begins every pseudonym,
// and syllables with an e, which count nothing, make one longer.
const (
	consonants = "bdfghjklmnprstvz"
	vowels     = "aiou"
	longer     = "nerelete"
	syllable   = 6
)

// word appends the pseudonym of a word: x and syllables, in the case of the
// word. It has a digit at the end if and only if the word has one, and at least
// as many letters as the word has that know case, so that two spellings of a
// word stay two spellings of one pseudonym.
func (p *pseudonyms) word(dst []byte, word string) []byte {
	folded, pattern, digit := fold(word)
	n := p.of(words, folded)
	length := 3
	if p.mac != nil {
		length, n = 8, n>>(64-8*syllable)
	} else {
		for n >= 1<<(length*syllable) {
			length++
		}
		// Numbers side by side look alike; this scatters them, one to one.
		n = n * 0x9E3779B1 & (1<<(length*syllable) - 1)
	}
	start := len(dst)
	dst = append(dst, 'x')
	for i := length - 1; i >= 0; i-- {
		s := n >> (i * syllable)
		dst = append(dst, consonants[s>>2&15], vowels[s&3])
	}
	for i := 0; len(dst)-start < len(pattern); i++ {
		dst = append(dst, longer[i%len(longer)])
	}
	raise(dst[start:], pattern)
	if digit {
		dst = append(dst, '0')
	}
	return dst
}

// raise writes letters in capitals as a pattern says, and all of them where
// the pattern has two or more and no other.
func raise(letters []byte, pattern []bool) {
	all := len(pattern) > 1
	for _, capital := range pattern {
		all = all && capital
	}
	for i := range letters {
		if all || i < len(pattern) && pattern[i] {
			letters[i] -= 'a' - 'A'
		}
	}
}

// fold returns a word in small letters, of each letter that knows case whether
// it was a capital, and whether there is a digit of ASCII. Only letters whose
// two cases are each other's are folded, so that nothing is lost.
func fold(word string) (folded string, pattern []bool, digit bool) {
	out := make([]byte, 0, len(word)+8)
	for _, r := range word {
		lower, upper := unicode.ToLower(r), unicode.ToUpper(r)
		switch {
		case lower != r && unicode.ToUpper(lower) == r:
			pattern, r = append(pattern, true), lower
		case upper != r && unicode.ToLower(upper) == r:
			pattern = append(pattern, false)
		}
		digit = digit || r >= '0' && r <= '9'
		out = append(out, string(r)...)
	}
	return string(out), pattern, digit
}

// number appends the pseudonym of a row of digits: another one.
func (p *pseudonyms) number(dst []byte, row string) []byte {
	n := p.of(digits, row)
	if p.mac != nil {
		n %= 1e15
	}
	base := uint64(9_000_000)
	if p.mac != nil {
		base = 9_000_000_000_000_000
	}
	return strconv.AppendUint(dst, base+n, 10)
}

// bytes returns what stands for a thing that is n bytes long: as many bytes,
// or more where these could not tell one thing from another. The remainder by
// three stays, and with it the padding of base64.
func (p *pseudonyms) bytes(thing string) []byte {
	const enough = 12
	n := len(thing)
	if n < enough {
		n = enough + n%3
	}
	var seed [sha256.Size]byte
	number := p.of(blobs, thing)
	if p.mac != nil {
		copy(seed[:], p.sum)
	} else {
		binary.BigEndian.PutUint64(seed[:], number)
	}
	out := make([]byte, 0, n+sha256.Size)
	for i := uint64(0); len(out) < n; i++ {
		block := sha256.Sum256(binary.BigEndian.AppendUint64(seed[:len(seed):len(seed)], i))
		out = append(out, block[:]...)
	}
	return out[:n]
}

// guid returns what stands for the 32 hexadecimal digits of a GUID, in small
// letters: others. What somebody has masked before stays as it is, as far as
// it was masked.
func (p *pseudonyms) guid(hex string) string {
	const mask = "12345678"
	same := true
	for i := range hex {
		same = same && hex[i] == hex[0]
	}
	if same {
		return hex
	}
	n := p.of(guids, hex)
	var id [16]byte
	if p.mac != nil {
		copy(id[:], p.sum)
	} else {
		binary.BigEndian.PutUint32(id[:], uint32(n)+1)
	}
	id[6] = id[6]&0x0F | 0x40 // a GUID of version 4, as it is made by chance
	id[8] = id[8]&0x3F | 0x80
	out := hexOf(id[:])
	switch {
	case hex[:8] == mask && p.mac != nil:
		return mask + out[8:]
	case hex[:8] == mask:
		return mask + "00004000" + "8000" + "0000" + out[:8]
	case out[:8] == mask:
		return "9" + out[1:]
	}
	return out
}

func hexOf(b []byte) string {
	const table = "0123456789abcdef"
	out := make([]byte, 0, 2*len(b))
	for _, c := range b {
		out = append(out, table[c>>4], table[c&15])
	}
	return string(out)
}
