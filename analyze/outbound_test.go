package analyze_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/runhist/runhist/analyze"
	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/report/simulation"
)

// TestOutbound carries out the scenarios of testdata/outbound: each is an
// archive whose comment names the rules that it pins, with the actions on the
// server of testdata/outbound/server.yaml, its sources and its script. "want"
// has the table of the runs, their errors with the ends of their call stacks,
// and what previews and provisioning did; it was worked out by hand (-update
// writes it).
func TestOutbound(t *testing.T) {
	server, err := os.ReadFile("testdata/outbound/server.yaml")
	if err != nil {
		t.Fatal(err)
	}
	archived(t, "outbound", func(t *testing.T, files fstest.MapFS) []byte {
		files["scenario.yaml"] = &fstest.MapFile{Data: slices.Concat(server, files["actions"].Data)}
		return told(t, files)
	})
}

// told carries a scenario out and returns its table, its errors, and what
// provisioning did.
func told(t *testing.T, files fstest.MapFS) []byte {
	m, err := analyze.Load(files, "scenario.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var runs simulation.Table
	var rest bytes.Buffer
	n := 0
	_, err = m.Run(context.Background(), analyze.Edges{
		Run: func(r *analyze.Run) error {
			n++
			runs.Add(n, r.Record)
			for i := range r.Record.Steps {
				for _, e := range r.Record.Steps[i].SyncErrors {
					fmt.Fprintf(&rest, "%03d  %s, %s: %s%s\n", n, e.DN, e.Step.Name, e.Type, thrown(e.Extension))
				}
			}
			return nil
		},
		Preview: func(p *analyze.Preview) error {
			fmt.Fprintf(&rest, "preview of %s: %s\n", p.Object.DN, p.Record.Result)
			return nil
		},
		Tracer: provisioning{&rest},
	})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := runs.Write(&out); err != nil {
		t.Fatal(err)
	}
	out.WriteString("\n")
	out.Write(rest.Bytes())
	return out.Bytes()
}

// thrown is the call site of an error and the last line of its call stack.
func thrown(x *engine.ExtensionError) string {
	if x == nil {
		return ""
	}
	lines := strings.Split(strings.TrimSpace(x.CallStack), "\n")
	return fmt.Sprintf(" at %s of %s: %s", x.CallSite, x.Name, lines[len(lines)-1])
}

// provisioning writes the operations on connectors, and what became of each
// connector.
type provisioning struct{ to *bytes.Buffer }

func (p provisioning) Event(ev engine.Event) {
	switch ev.Kind {
	case engine.EventProvision:
		fmt.Fprintf(p.to, "     %s %d for %s %s: %s\n", ev.Kind, ev.Number, ev.Object.Agent, ev.Object.DN, ev.Status)
	case engine.EventAdd, engine.EventRename, engine.EventDeprovision, engine.EventSummary:
		fmt.Fprintf(p.to, "     %s %s %s: %s\n", ev.Kind, ev.Target.DN, strings.Join(append(ev.Value, ev.Detail), " "), ev.Status)
	}
}
