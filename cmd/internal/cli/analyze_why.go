package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/runhist/runhist/analyze"
	"github.com/runhist/runhist/analyze/diff"
	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/report/replay"
	"github.com/runhist/runhist/report/simulation"
)

// whyDifferences is the value of --why that stands for all that differs.
const whyDifferences = "differences"

// maxQuestions is how many counters and errors whyDifferences explains.
const maxQuestions = 100

// explainDifferences simulates once more and asks about the counters and errors
// in which the report has differences.
func explainDifferences(ctx context.Context, m *analyze.Simulation, r *replay.Report) error {
	if r.Differences.Tree.Same() {
		return nil
	}
	var questions []*analyze.Question
	for _, path := range differing(r.Differences.Tree.Root) {
		q, err := analyze.ParseQuestion(path)
		if err != nil {
			continue // what stands there is no counter: a name that the schema does not have
		}
		if len(questions) == maxQuestions {
			r.WhyCut = true
			break
		}
		questions = append(questions, q)
	}
	again, err := expect(ctx, m, analyze.NewInquiry(questions), nil)
	if err != nil {
		return err
	}
	list, err := reasons(again.inquiry.Answers())
	r.Why = append(r.Why, list...)
	return err
}

// differing are the paths of counters and errors that differ in paired steps,
// each once.
func differing(root *diff.Node) []string {
	var paths []string
	for _, run := range root.Children {
		for _, step := range paired(run, "run-details") {
			for _, block := range paired(step, "step-details") {
				at := run.Label() + "/" + step.Label() + "/" + block.Label() + "/"
				for _, n := range block.Children {
					paths = append(paths, at+n.Label())
				}
				if block.Element != nil { // one side has no such block
					for _, e := range block.Element.Children {
						paths = append(paths, at+e.Name)
					}
				}
			}
		}
	}
	return paths
}

// paired are the children of a node of that name that both sides have.
func paired(n *diff.Node, name string) []*diff.Node {
	if n.Name != name || n.A.Index == 0 || n.B.Index == 0 {
		return nil
	}
	return n.Children
}

// reasons turns answers into what reports show.
func reasons(answers []analyze.Answer) ([]replay.Explanation, error) {
	var list []replay.Explanation
	for i := range answers {
		a := &answers[i]
		switch {
		case a.Run == nil:
			return nil, usage("--why %s: the simulation has no such run", a.Question.Path)
		case a.Step == nil:
			return nil, usage("--why %s: the run has no such step; it has %d", a.Question.Path, len(a.Run.Record.Steps))
		}
		rec := a.Run.Record
		_, part, _ := strings.Cut(a.Question.Path, "step-details")
		x := replay.Explanation{Path: a.Question.Path, Title: fmt.Sprintf("%s, %s, run %d: step-details%s", rec.AgentName, rec.Profile, rec.Number, part),
			Objects: objects(a.Objects), More: a.More, Instead: objects(a.Instead)}
		if len(a.Objects) == 0 {
			x.Counted = simulation.Counted(a.Step)
		}
		list = append(list, x)
	}
	return list, nil
}

func objects(counted []analyze.Counted) []replay.Object {
	var list []replay.Object
	for i := range counted {
		o := &counted[i]
		object := replay.Object{Agent: o.Object.Agent, DN: o.Object.DN, Type: o.Object.Type, Rule: o.Rule}
		if object.DN == "" && o.Object.ID != (engine.GUID{}) {
			object.DN = o.Object.ID.String()
		}
		for k := range o.Events {
			object.Decisions = append(object.Decisions, simulation.Decision(&o.Events[k]))
		}
		list = append(list, object)
	}
	return list
}
