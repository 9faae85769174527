package xsd

import (
	"testing"
)

func TestMatchInstance(t *testing.T) { testMatch(t, instanceCases) }

var instanceCases = []matchCase{
	{name: "type of the declaration", doc: instance("<ma-id>", `<ma-id xsi:type="guidType">`)},
	{name: "derived type", doc: instance("<ma-name>", `<ma-name xsi:type="xs:token">`)},
	{name: "derived type with white space", doc: instance("<ma-name>", `<ma-name xsi:type=" xs:token&#10;">`)},
	{name: "derived type, bad value", doc: instance("<ma-name>", `<ma-name xsi:type="guidType">`), want: `
5:1 XSD-pattern /run-history[1]/run-details[1]/ma-name[1]
	in /run-history/run-details/ma-name, type guidType, value HR directory
	<ma-name> is "HR directory", but must be a GUID in braces, such as {1B6C1B2A-0A4E-4C6B-9D3C-7A2E5F3B9C10}`},
	{name: "derived type with attributes", doc: instance("<ma-name>", `<ma-name xsi:type="valueType" encoding="base64">`)},
	{name: "derived type with a required attribute", doc: instance("<ma-name>", `<ma-name xsi:type="valueDeltaType">`), want: `
5:1 XSD-attribute-missing /run-history[1]/run-details[1]/ma-name[1]
	in /run-history/run-details/ma-name, attribute operation, type xs:string
	<ma-name> lacks the attribute operation`},
	{name: "derived type with its required attribute", doc: instance("<ma-name>", `<ma-name xsi:type="valueDeltaType" operation="add">`)},
	{name: "counter where there is a number", doc: instance("<filtered-objects>", `<filtered-objects xsi:type="counterDetailTrueType" detail="true">`)},
	{name: "type that is not derived", doc: instance("<ma-id>", `<ma-id xsi:type="xs:string">`), want: `
4:8 XSD-attribute-value /run-history[1]/run-details[1]/ma-id[1]/@*[local-name()='type']
	in /run-history/run-details/ma-id, attribute xsi:type, type xs:string, value xs:string
	xsi:type is "xs:string", which is not derived from the type of <ma-id>`},
	{name: "type that is not derived, judged by the declaration", doc: instance("<run-number>1", `<run-number xsi:type="xs:string">x`), want: `
6:13 XSD-attribute-value /run-history[1]/run-details[1]/run-number[1]/@*[local-name()='type']
	in /run-history/run-details/run-number, attribute xsi:type, type xs:string, value xs:string
	xsi:type is "xs:string", which is not derived from the type of <run-number>
6:1 XSD-datatype /run-history[1]/run-details[1]/run-number[1]
	in /run-history/run-details/run-number, type numberType, value x
	<run-number> is "x", but must be a whole number from 0 to 2147483647`},
	{name: "type that is not there", doc: instance("<ma-id>", `<ma-id xsi:type="GuidType">`), want: `
4:8 XSD-attribute-value /run-history[1]/run-details[1]/ma-id[1]/@*[local-name()='type']
	in /run-history/run-details/ma-id, attribute xsi:type, value GuidType
	xsi:type is "GuidType", but must name a type of the schema`},
	{name: "type with a prefix that is not declared", doc: instance("<ma-id>", `<ma-id xsi:type="zz:string">`), want: `
4:8 XSD-attribute-value /run-history[1]/run-details[1]/ma-id[1]/@*[local-name()='type']
	in /run-history/run-details/ma-id, attribute xsi:type, value zz:string
	xsi:type is "zz:string", but must name a type of the schema`},
	{name: "type without a prefix before the colon", doc: instance("<ma-id>", `<ma-id xsi:type=":guidType">`), want: `
4:8 XSD-attribute-value /run-history[1]/run-details[1]/ma-id[1]/@*[local-name()='type']
	in /run-history/run-details/ma-id, attribute xsi:type, value :guidType
	xsi:type is ":guidType", but must name a type of the schema`},
	{name: "built-in type without prefix", doc: instance("<ma-name>", `<ma-name xsi:type="string">`), want: `
5:10 XSD-attribute-value /run-history[1]/run-details[1]/ma-name[1]/@*[local-name()='type']
	in /run-history/run-details/ma-name, attribute xsi:type, value string
	xsi:type is "string", but must name a type of the schema`},
	{name: "type that is empty", doc: instance("<ma-id>", `<ma-id xsi:type="">`), want: `
4:8 XSD-attribute-value /run-history[1]/run-details[1]/ma-id[1]/@*[local-name()='type']
	in /run-history/run-details/ma-id, attribute xsi:type
	xsi:type is empty, but must name a type of the schema`},
	{name: "type by another prefix", doc: instance("<ma-name>", `<ma-name xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="guidType">`), want: `
5:1 XSD-pattern /run-history[1]/run-details[1]/ma-name[1]
	in /run-history/run-details/ma-name, type guidType, value HR directory
	<ma-name> is "HR directory", but must be a GUID in braces, such as {1B6C1B2A-0A4E-4C6B-9D3C-7A2E5F3B9C10}`},
	{name: "type of the root", doc: instance("<run-history", `<run-history xsi:type="run-historyType"`)},
	{name: "nil", doc: instance("<ma-name>", `<ma-name xsi:nil="true">`), want: `
5:10 XSD-attribute-unexpected /run-history[1]/run-details[1]/ma-name[1]/@*[local-name()='nil']
	in /run-history/run-details/ma-name, attribute xsi:nil, value true
	xsi:nil is not allowed: <ma-name> cannot be nil`},
	{name: "nil, and the value counts", doc: instance("<run-number>1", `<run-number xsi:nil="false">x`), want: `
6:13 XSD-attribute-unexpected /run-history[1]/run-details[1]/run-number[1]/@*[local-name()='nil']
	in /run-history/run-details/run-number, attribute xsi:nil, value false
	xsi:nil is not allowed: <run-number> cannot be nil
6:1 XSD-datatype /run-history[1]/run-details[1]/run-number[1]
	in /run-history/run-details/run-number, type numberType, value x
	<run-number> is "x", but must be a whole number from 0 to 2147483647`},
	{name: "unknown attribute of the namespace", doc: instance("<ma-name>", `<ma-name xsi:foo="1">`, "<run-details>", `<run-details xsi:Type="1">`), want: `
3:14 XSD-attribute-unexpected /run-history[1]/run-details[1]/@*[local-name()='Type']
	in /run-history/run-details, attribute xsi:Type, type namespace, value 1
	<run-details> may have no attributes, but has xsi:Type in the namespace "http://www.w3.org/2001/XMLSchema-instance"
5:10 XSD-attribute-unexpected /run-history[1]/run-details[1]/ma-name[1]/@*[local-name()='foo']
	in /run-history/run-details/ma-name, attribute xsi:foo, type namespace, value 1
	<ma-name> may have no attributes, but has xsi:foo in the namespace "http://www.w3.org/2001/XMLSchema-instance"`},
	{name: "schema locations", doc: instance("<ma-name>", `<ma-name xsi:schemaLocation="u x.xsd">`, "<run-details>", `<run-details xsi:noNamespaceSchemaLocation="x.xsd">`)},
	{name: "attributes without the namespace", doc: instance("<ma-name>", `<ma-name type="xs:int" nil="true">`), want: `
5:10 XSD-attribute-unexpected /run-history[1]/run-details[1]/ma-name[1]/@type
	in /run-history/run-details/ma-name, attribute type, value xs:int
	<ma-name> may have no attributes, but has type
5:24 XSD-attribute-unexpected /run-history[1]/run-details[1]/ma-name[1]/@nil
	in /run-history/run-details/ma-name, attribute nil, value true
	<ma-name> may have no attributes, but has nil`},
	{name: "type on step-description", doc: instance("<step-description>", `<step-description xsi:type="guidType">`), want: `
13:39 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/step-description[1]/step-type[1]
	in /run-history/run-details/step-details/step-description, child step-type
	<step-type> is not expected in <step-description>, which holds a value and no elements`},
	{name: "prefix of something else", doc: instance("<ma-name>", `<ma-name xmlns:xsi="urn:a" xsi:type="xs:int">`), want: `
5:28 XSD-attribute-unexpected /run-history[1]/run-details[1]/ma-name[1]/@*[local-name()='type']
	in /run-history/run-details/ma-name, attribute xsi:type, type namespace, value xs:int
	<ma-name> may have no attributes, but has xsi:type in the namespace "urn:a"`},
}

