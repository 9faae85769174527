package html

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/page"
	"github.com/runhist/runhist/report/tables"
)

const (
	maxServers   = 1 << 12
	maxIncidents = 1000
)

// connectionsWatch counts what came of connecting, by steps and by the
// incidents of their logs.
type connectionsWatch struct {
	servers   map[string]*server
	incidents map[string]*incident
	left      int64
}

// server is a server of an agent.
type server struct {
	attention.Server
	order int
}

// incident is a group of attempts that failed, or met a warning, alike.
type incident struct {
	agent, server, result, meaning, code, said string
	times                                      int64
	first, last                                attention.Instant
	order                                      int
}

// step counts what came of a step.
func (w *connectionsWatch) step(s *stepsWatch, row []tables.Value) {
	result := s.connection.of(row)
	if result == "" {
		return
	}
	key := profileKey(s.agent.key(row), s.server.of(row))
	c := w.servers[key]
	if c == nil {
		if len(w.servers) >= maxServers {
			w.left++
			return
		}
		c = &server{Server: attention.Server{Agent: s.agent.call(row), Name: s.server.keep(row, nameLength)}, order: len(w.servers)}
		w.servers[strings.Clone(key)] = c
	}
	if c.Met(result, s.start.instant(row)) {
		c.Result, c.Meaning = s.connection.keep(row, 80), s.connectionMeaning.keep(row, 300)
	}
}

// plainSuccess tells whether a connection result says that nothing was in the
// way, not even something to warn of. A product of 2003 wrote it in another way.
func plainSuccess(result string) bool {
	result = strings.TrimSpace(result)
	return result == "success" || result == "successful-connection"
}

// incidentsWatch takes the rows of the connection log.
type incidentsWatch struct {
	connections                                                  *connectionsWatch
	agent                                                        agentColumns
	result, meaning, server, code, codeHex, codeMeaning, message textAt
	date, step                                                   numberAt
}

func newIncidents(c columns, to *connectionsWatch) *incidentsWatch {
	return &incidentsWatch{connections: to, agent: c.agent(), result: c.text("result"), meaning: c.text("result_meaning"), server: c.text("server"),
		code: c.text("code"), codeHex: c.text("code_hex"), codeMeaning: c.text("code_meaning"), message: c.text("message"), date: c.number("date"), step: c.number("step_start")}
}

func (w *incidentsWatch) row(row []tables.Value) {
	if plainSuccess(w.result.of(row)) {
		return
	}
	code := w.codeHex.of(row)
	if code == "" {
		code = w.code.of(row)
	}
	key := strings.Join([]string{w.agent.key(row), w.server.of(row), w.result.of(row), code}, "\x00")
	all := w.connections.incidents
	i := all[key]
	if i == nil {
		if len(all) >= maxIncidents {
			w.connections.left++
			return
		}
		i = &incident{order: len(all), agent: w.agent.call(row), server: w.server.keep(row, nameLength), result: w.result.keep(row, 80), meaning: w.meaning.keep(row, 300),
			code: strings.Clone(page.Line(code, 60))}
		all[key] = i
	}
	i.times++
	at := w.date.instant(row)
	if !at.Known {
		at = w.step.instant(row)
	}
	if at.Known && (!i.first.Known || at.Millis < i.first.Millis) {
		i.first = at
	}
	if i.times == 1 || !i.last.After(at) {
		i.last = at
		said := strings.TrimSpace(w.message.of(row) + "\n" + w.codeMeaning.of(row))
		i.said = strings.Clone(strings.ToValidUTF8(said[:min(len(said), 500)], ""))
	}
}

// list is the servers, those first that were not reached last.
func (w *connectionsWatch) list() []*server {
	var list []*server
	for _, c := range w.servers {
		list = append(list, c)
	}
	down := func(s *server) int {
		if s.Down() {
			return 0
		}
		return 1
	}
	slices.SortFunc(list, func(a, b *server) int {
		return cmp.Or(cmp.Compare(down(a), down(b)), cmp.Compare(b.Failed, a.Failed), strings.Compare(a.Agent, b.Agent), strings.Compare(a.Name, b.Name), cmp.Compare(a.order, b.order))
	})
	return list
}

// serversGrid is the table of servers.
func (r *report) serversGrid() *page.Grid {
	g := &page.Grid{ID: "servers-table", Caption: "Servers that agents connected to", Empty: "No step says that it connected.", Columns: []page.Column{
		{Name: "Server", Kind: page.Plain, Head: true},
		{Name: "Agent", Kind: page.Plain, Choice: true},
		{Name: "Now", Kind: page.Level, Choice: true, About: "Whether the last connection succeeded"},
		{Name: "Steps", Kind: page.Count}, {Name: "Not connected", Kind: page.Count},
		{Name: "Last success", Kind: page.Moment}, {Name: "Last failure", Kind: page.Moment},
		{Name: "Result then", Kind: page.Plain}, {Name: "What it means", Kind: page.Long},
	}}
	for _, c := range r.connections.list() {
		now, name := "success", c.Name
		if c.Down() {
			now = "error"
		}
		if name == "" {
			name = "(not named)"
		}
		g.Add(page.Text(name), page.Text(c.Agent), page.Text(now), page.Number(c.Steps), count(c.Failed), r.moment(c.Success), r.moment(c.Failure),
			page.Text(c.Result), page.Text(c.Meaning))
	}
	return g.Used()
}

// incidentsGrid is the table of attempts that failed or met a warning.
func (r *report) incidentsGrid() *page.Grid {
	g := &page.Grid{ID: "incidents-table", Caption: "Attempts to connect that failed or met a warning, the most frequent first", Empty: "No attempt failed.", Left: int(r.connections.left), Columns: []page.Column{
		{Name: "Server", Kind: page.Plain, Head: true},
		{Name: "Agent", Kind: page.Plain, Choice: true},
		{Name: "Result", Kind: page.Plain, Choice: true}, {Name: "Code", Kind: page.Code},
		{Name: "Times", Kind: page.Count}, {Name: "First", Kind: page.Moment}, {Name: "Last", Kind: page.Moment},
		{Name: "What was said last", Kind: page.Long}, {Name: "What it means", Kind: page.Long},
	}}
	var list []*incident
	for _, i := range r.connections.incidents {
		list = append(list, i)
	}
	slices.SortFunc(list, func(a, b *incident) int {
		return cmp.Or(cmp.Compare(b.times, a.times), strings.Compare(a.agent, b.agent), strings.Compare(a.server, b.server), strings.Compare(a.result, b.result),
			strings.Compare(a.code, b.code), cmp.Compare(a.order, b.order))
	})
	for _, i := range list {
		name := i.server
		if name == "" {
			name = "(not named)"
		}
		g.Add(page.Text(name), page.Text(i.agent), page.Text(i.result), page.Text(i.code), page.Number(i.times), r.moment(i.first), r.moment(i.last),
			page.Text(i.said), page.Text(i.meaning))
	}
	return g.Used()
}
