package xlsx

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/tables"
)

// ageingWatch adds up how errors age, by agent and type.
type ageingWatch struct {
	fresh, persistent, cleared int64
	types                      map[string]*aged

	name, id, kind, kindOf, freshAt, persistentAt, clearedAt, days int
}

// aged is the open errors of an agent and type.
type aged struct {
	attention.Type
	agentKey string
	at       place // the row with the oldest
}

func newAgeingWatch(t *tables.Table) *ageingWatch {
	c := columnsOf{t}
	return &ageingWatch{types: map[string]*aged{}, name: c.at("ma_name"), id: c.at("ma_id"), kind: c.at("kind"), kindOf: c.at("error_type"), freshAt: c.at("new", tables.Int),
		persistentAt: c.at("persistent", tables.Int), clearedAt: c.at("cleared", tables.Int), days: c.at("open_days_max", tables.Float)}
}

func (w *ageingWatch) row(row []tables.Value, at place) {
	fresh, persistent := whole(row, w.freshAt), whole(row, w.persistentAt)
	w.fresh += fresh
	w.persistent += persistent
	w.cleared += whole(row, w.clearedAt)
	if fresh+persistent == 0 {
		return
	}
	agent, kind, name := attention.AgentKey(text(row, w.id), text(row, w.name)), text(row, w.kind), text(row, w.kindOf)
	key := string(errorKey(nil, kind, name, agent))
	a := w.types[key]
	if a == nil {
		if len(w.types) >= maxGroups {
			return
		}
		a = &aged{at: at, agentKey: strings.Clone(agent), Type: attention.Type{Agent: keep(text(row, w.name), 60), Kind: keep(kind, 20), Name: keep(name, 80)}}
		w.types[key] = a
	}
	a.New += fresh
	a.Persistent += persistent
	if days, ok := fraction(row, w.days); ok && days > a.Days {
		a.Days, a.at = days, at
	}
}

// list is the types of which most are open first.
func (w *ageingWatch) list() []*aged {
	var all []*aged
	for _, a := range w.types {
		all = append(all, a)
	}
	slices.SortFunc(all, func(x, y *aged) int {
		return cmp.Or(cmp.Compare(y.New+y.Persistent, x.New+x.Persistent), cmp.Compare(y.Days, x.Days), cmp.Compare(x.at.index, y.at.index))
	})
	return all
}
