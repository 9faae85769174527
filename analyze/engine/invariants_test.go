package engine

import "fmt"

// CheckInvariants looks for broken promises of the state (SE section 10.7): it
// is for tests, and goes over everything.
func (e *Engine) CheckInvariants() error {
	for i := range e.spaces {
		a := e.agents[i]
		for _, id := range e.spaces[i].objects {
			if err := e.checkObject(a, id); err != nil {
				return fmt.Errorf("%s, object %d: %w", a.cfg.Name, id, err)
			}
		}
	}
	for id := mvID(1); id <= mvID(e.mv.n); id++ {
		if o := e.meta(id); o.flags&mvLive != 0 {
			if err := e.checkMeta(id, o); err != nil {
				return fmt.Errorf("metaverse object %d: %w", id, err)
			}
		}
	}
	return nil
}

func (e *Engine) checkObject(a *agent, id csID) error {
	o := e.object(id)
	if !o.is(flagLive) {
		return nil
	}
	sp := &e.spaces[a.index]
	if sp.byName[nameKey(o.parent, o.rdnKey)] != id {
		return fmt.Errorf("%s is not found by its name", e.dnOf(id))
	}
	steps := 0
	for up := o.parent; up != 0; up = e.object(up).parent {
		if steps++; steps > 100 {
			return fmt.Errorf("object %d lies under itself", id)
		}
	}
	children := uint32(0)
	for _, c := range sp.objects {
		if x := e.object(c); x.is(flagLive) && x.parent == id {
			children++
		}
	}
	if children != o.children {
		return fmt.Errorf("%s has %d children, and counts %d", e.dnOf(id), children, o.children)
	}
	if o.parent != 0 && !e.object(o.parent).is(flagLive) {
		return fmt.Errorf("%s lies under an object that is gone", e.dnOf(id))
	}
	if o.is(flagPlaceholder) {
		if o.mv != 0 || o.typ != 0 || o.export != nil || o.imported() {
			return fmt.Errorf("placeholder %s is more than a name", e.dnOf(id))
		}
		return nil
	}
	if o.typ == 0 {
		return fmt.Errorf("%s has no type", e.dnOf(id))
	}
	if o.mv != 0 && e.meta(o.mv).flags&mvLive == 0 {
		return fmt.Errorf("%s is linked to an object that is gone", e.dnOf(id))
	}
	for _, m := range [...]image{o.synced, o.pending} {
		for k, v := range m {
			if k > 0 && compareAV(m[k-1], v) >= 0 {
				return fmt.Errorf("%s has values out of order", e.dnOf(id))
			}
			if a.attrs[v.attr].kind == Reference && !e.object(csID(v.val)).is(flagLive) {
				return fmt.Errorf("%s refers to an object that is gone", e.dnOf(id))
			}
		}
	}
	if u := o.unapplied(); u != nil && u.op == opUpdate && len(u.changes) == 0 && !u.renames {
		return fmt.Errorf("%s has a pending export of nothing", e.dnOf(id))
	}
	if u := o.unapplied(); u != nil && o.mv == 0 && u.op != opDelete {
		return fmt.Errorf("disconnector %s has a pending export %s", e.dnOf(id), u.op)
	}
	if o.is(flagTransient) && o.unapplied() != nil && o.mv == 0 {
		return fmt.Errorf("transient %s has a pending export", e.dnOf(id))
	}
	return nil
}

func (e *Engine) checkMeta(id mvID, o *mvObject) error {
	if len(o.conns) == 0 {
		return fmt.Errorf("no connector")
	}
	for _, c := range o.conns {
		if e.object(c).mv != id {
			return fmt.Errorf("connector %s is linked elsewhere", e.dnOf(c))
		}
	}
	for _, v := range o.attrs {
		if e.mvAttrs[v.attr].kind == Reference && e.meta(mvID(v.val)).flags&mvLive == 0 {
			return fmt.Errorf("%s refers to an object that is gone", e.mvAttrs[v.attr].Name)
		}
		if v.cs != 0 && e.object(v.cs).mv != id {
			return fmt.Errorf("%s was contributed by a stranger", e.mvAttrs[v.attr].Name)
		}
	}
	return nil
}
