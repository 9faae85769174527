package scenario

import (
	"go.yaml.in/yaml/v4"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/schemas/strict"
)

// action is one item of actions.
func action(a *Action) value {
	return placed(&a.Place, exactlyOne(
		may("apply", "Changes the content of a source: LDIF change records, or a whole new content.", lazily(&a.Apply, func(p *Apply) value {
			return object(
				need("ma", "The name of the management agent.", text(&p.Agent)),
				need("file", "The changes, or the new content.", content(&p.File)),
			)
		})),
		may("run", "Executes a run profile.", lazily(&a.Run, run)),
		may("fault", "Makes something go wrong from here on.", lazily(&a.Fault, anyFault)),
		may("end", "Ends the fault of an id.", text(&a.End)),
		may("preview", "Synchronizes one object and keeps nothing.", lazily(&a.Preview, preview)),
	))
}

// lazily makes the destination of a value when there is one.
func lazily[T any](to **T, make func(*T) value) value {
	return value{
		schema: func() map[string]any { return make(new(T)).schema() },
		read: func(r *strict.Reader, n *yaml.Node) {
			*to = new(T)
			make(*to).read(r, n)
		},
	}
}

func run(p *Run) value {
	return object(
		need("ma", "The name of the management agent.", text(&p.Agent)),
		need("profile", "The name of the run profile.", text(&p.Profile)),
		may("resume", "Skips the steps that the last attempt completed (default false).", truth(&p.Resume)),
		may("stopAfter", "Stops the run from outside.", object(
			need("step", "The number of the step, from 1.", integer(&p.Stop.Step, 1)),
			may("objects", "After so many objects of that step (default 0).", integer(&p.Stop.Objects, 0)),
			may("result", "The result of the step (default "+string(engine.StoppedUserTermination)+").", result(&p.Stop.Result)),
		)),
	)
}

func preview(p *Preview) value {
	mode := new(string)
	all := object(
		need("ma", "The name of the management agent.", text(&p.Agent)),
		may("object", "The anchor of the object.", text(&p.Object)),
		may("dn", "The DN of the object, in place of the anchor.", text(&p.DN)),
		may("mode", "What the preview does (default delta).", word(mode, "mode", "delta", "full")),
	)
	one := oneObject(all)
	return value{schema: one.schema, read: func(r *strict.Reader, n *yaml.Node) {
		one.read(r, n)
		p.Full = *mode == "full"
	}}
}

// oneObject is a mapping that names an object by exactly one of the keys object
// and dn.
func oneObject(v value) value {
	return value{
		schema: func() map[string]any {
			s := v.schema()
			s["oneOf"] = []any{map[string]any{"required": []string{"object"}}, map[string]any{"required": []string{"dn"}}}
			return s
		},
		read: func(r *strict.Reader, n *yaml.Node) {
			v.read(r, n)
			if n.Kind == yaml.MappingNode && (find(n, "object") == nil) == (find(n, "dn") == nil) {
				r.Problem(n, "one of the keys object and dn is wanted here")
			}
		},
	}
}

// find is the value of a key of a mapping, nil if there is none.
func find(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}
