package engine

import (
	"fmt"
	"slices"
)

// csView is a connector space object as a scripted rule sees it.
type csView struct {
	e       *Engine
	id      csID
	image   image
	live    bool   // reads and writes the target state, in provisioning
	writes  bool   // may write attr
	attr    attrID // the destination of an export flow
	written bool
	values  image
}

func (e *Engine) readView(id csID, now image) *csView {
	return &csView{e: e, id: id, image: now}
}

func (e *Engine) writeView(id csID, work image, attr attrID) *csView {
	return &csView{e: e, id: id, image: work, writes: true, attr: attr}
}

func (v *csView) agent() *agent  { return v.e.agentOf(v.id) }
func (v *csView) MA() string     { return v.agent().cfg.Name }
func (v *csView) ID() GUID       { return v.e.guid(v.id) }
func (v *csView) DN() string     { return v.e.dnOf(v.id) }
func (v *csView) Anchor() []byte { return v.e.anchorOf(v.id) }

func (e *Engine) anchorOf(id csID) []byte {
	if o := e.object(id); o.anchor != 0 {
		return []byte(e.pool.text(o.anchor))
	}
	return nil
}

func (v *csView) Type() string {
	if t := v.e.typeOf(v.e.object(v.id)); t != nil {
		return t.Name
	}
	return ""
}

func (v *csView) Kind(attribute string) (AttributeKind, bool, bool) {
	attr, ok := v.agent().attrByName[fold(attribute)]
	if !ok {
		return 0, false, false
	}
	a := &v.agent().attrs[attr]
	return a.kind, a.multi, true
}

func (v *csView) Values(attribute string) []string {
	attr, ok := v.agent().attrByName[fold(attribute)]
	if !ok {
		return nil
	}
	switch {
	case v.live:
		return v.e.targetTexts(v.id, attr)
	case v.written && attr == v.attr:
		return v.e.texts(v.agent(), v.values)
	}
	return v.e.texts(v.agent(), v.image.of(attr))
}

func (v *csView) Set(attribute string, values []string) error {
	a := v.agent()
	attr, err := a.settable(attribute, values)
	if err != nil {
		return err
	}
	if !v.live && (!v.writes || attr != v.attr) {
		return fmt.Errorf("%s: this rule may not write it", attribute)
	}
	out := make([]av, 0, len(values))
	for _, text := range values {
		out = append(out, av{attr, v.e.attrValue(a, attr, text)})
	}
	set := normalize(out)
	if !v.live {
		v.values, v.written = set, true
		return nil
	}
	if u := v.e.object(v.id).unapplied(); v.e.object(v.id).mv == 0 || u == nil || u.op != opAdd && u.op != opDeleteAdd {
		return fmt.Errorf("%s: provisioning sets initial values of new connectors only", attribute)
	}
	v.e.setTarget(v.id, setAttribute(slices.Clone(v.e.target(v.id, 0)), attr, set))
	return nil
}

// settable finds an attribute that a rule sets, and checks that it can have
// the values.
func (a *agent) settable(attribute string, values []string) (attrID, error) {
	attr, ok := a.attrByName[fold(attribute)]
	if !ok {
		return 0, fmt.Errorf("%s: agent %s has no such attribute", attribute, a.cfg.Name)
	}
	of := &a.attrs[attr]
	if len(values) > 1 && !of.multi {
		return 0, fmt.Errorf("%s: %d values for a single-valued attribute", attribute, len(values))
	}
	for _, text := range values {
		if !of.skip && of.kind != String && of.kind != Reference && !convertible(text, of.kind) {
			return 0, fmt.Errorf("%s: %q is not of its type", attribute, text)
		}
	}
	return attr, nil
}

// mvView is a metaverse object as a scripted rule sees it.
type mvView struct {
	e       *Engine
	id      mvID
	syncer  *syncer // in provisioning
	writes  bool    // may write attr
	attr    attrID
	written bool
	values  []valueID
}

func (e *Engine) metaView(id mvID) *mvView { return &mvView{e: e, id: id} }

func (v *mvView) ID() GUID { return v.e.metaGUID(v.id) }

func (v *mvView) Type() string { return v.e.mvTypes[v.e.meta(v.id).typ-1].Name }

func (v *mvView) Kind(attribute string) (AttributeKind, bool, bool) {
	attr, ok := v.e.mvAttrByName[fold(attribute)]
	if !ok {
		return 0, false, false
	}
	a := &v.e.mvAttrs[attr]
	return a.kind, a.multi, true
}

