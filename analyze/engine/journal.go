package engine

// state is everything that a run can change: all of it is changed through the
// functions of this file, so that the transaction of an object can be taken
// back, and a preview is a transaction that is always taken back.
type state struct {
	pool   *pool
	cs     table[csObject]
	mv     table[mvObject]
	links  []link // references between objects of a connector space
	mvRefs []link // references between metaverse objects
	spaces []space
	joins  postings // metaverse objects by attribute and folded value
	clock  int64    // virtual nanoseconds since 1970

	journal journal
}

// space is the connector space of one agent.
type space struct {
	byName   map[uint64]csID // parent and folded last component
	reserved map[uint64]csID // names that pending renames will take (SE-D7)
	byAnchor map[valueID]csID
	objects  []csID // in the order of their making, gone ones among them

	// hierarchy: an import brought a container, or an object under another.
	// Before that nothing is known of the containers of the source.
	hierarchy bool

	watermarks []watermark // by partition
	runNumber  int
	last       map[string]attempt // by profile, for resuming
}

// link is an element of a list of referrers. It may be stale: who reads it
// looks whether the reference still stands.
type link struct {
	from uint32
	next uint32
}

// journal keeps what the open transactions changed.
type journal struct {
	serial uint32 // of the innermost open transaction; 0: none
	last   uint32
	marks  []mark
	cs     []savedCS
	mv     []savedMV
	index  []savedIndex
}

type mark struct {
	serial        uint32 // of the transaction around it
	cs, mv, index int
	nCS, nMV      uint32
	links, mvRefs int
}

type savedCS struct {
	id csID
	o  csObject
}

type savedMV struct {
	id mvID
	o  mvObject
}

type indexKind uint8

const (
	indexName indexKind = iota
	indexReserved
	indexAnchor
	indexJoinAdd
	indexJoinRemove
)

type savedIndex struct {
	kind  indexKind
	agent uint16
	key   uint64
	old   uint32
}

// begin opens a transaction, possibly within another one.
func (s *state) begin() {
	j := &s.journal
	m := mark{serial: j.serial, cs: len(j.cs), mv: len(j.mv), index: len(j.index),
		nCS: s.cs.n, nMV: s.mv.n, links: len(s.links), mvRefs: len(s.mvRefs)}
	j.marks = append(j.marks, m)
	j.last++
	j.serial = j.last
}

// commit keeps the changes of the innermost transaction.
func (s *state) commit() {
	j := &s.journal
	m := j.marks[len(j.marks)-1]
	j.marks = j.marks[:len(j.marks)-1]
	j.serial = m.serial
	if len(j.marks) > 0 {
		return
	}
	clear(j.cs)
	clear(j.mv)
	j.cs, j.mv, j.index = j.cs[:0], j.mv[:0], j.index[:0]
}

// rollback takes the changes of the innermost transaction back.
func (s *state) rollback() {
	j := &s.journal
	m := j.marks[len(j.marks)-1]
	j.marks = j.marks[:len(j.marks)-1]
	j.serial = m.serial
	for i := len(j.index) - 1; i >= m.index; i-- {
		s.undo(j.index[i])
	}
	for id := s.cs.n; id > m.nCS; id-- {
		sp := &s.spaces[s.cs.at(id).agent]
		sp.objects = sp.objects[:len(sp.objects)-1]
	}
	for i := len(j.cs) - 1; i >= m.cs; i-- {
		*s.cs.at(uint32(j.cs[i].id)) = j.cs[i].o
	}
	for i := len(j.mv) - 1; i >= m.mv; i-- {
		*s.mv.at(uint32(j.mv[i].id)) = j.mv[i].o
	}
	clear(j.cs[m.cs:])
	clear(j.mv[m.mv:])
	j.cs, j.mv, j.index = j.cs[:m.cs], j.mv[:m.mv], j.index[:m.index]
	s.cs.n, s.mv.n = m.nCS, m.nMV
	s.links, s.mvRefs = s.links[:m.links], s.mvRefs[:m.mvRefs]
}

func (s *state) undo(i savedIndex) {
	sp := &s.spaces[i.agent]
	switch i.kind {
	case indexName:
		restore(sp.byName, i.key, csID(i.old))
	case indexReserved:
		restore(sp.reserved, i.key, csID(i.old))
	case indexAnchor:
		restore(sp.byAnchor, valueID(i.key), csID(i.old))
	case indexJoinAdd:
		s.joins.remove(i.key, mvID(i.old))
	case indexJoinRemove:
		s.joins.add(i.key, mvID(i.old))
	}
}

