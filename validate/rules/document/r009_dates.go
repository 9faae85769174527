package document

import (
	"strconv"
	"time"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r009() rule.Rule {
	return rule.Rule{
		ID:           "R009",
		Title:        "Every date is a day of the calendar and a time of day.",
		Severity:     finding.Error,
		Requirements: []string{"R009", "C013"},
		Why: "The schema looks at the form of a date only, so it takes month 13 or hour 77. " +
			"A program that reads such a date fails, or silently takes it for another one.",
		Fix: "Write a month from 01 to 12, a day that the month has, an hour from 00 to 23, " +
			"and minutes and seconds from 00 to 59.",
		Since: "0.1.0",
		Checks: dates(func(d *rundetails.Instant, r *rule.Report) {
			if !d.Valid {
				r.At(d, "%s %s does not exist: %s", rundetails.Vocabulary().Name(d.Name), d.Value, absurdity(d.Value))
			}
		}),
	}
}

// absurdity says which part of a date of the right form is impossible.
func absurdity(date string) string {
	part := func(from, to int) int {
		n, _ := strconv.Atoi(date[from:to]) // digits, or the date had no form
		return n
	}
	year, month, day := part(0, 4), part(5, 7), part(8, 10)
	switch hour, minute, second := part(11, 13), part(14, 16), part(17, 19); {
	case month < 1 || month > 12:
		return "there is no month " + date[5:7]
	case day < 1 || day > lastDay(year, month):
		return "month " + date[:7] + " has the days 01 to " + strconv.Itoa(lastDay(year, month))
	case hour > 23:
		return "there is no hour " + date[11:13]
	case minute > 59:
		return "there is no minute " + date[14:16]
	case second > 59:
		return "there is no second " + date[17:19]
	}
	return "it is no date"
}

// lastDay is the length of a month: the day before the first of the next one.
func lastDay(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
