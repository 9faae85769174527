package engine

// rules resolves the rules of one agent.
func (c *compiler) rules(a *agent) {
	c.e.scripted = c.e.scripted || a.cfg.Deprovisioning.Scripted
	for i := range a.cfg.Filters {
		c.filterSet(a, &a.cfg.Filters[i])
	}
	for i := range a.cfg.Joins {
		c.criterion(a, &a.cfg.Joins[i])
	}
	for _, p := range a.cfg.Projections {
		if !p.Scripted && !p.SyncRule {
			c.mvType(p.MVType, "projection "+p.ID)
		}
		if t := c.csType(a, p.CSType, "projection "+p.ID); t != nil {
			t.projections = append(t.projections, p)
		}
		c.e.syncRules = c.e.syncRules || p.SyncRule
		c.e.scripted = c.e.scripted || p.Scripted
	}
	for i := range a.cfg.ExportFlows {
		c.exportFlows(a, &a.cfg.ExportFlows[i])
	}
}

func (c *compiler) csType(a *agent, name, where string) *csType {
	t := a.typeByName[fold(name)]
	if t == 0 {
		c.fail("agent %s, %s: no object type %q", a.cfg.Name, where, name)
		return nil
	}
	return &a.types[t-1]
}

func (c *compiler) filterSet(a *agent, cfg *FilterSet) {
	t := c.csType(a, cfg.Type, "connector filter "+cfg.ID)
	if t == nil {
		return
	}
	set := filterSet{cfg: cfg}
	c.e.scripted = c.e.scripted || cfg.Scripted
	for i := range cfg.Alternatives {
		alt := filterAlternative{id: cfg.Alternatives[i].ID}
		for k := range cfg.Alternatives[i].Conditions {
			cond := &cfg.Alternatives[i].Conditions[k]
			source := c.csSource(a, cond.Source, "connector filter "+alt.id)
			kind := String
			if source.intrinsic == noIntrinsic && c.err == nil {
				kind = a.attrs[source.attr].kind
			}
			alt.conditions = append(alt.conditions, filterCondition{cfg: cond, source: source, kind: kind, value: fold(cond.Value)})
		}
		set.alternatives = append(set.alternatives, alt)
	}
	t.filters = append(t.filters, set)
}

func (c *compiler) criterion(a *agent, cfg *JoinCriterion) {
	e := c.e
	if cfg.SyncRule {
		e.syncRules = true
		return
	}
	t := c.csType(a, cfg.CSType, "join criterion "+cfg.ID)
	if t == nil {
		return
	}
	crit := criterion{cfg: cfg}
	c.e.scripted = c.e.scripted || cfg.Resolve
	if cfg.MVType != "" {
		crit.mvType = c.mvType(cfg.MVType, "join criterion "+cfg.ID)
	}
	for i := range cfg.Mappings {
		m := &cfg.Mappings[i]
		target := c.mvSource(m.Attribute, "join criterion "+cfg.ID)
		if target.intrinsic == noIntrinsic && c.err == nil {
			e.mvAttrs[target.attr].joined = true
		}
		crit.mappings = append(crit.mappings, joinMapping{target, c.csMapping(a, &m.Mapping, "join criterion "+cfg.ID)})
	}
	t.criteria = append(t.criteria, crit)
}

func (c *compiler) exportFlows(a *agent, cfg *ExportFlowSet) {
	t := c.csType(a, cfg.CSType, "export flows")
	mt := c.mvType(cfg.MVType, "export flows of agent "+a.cfg.Name)
	if t == nil || mt == 0 {
		return
	}
	for i := range cfg.Flows {
		f := &cfg.Flows[i]
		if f.Mapping.Kind == SyncRule {
			c.e.syncRules = true
			continue
		}
		attr, known := a.attrByName[fold(f.Attribute)]
		if !known {
			c.fail("agent %s, export flow %s: no attribute %q", a.cfg.Name, f.ID, f.Attribute)
			return
		}
		m := c.mapping(&f.Mapping, func(s SourceAttribute) sourceRef { return c.mvSource(s, "export flow "+f.ID) })
		for _, s := range m.sources {
			m.refers = m.refers || s.intrinsic == noIntrinsic && c.err == nil && c.e.mvAttrs[s.attr].kind == Reference
		}
		t.exports[mt] = append(t.exports[mt], exportFlow{f, attr, m})
	}
}

// csMapping resolves a mapping that reads a connector space object.
func (c *compiler) csMapping(a *agent, cfg *Mapping, where string) mapping {
	m := c.mapping(cfg, func(s SourceAttribute) sourceRef { return c.csSource(a, s, where) })
	if c.err != nil {
		return m
	}
	for _, s := range m.sources {
		m.refers = m.refers || s.intrinsic == noIntrinsic && a.attrs[s.attr].kind == Reference
	}
	return m
}

func (c *compiler) mapping(cfg *Mapping, resolve func(SourceAttribute) sourceRef) mapping {
	m := mapping{cfg: cfg, kind: cfg.Kind}
	c.e.scripted = c.e.scripted || cfg.Kind == Scripted
	switch cfg.Kind {
	case SyncRule:
		c.e.syncRules = true
		return m
	case Constant:
		m.value = c.e.pool.id(cfg.Value)
	case Direct:
		if len(cfg.Sources) != 1 {
			c.fail("a direct mapping has %d sources", len(cfg.Sources))
		}
	case DNPart:
		if cfg.Part < 1 {
			c.fail("dn-part %d: parts count from 1", cfg.Part)
		}
		m.sources = []sourceRef{{intrinsic: intrinsicDN}}
		return m
	}
	for _, s := range cfg.Sources {
		m.sources = append(m.sources, resolve(s))
	}
	return m
}

func (c *compiler) csSource(a *agent, s SourceAttribute, where string) sourceRef {
	if attr, ok := a.attrByName[fold(s.Name)]; ok && !s.Intrinsic {
		return sourceRef{attr: attr}
	}
	if fold(s.Name) == "DN" {
		return sourceRef{intrinsic: intrinsicDN}
	}
	c.fail("agent %s, %s: no attribute %q", a.cfg.Name, where, s.Name)
	return sourceRef{}
}

func (c *compiler) mvSource(s SourceAttribute, where string) sourceRef {
	if attr, ok := c.e.mvAttrByName[fold(s.Name)]; ok && !s.Intrinsic {
		return sourceRef{attr: attr}
	}
	if fold(s.Name) == "OBJECT-ID" {
		return sourceRef{intrinsic: intrinsicObjectID}
	}
	c.fail("%s: the metaverse has no attribute %q", where, s.Name)
	return sourceRef{}
}
