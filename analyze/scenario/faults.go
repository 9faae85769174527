package scenario

import (
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/fault"
	"github.com/runhist/runhist/schemas/strict"
	"github.com/runhist/runhist/schemas/terms"
)

// faultKind is a kind of fault and the keys that belong to it.
type faultKind struct {
	kind fault.Kind
	doc  string
	keys func(f *fault.Fault) []field
	// object: it is about one object, named by object or dn; every if it may
	// also be about all.
	object, every bool
	server        bool // it needs no agent
}

// faultKinds are the kinds of faults.
func faultKinds() []faultKind {
	none := func(*fault.Fault) []field { return nil }
	return []faultKind{
		{kind: fault.Connect, doc: "The agent cannot connect, or loses its connection.", keys: func(f *fault.Fault) []field {
			return append(cdError(f),
				need("result", "The result of the connection.", word(&f.ConnectionResult, "result", fault.FailedConnection, fault.FailedAuthentication, fault.DroppedConnection, fault.FailedSearch)),
				may("afterObjects", "The connection is lost after so many objects (default 0).", integer(&f.AfterObjects, 0)))
		}},
		{kind: fault.DiscoveryError, doc: "An entry of an import cannot be read: that of an object, or the one at a place.", keys: func(f *fault.Fault) []field {
			return append(cdError(f),
				need("type", "The error-type.", word(&f.Type, "type of a discovery error", words(terms.DiscoveryError)...)),
				may("attribute", "The attribute that the error names.", text(&f.Attribute)),
				may("page", "The page of the import, from 1.", integer(&f.Page, 1)),
				may("entry", "The entry of the page, from 1.", integer(&f.Entry, 1)))
		}, object: true, every: true},
		{kind: fault.ExportError, doc: "The export of an object fails.", keys: func(f *fault.Fault) []field {
			return append(cdError(f),
				need("type", "The error-type.", word(&f.Type, "type of an export error", words(terms.ExportError, terms.SharePoint)...)),
				may("attribute", "The attribute that the error is about.", text(&f.Attribute)))
		}, object: true, every: true},
		{kind: fault.StoreOtherValue, doc: "The source stores another value than was exported.", keys: func(f *fault.Fault) []field {
			return []field{need("attribute", "The attribute.", text(&f.Attribute)), need("value", "The value that is stored.", text(&f.Value))}
		}, object: true},
		{kind: fault.DropWrite, doc: "The source confirms an export and does not store it.", keys: func(f *fault.Fault) []field {
			return []field{may("attribute", "The attribute that is not stored (default: the whole export).", text(&f.Attribute))}
		}, object: true, every: true},
		{kind: fault.IgnoreDelete, doc: "The source confirms a delete and keeps the object.", keys: none, object: true, every: true},
		{kind: fault.WithholdRecord, doc: "A delta import does not deliver the object.", keys: none, object: true},
		{kind: fault.ReferenceFailure, doc: "The source refuses a reference.", keys: func(f *fault.Fault) []field {
			return []field{need("attribute", "The attribute.", text(&f.Attribute)), may("value", "The DN that is refused (default: every one).", text(&f.Value))}
		}, object: true, every: true},
		{kind: fault.Answer, doc: "The source answers the export of an object with a request of its own, or with an error of the agent.", keys: func(f *fault.Fault) []field {
			return []field{need("answer", "The answer.", answer(&f.Answer)), may("type", "The name of the error, for custom-continue and custom-stop.", text(&f.Type)),
				may("errorLiteral", "The text of the error.", text(&f.ErrorLiteral))}
		}, object: true, every: true},
		{kind: fault.StepResult, doc: "A step ends with a result.", keys: func(f *fault.Fault) []field {
			return []field{
				need("result", "The result.", result(&f.Result)),
				may("when", "Before the step, or during it (default before).", during(&f.During)),
				may("afterObjects", "During the step: after so many objects (default 0). A result of steps that come to their end is that of the whole step.", integer(&f.AfterObjects, 0)),
				may("step", "The number of the step, from 1 (default: every one).", integer(&f.Step, 1)),
			}
		}},
		{kind: fault.Lock, doc: "Another run holds the object.", keys: func(f *fault.Fault) []field {
			return []field{may("type", "The error-type (default locking-error-needs-retry).", word(&f.Type, "type", "locking-error-needs-retry", "write-locking-error-needs-retry"))}
		}, object: true},
		{kind: fault.Extension, doc: "A scripted rule fails at a call site.", keys: func(f *fault.Fault) []field {
			return []field{
				need("outcome", "How it fails.", word((*string)(&f.Outcome), "outcome", string(fault.Exception), string(fault.Crash), string(fault.Timeout))),
				need("site", "The call site.", word(&f.CallSite, "site", words(terms.CallSite)...)),
				may("assembly", "The assembly (default: every one).", text(&f.Assembly)),
				may("context", "The script-context of the rule (default: every one).", text(&f.Context)),
			}
		}, object: true, every: true, server: true},
		{kind: fault.StopService, doc: "The service stops.", keys: func(f *fault.Fault) []field {
			return []field{
				may("step", "In the step of this number, from 1 (default: the first).", integer(&f.Step, 1)),
				may("afterObjects", "After so many objects of the step (default 0).", integer(&f.AfterObjects, 0)),
			}
		}, server: true},
	}
}

