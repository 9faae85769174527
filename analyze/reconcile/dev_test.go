package reconcile

import (
	"context"
	"fmt"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestDev(t *testing.T) {
	var in []validate.Input
	m, _ := filepath.Glob(os.Getenv("DEV"))
	for _, p := range m {
		in = append(in, validate.Input{File: p, Open: func() (io.ReadCloser, error) { return os.Open(p) }})
	}
	r, err := Run(context.Background(), in, Options{Limits: source.DefaultLimits(), Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		fmt.Println(f.Severity, f.Certainty, f.Rule, f.Agent, "|", f.Profile, f.Number, f.File, f.Line, f.Message, f.Objects)
	}
	fmt.Println(r.Files, r.Runs, r.Copies, r.Undated, r.Cut, r.Problems)
	for _, a := range r.Agents {
		fmt.Println(a.Name, a.Runs, a.Objects, len(a.Profiles))
	}
}
