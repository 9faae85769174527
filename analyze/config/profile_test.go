package config_test

import (
	"reflect"
	"testing"

	"github.com/runhist/runhist/analyze/engine"
)

const partition = `<ma-partition-data><partition><id>{5AC0001B-0000-4000-8000-000000000003}</id><name>default</name></partition></ma-partition-data>`

// steps reads the steps of one run profile.
func steps(t *testing.T, text string) []engine.Step {
	t.Helper()
	return one(t, "Delimited", partition+`<ma-run-data><run-configuration><id>{5AC0001C-0000-4000-8000-000000000003}</id><name>P</name><configuration>`+text+`</configuration></run-configuration></ma-run-data>`).Profiles[0].Steps
}

// TestStepTypes: what a step does, by its type and subtypes, which stand in one
// element each or several in one (SE-R2).
func TestStepTypes(t *testing.T) {
	imports := func(subtypes ...string) string {
		all := ""
		for _, s := range subtypes {
			all += "<import-subtype>" + s + "</import-subtype>"
		}
		return all
	}
	for _, test := range []struct {
		kind, subtypes string
		want           engine.StepKind
		toFile, resume bool
	}{
		{"full-import", imports(), engine.FullImportDeltaSync, false, false},
		{"full-import", imports("to-cs"), engine.FullImport, false, false},
		{"full-import", imports("to-file"), engine.FullImport, true, false},
		{"full-import", imports("to-cs", "to-file"), engine.FullImport, true, true}, // to-file does not stand alone: it is staged
		{"full-import", imports("to-cs,to-file"), engine.FullImport, true, true},
		{"full-import", imports("to-file, resume-from-file"), engine.FullImportDeltaSync, true, true},
		{"full-import", imports("resume-from-file"), engine.FullImportDeltaSync, false, true},
		{"full-import", imports("to-cs", "resume-from-file"), engine.FullImport, false, true},
		{"delta-import", imports(), engine.DeltaImportDeltaSync, false, false},
		{"delta-import", imports("to-cs"), engine.DeltaImport, false, false},
		{"full-import-reevaluate-rules", "", engine.FullImportFullSync, false, false},
		{"apply-rules", "<apply-rules-subtype>apply-pending</apply-rules-subtype>", engine.DeltaSync, false, false},
		{"apply-rules", "<apply-rules-subtype>reevaluate-flow-connectors</apply-rules-subtype>", engine.FullSync, false, false},
		{"apply-rules", "<apply-rules-subtype>reevaluate-join-flow-all</apply-rules-subtype>", engine.FullSyncAll, false, false},
		{"export", "", engine.Export, false, false},
		{"export", "<export-subtype>to-file</export-subtype>", engine.Export, true, false},
		{"export", "<export-subtype>to-file, resume-from-file</export-subtype>", engine.Export, true, true},
	} {
		s := steps(t, `<step><step-type type="`+test.kind+`">`+test.subtypes+`</step-type><partition>{5AC0001B-0000-4000-8000-000000000003}</partition></step>`)[0]
		if s.Kind != test.want || s.ToFile != test.toFile || s.ResumeFromFile != test.resume {
			t.Errorf("%s %s: kind %d, to file %t, resume %t", test.kind, test.subtypes, s.Kind, s.ToFile, s.ResumeFromFile)
		}
	}
}

// TestStepSettings: thresholds as text or children, drop file, and what a
// history repeats, word for word (SE-F05, SE-F06, SE-K29, SE-K30).
func TestStepSettings(t *testing.T) {
	const end = `<partition>{5AC0001B-0000-4000-8000-000000000003}</partition>`
	all := steps(t, `<step><step-type type="full-import"/><threshold>7</threshold>`+end+`</step>
<step><step-type type="full-import"/><dropfile-name>audit.xml</dropfile-name><threshold><object>0</object><batch-size>1</batch-size><delete>20</delete></threshold>`+end+`<custom-data><run-config><input-file>a &amp; b.txt</input-file></run-config></custom-data></step>
<step><step-type type="export"/><threshold></threshold>`+end+`<custom-data>
  <extensible2-step-data><timeout>0</timeout><batch-size>50</batch-size></extensible2-step-data><parameter-values />
</custom-data></step>
<step><step-type type="export"/>`+end+`<custom-data>
</custom-data></step>`)
	type settings struct {
		objects, deletes, batch int
		batchText, drop, custom string
	}
	var got []settings
	for _, s := range all {
		got = append(got, settings{s.ObjectLimit, s.DeleteLimit, s.BatchSize, s.Description.BatchSize, s.Description.DropFile, s.Description.CustomData})
	}
	want := []settings{
		{objects: 7},
		{deletes: 20, batchText: "1", drop: "audit.xml", custom: "<run-config><input-file>a &amp; b.txt</input-file></run-config>"},
		{batch: 50, custom: "<extensible2-step-data><timeout>0</timeout><batch-size>50</batch-size></extensible2-step-data><parameter-values/>"},
		{},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	if all[1].Description.InputFile != "a & b.txt" || all[0].Description.Partition != "default" {
		t.Errorf("%+v", all[1].Description)
	}
}
