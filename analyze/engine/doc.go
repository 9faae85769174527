// Package engine executes run profiles the way the synchronization engine of
// the Microsoft identity servers does, and records what a correct server would
// have written: one function from state and event to state and records. It is
// pure: no files, no clock, no goroutines, no floating point, no order of a
// map in anything that can be seen. The same Setup and the same events give
// the same records and the same [Hash] on every platform.
//
// # Use
//
//	e, err := engine.New(setup, engine.Edges{Sources: ..., Extension: ..., Tracer: ...})
//	record, err := e.Run(engine.RunRequest{Agent: "HR", Profile: "Full Import"})
//
// A [Setup] is the whole configuration as plain values; analyze/config makes
// one out of a server export. A [Source] is a connected data source
// (analyze/directory), an [Extension] carries out scripted rules
// (analyze/extension). A [RunRecord] is the content of a run history; mapping
// it to schemas/rundetails is the caller's matter. Preview is the same code:
// its transaction is rolled back at the end.
//
// # Layout
//
// Edges: setup.go, setup_rules.go, setup_profiles.go (the configuration),
// source.go, extension.go, trace.go, record.go, counters.go, result.go,
// switches.go (assumptions that change a number), engine.go (a compiled
// configuration and its state), compile.go, compile_rules.go (configuration to
// tables by index).
//
// State: pool.go (every distinct text once), image.go (attributes of an
// object; never changed in place), delta.go (changes yet to be exported),
// object.go (connector space and metaverse objects), journal.go (every change
// goes through it; rollback), postings.go (the index of joins), dn.go and
// names.go (DNs, parents), links.go (references and who refers), metaverse.go
// (values with lineage, links), hash.go, guid.go (ids and seeded streams).
//
// Rules, by the chapters of the specification (SE-…):
//
//	run.go, step.go, result.go    R1-R2, K34, K35, K42, section 7: steps, results, limits, connections
//	import.go                     I1-I3, I12, K37, K54-K56: pages, discovery errors, watermarks
//	stage.go, classify.go         N1, K07, K08, K38, K39, K53: classes of an entry, composition
//	confirm.go                    I13, K09-K11: export confirmation
//	placeholder.go, obsolete.go   N3, I9-I11, I14, K30: placeholders, transients, removal, obsoletion
//	syncpass.go, syncobject.go    N2, K22, K26, K48, K51, K57: which objects, in what order, one object
//	filter.go                     Y1, Y2, K48
//	join.go, project.go           Y6-Y8, K24
//	importflow.go, evaluate.go    Y9-Y11, N5, F01: flow to the metaverse and precedence
//	recall.go                     N4, K16: recall and repopulation
//	disconnect.go                 Y3, Y4, Y15, K15: disconnection, deletion rules, deprovisioning
//	provision.go, view.go         Y12-Y14, K17, K18, D7: provisioning; what scripts see
//	outbound.go                   Y13, 6.3, K46: provisioning loop, outbound counters of a transaction
//	exportflow.go, conform.go     Y16-Y18, N5, K10, K19: export attribute flow
//	retry.go                      Y20, K52, D11: retry phase
//	export.go                     E1-E3, K27, K28, N6: candidates, order, what can go
//	export_passes.go              E4-E6, K47, K55, N6: the passes and their answers
//	export_requests.go            E7, E8, K11: requests, commits, errors
//	deltas.go, inspect.go         K09: deltas, entries and the state as plain values
//	counts.go                     N7: counts of the WMI methods
//	preview.go, tracing.go        N12: preview, events
//
// To add a rule: find its chapter above, change state only through tx (touch,
// index and link functions of the journal), emit a trace event behind the
// check for a tracer, name the SE rule in a comment, and pin it with a script
// in testdata. A choice that no source settles and that moves a number is a
// switch: one line in the table of switches.go and one field.
package engine
