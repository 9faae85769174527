//go:build libxml2 && cgo

package libxml2

import "strings"

// sample is one small document and what libxml2 makes of it.
type sample struct {
	name string
	doc  string
	// ids are the identifiers of all errors in order, separated by blanks;
	// empty for a valid document.
	ids string
	// lint is set when xmllint's verdict differs from ours, and says why.
	lint string
}

// Why xmllint, which asks neither question, says something else.
const (
	lintNamespaces = "xmllint prints namespace errors and goes on"
	lintDoctype    = "xmllint takes document type declarations"
	lintEncoding   = "xmllint believes the encoding declaration"
	lintNUL        = "xmllint stops reading at a NUL"
)

const (
	emptyDescription = `<step-description><step-type type="delta-import"><import-subtype>to-file</import-subtype></step-type></step-description>`
	stageAdd         = `<stage-add detail="true">0</stage-add>`
	runNumber        = `<run-number>1</run-number>`
	maID             = `<ma-id>{00000001-1A2B-4C3D-8E4F-000000001EF0}</ma-id>`
	startDate        = `<start-date>2016-07-15 10:00:00.000</start-date>`
	namespaces       = ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema"`
)

// described is the document with another step-description.
func described(s string) string {
	return with(emptyDescription, "<step-description"+namespaces+">"+s+"</step-description>")
}

// instance is the document with the prefixes xsi and xs, changed by pairs.
func instance(pairs ...string) string {
	return with(append([]string{"<run-history>", "<run-history" + namespaces + ">"}, pairs...)...)
}

func number(v string) string  { return with(runNumber, "<run-number>"+v+"</run-number>") }
func counter(v string) string { return with(stageAdd, `<stage-add detail="true">`+v+`</stage-add>`) }
func date(v string) string    { return with(startDate, "<start-date>"+v+"</start-date>") }
func result(v string) string  { return with("<step-result>success<", "<step-result>"+v+"<") }
func account(v string) string { return with(`CONTOSO\svc-sync`, v) }
func name(v string) string    { return with("HR directory", v) }

