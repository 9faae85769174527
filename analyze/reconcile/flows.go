package reconcile

import (
	"cmp"
	"slices"

	"github.com/runhist/runhist/analyze/measure"
	"github.com/runhist/runhist/schemas/wording"
	"github.com/runhist/runhist/validate/archive"
)

// events are steps, by their numbers in the ledger.
type events []uint32

// byStart returns the dated steps that want wants, in the order of time.
func (c *checker) byStart(want func(r *run, s *step) bool) events {
	var all events
	for i := range c.agents {
		for _, index := range c.agents[i].runs {
			r := &c.runs[index]
			for s := r.steps; s < r.to; s++ {
				if step := &c.steps[s]; step.start != never && want(r, step) {
					all = append(all, s)
				}
			}
		}
	}
	slices.SortFunc(all, func(i, j uint32) int {
		x, y := &c.steps[i], &c.steps[j]
		return cmp.Or(cmp.Compare(x.start, y.start), cmp.Compare(x.end, y.end), c.compareRuns(x.run, y.run), cmp.Compare(x.number, y.number), cmp.Compare(i, j))
	})
	return all
}

// until is the end of a step, or its start where that is not known.
func (s *step) until() int64 { return max(s.start, s.end) }

// queue is what is known of the adds that wait to be exported by an agent.
type queue struct {
	since             int64 // the first synchronization that provisioned one
	provisioned, lost uint64
	leaving           uint64 // of the server, before that one
	added, failed     uint64
	partitions        map[uint32]bool // that were exported
	unclear           bool            // it cannot be said what the export did
}

// leaves are the counters of objects that left the metaverse or their
// connector: what was provisioned for them is taken back.
var leaves = []measure.Measure{measure.DisconnectorJoinedRemoveMV, measure.DisconnectorProjectedRemoveMV, measure.ConnectorFilteredRemoveMV,
	measure.ConnectorFilteredLeaveMV, measure.ConnectorFlowRemoveMV, measure.ConnectorDeleteRemoveMV, measure.ConnectorDeleteLeaveMV,
	measure.ConnectorDeleteAddProcessed}

// provisionedAdds sets what was provisioned toward an agent against its next
// export: every add is tried there, and is counted as added or as failed.
//
// Whatever may take an object out of the queue in between is counted as an
// excuse: disconnections toward the agent, objects that left the metaverse,
// connectors that were filtered or deleted, objects that an import of the agent
// staged under the same name. What a synchronization provisioned while the agent
// exported is left out, and nothing is said where two synchronizations ran at
// the same time.
func (c *checker) provisionedAdds() {
	list := c.byStart(func(*run, *step) bool { return true })
	queues := map[uint32]*queue{}
	leaving, syncing := uint64(0), int64(never)
	of := func(agent uint32) *queue {
		q := queues[agent]
		if q == nil {
			q = &queue{leaving: leaving, partitions: map[uint32]bool{}}
			queues[agent] = q
		}
		return q
	}
	busy := c.exportTimes(list)
	for _, i := range list {
		s := &c.steps[i]
		r := &c.runs[s.run]
		own := of(r.agent)
		if s.kind.is(syncs) {
			if s.start < syncing {
				for _, q := range queues {
					q.unclear = true
				}
			}
			syncing = max(syncing, s.until())
		}
		for _, f := range c.flows[s.flows:s.flowsTo] {
			q := of(f.to)
			if f.adds > 0 && !busy[f.to].Touch(s.start, s.until()) {
				if q.provisioned == 0 { // what was lost before was nothing of it
					q.since, q.lost, q.leaving = s.start, 0, leaving
				}
				q.provisioned += uint64(f.adds)
			}
			q.lost += uint64(f.disconnects)
		}
		if s.kind.is(syncs) {
			leaving += c.sum(s, leaves...)
		}
		if s.kind.is(imports) {
			own.lost += c.sum(s, measure.StageAdd, measure.StageRename, measure.StageDeleteAdd)
		}
		if s.kind.is(exports) {
			c.exported(own, r, i, leaving)
		}
	}
}

