package cli

import (
	"strings"

	"github.com/runhist/runhist/samples"
)

// checkExamples are the archives that fail a check of reconcile, each beside
// the one that passes, and what is found in it.
func checkExamples(id string) []example {
	var fails, passes []string
	for _, fixture := range samples.ReconcileFixtures(id) {
		if samples.IsFail(fixture) {
			fails = append(fails, fixture)
		} else {
			passes = append(passes, fixture)
		}
	}
	if len(fails) == 0 {
		return nil
	}
	nearest := nearestPass(fails[0], passes)
	for _, line := range readSample(fails[0] + ".want") {
		if strings.Contains(line, " "+id+" ") {
			nearest.Findings = append(nearest.Findings, line)
		}
	}
	return []example{nearest}
}
