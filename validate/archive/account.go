package archive

import (
	"cmp"
	"math"
	"slices"

	"github.com/runhist/runhist/schemas/rundetails"
)

// Account sets what an export added against what it can have had to add.
type Account struct {
	rundetails.Place        // of export-add, where Adds is above 0
	file             string // of the export
	Adds             uint64
	Failures         uint64
	Run              *Seen // the run of the export
	Agent            string
	Start            int64 // of the step, in milliseconds since 1970
	// Provisioned are the adds toward the agent since the export before it
	// of the same partition, those included that came back; LeftOver is what
	// that export can have left.
	Provisioned, LeftOver uint64
	Before                *Seen  // the run of that export; nil for the first
	BeforeFile            string // "" where it is the same
	// Unknown means that runs between the two are missing, or the end of the
	// one before.
	Unknown bool
}

// Document is the document of the export.
func (a *Account) Document() string { return a.file }

// Where says where the export before stands.
func (a *Account) Where() string { return where(a.Before.Line, a.BeforeFile) }

// accounts gathers the flows of all runs. They are settled at the end: only
// then is it known that no document with an earlier run follows.
type accounts struct {
	adds    slab[addition]
	exports slab[export]
	fed     map[uint32]bool // agents that something was provisioned to
	broken  bool            // flows are missing, or runs that may have some
}

type addition struct {
	agent     uint32
	adds      uint32
	at, until int64
}

type export struct {
	rundetails.Place
	run            *Seen
	partition      uint64
	at, until      int64
	adds, failures uint32
	complete       bool
}

func (c *accounts) add(a *Archive, s *Seen, f *flow) {
	if c.adds.n+c.exports.n >= maxFlows {
		c.broken = true
		return
	}
	switch f.kind {
	case exported:
		e := export{run: s, partition: f.partition, at: f.at, until: f.until, adds: f.adds, failures: f.failures, complete: f.complete}
		if f.adds > 0 { // else nobody asks where it stands
			e.Place = f.Place
		}
		c.exports.add(e)
	case returned:
		c.adds.add(addition{s.agent, f.adds, f.at, f.until})
	case provisioned:
		to := a.agent(f.agent)
		if to == nil {
			c.broken = true
			return
		}
		if c.fed == nil {
			c.fed = map[uint32]bool{}
		}
		c.fed[to.index] = true
		c.adds.add(addition{to.index, f.adds, f.at, f.until})
	}
}

// Finish hands out what only the whole of the call shows.
func (a *Archive) Finish() {
	a.Accounts(func(account *Account) {
		if account.Before != nil && account.Adds > 0 {
			a.visitor.Account(account)
		}
	})
}

// Accounts hands out every export of agents that something was provisioned to,
// by agent, partition and time: also the first, of which nobody knows what it
// had to add, and those that added nothing.
func (a *Archive) Accounts(yield func(*Account)) {
	c := &a.accounts
	if len(c.fed) == 0 {
		return
	}
	exports := make([]*export, 0, c.exports.n)
	for r := (reader[export]{slab: &c.exports}); ; {
		e := r.next()
		if e == nil {
			break
		}
		if c.fed[e.run.agent] {
			exports = append(exports, e)
		}
	}
	slices.SortStableFunc(exports, func(x, y *export) int {
		return cmp.Or(cmp.Compare(x.run.agent, y.run.agent), cmp.Compare(x.partition, y.partition), cmp.Compare(x.at, y.at))
	})
	begun, ended := c.ledgers()
	missing := a.missing()
	var before *export
	pending := uint64(0) // adds that the export before can have left
	for _, e := range exports {
		since := int64(math.MinInt64)
		if before != nil && (before.run.agent != e.run.agent || before.partition != e.partition) {
			before, pending = nil, 0
		}
		if before != nil {
			since = before.at
		}
		account := Account{Place: e.Place, file: a.documents[e.run.document], Adds: uint64(e.adds), Failures: uint64(e.failures), LeftOver: pending,
			Run: e.run, Start: e.at, Agent: a.list[e.run.agent].called,
			Provisioned: begun.until(e.run.agent, e.until) - ended.until(e.run.agent, since)}
		if account.Unknown = true; before != nil {
			account.Before, account.BeforeFile = before.run, a.otherFile(before.run, e.run)
			account.Unknown = c.broken || !before.complete || missing.Touch(before.at, e.until)
		}
		yield(&account)
		// What failed is left, and what nobody has seen exported may be.
		pending += account.Provisioned
		pending = max(pending-min(pending, account.Adds), uint64(e.failures))
		before = e
	}
}

func (a *Archive) otherFile(of, than *Seen) string {
	if of.document == than.document {
		return ""
	}
	return a.documents[of.document]
}

// ledger sums additions up by agent and time.
type ledger []entry

type entry struct {
	agent uint32
	at    int64
	sum   uint64 // of the agent, this one included
}

// ledgers returns the additions by the time when their steps began and by the
// time when those ended.
func (c *accounts) ledgers() (begun, ended ledger) {
	for r := (reader[addition]{slab: &c.adds}); ; {
		x := r.next()
		if x == nil {
			break
		}
		begun = append(begun, entry{x.agent, x.at, uint64(x.adds)})
		ended = append(ended, entry{x.agent, x.until, uint64(x.adds)})
	}
	begun.sum()
	ended.sum()
	return begun, ended
}

func (l ledger) sum() {
	slices.SortFunc(l, func(x, y entry) int {
		return cmp.Or(cmp.Compare(x.agent, y.agent), cmp.Compare(x.at, y.at))
	})
	for i := 1; i < len(l); i++ {
		if l[i].agent == l[i-1].agent {
			l[i].sum += l[i-1].sum
		}
	}
}

// until is the sum of the agent up to a time.
func (l ledger) until(agent uint32, at int64) uint64 {
	i, _ := slices.BinarySearchFunc(l, entry{agent: agent, at: at}, func(x, y entry) int {
		if cmp.Or(cmp.Compare(x.agent, y.agent), cmp.Compare(x.at, y.at)) <= 0 {
			return -1
		}
		return 1
	})
	if i == 0 || l[i-1].agent != agent {
		return 0
	}
	return l[i-1].sum
}

// missing returns the times when some agent may have had runs that were not
// seen: where its numbers have a gap, and before its first one.
func (a *Archive) missing() Spans {
	var all Spans
	for _, of := range a.list {
		var last *Seen
		for _, piece := range of.time.pieces {
			for _, i := range piece {
				s := a.seen[i]
				switch {
				case last == nil && s.Number != 1:
					all = append(all, Span{math.MinInt64, s.Start})
				case last != nil && (s.Number != last.Number+1 || last.AtWork):
					all = append(all, Span{last.Start, s.Start})
				}
				last = s
			}
		}
		if last != nil && last.AtWork {
			all = append(all, Span{last.Start, math.MaxInt64})
		}
	}
	return Apart(all)
}
