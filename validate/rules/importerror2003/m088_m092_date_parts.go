package importerror2003

import (
	"strconv"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func m088() rule.Rule { return datePart("M088", "month", 5, 1, 12) }
func m089() rule.Rule { return datePart("M089", "day", 8, 1, 31) }
func m090() rule.Rule { return datePart("M090", "hour", 11, 0, 23) }
func m091() rule.Rule { return datePart("M091", "minute", 14, 0, 59) }
func m092() rule.Rule { return datePart("M092", "second", 17, 0, 59) }

// datePart is the rule about the two digits of a part of a date that begin
// behind so many bytes. What is no number there is for the schema.
func datePart(id, part string, from, least, most int) rule.Rule {
	between := "from " + twoDigits(least) + " to " + twoDigits(most)
	return rule.Rule{
		ID:           id,
		Title:        "The " + part + " in a date of an import-error is " + between + ".",
		Except:       only(finding.Warning),
		Requirements: []string{id},
		Yields:       []string{"R009"},
		Why: "The schema looks at digits only and takes any of them. " +
			"A program that reads the date fails, or silently takes it for another one.",
		Fix:   "Write the " + part + " as two digits, " + between + ".",
		Since: "0.1.0",
		Checks: dates(func(d *rundetails.Instant, r *rule.Report) {
			if len(d.Value) < from+2 {
				return
			}
			digits := d.Value[from : from+2]
			if n, err := strconv.ParseUint(digits, 10, 8); err == nil && (int(n) < least || int(n) > most) {
				r.At(d, "%s is %s, and its %s %s is not %s", nameOf(d), d.Value, part, digits, between)
			}
		}),
	}
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
