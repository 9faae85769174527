package engine

import (
	"cmp"
	"slices"
)

// attrID is the place of an attribute in the schema of its agent or of the
// metaverse.
type attrID uint16

// av is one value of one attribute. Values of references are the ids of
// connector space objects.
type av struct {
	attr attrID
	val  valueID
}

// image is the attributes of an object, ordered by attribute and value,
// without duplicates: a multi-valued attribute is a set. Images are never
// changed in place, so that rolling back is keeping the old one.
type image []av

func compareAV(a, b av) int {
	if c := cmp.Compare(a.attr, b.attr); c != 0 {
		return c
	}
	return cmp.Compare(a.val, b.val)
}

// normalize orders values and drops duplicates, in place.
func normalize(values []av) image {
	if !slices.IsSortedFunc(values, compareAV) {
		slices.SortFunc(values, compareAV)
	}
	return slices.Compact(values)
}

// of returns the values of one attribute.
func (m image) of(attr attrID) image {
	from, _ := slices.BinarySearchFunc(m, attr, func(v av, a attrID) int { return cmp.Compare(v.attr, a) })
	to := from
	for to < len(m) && m[to].attr == attr {
		to++
	}
	return m[from:to:to]
}

// has reports whether the image holds the value.
func (m image) has(v av) bool {
	_, found := slices.BinarySearchFunc(m, v, compareAV)
	return found
}

// differs reports whether an attribute has other values in the two images.
func (m image) differs(other image, attr attrID) bool {
	return !slices.Equal(m.of(attr), other.of(attr))
}
