package xsd

import (
	"testing"
)

func TestMatchValues(t *testing.T) { testMatch(t, valuesCases) }

var valuesCases = []matchCase{
	{name: "enumeration", doc: with("<step-result>success", "<step-result>sucess"), want: `
12:1 XSD-enumeration /run-history[1]/run-details[1]/step-details[1]/step-result[1]
	in /run-history/run-details/step-details/step-result, type stepResultType, value sucess
	<step-result> is "sucess", which is not one of its 67 values; did you mean "success"?`},
	{name: "enumeration, nothing like it", doc: with("<step-result>success", "<step-result>hello"), want: `
12:1 XSD-enumeration /run-history[1]/run-details[1]/step-details[1]/step-result[1]
	in /run-history/run-details/step-details/step-result, type stepResultType, value hello
	<step-result> is "hello", which is not one of its 67 values`},
	{name: "enumeration with few values", doc: with(`operation="update"`, `operation="change"`), want: `
27:8 XSD-attribute-value /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[1]/change-not-reimported[1]/delta[1]/@operation
	in /run-history/run-details/step-details/synchronization-errors/import-error/change-not-reimported/delta, attribute operation, type xs:string, value change
	the attribute operation is "change", but must be "add", "replace", "update", "delete", "obsolete" or "delete-add"`},
	{name: "enumeration in another case", doc: with("<step-result>success", "<step-result>Success"), want: `
12:1 XSD-enumeration /run-history[1]/run-details[1]/step-details[1]/step-result[1]
	in /run-history/run-details/step-details/step-result, type stepResultType, value Success
	<step-result> is "Success", which is not one of its 67 values; did you mean "success"?`},
	{name: "enumeration with white space", doc: with("<step-result>success", "<step-result>\n success "), want: `
12:1 XSD-enumeration /run-history[1]/run-details[1]/step-details[1]/step-result[1]
	in /run-history/run-details/step-details/step-result, type stepResultType, value 
 success 
	<step-result> is "\n success ": the white space around the value is not allowed`},
	{name: "enumeration of a named type", doc: with("import-flow<", "import flow<"), want: `
25:1 XSD-enumeration /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[1]/algorithm-step[1]
	in /run-history/run-details/step-details/synchronization-errors/import-error/algorithm-step, type algorithmStepRestrictedType, value import flow
	<algorithm-step> is "import flow", but must be "staging", "connector-filter", "join", "projection", "import-flow", "provisioning", "validate-connector-filter", "deprovisioning", "export-flow", "mv-deletion", "recall" or "mv-object-type-change"; did you mean "import-flow"?`},
	{name: "empty enumeration", doc: with("<error-type>cd-error", "<error-type>"), want: `
36:1 XSD-enumeration /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/export-error[1]/error-type[1]
	in /run-history/run-details/step-details/synchronization-errors/export-error/error-type, type xs:string
	<error-type> is empty, which is not one of its 42 values`},
	{name: "pattern", doc: with("{00000001-1A2B-4C3D-8E4F-000000001EF0}", "00000001-1A2B-4C3D-8E4F-000000001EF0"), want: `
4:1 XSD-pattern /run-history[1]/run-details[1]/ma-id[1]
	in /run-history/run-details/ma-id, type guidType, value 00000001-1A2B-4C3D-8E4F-000000001EF0
	<ma-id> is "00000001-1A2B-4C3D-8E4F-000000001EF0", but must be a GUID in braces, such as {1B6C1B2A-0A4E-4C6B-9D3C-7A2E5F3B9C10}`},
	{name: "pattern of a date", doc: with("2016-07-15 10:00:00.000", "2016-07-15T10:00:00.000"), want: `
10:1 XSD-pattern /run-history[1]/run-details[1]/step-details[1]/start-date[1]
	in /run-history/run-details/step-details/start-date, type dateTimeNoT, value 2016-07-15T10:00:00.000
	<start-date> is "2016-07-15T10:00:00.000", but must be a date and time such as 2016-07-15 10:00:00.000`},
	{name: "pattern with a line end behind", doc: with("10:00:00.000<", "10:00:00.000\n<"), want: `
10:1 XSD-pattern /run-history[1]/run-details[1]/step-details[1]/start-date[1]
	in /run-history/run-details/step-details/start-date, type dateTimeNoT, value 2016-07-15 10:00:00.000

	<start-date> is "2016-07-15 10:00:00.000\n": the white space around the value is not allowed`},
	{name: "pattern of a name on one line", doc: with("CONTOSO\\svc-sync", "CONTOSO\nsvc"), want: `
8:1 XSD-pattern /run-history[1]/run-details[1]/security-id[1]
	in /run-history/run-details/security-id, type security-idType, value CONTOSO
svc
	<security-id> is "CONTOSO\nsvc", but must be on one line`},
	{name: "empty pattern", doc: with("{00000001-1A2B-4C3D-8E4F-000000001EF0}", ""), want: `
4:1 XSD-pattern /run-history[1]/run-details[1]/ma-id[1]
	in /run-history/run-details/ma-id, type guidType
	<ma-id> is empty, but must be a GUID in braces, such as {1B6C1B2A-0A4E-4C6B-9D3C-7A2E5F3B9C10}`},
	{name: "no number", doc: with("<run-number>1", "<run-number>one"), want: `
6:1 XSD-datatype /run-history[1]/run-details[1]/run-number[1]
	in /run-history/run-details/run-number, type numberType, value one
	<run-number> is "one", but must be a whole number from 0 to 2147483647`},
	{name: "empty number", doc: with("<run-number>1", "<run-number>"), want: `
6:1 XSD-datatype /run-history[1]/run-details[1]/run-number[1]
	in /run-history/run-details/run-number, type numberType
	<run-number> is empty, but must be a whole number from 0 to 2147483647`},
	{name: "number too large for the facet", doc: with("<run-number>1", "<run-number>2147483648"), want: `
6:1 XSD-range /run-history[1]/run-details[1]/run-number[1]
	in /run-history/run-details/run-number, type numberType, value 2147483648
	<run-number> is "2147483648", but must be a whole number from 0 to 2147483647`},
	{name: "largest number", doc: with("<run-number>1", "<run-number>2147483647")},
	{name: "number too large for the type", doc: with(`<stage-add detail="true">0`, `<stage-add detail="true">4294967296`), want: `
43:1 XSD-range /run-history[1]/run-details[1]/step-details[1]/staging-counters[1]/stage-add[1]
	in /run-history/run-details/step-details/staging-counters/stage-add, type counterDetailTrueType, value 4294967296
	<stage-add> is "4294967296", but must be a whole number from 0 to 4294967295`},
	{name: "largest counter", doc: with(`<stage-add detail="true">0`, `<stage-add detail="true">4294967295`)},
	{name: "small number too large", doc: with("<dn-part>2", "<dn-part>256"), want: `
30:109 XSD-range /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[1]/rules-error-info[1]/context[1]/attribute-mapping[1]/dn-part-mapping[1]/dn-part[1]
	in /run-history/run-details/step-details/synchronization-errors/import-error/rules-error-info/context/attribute-mapping/dn-part-mapping/dn-part, type xs:unsignedByte, value 256
	<dn-part> is "256", but must be a whole number from 0 to 255`},
	{name: "negative number", doc: with("<run-number>1", "<run-number>-1"), want: `
6:1 XSD-range /run-history[1]/run-details[1]/run-number[1]
	in /run-history/run-details/run-number, type numberType, value -1
	<run-number> is "-1", but must be a whole number from 0 to 2147483647`},
	{name: "signs", doc: with("<run-number>1", "<run-number>+1", `<stage-add detail="true">0`, `<stage-add detail="true">-0`), want: `
6:1 XSD-datatype /run-history[1]/run-details[1]/run-number[1]
	in /run-history/run-details/run-number, type numberType, value +1
	<run-number> is "+1", but must be a whole number from 0 to 2147483647 without a sign
43:1 XSD-datatype /run-history[1]/run-details[1]/step-details[1]/staging-counters[1]/stage-add[1]
	in /run-history/run-details/step-details/staging-counters/stage-add, type counterDetailTrueType, value -0
	<stage-add> is "-0", but must be a whole number from 0 to 4294967295 without a sign`},
	{name: "zeros before a number", doc: with("<run-number>1", "<run-number>0000000000000000000000000000000001")},
	{name: "white space around numbers", doc: with("<run-number>1<", "<run-number>\n 1\t<", `<stage-add detail="true">0`, `<stage-add detail="true"> 0`, `step-number="1"`, `step-number=" 1 "`)},
	{name: "white space around a boolean", doc: with(`multivalued="false"`, `multivalued=" false "`)},
	{name: "white space inside a number", doc: with("<run-number>1", "<run-number>1 2"), want: `
6:1 XSD-datatype /run-history[1]/run-details[1]/run-number[1]
	in /run-history/run-details/run-number, type numberType, value 1 2
	<run-number> is "1 2", but must be a whole number from 0 to 2147483647`},
	{name: "number in CDATA and by reference", doc: with("<run-number>1", "<run-number><![CDATA[1]]>&#50;<!-- -->3")},
	{name: "boolean", doc: with(`multivalued="false"`, `multivalued="no"`), want: `
27:108 XSD-attribute-value /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[1]/change-not-reimported[1]/delta[1]/attr[1]/@multivalued
	in /run-history/run-details/step-details/synchronization-errors/import-error/change-not-reimported/delta/attr, attribute multivalued, type xs:boolean, value no
	the attribute multivalued is "no", but must be true, false, 1 or 0`},
	{name: "long value", doc: with("<step-result>success", "<step-result>éééééééééééééééééééééééééééééééééééééééééééééééééé"), want: `
12:1 XSD-enumeration /run-history[1]/run-details[1]/step-details[1]/step-result[1]
	in /run-history/run-details/step-details/step-result, type stepResultType, value éééééééééééééééééééééééééééééééééééééééé…
	<step-result> is "éééééééééééééééééééééééééééééééééééééééé…", which is not one of its 67 values`},
	{name: "value with awkward characters", doc: with("<step-result>success", "<step-result>&quot;\n&#x2028;\\"), want: `
12:1 XSD-enumeration /run-history[1]/run-details[1]/step-details[1]/step-result[1]
	in /run-history/run-details/step-details/step-result, type stepResultType, value "
 \
	<step-result> is "\"\n\u2028\\", which is not one of its 67 values`},
	{name: "any text in a string", doc: with("HR directory", "  \n&#x85;&lt;]]&gt; ")},
}

