package source

// Sym stands for a name of a [Vocabulary]. 0 stands for every name that the
// vocabulary lacks.
type Sym uint16

// Vocabulary is a fixed list of names with a symbol each, so that the stages
// behind the reader compare numbers and not text. It is safe for concurrent
// use.
type Vocabulary struct {
	names []string // by symbol; names[0] is ""
	slots []Sym    // open addressing, a power of two long
}

// NewVocabulary gives the names symbols from 1 on, in order. A repeated name
// keeps its first symbol. Names are local names in ASCII, without a colon and
// other than xmlns: columns and namespaces rely on that.
func NewVocabulary(names ...string) *Vocabulary {
	return (&Vocabulary{names: []string{""}}).With(names...)
}

// With returns a vocabulary that has the names of v under the same symbols,
// and the further names after them.
func (v *Vocabulary) With(names ...string) *Vocabulary {
	w := &Vocabulary{names: append([]string(nil), v.names...)}
	known := make(map[string]bool, len(v.names)+len(names))
	for _, name := range v.names {
		known[name] = true
	}
	for _, name := range names {
		if !known[name] {
			known[name] = true
			w.names = append(w.names, name)
		}
	}
	size := 64
	for size < 4*len(w.names) {
		size *= 2
	}
	w.slots = make([]Sym, size)
	for i, name := range w.names[1:] {
		at := hashName([]byte(name)) & uint32(size-1)
		for w.slots[at] != 0 {
			at = (at + 1) & uint32(size-1)
		}
		w.slots[at] = Sym(i + 1)
	}
	return w
}

// Len is the number of names; symbols run from 1 to Len.
func (v *Vocabulary) Len() int { return len(v.names) - 1 }

// Name is the name that sym stands for, "" for 0.
func (v *Vocabulary) Name(sym Sym) string { return v.names[sym] }

// Sym is the symbol of name, or 0 when the vocabulary lacks it.
func (v *Vocabulary) Sym(name []byte) Sym {
	mask := uint32(len(v.slots) - 1)
	for at := hashName(name) & mask; ; at = (at + 1) & mask {
		sym := v.slots[at]
		if sym == 0 || v.names[sym] == string(name) {
			return sym
		}
	}
}

// hashName mixes the length and a few characters, which tell the names of one
// vocabulary apart well enough; a miss is resolved by comparing.
func hashName(name []byte) uint32 {
	n := len(name)
	if n == 0 {
		return 0
	}
	h := uint32(n)*0x9E3779B1 ^ uint32(name[0])*0x85EBCA6B ^ uint32(name[n-1])*0xC2B2AE35 ^
		uint32(name[n/2])*0x27D4EB2F ^ uint32(name[3*n/4])*0x165667B1 ^ uint32(name[n/4])*0x2C1B3C6D
	return h ^ h>>15
}
