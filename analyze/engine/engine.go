package engine

// Edges are what the engine works with from outside.
type Edges struct {
	// Sources by the names of agents. An agent without one cannot run steps
	// that connect (no-start-connection).
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
