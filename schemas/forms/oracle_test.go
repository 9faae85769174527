package forms_test

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runhist/runhist/samples/generate"
	"github.com/runhist/runhist/schemas/forms"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// TestObjectsHoldTheRun exports generated runs as objects with fragments, in the
// way of PowerShell, and holds that what comes back is the run, but for what
// such objects do not have.
func TestObjectsHoldTheRun(t *testing.T) {
	for seed := range uint64(12) {
		var doc bytes.Buffer
		if err := generate.Write(&doc, generate.Options{Seed: seed, Steps: 3, Errors: 12}); err != nil {
			t.Fatal(err)
		}
		history, _, err := rundetails.Read(bytes.NewReader(doc.Bytes()), source.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		docs := forms.NewDocuments(source.DefaultLimits(), func(f source.Fault) { t.Error(f) })
		docs.Reset(strings.NewReader(export(t, history)))
		composed, err := docs.Next()
		if err != nil {
			t.Fatal(err)
		}
		again, faults, err := rundetails.Read(composed, source.DefaultLimits())
		if err != nil || len(faults) > 0 {
			t.Fatal(err, faults)
		}
		if _, err := docs.Next(); err != io.EOF {
			t.Errorf("a second document: %v", err)
		}
		if got, want := canonical(t, again), canonical(t, history); got != want {
			t.Errorf("seed %d: %s", seed, cmp.Diff(want, got))
		}
	}
}

// canonical writes a history without what objects do not have: the step-id, the
// file and the progress of a step-result, and a connection that was not made.
func canonical(t *testing.T, h *rundetails.History) string {
	t.Helper()
	var out bytes.Buffer
	for _, r := range h.Runs {
		for _, s := range r.Steps {
			s.ID = rundetails.GUID{}
			s.Result.File, s.Result.Progress = rundetails.Text{}, rundetails.Text{}
		}
	}
	if err := rundetails.Write(&out, h); err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`\s*<ma-connection/>`).ReplaceAllString(out.String(), "")
	return regexp.MustCompile(`(?s)<step-description>.*?</step-description>`).ReplaceAllStringFunc(text, func(s string) string {
		return regexp.MustCompile(`>\s+<`).ReplaceAllString(s, "><") // it is free content, and keeps its white space
	})
}

// export writes the only run of a history as Export-Clixml does it.
func export(t *testing.T, h *rundetails.History) string {
	t.Helper()
	var text bytes.Buffer
	if err := rundetails.Write(&text, h); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	value := func(kind, name, value string) {
		fmt.Fprintf(&out, "<%s N=%q>%s</%s>\n", kind, name, clixmlText(value), kind)
	}
	date := func(name string, at *rundetails.Instant) {
		value("DT", name, strings.Replace(at.Value, " ", "T", 1)+"0000Z")
	}
	run := h.Runs[0]
	out.WriteString("<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\"><Obj RefId=\"0\"><Props>\n")
	value("G", "RunHistoryId", "0f1c2d3e-4b5a-4687-9a1b-2c3d4e5f6071")
	value("G", "ConnectorId", strings.ToLower(strings.Trim(run.MAID.Value, "{}")))
	value("S", "ConnectorName", run.MAName.Value)
	value("I32", "RunNumber", run.Number.Value)
	value("S", "RunProfileName", run.ProfileName.Value)
	value("S", "Username", run.SecurityID.Value)
	out.WriteString("<Obj N=\"RunStepResults\" RefId=\"1\"><LST>\n")
	for i, step := range regexp.MustCompile(`(?s)<step-details.*?</step-details>`).FindAllString(text.String(), -1) {
		s := run.Steps[i]
		out.WriteString("<Obj><Props>\n")
		value("I32", "StepNumber", s.Number.Value)
		value("S", "StepResult", s.Result.Value)
		date("StartDate", &s.Start)
		date("EndDate", &s.End)
		value("I32", "CurrentExportBatchNumber", s.CurrentExport.Value)
		value("I32", "LastSuccessfulExportBatchNumber", s.LastExport.Value)
		value("S", "ConnectorConnectionInformationXml", inside(step, "ma-connection"))
		value("S", "ConnectorCountersXml", whole(step, "ma-discovery-counters"))
		value("S", "StepXml", inside(step, "step-description"))
		value("S", "FlowCountersXml", whole(step, "outbound-flow-counters"))
		for name, element := range map[string]string{"ConnectorDiscoveryErrors": "ma-discovery-errors", "SyncErrors": "synchronization-errors", "MvRetryErrors": "mv-retry-errors"} {
			fmt.Fprintf(&out, "<Obj N=%q><Props>", name)
			value("S", name+"Xml", whole(step, element))
			out.WriteString("</Props></Obj>\n")
		}
		for _, block := range []string{"staging-counters", "inbound-flow-counters", "export-counters"} {
			for _, c := range regexp.MustCompile(`<([a-z-]+) detail="[a-z]+">(\d+)<`).FindAllStringSubmatch(inside(step, block), -1) {
				value("I32", camel(c[1]), c[2])
			}
		}
		out.WriteString("</Props></Obj>\n")
	}
	out.WriteString("</LST></Obj></Props></Obj></Objs>\n")
	return out.String()
}

// whole is all elements of a name in a step, inside what is in the first.
func whole(step, element string) string {
	return strings.Join(regexp.MustCompile(`(?s)<`+element+`(?:>| [^>]*[^/]>).*?</`+element+`>|<`+element+`[^>]*/>`).FindAllString(step, -1), "\n")
}

func inside(step, element string) string {
	_, text, _ := strings.Cut(step, "<"+element+">")
	text, _, _ = strings.Cut(text, "</"+element+">")
	return text
}

// camel is the name of the property of a counter.
func camel(element string) string {
	var out strings.Builder
	for _, word := range strings.Split(element, "-") {
		out.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return out.String()
}

// clixmlText escapes text as PowerShell does it.
func clixmlText(text string) string {
	text = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`).ReplaceAllString(text, "_x005F_$1")
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "_x000D_", "\n", "_x000A_", "\t", "_x0009_").Replace(text)
}
