package steptypes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c124() rule.Rule {
	return rule.Rule{
		ID:           "C124",
		Title:        "The objects of a step lie in its partition.",
		Severity:     finding.Info,
		Requirements: []string{"C124"},
		Why: "A step works on one partition. An object outside of it belongs to another step, " +
			"or has only a temporary name while it is moved.",
		Fix:   "Check the partition in step-description, and that the error belongs to this step.",
		Since: "0.1.0",
		Checks: []rule.Check{
			inPartition(func(e *rundetails.ImportError) (*rundetails.Step, *rundetails.Text) { return e.Step, &e.DN }),
			inPartition(func(e *rundetails.ExportError) (*rundetails.Step, *rundetails.Text) { return e.Step, &e.DN }),
			inPartition(func(e *rundetails.ObjectError) (*rundetails.Step, *rundetails.Text) {
				if malformed(e.Type.Value) {
					return e.Step, &rundetails.Text{}
				}
				return e.Step, &e.DN
			}),
		},
	}
}

func inPartition[N rule.Node](of func(N) (*rundetails.Step, *rundetails.Text)) rule.Check {
	return rule.Each(
		func(n N) rule.Scope {
			// Other partitions and names, such as default, a GUID or an
			// account, are no DNs.
			s, dn := of(n)
			return rule.If(strings.Contains(dn.Value, "=") && strings.Contains(s.Description.Partition(), "="))
		},
		func(n N, r *rule.Report) {
			s, dn := of(n)
			if partition := s.Description.Partition(); !under(dn.Value, partition) {
				r.At(dn, "dn is %s, but the partition of the step is %s", words.Quote(dn.Value), words.Quote(partition))
			}
		},
	)
}

// malformed tells the errors that say of the dn itself that it is none, so that
// where it lies cannot be read from it.
func malformed(errorType string) bool {
	return errorType == "dn-not-ldap-conformant" || errorType == "invalid-dn"
}

// under tells whether a DN ends as the partition does, without regard to case
// and to blanks: some write one behind each comma.
func under(dn, partition string) bool {
	if strings.HasSuffix(dn, partition) {
		return true
	}
	for {
		want, size := last(partition)
		if size == 0 {
			return true
		}
		partition = partition[:len(partition)-size]
		got, size := last(dn)
		if size == 0 || unicode.ToLower(got) != unicode.ToLower(want) {
			return false
		}
		dn = dn[:len(dn)-size]
	}
}

// last returns the last character that is no blank, and how many bytes it and
// the blanks behind it have; 0 when there is none.
func last(text string) (r rune, size int) {
	trimmed := strings.TrimRight(text, " ")
	r, size = utf8.DecodeLastRuneInString(trimmed)
	if size == 0 {
		return 0, 0
	}
	return r, size + len(text) - len(trimmed)
}
