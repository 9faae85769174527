// Package extension carries out scripted rules: Starlark functions that stand
// for the methods of a rules extension (engine.Extension). One file is one
// assembly of the configuration; a function that it does not define is a call
// site that is not implemented.
//
// A script sees the entries of the call and nothing else: no time, no
// randomness, no files; what it loads comes from the scenario. Its globals
// cannot change after it was loaded, so that no call depends on those before
// it. Steps are counted, and a call that takes more than its budget is a
// timeout, the same on every machine. Each number of a range costs a step, and
// one that is longer than the budget has no length. What makes or goes through
// a value of any size costs steps by that size (meter.go): scripts are rewritten
// so that operators, keys and methods charge (rewrite.go, operators.go,
// costs.go). One that costs more than is left is not carried out: it is an
// exception that says so. Whole numbers have at most 4096 bits.
//
// # Functions
//
// The functions and their parameters are in callsites.go. Beside Starlark's
// own, scripts have
//
//	declined             what map_join, import_flow and export_flow return to decline
//	fail(text)           the rule throws an exception: extension-dll-exception
//	unexpected_data(text)    extension-unexpected-attribute-value
//	not_implemented()    extension-entry-point-not-implemented, for contexts that the script does not know
//	terminate_run()      the run stops
//
// and on entries: e["attribute"], assignment, e.present, e.values, e.delete,
// e.type, e.id, cs.dn, cs.ma, cs.anchor, mv.connectors(agent) with .count,
// iteration and .new_connector(type, dn=, initial=, catch=), c.rename(dn,
// catch=) and c.deprovision(). With catch=True provisioning that fails is no
// exception: new_connector returns None and rename False.
//
// To add a call site: its row in callsites.go, its method in calls.go. To add
// something to entries: entry.go or connectors.go. To add a built-in: builtins.go. A function or method
// of Starlark that goes through more than a scalar needs a line in costs.go.
package extension
