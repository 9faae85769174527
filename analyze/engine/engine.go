package engine

// Engine is a synchronization server: a compiled configuration and its state.
// It is used by one goroutine.
type Engine struct {
	state
	setup *Setup
	seed  uint64
	sw    switches
	edges Edges

	agents       []*agent
	outOrder     []*agent // by id, the order of outbound work
	agentByName  map[string]*agent
	agentByID    map[GUID]*agent
	mvAttrs      []attribute
	mvAttrByName map[string]attrID
	mvReferences []attrID
	mvTypes      []mvType // from 1
	mvTypeByName map[string]uint16
	flows        []*importFlow // by index - 1
	syncRules    bool          // the setup has synchronization rules
	scripted     bool          // the setup has scripted rules
	costs        Costs
	jitter       stream

	began   int64      // when the run under way began, on the virtual clock
	trouble *ruleError // of the engine itself, within a call of provisioning
	trace   tracing
	room    scratch
}

// Edges are what the engine works with from outside.
type Edges struct {
	// Sources by the names of agents. A step that connects to an agent
	// without one ends with no-start-connection.
	Sources map[string]Source
	// Extension may be nil if no rule is scripted.
	Extension Extension
	Tracer    Tracer // nil: no trace
	Faults    Faults // nil: none
}

// RunRequest asks for the execution of a run profile.
type RunRequest struct {
	Agent, Profile string // names
	// Resume skips the steps that the last attempt of this profile completed.
	Resume bool
	// Stop ends the run as a user or the service would.
	Stop Stop
}

// Stop says when a run is stopped from outside: in step Step (from 1), after
// Objects objects of that step (SE-D14).
type Stop struct {
	Step, Objects int        // Step 0: never
	Result        StepResult // empty: StoppedUserTermination
}

// scratch is memory that is used again for every object.
type scratch struct {
	values    []av
	images    [4]image
	change    []change
	metas     []mvID
	metaAttrs []mvAttr
	provision []mvAttr // before a call of provisioning
	ids       []valueID
	conns     []csID
}

func newEngine(setup Setup, edges Edges, sw switches) *Engine {
	if setup.Limits.Errors == 0 {
		setup.Limits.Errors = 5000
	}
	if setup.Limits.Warnings == 0 {
		setup.Limits.Warnings = 100_000
	}
	e := &Engine{
		setup: &setup, seed: setup.Seed, sw: sw, edges: edges, costs: setup.Costs,
		agentByName: map[string]*agent{}, agentByID: map[GUID]*agent{}, mvTypeByName: map[string]uint16{},
		jitter: newStream(setup.Seed, "step cost"),
	}
	if e.costs == (Costs{}) {
		e.costs = DefaultCosts()
	}
	e.trace.to = edges.Tracer
	e.pool, e.joins = newPool(), newPostings()
	e.clock = setup.Start.UnixNano()
	return e
}

func (e *Engine) agentOf(id csID) *agent { return e.agents[e.object(id).agent] }

// typeOf returns the type of an object, nil for a placeholder.
func (e *Engine) typeOf(o *csObject) *csType {
	if o.typ == 0 {
		return nil
	}
	return &e.agents[o.agent].types[o.typ-1]
}
