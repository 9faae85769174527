package analyze_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze"
	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/scenario"
)

// settling lets everything come to rest: what is staged is synchronized, what
// is pending is exported and confirmed.
func settling() (list []scenario.Action) {
	for range 6 {
		for _, r := range [][2]string{{"HR", "FI"}, {"HR", "FS"}, {"Phone", "FI"}, {"Phone", "FS"}, {"AD", "FI"}, {"AD", "FS"}, {"AD", "EX"}, {"AD", "Both"},
			{"AD", "FI"}, {"AD", "FS"}, {"Phone", "EX"}, {"Phone", "FI"}, {"Phone", "FS"}} {
			list = append(list, scenario.Action{Run: &scenario.Run{Agent: r[0], Profile: r[1]}})
		}
	}
	return list
}

// TestSettled: when faults have ended and everything has been run often enough,
// a further full import gives no change, a further full synchronization no flow,
// and no export is pending (SE section 10.7).
func TestSettled(t *testing.T) {
	settled := 0
	for seed := *firstSeed; seed < *firstSeed+uint64(*scenarios) && !t.Failed(); seed++ {
		files := drawn(t, seed)
		script := string(files["mv.star"].Data)
		if !calm(seed) || strings.Contains(script, `mv["title"] == "Boss"`) {
			continue // scripts that fail, or that take back what a join brings again, never come to rest
		}
		m, err := analyze.Load(files, "scenario.yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range m.Scenario.Actions {
			if a.Fault != nil {
				m.Scenario.Actions = append(m.Scenario.Actions, scenario.Action{End: a.Fault.ID})
			}
		}
		m.Scenario.Actions = append(m.Scenario.Actions, settling()...)
		last := len(m.Scenario.Actions)
		for _, r := range [][2]string{{"HR", "FI"}, {"Phone", "FI"}, {"AD", "FI"}, {"HR", "FS"}, {"HR", "FS"}, {"Phone", "FS"}, {"Phone", "FS"}, {"AD", "FS"}, {"AD", "FS"}, {"AD", "EX"}} {
			m.Scenario.Actions = append(m.Scenario.Actions, scenario.Action{Run: &scenario.Run{Agent: r[0], Profile: r[1]}})
		}
		var wrong []string
		// Everything could be exported, and no two agents outdo each other by turns.
		exports := !strings.Contains(string(files["scenario.yaml"].Data), "type: equal")
		outcome, err := m.Run(context.Background(), analyze.Edges{Run: func(r *analyze.Run) error {
			if len(r.Record.Steps) == 0 {
				return nil
			}
			s := &r.Record.Steps[len(r.Record.Steps)-1]
			switch n := r.Action - last; {
			case n <= 0:
				for i := range r.Record.Steps {
					if len(r.Record.Steps[i].ExportErrors) > 0 && r.Action > last-len(settling())/2 {
						exports = false
					}
				}
			case n <= 3:
				wrong = append(wrong, above(r, s, "stage-no-change", "stage-failure")...)
			case n == 5 || n == 7 || n == 9:
				wrong = append(wrong, above(r, s, "disconnector-remains", "disconnector-filtered", "connector-no-flow", "flow-failure")...)
			case n == 10 && exports:
				wrong = append(wrong, above(r, s)...)
			}
			return nil
		}})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for o := range outcome.Engine.Objects("AD") { // telephones may be in their file twice, and one of the two does not change
			if exports && (o.Unapplied != nil || o.Unconfirmed != nil) {
				wrong = append(wrong, fmt.Sprintf("an export of %s is pending: %+v %+v", o.DN, o.Unapplied, o.Unconfirmed))
			}
		}
		for _, text := range wrong {
			t.Errorf("seed %d: %s", seed, text)
		}
		if exports {
			settled++
		}
	}
	if *scenarios >= 100 && settled < 5 {
		t.Errorf("only %d scenarios came to rest", settled)
	}
}

