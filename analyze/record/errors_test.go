package record

import (
	"testing"

	"github.com/runhist/runhist/analyze/engine"
)

// TestExportErrors: what a connector names itself stands as each profile can
// write it (SE-K43, SE-K55).
func TestExportErrors(t *testing.T) {
	said := &engine.CDError{Code: "5", Literal: "denied"}
	for _, test := range []struct {
		profile             Profile
		typ                 string
		said                *engine.CDError
		want, code, literal string
		silent              bool // no cd-error
	}{
		{profile: UPSMODS, typ: "permission-issue", said: said, want: "permission-issue", silent: true},
		{profile: Server, typ: "permission-issue", said: said, want: "permission-issue", code: "5", literal: "denied"},
		{profile: Server, typ: "permission-issue", want: "permission-issue", silent: true},
		{profile: UPSMODS, typ: "cd-error", said: said, want: "cd-error", code: "5", literal: "denied"},
		{profile: UPSMODS, typ: "cd-error", want: "cd-error"},
		{profile: UPSMODS, typ: "my-error", said: said, want: "cd-error", code: "5", literal: "my-error: denied"},
		{profile: UPSMODS, typ: "my-error", want: "cd-error", literal: "my-error"},
		{profile: Server, typ: "my-error", said: said, want: "ma-extension-error", code: "5", literal: "my-error: denied"},
		{profile: UPSMODS, typ: "ma-extension-error", said: said, want: "cd-error", code: "5", literal: "ma-extension-error: denied"},
		{profile: Server, typ: "ma-extension-error", said: said, want: "ma-extension-error", code: "5", literal: "denied"},
	} {
		x := exportError(&engine.ExportError{Type: test.typ, Error: test.said}, test.profile, exportErrorTypes(test.profile))
		if got := x.Type.Value; got != test.want {
			t.Errorf("%s, %s: error-type %q, want %q", test.profile, test.typ, got, test.want)
		}
		if x.Error.Present == test.silent || x.Error.Code.Value != test.code || x.Error.Literal.Value != test.literal {
			t.Errorf("%s, %s: cd-error %v %q %q, want %q %q", test.profile, test.typ, x.Error.Present, x.Error.Code.Value, x.Error.Literal.Value, test.code, test.literal)
		}
	}
	if said.Literal != "denied" {
		t.Error("what the data source said was changed")
	}
}

// TestStoppedExport: an entry's error that stops an export (SE-K55).
func TestStoppedExport(t *testing.T) {
	failed := []engine.ExportError{{Type: "cd-error"}}
	for _, test := range []struct {
		profile Profile
		errors  []engine.ExportError
		want    string
	}{
		{UPSMODS, failed, "stopped-export-write"},
		{Server, failed, "stopped-entry-export-error"},
		{Server, nil, "stopped-export-write"},
	} {
		r := engine.StepRecord{Result: engine.StoppedExportWrite, ExportErrors: test.errors}
		if got := step(&r, test.profile).Result.Text.Value; got != test.want {
			t.Errorf("%s, %d errors: %s, want %s", test.profile, len(test.errors), got, test.want)
		}
	}
}
