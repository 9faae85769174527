package config

import (
	"strconv"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/schemas/wording"
)

// partition reads a partition and its filter.
func (d *decoder) partition(e *Element, a *Agent) {
	p := Partition{Place: e.Place, Partition: engine.Partition{Selected: true}}
	id := ""
	d.read(e, shape{text: func(text string) { p.Name = text }, children: map[string]child{
		"id": d.into(&id), "name": d.into(&p.Name),
		"creation-time": skip, "last-modification-time": skip, "version": skip, "display-name": skip,
		"selected": one(func(c *Element) { p.Selected = d.truth("<selected>", d.text(c), c.Place) }),
		"filter":   one(func(c *Element) { d.partitionFilter(c, a, &p) }),
		"custom-data": one(func(c *Element) {
			p.CustomData = c
			d.keep(c, "ma-partition-data/partition/custom-data", "connection settings of the partition")
		}),
		"parameter-values": one(func(c *Element) {
			d.keep(c, "ma-partition-data/partition/parameter-values", "connection settings of the partition")
		}),
		"allowed-operations": one(func(c *Element) { p.AllowedOperations = d.bits(c) }),
		"current": one(func(c *Element) {
			d.read(c, shape{children: map[string]child{
				"batch-number":    one(func(n *Element) { d.number(n, &p.BatchNumber) }),
				"sequence-number": one(func(n *Element) { d.number(n, &p.SequenceNumber) }),
			}})
		}),
		"last-successful-batch": one(func(c *Element) { d.number(c, &p.LastSuccessfulBatch) }),
		"filter-hints":          one(func(c *Element) { d.hints(c, &p) }),
	}})
	switch {
	case id != "":
		p.ID = d.guid("<id>", id, e.Place)
	case d.short:
		p.ID = made("partition", a.Name, p.Name)
	default:
		d.required(e, "id", id)
	}
	if p.Name == "" && d.short {
		p.Name = "default"
	}
	d.required(e, "name", p.Name)
	d.once(e.Place, "partition "+p.Name+" of "+a.Name)
	d.once(e.Place, "partition "+p.ID.String()+" of "+a.Name)
	if len(a.Partitions) >= maxPartitions {
		d.problem(e.Place, "%s has more than %d partitions", a.Name, maxPartitions)
		return
	}
	a.Partitions = append(a.Partitions, p)
}

func (d *decoder) bits(e *Element) uint32 {
	text := d.word(e)
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil && text != "" {
		d.problem(e.Place, "<%s> is %q, which is no number of 32 bits", e.Name, wording.Clip(text))
	}
	return uint32(n)
}

func (d *decoder) partitionFilter(e *Element, a *Agent, p *Partition) {
	d.read(e, shape{children: map[string]child{
		"object-classes": d.gathered(func(c *Element) {
			d.list(c, "object-class", func(t *Element) {
				name := d.word(t)
				d.csType(a, name, t.Place)
				p.Types = append(p.Types, name)
			})
		}),
		"containers": one(func(c *Element) {
			d.read(c, shape{children: map[string]child{
				"exclusions": d.gathered(func(x *Element) { p.Exclusions = append(p.Exclusions, d.texts(x, "exclusion")...) }),
				"inclusions": d.gathered(func(x *Element) { p.Inclusions = append(p.Inclusions, d.texts(x, "inclusion")...) }),
			}})
		}),
	}})
}

// hints reads the object types that a partition offers, with the objectClass
// values of each (SE-N10, point 6).
func (d *decoder) hints(e *Element, p *Partition) {
	d.read(e, shape{children: map[string]child{"object-classes": one(func(c *Element) {
		d.list(c, "object-class", func(t *Element) {
			var h Hierarchy
			d.read(t, shape{children: map[string]child{
				"name":      d.into(&h.Type),
				"hierarchy": d.gathered(func(x *Element) { h.Classes = append(h.Classes, d.texts(x, "object-class")...) }),
				"included":  one(func(x *Element) { h.Included = d.truth("<included>", d.text(x), x.Place) }),
			}})
			p.Hierarchies = append(p.Hierarchies, h)
		})
	})}})
}

// defaultPartition gives an agent written in short form the partition that
// every agent without hierarchy has.
func (d *decoder) defaultPartition(a *Agent) {
	if d.short {
		a.Partitions = []Partition{{Place: a.Place, Partition: engine.Partition{ID: made("partition", a.Name, "default"), Name: "default", Selected: true}}}
	}
}

// partitionOf finds the partition that a step names.
func (d *decoder) partitionOf(a *Agent, text string, at Place) (engine.GUID, string) {
	text = strings.TrimSpace(text)
	if d.short && text == "" && len(a.Partitions) == 1 {
		return a.Partitions[0].ID, a.Partitions[0].Name
	}
	id, err := engine.ParseGUID(text)
	for _, p := range a.Partitions {
		if err == nil && p.ID == id || err != nil && d.short && fold(p.Name) == fold(text) {
			return p.ID, p.Name
		}
	}
	if err != nil {
		d.problem(at, "the step is for the partition %q, which is no GUID of a partition of %s", wording.Clip(text), a.Name)
		return id, text
	}
	d.warn(at, "the step is for the partition %v, which %s lacks: it ends in no-start-partition-not-configured", id, a.Name)
	return id, text
}