// words are the names of terms of a kind that the schema knows.
func words(kind terms.Kind, besides ...terms.Products) []string {
	products := terms.UPSMODS
	for _, p := range besides {
		products |= p
	}
	var names []string
	for _, t := range terms.All() {
		if t.Kind == kind && t.Products&products != 0 {
			names = append(names, t.Name)
		}
	}
	slices.Sort(names)
	return names
}

// cdError are the keys of what the data source says of an error.
func cdError(f *fault.Fault) []field {
	return []field{
		may("errorCode", "cd-error/error-code.", number(&f.ErrorCode)),
		may("errorLiteral", "cd-error/error-literal.", text(&f.ErrorLiteral)),
	}
}

// number is a whole number of 32 bits that may be left out.
func number(to **int64) value {
	return value{
		schema: func() map[string]any {
			return map[string]any{"type": "integer", "minimum": int64(-1 << 31), "maximum": int64(1<<32 - 1)}
		},
		read: func(r *strict.Reader, n *yaml.Node) {
			var v int64
			if n.Kind != yaml.ScalarNode || n.Tag != "!!int" || n.Decode(&v) != nil || v < -1<<31 || v > 1<<32-1 {
				r.Wrong(n, "a whole number of 32 bits")
				return
			}
			*to = &v
		},
	}
}

// result is any step result of the schema.
func result(to *engine.StepResult) value {
	return word((*string)(to), "result", words(terms.StepResult)...)
}

func during(to *bool) value {
	w := word(new(string), "when", "before", "during")
	return value{schema: w.schema, read: func(r *strict.Reader, n *yaml.Node) {
		w.read(r, n)
		*to = n.Value == "during"
	}}
}

// answer is one of the answers that are no plain errors (SE-E5).
func answer(to *engine.ExportStatus) value {
	answers := []engine.ExportStatus{engine.ConvertUpdateToAdd, engine.ProvisioningParent, engine.RetryReferences, engine.ExportFailed, engine.ExportFailedStop}
	names := []string{"convert-update-to-add", "provisioning-parent", "retry-references", "custom-continue", "custom-stop"}
	w := word(new(string), "answer", names...)
	return value{schema: w.schema, read: func(r *strict.Reader, n *yaml.Node) {
		w.read(r, n)
		if i := slices.Index(names, n.Value); i >= 0 {
			*to = answers[i]
		}
	}}
}

// keysOf are all keys of a fault of a kind.
func (k faultKind) keysOf(f *fault.Fault) value {
	fields := []field{
		may("id", "What an end names (default: nothing ends it).", text(&f.ID)),
		need("kind", "What goes wrong.", word((*string)(&f.Kind), "kind", string(k.kind))),
		may("times", "How often (default: until it ends).", integer(&f.Times, 1)),
	}
	ma := need("ma", "The name of the management agent.", text(&f.Agent))
	ma.required = !k.server
	fields = append(fields, ma)
	if k.object {
		which := "."
		if k.every && k.kind != fault.DiscoveryError { // which may be about a place instead
			which = " (default: every object)."
		}
		fields = append(fields, may("object", "The anchor of the object"+which, text(&f.Object)), may("dn", "The DN of the object"+which, text(&f.DN)))
	}
	v := object(append(fields, k.keys(f)...)...)
	switch {
	case k.object && !k.every:
		v = oneObject(v)
	case k.object:
		v = notBoth(v, "object", "dn")
	}
	switch k.kind {
	case fault.DiscoveryError:
		v = objectOrPlace(v)
	case fault.StepResult:
		v = afterStart(v)
	}
	return v
}

