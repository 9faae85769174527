package extension

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/fault"
)

// struck returns the error of a fault of the call, if one holds.
func (x *Extensions) struck(c call) error {
	f := x.o.Faults.StrikeAny(fault.Extension, func(f *fault.Fault) bool {
		same := func(want, have string) bool { return want == "" || strings.EqualFold(want, have) }
		return same(f.Assembly, c.assembly) && same(f.CallSite, c.site) && (f.Context == "" || f.Context == c.context) && x.concerns(f, c)
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

// concerns reports whether a call is about the object of a fault: the connector
// space entry that it is given or, in provisioning, any connector of the
// metaverse entry.
func (x *Extensions) concerns(f *fault.Fault, c call) bool {
	if c.cs != nil {
		return (f.Agent == "" || f.Agent == c.cs.MA()) && x.names(f, c.cs)
	}
	if f.Agent == "" && f.Object == "" && f.DN == "" {
		return true
	}
	for agent := range x.o.Anchors {
		if f.Agent != "" && f.Agent != agent {
			continue
		}
		if slices.ContainsFunc(c.mv.Connectors(agent), func(cs engine.Connector) bool { return x.names(f, cs) }) {
			return true
		}
	}
	return false
}

// names reports whether a fault names a connector space entry: by its DN, or by
// its anchor, the values of the attributes that it is made of joined by a plus
// sign.
func (x *Extensions) names(f *fault.Fault, cs engine.CSEntry) bool {
	var parts []string
	for _, attribute := range x.o.Anchors[cs.MA()] {
		parts = append(parts, cs.Values(attribute)...)
	}
	return f.Names([]string{cs.DN()}, []string{strings.Join(parts, "+"), cs.DN()})
}
