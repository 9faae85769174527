package query_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/runhist/runhist/analyze/query"
	"github.com/runhist/runhist/schemas/source"
)

const twoRuns = `<?xml version="1.0"?>
<run-history>
  <run-details>
    <ma-name>HR</ma-name>
    <step-details step-number="1" xmlns:x="urn:x">
      <step-result>success</step-result>
      <x:extra x:n="7"/>
    </step-details>
  </run-details>
  <run-details>
    <ma-name>A &amp; B</ma-name>
    <step-details step-number="1">
      <step-result>stopped-server-down</step-result>
    </step-details>
    <step-details step-number="2"><step-result> </step-result></step-details>
  </run-details>
</run-history>`

// selected queries a document; each result is a line.
func selected(t *testing.T, text, xpath string, columns ...query.Column) []string {
	t.Helper()
	q, err := query.Compile(xpath, columns...)
	if err != nil {
		t.Fatalf("%s: %v", xpath, err)
	}
	var all []string
	r := query.NewReader(q, source.DefaultLimits(), 1<<20, func(r *query.Result) error {
		line := fmt.Sprintf("%d:%d %s %s %q", r.Line, r.Column, r.Path, r.Kind, r.Value)
		for _, c := range r.Columns {
			line += fmt.Sprintf(" %q", c)
		}
		all = append(all, line)
		return nil
	})
	if _, err := r.Input(context.Background(), strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestPlaces: every kind of result has its own line, column and path.
func TestPlaces(t *testing.T) {
	for xpath, want := range map[string][]string{
		"/run-history/run-details/ma-name": {
			`4:5 /run-history[1]/run-details[1]/ma-name[1] element "HR"`,
			`11:5 /run-history[1]/run-details[2]/ma-name[1] element "A & B"`},
		"ma-name/text()": {
			`4:14 /run-history[1]/run-details[1]/ma-name[1]/text() text "HR"`,
			`11:14 /run-history[1]/run-details[2]/ma-name[1]/text() text "A & B"`},
		"//@step-number[. = 2]": {`15:19 /run-history[1]/run-details[2]/step-details[2]/@step-number attribute "2"`},
		"//x:extra":             {`7:7 /run-history[1]/run-details[1]/step-details[1]/*[2] element ""`},
		"//x:*/@x:n":            {`7:16 /run-history[1]/run-details[1]/step-details[1]/*[2]/@x:n attribute "7"`},
		"count(step-details)": {
			`3:3 /run-history[1]/run-details[1] number "1"`,
			`10:3 /run-history[1]/run-details[2] number "2"`},
		"string(ma-name)": {
			`3:3 /run-history[1]/run-details[1] string "HR"`,
			`10:3 /run-history[1]/run-details[2] string "A & B"`},
		"boolean(//step-result[starts-with(., 'stopped')])": {
			`3:3 /run-history[1]/run-details[1] boolean "false"`,
			`10:3 /run-history[1]/run-details[2] boolean "true"`},
		"//step-result[. = ' ']":                   {`15:35 /run-history[1]/run-details[2]/step-details[2]/step-result[1] element " "`},
		"self::run-details[ma-name = 'HR']":        {`3:3 /run-history[1]/run-details[1] element "HRsuccess"`},
		"//nothing":                                nil,
		"//comment() | //processing-instruction()": nil,
	} {
		if got := selected(t, twoRuns, xpath); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", xpath, got, want)
		}
	}
}

// TestAroundTheRun: absolute paths begin at run-history whatever is around the
// run, and the path of a result is that of the file.
func TestAroundTheRun(t *testing.T) {
	for around, path := range map[[2]string]string{
		{"<run-history>", "</run-history>"}: "/run-history[1]/run-details[1]/ma-name[1]",
		{"", ""}:                            "/run-details[1]/ma-name[1]",
		{"<execution-histories><run-history/><run-history>", "</run-history></execution-histories>"}: "/*[1]/*[2]/run-details[1]/ma-name[1]",
	} {
		got := selected(t, around[0]+"<run-details><ma-name>HR</ma-name></run-details>"+around[1], "/run-history/run-details/ma-name")
		if len(got) != 1 {
			t.Errorf("%s: %q", around[0], got)
			continue
		}
		if fields := strings.Fields(got[0]); !strings.HasSuffix(fields[1], "/run-details[1]/ma-name[1]") {
			t.Errorf("%s: %s, want %s", around[0], fields[1], path)
		}
	}
}

func TestColumns(t *testing.T) {
	got := selected(t, twoRuns, "//step-result", query.Column{Name: "agent", XPath: "../../ma-name"}, query.Column{Name: "step", XPath: "../@step-number"},
		query.Column{Name: "of", XPath: "count(/run-history/run-details/step-details)"}, query.Column{Name: "none", XPath: "x"})
	want := []string{
		`6:7 /run-history[1]/run-details[1]/step-details[1]/step-result[1] element "success" "HR" "1" "1" ""`,
		`13:7 /run-history[1]/run-details[2]/step-details[1]/step-result[1] element "stopped-server-down" "A & B" "1" "2" ""`,
		`15:35 /run-history[1]/run-details[2]/step-details[2]/step-result[1] element " " "A & B" "2" "2" ""`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// TestMistakes: each is found at its place.
func TestMistakes(t *testing.T) {
	for xpath, want := range map[string]string{
		"":                       `character 1: the expression is empty`,
		"//a[":                   `character 5: the end of the expression stands where a path or a value is wanted`,
		"//a[b":                  `character 4: the "[" is not closed`,
		"//a]":                   `character 4: "]" does not belong here: nothing is open that it could close`,
		"//é b":                  `character 5: "b" does not belong here`,
		"a/":                     `character 3: the end of the expression stands where a path or a value is wanted`,
		"a + ":                   `character 5: the end of the expression stands where a path or a value is wanted`,
		"//a[@]":                 `character 6: "]" stands where a name is wanted`,
		"chld::a":                `character 1: there is no axis "chld": did you mean child?`,
		"cuont(a)":               `character 1: there is no function cuont(): did you mean count()?`,
		"a[count()]":             `character 3: count() takes 1 arguments, not 0`,
		"substring('a')":         `character 1: substring() takes 2 to 3 arguments, not 1`,
		"count(1)":               `character 7: count() is about nodes, and here stands a value`,
		`a = "x`:                 `character 5: the text that begins with " does not end`,
		"$x":                     `character 1: there are no variables here`,
		"a # b":                  `character 3: '#' has no meaning in an expression`,
		"1/2":                    `character 2: "/" does not belong here`,
		"string(a)/b":            `character 10: "/" can follow nodes only, and here stands a value`,
		"a | 1":                  `character 3: "|" joins two sets of nodes`,
		".[a]":                   `character 2: a condition cannot follow "." or "..": write "self::node()[...]" or "parent::node()[...]"`,
		"(a":                     `character 3: the end of the expression stands where ")" is wanted`,
		"matches(a, '[')":        "character 1: matches(): error parsing regexp: missing closing ]: `[`",
		strings.Repeat("(", 200): `character 101: the expression is nested deeper than 100`,
	} {
		_, err := query.Compile(xpath)
		var mistake *query.SyntaxError
		if !errors.As(err, &mistake) || mistake.Error() != want {
			t.Errorf("%s\n got %v\nwant %s", xpath, err, want)
		}
	}
	if _, err := query.Compile("a", query.Column{Name: "x", XPath: "b["}); err == nil || !strings.Contains(err.Error(), "column x: character 3") {
		t.Error(err)
	}
}

// TestValues holds functions that the comparison with libxml2 does not reach.
func TestValues(t *testing.T) {
	for xpath, want := range map[string]string{
		"substring('12345', 2, 3)": "234", "substring('12345', 1.5, 2.6)": "234", "substring('12345', 0, 3)": "12",
		"substring('12345', 0 div 0, 3)": "", "substring('12345', -42, 1 div 0)": "12345", "substring('é2', 2)": "2",
		"translate('bar', 'abc', 'AB')": "BAr", "normalize-space('  a  b ')": "a b", "concat(1, true(), 'x')": "1truex",
		"7 mod 3": "1", "-7 mod 3": "-1", "1 div 0": "Infinity", "-1 div 0": "-Infinity", "0 div 0": "NaN", "-0": "0", "1 div 4": "0.25",
		"100000000000000000000": "100000000000000000000", "number(' -1.5 ')": "-1.5", "number('1e3')": "NaN", "number('')": "NaN", "number('.5')": "0.5",
		"round(2.5)": "3", "round(-2.5)": "-2", "floor(-1.2)": "-2", "ceiling(1.2)": "2", "--1": "1",
		"string-length('aé')": "2", "contains('abc', 'bc')": "true", "ends-with('abc', 'bc')": "true", "matches('abc', '^a.c$')": "true",
		"replace('a1b22', '[0-9]+', '#')": "a#b#", "upper-case('é')": "É", "lower-case('É')": "é", "string-join(//ma-name, ',')": "HR",
		"substring-before('a=b', '=')": "a", "substring-after('a=b', '=')": "b", "local-name(//x:extra)": "extra", "name(//x:extra)": "x:extra",
		"sum(//nothing)": "0", "not(//nothing)": "true", "'a' < 'b'": "false", "true() = 'false'": "true", "1 = 1 = 1": "true",
		"//ma-name = 'HR' and //ma-name != 'A'": "true", "1 < //@step-number + 1": "true", "position()": "1", "last()": "1",
	} {
		got := selected(t, twoRuns, xpath)
		if !strings.HasSuffix(got[0], fmt.Sprintf(" %q", want)) {
			t.Errorf("%s: got %s, want %s", xpath, got[0], want)
		}
	}
}

func TestLargeRuns(t *testing.T) {
	text := "<run-history><run-details><ma-name>" + strings.Repeat("x", 2000) + "</ma-name></run-details><run-details><ma-name>small</ma-name></run-details></run-history>"
	q, err := query.Compile("ma-name")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	r := query.NewReader(q, source.DefaultLimits(), 1000, func(r *query.Result) error { got = append(got, r.Value); return nil })
	o, err := r.Input(context.Background(), strings.NewReader(text))
	if err != nil || !slices.Equal(got, []string{"small"}) || o.Runs != 1 || len(o.Large) != 1 || o.Large[0] != (source.Pos{Line: 1, Column: 14}) {
		t.Errorf("%q, %+v, %v", got, o, err)
	}
}

func TestFaultsAndErrors(t *testing.T) {
	q, err := query.Compile("ma-name")
	if err != nil {
		t.Fatal(err)
	}
	stop := errors.New("enough")
	r := query.NewReader(q, source.DefaultLimits(), 1<<20, func(*query.Result) error { return stop })
	if _, err := r.Input(context.Background(), strings.NewReader(twoRuns)); !errors.Is(err, stop) {
		t.Error(err)
	}
	o, err := query.NewReader(q, source.DefaultLimits(), 1<<20, func(*query.Result) error { return nil }).
		Input(context.Background(), strings.NewReader(strings.Replace(twoRuns, "</run-history>", "", 1)))
	if err != nil || o.Runs != 2 || len(o.Faults) != 1 || !o.Faults[0].Fatal {
		t.Errorf("%+v, %v", o, err)
	}
	computed, err := query.Compile("matches('a', concat('[', ma-name))")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := query.NewReader(computed, source.DefaultLimits(), 1<<20, func(*query.Result) error { return nil }).
		Input(context.Background(), strings.NewReader(twoRuns)); err == nil || !strings.Contains(err.Error(), "matches()") {
		t.Error(err)
	}
}

// TestInterruption: an expression that takes for ever ends with its context.
func TestInterruption(t *testing.T) {
	text := "<run-history><run-details>" + strings.Repeat("<a/>", 3000) + "</run-details></run-history>"
	q, err := query.Compile("count(//*[count(//*[count(//*[count(//*) = 1]) = 1]) = 1])")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	_, err = query.NewReader(q, source.DefaultLimits(), 1<<20, func(*query.Result) error { return nil }).Input(ctx, strings.NewReader(text))
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestMarkup(t *testing.T) {
	q, err := query.Compile("step-details[1]")
	if err != nil {
		t.Fatal(err)
	}
	var got string
	r := query.NewReader(q, source.DefaultLimits(), 1<<20, func(r *query.Result) error {
		if r.Leaf() {
			t.Error("a leaf")
		}
		got += r.XML() + "\n"
		return nil
	})
	text := `<run-history><run-details><step-details a="&lt;&quot;&#10;"><b>x&amp;&lt;</b><c/></step-details></run-details></run-history>`
	if _, err := r.Input(context.Background(), strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	if want := "<step-details a=\"&lt;&quot;&#xA;\">\n  <b>x&amp;&lt;</b>\n  <c/>\n</step-details>\n"; got != want {
		t.Errorf("got\n%s", got)
	}
}

// FuzzQuery compiles and evaluates anything: it ends in time, and nothing
// panics.
func FuzzQuery(f *testing.F) {
	f.Add("//step-details[@step-number > 1]/step-result[starts-with(., 's')]", twoRuns)
	f.Add("substring(name(//@*[2]), -1, 1 div 0) = ancestor::*[last()] | //x", "<run-details a='1'><b/>t</run-details>")
	f.Fuzz(func(t *testing.T, xpath, text string) {
		q, err := query.Compile(xpath)
		if err != nil {
			var mistake *query.SyntaxError
			if !errors.As(err, &mistake) || mistake.Column() < 1 || mistake.Offset > len(xpath) {
				t.Fatalf("%q: %v", xpath, err)
			}
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
		defer cancel()
		r := query.NewReader(q, source.DefaultLimits(), 1<<16, func(r *query.Result) error {
			if r.Path == "" || r.Line == 0 {
				t.Fatalf("%q: a result without a place: %+v", xpath, r)
			}
			_ = r.XML()
			return nil
		})
		_, _ = r.Input(ctx, strings.NewReader(text))
	})
}
