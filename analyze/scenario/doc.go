// Package scenario reads scenario.yaml: what a simulation starts from, and what
// is done in it, step by step. It turns bytes into values; finding the files
// that it names and carrying out its actions is the business of others.
//
// Reading is strict: an unknown key, word, switch or kind of fault is an error
// with its line and column and, for what looks like a slip, with what was
// probably meant. All problems of a file are told in one go. [Scenario.Against]
// does the same for the names that a configuration must have.
//
// A key is declared once, as a [field] with its value: both the reader and the
// JSON Schema of the file come from that. To add a key: its field in file.go,
// actions.go or faults.go and in the model (scenario.go), then
// go test ./analyze/scenario -update, which writes schema.json again.
//
// The package imports schemas/strict, schemas/terms, analyze/config,
// analyze/engine and analyze/fault, which says what faults there are.
package scenario
