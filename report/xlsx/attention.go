package xlsx

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/wording"
)

// item is something that needs attention.
type item struct {
	level          string // error, warning or info
	agent, profile string
	when           attention.Instant
	text           string
	to             *place // where more about it stands
}

// attention writes what needs attention, the worst first.
func (s *summary) attention(p *page) {
	items := s.items()
	p.section("What needs attention")
	if len(items) == 0 {
		p.set(colB, colK, p.row, s.calm(), s.book.styles.wrap)
		p.row++
		return
	}
	styles := &s.book.styles
	spots := []spot{{colB, colB, "How bad", 0}, {colC, colC, "Agent", 0}, {colD, colD, "Run profile", 0}, {colE, colE, "When", styles.itemTime},
		{colF, colJ, "What", 0}, {colK, colK, "Look at", styles.itemLink}}
	alone := !slices.ContainsFunc(items, func(i item) bool { return i.agent != "" || i.profile != "" })
	if alone {
		spots = []spot{spots[0], {colC, colJ, "What", 0}, spots[5]}
	}
	p.heads(spots)
	slices.SortStableFunc(items, compareItems)
	rows := block{first: p.row}
	for _, i := range items {
		p.height(s.tall(i.text, spots[len(spots)-2].from, colJ))
		where := any(nil)
		if i.to != nil {
			where = fmt.Sprintf("%s, row %d", i.to.part(), i.to.row())
			p.link(colK, p.row, i.to.cell())
		}
		if alone {
			p.list(spots, i.level, i.text, where)
			continue
		}
		p.list(spots, i.level, i.agent, i.profile, s.moment(i.when), i.text, where)
	}
	rows.last = p.row - 1
	p.colour(colB, rows, styles.formats(&tables.Column{Name: "severity"}, address(colB, rows.first)))
}

// calm is what is said when there is nothing to attend to.
func (s *summary) calm() string {
	switch {
	case s.runs != nil && s.runs.count == 0:
		return "There is no run in this report."
	case s.runs != nil:
		return "Nothing: the last run of every profile succeeded, and no error is open."
	}
	if s.findings != nil {
		return "Nothing: no rule that was applied found an error."
	}
	return "Nothing that the tables of this report could show."
}

// room is how many items of a topic the Summary has, and where the others are.
var room = [...]struct {
	most int
	left string
}{
	attention.OfDocuments: {1, ""},
	attention.OfProfiles:  {12, "run profiles: see sheet Durations"},
	attention.OfDurations: {6, "slow run profiles: see sheet Durations"},
	attention.OfServers:   {6, "servers: see sheet Steps"},
	attention.OfTypes:     {12, "types of errors: see sheet Ageing"},
	attention.OfDays:      {2, ""},
	attention.OfFindings:  {1, ""},
}

func compareItems(a, b item) int {
	return cmp.Compare(attention.Rank(a.level), attention.Rank(b.level))
}

// items collects what needs attention.
func (s *summary) items() []item {
	items := slices.Clone(s.notes)
	var shown [len(room)]int
	var left [len(room)]item
	f := s.judged()
	for _, i := range attention.Items(&f.Figures) {
		if shown[i.Topic]++; shown[i.Topic] > room[i.Topic].most {
			if left[i.Topic].level == "" {
				left[i.Topic].level = i.Level
			}
			continue
		}
		items = append(items, item{level: i.Level, agent: i.Agent, profile: i.Profile, when: i.When, text: i.Said(), to: f.place(&i)})
	}
	for topic, more := range left {
		if more.level != "" {
			more.text = fmt.Sprintf("And %d more %s.", shown[topic]-room[topic].most, room[topic].left)
			items = append(items, more)
		}
	}
	return append(items, s.book.limits()...)
}

// placedFigures are what the Summary has judged, and where it stands.
type placedFigures struct {
	attention.Figures
	documents, findings place
	runs, profiles      []*place
	servers, types      []*place
}

// place is where more about an item stands, nil where it is not known.
func (j *placedFigures) place(i *attention.Item) *place {
	switch i.Topic {
	case attention.OfDocuments:
		return &j.documents
	case attention.OfProfiles:
		return j.runs[i.Index]
	case attention.OfDurations:
		return j.profiles[i.Index]
	case attention.OfServers:
		return j.servers[i.Index]
	case attention.OfTypes:
		return j.types[i.Index]
	case attention.OfFindings:
		return &j.findings
	}
	return nil
}

// judged collects the figures.
func (s *summary) judged() *placedFigures {
	j := &placedFigures{Figures: attention.Figures{Clock: s.book.clock}}
	if s.runs != nil {
		j.Latest = attention.Instant{Millis: s.runs.last, Known: s.runs.dated}
	} else if s.profiles != nil {
		j.Latest = s.profiles.now
	}
	if d := s.documents; d != nil {
		j.Documents, j.documents = attention.Documents{All: d.count, Broken: d.broken}, d.first
	}
	s.judgedProfiles(j)
	if s.servers != nil {
		for _, one := range s.servers.list {
			j.Servers, j.servers = append(j.Servers, one.Server), append(j.servers, &one.at)
		}
	}
	if s.ageing != nil {
		for _, one := range s.ageing.list() {
			t := one.Type
			if s.errors != nil {
				t.Meaning, t.Said = s.errors.said(t.Kind, t.Name, one.agentKey)
			}
			j.Types, j.types = append(j.Types, t), append(j.types, &one.at)
		}
	}
	if s.trend != nil {
		j.Days = s.trend.deletes()
	}
	if f := s.findings; f != nil {
		j.findings = f.first
		j.Findings = attention.Findings{Errors: f.severity[attention.Error], Warnings: f.severity[attention.Warning], Rules: int64(len(f.rules)),
			Alone: s.runs == nil && s.profiles == nil, Compared: f.compared}
	}
	return j
}

// judgedProfiles collects the run profiles: where there is no table of
// durations, as their last runs show them.
func (s *summary) judgedProfiles(j *placedFigures) {
	if s.profiles == nil {
		if s.runs == nil {
			return
		}
		for _, known := range s.runs.lasts() {
			j.Profiles = append(j.Profiles, attention.Profile{Agent: known.last.agent, Name: known.last.profile, Last: known.last.Run})
			j.runs, j.profiles = append(j.runs, &known.last.at), append(j.profiles, &known.last.at)
		}
		return
	}
	for i := range s.profiles.list {
		one := &s.profiles.list[i]
		p, at := one.Profile, &one.at
		if s.runs != nil && s.runs.profiles[one.key] != nil {
			known := s.runs.profiles[one.key]
			p.Last, p.Before, at = known.last.Run, known.before, &known.last.at
		}
		j.Profiles, j.runs, j.profiles = append(j.Profiles, p), append(j.runs, at), append(j.profiles, &one.at)
	}
}

// limits is where the workbook could not show all as it is.
func (b *workbook) limits() []item {
	var items []item
	for _, s := range b.sheets {
		if n := len(s.parts); n > 1 {
			items = append(items, item{level: "info", text: fmt.Sprintf("Sheet %s goes on in %s: a sheet holds %d rows, and there are %d.", s.title, s.parts[n-1], b.maxRows, s.rows)})
		}
	}
	if b.cuts > 0 {
		items = append(items, item{level: "info", text: fmt.Sprintf("%s longer than a cell holds (%d characters): they end in a mark. The other formats have all of them.", wording.Counted(b.cuts, "text"), maxText)})
	}
	for _, fact := range b.about {
		if fact.name == "note" {
			items = append(items, item{level: "info", text: fact.value})
		}
	}
	return items
}
