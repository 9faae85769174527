package archive

import (
	"cmp"

	"github.com/runhist/runhist/schemas/rundetails"
)

// Archive remembers the runs of the documents of a call. It is not safe for
// concurrent use: what it finds depends on the order of the documents.
type Archive struct {
	visitor   Visitor
	documents []string
	runs      slab[Seen]
	numbers   map[uint64]*Seen // by agent and number
	agents    map[rundetails.ID]*agent
	list      []*agent
	names     map[string]*name
	profiles  map[profileKey]*order
	steps     map[rundetails.ID]stepOwner
	errors    map[uint64]occurrence
	accounts  accounts

	seen []*Seen // by the numbers that lists use
	pair Pair
}

type agent struct {
	index  uint32
	time   order
	last   *Seen
	names  []string // a few; those of one id
	called string   // its name in the last run
}

// name is what is known of the agents of one name.
type name struct {
	last *Seen
	ids  []rundetails.ID // a few
}

type profileKey struct {
	agent  uint32
	digest uint64
}

type stepOwner struct {
	run   *Seen
	other uint32 // an agent that has the step too, and was told of
}

// few bounds the names of one id and the ids of one name.
const few = 16

// New returns an archive that has seen nothing.
func New(v Visitor) *Archive {
	return &Archive{visitor: v, numbers: map[uint64]*Seen{}, agents: map[rundetails.ID]*agent{}, names: map[string]*name{},
		profiles: map[profileKey]*order{}, steps: map[rundetails.ID]stepOwner{}, errors: map[uint64]occurrence{}}
}

// Add compares the runs of a document with those before, and remembers them.
// The facts are used up by it.
func (a *Archive) Add(file string, facts *Facts) {
	if facts.runs.n == 0 {
		return
	}
	a.documents = append(a.documents, file)
	runs, steps := reader[Run]{slab: &facts.runs}, reader[Step]{slab: &facts.steps}
	errors, flows := reader[Error]{slab: &facts.errors}, reader[flow]{slab: &facts.flows}
	for r := runs.next(); r != nil; r = runs.next() {
		s := a.run(r)
		for step := steps.nextTo(r.stepsTo); step != nil; step = steps.nextTo(r.stepsTo) {
			if s != nil && r.Known {
				a.step(r, s, step)
			}
		}
		for e := errors.nextTo(r.errorsTo); e != nil; e = errors.nextTo(r.errorsTo) {
			if s != nil && s.HasStart {
				a.recur(r, s, e)
			}
		}
		if r.errorsCut {
			a.visitor.Recurrence(&Recurrence{Run: r, Unknown: true})
		}
		a.accounts.broken = a.accounts.broken || r.flowsCut
		for f := flows.nextTo(r.flowsTo); f != nil; f = flows.nextTo(r.flowsTo) {
			if s != nil {
				a.accounts.add(a, s, f)
			}
		}
	}
}

// show hands a pair of the run and another one out.
func (a *Archive) show(p Pair) {
	if p.Other != nil {
		p.File = a.fileOf(p.Other)
	}
	a.pair = p
	a.visitor.Pair(&a.pair)
}

// fileOf is the document of a run, "" for the one whose turn it is.
func (a *Archive) fileOf(s *Seen) string {
	if int(s.document) == len(a.documents)-1 {
		return ""
	}
	return a.documents[s.document]
}

// run compares a run with those before and remembers it. It returns nil for a
// run that is not remembered: one of nobody, one too many, or a copy.
func (a *Archive) run(r *Run) *Seen {
	if !r.named {
		a.accounts.broken = true
		return nil
	}
	of := a.agent(r.agent)
	if of == nil || a.runs.n >= maxRuns {
		a.accounts.broken = true
		if of != nil && of.last != nil {
			a.show(Pair{Relation: Unplaced, Run: r, Other: of.last})
		}
		return nil
	}
	twin := a.twin(of, r)
	if twin != nil && (twin.copy || twin.moments) {
		a.show(Pair{Relation: SameNumber, Run: r, Other: twin.Seen, Copy: twin.copy, Moments: twin.moments})
		return nil
	}
	s := a.remember(of, r)
	a.rename(of, r, s)
	of.called = r.Name
	a.place(of, r, s, twin)
	of.last = s
	return s
}

