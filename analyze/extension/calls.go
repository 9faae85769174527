package extension

import (
	"errors"
	"fmt"
	"strings"

	"go.starlark.net/starlark"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/fault"
)

// The error types of scripted rules (SE-N8).
const (
	dllException     = "extension-dll-exception"
	dllCrash         = "extension-dll-crash"
	dllTimeout       = "extension-dll-timeout"
	entryPointAbsent = "extension-entry-point-not-implemented"
	unexpectedValue  = "extension-unexpected-attribute-value"
	invalidResult    = "extension-deprovisioning-invalid-result"
)

var _ engine.Extension = (*Extensions)(nil)

// call is one call of a rule.
type call struct {
	assembly, site, context string
	cs                      engine.CSEntry // nil if there is none: provisioning
	mv                      engine.MVEntry // of provisioning
}

// failed makes the error of a call.
func (c call) failed(kind, stack string) *engine.ExtensionError {
	return &engine.ExtensionError{Type: kind, Name: c.assembly, CallSite: c.site, Context: c.context, CallStack: stack}
}

// wrongResult is an exception of a rule whose function returned a value of
// the wrong kind.
func (c call) wrongResult(v starlark.Value, want string) error {
	return c.failed(dllException, fmt.Sprintf("%s returned a %s, not %s", c.function(), v.Type(), want))
}

func (c call) function() string {
	for _, s := range Sites() {
		if s.Name == c.site {
			return s.Function
		}
	}
	return c.site
}

// do calls the function of a call site.
func (x *Extensions) do(c call, args ...starlark.Value) (starlark.Value, error) {
	a := x.assemblies[strings.ToLower(c.assembly)]
	if a == nil {
		return nil, c.failed(entryPointAbsent, "no script stands for the assembly "+c.assembly)
	}
	if !a.initialized {
		first := call{assembly: c.assembly, site: siteInitialize, cs: c.cs, mv: c.mv}
		err := x.struck(first)
		if err == nil && a.functions[siteInitialize] != nil {
			_, err = x.run(a, first)
		}
		if err != nil {
			return nil, err
		}
		a.initialized = true
	}
	if err := x.struck(c); err != nil {
		return nil, err
	}
	return x.run(a, c, args...)
}

func (x *Extensions) run(a *assembly, c call, args ...starlark.Value) (starlark.Value, error) {
	fn := a.functions[c.site]
	if fn == nil {
		return nil, c.failed(entryPointAbsent, "the script of "+c.assembly+" defines no "+c.function())
	}
	t := x.thread(a.name)
	exceeded := false
	t.OnMaxSteps = func(t *starlark.Thread) {
		exceeded = true
		t.Cancel("too many steps")
	}
	x.running = t
	defer func() { x.running = nil }()
	v, err := starlark.Call(t, fn, args, nil)
	switch {
	case exceeded:
		return nil, c.failed(dllTimeout, "")
	case err != nil:
		return nil, c.thrown(err)
	}
	return v, nil
}

// thrown turns an error of a script into that of the rule.
func (c call) thrown(err error) error {
	stack := err.Error()
	var evaluated *starlark.EvalError
	if errors.As(err, &evaluated) {
		stack = evaluated.Backtrace()
	}
	switch {
	case errors.Is(err, errUnexpectedData):
		return c.failed(unexpectedValue, stack)
	case errors.Is(err, errNotImplemented):
		return c.failed(entryPointAbsent, stack)
	case errors.Is(err, errTerminate):
		e := c.failed(dllException, stack)
		e.Terminate = true
		return e
	}
	return c.failed(dllException, stack)
}

// struck returns the error of a fault of the call, if one holds. A call without
// a connector space entry, provisioning, is one of the agent whose step runs.
func (x *Extensions) struck(c call) error {
	agent := x.o.Faults.Running()
	if c.cs != nil {
		agent = c.cs.MA()
	}
	any := func(want, have string) bool { return want == "" || strings.EqualFold(want, have) }
	f := x.o.Faults.Strike(fault.Extension, agent, func(f *fault.Fault) bool {
		return any(f.Assembly, c.assembly) && any(f.CallSite, c.site) && (f.Context == "" || f.Context == c.context) && x.about(f, c, agent)
	})
	if f == nil {
		return nil
	}
	switch f.Outcome {
	case fault.Crash:
		return c.failed(dllCrash, "")
	case fault.Timeout:
		return c.failed(dllTimeout, "")
	}
	return c.failed(dllException, "an exception of the scenario")
}

// about reports whether a fault is about the object of the call: its connector
// space entry, or any of the agent's connectors that provisioning sees.
func (x *Extensions) about(f *fault.Fault, c call, agent string) bool {
	if f.Object == "" && f.DN == "" {
		return true
	}
	if c.cs != nil {
		return x.names(f, c.cs)
	}
	for _, connector := range c.mv.Connectors(agent) {
		if x.names(f, connector) {
			return true
		}
	}
	return false
}

func (x *Extensions) names(f *fault.Fault, cs engine.CSEntry) bool {
	anchors := []string{cs.DN(), string(cs.Anchor())}
	if x.o.Anchors != nil {
		anchors = append(anchors, x.o.Anchors(cs.MA(), cs.DN(), cs.Anchor())...)
	}
	return f.Names([]string{cs.DN()}, anchors)
}

