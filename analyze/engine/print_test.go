package engine_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cockroachdb/datadriven"
	"github.com/runhist/runhist/analyze/engine"
)

// writeStep prints what a step recorded and is not zero.
func writeStep(b *strings.Builder, s *engine.StepRecord) {
	fmt.Fprintf(b, "step %d %s", s.Number, s.Result)
	if s.File != "" {
		fmt.Fprintf(b, " file=%s", s.File)
	}
	b.WriteByte('\n')
	counters := func(block string, n int, name func(int) string, value func(int) uint64) {
		var list []string
		for i := range n {
			if v := value(i); v > 0 {
				list = append(list, fmt.Sprintf("%s=%d", name(i), v))
			}
		}
		if len(list) > 0 {
			fmt.Fprintf(b, "  %s: %s\n", block, strings.Join(list, " "))
		}
	}
	for _, e := range s.Discovery {
		fmt.Fprintf(b, "  discovery error: %s %s %s\n", e.Type, e.DN, e.AttributeName)
	}
	if f := s.Filtered; f != (engine.DiscoveryCounters{}) {
		fmt.Fprintf(b, "  filtered: deletions=%d objects=%d\n", f.FilteredDeletions, f.FilteredObjects)
	}
	counters("staging", len(s.Staging), func(i int) string { return engine.StagingCounter(i).String() }, func(i int) uint64 { return s.Staging[i] })
	counters("inbound", len(s.Inbound), func(i int) string { return engine.InboundCounter(i).String() }, func(i int) uint64 { return s.Inbound[i] })
	for _, o := range s.Outbound {
		counters("outbound "+o.Name, len(o.Counters), func(i int) string { return engine.OutboundCounter(i).String() }, func(i int) uint64 { return o.Counters[i] })
	}
	counters("export", len(s.Export), func(i int) string { return engine.ExportCounter(i).String() }, func(i int) uint64 { return s.Export[i] })
	for _, e := range s.SyncErrors {
		fmt.Fprintf(b, "  error: %s %s step=%s retry=%d", e.Type, e.DN, e.Step.Name, e.RetryCount)
		if e.Step.DN != "" {
			fmt.Fprintf(b, " at=%s", e.Step.DN)
		}
		if e.Rules != nil {
			fmt.Fprintf(b, " dest=%s", e.Rules.Destination)
		}
		if e.Extension != nil && e.Extension.CallSite != "" {
			fmt.Fprintf(b, " site=%s(%s,%s)", e.Extension.CallSite, e.Extension.Name, e.Extension.Context)
		}
		if e.Change != nil {
			fmt.Fprintf(b, " delta=%s", deltaText(&e.Change.Delta))
		}
		b.WriteByte('\n')
	}
	for _, e := range s.RetryErrors {
		fmt.Fprintf(b, "  retry error: %s %s step=%s\n", e.Type, e.DisplayName, e.Step.Name)
	}
	for _, e := range s.ExportErrors {
		fmt.Fprintf(b, "  export error: %s %s retry=%d\n", e.Type, e.DN, e.RetryCount)
	}
}

func deltaText(d *engine.DeltaRecord) string {
	if d == nil {
		return ""
	}
	parts := []string{d.Operation}
	if d.NewDN != "" {
		parts = append(parts, "to="+d.NewDN)
	}
	for _, c := range d.Changes {
		for _, v := range c.Remove {
			parts = append(parts, fmt.Sprintf("%s-=%s", c.Attribute.Name, v.Text))
		}
		for _, v := range c.Add {
			parts = append(parts, fmt.Sprintf("%s+=%s", c.Attribute.Name, v.Text))
		}
	}
	return "{" + strings.Join(parts, " ") + "}"
}

func imageText(list []engine.AttributeRecord) string {
	var parts []string
	for _, a := range list {
		for _, v := range a.Values {
			parts = append(parts, a.Attribute.Name+"="+v.Text)
		}
	}
	return "[" + strings.Join(parts, " ") + "]"
}

