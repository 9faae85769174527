package archive

// slab is a list that grows without moving what it holds: pointers into it
// stay good, and no copy is needed.
type slab[T any] struct {
	chunks [][]T
	n      int
}

// The first chunk of a slab is small, for documents of one run.
const (
	firstChunk = 2
	fullChunk  = 256
)

func (s *slab[T]) add(item T) *T {
	last := len(s.chunks) - 1
	if last < 0 || len(s.chunks[last]) == cap(s.chunks[last]) {
		size := firstChunk
		if last >= 0 {
			size = min(4*cap(s.chunks[last]), fullChunk)
		}
		s.chunks = append(s.chunks, make([]T, 0, size))
		last++
	}
	s.n++
	s.chunks[last] = append(s.chunks[last], item)
	return &s.chunks[last][len(s.chunks[last])-1]
}

// reader reads a slab from its beginning, and gives up what it has passed.
type reader[T any] struct {
	slab     *slab[T]
	chunk, i int
	read     int
}

// next returns the next item, or nil at the end.
func (r *reader[T]) next() *T {
	for r.chunk < len(r.slab.chunks) {
		if c := r.slab.chunks[r.chunk]; r.i < len(c) {
			r.i++
			r.read++
			return &c[r.i-1]
		}
		r.slab.chunks[r.chunk] = nil
		r.chunk, r.i = r.chunk+1, 0
	}
	return nil
}

// nextTo is next for the items before the end-th.
func (r *reader[T]) nextTo(end int) *T {
	if r.read >= end {
		return nil
	}
	return r.next()
}