// above are the counters of a step above zero, but for some.
func above(r *analyze.Run, s *engine.StepRecord, but ...string) (list []string) {
	for _, x := range everything(0, &engine.RunRecord{Steps: []engine.StepRecord{*s}}) {
		name, _, _ := strings.Cut(x.path[strings.LastIndex(x.path, "/")+1:], "[")
		ok := strings.HasSuffix(name, "-error") || strings.HasPrefix(name, "filtered-") || strings.Contains(x.path, "outbound-flow-counters") && name == "connector-no-flow"
		for _, b := range but {
			ok = ok || name == b
		}
		if !ok {
			list = append(list, fmt.Sprintf("%s %s, action %d: %s %d", r.Record.AgentName, r.Record.Profile, r.Action, x.path, x.want))
		}
	}
	return list
}

// firsts are the first objects that the runs of a profile synchronize.
type firsts struct {
	events []engine.Event
	found  map[int][]engine.Event // by action
}

func (f *firsts) Event(ev engine.Event) {
	if ev.Run > 0 {
		f.events = append(f.events, ev)
	}
}

// take keeps the events of the first transaction of a synchronization.
func (f *firsts) take(r *analyze.Run) {
	if len(f.events) > 0 && len(r.Record.Steps) == 1 && (r.Record.Profile == "DS" || r.Record.Profile == "FS") && f.events[0].Object.DN != "" {
		for _, ev := range f.events {
			if ev.Transaction == 1 {
				f.found[r.Action] = append(f.found[r.Action], ev)
			}
		}
	}
	f.events = f.events[:0]
}

// TestPreviewIsTheRun: a preview before a synchronization tells of the object
// that comes first what then happens to it, and all runs are as without it.
func TestPreviewIsTheRun(t *testing.T) {
	compared := 0
	for seed := *firstSeed; seed < *firstSeed+uint64(*scenarios)/2+1 && !t.Failed(); seed++ {
		f := &firsts{found: map[int][]engine.Event{}}
		plain := map[int]string{}
		m, err := analyze.Load(drawn(t, seed), "scenario.yaml")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Run(context.Background(), analyze.Edges{Tracer: f, Run: func(r *analyze.Run) error {
			f.take(r)
			plain[r.Action] = r.Hash.String()
			return nil
		}}); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		actions, was := m.Scenario.Actions, map[int]int{} // the action that a new one was
		m.Scenario.Actions = nil
		for i, a := range actions {
			if events := f.found[i+1]; events != nil {
				m.Scenario.Actions = append(m.Scenario.Actions, scenario.Action{Preview: &scenario.Preview{Agent: a.Run.Agent, DN: events[0].Object.DN, Full: a.Run.Profile == "FS"}})
			}
			m.Scenario.Actions = append(m.Scenario.Actions, a)
			was[len(m.Scenario.Actions)] = i + 1
		}
		if _, err := m.Run(context.Background(), analyze.Edges{
			Run: func(r *analyze.Run) error {
				if r.Hash.String() != plain[was[r.Action]] {
					t.Errorf("seed %d: the state after action %d is another one with previews", seed, was[r.Action])
				}
				return nil
			},
			Preview: func(p *analyze.Preview) error {
				want := f.found[was[p.Action+1]]
				for i := range want {
					want[i].Run, want[i].Step = 0, 0
				}
				if compared++; !reflect.DeepEqual(want, p.Events) {
					t.Errorf("seed %d: before action %d the preview of %s says\n%s\nand then happened\n%s", seed, was[p.Action+1], p.Object.DN, inLines(p.Events), inLines(want))
				}
				return nil
			},
		}); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
	if *scenarios >= 100 && compared < 100 {
		t.Errorf("only %d previews were compared", compared)
	}
}

func inLines(events []engine.Event) string {
	var b strings.Builder
	for i := range events {
		fmt.Fprintf(&b, "%+v\n", events[i])
	}
	return b.String()
}
