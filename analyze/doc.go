// Package analyze holds the use cases that stand on the simulated
// synchronization engine. A [Simulation] is a scenario with everything that it
// names, read and checked; [Simulation.Run] carries out its actions and hands
// over each run as it is done.
//
//	scenario.yaml, configuration, sources, scripts -> Simulation -> Run by Run -> Outcome
//
// Files come as an fs.FS, whose names are those of the scenario; what becomes of
// the runs is the business of the caller. The same files give the same runs, to
// the byte.
//
// load.go reads; sources.go makes connected data sources out of the
// configuration and the scenario; faults.go turns the faults of a scenario into
// those that sources, scripts and engine carry out; simulate.go carries out the
// actions, unbound.go keeps steps from starting whose rules no script carries
// out; why.go reads what is asked about a counter or an error, inquiry.go answers
// it from the trace. To add an action: its case in simulate.go.
package analyze
