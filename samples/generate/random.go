package generate

import (
	"encoding/base64"
	"math/rand/v2"

	"github.com/runhist/runhist/schemas/rundetails"
)

// stream is a source of random numbers. Each thing that is made has its own,
// known by labels, so that a change in one does not move all that follows.
type stream struct{ *rand.Rand }

func newStream(seed uint64, labels ...uint64) stream {
	mixed := uint64(0x9E3779B97F4A7C15)
	for _, label := range labels {
		mixed = (mixed ^ label) * 0xFF51AFD7ED558CCD
		mixed ^= mixed >> 32
	}
	return stream{rand.New(rand.NewPCG(seed, mixed))}
}

// The first label of a stream.
const (
	ofAgent uint64 = iota + 1
	ofRun
	ofStepID
	ofSample
	ofStart
)

// between returns a number from low to high, both included.
func (s stream) between(low, high int) int { return low + s.IntN(high-low+1) }

// oneIn is true once in n times.
func (s stream) oneIn(n int) bool { return s.IntN(n) == 0 }

// weighted picks an entry by its weight; total is the sum of all weights.
func weighted[T any](s stream, list []T, total int, weight func(*T) int) *T {
	at := s.IntN(total)
	for i := range list {
		if at -= weight(&list[i]); at < 0 {
			return &list[i]
		}
	}
	return &list[0]
}

// id returns a random GUID (version 4), which is never the nil GUID.
func (s stream) id() (id rundetails.ID) {
	high, low := s.Uint64(), s.Uint64()
	for i := range 8 {
		id[i], id[8+i] = byte(high>>(56-8*i)), byte(low>>(56-8*i))
	}
	id[6] = id[6]&0x0F | 0x40
	id[8] = id[8]&0x3F | 0x80
	return id
}

func (s stream) guid() rundetails.GUID { return rundetails.NewGUID(s.id()) }

// anchor returns n random bytes in base64.
func (s stream) anchor(n int) string {
	raw := make([]byte, n)
	for i := range raw {
		raw[i] = byte(s.Uint32())
	}
	return base64.StdEncoding.EncodeToString(raw)
}
