package requirements

import (
	"fmt"
	"strings"
)

// aspect is the side of an element that a violation concerns.
type aspect uint8

const (
	// inside is the value, the text or the children of an element.
	inside aspect = iota
	// children is a child only.
	children
	// itself is the lack or excess of the element.
	itself
	// attribute is an attribute of the element.
	attribute
)

// anyName stands for any element, or for any attribute that is missing or not
// allowed.
const anyName = "*"

// placement ties a row to the places that a pattern matches.
type placement struct {
	row     int
	aspect  aspect
	deep    bool   // also below the element, and any aspect
	attr    string // the attribute, or anyName
	element string // the element's path or the end of it, with a leading slash
	whole   bool   // element is the whole path
}

// placeIndex finds the rows that a place breaks. It is built once and only
// read afterwards.
type placeIndex struct {
	// byName holds the placements by the last name of their element; those
	// that match any name are under anyName.
	byName map[string][]placement
	// deep holds the placements that reach below their element.
	deep []placement
	// except holds the elements that a row leaves out again.
	except         map[int][]string
	elementTypes   map[string][]int
	attributeTypes map[string][]int
	namespace      int
}

// namespaceRow is the row that forbids namespaces.
const namespaceRow = "R002"

// newPlaceIndex builds the index from the table placements, and for the rows
// that it does not list from their paths.
func newPlaceIndex(rows []Row, byID map[string]int) (placeIndex, error) {
	x := placeIndex{
		byName:         make(map[string][]placement),
		except:         make(map[int][]string),
		elementTypes:   make(map[string][]int),
		attributeTypes: make(map[string][]int),
		namespace:      byID[namespaceRow],
	}
	listed := make(map[int]bool)
	for line := range strings.Lines(placements) {
		patterns := strings.Fields(line)
		if len(patterns) == 0 {
			continue
		}
		row, ok := byID[patterns[0]]
		if !ok || rows[row].Class != ClassSchema && rows[row].Class != ClassContradiction {
			return x, fmt.Errorf("%q is no row of class schema or contradiction", patterns[0])
		}
		listed[row] = true
		for _, pattern := range patterns[1:] {
			x.add(row, pattern)
		}
	}
	for i := range rows {
		if rows[i].Class != ClassSchema || listed[i] {
			continue
		}
		path := rows[i].Path
		if !strings.HasPrefix(path, "/") || strings.ContainsAny(path, " [(") {
			return x, fmt.Errorf("row %s of class schema has the path %q and no placement", rows[i].ID, path)
		}
		x.add(i, path)
		if !strings.Contains(path, "/@") {
			x.add(i, path+"!")
		}
	}
	return x, nil
}

// add enters one pattern, as the comment of placements describes them.
func (x *placeIndex) add(row int, pattern string) {
	switch pattern[0] {
	case ':':
		x.elementTypes[pattern[1:]] = append(x.elementTypes[pattern[1:]], row)
		return
	case '@':
		x.attributeTypes[pattern[1:]] = append(x.attributeTypes[pattern[1:]], row)
		return
	case '-':
		x.except[row] = append(x.except[row], "/"+pattern[1:])
		return
	}
	p := placement{row: row, whole: pattern[0] == '/'}
	element := strings.TrimPrefix(pattern, "/")
	if before, attr, ok := strings.Cut(element, "/@"); ok {
		element, p.aspect, p.attr = before, attribute, attr
	} else if before, ok := strings.CutSuffix(element, "!"); ok {
		element, p.aspect = before, itself
	} else if before, ok := strings.CutSuffix(element, ">"); ok {
		element, p.aspect = before, children
	} else if before, ok := strings.CutSuffix(element, "//"); ok {
		element, p.deep = before, true
	}
	p.element = "/" + element
	if p.deep {
		x.deep = append(x.deep, p)
		return
	}
	parent, name := cutLast(p.element)
	if name == anyName {
		p.element = parent
	}
	x.byName[name] = append(x.byName[name], p)
}

// match appends the rows that have a placement of the aspect at path. For an
// attribute, name is the attribute or anyName.
func (x *placeIndex) match(found []int, path string, side aspect, name string) []int {
	parent, last := cutLast(path)
	for _, p := range x.byName[last] {
		if p.aspect == side && p.attr == name && p.ends(path) {
			found = append(found, p.row)
		}
	}
	for _, p := range x.byName[anyName] {
		if p.aspect == side && p.attr == name && p.ends(parent) && !x.excepted(p.row, path) {
			found = append(found, p.row)
		}
	}
	for _, p := range x.deep {
		if strings.Contains(path+"/", p.element+"/") {
			found = append(found, p.row)
		}
	}
	return found
}

// ends tells whether the path is, or ends in, the placement's element.
func (p *placement) ends(path string) bool {
	if p.whole {
		return path == p.element
	}
	return strings.HasSuffix(path, p.element)
}

// excepted tells whether the row leaves the element at path out.
func (x *placeIndex) excepted(row int, path string) bool {
	for _, element := range x.except[row] {
		if strings.HasSuffix(path, element) {
			return true
		}
	}
	return false
}