// exported takes an export, and after the last one of its run judges what was
// in the queue.
func (c *checker) exported(q *queue, r *run, i uint32, leaving uint64) {
	s := &c.steps[i]
	q.added += c.sum(s, measure.ExportAdd, measure.ExportDeleteAdd)
	q.failed += max(c.count(s, measure.ExportFailure), c.count(s, measure.ExportErrors))
	q.partitions[s.partition] = true
	q.unclear = q.unclear || s.kind.is(toFile) || s.after != goes || s.end == never || r.cut
	if c.moreExports(r, i) {
		return
	}
	if q.unclear || len(q.partitions) < len(c.agents[r.agent].partitions) {
		q.unclear = false // a later export of all partitions will tell
		clear(q.partitions)
		return
	}
	lost := q.lost + leaving - q.leaving
	if tried := q.added + q.failed; q.provisioned > lost+tried && !c.missing.Touch(q.since, s.until()) {
		open := q.provisioned - lost - tried
		excuse := ""
		if lost > 0 {
			excuse = ", at most " + wording.Digits(lost) + " can have been taken back"
		}
		f := c.report(r, s, "", "%s provisioned for this export; it added %s, %s failed%s: %s not accounted for",
			were(q.provisioned, "object"), wording.Digits(q.added), wording.Digits(q.failed), excuse, are(open))
		f.Count = int(open)
	}
	*q = queue{leaving: leaving, partitions: map[uint32]bool{}}
}

// moreExports tells whether the run exports in a later step.
func (c *checker) moreExports(r *run, step uint32) bool {
	for i := step + 1; i < r.to; i++ {
		if c.steps[i].kind.is(exports) {
			return true
		}
	}
	return false
}

// exportTimes are the times when each agent exported.
func (c *checker) exportTimes(list events) map[uint32]archive.Spans {
	all := map[uint32]archive.Spans{}
	for _, i := range list {
		s := &c.steps[i]
		if !s.kind.is(exports) {
			continue
		}
		of := all[c.runs[s.run].agent]
		if n := len(of); n > 0 && s.start <= of[n-1].To {
			of[n-1].To = max(of[n-1].To, s.until())
		} else {
			of = append(of, archive.Span{From: s.start, To: s.until()})
		}
		all[c.runs[s.run].agent] = of
	}
	return all
}

// flowBound sets the updates that an agent exported against all that flowed
// toward it, from the first run of the server on: what flowed is the most that
// can be exported, but for references, which follow an add. It trusts the
// archive only where something flowed before every export with updates: else
// the agents that feed this one are not in it.
func (c *checker) flowBound() {
	if len(c.missing) > 0 {
		return // what flowed before may still have waited
	}
	type sums struct {
		allowed, exported, fresh uint64
		silent                   bool
	}
	all := map[uint32]*sums{}
	of := func(agent uint32) *sums {
		if all[agent] == nil {
			all[agent] = &sums{}
		}
		return all[agent]
	}
	list := c.byStart(func(*run, *step) bool { return true })
	slices.SortStableFunc(list, func(i, j uint32) int { return cmp.Compare(c.steps[i].effect(), c.steps[j].effect()) })
	for _, i := range list {
		s := &c.steps[i]
		r := &c.runs[s.run]
		for _, f := range c.flows[s.flows:s.flowsTo] {
			to := of(f.to)
			to.allowed += uint64(f.changes) + uint64(f.adds)
			to.fresh += uint64(f.changes) + uint64(f.adds)
		}
		mine := of(r.agent)
		mine.allowed += c.errorsOf(s, measure.ImportErrors, notReimported)
		updates := c.sum(s, measure.ExportUpdate, measure.ExportRename)
		if !s.kind.is(exports) || s.kind.is(toFile) || updates == 0 {
			continue
		}
		mine.allowed += c.count(s, measure.ExportAdd)
		mine.exported += updates
		mine.silent = mine.silent || mine.fresh == 0
		mine.fresh = 0
		if mine.exported > mine.allowed && !mine.silent {
			mine.silent = true
			c.report(r, s, "", "up to this export the agent exported %s, but only %s flowed toward it since the first run",
				wording.Counted(mine.exported, "update"), wording.Counted(mine.allowed, "change"))
		}
	}
}

// effect is when the counters of a step hold: changes may flow while an export
// is under way.
func (s *step) effect() int64 {
	if s.kind.is(exports) {
		return s.until()
	}
	return s.start
}
