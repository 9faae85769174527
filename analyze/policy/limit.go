package policy

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"time"
)

// Limit is a number, a time, a share of the agent's objects or a multiple of
// the median of runs before.
type Limit struct {
	Kind   LimitKind
	Amount float64 // a number; per cent; or a factor
	Time   int64   // milliseconds, where Kind is Time
	Runs   int     // whose median it is
	text   string
}

// LimitKind is what a limit is measured in.
type LimitKind uint8

// The kinds of limits.
const (
	Absolute LimitKind = iota
	Percent            // of the objects of the agent
	Median             // times the median of the last runs before
	Time
)

// MedianRuns is how many runs make a median where nothing is said, and
// fewestRuns how many it takes.
const (
	MedianRuns = 10
	fewestRuns = 3
	mostRuns   = 1000
)

// String is the limit as it was written.
func (l *Limit) String() string { return l.text }

var limitForms = struct{ number, percent, median, part *regexp.Regexp }{
	regexp.MustCompile(`^[0-9]+([.][0-9]+)?$`), regexp.MustCompile(`^([0-9]+(?:[.][0-9]+)?)%$`),
	regexp.MustCompile(`^([0-9]+(?:[.][0-9]+)?) x median(?: of ([1-9][0-9]*))?$`), regexp.MustCompile(`^([0-9]+)([dhms])`),
}

// ParseLimit reads a limit of a check: 50, 5%, "3 x median", "3 x median of 20";
// of times 90s, 45m, 2h or 1d12h, and medians too for durations.
func ParseLimit(c Check, text string) (*Limit, error) {
	l := &Limit{text: text}
	if m := limitForms.median.FindStringSubmatch(text); m != nil && c.Subject != Age {
		l.Kind, l.Runs = Median, MedianRuns
		l.Amount, _ = strconv.ParseFloat(m[1], 64)
		if m[2] != "" {
			n, err := strconv.Atoi(m[2])
			if err != nil || n < fewestRuns || n > mostRuns {
				return nil, fmt.Errorf("%q: a median is of %d to %d runs", text, fewestRuns, mostRuns)
			}
			l.Runs = n
		}
		return l, nil
	}
	if c.Timed() {
		return parseTime(l, c)
	}
	if m := limitForms.percent.FindStringSubmatch(text); m != nil {
		l.Kind = Percent
		l.Amount, _ = strconv.ParseFloat(m[1], 64)
		return l, nil
	}
	if limitForms.number.MatchString(text) {
		l.Amount, _ = strconv.ParseFloat(text, 64)
		return l, nil
	}
	return nil, fmt.Errorf(`%q is no limit such as 50, 5%% or "3 x median of 10"`, text)
}

// longest is the longest time, about 300 years in milliseconds.
const longest = int64(math.MaxInt64 / 1_000_000)

func parseTime(l *Limit, c Check) (*Limit, error) {
	units := map[string]time.Duration{"d": 24 * time.Hour, "h": time.Hour, "m": time.Minute, "s": time.Second}
	l.Kind = Time
	rest := l.text
	for rest != "" {
		m := limitForms.part.FindStringSubmatch(rest)
		if m == nil {
			break
		}
		n, err := strconv.ParseInt(m[1], 10, 64)
		if err != nil || n > longest/units[m[2]].Milliseconds() {
			return nil, fmt.Errorf("%q is too long a time", l.text)
		}
		if l.Time += n * units[m[2]].Milliseconds(); l.Time > longest {
			return nil, fmt.Errorf("%q is too long a time", l.text)
		}
		rest = rest[len(m[0]):]
	}
	if rest != "" || l.text == "" {
		if c.Subject == Age {
			return nil, fmt.Errorf("%q is no time such as 90s, 45m, 26h or 1d12h", l.text)
		}
		return nil, fmt.Errorf(`%q is no time such as 90s, 45m, 2h or 1d12h, and no "3 x median"`, l.text)
	}
	return l, nil
}
