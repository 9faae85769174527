package attention

import (
	"fmt"
	"math"
	"slices"

	"github.com/runhist/runhist/schemas/wording"
)

// Documents are how many there were, and how many of them could not be read to
// their end.
type Documents struct{ All, Broken int64 }

func (f *Figures) ofDocuments() []Item {
	d := f.Documents
	if d.Broken == 0 {
		return nil
	}
	return []Item{{Level: Error, Topic: OfDocuments, What: wording.Digits(d.Broken) + " of " + wording.Counted(d.All, "document"),
		Text: "could not be read to the end: figures here are those of what could be read."}}
}

// Type is a type of error of an agent, and how its errors age.
type Type struct {
	Agent, Kind, Name string
	New, Persistent   int64 // open errors: those of the last run alone, and older ones
	Days              float64
	Meaning, Said     string // Said is what was said of the last one
}

// ofTypes are the types of errors that are open.
func (f *Figures) ofTypes() []Item {
	var items []Item
	for i := range f.Types {
		t := &f.Types[i]
		open := t.New + t.Persistent
		if open == 0 {
			continue
		}
		item := Item{Level: Warning, Topic: OfTypes, Index: i, Agent: t.Agent, Find: []string{t.Agent, t.Kind, t.Name},
			Text: fmt.Sprintf("has %s open of type %s.", wording.Counted(open, t.Kind+" error"), t.Name)}
		if t.Days >= OldDays || t.New >= manyNew {
			item.Level = Error
		}
		age, oldest, said := "", "", ""
		switch {
		case t.Persistent == 0:
			age = "New in the last run."
		case t.New > 0:
			age = wording.Digits(t.New) + " new."
		}
		if t.Days >= 1 {
			oldest = fmt.Sprintf("The oldest has lasted for %s.", wording.Counted(int64(math.Round(min(t.Days, 1e6))), "day"))
		}
		if t.Said != "" {
			said = "Last said: " + t.Said
		}
		item.Detail = sentences(age, oldest, t.Meaning, said)
		items = append(items, item)
	}
	return items
}

// Day is how many objects were deleted on a day, in days since 1970-01-01.
type Day struct{ Day, Exported, Staged int64 }

// ofDays are days shortly before the latest run with many more deletes than
// usual.
func (f *Figures) ofDays() []Item {
	if !f.Latest.Known {
		return nil
	}
	var items []Item
	for _, what := range []struct {
		count func(*Day) int64
		text  string
	}{
		{func(d *Day) int64 { return d.Exported }, "exported as deleted"},
		{func(d *Day) int64 { return d.Staged }, "staged as deleted"},
	} {
		usual, worst := usualDay(f.Days, what.count, f.Clock.Day(f.Latest.Millis))
		if worst < 0 {
			continue
		}
		d := &f.Days[worst]
		if n := what.count(d); n >= massLeast && n >= massTimes*usual {
			items = append(items, Item{Level: Warning, Topic: OfDays, Index: worst, What: wording.Counted(n, "object"),
				Text:   fmt.Sprintf("were %s on %s.", what.text, wording.At(d.Day * day)[:len("2006-01-02")]),
				Detail: fmt.Sprintf("On a usual day with deletes there are %s.", wording.Digits(usual))})
		}
	}
	return items
}

// usualDay is the median of the days with any, and the worst of the last ones,
// of several the first; -1 where there is none.
func usualDay(days []Day, count func(*Day) int64, today int64) (usual int64, worst int) {
	var list []int64
	worst = -1
	for i := range days {
		d := &days[i]
		n := count(d)
		if n <= 0 {
			continue
		}
		list = append(list, n)
		if today-d.Day < massDays && (worst < 0 || n > count(&days[worst]) || n == count(&days[worst]) && d.Day < days[worst].Day) {
			worst = i
		}
	}
	if len(list) > 0 {
		slices.Sort(list)
		usual = list[(len(list)-1)/2]
	}
	return usual, worst
}

// Findings are those of severity error and warning.
type Findings struct {
	Errors, Warnings, Rules int64 // Rules is how many rules they are from; 0 where it is not known
	Alone                   bool  // the report is about nothing else
	Compared                bool  // they come of comparing runs
}

func (f *Figures) ofFindings() []Item {
	n := f.Findings
	if n.Errors+n.Warnings == 0 {
		return nil
	}
	item := Item{Level: Warning, Topic: OfFindings, What: "The documents", Text: "break the specification: "}
	if n.Compared {
		item.What, item.Text = "The runs", "do not add up, or break policies: "
	}
	if n.Alone && n.Errors > 0 {
		item.Level = Error
	}
	item.Text += wording.Counted(n.Errors, "error") + " and " + wording.Counted(n.Warnings, "warning")
	if n.Rules > 0 {
		item.Text += ", from " + wording.Counted(n.Rules, "rule")
	}
	item.Text += "."
	return []Item{item}
}
