package xsd

import (
	"strings"
	"testing"
)

func TestMatchRoots(t *testing.T) { testMatch(t, rootsCases) }

var rootsCases = []matchCase{
	{name: "unknown root", doc: `<a/>`, want: `
1:1 XSD-unexpected-root /*[1]
	in /a
	the root element is <a>, but must be <run-history>`},
	{name: "run-details as root", doc: `<run-details><ma-id>x</ma-id></run-details>`, want: `
1:1 XSD-unexpected-root /run-details[1]
	in /run-details
	the root element is <run-details>, but must be <run-history>`},
	{name: "wrong root around a history", doc: strings.ReplaceAll(with("<run-number>1<", "<run-number>x<"), "run-history", "execution-histories"), want: `
2:1 XSD-unexpected-root /execution-histories[1]
	in /execution-histories
	the root element is <execution-histories>, but must be <run-history>
6:1 XSD-datatype /execution-histories[1]/run-details[1]/run-number[1]
	in /execution-histories/run-details/run-number, type numberType, value x
	<run-number> is "x", but must be a whole number from 0 to 2147483647`},
	{name: "wrong root around a wrong root", doc: "<a><b>" + strings.TrimPrefix(with("<run-number>1<", "<run-number>x<"), `<?xml version="1.0" encoding="utf-8"?>`) + "</b><c/></a>", want: `
1:1 XSD-unexpected-root /*[1]
	in /a
	the root element is <a>, but must be <run-history>
6:1 XSD-datatype /*[1]/*[1]/run-history[1]/run-details[1]/run-number[1]
	in /a/b/run-history/run-details/run-number, type numberType, value x
	<run-number> is "x", but must be a whole number from 0 to 2147483647`},
	{name: "root in a namespace", doc: with("<run-history>", `<run-history xmlns="urn:a">`), want: `
2:1 XSD-unexpected-root /*[1]
	in /run-history, type namespace
	the root element is <run-history> in the namespace "urn:a", but must be <run-history>`},
	{name: "root in a namespace by prefix", doc: with("<run-history>", `<q:run-history xmlns:q="urn:a">`, "</run-history>", "</q:run-history>"), want: `
2:1 XSD-unexpected-root /*[1]
	in /q:run-history, type namespace
	the root element is <q:run-history> in the namespace "urn:a", but must be <run-history>`},
	{name: "element in a namespace", doc: with("<ma-name>", `<q:ma-name xmlns:q="urn:a">`, "</ma-name>", "</q:ma-name>"), want: `
5:1 XSD-unexpected-element /run-history[1]/run-details[1]/*[2]
	in /run-history/run-details, child q:ma-name, type namespace
	<q:ma-name> is in the namespace "urn:a", but must be in none`},
	{name: "element with children in a namespace", doc: with("<staging-counters>", `<staging-counters xmlns="urn:a">`), want: `
41:1 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/*[12]
	in /run-history/run-details/step-details, child staging-counters, type namespace
	<staging-counters> is in the namespace "urn:a", but must be in none`},
	{name: "unknown element in a namespace", doc: with("<ma-name>", `<q:foo xmlns:q="urn:a"/><ma-name>`), want: `
5:1 XSD-unexpected-element /run-history[1]/run-details[1]/*[2]
	in /run-history/run-details, child q:foo, type namespace
	<q:foo> in the namespace "urn:a" is not expected in <run-details>: <ma-name> comes next`},
	{name: "duplicate in a namespace", doc: with("<end-date>2016-07-15 10:00:01.000</end-date>\n", "<end-date>2016-07-15 10:00:01.000</end-date>\n<end-date xmlns=\"urn:a\">x</end-date>"), want: `
12:1 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/*[3]
	in /run-history/run-details/step-details, child end-date, type namespace
	<end-date> is in the namespace "urn:a", but must be in none`},
	{name: "late in a namespace", doc: with("<start-date>2016-07-15 10:00:00.000</start-date>\n<end-date>2016-07-15 10:00:01.000</end-date>\n", "<end-date>2016-07-15 10:00:01.000</end-date>\n<start-date xmlns=\"urn:a\">2016-07-15 10:00:00.000</start-date>\n"), want: `
11:1 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/*[2]
	in /run-history/run-details/step-details, child start-date, type namespace
	<start-date> is in the namespace "urn:a", but must be in none`},
	{name: "empty root", doc: `<run-history/>`, want: `
1:1 XSD-missing-element /run-history[1]
	in /run-history, child run-details
	<run-history> lacks <run-details>`},
	{name: "breaks off", doc: strings.SplitAfter(with(), "<run-number>")[0] + "x", want: `
6:14 XML-truncated /run-history[1]/run-details[1]/run-number[1]
	the document ends inside <run-number> of line 6`},
}

func TestMatchText(t *testing.T) { testMatch(t, textCases) }

var textCases = []matchCase{
	{name: "text in element content", doc: with("<run-details>", "<run-details>\n  hello"), want: `
4:3 XSD-unexpected-text /run-history[1]/run-details[1]
	in /run-history/run-details, value hello
	<run-details> holds elements only, but here is the text "hello"`},
	{name: "text twice in one element, once", doc: with("<run-details>", "<run-details>a", "<ma-name>", "b<ma-name>"), want: `
3:14 XSD-unexpected-text /run-history[1]/run-details[1]
	in /run-history/run-details, value a
	<run-details> holds elements only, but here is the text "a"`},
	{name: "text at the end of an element", doc: with("</run-details>", "x</run-details>"), want: `
78:1 XSD-unexpected-text /run-history[1]/run-details[1]
	in /run-history/run-details, value x
	<run-details> holds elements only, but here is the text "x"`},
	{name: "text in an empty element", doc: with("<mv-retry-errors>", "<mv-retry-errors>none"), want: `
40:18 XSD-unexpected-text /run-history[1]/run-details[1]/step-details[1]/mv-retry-errors[1]
	in /run-history/run-details/step-details/mv-retry-errors, value none
	<mv-retry-errors> holds elements only, but here is the text "none"`},
	{name: "long text", doc: with("<mv-retry-errors>", "<mv-retry-errors>éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé"), want: `
40:18 XSD-unexpected-text /run-history[1]/run-details[1]/step-details[1]/mv-retry-errors[1]
	in /run-history/run-details/step-details/mv-retry-errors, value éééééééééééééééééééééééééééééééééééééééé…
	<mv-retry-errors> holds elements only, but here is the text "éééééééééééééééééééééééééééééééééééééééé…"`},
	{name: "white space by reference", doc: with("<run-details>", "<run-details>&#32;&#10;&#x9;&#13;")},
	{name: "white space in CDATA", doc: with("<run-details>", "<run-details><![CDATA[ \n]]>", "<mv-retry-errors>", "<mv-retry-errors><![CDATA[]]>")},
	{name: "text in CDATA", doc: with("<run-details>", "<run-details><![CDATA[x]]>"), want: `
3:23 XSD-unexpected-text /run-history[1]/run-details[1]
	in /run-history/run-details, value x
	<run-details> holds elements only, but here is the text "x"`},
	{name: "space that is none to XML", doc: with("<run-details>", "<run-details> "), want: `
3:14 XSD-unexpected-text /run-history[1]/run-details[1]
	in /run-history/run-details, value  
	<run-details> holds elements only, but here is the text "\u00a0"`},
	{name: "comments and instructions", doc: with("<run-details>", "<run-details><!-- a --><?b c?>", "HR directory", "HR<!-- x --> dir<?y?>ectory")},
}