func restore[K comparable, V comparable](m map[K]V, key K, old V) {
	var zero V
	if old == zero {
		delete(m, key)
		return
	}
	m[key] = old
}

// object reads a connector space object.
func (s *state) object(id csID) *csObject { return s.cs.at(uint32(id)) }

// edit returns a connector space object to change.
func (s *state) edit(id csID) *csObject {
	o := s.object(id)
	if o.stamp != s.journal.serial {
		s.journal.cs = append(s.journal.cs, savedCS{id, *o})
		o.stamp = s.journal.serial
	}
	return o
}

// create makes a connector space object.
func (s *state) create(agent uint16) (csID, *csObject) {
	id, o := s.cs.add()
	o.agent, o.flags, o.stamp = agent, flagLive, s.journal.serial
	s.spaces[agent].objects = append(s.spaces[agent].objects, csID(id))
	return csID(id), o
}

// meta reads a metaverse object.
func (s *state) meta(id mvID) *mvObject { return s.mv.at(uint32(id)) }

// editMeta returns a metaverse object to change; its attributes are changed by
// setMV alone.
func (s *state) editMeta(id mvID) *mvObject {
	o := s.meta(id)
	if o.stamp != s.journal.serial {
		s.journal.mv = append(s.journal.mv, savedMV{id, *o})
		o.stamp = s.journal.serial
	}
	return o
}

// createMeta makes a metaverse object; room is the number of values that it is
// likely to have.
func (s *state) createMeta(typ uint16, room int) mvID {
	id, o := s.mv.add()
	o.typ, o.flags, o.stamp, o.owned = typ, mvLive, s.journal.serial, s.journal.serial
	o.attrs = make([]mvAttr, 0, room)
	return mvID(id)
}

// before returns what a connector space object was at the start of the
// innermost transaction; nil if the transaction made it or left it alone.
func (s *state) before(id csID) *csObject {
	j := &s.journal
	from := j.marks[len(j.marks)-1].cs
	for i := from; i < len(j.cs); i++ {
		if j.cs[i].id == id {
			return &j.cs[i].o
		}
	}
	return nil
}

// metaBefore is before for metaverse objects.
func (s *state) metaBefore(id mvID) *mvObject {
	j := &s.journal
	for i := j.marks[len(j.marks)-1].mv; i < len(j.mv); i++ {
		if j.mv[i].id == id {
			return &j.mv[i].o
		}
	}
	return nil
}

// setName, setReserved and setAnchor change an index of a space; a zero id
// removes the key.
func (s *state) setName(agent uint16, key uint64, id csID) {
	m := s.spaces[agent].byName
	s.journal.index = append(s.journal.index, savedIndex{indexName, agent, key, uint32(m[key])})
	restore(m, key, id)
}

func (s *state) setReserved(agent uint16, key uint64, id csID) {
	m := s.spaces[agent].reserved
	s.journal.index = append(s.journal.index, savedIndex{indexReserved, agent, key, uint32(m[key])})
	restore(m, key, id)
}

func (s *state) setAnchor(agent uint16, key valueID, id csID) {
	m := s.spaces[agent].byAnchor
	s.journal.index = append(s.journal.index, savedIndex{indexAnchor, agent, uint64(key), uint32(m[key])})
	restore(m, key, id)
}

func (s *state) addJoin(key uint64, id mvID) {
	s.journal.index = append(s.journal.index, savedIndex{kind: indexJoinAdd, key: key, old: uint32(id)})
	s.joins.add(key, id)
}

func (s *state) removeJoin(key uint64, id mvID) {
	s.journal.index = append(s.journal.index, savedIndex{kind: indexJoinRemove, key: key, old: uint32(id)})
	s.joins.remove(key, id)
}

// guid returns the id of a connector space object.
func (e *Engine) guid(id csID) GUID { return NewGUID(e.seed, "cs-object", uint64(id)) }

// metaGUID returns the id of a metaverse object.
func (e *Engine) metaGUID(id mvID) GUID { return NewGUID(e.seed, "mv-object", uint64(id)) }
