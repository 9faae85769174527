package query_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/query"
	"github.com/runhist/runhist/schemas/source"
)

// oracle is an engine that answers from a table, where an answer may be an
// error; it writes down the run that it is told of.
type oracle struct {
	answers map[string]any
	nodes   []query.RunNode
}

func (o *oracle) Name() string { return "oracle" }

func (o *oracle) Compile(xpath string) (query.SecondExpr, error) {
	answer, ok := o.answers[xpath]
	if !ok {
		return nil, errors.New("I cannot read it")
	}
	return func(int) (query.Answer, error) {
		switch a := answer.(type) {
		case error:
			return query.Answer{}, a
		case []int:
			return query.Answer{Nodes: a}, nil
		}
		return query.Answer{Value: answer}, nil
	}, nil
}

func (o *oracle) Begin(_ context.Context, run query.Run) {
	o.nodes = nil
	for i := range run.Len() {
		o.nodes = append(o.nodes, run.Node(i))
	}
}

// consult asks the oracle about a document; the values of the results come back.
func consult(t *testing.T, o *oracle, replace bool, text, xpath string, columns ...query.Column) (values []string, out query.Outcome, err error) {
	t.Helper()
	q, err := query.Compile(xpath, columns...)
	if err != nil {
		t.Fatal(err)
	}
	r := query.NewReader(q, source.DefaultLimits(), 1<<20, func(r *query.Result) error {
		values = append(values, strings.Join(append([]string{r.Kind.String(), r.Value}, r.Columns...), " "))
		return nil
	})
	if err := r.Consult(o, replace); err != nil {
		return nil, out, err
	}
	out, err = r.Input(context.Background(), strings.NewReader(text))
	return values, out, err
}

const small = `<run-history><run-details><a n="1" m="2">x</a><b/><a>y</a></run-details></run-history>`

// TestSecondSees: the other engine sees every node by its number.
func TestSecondSees(t *testing.T) {
	o := &oracle{answers: map[string]any{"//a": []int{3, 8}}}
	_, out, err := consult(t, o, false, small, "//a")
	if err != nil || len(out.Disagreements) > 0 {
		t.Error(out, err)
	}
	want := []query.RunNode{
		{Kind: query.Root},
		{Kind: query.Element, Parent: 0, Name: "run-history"},
		{Kind: query.Element, Parent: 1, Name: "run-details"},
		{Kind: query.Element, Parent: 2, Name: "a"},
		{Kind: query.Attribute, Parent: 3, Name: "n", Value: "1"},
		{Kind: query.Attribute, Parent: 3, Name: "m", Value: "2"},
		{Kind: query.Text, Parent: 3, Value: "x"},
		{Kind: query.Element, Parent: 2, Name: "b"},
		{Kind: query.Element, Parent: 2, Name: "a"},
		{Kind: query.Text, Parent: 8, Value: "y"},
	}
	if !reflect.DeepEqual(o.nodes, want) {
		t.Errorf("%+v", o.nodes)
	}
}

