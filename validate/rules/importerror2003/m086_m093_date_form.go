package importerror2003

import (
	"strings"
	"unicode/utf8"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func m086() rule.Rule {
	return rule.Rule{
		ID:           "M086",
		Title:        "The dates of an import-error have the 23 characters of yyyy-MM-dd HH:mm:ss.fff.",
		Except:       only(finding.Error),
		Requirements: []string{"M086"},
		Yields:       []string{"XSD-pattern"},
		Why: "The reference fixes the number of digits of every part. " +
			"A program that cuts the date at fixed places reads another one, or none.",
		Fix:   "Write all parts with all their digits, the milliseconds with three: .500 and not .5.",
		Since: "0.1.0",
		Checks: dates(func(d *rundetails.Instant, r *rule.Report) {
			if n := utf8.RuneCountInString(d.Value); n != len(rundetails.InstantLayout) {
				r.At(d, "%s is %s, with %s in place of 23", nameOf(d), words.Quote(d.Value), words.Count(n, "character"))
			}
		}),
	}
}

func m093() rule.Rule {
	return rule.Rule{
		ID:           "M093",
		Title:        "The fraction of the dates of an import-error is three digits.",
		Except:       only(finding.Warning),
		Requirements: []string{"M093"},
		Yields:       []string{"M086", "XSD-pattern"},
		Why: "The fraction counts milliseconds, from 000 to 999. " +
			"Anything else than digits is not a number, and the date is lost with it.",
		Fix:   "Write three digits behind the seconds.",
		Since: "0.1.0",
		Checks: dates(func(d *rundetails.Instant, r *rule.Report) {
			fraction := ""
			if value := []rune(d.Value); len(value) > 20 {
				fraction = string(value[20:])
			}
			if len(fraction) != 3 || strings.Trim(fraction, "0123456789") != "" {
				r.At(d, "%s is %s, with %s for the milliseconds", nameOf(d), words.Quote(d.Value), words.Quote(fraction))
			}
		}),
	}
}
