package attention

import (
	"fmt"
	"strings"
)

// Server is what came of connecting to a server.
type Server struct {
	Agent, Name      string // Name is "" where runs do not name it
	Result, Meaning  string // of the last failure
	Steps, Failed    int64
	Success, Failure Instant // the last ones
}

// Reached tells whether a connection result is that of a server that was
// reached. A product of 2003 wrote it in another way; a warning is about what
// the server has, and not about reaching it.
func Reached(result string) bool {
	result = strings.TrimSpace(result)
	return result == "success" || result == "successful-connection" || strings.HasPrefix(result, "warning-")
}

// Met counts a step that connected then. It tells whether it is the last
// failure as far as is known, whose result and meaning are to be kept.
func (s *Server) Met(result string, at Instant) (failure bool) {
	s.Steps++
	if Reached(result) {
		if at.After(s.Success) {
			s.Success = at
		}
		return false
	}
	s.Failed++
	if s.Failed > 1 && s.Failure.After(at) {
		return false
	}
	s.Failure = at
	return true
}

// Down tells whether the last connection failed.
func (s *Server) Down() bool { return s.Failed > 0 && !s.Success.After(s.Failure) }

// ofServers are the servers that were not reached last.
func (f *Figures) ofServers() []Item {
	var items []Item
	for i := range f.Servers {
		s := &f.Servers[i]
		if !s.Down() {
			continue
		}
		item := Item{Level: Error, Topic: OfServers, Index: i, Agent: s.Agent, What: s.Name, When: s.Failure, Find: []string{s.Agent, s.Name}, Detail: s.Meaning,
			Text: fmt.Sprintf("was not reached at %s: %s.", f.minute(s.Failure), s.Result)}
		if s.Name == "" {
			item.What = "The data source"
		}
		if s.Failed > 1 {
			item.Text = fmt.Sprintf("was not reached %d times, last at %s: %s.", s.Failed, f.minute(s.Failure), s.Result)
		}
		items = append(items, item)
	}
	return items
}