// space prints a connector space, objects by DN.
func (w *world) space(agent string) string {
	var out []string
	for o := range w.engine.Objects(agent) {
		var b strings.Builder
		dn := o.DN
		if o.Transient {
			dn = "(transient)"
		}
		fmt.Fprintf(&b, "%s", dn)
		switch {
		case o.Placeholder:
			b.WriteString(" placeholder")
		case o.Link != engine.GUID{}:
			fmt.Fprintf(&b, " %s connector", o.Type)
		default:
			fmt.Fprintf(&b, " %s disconnector", o.Type)
		}
		if o.State != "normal" {
			b.WriteString(" " + o.State)
		}
		if len(o.Anchor) > 0 {
			fmt.Fprintf(&b, " @%s", o.Anchor)
		}
		if o.HasSynced {
			b.WriteString(" synced" + imageText(o.Synced))
		}
		if o.PendingImport != "none" {
			b.WriteString(" import:" + o.PendingImport)
			if len(o.Import) > 0 {
				b.WriteString(imageText(o.Import))
			}
		}
		if o.Unconfirmed != nil {
			b.WriteString(" unconfirmed" + deltaText(o.Unconfirmed))
		}
		if o.Unapplied != nil {
			b.WriteString(" export" + deltaText(o.Unapplied))
		}
		if o.ImportError != nil {
			fmt.Fprintf(&b, " error:%s/%d", o.ImportError.Type, o.ImportError.Retries)
		}
		if o.RefRetry {
			b.WriteString(" ref-retry")
		}
		if o.RenameRetry {
			b.WriteString(" rename-retry")
		}
		out = append(out, b.String()+"\n")
	}
	slices.Sort(out)
	return strings.Join(out, "")
}

// metaverse prints the metaverse in the order of making. References show the
// number of their target.
func (w *world) metaverse() string {
	numbers := map[string]string{}
	names := map[engine.GUID]string{}
	for _, a := range w.setup.Agents {
		for o := range w.engine.Objects(a.Name) {
			names[o.ID] = a.Name + ":" + o.DN
		}
	}
	for o := range w.engine.Metaverse() {
		numbers[o.ID.String()] = fmt.Sprintf("#%d", len(numbers)+1)
	}
	var b strings.Builder
	for o := range w.engine.Metaverse() {
		fmt.Fprintf(&b, "%s %s", numbers[o.ID.String()], o.Type)
		for _, v := range o.Values {
			text := v.Text
			if n := numbers[text]; n != "" {
				text = n
			}
			fmt.Fprintf(&b, " %s=%s(%s)", v.Attribute, text, v.Agent)
		}
		b.WriteString(" <-")
		for _, c := range o.Connectors {
			b.WriteString(" " + names[c])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// trace prints the events of the last run whose kind starts with a name.
func (w *world) trace(d *datadriven.TestData) string {
	var b strings.Builder
	for _, ev := range w.events {
		if !strings.HasPrefix(string(ev.Kind), d.CmdArgs[0].Key) {
			continue
		}
		fmt.Fprintf(&b, "%s %s", ev.Kind, ev.Object.DN)
		for _, p := range [][2]string{{"target", ev.Target.DN}, {"at", ev.Target.Agent}, {"rule", ev.Rule}, {"status", ev.Status}, {"detail", ev.Detail},
			{"resolution", ev.Resolution}, {"mapping", ev.Mapping}, {"sources", strings.Join(ev.Sources, ",")}, {"attribute", ev.Attribute},
			{"operator", ev.Operator}, {"value", strings.Join(ev.Value, ",")}, {"compared", ev.Compared},
			{"initial", strings.Join(ev.Initial, ",")}, {"final", strings.Join(ev.Final, ",")}, {"block", ev.Block}, {"counter", ev.Counter}} {
			if p[1] != "" {
				fmt.Fprintf(&b, " %s=%q", p[0], p[1])
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}
