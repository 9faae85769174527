package convert

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// unit is a run with what stands beside it: what goes to the target as one.
type unit struct {
	out    *rundetails.TokenWriter
	pos    source.Pos
	run    bool // it has its run
	opened bool // run-history was written around it

	id    Identity
	path  []source.Sym // of the open elements, as deep as an identity needs
	below int          // open elements below path
	value strings.Builder
}

// beginUnit makes sure that there is a unit: a new one where a run begins and
// the unit under way has one already.
func (c *Converter) beginUnit(run bool) error {
	if c.unit != nil && run && c.unit.run {
		if err := c.closeUnit(); err != nil {
			return err
		}
	}
	if c.unit == nil {
		w, err := c.target.Begin()
		if err != nil {
			return err
		}
		c.unit = &unit{out: rundetails.NewTokenWriter(w, c.form.level()), pos: c.reader.Pos()}
		for i := range c.around {
			c.around[i].written = false
		}
		if c.form == Single {
			c.unit.out.Declaration()
		}
		if c.form != Shared {
			c.unit.opened = true
			tag := &rundetails.Tag{Sym: rundetails.NameRunHistory, Name: "run-history", Attrs: c.inherit(nil, true)}
			for i := range c.around {
				c.around[i].written = true
			}
			c.rewrite.Start(tag)
			c.unit.out.Start(tag)
		}
	}
	c.unit.run = c.unit.run || run
	return nil
}

// inherit returns the attributes of an element with those of the elements
// around it that are not in scope: only namespace declarations, or all. An
// inner one hides an outer one of its name.
func (c *Converter) inherit(attrs []rundetails.TagAttr, all bool) []rundetails.TagAttr {
	for i := len(c.around) - 1; i >= 0; i-- {
		outer := &c.around[i]
		if outer.written {
			continue
		}
		for _, a := range outer.attrs {
			declares := a.Space == source.XMLNSNamespace
			switch {
			case !declares && !all:
			case !hidden(attrs, a):
				attrs = append(attrs, a)
			case !declares:
				c.outcome.Lost = append(c.outcome.Lost, c.origin.At(outer.pos))
			}
		}
	}
	return attrs
}

// hidden tells whether a may not join attrs: they have one of its name, or
// they bind its prefix to something else.
func hidden(attrs []rundetails.TagAttr, a rundetails.TagAttr) bool {
	prefix, _, qualified := strings.Cut(a.Name, ":")
	for i := range attrs {
		b := &attrs[i]
		if a.Name == b.Name || a.Space == b.Space && a.Local == b.Local {
			return true
		}
		if qualified && a.Space != source.XMLNSNamespace && b.Name == "xmlns:"+prefix && b.Value != a.Space {
			return true
		}
	}
	return false
}

// close ends the document for the unit under way. A unit that the end of the
// reading cut through is dropped, and so is one without a run.
func (c *Converter) close() error {
	switch {
	case c.unit == nil:
		return nil
	case c.depth > 0:
		c.outcome.Cut = true
	case c.unit.run:
		return c.closeUnit()
	default:
		c.outcome.Lost = append(c.outcome.Lost, c.origin.At(c.unit.pos))
	}
	c.unit = nil
	return c.target.Abandon()
}

func (c *Converter) closeUnit() error {
	u := c.unit
	if u.opened {
		c.rewrite.End()
		u.out.End()
	}
	if err := u.out.Close(); err != nil {
		return err
	}
	if err := c.target.Complete(u.id); err != nil {
		return err
	}
	c.outcome.Runs++
	c.unit = nil
	return nil
}

// maxIdentity is how much of a value an identity keeps, in bytes.
const maxIdentity = 1 << 10

// identified are the places of what an identity is made of, below run-details.
func (u *unit) identified() bool {
	switch len(u.path) {
	case 2:
		switch u.path[1] {
		case rundetails.NameMAName, rundetails.NameRunNumber, rundetails.NameRunProfileName:
			return u.path[0] == rundetails.NameRunDetails
		}
	case 3:
		return u.path[0] == rundetails.NameRunDetails && u.path[1] == rundetails.NameStepDetails &&
			u.path[2] == rundetails.NameStartDate
	}
	return false
}

func (u *unit) start(rewrite Rewriter, tag *rundetails.Tag) {
	sym := tag.Sym
	rewrite.Start(tag)
	u.out.Start(tag)
	if u.below > 0 || len(u.path) == 3 {
		u.below++
		return
	}
	u.path = append(u.path, sym)
	u.value.Reset()
}

func (u *unit) text(rewrite Rewriter, text []byte) {
	if len(text) == 0 {
		return
	}
	empty := blank(text)
	if !empty {
		text = rewrite.Text(text)
	}
	u.out.Text(text, empty)
	if u.below == 0 && u.identified() && u.value.Len() < maxIdentity {
		u.value.Write(text[:min(len(text), maxIdentity-u.value.Len())])
	}
}

func (u *unit) end(rewrite Rewriter) {
	rewrite.End()
	u.out.End()
	if u.below > 0 {
		u.below--
		return
	}
	if u.identified() {
		u.identify(u.path[len(u.path)-1], strings.TrimSpace(u.value.String()))
	}
	u.path = u.path[:len(u.path)-1]
}

// identify takes a value of the run: the first of each kind, and the earliest
// of the dates.
func (u *unit) identify(name source.Sym, value string) {
	first := func(field *string) {
		if *field == "" {
			*field = value
		}
	}
	switch name {
	case rundetails.NameMAName:
		first(&u.id.Agent)
	case rundetails.NameRunNumber:
		first(&u.id.Number)
	case rundetails.NameRunProfileName:
		first(&u.id.Profile)
	case rundetails.NameStartDate:
		if rundetails.IsInstant(value) && (u.id.Start == "" || value < u.id.Start) {
			u.id.Start = value
		}
	}
}