func TestMatchLax(t *testing.T) { testMatch(t, laxCases) }

var laxCases = []matchCase{
	{name: "anything", doc: described(`text<a b="1">more<c xmlns="urn:a" d="2"/></a><ma-id>x</ma-id>`)},
	{name: "a history that is empty", doc: described("<a><run-history/></a>"), want: `
13:22 XSD-missing-element /run-history[1]/run-details[1]/step-details[1]/step-description[1]/*[1]/run-history[1]
	in /run-history/run-details/step-details/step-description/a/run-history, child run-details
	<run-history> lacks <run-details>`},
	{name: "a history in a namespace", doc: described(`<run-history xmlns="urn:a"/>`)},
	{name: "a history with nil", doc: described(`<run-history xsi:nil="true"/>`), want: `
13:32 XSD-attribute-unexpected /run-history[1]/run-details[1]/step-details[1]/step-description[1]/run-history[1]/@*[local-name()='nil']
	in /run-history/run-details/step-details/step-description/run-history, attribute xsi:nil, value true
	xsi:nil is not allowed: <run-history> cannot be nil
13:19 XSD-missing-element /run-history[1]/run-details[1]/step-details[1]/step-description[1]/run-history[1]
	in /run-history/run-details/step-details/step-description/run-history, child run-details
	<run-history> lacks <run-details>`},
	{name: "typed number", doc: described(`<a xsi:type="xs:int">3</a><a xsi:type="xs:int"> 3 </a><a xsi:type="xs:int">x</a>`), want: `
13:73 XSD-datatype /run-history[1]/run-details[1]/step-details[1]/step-description[1]/*[3]
	in /run-history/run-details/step-details/step-description/a, type xs:int, value x
	<a> is "x", but must be a value of type xs:int`},
	{name: "typed number with an attribute", doc: described(`<a xsi:type="xs:int" b="1" xsi:nil="true">3</a>`), want: `
13:40 XSD-attribute-unexpected /run-history[1]/run-details[1]/step-details[1]/step-description[1]/*[1]/@b
	in /run-history/run-details/step-details/step-description/a, attribute b, value 1
	<a> may have no attributes, but has b`},
	{name: "type of the schema", doc: described(`<a xsi:type="dn-valueDeltaType"><dn/><anchor/></a>`), want: `
13:19 XSD-attribute-missing /run-history[1]/run-details[1]/step-details[1]/step-description[1]/*[1]
	in /run-history/run-details/step-details/step-description/a, attribute operation, type xs:string
	<a> lacks the attribute operation`},
	{name: "type of the schema, bad content", doc: described(`<a xsi:type="dn-valueType"><anchor/></a>`), want: `
13:19 XSD-missing-element /run-history[1]/run-details[1]/step-details[1]/step-description[1]/*[1]
	in /run-history/run-details/step-details/step-description/a, child dn
	<a> lacks <dn>`},
	{name: "type that is not there", doc: described(`<a xsi:type="nope">x<b/></a>`), want: `
13:22 XSD-attribute-value /run-history[1]/run-details[1]/step-details[1]/step-description[1]/*[1]/@*[local-name()='type']
	in /run-history/run-details/step-details/step-description/a, attribute xsi:type, value nope
	xsi:type is "nope", but must name a type of the schema`},
	{name: "anyType", doc: described(`<a xsi:type="xs:anyType" b="1"><run-history/></a>`), want: `
13:50 XSD-missing-element /run-history[1]/run-details[1]/step-details[1]/step-description[1]/*[1]/run-history[1]
	in /run-history/run-details/step-details/step-description/a/run-history, child run-details
	<run-history> lacks <run-details>`},
	{name: "simple type with a child", doc: described(`<a xsi:type="xs:string">x<b><run-history/></b></a>`), want: `
13:44 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/step-description[1]/*[1]/*[1]
	in /run-history/run-details/step-details/step-description/a, child b
	<b> is not expected in <a>, which holds a value and no elements
13:47 XSD-missing-element /run-history[1]/run-details[1]/step-details[1]/step-description[1]/*[1]/*[1]/run-history[1]
	in /run-history/run-details/step-details/step-description/a/b/run-history, child run-details
	<run-history> lacks <run-details>`},
	{name: "qualified name", doc: described(`<a xsi:type="xs:QName">xs:a</a><a xsi:type="xs:QName">b</a><a xsi:type="xs:QName">q:b</a>`), want: `
13:78 XSD-datatype /run-history[1]/run-details[1]/step-details[1]/step-description[1]/*[3]
	in /run-history/run-details/step-details/step-description/a, type xs:QName, value q:b
	<a> is "q:b", but must be a name whose prefix is declared`},
	{name: "names of what nothing declares", doc: described(`<a xsi:type="xs:NOTATION">b</a><a xsi:type="xs:ENTITY">b</a><a xsi:type="xs:ENTITIES">b c</a>`), want: `
13:19 XSD-datatype /run-history[1]/run-details[1]/step-details[1]/step-description[1]/*[1]
	in /run-history/run-details/step-details/step-description/a, type xs:NOTATION, value b
	<a> is "b", but must be the name of a notation, and the schema declares none
13:50 XSD-datatype /run-history[1]/run-details[1]/step-details[1]/step-description[1]/*[2]
	in /run-history/run-details/step-details/step-description/a, type xs:ENTITY, value b
	<a> is "b", but must be the name of an entity, and run histories declare none
13:79 XSD-datatype /run-history[1]/run-details[1]/step-details[1]/step-description[1]/*[3]
	in /run-history/run-details/step-details/step-description/a, type xs:ENTITIES, value b c
	<a> is "b c", but must be the name of an entity, and run histories declare none`},
	{name: "date", doc: described(`<a xsi:type="xs:date">2016-02-30</a>`), want: `
13:19 XSD-datatype /run-history[1]/run-details[1]/step-details[1]/step-description[1]/*[1]
	in /run-history/run-details/step-details/step-description/a, type xs:date, value 2016-02-30
	<a> is "2016-02-30", but must be a value of type xs:date`},
	{name: "byte", doc: described(`<a xsi:type="xs:byte">200</a>`), want: `
13:19 XSD-range /run-history[1]/run-details[1]/step-details[1]/step-description[1]/*[1]
	in /run-history/run-details/step-details/step-description/a, type xs:byte, value 200
	<a> is "200", but must be a value of type xs:byte`},
	{name: "nil on what nobody knows", doc: described(`<a xsi:nil="true">x</a>`)},
	{name: "attributes of step-description", doc: with("<step-description>", `<step-description a="1" xml:lang="en">`)},
}
