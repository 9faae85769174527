//go:build libxml2 && cgo

package libxml2

import (
	"fmt"
	"strings"
)

// counters writes the children of a counters element, all zero.
func counters(names string, plain string) string {
	var b strings.Builder
	for name := range strings.FieldsSeq(names) {
		detail := "true"
		if name == plain {
			detail = "false"
		}
		fmt.Fprintf(&b, "<%s detail=\"%s\">0</%s>\n", name, detail, name)
	}
	return b.String()
}

// step is a step-details element with one import error, one export error and
// something free in step-description. The tests change it by replacing pieces.
func step(number int) string {
	return fmt.Sprintf(`<step-details step-number="%d" step-id="{00000065-1A2B-4C3D-8E4F-0000000C344C}">
<start-date>2016-07-15 10:00:00.000</start-date>
<end-date>2016-07-15 10:00:01.000</end-date>
<step-result>success</step-result>
<step-description><step-type type="delta-import"><import-subtype>to-file</import-subtype></step-type></step-description>
<current-export-step-counter>0</current-export-step-counter>
<last-successful-export-step-counter>0</last-successful-export-step-counter>
<ma-connection><server>dc1</server></ma-connection>
<ma-discovery-errors></ma-discovery-errors>
<ma-discovery-counters><filtered-objects>3</filtered-objects></ma-discovery-counters>
<synchronization-errors>
%s</synchronization-errors>
<mv-retry-errors></mv-retry-errors>
<staging-counters>
%s</staging-counters>
<inbound-flow-counters>
%s</inbound-flow-counters>
<export-counters>
%s</export-counters>
</step-details>
`, number, importError+exportError,
		counters("stage-no-change stage-add stage-update stage-rename stage-delete stage-delete-add stage-failure", "stage-no-change"),
		counters("disconnector-filtered disconnector-joined-no-flow disconnector-joined-flow disconnector-joined-remove-mv "+
			"disconnector-projected-no-flow disconnector-projected-flow disconnector-projected-remove-mv disconnector-remains "+
			"connector-filtered-remove-mv connector-filtered-leave-mv connector-flow connector-flow-remove-mv connector-no-flow "+
			"connector-delete-remove-mv connector-delete-leave-mv connector-delete-add-processed flow-failure", "disconnector-remains"),
		counters("export-add export-update export-rename export-delete export-delete-add export-failure", ""))
}

const importError = `<import-error cs-guid="{0000000A-1A2B-4C3D-8E4F-000000000001}" dn="CN=a,DC=b">
<first-occurred>2016-07-15 10:00:00.1</first-occurred>
<retry-count>7</retry-count>
<date-occurred>2016-07-15 10:00:00.12</date-occurred>
<error-type>unexpected-error</error-type>
<algorithm-step ma-id="{0000000B-1A2B-4C3D-8E4F-000000000002}" dn="CN=c">import-flow</algorithm-step>
<rules-error-info><context ma-name="HR"><attribute-mapping dest-attr="mail" context-id="x"><dn-part-mapping><dn-part>2</dn-part></dn-part-mapping></attribute-mapping></context></rules-error-info>
</import-error>
`

const exportError = `<export-error cs-guid="{0000000C-1A2B-4C3D-8E4F-000000000003}" dn="CN=d">
<date-occurred>2016-07-15 10:00:00.000</date-occurred>
<first-occurred>2016-07-15 10:00:00.000</first-occurred>
<retry-count>1</retry-count>
<error-type>cd-error</error-type>
<cd-error><error-code>0x1</error-code><error-literal>it broke</error-literal></cd-error>
</export-error>
`

// history is a whole document with the given number of steps.
func history(steps int) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="utf-8"?>
<run-history>
<run-details>
<ma-id>{00000001-1A2B-4C3D-8E4F-000000001EF0}</ma-id>
<ma-name>HR directory</ma-name>
<run-number>1</run-number>
<run-profile-name>Delta sync</run-profile-name>
<security-id>CONTOSO\svc-sync</security-id>
`)
	for n := range steps {
		b.WriteString(step(n + 1))
	}
	b.WriteString("</run-details>\n</run-history>\n")
	return b.String()
}

// with returns the one-step document with pairs of old and new replaced, each
// old exactly once. It panics when a test names text that is not there.
func with(pairs ...string) string {
	doc := history(1)
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(doc, pairs[i]) {
			panic("the document lacks " + pairs[i])
		}
		doc = strings.Replace(doc, pairs[i], pairs[i+1], 1)
	}
	return doc
}