var structureSamples = []sample{
	{name: "valid", doc: with()},
	{name: "valid, two steps", doc: history(2)},
	{name: "another root", doc: "<a/>", ids: "XSD-unexpected-root"},
	{name: "a local element as root", doc: "<run-details/>", ids: "XSD-unexpected-root"},
	{name: "the root in a namespace", doc: with("<run-history>", `<run-history xmlns="u">`), ids: "XSD-unexpected-root"},
	{name: "another root, contents not looked at", doc: "<a><run-history/></a>", ids: "XSD-unexpected-root"},
	{name: "empty root", doc: "<run-history/>", ids: "XSD-missing-element"},
	{name: "no step", doc: history(0), ids: "XSD-missing-element"},
	{name: "no namespace declared", doc: with("<run-history>", `<run-history xmlns="">`)},
	{name: "wrong order", doc: with("<ma-name>HR directory</ma-name>\n"+runNumber, runNumber+"<ma-name/>"), ids: "XSD-unexpected-element"},
	{name: "first child missing", doc: with(maID, ""), ids: "XSD-unexpected-element"},
	{name: "last child missing", doc: with("<export-counters>", "<!--", "</export-counters>", "-->"), ids: "XSD-missing-element"},
	{name: "a child twice", doc: with(runNumber, runNumber+runNumber), ids: "XSD-unexpected-element"},
	{name: "a child in a namespace", doc: with("<ma-name>", `<ma-name xmlns="u">`), ids: "XSD-unexpected-element"},
	{name: "two run-details", doc: with("</run-details>", "</run-details><run-details/>"), ids: "XSD-unexpected-element"},
	{name: "unknown child with contents", doc: with("<end-date>", "<a><run-history/></a><end-date>"), ids: "XSD-unexpected-element"},
	{name: "import error after export error", doc: with(importError, exportError+importError), ids: "XSD-unexpected-element"},
	{name: "two of a choice", doc: with("<dn-part-mapping>", "<constant-mapping/><dn-part-mapping>"), ids: "XSD-missing-element XSD-unexpected-element"},
	{name: "none of a choice", doc: with("<dn-part-mapping><dn-part>2</dn-part></dn-part-mapping>", ""), ids: "XSD-missing-element"},
	{name: "child of a simple type", doc: name("HR<b/>"), ids: "XSD-unexpected-element"},
	{name: "child of simple content", doc: counter("0<b/>"), ids: "XSD-unexpected-element"},
	{name: "after an unexpected element silence", doc: with(runNumber, runNumber+runNumber, "<security-id>", "text<security-id>", startDate, "<start-date/>"), ids: "XSD-unexpected-element"},
	{name: "text between elements", doc: with("<run-details>", "<run-details>x"), ids: "XSD-unexpected-text"},
	{name: "text twice", doc: with(runNumber, "x"+runNumber+"y"), ids: "XSD-unexpected-text XSD-unexpected-text"},
	{name: "text around a comment", doc: with(runNumber, "x<!-- -->y"+runNumber), ids: "XSD-unexpected-text"},
	{name: "text where children are optional", doc: with("<mv-retry-errors></", "<mv-retry-errors>x</"), ids: "XSD-unexpected-text"},
	{name: "no-break space between elements", doc: with("<run-details>", "<run-details>\u00a0"), ids: "XSD-unexpected-text"},
	{name: "white space by reference", doc: with("<run-details>", "<run-details>&#32;&#10;&#9;&#13;")},
	{name: "CDATA text between elements", doc: with("<run-details>", "<run-details><![CDATA[x]]>"), ids: "XSD-unexpected-text"},
	{name: "comments and instructions anywhere", doc: with("<run-history>", "<?a b?><!-- c --><run-history><?d?>", "<run-details>", "<run-details><!-- e --><?f g?>") + "<!-- h --><?i?>"},
	{name: "attribute missing", doc: with(` step-number="1"`, ""), ids: "XSD-attribute-missing"},
	{name: "two attributes missing", doc: with(` step-number="1" step-id="{00000065-1A2B-4C3D-8E4F-0000000C344C}"`, ""), ids: "XSD-attribute-missing XSD-attribute-missing"},
	{name: "attribute in another case", doc: with(stageAdd, `<stage-add Detail="true">0</stage-add>`), ids: "XSD-attribute-unexpected XSD-attribute-missing"},
	{name: "attribute unknown", doc: with("<synchronization-errors>", `<synchronization-errors x="1">`), ids: "XSD-attribute-unexpected"},
	{name: "attribute on a simple type", doc: with("<ma-name>", `<ma-name x="1">`), ids: "XSD-attribute-unexpected"},
	{name: "attribute of another namespace", doc: with("<synchronization-errors>", `<synchronization-errors xmlns:q="u" q:x="1">`), ids: "XSD-attribute-unexpected"},
	{name: "xml:lang", doc: with("<ma-name>", `<ma-name xml:lang="en">`), ids: "XSD-attribute-unexpected"},
	{name: "attribute value and content", doc: with(stageAdd, `<stage-add detail="x">y</stage-add>`), ids: "XSD-attribute-value XSD-datatype"},
	{name: "anything in step-description", doc: described(`hello<a b="c"><d xmlns="u" e="f"/>]]&gt;<![CDATA[<g>]]></a>bye`)},
	{name: "attributes on step-description", doc: with("<step-description>", `<step-description a="1" xmlns:q="u" q:b="2">`)},
	{name: "empty step-description", doc: described("")},
	{name: "bad root inside step-description", doc: described("<run-history/>"), ids: "XSD-missing-element"},
	{name: "bad root deep inside step-description", doc: described("<a><b><run-history/></b></a><run-history/>"), ids: "XSD-missing-element XSD-missing-element"},
	{name: "good root inside step-description", doc: described(strings.TrimPrefix(with(), `<?xml version="1.0" encoding="utf-8"?>`))},
	{name: "root of another namespace inside step-description", doc: described(`<run-history xmlns="u"/>`)},
	{name: "a hundred levels", doc: described(strings.Repeat("<a>", 100) + strings.Repeat("</a>", 100))},
	{name: "five thousand levels", doc: described(strings.Repeat("<a>", 5000) + strings.Repeat("</a>", 5000))},
}

