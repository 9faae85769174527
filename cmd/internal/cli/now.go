package cli

import (
	"fmt"
	"time"
)

const nowUsage = "`INSTANT` that \"now\" is, such as 2026-03-01T06:00:00Z or \"2026-03-01 06:00:00.000\" (UTC); or clock, the default"

// parseNow reads --now: RFC 3339, or the form of dates in run details, which
// are in UTC. Nothing, and the word clock, is the clock. The answer is in milliseconds since
// 1970-01-01.
func parseNow(text string) (int64, error) {
	if text == "" || text == "clock" {
		return time.Now().UnixMilli(), nil
	}
	for _, form := range []string{time.RFC3339, time.DateTime} {
		if t, err := time.Parse(form, text); err == nil {
			return t.UnixMilli(), nil
		}
	}
	return 0, fmt.Errorf("%q is no instant such as 2026-03-01T06:00:00Z or 2026-03-01 06:00:00.000", text)
}
