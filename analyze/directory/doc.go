// Package directory holds connected data sources in memory, for the simulation
// of the synchronization engine (engine.Source): what they contain, how it
// changes, what an import of it delivers, and what becomes of an export.
//
//	d, err := directory.New(options, faults)
//	form, err := directory.FormOf("HR-t0.ldif")
//	err = d.Load(form, "HR-t0.ldif", reader) // the content before the first action
//	err = d.Apply(form, "HR-t1.ldif", reader) // changes, or a whole new content
//
// # Texts
//
// Sources are read from LDIF (ldif.go, ldif_lines.go) and delimited text
// (delimited.go, codepage.go). Readers turn a text into records and know
// nothing of their meaning; text.go finds the type, the anchor and the DN, and
// values.go the values. What is wrong with LDIF is an error of the caller's,
// with line and column. What is wrong with delimited text is what a server
// would report of it: a discovery error of the record, or the result of the
// step (SE-N9).
//
// LDIF is read here and not by a library, because errors need their places,
// a million objects must not be held in structures of another package first,
// and an address in place of a value must be refused, not opened.
//
// # Contents
//
// An object is one string (values.go), found by open tables of numbers
// (index.go): about 600 bytes for 20 attributes of 15 characters. LDAP
// directories keep references by number (links.go), so that they follow
// renames and go with their targets; elsewhere a reference is text. Every
// change is a line of the change log (store.go), from which delta imports are
// composed (delta.go, SE-D12): one entry an object, in the order of the last
// changes, relative to the watermark.
//
// Exports are carried out as a directory would (echo.go): what it would refuse
// (a name that is taken, a parent that is missing, an object with others below
// it, a reference to nothing) is refused with the error type that says so.
// Before that the faults of the scenario are asked (export.go, import.go). What
// was exported a delta import shows, a value that was there already too; not the
// deletes, or adds and deletes, of agents that cannot confirm them (store.go).
//
// # To add
//
// A form of text: a reader with next() (*record, error), its ending in FormOf
// and its case in Directory.open; TestScripts and a fuzz target. A fault: see
// package fault; strike it in spoil or withheld (imports), connect and
// interruption (connections), or answer (exports). A refusal of exports: in
// carryOut, with an error type of schemas/terms.
package directory
