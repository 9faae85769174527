package xmlquery_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/runhist/runhist/analyze/query"
	"github.com/runhist/runhist/analyze/query/xmlquery"
	"github.com/runhist/runhist/schemas/source"
)

// departures are where version 1.3.9 of the library's XPath is wrong, with the
// beginning of what both say of the document below. Ours is what libxml2 says,
// but for number('1e3'), where that has an extension. The package comment, the
// help of query and the README tell of them. When a new version is right, its
// line goes.
var departures = []struct{ xpath, ours, theirs string }{
	// positions in the whole set
	{`(//b)[position() < 3]`, `2 nodes`, `4 nodes; it alone has /run-history[1]/run-details[1]/*[1]/*[3]/*[1], /run-history[1]/run-details[1]/*[2]/*[1]`},
	{`(//b)[last() - 1]`, `1 node; it alone has /run-history[1]/run-details[1]/*[1]/*[3]/*[1]`, `1 node; it alone has /run-history[1]/run-details[1]/*[1]/*[2]`},
	{`descendant::b[position() < 3]`, `2 nodes`, `4 nodes; `},
	{`//b/ancestor::*[last()]`, `1 node; it alone has /run-history[1]`, `0 nodes`},
	// positions behind a condition
	{`//b[. > 1][1]`, `3 nodes; `, `1 node`},
	{`//b[. > 1][last()]`, `3 nodes; `, `1 node`},
	{`//b[1][1]`, `3 nodes; `, `1 node`},
	// nodes that are reached in several ways
	{`count(//b/..)`, `the number 3`, `the number 4`},
	{`count(//b/parent::a)`, `the number 2`, `the number 3`},
	{`count(//*//*//d)`, `the number 2`, `the number 9`},
	{`count(//b/following::b)`, `the number 3`, `the number 6`},
	{`count(//b/preceding::b)`, `the number 3`, `the number 6`},
	{`count(//b/following-sibling::*)`, `the number 3`, `the number 4`},
	{`count(//d/descendant-or-self::d)`, `the number 2`, `the number 3`},
	// document order
	{`(//f | //a)[1]`, `1 node; it alone has /run-history[1]/run-details[1]/*[1]`, `1 node; it alone has /run-history[1]/run-details[1]/*[4]`},
	{`string(//f | //a)`, `"123"`, `"1"`},
	{`name(//f | //a)`, `"a"`, `"f"`},
	{`(//b/..)[2]`, `1 node; it alone has /run-history[1]/run-details[1]/*[1]/*[3]`, `1 node; it alone has /run-history[1]/run-details[1]/*[1]`},
	// comparisons and conversions
	{`//none = false()`, `true`, `false`},
	{`2 = //b`, `true`, `false`},
	{`2 < //b`, `true`, `false`},
	{`not('')`, `true`, `false`},
	{`not(0)`, `true`, `false`},
	{`number('1e3')`, `the number NaN`, `the number 1000`},
	{`string(/)`, `"1232x 1 "`, `""`},
}

const nested = `<run-history><run-details>` +
	`<a n="1"><b>1</b><b>2</b><c><b>3</b></c></a>` +
	`<a n="2"><b>2</b><d><d>x</d></d></a>` +
	`<e> </e><f>1</f><f> </f>` +
	`</run-details></run-history>`

func TestDepartures(t *testing.T) {
	for _, d := range departures {
		o, _ := ask(t, d.xpath, strings.NewReader(nested))
		if len(o.Disagreements) != 1 {
			t.Errorf("%s: %d disagreements: is the library right now?", d.xpath, len(o.Disagreements))
			continue
		}
		got := o.Disagreements[0]
		if got.XPath != d.xpath || got.Second != "xmlquery" || !begins(got.Ours, d.ours) || !begins(got.Other, d.theirs) {
			t.Errorf("%s\n    ours %s\n  theirs %s", d.xpath, got.Ours, got.Other)
		}
	}
}

// begins tells whether a text is another, or goes on where that ends in a space.
func begins(text, with string) bool {
	return text == with || strings.HasSuffix(with, " ") && strings.HasPrefix(text, with)
}

// reader asks the library alone.
func reader(t *testing.T, xpath string) (*query.Reader, error) {
	t.Helper()
	q, err := query.Compile(xpath)
	if err != nil {
		t.Fatal(err)
	}
	r := query.NewReader(q, source.DefaultLimits(), 10<<20, func(*query.Result) error { return nil })
	return r, r.Consult(xmlquery.New(), true)
}

// TestNotTaken: what the library cannot do is an error, and so is its panic.
func TestNotTaken(t *testing.T) {
	for xpath, want := range map[string]string{
		`upper-case('a')`: `xmlquery does not take upper-case('a'): not yet support this function upper-case()`,
		`string-length()`: `xmlquery does not take string-length(): xpath: string-length function must have at least one parameter`,
	} {
		if _, err := reader(t, xpath); err == nil || err.Error() != want {
			t.Errorf("%s: %v", xpath, err)
		}
	}
	r, err := reader(t, `number()`)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Input(context.Background(), strings.NewReader(nested)); err == nil || !strings.Contains(err.Error(), "xmlquery: number(): the library panicked") {
		t.Error(err)
	}
}

// TestInterruption: the library ends with the context.
func TestInterruption(t *testing.T) {
	r, err := reader(t, `count(//*[count(//*[count(//*[count(//*) = 1]) = 1]) = 1])`)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	text := "<run-history><run-details>" + strings.Repeat("<a/>", 3000) + "</run-details></run-history>"
	if _, err := r.Input(ctx, strings.NewReader(text)); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

// FuzzEngines: whatever both are asked ends, and neither panics.
func FuzzEngines(f *testing.F) {
	for _, xpath := range typical {
		f.Add(xpath, nested)
	}
	f.Fuzz(func(t *testing.T, xpath, text string) {
		q, err := query.Compile(xpath, query.Column{Name: "same", XPath: xpath})
		if err != nil {
			return
		}
		r := query.NewReader(q, source.DefaultLimits(), 1<<12, func(*query.Result) error { return nil })
		if r.Consult(xmlquery.New(), false) != nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
		defer cancel()
		o, _ := r.Input(ctx, strings.NewReader(text))
		for _, d := range o.Disagreements {
			if d.Pos.Line == 0 || d.Ours == d.Other {
				t.Fatalf("%q: %+v", xpath, d)
			}
		}
	})
}
