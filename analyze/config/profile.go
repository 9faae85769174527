package config

import (
	"strconv"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/schemas/wording"
)

// profiles reads ma-run-data.
func (d *decoder) profiles(e *Element, a *Agent) {
	d.list(e, "run-configuration", func(c *Element) { d.profile(c, a) })
}

func (d *decoder) profile(e *Element, a *Agent) {
	var p engine.Profile
	id := ""
	var steps []*Element
	d.read(e, shape{children: map[string]child{
		"id": d.into(&id), "name": d.into(&p.Name),
		"creation-time": skip, "version": skip, "last-modification-time": skip,
		"configuration": one(func(c *Element) { d.list(c, "step", func(s *Element) { steps = append(steps, s) }) }),
	}})
	d.required(e, "name", p.Name)
	switch {
	case id != "":
		p.ID = d.guid("<id>", id, e.Place)
	case d.short:
		p.ID = made("run profile", a.Name, p.Name)
	default:
		d.required(e, "id", id)
	}
	d.once(e.Place, "run profile "+p.Name+" of "+a.Name)
	for _, s := range steps {
		p.Steps = append(p.Steps, d.step(s, a))
	}
	if len(p.Steps) == 0 {
		d.warn(e.Place, "the run profile %s of %s has no steps: it ends in no-start-no-steps-in-profile", p.Name, a.Name)
	}
	a.Profiles = append(a.Profiles, p)
}

// stepTypes are the values of step-type/@type.
func stepTypes() []string {
	return []string{"full-import", "delta-import", "export", "apply-rules", "full-import-reevaluate-rules"}
}

// step reads one step of a run profile.
func (d *decoder) step(e *Element, a *Agent) engine.Step {
	var s engine.Step
	var typeElement *Element
	partition, at := "", e.Place
	d.read(e, shape{children: map[string]child{
		"step-type":     one(func(c *Element) { typeElement = c }),
		"dropfile-name": d.into(&s.Description.DropFile),
		"threshold":     one(func(c *Element) { d.threshold(c, &s) }),
		"partition":     one(func(c *Element) { partition, at = d.word(c), c.Place }),
		"custom-data":   one(func(c *Element) { d.customData(c, &s) }),
	}})
	if typeElement == nil {
		d.problem(e.Place, "<step> has no step-type")
	} else {
		d.stepType(typeElement, &s)
	}
	s.Partition, s.Description.Partition = d.partitionOf(a, partition, at)
	return s
}

// stepType reads the type and the subtypes, which stand in one element each, or
// several in one, separated by commas.
func (d *decoder) stepType(e *Element, s *engine.Step) {
	var found []string
	subtypes := map[string]string{} // by the element they stand in
	collect := many(func(c *Element) {
		for word := range strings.SplitSeq(d.text(c), ",") {
			if word = strings.TrimSpace(word); word != "" {
				subtypes[word] = c.Name
				found = append(found, word)
			}
		}
	})
	d.read(e, shape{
		attrs:    map[string]func(Attr){"type": func(v Attr) { s.Description.Type = strings.TrimSpace(v.Value) }},
		children: map[string]child{"import-subtype": collect, "export-subtype": collect, "apply-rules-subtype": collect},
		text:     func(text string) { s.Description.Type = text },
	})
	s.Description.Subtypes = found
	if d.choice("step type", s.Description.Type, e.Place, stepTypes()...) < 0 {
		return
	}
	element, known := "import-subtype", []string{"to-cs", "to-file", "resume-from-file"}
	switch s.Description.Type {
	case "export":
		element, known = "export-subtype", known[1:]
	case "full-import-reevaluate-rules":
		known = known[1:]
	case "apply-rules":
		element, known = "apply-rules-subtype", []string{"apply-pending", "reevaluate-flow-connectors", "reevaluate-join-flow-all"}
	}
	for _, word := range found {
		if subtypes[word] != element {
			d.problem(e.Place, "a step of type %s has the <%s> %q: its subtypes stand in <%s>", s.Description.Type, subtypes[word], wording.Clip(word), element)
			return
		}
		if d.choice(element+" of a step of type "+s.Description.Type, word, e.Place, known...) < 0 {
			return
		}
	}
	if s.Description.Type == "apply-rules" && len(found) != 1 {
		d.problem(e.Place, "a step of type apply-rules has %d subtypes: one is wanted", len(found))
		return
	}
	_, toCS := subtypes["to-cs"]
	_, s.ToFile = subtypes["to-file"]
	_, s.ResumeFromFile = subtypes["resume-from-file"]
	s.Kind = stepKind(s.Description.Type, found, toCS || s.ToFile && !s.ResumeFromFile)
	if toCS && s.ToFile { // only a to-file that stands alone stops before staging (SE-R2)
		s.ResumeFromFile = true
	}
}

// stepKind is what a step does (SE-R2). An import that stages only, or that
// stops at its drop file, applies no rules.
func stepKind(stepType string, subtypes []string, stageOnly bool) engine.StepKind {
	switch {
	case stepType == "full-import" && stageOnly:
		return engine.FullImport
	case stepType == "full-import":
		return engine.FullImportDeltaSync
	case stepType == "delta-import" && stageOnly:
		return engine.DeltaImport
	case stepType == "delta-import":
		return engine.DeltaImportDeltaSync
	case stepType == "export":
		return engine.Export
	case stepType == "full-import-reevaluate-rules":
		return engine.FullImportFullSync
	case subtypes[0] == "apply-pending":
		return engine.DeltaSync
	case subtypes[0] == "reevaluate-flow-connectors":
		return engine.FullSync
	}
	return engine.FullSyncAll
}

// threshold reads the limits of a step: children, or the object limit as text.
func (d *decoder) threshold(e *Element, s *engine.Step) {
	if len(e.Children) == 0 {
		if strings.TrimSpace(e.Text) != "" {
			d.number(e, &s.ObjectLimit)
		}
		return
	}
	d.read(e, shape{children: map[string]child{
		"object": one(func(c *Element) { d.number(c, &s.ObjectLimit) }),
		"delete": one(func(c *Element) { d.number(c, &s.DeleteLimit) }),
		"batch-size": one(func(c *Element) {
			n := 0
			d.number(c, &n) // says nothing that the engine needs (SE-K29), and is echoed
			s.Description.BatchSize = strings.TrimSpace(c.Text)
		}),
	}})
}

// customData keeps what a history repeats of a step, and reads the few things
// in it that the engine uses.
func (d *decoder) customData(e *Element, s *engine.Step) {
	if !e.empty() || len(e.Children) > 0 {
		s.Description.CustomData = e.inner()
	}
	if file := e.find("run-config", "input-file"); file != nil {
		s.Description.InputFile = strings.TrimSpace(file.Text)
	}
	for _, c := range e.Children {
		if !strings.HasSuffix(c.Name, "-step-data") {
			continue
		}
		if n := c.child("batch-size"); n != nil && strings.TrimSpace(n.Text) != "" {
			size, err := strconv.Atoi(strings.TrimSpace(n.Text))
			if err != nil || size < 0 || size > 1<<31-1 {
				d.problem(n.Place, "<batch-size> is %q, which is no number from 0 to 2147483647", wording.Clip(n.Text))
				continue
			}
			s.BatchSize = size
		}
	}
}
