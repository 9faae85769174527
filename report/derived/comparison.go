package derived

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/tables"
)

// compared is a row: a figure here and there.
type compared struct {
	against               string
	name, id              string // of the agent
	profile, measure      string
	kind, errorType       string
	here, there           int64
	hereKnown, thereKnown bool
}

func comparisonTable() declaration[compared] {
	both := func(r *compared) bool { return r.hereKnown && r.thereKnown }
	return declaration[compared]{Comparison, "Comparison", "Figures of these runs beside those of others (--compare-to): a row for each figure of an agent that is above 0 on one side.", []column[compared]{
		{"against", tables.Text, "", "What is compared with.", "--compare-to", func(r *compared) tables.Value { return tables.Of(r.against) }},
		{"ma_name", tables.Word, "", "Name of the management agent.", "run-details/ma-name", func(r *compared) tables.Value { return present(r.name) }},
		{"ma_id", tables.GUID, "", "GUID of the management agent; agents are the same by it, or by name where it cannot be read.", "run-details/ma-id", func(r *compared) tables.Value { return present(r.id) }},
		{"measure", tables.Word, "", "The figure: a column of the table of trends, errors (distinct ones of a type), or duration_median_ms and duration_p95_ms of a run profile.", "trend, ageing, durations", func(r *compared) tables.Value { return tables.Of(r.measure) }},
		{"run_profile", tables.Word, "", "Run profile of a duration.", "durations", func(r *compared) tables.Value { return present(r.profile) }},
		{"kind", tables.Word, "", "Kind of the errors.", "ageing", func(r *compared) tables.Value { return present(r.kind) }},
		{"error_type", tables.Word, "", "Type of the errors.", "ageing", func(r *compared) tables.Value { return present(r.errorType) }},
		{"here", tables.Int, "", "The figure of these runs; missing where they have none.", "these runs", func(r *compared) tables.Value { return when(r.here, r.hereKnown) }},
		{"there", tables.Int, "", "The figure of the others.", "the others", func(r *compared) tables.Value { return when(r.there, r.thereKnown) }},
		{"difference", tables.Int, "", "How much more it is here.", "here - there", func(r *compared) tables.Value { return when(r.here-r.there, both(r)) }},
		{"change_percent", tables.Float, "%", "The difference in per cent of the figure there; missing where that is 0.", "100 * difference / there", func(r *compared) tables.Value {
			if !both(r) || r.there == 0 {
				return tables.Missing
			}
			return tables.Real(100 * float64(r.here-r.there) / float64(r.there))
		}},
	}}
}

// figureKey is what a figure is about, the same in both tallies.
type figureKey struct {
	agent                             agentKey
	order                             int
	measure, profile, kind, errorType string
}

type figure struct {
	n    int64
	name agent
}

// figures are all that can be compared; counts are 0 where they are missing.
func (t *Tally) figures() map[figureKey]figure {
	keyOf := make([]agentKey, len(t.agents.list))
	for key, n := range t.agents.byKey {
		keyOf[n] = key
	}
	all := map[figureKey]figure{}
	add := func(agent uint32, key figureKey, n int64) {
		key.agent = keyOf[agent]
		f := all[key]
		f.n, f.name = f.n+n, t.agents.list[agent]
		all[key] = f
	}
	for key, c := range t.trend.days {
		for i, m := range measures() {
			if n := *m.of(c); n != 0 {
				add(key.agent, figureKey{order: i, measure: m.name}, n)
			}
		}
	}
	t.ageing.each(func(r *aged) {
		add(r.group.agent, figureKey{order: 100, measure: "errors", kind: r.group.kind.String(), errorType: r.errorType}, int64(r.fresh+r.persistent+r.clear))
	})
	t.durations.each(func(r *pace) {
		if len(r.lasted) > 0 {
			profile := t.durations.profiles.list[r.last.profile]
			add(r.last.agent, figureKey{order: 101, measure: "duration_median_ms", profile: profile}, rank(r.lasted, 50))
			add(r.last.agent, figureKey{order: 102, measure: "duration_p95_ms", profile: profile}, rank(r.lasted, 95))
		}
	})
	return all
}

// compare writes the figures of a tally beside those of others.
func compare(open facts.Open, t *Tally, others []Other) error {
	table := comparisonTable()
	return table.write(open, func(yield func(*compared)) {
		if len(others) == 0 {
			return
		}
		here := t.figures()
		for _, o := range others {
			compareWith(o.Name, here, o.Tally.figures(), yield)
		}
	})
}

func compareWith(name string, here, there map[figureKey]figure, yield func(*compared)) {
	keys := make([]figureKey, 0, len(here))
	for key := range here {
		keys = append(keys, key)
	}
	for key := range there {
		if _, both := here[key]; !both {
			keys = append(keys, key)
		}
	}
	named := func(key figureKey) agent {
		if f, ok := here[key]; ok {
			return f.name
		}
		return there[key].name
	}
	slices.SortFunc(keys, func(x, y figureKey) int {
		return cmp.Or(strings.Compare(named(x).name, named(y).name), strings.Compare(string(x.agent.id[:]), string(y.agent.id[:])),
			cmp.Compare(x.order, y.order), strings.Compare(x.profile, y.profile), strings.Compare(x.kind, y.kind), strings.Compare(x.errorType, y.errorType),
			strings.Compare(x.agent.name, y.agent.name))
	})
	for _, key := range keys {
		h, hereKnown := here[key]
		o, thereKnown := there[key]
		if key.profile == "" { // a count that is not there is 0
			hereKnown, thereKnown = true, true
		}
		yield(&compared{against: name, name: named(key).name, id: named(key).id, profile: key.profile, measure: key.measure,
			kind: key.kind, errorType: key.errorType, here: h.n, there: o.n, hereKnown: hereKnown, thereKnown: thereKnown})
	}
}
