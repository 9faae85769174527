package record

import (
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
	rd "github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

func step(r *engine.StepRecord, p Profile) *rd.Step {
	s := rd.NewStep()
	s.Number, s.ID = number(r.Number), guid(r.Step.ID)
	s.Start, s.End = instant(r.Start), instant(r.End)
	result := Written(r.Result, p)
	if p == Server && result == engine.StoppedExportWrite && len(r.ExportErrors) > 0 {
		result = "stopped-entry-export-error" // an entry's error stopped it (SE-K55)
	}
	s.Result.Text = rd.NewText(string(result))
	if r.File != "" && namesFile(result) {
		s.Result.File = text(r.File)
	}
	s.Description = rd.Description{Block: present(), Root: description(&r.Step)}
	connection(s, &r.Connection)
	if n := r.Filtered.FilteredDeletions; n > 0 {
		s.DiscoveryCounters.FilteredDeletions = rd.NewNumber(n)
	}
	if n := r.Filtered.FilteredObjects; n > 0 {
		s.DiscoveryCounters.FilteredObjects = rd.NewNumber(n)
	}
	for i := range r.Discovery {
		s.ObjectErrors = append(s.ObjectErrors, objectError(&r.Discovery[i], p))
	}
	for i := range r.SyncErrors {
		s.ImportErrors = append(s.ImportErrors, importError(&r.SyncErrors[i]))
	}
	if len(r.ExportErrors) > 0 {
		listed := exportErrorTypes(p)
		for i := range r.ExportErrors {
			s.ExportErrors = append(s.ExportErrors, exportError(&r.ExportErrors[i], p, listed))
		}
	}
	for i := range r.RetryErrors {
		s.RetryErrors = append(s.RetryErrors, retryError(&r.RetryErrors[i]))
	}
	counters(s, r, p)
	return s
}

// namesFile tells whether a result may name a file (R144).
func namesFile(r engine.StepResult) bool {
	return slices.Contains([]engine.StepResult{"completed-no-objects", "no-start-file-access-denied", "no-start-file-not-found", "no-start-file-open",
		"no-start-file-sharing-violation", "stopped-extension-dll-access", "stopped-extension-dll-ambiguous", "stopped-extension-dll-exception",
		"stopped-extension-dll-file-not-found", "stopped-extension-dll-instantiation", "stopped-extension-dll-invalid-assembly",
		"stopped-extension-dll-load", "stopped-extension-dll-missing-dependency", "stopped-extension-dll-no-implementation",
		"stopped-extension-dll-updated-version", "stopped-file-embedded-nulls", "stopped-disk-full"}, r)
}

// connection fills ma-connection (SE-K42): the result is that of the last
// incident, the server the last one that was connected to.
func connection(s *rd.Step, c *engine.Connection) {
	if len(c.Incidents) == 0 {
		return
	}
	s.Connection.Log = present()
	for _, i := range c.Incidents {
		incident := &rd.Incident{Step: s, Result: text(i.Result), Date: instant(i.Date), Error: cdError(i.Error)}
		if i.Server != "" {
			incident.Server = text(i.Server)
		}
		if (i.Result == "success" || i.Result == "warning-no-watermark") && i.Server != "" {
			s.Connection.Server = incident.Server
		}
		s.Connection.Result = incident.Result
		s.Incidents = append(s.Incidents, incident)
	}
}

// counters fills the counter blocks.
func counters(s *rd.Step, r *engine.StepRecord, p Profile) {
	names := rd.Vocabulary()
	for i, n := range r.Staging {
		s.Staging.Set(sym(names, engine.StagingCounter(i).String()), n)
	}
	for i, n := range r.Inbound {
		s.Inbound.Set(sym(names, engine.InboundCounter(i).String()), n)
	}
	for i, n := range r.Export {
		s.Export.Set(sym(names, engine.ExportCounter(i).String()), n)
	}
	for i := range r.Outbound {
		o := &r.Outbound[i]
		b := rd.NewCounterBlock(rd.Outbound)
		b.Step, b.MA, b.MAID = s, text(o.Name), guid(o.Agent)
		for k, n := range o.Counters {
			c := engine.OutboundCounter(k)
			if n > 0 && (p == Server || !deleteAdd(c)) {
				b.Set(sym(names, c.String()), n)
			}
		}
		if b.AnyAbove0() {
			s.Outbound = append(s.Outbound, b)
		}
	}
}

// deleteAdd tells the counters that [MS-UPSMODS] lacks.
func deleteAdd(c engine.OutboundCounter) bool {
	return c == engine.ProvisionedDeleteAddFlow || c == engine.ProvisionedDeleteAddNoFlow
}

// sym is the symbol of a name that the schema has.
func sym(names *source.Vocabulary, name string) source.Sym { return names.Sym([]byte(name)) }

// description writes the configured step as servers echo it: the partition by
// its name, an empty threshold left out.
func description(s *engine.Step) *rd.Any {
	d := &s.Description
	root := &rd.Any{Tag: "step-description"}
	kind := &rd.Any{Tag: "step-type", Attributes: []rd.AnyAttribute{{Name: "type", Value: d.Type}}}
	element := map[bool]string{true: "apply-rules-subtype", false: "import-subtype"}[d.Type == "apply-rules"]
	if d.Type == "export" {
		element = "export-subtype"
	}
	for _, sub := range d.Subtypes {
		add(kind, leaf(element, sub))
	}
	add(root, kind)
	threshold := &rd.Any{Tag: "threshold"}
	if s.ObjectLimit > 0 {
		add(threshold, leaf("object", strconv.Itoa(s.ObjectLimit)))
	}
	if d.BatchSize != "" {
		add(threshold, leaf("batch-size", d.BatchSize))
	}
	if s.DeleteLimit > 0 {
		add(threshold, leaf("delete", strconv.Itoa(s.DeleteLimit)))
	}
	if d.DropFile != "" {
		add(root, leaf("dropfile-name", d.DropFile))
	}
	if len(threshold.Children) > 0 {
		add(root, threshold)
	}
	if d.Partition != "" {
		add(root, leaf("partition", d.Partition))
	}
	custom := &rd.Any{Tag: "custom-data"}
	custom.Children = fragment(d.CustomData)
	add(root, custom)
	return root
}

func add(to, child *rd.Any) { to.Children = append(to.Children, rd.AnyChild{Element: child}) }

func leaf(tag, value string) *rd.Any {
	a := &rd.Any{Tag: tag}
	if value != "" {
		a.Children = []rd.AnyChild{{Text: text(value).Value}}
	}
	return a
}

// fragment reads the XML of custom-data, which analyze/config made out of a
// document that it had read: without prefixes and comments. What is no XML is
// kept as text.
func fragment(markup string) []rd.AnyChild {
	root := &rd.Any{}
	open := []*rd.Any{root}
	d := xml.NewDecoder(strings.NewReader("<x>" + markup + "</x>"))
	before := ""
	for {
		token, err := d.Token()
		if err == io.EOF {
			return root.Children[0].Element.Children
		}
		if err != nil {
			return []rd.AnyChild{{Text: text(markup).Value}}
		}
		top := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			e := &rd.Any{Tag: t.Name.Local}
			for _, a := range t.Attr {
				e.Attributes = append(e.Attributes, rd.AnyAttribute{Name: a.Name.Local, Value: a.Value})
			}
			top.Children = append(top.Children, rd.AnyChild{Text: before, Element: e})
			open, before = append(open, e), ""
		case xml.EndElement:
			if before != "" {
				top.Children = append(top.Children, rd.AnyChild{Text: before})
			}
			open, before = open[:len(open)-1], ""
		case xml.CharData:
			before += string(t)
		}
	}
}
