package diff

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strings"

	rd "github.com/runhist/runhist/schemas/rundetails"
)

// guidLength is that of a GUID without braces.
const guidLength = 36

// findGUID finds the first GUID in a text, in braces or not, and where its
// digits begin; -1 when there is none.
func findGUID(text string) (int, rd.ID) {
	for from := 0; len(text)-from >= guidLength; {
		dash := strings.IndexByte(text[from+8:], '-')
		if dash < 0 {
			break
		}
		at := from + dash // dash stands 8 behind it
		if len(text)-at < guidLength {
			break
		}
		if text[at+13] == '-' && text[at+18] == '-' && text[at+23] == '-' && !hexAt(text, at-1) && !hexAt(text, at+guidLength) {
			if id, ok := rd.ParseGUID("{" + text[at:at+guidLength] + "}"); ok {
				return at, id
			}
		}
		from = at + 1
	}
	return -1, rd.ID{}
}

// hexAt tells whether a hexadecimal digit stands there, which would belong to a
// longer number.
func hexAt(text string, at int) bool {
	return at >= 0 && at < len(text) && strings.IndexByte("0123456789abcdefABCDEF", text[at]) >= 0
}

// anchorGUID reads an anchor that is a GUID: 16 bytes in base64, some of which
// are no text.
func anchorGUID(text string) (id rd.ID, ok bool) {
	if len(text) != 24 || text[22:] != "==" {
		return id, false
	}
	var raw [18]byte
	n, err := base64.StdEncoding.Decode(raw[:], []byte(text))
	if err != nil || n != len(id) {
		return id, false
	}
	copy(id[:], raw[:n])
	for _, c := range id {
		ok = ok || c < ' ' || c > '~'
	}
	// The text of a GUID has the first three numbers the other way round.
	id[0], id[1], id[2], id[3] = id[3], id[2], id[1], id[0]
	id[4], id[5], id[6], id[7] = id[5], id[4], id[7], id[6]
	return id, ok
}

// renaming is the renaming of GUIDs. First every two GUIDs that stand at paired
// places have a vote; then those with most votes become partners.
type renaming struct {
	votes    map[[2]rd.ID]int32 // index into pairs
	pairs    []vote
	partners map[rd.ID]rd.ID
	sources  map[rd.ID]rd.ID // the other way round
	clean    bool            // every vote was for partners
	counts   GUIDs
}

type vote struct {
	a, b rd.ID
	n    int32
}

func (r *renaming) vote(a, b rd.ID) {
	if a.Masked() || b.Masked() {
		r.counts.Masked++
		return
	}
	if r.votes == nil {
		r.votes = map[[2]rd.ID]int32{}
	}
	key := [2]rd.ID{a, b}
	i, known := r.votes[key]
	if !known {
		i = int32(len(r.pairs))
		r.votes[key] = i
		r.pairs = append(r.pairs, vote{a: a, b: b})
	}
	r.pairs[i].n++
}

// elect makes partners, so that each GUID has at most one.
func (r *renaming) elect() {
	r.votes = nil
	slices.SortStableFunc(r.pairs, func(x, y vote) int {
		if c := cmp.Compare(y.n, x.n); c != 0 {
			return c
		}
		if (x.a == x.b) != (y.a == y.b) {
			if x.a == x.b {
				return -1
			}
			return 1
		}
		return 0
	})
	r.partners, r.sources = make(map[rd.ID]rd.ID, len(r.pairs)), make(map[rd.ID]rd.ID, len(r.pairs))
	r.clean = true
	for _, p := range r.pairs {
		_, taken := r.partners[p.a]
		_, taken2 := r.sources[p.b]
		if taken || taken2 {
			r.clean = false
			continue
		}
		r.partners[p.a], r.sources[p.b] = p.b, p.a
		if p.a == p.b {
			r.counts.Kept++
		} else {
			r.counts.Renamed++
		}
	}
	r.pairs = nil
}

// partner tells whether two GUIDs are partners, or one says nothing.
func (r *renaming) partner(a, b rd.ID) bool {
	if a.Masked() || b.Masked() {
		return true
	}
	p, ok := r.partners[a]
	return ok && p == b
}

// why says why two GUIDs are no partners.
func (r *renaming) why(a, b rd.ID) string {
	if p, ok := r.partners[a]; ok && p != b {
		return "elsewhere it becomes " + p.String()
	}
	if p, ok := r.sources[b]; ok && p != a {
		return "elsewhere " + p.String() + " becomes it"
	}
	return ""
}