// TestSecondAnswers: what differs is told, and ours counts; or theirs stands in
// its place.
func TestSecondAnswers(t *testing.T) {
	for _, c := range []struct {
		xpath       string
		answer      any
		differs     string
		ours, other string // results
	}{
		{"//a", []int{8, 3, 8}, "", "element x; element y", "element x; element y"},
		{"//a", []int{8, 7}, "2 nodes; it alone has /run-history[1]/run-details[1]/*[1] | 2 nodes; it alone has /run-history[1]/run-details[1]/*[2]", "element x; element y", "element ; element y"},
		{"//a", []int(nil), "2 nodes; it alone has /run-history[1]/run-details[1]/*[1], /run-history[1]/run-details[1]/*[3] | 0 nodes", "element x; element y", ""},
		{"//a", "x", `2 nodes; it alone has /run-history[1]/run-details[1]/*[1], /run-history[1]/run-details[1]/*[3] | "x"`, "element x; element y", "string x"},
		{"//*", []int{1, 2, 3, 4, 7, 8}, "5 nodes | 6 nodes; it alone has /run-history[1]/run-details[1]/*[1]/@n", "element xy; element xy; element x; element ; element y", "element xy; element xy; element x; attribute 1; element ; element y"},
		{"//node()", []int{0}, "7 nodes; it alone has /run-history[1], /run-history[1]/run-details[1], /run-history[1]/run-details[1]/*[1], " +
			"/run-history[1]/run-details[1]/*[1]/text(), /run-history[1]/run-details[1]/*[2], ... | 1 node; it alone has /",
			"element xy; element xy; element x; text x; element ; element y; text y", "root xy"},
		{"count(//a)", 3.0, "the number 2 | the number 3", "number 2", "number 3"},
		{"0 div 0", func() float64 { zero := 0.0; return zero / zero }(), "", "number NaN", "number NaN"},
		{"string(b)", "\n", `"" | "\n"`, "string ", "string \n"},
		{"not(a)", true, "false | true", "boolean false", "boolean true"},
	} {
		o := &oracle{answers: map[string]any{c.xpath: c.answer}}
		values, out, err := consult(t, o, false, small, c.xpath)
		differs := ""
		for _, d := range out.Disagreements {
			differs = d.Ours + " | " + d.Other
			if d.XPath != c.xpath || d.Second != "oracle" || d.Pos != (source.Pos{Line: 1, Column: 14}) {
				t.Errorf("%+v", d)
			}
		}
		if got := strings.Join(values, "; "); err != nil || differs != c.differs || got != c.ours {
			t.Errorf("%s: %v\n got %s\n     %s\nwant %s\n     %s", c.xpath, err, differs, got, c.differs, c.ours)
		}
		values, out, err = consult(t, o, true, small, c.xpath)
		if got := strings.Join(values, "; "); err != nil || got != c.other || len(out.Disagreements) > 0 {
			t.Errorf("%s alone: %v\n got %s\nwant %s", c.xpath, err, got, c.other)
		}
	}
}

// TestSecondColumns: columns are asked for each result, and have its place.
func TestSecondColumns(t *testing.T) {
	o := &oracle{answers: map[string]any{"//a": []int{3, 8}, "@n": []int{4}}}
	values, out, err := consult(t, o, false, small, "//a", query.Column{Name: "n", XPath: "@n"})
	if got := strings.Join(values, "; "); err != nil || got != "element x 1; element y " || len(out.Disagreements) != 1 {
		t.Fatalf("%v: %s, %+v", err, got, out)
	}
	d := out.Disagreements[0]
	if d.Pos != (source.Pos{Line: 1, Column: 51}) || d.XPath != "@n" || d.Ours != "0 nodes" || d.Other != "1 node; it alone has /run-history[1]/run-details[1]/*[1]/@n" {
		t.Errorf("%+v", d)
	}
}

// TestSecondFails: an engine that cannot read or cannot answer is an error;
// disagreements without end are counted.
func TestSecondFails(t *testing.T) {
	o := &oracle{answers: map[string]any{"//a": errors.New("I am tired"), "//b": []int{}}}
	if _, _, err := consult(t, o, false, small, "//c"); err == nil || err.Error() != "oracle does not take //c: I cannot read it" {
		t.Error(err)
	}
	if _, _, err := consult(t, o, false, small, "//a", query.Column{Name: "c", XPath: "c"}); err == nil || err.Error() != "column c: oracle does not take c: I cannot read it" {
		t.Error(err)
	}
	if _, _, err := consult(t, o, true, small, "//a"); err == nil || err.Error() != "oracle: //a: I am tired" {
		t.Error(err)
	}
	runs := fmt.Sprintf("<run-history>%s</run-history>", strings.Repeat("<run-details><b/></run-details>", 25))
	values, out, err := consult(t, o, false, runs, "//b")
	if err != nil || len(values) != 25 || len(out.Disagreements) != 20 || out.MoreDisagreements != 5 {
		t.Errorf("%d, %+v, %v", len(values), out, err)
	}
}
