package derived

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/rule/keys"
)

// The limits of ageing.
const (
	maxErrors     = 1 << 21
	maxContainers = 1 << 15
	maxTypes      = 1 << 10
	maxGroups     = 1 << 17
	maxScopes     = 1 << 14
	maxLooks      = 1 << 20 // steps that looked, of all scopes
)

// ageing remembers each distinct error: what failed, of which type, of which
// agent. 48 bytes for each are in slabs, and the index that finds them takes
// at most 11; the order in which they are counted at the end takes 4.
type ageing struct {
	tally      *Tally
	slabs      [][]occurrence
	count      int
	index      []uint32 // numbers of occurrences, from 1 on, by their key
	containers texts
	types      texts
	groups     map[group]uint32
	groupList  []group
	scopes     map[scope]uint32
	looks      [][]int64 // starts of the steps that looked at a scope, to their end
	looked     int
}

// occurrence is a distinct error.
type occurrence struct {
	key     uint64
	first   int64 // the earliest first-occurred, else the start of the first step that met it
	last    int64 // start of the last step that met it
	met     int64 // start of the first step that met it
	group   uint32
	scope   uint32
	retries uint32
	dated   bool // first is that of the document
}

// group is what errors are counted by.
type group struct {
	agent, errorType, container uint32
	kind                        kind
}

type kind uint8

const (
	discovery kind = iota
	imported
	exported
	retried
)

func (k kind) String() string {
	return [...]string{facts.DiscoveryKind, facts.ImportKind, facts.ExportKind, facts.RetryKind}[k]
}

// scope is what a step looks at: a step that was there to its end and does not
// list an error of the scope any more has cleared it.
type scope struct {
	agent     uint32
	partition uint32
	stage     stage
}

type stage uint8

const (
	discovering   stage = iota // full imports look
	staging                    // imports
	synchronizing              // synchronizations, and imports that synchronize
	exporting                  // exports
)

const slabSize = 1 << 10

func (a *ageing) init(t *Tally) {
	a.tally = t
	a.index = make([]uint32, 1<<10)
	a.containers, a.types = newTexts(maxContainers), newTexts(maxTypes)
	a.groups, a.scopes = map[group]uint32{}, map[scope]uint32{}
}

func (a *ageing) objectError(e *rundetails.ObjectError) {
	key := keys.New().Text(e.DN.Value).Exact(e.Anchor.Value).Exact(e.AttributeName.Value)
	if e.DN.Value == "" && e.Anchor.Value == "" {
		key = key.Number(e.EntryNumber.N).Number(e.LineNumber.N)
	}
	a.met(e.Step, discovery, discovering, key, &e.Type, e.DN.Value, nil, nil)
}

func (a *ageing) importError(e *rundetails.ImportError) {
	at := synchronizing
	if strings.TrimSpace(e.AlgorithmStep.Value) == "staging" {
		at = staging
	}
	a.met(e.Step, imported, at, object(&e.CSGUID, &e.DN), &e.Type, e.DN.Value, &e.FirstOccurred, &e.RetryCount)
}

func (a *ageing) exportError(e *rundetails.ExportError) {
	a.met(e.Step, exported, exporting, object(&e.CSGUID, &e.DN), &e.Type, e.DN.Value, &e.FirstOccurred, &e.RetryCount)
}

func (a *ageing) retryError(e *rundetails.RetryError) {
	a.met(e.Step, retried, synchronizing, object(&e.MVGUID, &e.DisplayName), &e.Type, "", nil, nil)
}

// object is what an object is recognised by: its GUID together with its name,
// because those who publish histories mask GUIDs.
func object(id *rundetails.GUID, name *rundetails.Text) keys.Key {
	if id.Valid {
		return keys.Of(id.ID).Text(name.Value)
	}
	return keys.New().Text(id.Value).Text(name.Value)
}

// met takes an error of a step.
func (a *ageing) met(s *rundetails.Step, k kind, at stage, object keys.Key, errorType *rundetails.Text, dn string, first *rundetails.Instant, retries *rundetails.Number) {
	if !s.Start.Valid {
		return
	}
	agent := a.tally.agent(s.Run)
	key := object.Number(uint64(agent)).Number(uint64(k)).Exact(errorType.Value).Sum()
	o := a.find(key)
	if o == nil {
		a.tally.over("errors")
		return
	}
	start := s.Start.Millis
	if o.key == 0 {
		*o = occurrence{key: key | 1, first: start, met: start, last: start}
		o.group, o.scope = a.group(agent, k, errorType.Value, dn), a.scope(s, agent, at)
	}
	o.met, o.last = min(o.met, start), max(o.last, start)
	switch {
	case first != nil && first.Valid && (!o.dated || first.Millis < o.first):
		o.first, o.dated = first.Millis, true
	case !o.dated:
		o.first = o.met
	}
	if retries != nil && retries.Valid {
		o.retries = max(o.retries, uint32(retries.N))
	}
}

