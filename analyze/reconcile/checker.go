package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runhist/runhist/validate/archive"
	"github.com/runhist/runhist/validate/finding"
)

// checker runs the checks and gathers what they find.
type checker struct {
	*ledger
	options *Options
	missing archive.Spans
	list    []Check
	check   *Check // whose turn it is
	found   []Finding
	counts  map[string]int // by id
	cut     int
}

func (c *checker) severity(id string, own finding.Severity) finding.Severity {
	if s, ok := c.options.Severity[id]; ok {
		return s
	}
	return own
}

// report adds a finding about a run, and a step of it where that is not nil.
func (c *checker) report(r *run, s *step, key string, format string, args ...any) *Finding {
	return c.reportAs(c.check.ID, c.check.Severity, r, s, key, format, args...)
}

func (c *checker) reportAs(id string, severity finding.Severity, r *run, s *step, key string, format string, args ...any) *Finding {
	k := c.check
	if k.ID != id {
		k = &c.list[slices.IndexFunc(c.list, func(k Check) bool { return k.ID == id })]
	}
	f := Finding{Certainty: k.Certainty, Agent: c.texts[c.agents[r.agent].name], Profile: c.texts[r.profile], Number: r.number, At: max(r.start, 0),
		Finding: finding.Finding{File: c.files[r.file], Line: r.line, Column: 1, Path: c.texts[r.path], Rule: id,
			Severity: c.severity(id, severity), Message: fmt.Sprintf(format, args...)}}
	f.Key = id + "|" + c.agentKey(r.agent) + "|" + key
	if s != nil {
		f.Line, f.Path = s.line, fmt.Sprintf("%s/step-details[%d]", f.Path, s.index)
	}
	if f.Severity == finding.Off {
		return &f
	}
	return c.add(f)
}

// add keeps a finding, unless there are enough of its id.
func (c *checker) add(f Finding) *Finding {
	if c.counts[f.Rule]++; c.counts[f.Rule] > c.most() {
		c.cut++
		return &f
	}
	c.found = append(c.found, f)
	return &c.found[len(c.found)-1]
}

func (c *checker) most() int {
	if c.options.MaxFindings > 0 {
		return c.options.MaxFindings
	}
	return 1000
}

// agentKey names an agent for as long as it exists.
func (c *checker) agentKey(i uint32) string {
	a := &c.agents[i]
	if a.known {
		return a.id.String()
	}
	return c.texts[a.name]
}

// fromRules takes the findings of the rules that compare runs, and those that
// say that a document could not be read. Where the numbers of an agent begin
// anew, that they fall is told by a check of ours; a copy of a run is left out,
// and no more than an info.
func (c *checker) fromRules(found []finding.Finding) {
	certainty := map[string]Certainty{}
	for _, k := range Checks() {
		certainty[k.ID] = k.Certainty
	}
	runs := c.places(len(found) > 0)
	for i := range found {
		f := Finding{Finding: found[i], Certainty: certainty[found[i].Rule]}
		if f.Certainty == 0 {
			f.Certainty = Certain // of the reader: the bytes are what they are
		}
		if index, ok := runs[place{f.File, runPath(f.Path)}]; ok {
			r := &c.runs[index]
			a := &c.agents[r.agent]
			if f.Rule == "C106" || f.Rule == "C139" || f.Rule == "C140" {
				if len(a.restarts) > 0 {
					continue
				}
				// Histories that were saved one after the other overlap.
				if _, set := c.options.Severity[f.Rule]; r.twin && !set {
					f.Severity = min(f.Severity, finding.Info)
				}
			}
			f.Agent, f.Profile, f.Number, f.At = c.texts[a.name], c.texts[r.profile], r.number, max(r.start, 0)
		}
		f.Key = f.Rule + "|" + f.File + "|" + f.Path
		c.found = append(c.found, f)
	}
}

// place is where a run stands.
type place struct{ file, path string }

// places finds runs by their places.
func (c *checker) places(wanted bool) map[place]uint32 {
	if !wanted {
		return nil
	}
	all := map[place]uint32{}
	for i := range c.runs {
		r := &c.runs[i]
		all[place{c.files[r.file], c.texts[r.path]}] = uint32(i)
	}
	return all
}

// runPath is the path of the run that a path leads into.
func runPath(path string) string {
	const name = "/run-details["
	i := strings.Index(path, name)
	if i < 0 {
		return path
	}
	end := strings.IndexByte(path[i:], ']')
	return path[:i+end+1]
}