func (a *Archive) agent(key rundetails.ID) *agent {
	of := a.agents[key]
	if of == nil && len(a.list) < maxAgents {
		of = &agent{index: uint32(len(a.list))}
		a.agents[key] = of
		a.list = append(a.list, of)
	}
	return of
}

func (a *Archive) remember(of *agent, r *Run) *Seen {
	s := a.runs.add(Seen{
		Start: r.Start.N, End: r.End.N, Number: uint32(r.Number.N), Steps: uint32(r.Steps), Line: r.Line,
		HasStart: r.Start.Valid, HasEnd: r.End.Valid, HasNumber: r.Number.Valid, AtWork: atWork(r.Result),
		index: uint32(len(a.seen)), document: uint32(len(a.documents) - 1), agent: of.index, print: r.print,
	})
	a.seen = append(a.seen, s)
	a.accounts.broken = a.accounts.broken || !s.HasStart || !s.HasNumber
	if key := numberKey(of, s.Number); s.HasNumber && a.numbers[key] == nil {
		a.numbers[key] = s
	}
	return s
}

func numberKey(of *agent, number uint32) uint64 { return uint64(of.index)<<32 | uint64(number) }

// twin is a run of the same agent and number.
type twin struct {
	*Seen
	copy, moments bool
}

func (a *Archive) twin(of *agent, r *Run) *twin {
	if !r.Number.Valid {
		return nil
	}
	s := a.numbers[numberKey(of, uint32(r.Number.N))]
	if s == nil {
		return nil
	}
	t := &twin{Seen: s, copy: s.print == r.print}
	if !t.copy && s.HasStart && r.Start.Valid && s.Start == r.Start.N && (s.AtWork || atWork(r.Result)) {
		t.moments = true
	}
	return t
}

// inTime compares two remembered runs by their start.
func (a *Archive) inTime(x, y uint32) int { return cmp.Compare(a.seen[x].Start, a.seen[y].Start) }

func (a *Archive) at(run uint32) *Seen {
	if run == none {
		return nil
	}
	return a.seen[run]
}

// place compares a run with its neighbours in time.
func (a *Archive) place(of *agent, r *Run, s *Seen, same *twin) {
	if of.last != nil && (r.Start.Unreadable || r.Number.Unreadable) {
		a.show(Pair{Relation: Unplaced, Run: r, Other: of.last})
	}
	var before, after *Seen
	if s.HasStart {
		b, n := of.time.insert(s.index, a.inTime)
		before, after = a.at(b), a.at(n)
	}
	if same != nil {
		// Where the numbers began again, all that follow were seen before.
		s.again = true
		follows := before != nil && before.again && before.Number < s.Number ||
			after != nil && after.again && after.Number > s.Number
		a.show(Pair{Relation: SameNumber, Run: r, Other: same.Seen, Follows: follows})
	}
	// A run between two whose numbers fall moves the fall and makes none.
	falls := before != nil && after != nil && before.HasNumber && after.HasNumber && before.Number >= after.Number
	if before != nil {
		a.show(Pair{Relation: Earlier, Run: r, Other: before, Follows: falls})
	}
	if after != nil {
		a.show(Pair{Relation: Later, Run: r, Other: after, Follows: falls})
	}
	if s.HasStart && r.Profile != "" && r.End.Valid && advances(r.Result) {
		a.inProfile(of, r, s)
	}
}

// inProfile compares a run with its neighbours among the runs of its profile.
func (a *Archive) inProfile(of *agent, r *Run, s *Seen) {
	key := profileKey{of.index, r.profile}
	list := a.profiles[key]
	if list == nil {
		if len(a.profiles) >= maxProfiles {
			return
		}
		list = &order{}
		a.profiles[key] = list
	}
	b, n := list.insert(s.index, a.inTime)
	before, after := a.at(b), a.at(n)
	// The profile changed once: between two runs that differ, or here.
	moved := before != nil && after != nil && before.Steps != after.Steps && (s.Steps == before.Steps || s.Steps == after.Steps)
	if before != nil {
		a.show(Pair{Relation: ProfileEarlier, Run: r, Other: before, Follows: moved})
	}
	if after != nil {
		told := before != nil && before.Steps != s.Steps
		a.show(Pair{Relation: ProfileLater, Run: r, Other: after, Follows: moved || told})
	}
}