// find returns the occurrence of a key, a zero one where it is new, and nil
// where there is no room.
func (a *ageing) find(key uint64) *occurrence {
	key |= 1 // 0 is a free one
	mask := uint64(len(a.index) - 1)
	at := (key >> 1) & mask
	for ; a.index[at] != 0; at = (at + 1) & mask {
		if o := a.at(a.index[at] - 1); o.key == key {
			return o
		}
	}
	if a.count >= maxErrors {
		return nil
	}
	if a.count*4 >= len(a.index)*3 {
		a.grow()
		return a.find(key)
	}
	if a.count%slabSize == 0 {
		a.slabs = append(a.slabs, make([]occurrence, slabSize))
	}
	a.count++
	a.index[at] = uint32(a.count)
	return a.at(uint32(a.count - 1))
}

func (a *ageing) at(n uint32) *occurrence { return &a.slabs[n/slabSize][n%slabSize] }

func (a *ageing) grow() {
	a.index = make([]uint32, 2*len(a.index))
	mask := uint64(len(a.index) - 1)
	for n := range uint32(a.count) {
		at := (a.at(n).key >> 1) & mask
		for a.index[at] != 0 {
			at = (at + 1) & mask
		}
		a.index[at] = n + 1
	}
}

func (a *ageing) group(agent uint32, k kind, errorType, dn string) uint32 {
	g := group{agent: agent, kind: k}
	fits := false
	if g.errorType, fits = a.types.of(strings.TrimSpace(errorType)); !fits {
		a.tally.over("errors")
	}
	if g.container, fits = a.containers.of(facts.Container(dn)); !fits {
		a.tally.over("containers")
	}
	if n, ok := a.groups[g]; ok {
		return n
	}
	if len(a.groupList) >= maxGroups {
		g.container = 0
		if n, ok := a.groups[g]; ok {
			return n
		}
	}
	a.groups[g] = uint32(len(a.groupList))
	a.groupList = append(a.groupList, g)
	return uint32(len(a.groupList) - 1)
}

// scope returns the number of a scope; number 0 is one that nothing clears.
func (a *ageing) scope(s *rundetails.Step, agent uint32, at stage) uint32 {
	partition, _ := a.containers.of(s.Description.Partition())
	key := scope{agent, partition, at}
	n, ok := a.scopes[key]
	if ok {
		return n
	}
	if len(a.looks) == 0 {
		a.looks = append(a.looks, nil)
	}
	if len(a.looks) >= maxScopes {
		a.tally.over("steps")
		return 0
	}
	a.scopes[key] = uint32(len(a.looks))
	a.looks = append(a.looks, nil)
	return uint32(len(a.looks) - 1)
}

// step notes which scopes the step has looked at, if it came to its end.
func (a *ageing) step(s *rundetails.Step) {
	result := strings.TrimSpace(s.Result.Value)
	if !s.Start.Valid || result != "success" && !strings.HasPrefix(result, "completed-") || result == "completed-skipped-already-completed" {
		return
	}
	agent := a.tally.agent(s.Run)
	stepType, subtypes := s.Description.StepType()
	for _, at := range lookedAt(stepType, subtypes) {
		if a.looked++; a.looked > maxLooks {
			a.tally.over("steps")
			return
		}
		if n := a.scope(s, agent, at); n > 0 {
			a.looks[n] = append(a.looks[n], s.Start.Millis)
		}
	}
}

// lookedAt are the stages that a step goes through.
func lookedAt(stepType string, subtypes []string) []stage {
	both := !slices.Contains(subtypes, "to-cs") && !slices.Contains(subtypes, "to-file")
	switch stepType {
	case "full-import", "full-import-reevaluate-rules":
		if both {
			return []stage{discovering, staging, synchronizing}
		}
		return []stage{discovering, staging}
	case "delta-import":
		if both {
			return []stage{staging, synchronizing}
		}
		return []stage{staging}
	case "apply-rules":
		return []stage{synchronizing}
	case "export":
		return []stage{exporting}
	}
	return nil
}

// aged is a row: the errors of a group.
type aged struct {
	agents                   *agents
	group                    group
	errorType, container     string
	fresh, persistent, clear int
	oldest                   int64
	open                     bool // some are not cleared
	ages, cleared            []int64
	retries                  uint32
}

