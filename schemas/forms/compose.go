package forms

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/runhist/runhist/schemas/source"
)

// run is a run that objects tell of.
type run struct {
	record
	steps []*step
}

// step is a step of it.
type step struct {
	record
	broken bool // something of it could not be read
}

// composer writes the document of a run, and where each line of it is from.
type composer struct {
	text   []io.Reader
	lines  uint32 // written so far
	origin Origin
}

// compose makes a document of a run. What the input lacks is left out: an
// element without a value would say something.
func (s *splitter) compose(r *run, onFault func(source.Fault)) *Document {
	var c composer
	c.ours(r.pos, "<run-history>")
	if !s.runs(&c, r, onFault) {
		c.origin.cut = true
		c.ours(r.pos, "")
	} else {
		c.ours(r.pos, "</run-history>")
	}
	return &Document{Reader: io.MultiReader(c.text...), Origin: &c.origin}
}

// runs writes the run, or those that its only string has whole; false where
// something could not be read.
func (s *splitter) runs(c *composer, r *run, onFault func(source.Fault)) bool {
	steps := make([][]piece, len(r.steps))
	entire := true
	var whole []piece
	for i, step := range r.steps {
		steps[i], step.broken = s.pieces(step.fragments, onFault)
		entire = entire && len(steps[i]) > 0
		for _, p := range steps[i] {
			entire = entire && p.slot == wholeRun
		}
		whole = append(whole, steps[i]...)
	}
	if entire && len(whole) > 0 {
		for _, p := range whole {
			c.theirs(p.pos, p.text)
		}
		return !slices.ContainsFunc(r.steps, func(s *step) bool { return s.broken })
	}
	c.ours(r.pos, "<run-details>")
	c.properties(r.values, runProperties)
	for i, step := range r.steps {
		if !c.step(step, steps[i]) {
			return false
		}
	}
	c.ours(r.pos, "</run-details>")
	return true
}

// step writes a step; false where something of it could not be read.
func (c *composer) step(s *step, pieces []piece) bool {
	slices.SortStableFunc(pieces, func(a, b piece) int { return cmp.Compare(a.slot, b.slot) })
	own := slices.IndexFunc(pieces, func(p piece) bool { return p.slot >= wholeStep })
	if own < 0 {
		own = len(pieces)
	}
	if own > 0 || len(s.values) > 0 || s.broken {
		tag := "<step-details>"
		if number, ok := s.values["StepNumber"]; ok {
			tag = `<step-details step-number="` + escape(number.text) + `">`
		}
		c.ours(s.pos, tag)
		c.content(s, pieces[:own])
		if s.broken {
			return false
		}
		c.ours(s.pos, "</step-details>")
	}
	for _, p := range pieces[own:] {
		c.theirs(p.pos, p.text)
	}
	return true
}

// content writes what is in a step, in the order of the schema: fragments, and
// the values of properties where there is no fragment of theirs.
func (c *composer) content(s *step, pieces []piece) {
	for at := stepHead; at < wholeStep; at++ {
		n := 0
		for n < len(pieces) && pieces[n].slot == at {
			n++
		}
		c.fragments(pieces[:n])
		if n > 0 {
			pieces = pieces[n:]
			continue
		}
		switch at {
		case stepHead:
			c.properties(s.values, stepProperties)
		case stepCounters:
			c.properties(s.values, exportProperties)
		case staging:
			c.block(s, "staging-counters", stagingCounters)
		case inbound:
			c.block(s, "inbound-flow-counters", inboundCounters)
		case exports:
			c.block(s, "export-counters", exportCounters)
		}
	}
}

// fragments writes the pieces of one slot. Those that lack the element around
// them get one together.
func (c *composer) fragments(pieces []piece) {
	for len(pieces) > 0 {
		n := 1
		for n < len(pieces) && pieces[n].around == pieces[0].around {
			n++
		}
		around := pieces[0].around
		if around != "" {
			c.theirs(pieces[0].pos, []byte("<"+around+">"))
		}
		for _, p := range pieces[:n] {
			c.theirs(p.pos, p.text)
		}
		if around != "" {
			c.theirs(pieces[n-1].pos, []byte("</"+around+">"))
		}
		pieces = pieces[n:]
	}
}

// block writes a block of counters, if the input has one of them.
func (c *composer) block(s *step, element string, counters []property) {
	if !slices.ContainsFunc(counters, func(p property) bool { return s.has(p.name) }) {
		return
	}
	c.ours(s.pos, "<"+element+">")
	c.properties(s.values, counters)
	c.ours(s.pos, "</"+element+">")
}

// properties writes the elements of properties that the input has.
func (c *composer) properties(values map[string]value, list []property) {
	for _, p := range list {
		v, ok := values[p.name]
		if !ok {
			continue
		}
		tag, text := "<"+p.element+">", v.text
		switch p.kind {
		case asGUID:
			text = "{" + strings.ToUpper(strings.Trim(text, "{}")) + "}"
		case asDate:
			if text = date(text); text == "" {
				continue
			}
		case asCounter:
			tag = "<" + p.element + ` detail="true">`
		case asCounterOfNone:
			tag = "<" + p.element + ` detail="false">`
		}
		c.theirs(v.pos, []byte(tag+escape(text)+"</"+p.element+">"))
	}
}

// date turns a date of CLIXML into one of run histories, in UTC where it says
// how far it is from that. The first day of all stands for none.
func date(text string) string {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999"} {
		if t, err := time.Parse(layout, text); err == nil {
			if t.Year() <= 1 {
				return ""
			}
			return t.UTC().Format("2006-01-02 15:04:05.000")
		}
	}
	return text
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func escape(text string) string { return escaper.Replace(text) }

// ours writes a line that the input has not, at what it is made of.
func (c *composer) ours(pos source.Pos, text string) { c.line(pos, true, []byte(text)) }

// theirs writes lines of the input.
func (c *composer) theirs(pos source.Pos, text []byte) { c.line(pos, false, text) }

func (c *composer) line(pos source.Pos, ours bool, text []byte) {
	if n := len(c.origin.spans); n == 0 || c.origin.spans[n-1].pos != pos || c.origin.spans[n-1].ours != ours {
		c.origin.spans = append(c.origin.spans, span{line: c.lines + 1, pos: pos, ours: ours})
	}
	c.text = append(c.text, bytes.NewReader(text), strings.NewReader("\n"))
	c.lines += breaks(text) + 1
}

// breaks counts the line ends of a text that is followed by a line feed, which
// ends a line together with a carriage return before it.
func breaks(text []byte) uint32 {
	n := bytes.Count(text, []byte("\n"))
	for i, b := range text {
		if b == '\r' && i+1 < len(text) && text[i+1] != '\n' {
			n++
		}
	}
	return uint32(n)
}
