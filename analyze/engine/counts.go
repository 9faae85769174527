package engine

import (
	"cmp"
	"slices"
)

// Counts are what the counting methods of an agent answer (SE-N7).
type Counts struct {
	Connectors, ExplicitConnectors, TotalConnectors                                              int
	Disconnectors, ExplicitDisconnectors, FilteredDisconnectors, TotalDisconnectors              int
	PlaceHolders, CSObjects                                                                      int
	ImportAdd, ImportUpdate, ImportDelete, ImportNoChange, ExportAdd, ExportUpdate, ExportDelete int
}

// Counts counts the connector space of an agent.
func (e *Engine) Counts(agent string) Counts {
	var c Counts
	a := e.agentByName[fold(agent)]
	if a == nil {
		return c
	}
	for _, id := range e.spaces[a.index].objects {
		o := e.object(id)
		switch {
		case !o.is(flagLive):
		case o.is(flagPlaceholder):
			c.PlaceHolders++
		default:
			c.link(o)
			c.imports(o, e.sw.importAddPending)
			c.exports(o)
		}
	}
	c.TotalConnectors = c.Connectors + c.ExplicitConnectors
	c.TotalDisconnectors = c.Disconnectors + c.ExplicitDisconnectors + c.FilteredDisconnectors
	c.CSObjects = c.TotalConnectors + c.TotalDisconnectors + c.PlaceHolders
	return c
}

func (c *Counts) link(o *csObject) {
	switch {
	case o.mv != 0 && o.state == stateExplicit:
		c.ExplicitConnectors++
	case o.mv != 0:
		c.Connectors++
	case o.state == stateExplicit:
		c.ExplicitDisconnectors++
	case o.state == stateFiltered:
		c.FilteredDisconnectors++
	default:
		c.Disconnectors++
	}
}

func (c *Counts) imports(o *csObject, pendingAdd bool) {
	switch {
	case o.mv == 0:
		if o.state == stateNormal && !o.pendingOp.deletes() && (!pendingAdd || o.pendingOp == opAdd) {
			c.ImportAdd++
		}
	case o.pendingOp == opNone:
		c.ImportNoChange++
	case o.pendingOp.deletes():
		c.ImportDelete++
	default:
		c.ImportUpdate++
	}
}

func (c *Counts) exports(o *csObject) {
	u := o.unapplied()
	if u == nil || o.is(flagTransient) {
		return
	}
	switch u.op {
	case opAdd:
		c.ExportAdd++
	case opUpdate:
		c.ExportUpdate++
	case opDelete, opDeleteAdd:
		c.ExportDelete++
	}
}

func sortMetaverseValues(list []MetaverseValue, order map[string]attrID) {
	slices.SortFunc(list, func(a, b MetaverseValue) int {
		return cmp.Or(cmp.Compare(order[fold(a.Attribute)], order[fold(b.Attribute)]), cmp.Compare(a.Text, b.Text), cmp.Compare(a.Agent, b.Agent))
	})
}
