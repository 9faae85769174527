package html

import (
	"cmp"
	"slices"
	"strings"

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

// server is what came of the steps that connected to a server.
type server struct {
	agent, name, result, meaning string // result and meaning are of the last failure
	steps, failed                int64
	success, failure             instant
	order                        int
}

// incident is a group of attempts that failed alike.
type incident struct {
	agent, server, result, meaning, code, said string
	times                                      int64
	first, last                                instant
	order                                      int
}

// connected tells whether a connection result is that of a success; a product
// of 2003 wrote it in another way.
func connected(result string) bool {
	result = strings.TrimSpace(result)
	return result == "success" || result == "successful-connection"
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
		c = &server{order: len(w.servers), agent: s.agent.call(row), name: s.server.keep(row, nameLength)}
		w.servers[strings.Clone(key)] = c
	}
	c.steps++
	at := s.start.instant(row)
	if connected(result) {
		if at.after(c.success) {
			c.success = at
		}
		return
	}
	c.failed++
	if c.failed == 1 || !c.failure.after(at) {
		c.failure, c.result, c.meaning = at, s.connection.keep(row, 80), s.connectionMeaning.keep(row, 300)
	}
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
	if connected(w.result.of(row)) {
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
	if !at.known {
		at = w.step.instant(row)
	}
	if at.known && (!i.first.known || at.millis < i.first.millis) {
		i.first = at
	}
	if i.times == 1 || !i.last.after(at) {
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
	slices.SortFunc(list, func(a, b *server) int {
		return cmp.Or(down(b)-down(a), cmp.Compare(b.failed, a.failed), strings.Compare(a.agent, b.agent), strings.Compare(a.name, b.name), cmp.Compare(a.order, b.order))
	})
	return list
}

// down is 1 where the last connection failed.
func down(c *server) int {
	if c.failed > 0 && !c.success.after(c.failure) {
		return 1
	}
	return 0
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
		now, name := "success", c.name
		if down(c) == 1 {
			now = "error"
		}
		if name == "" {
			name = "(not named)"
		}
		g.Add(page.Text(name), page.Text(c.agent), page.Text(now), page.Number(c.steps), count(c.failed), r.moment(c.success), r.moment(c.failure),
			page.Text(c.result), page.Text(c.meaning))
	}
	return g.Used()
}

// incidentsGrid is the table of failed attempts.
func (r *report) incidentsGrid() *page.Grid {
	g := &page.Grid{ID: "incidents-table", Caption: "Failed attempts to connect, the most frequent first", Empty: "No attempt failed.", Left: int(r.connections.left), Columns: []page.Column{
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
