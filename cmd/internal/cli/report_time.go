package cli

import (
	"fmt"
	"strconv"
	"time"

	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/zone"
)

// selection turns the flags into what is wanted, and the zone of the report:
// nil is UTC.
func (f *reportFlags) selection() (s facts.Selection, in *time.Location, err error) {
	s.Agents, s.Profiles, s.Results = f.agents, f.profiles, f.results
	in = time.UTC
	if f.zone != "" {
		if in, err = zone.Find(f.zone); err != nil {
			return s, nil, usage("--local-time: %w", err)
		}
	}
	now, err := parseNow(f.now)
	if err != nil {
		return s, nil, usage("--now: %w", err)
	}
	if f.since != "" {
		at, _, err := parseMoment(f.since, in, now)
		if err != nil {
			return s, nil, usage("--since: %w", err)
		}
		s.Since = &at
	}
	if f.until != "" {
		_, end, err := parseMoment(f.until, in, now)
		if err != nil {
			return s, nil, usage("--until: %w", err)
		}
		s.Until = &end
	}
	return s, in, nil
}

// parseMoment reads a point in time of the zone, in milliseconds since 1970:
// of a day its beginning and the end, of another moment twice the same.
func parseMoment(text string, in *time.Location, now int64) (from, to int64, err error) {
	if t, err := time.ParseInLocation(time.DateOnly, text, in); err == nil {
		return t.UnixMilli(), t.AddDate(0, 0, 1).UnixMilli(), nil
	}
	for _, form := range []string{time.RFC3339, time.DateTime, "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(form, text, in); err == nil {
			return t.UnixMilli(), t.UnixMilli(), nil
		}
	}
	units := map[byte]int64{'h': 3_600_000, 'd': 86_400_000, 'w': 7 * 86_400_000}
	if last := len(text) - 1; last > 0 {
		if n, err := strconv.ParseUint(text[:last], 10, 20); err == nil && units[text[last]] > 0 {
			at := now - int64(n)*units[text[last]]
			return at, at, nil
		}
	}
	return 0, 0, fmt.Errorf("%q is no moment such as 2026-03-01, 2026-03-01 06:00, 2026-03-01T06:00:00Z or 7d (before now)", text)
}