var valueSamples = []sample{
	{name: "enumeration", doc: result("nope"), ids: "XSD-enumeration"},
	{name: "enumeration, case", doc: result("Success"), ids: "XSD-enumeration"},
	{name: "enumeration, blanks", doc: result(" success "), ids: "XSD-enumeration"},
	{name: "enumeration, line break", doc: result("success\n"), ids: "XSD-enumeration"},
	{name: "enumeration, empty", doc: result(""), ids: "XSD-enumeration"},
	{name: "enumeration, CDATA", doc: result("suc<![CDATA[cess]]>")},
	{name: "enumeration, comment", doc: result("suc<!-- -->cess")},
	{name: "enumeration, instruction", doc: result("suc<?a?>cess")},
	{name: "enumeration, reference", doc: result("s&#117;cces&#x73;")},
	{name: "enumeration of a simple type", doc: with(">cd-error<", ">nope<"), ids: "XSD-enumeration"},
	{name: "enumeration of a restriction with attributes", doc: with(">import-flow<", "><"), ids: "XSD-enumeration"},
	{name: "pattern", doc: with("<ma-id>{", "<ma-id>"), ids: "XSD-pattern"},
	{name: "pattern, blank", doc: with("<ma-id>", "<ma-id> "), ids: "XSD-pattern"},
	{name: "pattern, line break", doc: with("</ma-id>", "\n</ma-id>"), ids: "XSD-pattern"},
	{name: "date of no calendar", doc: date("2016-13-45 25:61:61.0")},
	{name: "date with four decimals", doc: date("2016-07-15 10:00:00.0000"), ids: "XSD-pattern"},
	{name: "date with T", doc: date("2016-07-15T10:00:00.000"), ids: "XSD-pattern"},
	{name: "date with a tab", doc: date("2016-07-15\t10:00:00.000"), ids: "XSD-pattern"},
	{name: "date in other digits", doc: date("\u0662\u0660\u0661\u0666-07-15 10:00:00.000"), ids: "XSD-pattern"},
	{name: "date empty", doc: date(""), ids: "XSD-pattern"},
	{name: "account empty", doc: account("")},
	{name: "account with a tab", doc: account("a\tb")},
	{name: "account with a line break", doc: account("a\nb"), ids: "XSD-pattern"},
	{name: "account with a carriage return", doc: account("a&#13;b"), ids: "XSD-pattern"},
	{name: "account with next line and line separator", doc: account("a\u0085\u2028b")},
	{name: "account beyond the basic plane", doc: account("\U0001F600")},
	{name: "number zero", doc: number("0")},
	{name: "number with zeros", doc: number("000000000000000000000000000000000000001")},
	{name: "number in CDATA", doc: number("<![CDATA[1]]>2")},
	{name: "number at the limit", doc: number("2147483647")},
	{name: "number over the facet", doc: number("2147483648"), ids: "XSD-range"},
	{name: "number over the type", doc: number("4294967296"), ids: "XSD-datatype"},
	{name: "number vast", doc: number(strings.Repeat("9", 60)), ids: "XSD-datatype"},
	{name: "number negative", doc: number("-1"), ids: "XSD-datatype"},
	{name: "number empty", doc: number(""), ids: "XSD-datatype"},
	{name: "number decimal", doc: number("1.0"), ids: "XSD-datatype"},
	{name: "number with a blank inside", doc: number("1 2"), ids: "XSD-datatype"},
	{name: "number with a no-break space", doc: number("\u00a01"), ids: "XSD-datatype"},
	{name: "number in other digits", doc: number("\u0663"), ids: "XSD-datatype"},
	{name: "counter at the limit", doc: counter("4294967295")},
	{name: "counter over the limit", doc: counter("4294967296"), ids: "XSD-datatype"},
	{name: "counter empty", doc: counter(""), ids: "XSD-datatype"},
	{name: "byte at the limit", doc: with("<dn-part>2<", "<dn-part>255<")},
	{name: "byte over the limit", doc: with("<dn-part>2<", "<dn-part>256<"), ids: "XSD-datatype"},
	{name: "attribute fixed", doc: with(stageAdd, `<stage-add detail="false">0</stage-add>`), ids: "XSD-attribute-value"},
	{name: "attribute fixed, blank", doc: with(stageAdd, `<stage-add detail=" true">0</stage-add>`), ids: "XSD-attribute-value"},
	{name: "attribute pattern", doc: with(`step-id="{`, `step-id="`), ids: "XSD-attribute-value"},
	{name: "attribute datatype", doc: with(`step-number="1"`, `step-number="x"`), ids: "XSD-attribute-value"},
	{name: "attribute range", doc: with(`step-number="1"`, `step-number="2147483648"`), ids: "XSD-attribute-value"},
	{name: "attribute progress", doc: with("<step-result>", `<step-result progress="3/" file="">`)},
	{name: "attribute progress bad", doc: with("<step-result>success", `<step-result progress="x">nope`), ids: "XSD-attribute-value XSD-enumeration"},
	{name: "attribute of a restriction's base", doc: with(`<algorithm-step ma-id="{`, `<algorithm-step ma-id="`), ids: "XSD-attribute-value"},
	{name: "attribute with a line break, normalized", doc: with(`dn="CN=d"`, "dn=\"CN=d\nx\"")},
	{name: "attribute with a line break by reference", doc: with(`dn="CN=d"`, `dn="CN=d&#10;x"`), ids: "XSD-attribute-value"},
	{name: "attribute with a long DN", doc: with(`dn="CN=d"`, `dn="`+strings.Repeat("CN=a,", 2000)+`"`)},
}