func TestMatchAttributes(t *testing.T) { testMatch(t, attributesCases) }

var attributesCases = []matchCase{
	{name: "unknown", doc: with("<ma-name>", `<ma-name foo="1">`), want: `
5:10 XSD-attribute-unexpected /run-history[1]/run-details[1]/ma-name[1]/@foo
	in /run-history/run-details/ma-name, attribute foo, value 1
	<ma-name> may have no attributes, but has foo`},
	{name: "unknown beside others", doc: with(`<context ma-name="HR">`, `<context ma-name="HR" foo="1">`), want: `
30:41 XSD-attribute-unexpected /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[1]/rules-error-info[1]/context[1]/@foo
	in /run-history/run-details/step-details/synchronization-errors/import-error/rules-error-info/context, attribute foo, value 1
	<context> may not have the attribute foo, only ma-id, ma-name, cs-object-id or dn`},
	{name: "misspelt", doc: with("cs-guid=", "cs-giud="), want: `
20:15 XSD-attribute-unexpected /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[1]/@cs-giud
	in /run-history/run-details/step-details/synchronization-errors/import-error, attribute cs-giud, value {0000000A-1A2B-4C3D-8E4F-000000000001}
	<import-error> may not have the attribute cs-giud: did you mean cs-guid?
20:1 XSD-attribute-missing /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[1]
	in /run-history/run-details/step-details/synchronization-errors/import-error, attribute cs-guid, type xs:string
	<import-error> lacks the attribute cs-guid`},
	{name: "misspelt, optional", doc: with("<context ma-name=", "<context ma-nam="), want: `
30:28 XSD-attribute-unexpected /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[1]/rules-error-info[1]/context[1]/@ma-nam
	in /run-history/run-details/step-details/synchronization-errors/import-error/rules-error-info/context, attribute ma-nam, value HR
	<context> may not have the attribute ma-nam: did you mean ma-name?`},
	{name: "another case", doc: with(`dn="CN=d"`, `DN="CN=d"`), want: `
32:64 XSD-attribute-unexpected /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/export-error[1]/@DN
	in /run-history/run-details/step-details/synchronization-errors/export-error, attribute dn, type dnType, value CN=d
	<export-error> has the attribute DN, which must be spelt dn`},
	{name: "missing", doc: with(` dn="CN=a,DC=b"`, ""), want: `
20:1 XSD-attribute-missing /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[1]
	in /run-history/run-details/step-details/synchronization-errors/import-error, attribute dn, type xs:string
	<import-error> lacks the attribute dn`},
	{name: "two missing", doc: with(`<step-details step-number="1" step-id="{00000065-1A2B-4C3D-8E4F-0000000C344C}">`, "<step-details>"), want: `
9:1 XSD-attribute-missing /run-history[1]/run-details[1]/step-details[1]
	in /run-history/run-details/step-details, attribute step-number, type numberType
	<step-details> lacks the attribute step-number
9:1 XSD-attribute-missing /run-history[1]/run-details[1]/step-details[1]
	in /run-history/run-details/step-details, attribute step-id, type guidType
	<step-details> lacks the attribute step-id`},
	{name: "missing on an empty element", doc: with("<parent-anchor/>", `<parent-anchor encoding="base64" /> `)},
	{name: "fixed value", doc: with(`<stage-add detail="true">`, `<stage-add detail="false">`), want: `
43:12 XSD-attribute-value /run-history[1]/run-details[1]/step-details[1]/staging-counters[1]/stage-add[1]/@detail
	in /run-history/run-details/step-details/staging-counters/stage-add, attribute detail, type xs:string, value false
	the attribute detail is "false", but must be "true"`},
	{name: "fixed value with white space", doc: with(`encoding="base64"`, `encoding=" base64"`), want: `
27:45 XSD-attribute-value /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[1]/change-not-reimported[1]/delta[1]/anchor[1]/@encoding
	in /run-history/run-details/step-details/synchronization-errors/import-error/change-not-reimported/delta/anchor, attribute encoding, type xs:string, value  base64
	the attribute encoding is " base64", but must be "base64"`},
	{name: "bad value", doc: with(`step-number="1"`, `step-number="-"`), want: `
9:15 XSD-attribute-value /run-history[1]/run-details[1]/step-details[1]/@step-number
	in /run-history/run-details/step-details, attribute step-number, type numberType, value -
	the attribute step-number is "-", but must be a whole number from 0 to 2147483647`},
	{name: "bad value on a second line", doc: with(`step-number="1" step-id="{00000065`, "step-number=\"1\"\n  step-id=\"{x"), want: `
10:3 XSD-attribute-value /run-history[1]/run-details[1]/step-details[1]/@step-id
	in /run-history/run-details/step-details, attribute step-id, type guidType, value {x-1A2B-4C3D-8E4F-0000000C344C}
	the attribute step-id is "{x-1A2B-4C3D-8E4F-0000000C344C}", but must be a GUID in braces, such as {1B6C1B2A-0A4E-4C6B-9D3C-7A2E5F3B9C10}`},
	{name: "line end in a DN", doc: with(`dn="CN=d"`, `dn="CN=d&#10;"`), want: `
32:64 XSD-attribute-value /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/export-error[1]/@dn
	in /run-history/run-details/step-details/synchronization-errors/export-error, attribute dn, type dnType, value CN=d

	the attribute dn is "CN=d\n": the white space around the value is not allowed`},
	{name: "line end that is a blank", doc: with(`dn="CN=d"`, "dn=\"CN=d\n\"")},
	{name: "anonymous enumeration", doc: with(`<value operation="add">`, `<value operation="Add">`), want: `
27:151 XSD-attribute-value /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[1]/change-not-reimported[1]/delta[1]/attr[1]/value[1]/@operation
	in /run-history/run-details/step-details/synchronization-errors/import-error/change-not-reimported/delta/attr/value, attribute operation, type xs:string, value Add
	the attribute operation is "Add", but must be "add" or "delete"; did you mean "add"?`},
	{name: "in a namespace", doc: with(`dn="CN=d"`, `xmlns:q="urn:a" q:dn="CN=d"`), want: `
32:80 XSD-attribute-unexpected /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/export-error[1]/@*[local-name()='dn']
	in /run-history/run-details/step-details/synchronization-errors/export-error, attribute q:dn, type namespace, value CN=d
	<export-error> may not have the attribute q:dn in the namespace "urn:a": did you mean dn?
32:1 XSD-attribute-missing /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/export-error[1]
	in /run-history/run-details/step-details/synchronization-errors/export-error, attribute dn, type dnType
	<export-error> lacks the attribute dn`},
	{name: "xml:lang", doc: with("<ma-name>", `<ma-name xml:lang="en">`), want: `
5:10 XSD-attribute-unexpected /run-history[1]/run-details[1]/ma-name[1]/@*[local-name()='lang']
	in /run-history/run-details/ma-name, attribute xml:lang, type namespace, value en
	<ma-name> may have no attributes, but has xml:lang in the namespace "http://www.w3.org/XML/1998/namespace"`},
	{name: "namespace declarations", doc: with("<ma-name>", `<ma-name xmlns:q="urn:a" xmlns="">`)},
	{name: "long name", doc: with("<ma-name>", `<ma-name nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn="1">`), want: `
5:10 XSD-attribute-unexpected /run-history[1]/run-details[1]/ma-name[1]/@nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn
	in /run-history/run-details/ma-name, attribute nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn, value 1
	<ma-name> may have no attributes, but has nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…`},
}
