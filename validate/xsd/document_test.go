package xsd

import (
	"fmt"
	"strings"
)

// counters writes the children of an element of counters, all zero.
func counters(plain string, names ...string) string {
	var b strings.Builder
	for _, name := range names {
		fmt.Fprintf(&b, "<%s detail=\"%t\">0</%s>\n", name, name != plain, name)
	}
	return b.String()
}

// sample is a valid document with one of everything that the tests change.
func sample() string {
	return `<?xml version="1.0" encoding="utf-8"?>
<run-history>
<run-details>
<ma-id>{00000001-1A2B-4C3D-8E4F-000000001EF0}</ma-id>
<ma-name>HR directory</ma-name>
<run-number>1</run-number>
<run-profile-name>Delta sync</run-profile-name>
<security-id>CONTOSO\svc-sync</security-id>
<step-details step-number="1" step-id="{00000065-1A2B-4C3D-8E4F-0000000C344C}">
<start-date>2016-07-15 10:00:00.000</start-date>
<end-date>2016-07-15 10:00:01.000</end-date>
<step-result>success</step-result>
<step-description><step-type type="delta-import"/></step-description>
<current-export-step-counter>0</current-export-step-counter>
<last-successful-export-step-counter>0</last-successful-export-step-counter>
<ma-connection><server>dc1</server></ma-connection>
<ma-discovery-errors></ma-discovery-errors>
<ma-discovery-counters><filtered-objects>3</filtered-objects></ma-discovery-counters>
<synchronization-errors>
<import-error cs-guid="{0000000A-1A2B-4C3D-8E4F-000000000001}" dn="CN=a,DC=b">
<first-occurred>2016-07-15 10:00:00.1</first-occurred>
<retry-count>7</retry-count>
<date-occurred>2016-07-15 10:00:00.12</date-occurred>
<error-type>unexpected-error</error-type>
<algorithm-step ma-id="{0000000B-1A2B-4C3D-8E4F-000000000002}" dn="CN=c">import-flow</algorithm-step>
<change-not-reimported>
<delta operation="update" dn="CN=a"><anchor encoding="base64">QQ==</anchor><attr name="mail" type="string" multivalued="false" operation="add"><value operation="add">x</value></attr></delta>
<entry dn="CN=a"><anchor>QQ==</anchor><parent-anchor/><primary-objectclass>user</primary-objectclass><objectclass><oc-value>user</oc-value></objectclass><attr name="mail" type="string" multivalued="0"><value>x</value></attr></entry>
</change-not-reimported>
<rules-error-info><context ma-name="HR"><attribute-mapping dest-attr="mail" context-id="x"><dn-part-mapping><dn-part>2</dn-part></dn-part-mapping></attribute-mapping></context></rules-error-info>
</import-error>
<export-error cs-guid="{0000000C-1A2B-4C3D-8E4F-000000000003}" dn="CN=d">
<date-occurred>2016-07-15 10:00:00.000</date-occurred>
<first-occurred>2016-07-15 10:00:00.000</first-occurred>
<retry-count>1</retry-count>
<error-type>cd-error</error-type>
<cd-error><error-code>0x1</error-code><error-literal>it broke</error-literal></cd-error>
</export-error>
</synchronization-errors>
<mv-retry-errors></mv-retry-errors>
<staging-counters>
` + counters("stage-no-change", "stage-no-change", "stage-add", "stage-update", "stage-rename", "stage-delete", "stage-delete-add", "stage-failure") +
		`</staging-counters>
<inbound-flow-counters>
` + counters("disconnector-remains", "disconnector-filtered", "disconnector-joined-no-flow", "disconnector-joined-flow", "disconnector-joined-remove-mv",
		"disconnector-projected-no-flow", "disconnector-projected-flow", "disconnector-projected-remove-mv", "disconnector-remains",
		"connector-filtered-remove-mv", "connector-filtered-leave-mv", "connector-flow", "connector-flow-remove-mv", "connector-no-flow",
		"connector-delete-remove-mv", "connector-delete-leave-mv", "connector-delete-add-processed", "flow-failure") +
		`</inbound-flow-counters>
<export-counters>
` + counters("", "export-add", "export-update", "export-rename", "export-delete", "export-delete-add", "export-failure") +
		`</export-counters>
</step-details>
</run-details>
</run-history>
`
}

// with is the sample with pairs of old and new replaced, each old once. It
// panics when the sample lacks it.
func with(pairs ...string) string {
	doc := sample()
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(doc, pairs[i]) {
			panic("the sample lacks " + pairs[i])
		}
		doc = strings.Replace(doc, pairs[i], pairs[i+1], 1)
	}
	return doc
}

// run is the run-details element of the sample.
func run() string {
	_, rest, _ := strings.Cut(sample(), "<run-history>\n")
	run, _, _ := strings.Cut(rest, "</run-history>")
	return run
}

// prefixes declares the prefixes xsi and xs.
const prefixes = ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema"`

// instance is the sample with the prefixes, changed by pairs.
func instance(pairs ...string) string {
	return with(append([]string{"<run-history>", "<run-history" + prefixes + ">"}, pairs...)...)
}

// described is the sample with another step-description.
func described(content string) string {
	return instance(`<step-type type="delta-import"/>`, content)
}
