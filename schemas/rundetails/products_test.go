package rundetails

import (
	"strings"
	"testing"

	"github.com/runhist/runhist/schemas/source"
)

// TestOtherProducts reads what products beside [MS-UPSMODS] call by another
// name or write elsewhere, into the fields that it belongs to.
func TestOtherProducts(t *testing.T) {
	const document = `<run-history><run-details><step-details>
		<ma-discovery-errors><ma-object-error><cd-error><error-code>1</error-code><value>inside</value></cd-error><value>after</value></ma-object-error></ma-discovery-errors>
		<synchronization-errors><import-error><rule-error-info><context ma-name="HR"/></rule-error-info></import-error></synchronization-errors>
		<mv-retry-errors><retry-error displayName="Alma"><rule-error-info/></retry-error></mv-retry-errors>
		<outbound-flow-counters><provisioned-delete-add-flow detail="true">4</provisioned-delete-add-flow></outbound-flow-counters>
		<inbound-flow-counters><disconnecter-joined-flow detail="true">7</disconnecter-joined-flow></inbound-flow-counters>
		</step-details></run-details></run-history>`
	h, faults, err := Read(strings.NewReader(document), source.DefaultLimits())
	if err != nil || len(faults) > 0 {
		t.Fatal(faults, err)
	}
	step := h.Runs[0].Steps[0]
	object := step.ObjectErrors[0]
	if len(object.Values) != 2 || object.Values[0].Value != "inside" || object.Error.Code.Value != "1" {
		t.Errorf("the values of the object error: %+v", object)
	}
	if got := object.Values[0].Path(); !strings.HasSuffix(got, "/cd-error[1]/value[1]") {
		t.Errorf("the value in cd-error stands at %s", got)
	}
	rules := &step.ImportErrors[0].Rules
	if !rules.Present || rules.Context.MAName.Value != "HR" || !strings.HasSuffix(rules.Path(), "/rule-error-info[1]") {
		t.Errorf("rule-error-info: %+v", rules)
	}
	if e := step.RetryErrors[0]; e.DisplayName.Value != "Alma" || !e.Rules.Present {
		t.Errorf("the retry-error: %+v", e)
	}
	if !step.Tally.OutboundAbove0 || !step.Tally.InboundAbove0 {
		t.Error("the counters of a delete-add, or of another spelling, are not counted")
	}
}
