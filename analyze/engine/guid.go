package engine

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
)

// GUID is a globally unique identifier, in the order of its text form. The
// zero GUID means none.
type GUID [16]byte

// String returns the form of run histories: braced, upper case.
func (g GUID) String() string {
	var b [38]byte
	b[0], b[37] = '{', '}'
	at := 1
	for i, part := range [...]int{4, 2, 2, 2, 6} {
		if i > 0 {
			b[at] = '-'
			at++
		}
		from := [...]int{0, 4, 6, 8, 10}[i]
		hex.Encode(b[at:], g[from:from+part])
		at += 2 * part
	}
	return strings.ToUpper(string(b[:]))
}

// ParseGUID reads the text form of a GUID, with or without braces.
func ParseGUID(text string) (GUID, error) {
	bare := text
	if strings.HasPrefix(bare, "{") && strings.HasSuffix(bare, "}") {
		bare = bare[1 : len(bare)-1]
	}
	var g GUID
	ok := len(bare) == 36 && bare[8] == '-' && bare[13] == '-' && bare[18] == '-' && bare[23] == '-'
	if ok {
		_, err := hex.Decode(g[:], []byte(bare[:8]+bare[9:13]+bare[14:18]+bare[19:23]+bare[24:]))
		ok = err == nil
	}
	if !ok {
		return GUID{}, fmt.Errorf("parse GUID %q: not of the form {XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX}", text)
	}
	return g, nil
}

// NewGUID derives an id from the seed, the kind of thing that it names and a
// counter (SE section 10.3): the same on every platform, and no draw of one
// kind shifts the ids of another.
func NewGUID(seed uint64, kind string, counter uint64) GUID {
	var b [64]byte
	text := binary.BigEndian.AppendUint64(b[:0], seed)
	text = append(text, kind...)
	text = append(text, 0)
	text = binary.BigEndian.AppendUint64(text, counter)
	sum := sha256.Sum256(text)
	return GUID(sum[:16])
}

// stream is a seeded sequence of numbers (splitmix64). Streams of different
// labels do not touch each other.
type stream uint64

func newStream(seed uint64, label string) stream {
	sum := sha256.Sum256(append(binary.BigEndian.AppendUint64(nil, seed), label...))
	return stream(binary.BigEndian.Uint64(sum[:]))
}

// next returns the next number of the sequence.
func (s *stream) next() uint64 {
	*s += 0x9E3779B97F4A7C15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}
