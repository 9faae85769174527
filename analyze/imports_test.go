package analyze_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"testing"
	"testing/fstest"

	"github.com/runhist/runhist/analyze"
	"github.com/runhist/runhist/analyze/record"
	"github.com/runhist/runhist/report/simulation"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate"
)

// TestImports carries out the scenarios of testdata/imports: each is an archive
// whose comment names the rules that it pins, with the scenario, its sources,
// and in "want" the table of the runs, which was worked out by hand (-update
// writes it).
func TestImports(t *testing.T) {
	archived(t, "imports", table)
}

// table carries a scenario out and returns what simulate prints of it. What it
// writes passes validation.
func table(t *testing.T, files fstest.MapFS) []byte {
	m, err := analyze.Load(files, "scenario.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var runs simulation.Table
	var histories []validate.Input
	_, err = m.Run(context.Background(), analyze.Edges{Run: func(r *analyze.Run) error {
		var out bytes.Buffer
		if err := rundetails.Write(&out, record.History(r.Details)); err != nil {
			return err
		}
		text := out.Bytes()
		histories = append(histories, validate.Input{File: fmt.Sprintf("%d.xml", r.Action), Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }})
		runs.Add(len(histories), r.Record)
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	judge(t, validator(t, m.Scenario.Profile), histories, string(files["scenario.yaml"].Data))
	var lines bytes.Buffer
	if err := runs.Write(&lines); err != nil {
		t.Fatal(err)
	}
	return lines.Bytes()
}
