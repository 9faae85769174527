package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
	"github.com/runhist/runhist/analyze/engine"
)

// TestScripts runs the scripts of testdata/script. Each names the rules that it pins;
// testdata/README.md tells their language. `go test -rewrite` writes the
// answers anew, for review.
func TestScripts(t *testing.T) {
	datadriven.Walk(t, "testdata/script", func(t *testing.T, path string) {
		var w *world
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			if d.Cmd == "setup" {
				var err error
				if w, err = newWorld(d.Input, d.HasArg("trace")); err != nil {
					return "error: " + err.Error() + "\n"
				}
				return ""
			}
			return w.command(t, d)
		})
	})
}

func (w *world) command(t *testing.T, d *datadriven.TestData) string {
	name := ""
	if len(d.CmdArgs) > 0 {
		name = d.CmdArgs[0].Key
	}
	switch d.Cmd {
	case "data": // the whole content
		w.sources[name].entries = nil
		for _, line := range lines(d.Input) {
			w.sources[name].entries = append(w.sources[name].entries, parseEntry(line).Entry)
		}
	case "next", "changes": // what the next import delivers; what happened
		if d.Cmd == "next" {
			w.sources[name].raw = []engine.ImportEntry{}
		}
		for _, line := range lines(d.Input) {
			if d.Cmd == "next" {
				w.sources[name].raw = append(w.sources[name].raw, parseEntry(line))
			} else {
				w.sources[name].log = append(w.sources[name].log, parseEntry(line))
			}
		}
	case "fault":
		return w.fault(name, d)
	case "run":
		return w.runCommand(t, d)
	case "space":
		return w.space(name)
	case "seen": // the requests of the last export
		return strings.Join(w.sources[name].seen, "\n") + "\n"
	case "mv":
		return w.metaverse()
	case "counts":
		return fmt.Sprintf("%+v\n", w.engine.Counts(name))
	case "trace":
		return w.trace(d)
	case "hash":
		return w.engine.Hash().String() + "\n"
	default:
		t.Fatalf("%s: no command %s", d.Pos, d.Cmd)
	}
	return ""
}

func (w *world) fault(kind string, d *datadriven.TestData) string {
	if kind == "heal" || kind == "keep" { // every source
		for _, m := range w.sources {
			clear(m.bad)
			clear(m.drop)
		}
	}
	for _, line := range lines(d.Input) {
		f := strings.Fields(line)
		switch kind {
		case "lock":
			w.faults.locked[f[0]] = f[1]
		case "unlock":
			delete(w.faults.locked, f[0])
		case "before":
			w.faults.before = engine.StepResult(strings.Trim(f[0], "-"))
		case "during":
			w.faults.during.Result = engine.StepResult(f[0])
			fmt.Sscan(f[1], &w.faults.during.Objects)
		case "discovery":
			w.sources[f[0]].bad[f[1]] = f[2]
		case "answer": // answers to the next requests for an object
			for _, word := range f[2:] {
				verb, typ, _ := strings.Cut(word, ":")
				status := map[string]engine.ExportStatus{"ok": engine.ExportOK, "reference-failure": engine.ReferenceFailure, "retry": engine.RetryReferences,
					"convert": engine.ConvertUpdateToAdd, "parent": engine.ProvisioningParent, "failed": engine.ExportFailed, "stop": engine.ExportFailedStop,
					"lost": engine.ExportConnectionLost}[verb]
				w.sources[f[0]].answers[f[1]] = append(w.sources[f[0]].answers[f[1]], engine.ExportAnswer{Status: status, ErrorType: typ})
			}
		case "drop":
			w.sources[f[0]].drop[f[1]] = true
		}
	}
	return ""
}

func lines(text string) []string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if strings.TrimSpace(l) != "" {
			out = append(out, l)
		}
	}
	return out
}

// parseEntry reads: [add|update|delete] DN | type@anchor | name=value name+=value name-=value
func parseEntry(line string) engine.ImportEntry {
	parts := strings.Split(line, "|")
	var e engine.ImportEntry
	dn := strings.TrimSpace(parts[0])
	for prefix, kind := range map[string]engine.ImportKind{"add ": engine.Add, "update ": engine.Update, "delete ": engine.Delete} {
		if rest, ok := strings.CutPrefix(dn, prefix); ok {
			dn, e.Kind = rest, kind
		}
	}
	e.DN = dn
	if len(parts) > 1 {
		typ, anchor, ok := strings.Cut(strings.TrimSpace(parts[1]), "@")
		if e.Type = typ; ok {
			e.Anchor = []byte(anchor)
		}
	}
	if len(parts) < 3 {
		return e
	}
	for _, f := range strings.Fields(parts[2]) {
		name, value, _ := strings.Cut(f, "=")
		value = strings.ReplaceAll(value, "_", " ")
		switch {
		case strings.HasSuffix(name, "+"):
			e.Changes = append(e.Changes, engine.AttributeChange{Name: name[:len(name)-1], Add: []string{value}})
		case strings.HasSuffix(name, "-"):
			e.Changes = append(e.Changes, engine.AttributeChange{Name: name[:len(name)-1], Remove: []string{value}})
		default:
			values := getAttr(&e.Entry, name)
			if value != "" {
				values = append(values, value)
			}
			for i := range e.Attributes {
				if e.Attributes[i].Name == name {
					e.Attributes[i].Values = values
				}
			}
			if len(values) < 2 {
				e.Attributes = append(e.Attributes, engine.Attr{Name: name, Values: values})
			}
		}
	}
	return e
}

func (w *world) runCommand(t *testing.T, d *datadriven.TestData) string {
	req := engine.RunRequest{Agent: d.CmdArgs[0].Key, Profile: d.CmdArgs[1].Key}
	for _, arg := range d.CmdArgs[2:] {
		switch arg.Key {
		case "resume":
			req.Resume = true
		case "stop":
			fmt.Sscan(arg.Vals[0], &req.Stop.Objects)
			req.Stop.Step = 1
		}
	}
	w.events = w.events[:0]
	rec, err := w.engine.Run(req)
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	if err := w.engine.CheckInvariants(); err != nil {
		t.Errorf("%s: %v", d.Pos, err)
	}
	var b strings.Builder
	if rec.Number == 0 {
		b.WriteString("answer " + string(rec.Result) + "\n")
	}
	for i := range rec.Steps {
		writeStep(&b, &rec.Steps[i])
	}
	return b.String()
}
