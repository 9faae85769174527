// Package results groups the values of step-result by what they say about the
// step. It imports nothing of this module.
package results

import "strings"

// Unfinished tells the results of a step that is still at work. What end-date
// means before the end of the step is not said, so rules do not compare it.
func Unfinished(result string) bool {
	return result == "in-progress" || strings.HasPrefix(result, "completing-")
}
