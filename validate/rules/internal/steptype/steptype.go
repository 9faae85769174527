// Package steptype groups the types of the configured steps by what such a
// step does. It imports the model alone.
package steptype

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
)

// Kind is what a step does.
type Kind uint8

// The kinds of steps. A type that nobody published, such as that of the full
// export of newer products, is Unknown: what it does cannot be judged.
const (
	Unknown         Kind = iota
	Import               // from the data source; some types synchronize too
	Synchronization      // of what is staged
	Export
)

// Of returns the kind of a step and its type as the description has it, "" and
// Unknown where it has none.
func Of(s *rundetails.Step) (Kind, string) {
	value := s.Description.Type()
	switch {
	case value == "export":
		return Export, value
	case value == "apply-rules":
		return Synchronization, value
	case strings.Contains(value, "import"): // full-import, delta-import, full-import-reevaluate-rules
		return Import, value
	}
	return Unknown, value
}
