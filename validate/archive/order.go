package archive

import "slices"

// order is a list of runs in the order of time. Runs may come in any order:
// newest first is what servers hand out. So the list is in pieces, and a run
// moves the others of its piece only.
type order struct{ pieces [][]uint32 }

const fullPiece = 512

// none stands for no run.
const none = ^uint32(0)

// insert puts a run behind those that are not later, and returns its
// neighbours.
func (o *order) insert(run uint32, compare func(a, b uint32) int) (before, after uint32) {
	before, after = none, none
	if len(o.pieces) == 0 {
		o.pieces = append(o.pieces, []uint32{run})
		return before, after
	}
	// The last piece that begins no later than the run, or the first one.
	p, _ := slices.BinarySearchFunc(o.pieces, run, func(piece []uint32, run uint32) int {
		if compare(piece[0], run) <= 0 {
			return -1
		}
		return 1
	})
	p = max(p-1, 0)
	piece := o.pieces[p]
	at, _ := slices.BinarySearchFunc(piece, run, func(other, run uint32) int {
		if compare(other, run) <= 0 {
			return -1
		}
		return 1
	})
	if at > 0 {
		before = piece[at-1]
	}
	if at < len(piece) {
		after = piece[at]
	} else if p+1 < len(o.pieces) {
		after = o.pieces[p+1][0]
	}
	piece = slices.Insert(piece, at, run)
	o.pieces[p] = piece
	if len(piece) >= fullPiece {
		o.pieces[p] = piece[: fullPiece/2 : fullPiece/2]
		o.pieces = slices.Insert(o.pieces, p+1, slices.Clone(piece[fullPiece/2:]))
	}
	return before, after
}
