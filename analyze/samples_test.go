package analyze_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze"
	"github.com/runhist/runhist/analyze/record"
	"github.com/runhist/runhist/report/simulation"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/rules"
)

// TestSamples: the scenarios that teach write the histories beside them, whose
// numbers stand in their README, and which pass validation.
func TestSamples(t *testing.T) {
	folders, err := filepath.Glob("../samples/scenarios/*/scenario.yaml")
	if err != nil || len(folders) < 8 {
		t.Fatalf("%d scenarios, %v", len(folders), err)
	}
	o := validate.DefaultOptions(rules.All())
	o.Now = 2_000_000_000_000
	v, err := validate.New(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range folders {
		folder := filepath.Dir(file)
		t.Run(filepath.Base(folder), func(t *testing.T) { checkSample(t, v, folder) })
	}
}

func checkSample(t *testing.T, v *validate.Validator, folder string) {
	m, err := analyze.Load(os.DirFS(folder), "scenario.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var table simulation.Table
	var inputs []validate.Input
	written := map[string]bool{}
	_, err = m.Run(context.Background(), analyze.Edges{Run: func(r *analyze.Run) error {
		table.Add(len(inputs)+1, r.Record)
		var text bytes.Buffer
		if err := rundetails.Write(&text, record.History(r.Details)); err != nil {
			return err
		}
		name := filepath.Join(folder, "expected", simulation.FileName(len(inputs)+1, m.Scenario.Runs(), r.Record))
		written[name] = true
		golden(t, name, text.Bytes())
		inputs = append(inputs, validate.Input{File: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text.Bytes())), nil }})
		return nil
	}, Preview: func(p *analyze.Preview) error {
		table.AddPreview(&simulation.Preview{Action: p.Action, Full: p.Full, Object: p.Object, Record: p.Record, Events: p.Events})
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	judge(t, v, inputs, "")
	kept, err := filepath.Glob(filepath.Join(folder, "expected", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range kept {
		if !written[name] {
			t.Errorf("%s: no run writes it", name)
		}
	}
	readme, err := os.ReadFile(filepath.Join(folder, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var lines bytes.Buffer
	if err := table.Write(&lines); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(lines.String()) {
		if !strings.Contains(string(readme), strings.TrimSpace(line)) {
			t.Errorf("README.md lacks the line\n%s", line)
		}
	}
}

// golden compares a file with what it should be.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s is not what the simulation writes (-update writes it)", name)
	}
}