func ageingTable() declaration[aged] {
	days := func(list []int64, percent int) tables.Value {
		if len(list) == 0 {
			return tables.Missing
		}
		slices.Sort(list)
		return tables.Real(float64(rank(list, percent)) / (24 * 60 * 60 * 1000))
	}
	const looks = "An error is cleared when a later step of its agent and partition that looks at such errors, and came to its end, does not list it any more: a full import at discovery errors, an import at staging, a synchronization at synchronization and retry errors, an export at export errors."
	return declaration[aged]{Ageing, "Ageing", "How distinct errors age: a row for each agent, kind, type and container. An object that fails in the same way in several runs is one error. " + looks, []column[aged]{
		{"ma_name", tables.Word, "", "Name of the management agent, the last where it has changed.", "run-details/ma-name", func(r *aged) tables.Value { return r.agents.nameOf(r.group.agent) }},
		{"ma_id", tables.GUID, "", "GUID of the management agent.", "run-details/ma-id", func(r *aged) tables.Value { return r.agents.idOf(r.group.agent) }},
		{"kind", tables.Word, "", "discovery, import, export or retry.", "the name of the element", func(r *aged) tables.Value { return tables.Of(r.group.kind.String()) }},
		{"error_type", tables.Word, "", "Type of the errors.", "error-type", func(r *aged) tables.Value { return tables.Of(r.errorType) }},
		{"container", tables.Text, "", "DN of what the objects stand in; missing for objects without one.", "dn behind its first comma", func(r *aged) tables.Value { return present(r.container) }},
		{"new", tables.Int, "errors", "Open errors that occurred first in the last step that met them.", "first-occurred, else the first step that lists it, is not before that step", func(r *aged) tables.Value { return tables.Num(r.fresh) }},
		{"persistent", tables.Int, "errors", "Open errors that are older.", "the others that are not cleared", func(r *aged) tables.Value { return tables.Num(r.persistent) }},
		{"cleared", tables.Int, "errors", "Errors that are gone.", "see the table", func(r *aged) tables.Value { return tables.Num(r.clear) }},
		{"oldest_open", tables.Time, "", "When the oldest open error occurred first.", "least first-occurred", func(r *aged) tables.Value { return when(r.oldest, r.open) }},
		{"open_days_median", tables.Float, "days", "How long open errors have lasted: half of them not longer.", "start of the last step that met it - first_occurred", func(r *aged) tables.Value { return days(r.ages, 50) }},
		{"open_days_max", tables.Float, "days", "How long the oldest has lasted.", "as above", func(r *aged) tables.Value { return days(r.ages, 100) }},
		{"cleared_days_median", tables.Float, "days", "How long cleared errors lasted: half of them not longer.", "start of the step that cleared it - first_occurred", func(r *aged) tables.Value { return days(r.cleared, 50) }},
		{"retries_max", tables.Int, "attempts", "The highest retry count.", "retry-count", func(r *aged) tables.Value { return tables.Num(r.retries) }},
	}}
}

func (a *ageing) write(open facts.Open) error {
	table := ageingTable()
	return table.write(open, a.each)
}

// each yields the rows by agent, kind, type and container.
func (a *ageing) each(yield func(*aged)) {
	for i := range a.looks {
		slices.Sort(a.looks[i])
	}
	order := make([]uint32, a.count)
	for i := range order {
		order[i] = uint32(i)
	}
	place := a.places()
	slices.SortFunc(order, func(x, y uint32) int {
		return cmp.Or(cmp.Compare(place[a.at(x).group], place[a.at(y).group]), cmp.Compare(x, y))
	})
	for start := 0; start < len(order); {
		g := a.at(order[start]).group
		end := start
		row := aged{agents: &a.tally.agents, group: a.groupList[g]}
		row.errorType, row.container = a.types.list[row.group.errorType], a.containers.list[row.group.container]
		for ; end < len(order) && a.at(order[end]).group == g; end++ {
			row.add(a.at(order[end]), a.looks)
		}
		yield(&row)
		start = end
	}
}

// places are the places of the groups in the order of the table.
func (a *ageing) places() []uint32 {
	order := make([]uint32, len(a.groupList))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(x, y uint32) int {
		g, h := &a.groupList[x], &a.groupList[y]
		return cmp.Or(strings.Compare(a.tally.agents.list[g.agent].name, a.tally.agents.list[h.agent].name), cmp.Compare(g.agent, h.agent),
			cmp.Compare(g.kind, h.kind), strings.Compare(a.types.list[g.errorType], a.types.list[h.errorType]),
			strings.Compare(a.containers.list[g.container], a.containers.list[h.container]), cmp.Compare(x, y))
	})
	place := make([]uint32, len(order))
	for i, g := range order {
		place[g] = uint32(i)
	}
	return place
}

// add counts an error.
func (r *aged) add(o *occurrence, looks [][]int64) {
	r.retries = max(r.retries, o.retries)
	first := min(o.first, o.last)
	scope := looks[o.scope]
	if after, _ := slices.BinarySearch(scope, o.last+1); after < len(scope) {
		r.clear++
		r.cleared = append(r.cleared, scope[after]-first)
		return
	}
	if o.first >= o.last {
		r.fresh++
	} else {
		r.persistent++
	}
	r.ages = append(r.ages, o.last-first)
	if !r.open || first < r.oldest {
		r.oldest, r.open = first, true
	}
}
