package rules_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules"
)

// TestScopes breaks a pass in ways that leave a rule nothing to judge: what is
// missing makes it not applicable, what cannot be read not evaluated, and
// neither makes it passed.
func TestScopes(t *testing.T) {
	const (
		importing = "rules/R176/pass-in-order.xml"
		exporting = "rules/C072/pass-two-objects.xml"
		steps     = "rules/C002/pass-descending.xml"
		empty     = "rules/C117/pass-export.xml"
		file      = "rules/R085/pass-file-not-found.xml"
		working   = "rules/R142/pass-obsolation.xml"
		parsed    = "rules/R213/pass-parse-error.xml"
		changed   = "rules/R221/pass-change.xml"
		renamed   = "rules/R337/pass-attribute.xml"
		flowing   = "rules/R377/pass-import-flow.xml"
		retrying  = "rules/R468/pass-import-flow.xml"

		rest = "</end-date>\n   <step-result>"
		end  = "02:14:27.347" + rest + "completed-export-errors"
	)
	list := rules.All()
	w := newValidator(t, list).Worker()
	for _, c := range []struct {
		rule, fixture, old, new string
		want                    finding.Status
	}{
		{"R008", importing, "2024-03-11 02:00:00.483", "yesterday", finding.NotEvaluated},
		{"R009", importing, "2024-03-11 02:00:00.483", "yesterday", finding.NotEvaluated},
		{"R061", importing, "<run-number>412</run-number>", "", finding.NotApplicable},
		{"R061", importing, "<run-number>412", "<run-number>x", finding.NotEvaluated},
		{"R065", steps, `step-number="2"`, `step-number="two"`, finding.NotEvaluated},
		{"R066", steps, `step-number="1"`, "", finding.NotEvaluated},
		{"R069", steps, `step-number="1"`, `step-number="one"`, finding.NotEvaluated},
		{"R070", steps, `step-id="{D9F3561B-E07C-4A82-B4C9-8532A7E10D6F}"`, `step-id="D9F3561B"`, finding.NotEvaluated},
		{"R072", importing, "completed-discovery-errors", "in-progress", finding.NotApplicable},
		{"R072", importing, "2024-03-11 02:58:41.220", "later", finding.NotEvaluated},
		{"R084", steps, `step-result>success`, `step-result>completed-warnings`, finding.NotApplicable},
		{"R084", empty, `step-number="1"`, `step-number="one"`, finding.NotEvaluated},
		{"R085", file, `<stage-add detail="true">0`, `<stage-add detail="true">none`, finding.NotEvaluated},
		{"R111", empty, "", "", finding.NotApplicable},
		{"R140", steps, `<flow-failure detail="true">0`, `<flow-failure detail="true">none`, finding.NotEvaluated},
		{"R141", working, "1200/3009", "40 percent", finding.NotEvaluated},
		{"R142", importing, "completed-discovery-errors", "success", finding.NotApplicable},
		{"R149", importing, "delta-import", "delta", finding.NotApplicable},
		{"R158", empty, `type="export"`, `type="full-export"`, finding.NotApplicable},
		{"R172", empty, "connection-log>", "connection-lag>", finding.NotApplicable},
		{"R176", importing, "2024-03-11 02:00:02.117", "2024-03-11 02:00:77.117", finding.NotEvaluated},
		{"R176", exporting, "", "", finding.NotApplicable},
		{"R160", importing, "    <connection-result>success</connection-result>\n    <server>", "    <server>", finding.NotApplicable},
		{"R161", empty, "", "", finding.Passed},
		{"R169", importing, "<connection-result>success", "<connection-result>warning-no-watermark", finding.Failed},
		{"R169", importing, `type="delta-import"`, "", finding.NotApplicable},
		{"R170", importing, "server>", "sever>", finding.NotApplicable},
		{"R174", importing, "2024-03-11 02:00:02.117", "soon", finding.NotEvaluated},
		{"R213", empty, "", "", finding.NotApplicable},
		{"R215", parsed, "<line-number>4121", "<line-number>many", finding.NotEvaluated},
		{"R216", parsed, "line-number>", "line-numbers>", finding.NotApplicable},
		{"R221", exporting, "", "", finding.NotApplicable},
		{"R234", importing, "<filtered-deletions>4", "<filtered-deletions>four", finding.NotEvaluated},
		{"R243", exporting, "<retry-count>4", "<retry-count>many", finding.NotEvaluated},
		{"R242", changed, "2024-03-09 01:31:08.240", "2024-03-09", finding.NotEvaluated},
		{"R245", changed, "<run-number>1190", "<run-number>x", finding.NotEvaluated},
		{"R253", flowing, "", "", finding.NotApplicable},
		{"R254", flowing, "", "", finding.NotApplicable},
		{"R317", changed, "", "", finding.NotApplicable},
		{"R318", flowing, "export-flow", "import-flow", finding.NotApplicable},
		{"R319", flowing, "error-type>", "error-tipe>", finding.NotApplicable},
		{"R324", changed, `operation="update"`, `operation="add"`, finding.NotApplicable},
		{"R330", changed, `multivalued="false"`, `multivalued="1"`, finding.NotApplicable},
		{"R337", renamed, `<entry dn="uid=e10293`, `<entry dn="uid=e10294`, finding.NotApplicable},
		{"R342", changed, "", "", finding.NotApplicable},
		{"R343", changed, "<value", `<value encoding="base64"`, finding.NotApplicable},
		{"R358", flowing, "", "", finding.NotApplicable},
		{"R379", flowing, "import-flow<", "join<", finding.NotApplicable},
		{"R395", "rules/R395/pass-import.xml", "<dn-part>1", "<dn-part>-1", finding.NotEvaluated},
		{"R449", empty, "", "", finding.NotApplicable},
		{"R468", retrying, "import-flow<", "join<", finding.NotApplicable},
		{"R469", retrying, "", "", finding.NotApplicable},
		{"R489", exporting, "", "", finding.NotApplicable},
		{"C008", exporting, end, "02:10:30.000" + rest + "in-progress", finding.Passed},
		{"C008", exporting, end, "02:10:30.000" + rest + "completed-export-errors", finding.Failed},
		{"C008", exporting, "2024-03-12 02:14:27.347", "later", finding.NotEvaluated},
		{"C008", exporting, "<end-date>2024-03-12 02:14:27.347</end-date>", "", finding.Passed},
		{"C011", exporting, "2024-03-08 02:12:03.187", "long ago", finding.NotEvaluated},
		{"C015", exporting, "2024-03-12 02:14:27.347", "later", finding.NotEvaluated},
		{"C016", exporting, `<export-failure detail="true">2`, `<export-failure detail="true">two`, finding.NotEvaluated},
		{"C018", exporting, "inbound-flow-counters>", "inbound-counters>", finding.NotApplicable},
		{"C018", exporting, `<flow-failure detail="true">0`, `<flow-failure detail="true">none`, finding.NotEvaluated},
		{"C020", exporting, "", "", finding.NotApplicable},
		{"C022", exporting, `<stage-failure detail="true">0`, `<stage-failure detail="true">none`, finding.NotEvaluated},
		{"C130", exporting, "completed-export-errors", "in-progress", finding.NotApplicable},
		{"C131", exporting, "<retry-count>4", "<retry-count>many", finding.NotEvaluated},
		{"C126", parsed, "hr-people.ldif", " ", finding.NotApplicable},
		{"C002", importing, "", "", finding.NotApplicable},
		{"C002", steps, "2024-03-10 23:07:45.910", "soon", finding.NotEvaluated},
		{"C007", importing, "2024-03-11 02:00:00.483", "yesterday", finding.NotEvaluated},
		{"C017", empty, "export-counters>", "export-caunters>", finding.NotApplicable},
		{"C017", empty, `<export-failure detail="true">0`, `<export-failure detail="true">none`, finding.NotEvaluated},
		{"C072", exporting, "{84D7B60F-2C9A-4E31-B5E7-0FA3619CD842}", "e20417", finding.NotEvaluated},
		{"C100", exporting, "", "", finding.NotApplicable},
		{"C032", importing, "", "", finding.NotApplicable},
		{"C033", "rules/C033/fail-partly.xml", "cd-error<", "partial-success<", finding.NotApplicable},
		{"C034", "rules/C034/fail-warnings.xml", ` type="full-import"`, "", finding.NotApplicable},
		{"C041", "rules/C041/fail-first.xml", `step-number="2"`, `step-number="two"`, finding.NotEvaluated},
		{"C044", "rules/C044/fail-last.xml", `step-number="1"`, "", finding.NotEvaluated},
		{"C045", steps, "", "", finding.NotApplicable},
		{"C058", "rules/C057/fail-above-zero.xml", "", "", finding.NotApplicable},
		{"C058", "rules/C118/fail-outbound.xml", "", "", finding.NotApplicable},
		{"C071", "rules/C071/fail-twice.xml", "{D72B9E40-85C1-4F3A-96E8-A1C40F57B2D3}", "e10877", finding.NotEvaluated},
		{"C077", "rules/C077/fail-other.xml", `encoding="base64">ZTEwMjkx`, ">ZTEwMjkx", finding.NotApplicable},
		{"C097", "rules/C097/fail-guid.xml", "{38A6F1D9-0E52-4C7B-A3D4-69F7E21B8C05}", "e11340", finding.NotEvaluated},
		{"C098", "rules/C098/fail-other.xml", "<ma-id>{6A1F0C52-9D3E-4B77-8C21-5E0B94D7A310}</ma-id>", "", finding.NotApplicable},
		{"C119", "rules/C119/fail-staged.xml", ">to-file<", ">to-file, resume-from-file<", finding.NotApplicable},
		{"C124", "rules/C124/fail-export.xml", "<partition>DC=woodgrove,DC=example", "<partition>default", finding.NotApplicable},
		{"C125", "rules/C125/fail-other.xml", "no-start-file-not-found", "stopped-extension-dll-load", finding.NotApplicable},
		{"C127", "rules/C127/fail-nothing.xml", ">to-cs<", ">to-file, resume-from-file<", finding.NotApplicable},
		{"C127", "rules/C127/fail-nothing.xml", `<stage-add detail="true">0`, `<stage-add detail="true">none`, finding.NotEvaluated},
		{"C132", "rules/C132/fail-import-one-dn.xml", `dn="uid=e10877,ou=people,o=woodgrove"`, `dn=""`, finding.NotApplicable},
	} {
		text := strings.ReplaceAll(read(t, c.fixture), c.old, c.new)
		if c.old != "" && text == read(t, c.fixture) {
			t.Errorf("%s does not have %q", c.fixture, c.old)
		}
		result := judge(t, w, c.fixture, text)
		at := slices.IndexFunc(list, func(r rule.Rule) bool { return r.ID == c.rule })
		if got := result.Rules[at].Status(); got != c.want {
			t.Errorf("%s on %s with %q for %q is %s, want %s", c.rule, c.fixture, c.new, c.old, got, c.want)
		}
	}
}