// notBoth is a mapping that has at most one of two keys.
func notBoth(v value, a, b string) value {
	return value{
		schema: func() map[string]any {
			s := v.schema()
			s["not"] = map[string]any{"required": []string{a, b}}
			return s
		},
		read: func(r *strict.Reader, n *yaml.Node) {
			v.read(r, n)
			if find(n, a) != nil && find(n, b) != nil {
				r.Problem(n, "one of the keys %s and %s is wanted, not both", a, b)
			}
		},
	}
}

// objectOrPlace is a discovery error: of an object, or of a page and entry.
func objectOrPlace(v value) value {
	return value{
		schema: func() map[string]any {
			s := v.schema()
			required := func(keys ...string) map[string]any { return map[string]any{"required": keys} }
			s["oneOf"] = []any{required("object"), required("dn"), required("page", "entry")}
			s["dependentRequired"] = map[string]any{"page": []string{"entry"}, "entry": []string{"page"}}
			return s
		},
		read: func(r *strict.Reader, n *yaml.Node) {
			v.read(r, n)
			page, entry := find(n, "page") != nil, find(n, "entry") != nil
			named := find(n, "object") != nil || find(n, "dn") != nil
			if n.Kind == yaml.MappingNode && (page != entry || page == named) {
				r.Problem(n, "a discovery error is about an object (object or dn), or about a page and an entry")
			}
		},
	}
}

// afterStart is a result of a step: objects are counted once it has started.
func afterStart(v value) value {
	return value{
		schema: func() map[string]any {
			s := v.schema()
			s["if"] = map[string]any{"required": []string{"afterObjects"}}
			s["then"] = map[string]any{"properties": map[string]any{"when": map[string]any{"const": "during"}}, "required": []string{"when"}}
			return s
		},
		read: func(r *strict.Reader, n *yaml.Node) {
			v.read(r, n)
			if when := find(n, "when"); find(n, "afterObjects") != nil && (when == nil || when.Value != "during") {
				r.Problem(n, "afterObjects counts once a step has started: it wants when: during")
			}
		},
	}
}

// anyFault is a fault of any kind.
func anyFault(f *fault.Fault) value {
	kinds := faultKinds()
	var names []string
	for _, k := range kinds {
		names = append(names, string(k.kind))
	}
	return value{
		schema: func() map[string]any {
			var all []any
			for _, k := range kinds {
				s := k.keysOf(&fault.Fault{}).schema()
				s["description"] = k.doc
				all = append(all, s)
			}
			return map[string]any{"oneOf": all}
		},
		read: func(r *strict.Reader, n *yaml.Node) {
			if n.Kind != yaml.MappingNode {
				r.Wrong(n, strict.Keys)
				return
			}
			kind := find(n, "kind")
			if kind == nil {
				r.Problem(n, "the key kind is missing")
				return
			}
			name, ok := r.Choice(kind, "kind of fault", names)
			if ok {
				kinds[slices.Index(names, name)].keysOf(f).read(r, n)
			}
		},
	}
}

// faultsEnd checks that ids of faults are told apart, and that an end names a
// fault that is at work.
func (s *Scenario) faultsEnd(r *strict.Reader) {
	open := map[string]Place{}
	for _, a := range s.Actions {
		switch {
		case a.Fault != nil && a.Fault.ID != "":
			if first, twice := open[a.Fault.ID]; twice {
				r.At(int(a.Line), int(a.Column), "the fault %q of line %d is at work still: end it first, or give this one another id", a.Fault.ID, first.Line)
			}
			open[a.Fault.ID] = a.Place
		case a.End != "":
			if _, ok := open[a.End]; !ok {
				var ids []string
				for id := range open {
					ids = append(ids, id)
				}
				slices.Sort(ids)
				r.At(int(a.Line), int(a.Column), "%s", noFault(a.End, ids))
			}
			delete(open, a.End)
		}
	}
}

func noFault(id string, open []string) string {
	if len(open) == 0 {
		return "no fault is at work here that an end could name"
	}
	return strict.Unknown("fault", id, open)
}
