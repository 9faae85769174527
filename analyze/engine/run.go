package engine

import (
	"fmt"
	"time"
)

// attempt is the last attempt of a profile, for resuming (SE section 7).
type attempt struct {
	completed int // steps from the first that ended in the continue set
	finished  bool
}

// Run executes a run profile and returns what it writes. A resume that is
// answered without a run has a record with its result, and neither number nor
// steps. It fails only for an agent or profile that does not exist.
func (e *Engine) Run(req RunRequest) (*RunRecord, error) {
	a := e.agentByName[fold(req.Agent)]
	if a == nil {
		return nil, fmt.Errorf("run %q: no management agent %q", req.Profile, req.Agent)
	}
	var profile *Profile
	for i := range a.cfg.Profiles {
		if fold(a.cfg.Profiles[i].Name) == fold(req.Profile) {
			profile = &a.cfg.Profiles[i]
		}
	}
	if profile == nil {
		return nil, fmt.Errorf("run %q of %s: no-start-unknown-profile-name", req.Profile, a.cfg.Name)
	}
	sp := &e.spaces[a.index]
	skip := 0
	if req.Resume {
		last, ok := sp.last[profile.Name]
		switch {
		case !ok:
			return e.refused(a, profile, NoStartResumeNoHistory), nil
		case last.finished:
			return e.refused(a, profile, NoStartResumeAlreadyCompleted), nil
		}
		skip = last.completed
	}
	sp.runNumber++
	e.began = e.clock
	r := &run{req: req, rec: &RunRecord{Agent: a.cfg.ID, AgentName: a.cfg.Name, Number: sp.runNumber, Profile: profile.Name, Account: e.setup.Account}}
	e.trace.run, e.trace.number = sp.runNumber, 0
	done := e.steps(a, profile, r, skip)
	sp.last[profile.Name] = attempt{done, done == len(profile.Steps)}
	return r.rec, nil
}

// refused is the record of a run that does not take place.
func (e *Engine) refused(a *agent, profile *Profile, answer StepResult) *RunRecord {
	return &RunRecord{Agent: a.cfg.ID, AgentName: a.cfg.Name, Profile: profile.Name, Account: e.setup.Account, Result: answer}
}

// steps executes the steps in order, as long as each ends in the continue set
// (SE-R1). It returns how many did.
func (e *Engine) steps(a *agent, profile *Profile, r *run, skip int) int {
	done := 0
	if len(profile.Steps) == 0 {
		r.rec.Result = NoStartNoSteps
		return 0
	}
	for i := range profile.Steps {
		st := e.newStep(a, profile, r, i)
		if i < skip {
			st.rec.Result = CompletedSkipped
		} else {
			st.execute()
		}
		if st.rec.File == "" && st.cfg.Kind.Imports() && st.rec.Result.namesInput() {
			st.rec.File = st.cfg.Description.InputFile
		}
		st.rec.End, st.rec.Hash = e.date(e.clock), e.Hash()
		r.rec.Steps = append(r.rec.Steps, *st.rec)
		r.rec.Result = st.rec.Result
		if !st.rec.Result.Continues() {
			break
		}
		done++
	}
	for i := len(r.rec.Steps); e.sw.emitUnrun && i < len(profile.Steps); i++ { // SE-K35
		st := e.newStep(a, profile, r, i)
		st.rec.Result, st.rec.End, st.rec.Hash = NoStartServer, st.rec.Start, e.Hash()
		r.rec.Steps = append(r.rec.Steps, *st.rec)
	}
	return done
}

func (e *Engine) newStep(a *agent, profile *Profile, r *run, i int) *step {
	cfg := profile.Steps[i]
	if cfg.ID == (GUID{}) {
		cfg.ID = NewGUID(e.seed, "step "+profile.ID.String(), uint64(i+1))
	}
	st := &step{e: e, a: a, cfg: &cfg, run: r, outbound: make([][numOutbound]uint64, len(e.agents)),
		rec: &StepRecord{Number: i + 1, Step: cfg, Start: e.date(e.clock)}}
	for k := range a.partitions {
		if a.partitions[k].cfg.ID == cfg.Partition {
			st.part = uint16(k + 1)
		}
	}
	e.trace.step = i + 1
	return st
}

// execute runs the phases of one step (SE-R2).
func (st *step) execute() {
	e, kind := st.e, st.cfg.Kind
	e.spend(e.costs.Step + time.Duration(e.jitter.next()%uint64(e.costs.Step/4+1)))
	if result := st.check(); result != "" {
		st.rec.Result, st.rec.File = result, st.fileOf(result)
		return
	}
	var m *importer
	switch {
	case kind.Imports():
		m = &importer{step: st, delta: kind.Delta(), source: e.edges.Sources[st.a.cfg.Name]}
		if !m.open() {
			return
		}
		m.imports()
	case kind == Export:
		if !st.export() {
			return
		}
	default:
		st.starts()
	}
	if kind.Synchronizes() && st.stop == "" && (m == nil || len(st.rec.Discovery) == 0 || !e.sw.stopOnDiscoveryErrors) {
		st.imported = kind.Imports()
		s := &syncer{step: st, full: kind.Full(), combined: kind.Imports()}
		s.synchronize()
	}
	if m != nil {
		m.commitWatermark()
	}
	st.report()
	if st.rec.Result = st.result(m); st.stop == "" {
		if st.ending != "" {
			st.rec.Result = st.ending
		}
		st.rec.File = st.fileOf(st.rec.Result)
	}
}

