package xlsx

import (
	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/tables"
)

// serversWatch keeps what came of connecting to servers, from the table of
// steps.
type serversWatch struct {
	list  []*server
	index map[string]*server // by agent and server

	name, id, server, result, meaning, start int
}

type server struct {
	attention.Server
	at place // the step with the last failure
}

func newServersWatch(t *tables.Table) *serversWatch {
	c := columnsOf{t}
	return &serversWatch{index: map[string]*server{}, name: c.at("ma_name"), id: c.at("ma_id"), server: c.at("server"), result: c.at("connection_result"),
		meaning: c.at("connection_meaning"), start: c.at("step_start", tables.Time)}
}

func (w *serversWatch) row(row []tables.Value, at place) {
	result := text(row, w.result)
	if result == "" {
		return
	}
	key := pairKey(attention.AgentKey(text(row, w.id), text(row, w.name)), text(row, w.server))
	s := w.index[key]
	if s == nil {
		if len(w.list) >= maxPairs {
			return
		}
		s = &server{Server: attention.Server{Agent: keep(text(row, w.name), 60), Name: keep(text(row, w.server), 120)}}
		w.index[key] = s
		w.list = append(w.list, s)
	}
	if s.Met(result, instant(row, w.start)) {
		s.at, s.Result, s.Meaning = at, keep(result, 80), keep(text(row, w.meaning), 200)
	}
}
