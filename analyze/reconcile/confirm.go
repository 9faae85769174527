package reconcile

import (
	"github.com/runhist/runhist/analyze/measure"
	"github.com/runhist/runhist/schemas/wording"
)

// eachPartition walks the steps of each agent in the order of time, with a
// state for each partition.
func eachPartition[S any](c *checker, visit func(state *S, r *run, s *step)) {
	for i := range c.agents {
		states := map[uint32]*S{}
		for _, index := range c.agents[i].runs {
			r := &c.runs[index]
			for j := r.steps; j < r.to; j++ {
				s := &c.steps[j]
				if s.start == never {
					continue
				}
				state := states[s.partition]
				if state == nil {
					state = new(S)
					states[s.partition] = state
				}
				visit(state, r, s)
			}
		}
	}
}

// read is how many entries an import met in the data source.
func (c *checker) read(s *step) uint64 {
	return c.sum(s, measure.StageNoChange, measure.StageAdd, measure.StageUpdate, measure.StageRename, measure.StageDeleteAdd, measure.StageFailure,
		measure.DiscoveryErrors, measure.FilteredObjects)
}

// confirmedObjects sets the objects that a full import read against those that
// were added since the full import before.
func (c *checker) confirmedObjects() {
	type state struct {
		begun       bool
		since       int64
		added, gone uint64
	}
	eachPartition(c, func(q *state, r *run, s *step) {
		switch {
		case s.kind.is(exports) && !s.kind.is(toFile):
			q.added += c.count(s, measure.ExportAdd)
			q.gone += c.sum(s, measure.ExportDelete, measure.ExportDeleteAdd)
		case s.kind.is(imports|full) && !s.kind.is(toFile):
			if s.after != goes || s.end == never || r.cut {
				return
			}
			// What did not come back, or was deleted in the source, is told
			// by the import itself.
			there := c.read(s) + q.gone + c.errorsOf(s, measure.ImportErrors, notReimported) + c.count(s, measure.StageDelete)
			if q.begun && q.added > there && !c.missing.Touch(q.since, s.until()) {
				c.report(r, s, c.texts[s.partition], "the full import read %s, but %s were exported as adds since the full import before",
					wording.Counted(c.read(s), "object"), wording.Digits(q.added))
			}
			*q = state{begun: true, since: s.start}
		case s.kind.is(imports):
			q.gone += c.sum(s, measure.StageDelete, measure.FilteredDeletions)
		}
	})
}

// unconfirmed looks for exports that the delta import after them knows nothing
// of, where others of the agent were confirmed that way.
func (c *checker) unconfirmed() {
	type state struct {
		waiting   uint64
		since     int64
		confirmed int
		missed    []*step
		changes   []uint64
	}
	var order []*state
	eachPartition(c, func(q *state, r *run, s *step) {
		if q.since == 0 {
			q.since = s.start
			order = append(order, q)
		}
		switch {
		case s.kind.is(exports):
			if s.kind.is(toFile) {
				return
			}
			if q.waiting == 0 {
				q.since = s.start
			}
			q.waiting += c.sum(s, measure.ExportAdd, measure.ExportUpdate, measure.ExportRename, measure.ExportDelete, measure.ExportDeleteAdd)
		case s.kind.is(imports):
			if q.waiting == 0 || s.after != goes || s.end == never || s.kind.is(toFile) || r.cut {
				return
			}
			something := c.read(s) + c.sum(s, measure.StageDelete, measure.FilteredDeletions, measure.ImportErrors)
			switch {
			case s.kind.is(full) || c.missing.Touch(q.since, s.until()):
			case something > 0:
				q.confirmed++
			default:
				q.missed, q.changes = append(q.missed, s), append(q.changes, q.waiting)
			}
			q.waiting = 0
		}
	})
	for _, q := range order {
		if q.confirmed <= len(q.missed) {
			continue // the agent does not confirm that way
		}
		for i, s := range q.missed {
			r := &c.runs[s.run]
			c.report(r, s, c.texts[s.partition], "the delta import staged nothing, though %s were exported before it", wording.Counted(q.changes[i], "change"))
		}
	}
}

// returnedChanges sets the changes that were not reimported against all that
// was exported.
func (c *checker) returnedChanges() {
	if len(c.missing) > 0 {
		return
	}
	type state struct {
		exported, returned uint64
		told               bool
	}
	eachPartition(c, func(q *state, r *run, s *step) {
		q.exported += c.sum(s, measure.ExportAdd, measure.ExportUpdate, measure.ExportRename, measure.ExportDelete, measure.ExportDeleteAdd)
		q.returned += c.errorsOf(s, measure.ImportErrors, notReimported)
		if q.returned > q.exported && !q.told {
			q.told = true
			c.report(r, s, c.texts[s.partition], "up to this import %s were missing when read again, but only %s were exported in all runs since the first",
				wording.Counted(q.returned, "change"), wording.Digits(q.exported))
		}
	})
}
