package simulation

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/config"
	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/report/terminal"
)

// WriteCheck tells what was understood of a configuration, what the engine does
// not execute, what was kept unread, and which scripted rules no script carries
// out.
func WriteCheck(w io.Writer, r *config.Report) error {
	p := &printer{out: bufio.NewWriter(w)}
	for i := range r.Agents {
		p.agent(&r.Agents[i])
	}
	p.metaverse(r.Metaverse)
	p.list("Not executed", len(r.NotExecuted), func(i int) string {
		x := &r.NotExecuted[i]
		return fmt.Sprintf("%s: %s%s: %s", place(x.File, x.Place), prefix(x.Agent), x.What, x.Reason)
	})
	p.list("Scripted rules without a script", len(r.Unbound), func(i int) string {
		x := &r.Unbound[i]
		text := fmt.Sprintf("%s: %s%s", place(x.File, x.Place), prefix(x.Agent), x.CallSite)
		if x.Context != "" {
			text += ", context " + x.Context
		}
		if x.Assembly == "" {
			return text + ": no assembly is configured"
		}
		return text + ": " + x.Assembly
	})
	p.list("Agents that the metaverse names and no file has", len(r.Missing), func(i int) string {
		return fmt.Sprintf("%s: %s", place(r.Missing[i].File, r.Missing[i].Place), r.Missing[i].ID)
	})
	p.list("Kept unread", len(r.Kept), func(i int) string {
		return fmt.Sprintf("%s: %s: %s", place(r.Kept[i].File, r.Kept[i].Place), r.Kept[i].Path, r.Kept[i].Reason)
	})
	p.list("Warnings", len(r.Warnings), func(i int) string { return r.Warnings[i].String() })
	p.line("%d management agents; %d scripted rules have a script, %d have none; %d warnings", len(r.Agents), r.Bound, len(r.Unbound), len(r.Warnings))
	return p.out.Flush()
}

type printer struct{ out *bufio.Writer }

func (p *printer) line(format string, args ...any) {
	fmt.Fprintln(p.out, terminal.Clean(fmt.Sprintf(format, args...)))
}

func (p *printer) list(title string, n int, item func(int) string) {
	if n == 0 {
		return
	}
	p.line("%s:", title)
	for i := range n {
		p.line("  %s", item(i))
	}
	p.line("")
}

func place(file string, at config.Place) string {
	return fmt.Sprintf("%s:%d:%d", file, at.Line, at.Column)
}

func prefix(agent string) string {
	if agent == "" {
		return ""
	}
	return agent + ": "
}

func (p *printer) agent(a *config.AgentReport) {
	assumed := ""
	if a.Assumed {
		assumed = " (assumed: no source tells for this category)"
	}
	p.line("%s, %s (%s)", a.Name, a.Category, a.File)
	p.line("  object types     %s", none(strings.Join(a.Types, ", ")))
	p.line("  attributes       %d, of which %d are staged and exported", a.Attributes, a.Included)
	if len(a.Anchor) > 0 {
		p.line("  anchor           %s", strings.Join(a.Anchor, " and "))
	}
	for _, x := range a.Partitions {
		selected := "selected"
		if !x.Selected {
			selected = "not selected"
		}
		p.line("  partition        %s: %s; types %s; containers %s", x.Name, selected, every(x.Types), containers(&x))
	}
	for _, x := range a.Profiles {
		p.line("  run profile      %s: %s", x.Name, none(strings.Join(x.Steps, "; ")))
	}
	p.line("  rules            %d filter sets, %d join criteria, %d projections, %d import flows, %d export flows", a.Filters, a.Joins, a.Projections, a.ImportFlows, a.ExportFlows)
	p.line("  deprovisioning   %s; recall %s", a.Deprovisioning, onOff(a.Recall))
	if a.Extension != "" {
		p.line("  rules extension  %s", a.Extension)
	}
	p.line("  capabilities     %s%s", capabilities(&a.Capabilities), assumed)
	p.line("")
}

// every lists what is selected, where nothing listed means everything.
func every(names []string) string {
	if len(names) == 0 {
		return "all"
	}
	return strings.Join(names, ", ")
}

// containers says which part of a partition is in scope. A partition may name
// hundreds of containers: the first few are told.
func containers(x *config.PartitionReport) string {
	list := func(names []string) string {
		const most = 3
		if rest := len(names) - most; rest > 0 {
			return fmt.Sprintf("%s and %d more", strings.Join(names[:most], "; "), rest)
		}
		return strings.Join(names, "; ")
	}
	text := list(x.Inclusions)
	if len(x.Inclusions) == 0 || slices.Contains(x.Inclusions, "") {
		text = "all"
	}
	if len(x.Exclusions) > 0 {
		text += ", without " + list(x.Exclusions)
	}
	return text
}

func (p *printer) metaverse(m *config.MetaverseReport) {
	if m == nil {
		p.line("No file has a metaverse.")
		p.line("")
		return
	}
	p.line("Metaverse (%s)", m.File)
	p.line("  object types     %s", none(strings.Join(m.Types, ", ")))
	p.line("  attributes       %d", m.Attributes)
	p.line("  rules            %d import flows, %d deletion rules, provisioning %s", m.ImportFlows, m.DeletionRules, m.Provisioning)
	if m.Extension != "" {
		p.line("  rules extension  %s", m.Extension)
	}
	p.line("")
}

func none(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// capabilities writes what an agent can do, in the words of scenarios.
func capabilities(c *engine.Capabilities) string {
	parts := []string{
		"dnStyle " + [...]string{"none", "generic", "ldap"}[c.DNStyle],
		"exportType " + [...]string{"AttributeUpdate", "AttributeReplace", "ObjectReplace", "MultivaluedReferenceAttributeUpdate"}[c.ExportType],
		"confirmation " + [...]string{"Normal", "NoDeleteConfirmation", "NoAddAndDeleteConfirmation"}[c.Confirmation],
	}
	for _, flag := range []struct {
		name string
		on   bool
	}{
		{"deltaImport", c.DeltaImport}, {"rename", c.Rename}, {"fullObject", c.FullObject}, {"dnAsAnchor", c.DNAsAnchor},
		{"immediateConfirmation", c.ImmediateConfirmation}, {"deleteAddAsReplace", c.DeleteAddAsReplace}, {"fullExport", c.FullExport},
		{"uppercase", c.Uppercase}, {"removeAccents", c.RemoveAccents},
	} {
		if flag.on {
			parts = append(parts, flag.name)
		}
	}
	if c.NoReferencesInFirstExport {
		parts = append(parts, "no references in the first export pass")
	}
	if c.PasswordInSecondExport {
		parts = append(parts, "no password in the first export pass")
	}
	return strings.Join(parts, ", ")
}
