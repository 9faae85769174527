package diff

import (
	"cmp"
	"hash/maphash"
	"math/bits"
	"slices"
	"strings"

	rd "github.com/runhist/runhist/schemas/rundetails"
)

// digests sums a part of the model up. Equal parts have equal digests; the seed
// of the hashes is random, so that nobody can write documents whose parts have
// equal digests and differ.
type digests struct {
	content uint64 // all but the values of GUIDs and instants
	timed   uint64 // content and instants, counted from the beginning of the run
	full    uint64 // timed and GUIDs
}

// unit is a part of the model that is summed up at once: the head of a run, the
// head of a step, an error.
type unit struct {
	digests
	keys           [4]uint64 // what it is recognised by, the best first; 0 for none
	ids, idsTo     int32     // its GUIDs in side.ids, in the order of the document
	times, timesTo int32     // its instants in side.instants
	scattered      bool      // equal elements of a set have GUIDs: their order says nothing
	ignored        bool      // it takes no part
}

// side is A or B: its units, and what the walk over them found.
type side struct {
	seed  maphash.Seed
	names *Names // nil for B: the names of A become those of B
	exact bool
	ids   []rd.ID // the zero ID for a masked one
	// signatures are hashes of what GUIDs name; see sign.
	signatures map[rd.ID]uint64
	instants   []int64
	base       int64 // beginning of the run under way

	acc      digests
	stack    []frame
	segments []segment // of the sets under way
	spare    []rd.ID   // memory to put GUIDs in order with
	unit     unit
}

// segment is the GUIDs of an element of a set.
type segment struct {
	content  uint64 // of the element
	from, to int
}

// frame is an element or a set under way.
type frame struct {
	outer digests // the digests so far, in an element of a set
	sum   digests // of the elements of a set
	set   bool
	// from is where the GUIDs of an element begin, and the segments of a set.
	from int
}

func newSide(seed maphash.Seed, names *Names, exact bool) *side {
	return &side{seed: seed, names: names, exact: exact}
}

// blank is the digest of nothing.
const blank = 1

// sumUp shows the side a part of the model and returns its unit.
func (s *side) sumUp(show func()) unit {
	s.unit = unit{ids: int32(len(s.ids)), times: int32(len(s.instants))}
	s.acc, s.stack, s.segments = digests{blank, blank, blank}, s.stack[:0], s.segments[:0]
	show()
	s.unit.digests = s.acc
	s.unit.idsTo, s.unit.timesTo = int32(len(s.ids)), int32(len(s.instants))
	return s.unit
}

func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^0x9E3779B97F4A7C15^bits.RotateLeft64(b, 32), b^0xD6E8FEB86659FD93)
	return hi ^ lo + a
}

func (s *side) add(w uint64) {
	s.acc.content = mix(s.acc.content, w)
	s.acc.timed = mix(s.acc.timed, w)
	s.acc.full = mix(s.acc.full, w)
}

func (s *side) hash(text string) uint64 { return maphash.String(s.seed, text) }

// inSet tells whether the element that begins or ends is one of a set.
func (s *side) inSet() bool { return len(s.stack) > 0 && s.stack[len(s.stack)-1].set }

func (s *side) open(name string, _ *rd.Place) {
	f := frame{outer: s.acc, from: len(s.ids)}
	if s.inSet() {
		s.acc = digests{4, 5, 6}
	}
	s.stack = append(s.stack, f)
	s.add(s.hash(name))
}

func (s *side) close() {
	last := len(s.stack) - 1
	outer, from := s.stack[last].outer, s.stack[last].from
	s.stack = s.stack[:last]
	if s.inSet() {
		if from < len(s.ids) {
			s.segments = append(s.segments, segment{s.acc.content, from, len(s.ids)})
		}
		sum := &s.stack[last-1].sum
		sum.content += mix(s.acc.content, 7)
		sum.timed += mix(s.acc.timed, 7)
		sum.full += mix(s.acc.full, 7)
		s.acc = outer
		return
	}
	s.add(8)
}

func (s *side) beginSet() { s.stack = append(s.stack, frame{set: true, from: len(s.segments)}) }

func (s *side) endSet() {
	last := len(s.stack) - 1
	sum, from := s.stack[last].sum, s.stack[last].from
	s.stack = s.stack[:last]
	if len(s.segments)-from > 1 {
		s.order(s.segments[from:])
	}
	s.segments = s.segments[:from]
	s.acc.content = mix(s.acc.content, sum.content)
	s.acc.timed = mix(s.acc.timed, sum.timed)
	s.acc.full = mix(s.acc.full, sum.full)
}

// order puts the GUIDs of a set into the order of the content of its elements,
// which is the same on both sides.
func (s *side) order(segments []segment) {
	begin, end := segments[0].from, segments[len(segments)-1].to
	slices.SortFunc(segments, func(x, y segment) int { return cmp.Compare(x.content, y.content) })
	s.spare = s.spare[:0]
	for i, x := range segments {
		s.spare = append(s.spare, s.ids[x.from:x.to]...)
		s.unit.scattered = s.unit.scattered || i > 0 && x.content == segments[i-1].content
	}
	copy(s.ids[begin:end], s.spare)
}

func (s *side) attribute(name string, v value, _ *rd.Place) {
	// Attributes are in no order, but the walk shows those of the model in
	// one; those of free content are few.
	s.add(s.hash(name))
	s.text(v)
}

func (s *side) text(v value) {
	if s.exact {
		s.add(s.hash(v.text))
		return
	}
	switch v.kind {
	case Number, Counter:
		s.add(s.hash(plainNumber(v.text)))
	case Instant:
		if !v.valid {
			s.add(s.hash(v.text))
			return
		}
		s.add(9)
		w := uint64(v.millis - s.base)
		s.acc.timed, s.acc.full = mix(s.acc.timed, w), mix(s.acc.full, w)
		s.instants = append(s.instants, v.millis)
	case GUID:
		if !v.valid {
			s.add(s.hash(v.text))
			return
		}
		s.add(10)
		s.id(v.id)
	case Anchor:
		if id, ok := anchorGUID(v.text); ok {
			s.add(11)
			s.id(id)
			return
		}
		s.add(s.hash(v.text))
	default:
		s.name(v)
	}
}

// name adds a text behind the names map, without the GUIDs in it.
func (s *side) name(v value) {
	rest := s.names.apply(v.kind, v.text)
	for {
		at, id := findGUID(rest)
		if at < 0 {
			break
		}
		s.add(s.hash(rest[:at]))
		s.add(10)
		s.id(id)
		rest = rest[at+guidLength:]
	}
	s.add(s.hash(rest))
}

func (s *side) id(id rd.ID) {
	if id.Masked() {
		id = rd.ID{}
	} else {
		s.acc.full = mix(s.acc.full, s.hash(string(id[:])))
	}
	s.ids = append(s.ids, id)
}

// plainNumber writes a number without what does not count: white space around
// it and leading zeros.
func plainNumber(text string) string {
	text = strings.Trim(text, " \t\r\n")
	if trimmed := strings.TrimLeft(text, "0"); trimmed != "" && trimmed[0] >= '0' && trimmed[0] <= '9' {
		return trimmed
	} else if trimmed == "" && text != "" {
		return "0"
	}
	return text
}