func (v *mvView) Values(attribute string) []string {
	attr, ok := v.e.mvAttrByName[fold(attribute)]
	if !ok {
		return nil
	}
	if v.written && attr == v.attr {
		var out []string
		for _, id := range v.values {
			out = append(out, v.e.pool.text(id))
		}
		slices.Sort(out)
		return out
	}
	return v.e.metaTexts(v.id, attr)
}

func (v *mvView) Set(attribute string, values []string) error {
	attr, ok := v.e.mvAttrByName[fold(attribute)]
	a := &attribute
	switch {
	case !ok:
		return fmt.Errorf("%s: the metaverse has no such attribute", *a)
	case !v.writes || attr != v.attr:
		return fmt.Errorf("%s: this rule may not write it", *a)
	case v.e.mvAttrs[attr].kind == Reference:
		return fmt.Errorf("%s: references cannot be set", *a)
	case len(values) > 1 && !v.e.mvAttrs[attr].multi:
		return fmt.Errorf("%s: %d values for a single-valued attribute", *a, len(values))
	}
	v.values, v.written = v.values[:0], true
	for _, text := range values {
		if kind := v.e.mvAttrs[attr].kind; kind != String && !convertible(text, kind) {
			return fmt.Errorf("%s: %q is not of its type", *a, text)
		}
		v.values = append(v.values, v.e.pool.id(text))
	}
	return nil
}

func (v *mvView) HasAgent(name string) bool { return v.e.agentByName[fold(name)] != nil }

func (v *mvView) Connectors(agent string) []Connector {
	a := v.e.agentByName[fold(agent)]
	if a == nil {
		return nil
	}
	var ids []csID
	for _, c := range v.e.meta(v.id).conns {
		if v.e.object(c).agent == a.index {
			ids = append(ids, c)
		}
	}
	var out []Connector
	for _, c := range v.e.byDN(ids) {
		out = append(out, &connectorView{csView: csView{e: v.e, id: c, live: true}, syncer: v.syncer})
	}
	return out
}

func (v *mvView) NewConnector(agent, objectType, dn string, initial []Attr) (Connector, error) {
	a := v.e.agentByName[fold(agent)]
	switch {
	case v.syncer == nil:
		return nil, fmt.Errorf("new connector in %s: only provisioning may add connectors", agent)
	case a == nil:
		return nil, fmt.Errorf("new connector: no management agent %s", agent)
	case v.e.meta(v.id).flags&mvLive == 0:
		return nil, fmt.Errorf("new connector in %s: the metaverse object is gone", agent)
	case a.typeByName[fold(objectType)] == 0:
		return nil, fmt.Errorf("new connector in %s: no object type %q", agent, objectType)
	}
	if dn == "" {
		if dn = a.dnFrom(objectType, initial); dn == "" {
			return nil, fmt.Errorf("new connector in %s: no DN, and no initial values that make one", agent)
		}
	}
	for i := range initial {
		if _, err := a.settable(initial[i].Name, initial[i].Values); err != nil {
			return nil, fmt.Errorf("new connector %s: initial: %w", dn, err)
		}
	}
	id, status := v.syncer.add(v.id, a, objectType, dn, initial)
	if status != provisionApplied {
		return nil, &ProvisionError{status, a.cfg.Name, dn}
	}
	return &connectorView{csView: csView{e: v.e, id: id, live: true}, syncer: v.syncer}, nil
}

// connectorView is a connector in provisioning.
type connectorView struct {
	csView
	syncer *syncer
	was    string // its DN when it was deprovisioned, which may have removed it
}

// DN is the name that the connector is to have: a rename that awaits its export
// or confirmation included.
func (v *connectorView) DN() string { return v.e.targetDN(v.id) }

func (v *connectorView) Rename(dn string) error {
	if v.syncer == nil || v.e.object(v.id).mv == 0 {
		return fmt.Errorf("rename %s: only provisioning may rename, and only connectors", v.DN())
	}
	if status := v.syncer.move(v.id, dn); status != provisionApplied && status != provisionUnchanged {
		return &ProvisionError{status, v.MA(), dn}
	}
	return nil
}

func (v *connectorView) Deprovision() error {
	if v.syncer == nil {
		return fmt.Errorf("deprovision %s: only provisioning may", v.DN())
	}
	if v.was == "" {
		v.was = v.DN()
	}
	if status := v.syncer.letGo(v.id); status != provisionApplied {
		return &ProvisionError{status, v.MA(), v.was}
	}
	return nil
}
