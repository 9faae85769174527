package diff

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/validate/requirements"
)

// Annotate fills the Rows of every node that was added, removed or changed: the
// rows that speak of its place, of the values of an enumeration on both sides,
// and those of consistency.tsv that name the element, such as a counter. Where
// no row does, they are the rows of the schema behind the place.
func Annotate(t *Tree, tables *requirements.Tables) {
	if t.Root == nil {
		return
	}
	x := newRowIndex(tables)
	for path, n := range t.All() {
		n.Rows = x.rows(path, n)
	}
}

// rowIndex finds rows by place and by name.
type rowIndex struct {
	tables *requirements.Tables
	order  map[string]int      // of ids
	places map[string][]string // by path, perhaps with [.='value'] behind it
	names  map[string][]string // rows of consistency.tsv that name an element
	seen   map[string][]string // by path and values: what was found
}

func newRowIndex(t *requirements.Tables) *rowIndex {
	x := &rowIndex{tables: t, order: map[string]int{}, places: map[string][]string{}, names: map[string][]string{}, seen: map[string][]string{}}
	for i, r := range t.All() {
		x.order[r.ID] = i
		if r.Table != requirements.TableDocument && r.Table != requirements.TableConsistency {
			continue
		}
		x.places[r.Path] = append(x.places[r.Path], r.ID)
		if r.Table != requirements.TableConsistency {
			continue
		}
		for _, word := range strings.FieldsFunc(r.Statement, notInName) {
			word = strings.TrimSuffix(word, "s") // of several
			if ids := x.names[word]; strings.Contains(word, "-") && !slices.Contains(ids, r.ID) {
				x.names[word] = append(ids, r.ID)
			}
		}
	}
	return x
}

func notInName(c rune) bool { return (c < 'a' || c > 'z') && c != '-' && c != '@' }

func (x *rowIndex) rows(path []*Node, n *Node) []string {
	var b strings.Builder
	for _, p := range path {
		if p.Name != textName {
			b.WriteString("/" + p.Name)
		}
	}
	at := b.String()
	key := at + "\x00" + n.Before + "\x00" + n.After
	if n.Kind != Text && n.Element == nil { // the value of an enumeration is text
		key = at
	}
	if rows, ok := x.seen[key]; ok {
		return rows
	}
	rows := x.find(at, n)
	if len(x.seen) < 1<<12 {
		x.seen[key] = rows
	}
	return rows
}

// wholeSchema is the row that documents conform to the schema, which stands
// behind every place.
const wholeSchema = "R001"

func (x *rowIndex) find(at string, n *Node) []string {
	rows := slices.Clone(x.places[at])
	for _, value := range []string{n.Before, n.After} {
		if value != "" {
			rows = append(rows, x.places[at+"[.='"+value+"']"]...)
		}
	}
	rows = append(rows, x.names[strings.TrimSuffix(n.Name, "s")]...)
	if len(rows) == 0 {
		p := requirements.Place{Path: at}
		if before, attribute, ok := strings.Cut(at, "/@"); ok {
			p.Path, p.Attribute = before, attribute
		}
		rows = slices.DeleteFunc(x.tables.SchemaRows(p), func(id string) bool { return id == wholeSchema })
	}
	slices.SortFunc(rows, func(a, b string) int { return x.order[a] - x.order[b] })
	return slices.Compact(rows)
}
