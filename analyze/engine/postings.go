package engine

import "slices"

// postings finds metaverse objects by a key. Nearly every key has one object,
// so the others stand apart.
type postings struct {
	one  map[uint64]mvID
	more map[uint64][]mvID
}

func newPostings() postings {
	return postings{map[uint64]mvID{}, map[uint64][]mvID{}}
}

func (p *postings) add(key uint64, id mvID) {
	if _, taken := p.one[key]; !taken {
		p.one[key] = id
		return
	}
	p.more[key] = append(p.more[key], id)
}

func (p *postings) remove(key uint64, id mvID) {
	more := p.more[key]
	if p.one[key] == id {
		if len(more) == 0 {
			delete(p.one, key)
			return
		}
		p.one[key] = more[len(more)-1]
		more = more[:len(more)-1]
	} else if i := slices.Index(more, id); i >= 0 {
		more = slices.Delete(more, i, i+1)
	}
	if len(more) == 0 {
		delete(p.more, key)
		return
	}
	p.more[key] = more
}

// find returns the objects of a key, in no order that means anything.
func (p *postings) find(key uint64, into []mvID) []mvID {
	if id, ok := p.one[key]; ok {
		into = append(into, id)
		into = append(into, p.more[key]...)
	}
	return into
}