// Filter implements engine.Extension.
func (x *Extensions) Filter(assembly string, cs engine.CSEntry) (bool, error) {
	return x.verdict(call{assembly: assembly, site: siteFilter, cs: cs}, x.newCS(cs))
}

// ShouldDelete implements engine.Extension.
func (x *Extensions) ShouldDelete(assembly string, cs engine.CSEntry, mv engine.MVEntry) (bool, error) {
	return x.verdict(call{assembly: assembly, site: siteDelete, cs: cs}, x.newCS(cs), x.newMV(mv))
}

// verdict calls a function that answers yes or no; nothing means no.
func (x *Extensions) verdict(c call, args ...starlark.Value) (bool, error) {
	v, err := x.do(c, args...)
	if err != nil {
		return false, err
	}
	switch v := v.(type) {
	case starlark.Bool:
		return bool(v), nil
	case starlark.NoneType:
		return false, nil
	}
	return false, c.wrongResult(v, "True or False")
}

// MapJoin implements engine.Extension.
func (x *Extensions) MapJoin(assembly, context string, cs engine.CSEntry) (values []string, declined bool, err error) {
	c := call{assembly: assembly, site: siteMapJoin, context: context, cs: cs}
	v, err := x.do(c, starlark.String(context), x.newCS(cs))
	if err != nil {
		return nil, false, err
	}
	if v == (declinedValue{}) {
		return nil, true, nil
	}
	list, err := texts(v)
	if err != nil {
		return nil, false, c.wrongResult(v, "a list of values: "+err.Error())
	}
	return list, false, nil
}

// ResolveJoin implements engine.Extension.
func (x *Extensions) ResolveJoin(assembly, context string, cs engine.CSEntry, candidates []engine.MVEntry) (choice int, newType string, err error) {
	c := call{assembly: assembly, site: siteResolveJoin, context: context, cs: cs}
	list := make([]starlark.Value, len(candidates))
	for i, mv := range candidates {
		list[i] = x.newMV(mv)
	}
	v, err := x.do(c, starlark.String(context), x.newCS(cs), starlark.NewList(list))
	if err != nil {
		return -1, "", err
	}
	const want = "an index, None, or an index and a type"
	if pair, ok := v.(starlark.Tuple); ok {
		if len(pair) != 2 {
			return -1, "", c.wrongResult(v, want)
		}
		if newType, ok = starlark.AsString(pair[1]); !ok {
			return -1, "", c.wrongResult(v, want)
		}
		v = pair[0]
	}
	if v == starlark.None {
		return -1, "", nil
	}
	number, ok := v.(starlark.Int)
	if !ok {
		return -1, "", c.wrongResult(v, want)
	}
	if at, ok := number.Int64(); ok && at >= 0 && at < int64(len(candidates)) {
		return int(at), newType, nil
	}
	return len(candidates), newType, nil // out of bounds, which the engine reports
}

// ShouldProject implements engine.Extension. A function that returns True
// without saying a type projects without one, which the engine reports.
func (x *Extensions) ShouldProject(assembly string, cs engine.CSEntry) (mvType string, project bool, err error) {
	c := call{assembly: assembly, site: siteProject, cs: cs}
	v, err := x.do(c, x.newCS(cs))
	if err != nil {
		return "", false, err
	}
	switch v := v.(type) {
	case starlark.NoneType:
		return "", false, nil
	case declinedValue:
		return "", false, nil
	case starlark.Bool:
		return "", bool(v), nil
	case starlark.String:
		return string(v), true, nil
	}
	return "", false, c.wrongResult(v, "a type or None")
}

// ImportFlow implements engine.Extension.
func (x *Extensions) ImportFlow(assembly, context string, cs engine.CSEntry, mv engine.MVEntry) (declined bool, err error) {
	return x.flow(call{assembly: assembly, site: siteImportFlow, context: context, cs: cs}, x.newCS(cs), x.newMV(mv))
}

// ExportFlow implements engine.Extension.
func (x *Extensions) ExportFlow(assembly, context string, mv engine.MVEntry, cs engine.CSEntry) (declined bool, err error) {
	return x.flow(call{assembly: assembly, site: siteExportFlow, context: context, cs: cs}, x.newMV(mv), x.newCS(cs))
}

func (x *Extensions) flow(c call, args ...starlark.Value) (declined bool, err error) {
	v, err := x.do(c, append([]starlark.Value{starlark.String(c.context)}, args...)...)
	switch {
	case err != nil:
		return false, err
	case v == declinedValue{}:
		return true, nil
	case v == starlark.None:
		return false, nil
	}
	return false, c.wrongResult(v, "declined or nothing")
}

// Provision implements engine.Extension.
func (x *Extensions) Provision(assembly string, mv engine.MVEntry) error {
	_, err := x.do(call{assembly: assembly, site: siteProvision, mv: mv}, x.newMV(mv))
	return err
}

// Deprovision implements engine.Extension.
func (x *Extensions) Deprovision(assembly string, cs engine.CSEntry) (engine.DeprovisionAction, error) {
	c := call{assembly: assembly, site: siteDeprovision, cs: cs}
	v, err := x.do(c, x.newCS(cs))
	if err != nil {
		return 0, err
	}
	text, _ := starlark.AsString(v)
	switch text {
	case "disconnector":
		return engine.MakeDisconnector, nil
	case "explicit-disconnector":
		return engine.MakeExplicitDisconnector, nil
	case "delete":
		return engine.DeleteObject, nil
	}
	return 0, c.failed(invalidResult, "")
}
