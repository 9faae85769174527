package attention

import (
	"fmt"
	"time"
)

const day = int64(24 * time.Hour / time.Millisecond)

// The limits that the rules know.
const (
	// OldDays is how many days an error has to be open to be grave.
	OldDays = 30

	manyNew   = 100                                        // new errors of a type are grave too
	lateGaps  = 3                                          // a profile waits too long after so many of its usual gaps, and a day
	fewRuns   = 3                                          // so many do not show what is usual
	slowTimes = 2                                          // a run is slow that takes so many times the 95 of 100 before it
	slowLeast = int64(10 * time.Minute / time.Millisecond) // and so long
	massTimes = 10                                         // deletes of a day are many at so many times those of a usual day with deletes
	massLeast = 100                                        // and so many
	massDays  = 7                                          // and if it was so short a time ago
)

// Limits says how items are chosen.
func Limits() string {
	return fmt.Sprintf("An error is grave when it has been open for %d days, or when %d of its type are new. A profile is called late after a day and %d times its usual gap without a run, "+
		"counted to the latest run of all; a run slow at %d times what 95 of 100 runs take and 10 minutes; deletes of a day many at %d times those of a usual day and %d. "+
		"A run is marked grave when a step stopped or did not start, and as a warning when it came to its end with errors.",
		OldDays, manyNew, lateGaps, slowTimes, massTimes, massLeast)
}