// check is what keeps a step from starting, in the order of SE-K35, up to the
// connection.
func (st *step) check() StepResult {
	if f := st.e.edges.Faults; f != nil {
		if result := f.Before(st.a.cfg.Name, st.rec.Number); result != "" {
			return result
		}
	}
	if st.part == 0 {
		return NoStartNoSteps
	}
	if st.cfg.Kind.Synchronizes() && st.e.syncRules {
		st.rec.Note = "the configuration has synchronization rules, which are not executed"
		return NoStartBadMAConfiguration
	}
	if st.cfg.Kind.Synchronizes() && st.e.edges.Extension == nil && st.e.scripted {
		st.rec.Note = "the configuration has scripted rules, and there is no extension to carry them out"
		return NoStartBadMAConfiguration
	}
	p := st.a.partitions[st.part-1].cfg
	switch {
	case !p.Selected:
		return NoStartPartitionNotConfigured
	case p.Deleted:
		return NoStartPartitionDelete
	case p.Renamed:
		return NoStartPartitionRename
	case st.cfg.Kind.Delta() && !st.a.caps.DeltaImport:
		return NoStartDeltaNotConfigured
	}
	return ""
}

// open connects an import. It reports whether the step goes on.
func (m *importer) open() bool {
	st := m.step
	if m.source == nil {
		st.rec.Result = NoStartConnection
		return false
	}
	mark := st.e.spaces[st.a.index].watermarks[st.part-1]
	size := st.a.caps.PageSize
	if size <= 0 {
		size = 100
	}
	opening := m.source.OpenImport(ImportRequest{Partition: st.a.partitions[st.part-1].cfg.Name, Delta: m.delta, Watermark: mark.value,
		PageSize: size, InputFile: st.cfg.Description.InputFile, FromDropFile: m.cfg.ResumeFromFile && !m.cfg.ToFile})
	result := st.connect(&opening)
	if m.delta && !mark.valid && !connects(result) {
		result, opening.File = NoStartFullImportRequired, "" // SE-K35: before the file
	}
	if result != "" {
		m.source.Close()
		st.rec.Result, st.rec.File = result, opening.File
		return false
	}
	for _, i := range opening.Incidents {
		m.noMark = m.noMark || i.Result == "warning-no-watermark" // SE-K37
	}
	st.starts()
	return true
}

// connects reports whether a result is found before the watermark is looked
// at.
func connects(r StepResult) bool {
	switch r {
	case NoStartConnection, NoStartCredentials, "no-start-no-domain-controller", "no-start-change-log-not-enabled",
		"no-start-ma-working-directory", "no-start-bad-ma-configuration", "no-start-server", "no-start-ma", StoppedConnectivity:
		return true
	}
	return false
}

// connect notes the attempts to connect, and returns the result that they
// lead to, if they keep the step from starting (SE-K42).
func (st *step) connect(o *Opening) StepResult {
	ok := false
	last := ""
	st.rec.Connection.Server = o.Server
	for _, i := range o.Incidents {
		st.incident(i)
		last = i.Result
		ok = ok || i.Result == "success" || i.Result == "warning-no-watermark"
	}
	switch {
	case o.Result != "":
		return o.Result
	case last == "failed-authentication":
		return NoStartCredentials
	case last == "failed-connection":
		return NoStartConnection
	case last == "dropped-connection" || last == "failed-search":
		if ok {
			return StoppedConnectivity
		}
		return NoStartConnection
	}
	return ""
}

// report puts the outbound counters into the record, agents by id.
func (st *step) report() {
	for _, a := range st.e.outOrder {
		if counters := st.outbound[a.index]; counters != ([numOutbound]uint64{}) {
			st.rec.Outbound = append(st.rec.Outbound, Outbound{Agent: a.cfg.ID, Name: a.cfg.Name, Counters: counters})
		}
	}
}

// result chooses the result of a step that ran: the most severe (SE section
// 7).
func (st *step) result(m *importer) StepResult {
	if st.stop != "" {
		return st.stop
	}
	rec := st.rec
	errors, warnings := len(rec.RetryErrors), 0
	for i := range rec.SyncErrors {
		if rec.SyncErrors[i].Warning {
			warnings++
		} else {
			errors++
		}
	}
	discovery := len(rec.Discovery)
	if discovery > 0 && m.delta && st.e.sw.deltaDiscoveryWarns { // SE-K33
		warnings, discovery = warnings+discovery, 0
	}
	switch {
	case discovery > 0:
		return CompletedDiscoveryErrors
	case len(rec.ExportErrors) > 0:
		return CompletedExportErrors
	case errors > 0:
		return CompletedSyncErrors
	case m != nil && st.e.hasTransients(st.a):
		return CompletedTransientObjects
	case warnings > 0:
		return CompletedWarnings
	case m != nil && !m.delta && m.read == 0, st.e.sw.noObjectsAlways && st.done == 0: // SE-K32
		return CompletedNoObjects
	}
	return Success
}

// hasTransients reports whether objects without their DN are left (SE-I14).
func (e *Engine) hasTransients(a *agent) bool {
	for _, id := range e.spaces[a.index].objects {
		if e.object(id).flags&(flagTransient|flagLive) == flagTransient|flagLive {
			return true
		}
	}
	return false
}
