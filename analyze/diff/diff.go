// Package diff compares run histories: what a test expects with what an engine
// wrote, yesterday's runs with today's, one server with another.
//
//	model -> units (digests, keys, GUIDs, instants) -> pairs -> renaming, clock -> tree of differences
//
// [Runs], [Run] and [Histories] take values of the model and return a [Tree].
//
// # What belongs together
//
// Runs are paired by agent (its GUID, else its name), profile and order; two
// sides of one run each always are. In a run, steps are paired by number. In a
// step, errors are paired by DN, or by the GUID of the object, or by what else
// names it, and by type; outbound counters by target agent; attributes by name,
// values by value; incidents by order, and so are elements of one name in
// step-description. The order of anything else does not count: the
// specification orders incidents only, and says when a step ran by its number.
//
// # What may differ
//
//   - GUIDs, up to a one-to-one renaming, which follows from what they name: the
//     partner of a GUID is the one that stands at the paired places. Masked GUIDs
//     (12345678-...) say nothing. A GUID in a DN or a name counts, and an anchor
//     of 16 bytes.
//   - Instants, up to one offset where it is plain that there is one: all runs
//     and nine tenths of all instants have it. What was before all runs may be
//     the same on both sides then. Elsewhere durations differ, and the instants
//     must have the same order and the same coincidences on both sides (with
//     Options.LooseOrder: must not run against each other);
//     Options.DurationRatio bounds the durations. Of instants out of order the
//     fewest are differences.
//   - Servers, agents, accounts and DNs, by Options.Names.
//   - How a number or a GUID is spelled, and white space in step-description.
//
// With Options.Exact none of these may.
//
// # The properties
//
// The comparison of a history with itself is empty. [Apply] of the tree to A is
// B: to the letter but for the order of what is in no order with Options.Exact,
// and up to what may differ without. [Invert] gives the way back. Time and
// memory are linear in both sides, but for sorting.
//
// # To extend it
//
// An element of the model is shown in walk.go or walk_records.go, like in the
// writer of rundetails. What elements of a list are recognised by is in keys.go.
// A kind of value is a Kind and its cases in side.text and comparison.same.
//
// The package imports the model, and the requirement tables for [Annotate].
package diff

import (
	"hash/maphash"

	rd "github.com/runhist/runhist/schemas/rundetails"
)

// Options say what is a difference. The zero Options are the usual ones.
type Options struct {
	// Exact makes everything count as it is written, other than the order of
	// what is in no order.
	Exact bool
	// DurationRatio bounds how much durations may differ: the time of a step
	// since the start of its run, of anything in a step since the start of
	// the step, by this factor in either direction. At 1 all instants must have
	// one offset; 0 is no bound.
	DurationRatio float64
	// LooseOrder lets instants that coincide on one side differ on the other:
	// they may only not run against each other. It is for an A whose clock was
	// virtual, and for a B whose clock was coarse or quick.
	LooseOrder bool
	// Names are the names of A in B; nil where they are the same.
	Names *Names
	// Ignore leaves parts out.
	Ignore []Pattern
	// Context is the number of equal attributes and elements before and after
	// each difference in an element that get a node too. Around runs, steps
	// and errors there are none.
	Context int
}

// Histories compares the runs of two documents.
func Histories(a, b *rd.History, o Options) *Tree { return Runs(a.Runs, b.Runs, o) }

// Run compares two runs, whatever agents they are of.
func Run(a, b *rd.Run, o Options) *Tree { return Runs([]*rd.Run{a}, []*rd.Run{b}, o) }

// Runs compares two lists of runs in their retaining form, as [rundetails.Read]
// returns them. The models are not touched.
func Runs(a, b []*rd.Run, o Options) *Tree {
	c := newComparison(o)
	c.runsA, c.runsB = c.survey(c.a, a), c.survey(c.b, b)
	c.pairs = c.pairRuns()
	for i := range c.pairs {
		c.gather(&c.pairs[i])
	}
	c.guids.elect()
	c.clock.settle()
	c.gathering = false
	t := &Tree{Root: c.root(), Exact: o.Exact, GUIDs: c.guids.counts, Times: c.clock.Times, Runs: c.runCounts, Records: c.records}
	t.count()
	return t
}

// comparison is one comparison under way.
type comparison struct {
	Options
	a, b             *side
	scratchA         *side // for elements that were taken out
	scratchB         *side
	ignoreA, ignoreB *ignorer
	runsA, runsB     []surveyed
	pairs            []runPair
	guids            renaming
	clock            clock
	zero             *instants // of the step under way
	gathering        bool      // the partners are not settled yet
	signed           bool
	runCounts        Counts
	records          Counts
}

func newComparison(o Options) *comparison {
	seed := maphash.MakeSeed()
	c := &comparison{Options: o, gathering: true, clock: clock{ratio: o.DurationRatio, Times: Times{Loose: o.LooseOrder}}}
	names := o.Names
	if o.Exact {
		names = nil
	}
	c.a, c.scratchA = newSide(seed, names, o.Exact), newSide(seed, names, o.Exact)
	c.b, c.scratchB = newSide(seed, nil, o.Exact), newSide(seed, nil, o.Exact)
	if len(o.Ignore) > 0 {
		c.ignoreA, c.ignoreB = &ignorer{patterns: o.Ignore}, &ignorer{patterns: o.Ignore}
	}
	return c
}

// sign works out what GUIDs name, for both sides.
func (c *comparison) sign() {
	if c.signed {
		return
	}
	c.signed = true
	c.a.sign(c.runsA)
	c.b.sign(c.runsB)
	c.scratchA.signatures, c.scratchB.signatures = c.a.signatures, c.b.signatures
}

// sign gives each GUID a hash of all the places where it stands.
func (s *side) sign(runs []surveyed) {
	s.signatures = map[rd.ID]uint64{}
	eachUnit(runs, func(u *unit) {
		for i, id := range s.ids[u.ids:u.idsTo] {
			if u.scattered {
				i = 0
			}
			s.signatures[id] += mix(u.content, uint64(i))
		}
	})
}

// signature is a hash of what the GUIDs of a unit name.
func (s *side) signature(u *unit) uint64 {
	h := uint64(1)
	for _, id := range s.ids[u.ids:u.idsTo] {
		sign := uint64(0)
		if id != (rd.ID{}) {
			sign = s.signatures[id]
		}
		if u.scattered {
			h += mix(sign, 2)
		} else {
			h = mix(h, sign)
		}
	}
	return h
}
