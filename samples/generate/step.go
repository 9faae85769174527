package generate

import (
	"iter"
	"slices"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// step makes one step: its head when it is made, its records when they are
// written.
type step struct {
	*rundetails.Step
	run         *run
	kind        *stepKind
	errors      int   // import or export errors to make, where until is 0
	until       int64 // byte of the document at which the errors end
	made        int
	failed      uint64 // import errors outside of staging
	dated       int64  // when the last error occurred
	pace        int64  // milliseconds from one error to the next
	startAt     int64
	endAt       int64
	before      rundetails.GUID // of the export error before, and its DN
	beforeDN    rundetails.Text
	incidents   []*rundetails.Incident
	objects     []*rundetails.ObjectError
	retries     []*rundetails.RetryError
	outbound    []*rundetails.CounterBlock
	unconfirmed int
}

// step makes the step of a plan, up to its errors.
func (r *run) step(i int) *step {
	p := &r.plans[i]
	s := &step{Step: rundetails.NewStep(), run: r, kind: p.kind, errors: p.errors, unconfirmed: p.unconfirmed}
	s.Number = rundetails.NewNumber(r.numbers[i])
	s.ID = newStream(r.o.Seed, ofStepID, uint64(r.agent.index), uint64(i)).guid()
	s.Description = r.agent.description(p.kind)
	s.schedule(p)
	if p.kind.imports || p.kind.exports {
		s.connect()
	}
	if p.kind.imports {
		s.stage(p)
	}
	if p.kind.syncs {
		s.synchronize(r.exportsAfter(i))
	}
	if p.kind.exports {
		s.export()
	}
	s.Result.Text = rundetails.NewText(s.result(p))
	return s
}

// schedule gives the step its dates. Servers round those of steps to ticks of
// a three-hundredth of a second.
func (s *step) schedule(p *plan) {
	r := s.run
	r.clock += int64(r.rand.between(200, 4000))
	s.startAt = tick(r.clock)
	r.clock = s.startAt + int64(r.rand.between(4*second, longStep-second)) + p.errorTime()
	s.endAt = tick(r.clock)
	s.Start, s.End = rundetails.NewInstant(s.startAt), rundetails.NewInstant(s.endAt)
	s.dated = s.startAt + second
	s.pace = max(p.errorTime()/int64(max(p.errors, 1)), 1)
}

func tick(millis int64) int64 {
	digit := millis % 10
	return millis - digit + []int64{0, 0, 0, 3, 3, 3, 3, 7, 7, 7}[digit]
}

// occur returns the time of the next error of the step.
func (s *step) occur() int64 {
	s.dated = min(s.dated+s.run.rand.Int64N(2*s.pace), s.endAt-5)
	return s.dated
}

// result is the step result that fits: one that lets the next step run.
func (s *step) result(p *plan) string {
	switch {
	case p.errors > errorLimit && p.last:
		return "stopped-error-limit"
	case s.kind.exports && s.errors > 0:
		return "completed-export-errors"
	case s.kind.exports:
		return "success"
	case s.errors > 0 || len(s.retries) > 0 || s.unconfirmed > 0 && len(s.objects) > 0:
		return "completed-sync-errors"
	case s.unconfirmed > 0:
		return "completed-warnings"
	case len(s.objects) > 0:
		return "completed-discovery-errors"
	}
	return "success"
}

// records are the records of the step, made while they are written.
func (s *step) records(w *rundetails.Writer) rundetails.Records {
	return rundetails.Records{
		Incidents:    each(s.incidents),
		ObjectErrors: each(s.objects),
		ImportErrors: s.importErrors(w),
		ExportErrors: s.exportErrors(w),
		RetryErrors:  each(s.retries),
		Outbound:     each(s.outbound),
	}
}

func each[R any](list []R) iter.Seq[R] {
	return func(yield func(R) bool) {
		for _, r := range list {
			if !yield(r) {
				return
			}
		}
	}
}

// more tells whether the step has another error. It has at least one where
// its result says so.
func (s *step) more(w *rundetails.Writer) bool {
	switch {
	case s.errors == 0:
		return false
	case s.until == 0:
		return s.made < s.errors
	}
	return s.made == 0 || w.Written() < s.until
}

func (s *step) importErrors(w *rundetails.Writer) iter.Seq[*rundetails.ImportError] {
	return func(yield func(*rundetails.ImportError) bool) {
		if s.kind.exports {
			return
		}
		for range s.unconfirmed {
			e := s.run.unconfirmedChange(s)
			s.run.faults.each(true, func(f *fault) bool { return f.importError != nil && f.importError(s.run, e) })
			if !yield(e) {
				return
			}
		}
		for s.more(w) {
			e := s.run.importErrorOf(s)
			if e.AlgorithmStep.Value != "staging" {
				s.failed++
			}
			s.made++
			s.run.faults.each(true, func(f *fault) bool { return f.importError != nil && f.importError(s.run, e) })
			if !yield(e) {
				return
			}
		}
		if s.failed > 0 {
			s.Inbound.Set(rundetails.NameFlowFailure, s.failed)
		}
	}
}

func (s *step) exportErrors(w *rundetails.Writer) iter.Seq[*rundetails.ExportError] {
	return func(yield func(*rundetails.ExportError) bool) {
		if !s.kind.exports {
			return
		}
		for s.more(w) {
			s.made++
			e := s.run.exportErrorOf(s)
			s.run.faults.each(true, func(f *fault) bool { return f.exportError != nil && f.exportError(s, e) })
			s.before, s.beforeDN = e.CSGUID, e.DN
			if !yield(e) {
				return
			}
		}
		s.Export.Set(rundetails.NameExportFailure, uint64(s.made))
		s.run.faults.each(false, func(f *fault) bool { return f.counters != nil && f.counters(s) })
	}
}

// connect tells of the connection to the data source.
func (s *step) connect() {
	a, rand := s.run.agent, s.run.rand
	if len(a.servers) == 0 {
		return
	}
	at := s.startAt + int64(rand.between(40, 300))
	if len(a.servers) > 1 && rand.oneIn(4) {
		s.incidents = append(s.incidents, &rundetails.Incident{
			Result: rundetails.NewText("failed-connection"),
			Date:   rundetails.NewInstant(at),
			Server: rundetails.NewText(a.servers[0]),
			Error: rundetails.CDError{Block: present(), Code: rundetails.NewText("0x51"),
				Literal: rundetails.NewText("Server Down")},
		})
		at += int64(rand.between(300, 2*second))
	}
	server := rundetails.NewText(a.servers[len(a.servers)-1])
	s.incidents = append(s.incidents, &rundetails.Incident{
		Result: rundetails.NewText("success"), Date: rundetails.NewInstant(at), Server: server,
	})
	s.Connection.Result, s.Connection.Server = rundetails.NewText("success"), server
	s.Connection.Log = present()
}

func present() rundetails.Block { return rundetails.Block{Present: true} }

// set gives counters of a block random values up to a limit each.
func (s *step) set(b *rundetails.CounterBlock, limits ...limit) {
	for _, l := range limits {
		b.Set(l.name, uint64(s.run.rand.between(l.low, l.high)))
	}
}

type limit struct {
	name      source.Sym
	low, high int
}

// stage fills in what an import tells of the data source.
func (s *step) stage(p *plan) {
	rand := s.run.rand
	s.set(&s.Staging, limit{rundetails.NameStageUpdate, 1, 400}, limit{rundetails.NameStageAdd, 0, 90},
		limit{rundetails.NameStageRename, 0, 12}, limit{rundetails.NameStageDelete, 0, 30})
	if s.kind.stepType == "full-import" {
		s.set(&s.Staging, limit{rundetails.NameStageNoChange, 2000, 90_000})
	}
	if rand.oneIn(2) {
		s.DiscoveryCounters.FilteredObjects = rundetails.NewNumber(uint64(rand.between(1, 60)))
	}
	if s.kind.stepType == "delta-import" && rand.oneIn(2) {
		s.DiscoveryCounters.FilteredDeletions = rundetails.NewNumber(uint64(rand.between(1, 9)))
	}
	if p.objects > 0 {
		for range rand.between(1, p.objects) {
			s.objects = append(s.objects, s.run.objectError(s))
		}
		s.Staging.Set(rundetails.NameStageFailure, uint64(len(s.objects)))
	}
}

// exportsAfter tells whether the run exports after step i.
func (r *run) exportsAfter(i int) bool {
	return slices.ContainsFunc(r.plans[i+1:], func(p plan) bool { return p.kind.exports })
}

// synchronize fills in what synchronization tells of the metaverse and of the
// agents that it changes. It provisions objects only where the run exports them
// itself: no other run knows of them.
func (s *step) synchronize(exported bool) {
	r, rand := s.run, s.run.rand
	s.set(&s.Inbound, limit{rundetails.NameConnectorFlow, 1, 500}, limit{rundetails.NameConnectorNoFlow, 0, 900},
		limit{rundetails.NameDisconnectorProjectedFlow, 0, 80}, limit{rundetails.NameDisconnectorJoinedFlow, 0, 20},
		limit{rundetails.NameDisconnectorRemains, 0, 4000}, limit{rundetails.NameDisconnectorFiltered, 0, 15},
		limit{rundetails.NameConnectorDeleteRemoveMV, 0, 6})
	if s.errors > 0 {
		for range rand.IntN(4) {
			s.retries = append(s.retries, r.retryError(s))
		}
	}
	other := (r.agent.index + 1 + rand.IntN(len(r.agents)-1)) % len(r.agents)
	for _, a := range []*agent{r.agent, &r.agents[other]} {
		b := rundetails.NewCounterBlock(rundetails.Outbound)
		b.MA, b.MAID = rundetails.NewText(a.name), a.id
		s.set(b, limit{rundetails.NameProvisionedAddFlow, 20, 90}, limit{rundetails.NameConnectorFlow, 20, 400},
			limit{rundetails.NameProvisionedRenameFlow, 5, 20})
		for _, name := range []source.Sym{rundetails.NameProvisionedAddNoFlow, rundetails.NameProvisionedRenameNoFlow,
			rundetails.NameProvisionedDisconnect, rundetails.NameConnectorNoFlow} {
			if rand.oneIn(2) {
				s.set(b, limit{name, 1, 40})
			}
		}
		if !exported || a != r.agent {
			*b.Get(rundetails.NameProvisionedAddFlow), *b.Get(rundetails.NameProvisionedAddNoFlow) = rundetails.Counter{}, rundetails.Counter{}
		}
		s.outbound = append(s.outbound, b)
		if a == r.agent {
			r.due.adds += int(b.Get(rundetails.NameProvisionedAddFlow).N + b.Get(rundetails.NameProvisionedAddNoFlow).N)
			r.due.updates += int(b.Get(rundetails.NameConnectorFlow).N)
			r.due.renames += int(b.Get(rundetails.NameProvisionedRenameFlow).N)
		}
	}
}

// export fills in what an export wrote: all adds that were due, and no more of
// the others than that.
func (s *step) export() {
	r := s.run
	for _, c := range []struct {
		name source.Sym
		due  *int
	}{
		{rundetails.NameExportAdd, &r.due.adds},
		{rundetails.NameExportUpdate, &r.due.updates},
		{rundetails.NameExportRename, &r.due.renames},
	} {
		n := *c.due - r.rand.IntN(*c.due/4+1)
		if c.name == rundetails.NameExportAdd {
			n = *c.due
		}
		*c.due -= n
		s.Export.Set(c.name, uint64(n))
	}
	s.set(&s.Export, limit{rundetails.NameExportDelete, 0, 8})
}
