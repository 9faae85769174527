package xsd

import (
	"testing"
)

func TestMatchElements(t *testing.T) { testMatch(t, elementsCases) }

var elementsCases = []matchCase{
	{name: "valid", doc: with()},
	{name: "element removed", doc: with("<end-date>2016-07-15 10:00:01.000</end-date>\n", ""), want: `
9:1 XSD-missing-element /run-history[1]/run-details[1]/step-details[1]
	in /run-history/run-details/step-details, child end-date
	<step-details> lacks <end-date>, which belongs after <start-date>`},
	{name: "first element removed", doc: with("<ma-id>{00000001-1A2B-4C3D-8E4F-000000001EF0}</ma-id>\n", ""), want: `
3:1 XSD-missing-element /run-history[1]/run-details[1]
	in /run-history/run-details, child ma-id
	<run-details> lacks <ma-id>`},
	{name: "two elements removed", doc: with("<start-date>2016-07-15 10:00:00.000</start-date>\n<end-date>2016-07-15 10:00:01.000</end-date>\n", ""), want: `
9:1 XSD-missing-element /run-history[1]/run-details[1]/step-details[1]
	in /run-history/run-details/step-details, child start-date
	<step-details> lacks <start-date>
9:1 XSD-missing-element /run-history[1]/run-details[1]/step-details[1]
	in /run-history/run-details/step-details, child end-date
	<step-details> lacks <end-date>, which belongs after <start-date>`},
	{name: "last element removed", doc: with("<export-failure detail=\"true\">0</export-failure>\n", ""), want: `
69:1 XSD-missing-element /run-history[1]/run-details[1]/step-details[1]/export-counters[1]
	in /run-history/run-details/step-details/export-counters, child export-failure
	<export-counters> lacks <export-failure>, which belongs after <export-delete-add>`},
	{name: "element behind optional ones removed", doc: with("<staging-counters>\n", "<!--", "</staging-counters>", "-->"), want: `
9:1 XSD-missing-element /run-history[1]/run-details[1]/step-details[1]
	in /run-history/run-details/step-details, child staging-counters
	<step-details> lacks <staging-counters>, which belongs after <mv-retry-errors>`},
	{name: "neighbours swapped", doc: with("<start-date>2016-07-15 10:00:00.000</start-date>\n<end-date>2016-07-15 10:00:01.000</end-date>\n", "<end-date>2016-07-15 10:00:01.000</end-date>\n<start-date>2016-07-15 10:00:00.000</start-date>\n"), want: `
11:1 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/start-date[1]
	in /run-history/run-details/step-details, child start-date
	<start-date> stands too late in <step-details>: it belongs before <end-date>`},
	{name: "element moved far down", doc: with("<step-result>success</step-result>\n", "", "<staging-counters>", "<step-result>success</step-result>\n<staging-counters>"), want: `
40:1 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/step-result[1]
	in /run-history/run-details/step-details, child step-result
	<step-result> stands too late in <step-details>: it belongs before <mv-retry-errors>`},
	{name: "element moved up", doc: with("<retry-count>7</retry-count>\n", "", "<first-occurred>", "<retry-count>7</retry-count>\n<first-occurred>"), want: `
22:1 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[1]/first-occurred[1]
	in /run-history/run-details/step-details/synchronization-errors/import-error, child first-occurred
	<first-occurred> stands too late in <import-error>: it belongs before <retry-count>`},
	{name: "element moved up by two", doc: with("<date-occurred>2016-07-15 10:00:00.12</date-occurred>\n", "", "<first-occurred>2016-07-15 10:00:00.1<", "<date-occurred>2016-07-15 10:00:00.12</date-occurred>\n<first-occurred>2016-07-15 10:00:00.1<"), want: `
22:1 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[1]/first-occurred[1]
	in /run-history/run-details/step-details/synchronization-errors/import-error, child first-occurred
	<first-occurred> stands too late in <import-error>: it belongs before <date-occurred>`},
	{name: "optional element too late", doc: with("<server>dc1</server>", "<server>dc1</server><connection-result>success</connection-result>"), want: `
16:36 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/ma-connection[1]/connection-result[1]
	in /run-history/run-details/step-details/ma-connection, child connection-result
	<connection-result> stands too late in <ma-connection>: it belongs before <server>`},
	{name: "repeated element too late", doc: with("</export-error>", "</export-error>\n<import-error cs-guid='a' dn='b'><first-occurred>2016-07-15 10:00:00.1</first-occurred><retry-count>7</retry-count><date-occurred>2016-07-15 10:00:00.12</date-occurred><error-type>unexpected-error</error-type><algorithm-step>join</algorithm-step></import-error>"), want: `
39:1 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[2]
	in /run-history/run-details/step-details/synchronization-errors, child import-error
	<import-error> stands too late in <synchronization-errors>: it belongs before <export-error>`},
	{name: "misspelt", doc: with("<end-date>", "<ende-date>", "</end-date>", "</ende-date>"), want: `
11:1 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/*[2]
	in /run-history/run-details/step-details, child ende-date
	<ende-date> is not known in <step-details>: did you mean <end-date>?`},
	{name: "letters swapped", doc: with("<staging-counters>", "<stagign-counters>", "</staging-counters>", "</stagign-counters>"), want: `
41:1 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/*[12]
	in /run-history/run-details/step-details, child stagign-counters
	<stagign-counters> is not known in <step-details>: did you mean <staging-counters>?`},
	{name: "all in capitals", doc: with("<ma-id>", "<MA-ID>", "</ma-id>", "</MA-ID>"), want: `
4:1 XSD-unexpected-element /run-history[1]/run-details[1]/*[1]
	in /run-history/run-details, child MA-ID
	<MA-ID> is not known in <run-details>: did you mean <ma-id>?`},
	{name: "another case", doc: with("<ma-name>", "<MA-name>", "</ma-name>", "</MA-name>"), want: `
5:1 XSD-unexpected-element /run-history[1]/run-details[1]/*[2]
	in /run-history/run-details, child MA-name
	<MA-name> is not known in <run-details>: did you mean <ma-name>?`},
	{name: "duplicate", doc: with("<end-date>2016-07-15 10:00:01.000</end-date>\n", "<end-date>2016-07-15 10:00:01.000</end-date>\n<end-date>2016-07-15 10:00:01.000</end-date>\n"), want: `
12:1 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/end-date[2]
	in /run-history/run-details/step-details, child end-date
	<end-date> may stand only once in <step-details>`},
	{name: "duplicate later", doc: with("<end-date>2016-07-15 10:00:01.000</end-date>\n", "<end-date>2016-07-15 10:00:01.000</end-date>\n", "<step-description>", "<end-date>2016-07-15 10:00:01.000</end-date><step-description>"), want: `
13:1 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/end-date[2]
	in /run-history/run-details/step-details, child end-date
	<end-date> may stand only once in <step-details>`},
	{name: "second run", doc: with("</run-history>", run()+"</run-history>"), want: `
79:1 XSD-unexpected-element /run-history[1]/run-details[2]
	in /run-history, child run-details
	<run-details> may stand only once in <run-history>`},
	{name: "second run, empty", doc: with("</run-details>", "</run-details>\n<run-details/>"), want: `
79:1 XSD-unexpected-element /run-history[1]/run-details[2]
	in /run-history, child run-details
	<run-details> may stand only once in <run-history>
79:1 XSD-missing-element /run-history[1]/run-details[2]
	in /run-history/run-details, child ma-id
	<run-details> lacks <ma-id>
79:1 XSD-missing-element /run-history[1]/run-details[2]
	in /run-history/run-details, child ma-name
	<run-details> lacks <ma-name>, which belongs after <ma-id>
79:1 XSD-missing-element /run-history[1]/run-details[2]
	in /run-history/run-details, child run-number
	<run-details> lacks <run-number>, which belongs after <ma-name>
79:1 XSD-missing-element /run-history[1]/run-details[2]
	in /run-history/run-details, child run-profile-name
	<run-details> lacks <run-profile-name>, which belongs after <run-number>
79:1 XSD-missing-element /run-history[1]/run-details[2]
	in /run-history/run-details, child security-id
	<run-details> lacks <security-id>, which belongs after <run-profile-name>
79:1 XSD-missing-element /run-history[1]/run-details[2]
	in /run-history/run-details, child step-details
	<run-details> lacks <step-details>, which belongs after <security-id>`},
	{name: "unknown element, one may follow", doc: with("<start-date>2016-07-15 10:00:00.000</start-date>\n", "<foo><start-date>x</start-date></foo>\n<start-date>2016-07-15 10:00:00.000</start-date>\n"), want: `
10:1 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/*[1]
	in /run-history/run-details/step-details, child foo
	<foo> is not expected in <step-details>: <start-date> comes next`},
	{name: "unknown element, several may follow", doc: with("<server>", "<foo/><server>"), want: `
16:16 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/ma-connection[1]/*[1]
	in /run-history/run-details/step-details/ma-connection, child foo
	<foo> is not expected in <ma-connection>: <connection-result>, <server> or <connection-log> may come next`},
	{name: "unknown element at the end", doc: with("</export-counters>", "</export-counters><foo/>"), want: `
76:19 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/*[15]
	in /run-history/run-details/step-details, child foo
	<foo> is not expected in <step-details>, which ends with <export-counters>`},
	{name: "unknown element in an empty one", doc: with("<mv-retry-errors>", "<mv-retry-errors><foo>x</foo>"), want: `
40:18 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/mv-retry-errors[1]/*[1]
	in /run-history/run-details/step-details/mv-retry-errors, child foo
	<foo> is not expected in <mv-retry-errors>: <retry-error> may come next`},
	{name: "unknown elements, each reported", doc: with("<server>", "<foo/><bar/><server>"), want: `
16:16 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/ma-connection[1]/*[1]
	in /run-history/run-details/step-details/ma-connection, child foo
	<foo> is not expected in <ma-connection>: <connection-result>, <server> or <connection-log> may come next
16:22 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/ma-connection[1]/*[2]
	in /run-history/run-details/step-details/ma-connection, child bar
	<bar> is not expected in <ma-connection>: <connection-result>, <server> or <connection-log> may come next`},
	{name: "unknown element with a long name", doc: with("<server>", "<nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn/><server>"), want: `
16:16 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/ma-connection[1]/*[1]
	in /run-history/run-details/step-details/ma-connection, child nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn
	<nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…> is not expected in <ma-connection>: <connection-result>, <server> or <connection-log> may come next`},
	{name: "element of another place", doc: with("<mv-retry-errors>", "<mv-retry-errors><export-error/>"), want: `
40:18 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/mv-retry-errors[1]/export-error[1]
	in /run-history/run-details/step-details/mv-retry-errors, child export-error
	<export-error> is not expected in <mv-retry-errors>: <retry-error> may come next`},
	{name: "child in simple content", doc: with("HR directory", "HR <b/><i>x</i>directory"), want: `
5:13 XSD-unexpected-element /run-history[1]/run-details[1]/ma-name[1]/*[1]
	in /run-history/run-details/ma-name, child b
	<b> is not expected in <ma-name>, which holds a value and no elements`},
	{name: "child in simple content, and the value is bad", doc: with("<run-number>1", "<run-number>x<b/>"), want: `
6:14 XSD-unexpected-element /run-history[1]/run-details[1]/run-number[1]/*[1]
	in /run-history/run-details/run-number, child b
	<b> is not expected in <run-number>, which holds a value and no elements`},
	{name: "child in content with attributes", doc: with(`<stage-add detail="true">0`, `<stage-add detail="true"><n>0</n>`), want: `
43:26 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/staging-counters[1]/stage-add[1]/*[1]
	in /run-history/run-details/step-details/staging-counters/stage-add, child n
	<n> is not expected in <stage-add>, which holds a value and no elements`},
	{name: "empty element that needs children", doc: with("<server>dc1</server></ma-connection>", "<connection-log><incident/></connection-log></ma-connection>"), want: `
16:32 XSD-missing-element /run-history[1]/run-details[1]/step-details[1]/ma-connection[1]/connection-log[1]/incident[1]
	in /run-history/run-details/step-details/ma-connection/connection-log/incident, child connection-result
	<incident> lacks <connection-result>
16:32 XSD-missing-element /run-history[1]/run-details[1]/step-details[1]/ma-connection[1]/connection-log[1]/incident[1]
	in /run-history/run-details/step-details/ma-connection/connection-log/incident, child date
	<incident> lacks <date>, which belongs after <connection-result>
16:32 XSD-missing-element /run-history[1]/run-details[1]/step-details[1]/ma-connection[1]/connection-log[1]/incident[1]
	in /run-history/run-details/step-details/ma-connection/connection-log/incident, child server
	<incident> lacks <server>, which belongs after <date>`},
	{name: "choice with nothing", doc: with("<dn-part-mapping><dn-part>2</dn-part></dn-part-mapping>", ""), want: `
30:41 XSD-missing-element /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[1]/rules-error-info[1]/context[1]/attribute-mapping[1]
	in /run-history/run-details/step-details/synchronization-errors/import-error/rules-error-info/context/attribute-mapping, child direct-mapping
	<attribute-mapping> lacks one of <direct-mapping>, <scripted-mapping>, <constant-mapping> or <dn-part-mapping>`},
	{name: "choice with two", doc: with("<dn-part-mapping><dn-part>2</dn-part></dn-part-mapping>", "<direct-mapping><src-attribute>a</src-attribute></direct-mapping><dn-part-mapping><dn-part>2</dn-part></dn-part-mapping>"), want: `
30:157 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[1]/rules-error-info[1]/context[1]/attribute-mapping[1]/dn-part-mapping[1]
	in /run-history/run-details/step-details/synchronization-errors/import-error/rules-error-info/context/attribute-mapping, child dn-part-mapping
	<dn-part-mapping> cannot stand in <attribute-mapping> beside <direct-mapping>`},
	{name: "choice with one twice", doc: with("<dn-part-mapping><dn-part>2</dn-part></dn-part-mapping>", "<dn-part-mapping><dn-part>2</dn-part></dn-part-mapping><dn-part-mapping><dn-part>2</dn-part></dn-part-mapping>"), want: `
30:147 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[1]/rules-error-info[1]/context[1]/attribute-mapping[1]/dn-part-mapping[2]
	in /run-history/run-details/step-details/synchronization-errors/import-error/rules-error-info/context/attribute-mapping, child dn-part-mapping
	<dn-part-mapping> may stand only once in <attribute-mapping>`},
	{name: "choice with another", doc: with("<dn-part-mapping><dn-part>2</dn-part></dn-part-mapping>", "<constant-mapping><constant-value/></constant-mapping>")},
	{name: "choice misspelt", doc: with("<dn-part-mapping><dn-part>2</dn-part></dn-part-mapping>", "<dn-part-maping><dn-part>2</dn-part></dn-part-maping>"), want: `
30:92 XSD-unexpected-element /run-history[1]/run-details[1]/step-details[1]/synchronization-errors[1]/import-error[1]/rules-error-info[1]/context[1]/attribute-mapping[1]/*[1]
	in /run-history/run-details/step-details/synchronization-errors/import-error/rules-error-info/context/attribute-mapping, child dn-part-maping
	<dn-part-maping> is not known in <attribute-mapping>: did you mean <dn-part-mapping>?`},
}
