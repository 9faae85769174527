package connection

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/names"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r170() rule.Rule {
	return rule.Rule{
		ID:           "R170",
		Title:        "The server of a connection is that of some incident.",
		Severity:     finding.Info,
		Requirements: []string{"R170"},
		Yields:       []string{"C068", "C137"},
		Why: "Every attempt to connect is an incident with the name of its server. " +
			"A server that no incident names was reached by an attempt that the log lacks.",
		Fix: "Write the name of the server in the same way in both places. " +
			"Case does not matter, and one of them may lack the port.",
		Since:  "0.1.0",
		Checks: []rule.Check{rule.Each(serversNamed, judgeServer)},
	}
}

// serversNamed lets a connection be judged when server and some incident name
// servers.
func serversNamed(s *rundetails.Step) rule.Scope {
	servers := s.Tally.Servers.Types
	switch {
	case !s.Connection.Server.Present || len(servers) == 0 || len(servers) == 1 && servers[0].Type == "":
		return rule.Out
	case len(servers) == rundetails.MaxTypes:
		return rule.Unreadable // there may be more of them
	}
	return rule.In
}

func judgeServer(s *rundetails.Step, r *rule.Report) {
	server, servers := &s.Connection.Server, s.Tally.Servers.Types
	for i := range servers {
		if names.SameServer(server.Value, servers[i].Type) {
			return
		}
	}
	r.At(server, "server is %s, which no incident names", words.Quote(server.Value))
}
