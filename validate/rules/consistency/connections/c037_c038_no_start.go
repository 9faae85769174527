package connections

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c037() rule.Rule {
	return rule.Rule{
		ID:           "C037",
		Title:        "A step that did not start for want of a connection has no successful connection.",
		Severity:     finding.Warning,
		Requirements: []string{"C037"},
		Yields:       []string{"C038"},
		Why: "The step-result says that the agent never reached its data source or file. " +
			"A success beside it sends the search for the cause in the wrong direction.",
		Fix:   "Write the result of the attempt that failed, or the step-result of what really stopped the step.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(unconnected(s.Result.Value)) },
			func(s *rundetails.Step, r *rule.Report) {
				switch c := &s.Connection; {
				case c.Result.Value == success:
					r.At(&c.Result, "connection-result is success, but step-result is %s", s.Result.Value)
				case s.Tally.Results.Of(success) > 0:
					r.At(&c.Log, "connection-log has %s with success, but step-result is %s",
						words.Count(s.Tally.Results.Of(success), "incident"), s.Result.Value)
				}
			},
		)},
	}
}

// unconnected tells the results of steps that had no connection. Other results
// of steps that did not start, such as no-start-change-log-not-available, need
// one.
func unconnected(result string) bool {
	return result == noConnection || result == noCredentials || result == "no-start-no-domain-controller" ||
		strings.HasPrefix(result, "no-start-file-")
}

func c038() rule.Rule {
	return rule.Rule{
		ID:           "C038",
		Title:        "The results no-start-credentials and no-start-connection fit the connection-result.",
		Severity:     finding.Warning,
		Requirements: []string{"R087", "R088", "C038"},
		Why: "Both results tell of one event: the data source refused the credentials, or it could not be reached. " +
			"When they differ, nobody knows whether to mend the password or the network.",
		Fix:   "Write failed-authentication with no-start-credentials and with no other of the two.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				return rule.If(s.Connection.Result.Present && (s.Result.Value == noCredentials || s.Result.Value == noConnection))
			},
			func(s *rundetails.Step, r *rule.Report) {
				result := &s.Connection.Result
				fits := result.Value == failedAuthentication
				if s.Result.Value == noConnection {
					fits = result.Value != failedAuthentication && result.Value != success
				}
				if !fits {
					r.At(result, "connection-result is %s, which does not fit the step-result %s", words.Quote(result.Value), s.Result.Value)
				}
			},
		)},
	}
}
