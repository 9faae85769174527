// Package config reads the configuration of a synchronization server as the
// server exports it (MA-*.XML for each management agent, MV.XML for the
// metaverse) into a typed [Configuration], and makes what the engine executes
// out of it ([Configuration.Setup]). It also takes the export of one agent
// (export-ma), what Entra Connect writes (bare ma-data, and a file for each
// synchronization rule), and the sections of a configuration that is kept as a
// resource (SyncConfig-join and so on, each an escaped string).
//
// # Strictness
//
// A configuration loads when all of it is understood. In the sections that the
// engine executes (filters, joins, projections, flows, deprovisioning,
// deletion, partitions, run profiles) an unknown value, attribute or child is
// an error with its place; so is a name that the schema or the folder lacks.
// What the engine does not execute is kept and listed with the reason
// ([Configuration.Check]): private settings of agents other than delimited
// text, user interface data, synchronization rules. Synchronization rules are
// read in the form that the server compiled into the agents' files.
//
// # Layout
//
//	document.go                    files to trees of elements, and the limits on them
//	decode.go                      what every section is read with: shapes, leaves, problems
//	load.go                        several documents to one Configuration
//	agent.go, metaverse.go         the two kinds of files, section by section
//	filter.go, join.go, flow.go    rules; syncrule.go: those of synchronization rules
//	schema.go, dsml.go, syntax.go  schemas, and how they are read
//	resource.go                    sections as escaped strings, in a resource
//	entra.go                       rules in files of their own, as Entra Connect exports them
//	partition.go, profile.go       partitions, run profiles
//	private.go, delimited.go       private settings; those of delimited text agents (SE-N9)
//	capabilities.go                what agents can do, by category (SE-N9, SE-N10)
//	setup.go                       Configuration to engine.Setup
//	check.go                       what simulate --check tells
//
// To read one more element: its line in the shape of its parent, and a field of
// the model. To support one more category of agents: a row in capabilities.go
// and, if its private settings matter, a reader beside delimited.go.
//
// The rules that the engine executes have the types of analyze/engine; the
// package imports that, schemas/source and schemas/spelling.
package config
