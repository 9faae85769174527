package diff

import (
	"fmt"
	"iter"
	"strings"
)

// Kind says what a value is, and so how it is compared.
type Kind uint8

// The kinds. Of each the comment says which values are the same.
const (
	None    Kind = iota // an element that holds others
	Text                // the same characters
	Number              // the same number
	Counter             // the same number
	Instant             // see Times
	GUID                // partners of a one-to-one renaming
	DN                  // the same characters behind Options.Names
	Anchor              // the same characters; one that holds a GUID: as GUID
	Server              // as DN
	Agent               // as DN
	Account             // as DN
	Name                // as DN: of a person or a partition, and values of attributes
)

var kindNames = [...]string{"element", "text", "number", "counter", "instant", "guid", "dn", "anchor", "server", "agent", "account", "name"}

// String is the word for the kind, such as "instant".
func (k Kind) String() string { return kindNames[k] }

// Action says what becomes of a node on the way from A to B.
type Action uint8

// The actions.
const (
	Inside Action = iota // the node is on both sides; its children say what differs
	Add                  // it is in B only
	Remove               // it is in A only
	Change               // its value is another one
	Keep                 // it is the same on both sides, and stands beside a difference
)

var actionNames = [...]string{"inside", "add", "remove", "change", "keep"}

// String is the word for the action, such as "add".
func (a Action) String() string { return actionNames[a] }

// Position is where a node stands on one side. The zero Position means that
// it is not there.
type Position struct {
	Index        int    // among its siblings of the same name, from 1 on; 0 for attributes and text
	Line, Column uint32 // in its document, 0 where a program made it
}

// Node is an element, an attribute or the text of an element at which A and B
// differ, or an element around such ones.
type Node struct {
	Name   string // of the element; "@name" for an attribute; "text()" for the text of an element
	Key    string // what tells it from siblings of its name, such as a DN; "" where it has none
	Kind   Kind
	Action Action
	A, B   Position
	// Before and After are the values on the sides where an attribute or a
	// text is. The nodes of elements have none.
	Before, After string
	// Why says what is wrong with a value that may differ and still differs too
	// much: a GUID, an instant.
	Why string
	// Element is the whole element that was added or removed.
	Element *Element
	// Rows are the requirement rows concerned, in table order; see Annotate.
	Rows []string
	// Children are the differences inside, attributes first, in the order of
	// A and where that is silent of B.
	Children []*Node
	// Same is the number of attributes, texts and child elements inside that
	// are the same on both sides and have no node.
	Same int
}

// Label is the name, with the key in brackets where there is one:
// import-error[CN=Ann,DC=adatum].
func (n *Node) Label() string {
	if n.Key == "" {
		return n.Name
	}
	return n.Name + "[" + n.Key + "]"
}

// Tree is how B differs from A.
type Tree struct {
	// Root is run-history. It is nil when A and B are the same.
	Root *Node
	// Added, Removed and Changed count the nodes of each action.
	Added, Removed, Changed int
	Runs                    Counts // run-details
	Records                 Counts // steps, incidents excepted, and errors of all kinds
	Times                   Times
	GUIDs                   GUIDs
	Exact                   bool
}

// Counts says how many of something were paired, and how many were left.
type Counts struct{ Paired, OnlyA, OnlyB int }

// GUIDs says how the GUIDs of A become those of B.
type GUIDs struct {
	Kept    int // GUIDs that are the same on both sides
	Renamed int // GUIDs with a partner of another value
	Masked  int // places where a masked GUID of either side says nothing
}

// Times says how the instants of A become those of B.
type Times struct {
	Compared int // pairs of instants
	// Offset is what has to be added to the instants of A, in milliseconds:
	// at the first run, and at all instants where Shift is set.
	Offset int64
	// Shift means that one offset is asked of all instants. Else their order
	// and their coincidences are.
	Shift bool
	// Loose means that of their order only what runs against it counts.
	Loose bool
	// Shortest and Longest are by how much the durations of paired steps
	// changed, longer than a second on both sides: 0.5 is half as long. They are
	// 0 where there is none.
	Shortest, Longest float64
}

// Same tells whether there is no difference.
func (t *Tree) Same() bool { return t.Root == nil }

// Differences is the number of nodes that were added, removed or changed.
func (t *Tree) Differences() int { return t.Added + t.Removed + t.Changed }

// All visits the nodes that were added, removed or changed, in order, each with
// the nodes around it from the root on, itself included. The path is valid
// during the visit.
func (t *Tree) All() iter.Seq2[[]*Node, *Node] {
	return func(yield func([]*Node, *Node) bool) {
		if t.Root != nil {
			t.Root.all(nil, yield)
		}
	}
}

func (n *Node) all(path []*Node, yield func([]*Node, *Node) bool) bool {
	path = append(path, n)
	if n.Action != Inside && n.Action != Keep && !yield(path, n) {
		return false
	}
	for _, c := range n.Children {
		if !c.all(path, yield) {
			return false
		}
	}
	return true
}

// Path writes the names of the path with the keys of nodes that have one:
// /run-history/run-details[HR, Full Import, 4]/step-details[2]/@step-id.
func Path(path []*Node) string {
	var b strings.Builder
	for _, n := range path {
		b.WriteByte('/')
		b.WriteString(n.Label())
	}
	return b.String()
}

// XPath writes the path of the last node on the side A or B, with a position at
// every element. It returns "" for a node that is not on that side.
func XPath(path []*Node, inB bool) string {
	var b strings.Builder
	for _, n := range path {
		at := n.A
		if inB {
			at = n.B
		}
		switch {
		case n.Name[0] == '@' || n.Name == textName:
			if n.Action == Add && !inB || n.Action == Remove && inB {
				return ""
			}
			fmt.Fprintf(&b, "/%s", n.Name)
		case at.Index == 0:
			return ""
		default:
			fmt.Fprintf(&b, "/%s[%d]", n.Name, at.Index)
		}
	}
	return b.String()
}

// count counts the nodes of the tree.
func (t *Tree) count() {
	t.Added, t.Removed, t.Changed = 0, 0, 0
	for _, n := range t.All() {
		switch n.Action {
		case Add:
			t.Added++
		case Remove:
			t.Removed++
		case Change:
			t.Changed++
		}
	}
}

// Invert returns the way from B to A. The tree t is not touched.
func Invert(t *Tree) *Tree {
	i := *t
	i.Added, i.Removed = t.Removed, t.Added
	i.Runs = Counts{t.Runs.Paired, t.Runs.OnlyB, t.Runs.OnlyA}
	i.Records = Counts{t.Records.Paired, t.Records.OnlyB, t.Records.OnlyA}
	i.Times.Offset = -t.Times.Offset
	if t.Times.Longest > 0 {
		i.Times.Shortest, i.Times.Longest = 1/t.Times.Longest, 1/t.Times.Shortest
	}
	i.Root = t.Root.invert()
	return &i
}

func (n *Node) invert() *Node {
	if n == nil {
		return nil
	}
	i := *n
	i.A, i.B = n.B, n.A
	i.Before, i.After = n.After, n.Before
	switch n.Action {
	case Add:
		i.Action = Remove
	case Remove:
		i.Action = Add
	}
	i.Children = make([]*Node, len(n.Children))
	for k, c := range n.Children {
		i.Children[k] = c.invert()
	}
	return &i
}
