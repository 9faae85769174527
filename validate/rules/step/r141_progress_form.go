package step

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r141() rule.Rule {
	return rule.Rule{
		ID:           "R141",
		Title:        "Progress has two numbers, and the first is not above the second.",
		Severity:     finding.Warning,
		Lower:        finding.Info, // nothing to do
		Requirements: []string{"R141", "C046", "C047"},
		Why: "@progress is x/y: x of y objects are processed. The schema also takes a slash with a number missing. " +
			"Programs that compute a percentage fail on that, or show more than 100.",
		Fix:   "Write the number of objects processed, a slash and the number of all objects.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				switch p := &s.Result.Progress; {
				case !p.Present:
					return rule.Out
				case !fraction(p.Value):
					return rule.Unreadable
				}
				return rule.In
			},
			judgeProgress,
		)},
	}
}

// judgeProgress grades 0/0 lower: C047 would have y above 0, but that may be the
// progress of a task with nothing to do. Every other x is above a y of 0.
func judgeProgress(s *rundetails.Step, r *rule.Report) {
	p := &s.Result.Progress
	switch done, total, _ := strings.Cut(p.Value, "/"); {
	case done == "":
		r.At(p, "progress is %s, without the number of objects processed", words.Quote(p.Value))
	case total == "":
		r.At(p, "progress is %s, without the number of all objects", words.Quote(p.Value))
	case above(done, total):
		r.At(p, "progress is %s, with more objects processed than there are", words.Quote(p.Value))
	case strings.Trim(total, "0") == "":
		r.Lower(p, "nothing", "progress is %s, of no objects at all", words.Quote(p.Value))
	}
}

// fraction tells whether a value has the form that the schema asks for.
func fraction(value string) bool {
	slashes := 0
	for i := range len(value) {
		switch c := value[i]; {
		case c == '/':
			slashes++
		case c < '0' || c > '9':
			return false
		}
	}
	return slashes == 1
}

// above compares numbers of any length: the schema sets no limit.
func above(a, b string) bool {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		return len(a) > len(b)
	}
	return a > b
}
