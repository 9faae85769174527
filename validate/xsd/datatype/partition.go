package datatype

import (
	"errors"
	"slices"
	"unicode"
)

// partition divides all characters into classes such that no set of the
// expression tells two characters of a class apart.
type partition struct {
	starts  []rune   // where each interval starts; the first at 0
	classOf []uint16 // the class of each interval
	count   int      // number of classes
	member  []bool   // whether a class is in a set: set*count + class
}

// errTooManySets is returned for expressions whose sets cut the characters into
// too many classes to tabulate.
var errTooManySets = errors.New("too many different character sets")

const (
	maxClasses = 4096
	maxMembers = 1 << 22
)

// newPartition refines one class of everything by each set in turn.
func newPartition(sets []runeSet, work *budget) (*partition, error) {
	p := &partition{starts: boundaries(sets)}
	class := make([]int, len(p.starts))
	count := 1
	for _, set := range sets {
		moved := make(map[int]int)
		for _, r := range set {
			i, _ := slices.BinarySearch(p.starts, r.lo)
			for ; i < len(p.starts) && p.starts[i] <= r.hi; i++ {
				to, ok := moved[class[i]]
				if !ok {
					to = count
					count++
					moved[class[i]] = to
				}
				class[i] = to
				if err := work.spend(1); err != nil {
					return nil, err
				}
			}
		}
	}
	if err := p.number(class); err != nil {
		return nil, err
	}
	return p, p.fillMembers(sets)
}

// boundaries returns every character at which some set starts, or stops.
func boundaries(sets []runeSet) []rune {
	starts := []rune{0}
	for _, set := range sets {
		for _, r := range set {
			starts = append(starts, r.lo)
			if r.hi < unicode.MaxRune {
				starts = append(starts, r.hi+1)
			}
		}
	}
	slices.Sort(starts)
	return slices.Compact(starts)
}

// number gives the classes that are left consecutive numbers.
func (p *partition) number(class []int) error {
	numbers := make(map[int]uint16)
	p.classOf = make([]uint16, len(class))
	for i, c := range class {
		n, ok := numbers[c]
		if !ok {
			if len(numbers) == maxClasses {
				return errTooManySets
			}
			n = uint16(len(numbers))
			numbers[c] = n
		}
		p.classOf[i] = n
	}
	p.count = len(numbers)
	return nil
}

func (p *partition) fillMembers(sets []runeSet) error {
	if len(sets)*p.count > maxMembers {
		return errTooManySets
	}
	representative := make([]rune, p.count)
	for i, c := range p.classOf {
		representative[c] = p.starts[i]
	}
	p.member = make([]bool, len(sets)*p.count)
	for i, set := range sets {
		for c, r := range representative {
			p.member[i*p.count+c] = set.contains(r)
		}
	}
	return nil
}
