package simulation_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/report/simulation"
)

func TestLeftBehind(t *testing.T) {
	write := func(files ...string) *simulation.Summary {
		s := simulation.NewSummary("1", "a", "upsmods", 1)
		for _, f := range files {
			s.Add(1, &engine.RunRecord{Number: 1}, f, "", engine.Hash{})
		}
		var out bytes.Buffer
		if err := s.Write(&out); err != nil {
			t.Fatal(err)
		}
		back, err := simulation.ReadSummary(&out)
		if err != nil {
			t.Fatal(err)
		}
		return back
	}
	left := write("001.xml", "").LeftBehind(write("001.xml", "002.xml", ""))
	if len(left) != 1 || left[0].File != "002.xml" {
		t.Errorf("left behind: %+v", left)
	}
}

func FuzzReadSummary(f *testing.F) {
	f.Add(`{"version": 1, "tool": {"name": "runhist"}, "runs": [{"file": "001.xml"}]}`)
	f.Add(`{"version": 2}`)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := simulation.ReadSummary(strings.NewReader(text))
		if (s == nil) == (err == nil) {
			t.Errorf("summary %v, error %v", s, err)
		}
	})
}
