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
	for _, line := range readSample(strings.TrimSuffix(fails[0], ".xml") + ".want") {
		fields := strings.SplitN(line, " ", 6) // place, severity, certainty, id, path, message
		if len(fields) == 6 && fields[3] == id {
			nearest.Findings = append(nearest.Findings, fields[0]+": "+fields[1]+", "+fields[2]+": "+fields[5])
		}
	}
	return []example{nearest}
}
