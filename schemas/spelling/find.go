package spelling

import (
	"fmt"
	"strings"
)

// Find returns the one of the list that has the name. The error lists the
// names, in the order of the list; kind is what they are names of.
func Find[T any](kind, name string, all []T, nameOf func(T) string) (T, error) {
	var known []string
	for _, one := range all {
		if nameOf(one) == name {
			return one, nil
		}
		known = append(known, nameOf(one))
	}
	var none T
	return none, fmt.Errorf("unknown %s %q: known are %s", kind, name, strings.Join(known, ", "))
}
