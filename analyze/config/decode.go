package config

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/schemas/spelling"
	"github.com/runhist/runhist/schemas/wording"
)

// decoder reads the elements of one document and notes what is wrong.
type decoder struct {
	*loader
	file  string
	short bool
}

// shape is what an element of an executed section may hold. All else in it is a
// problem.
type shape struct {
	attrs    map[string]func(Attr)
	children map[string]child
	// text is what a text in place of attributes and children stands for in
	// short form; nil if it means nothing.
	text func(string)
}

// child reads a child element.
type child struct {
	read func(*Element)
	many bool
}

func one(read func(*Element)) child  { return child{read, false} }
func many(read func(*Element)) child { return child{read, true} }

// gathered reads a list, which short form may write without the names of its
// items: as many elements as there are items.
func (d *decoder) gathered(read func(*Element)) child { return child{read, d.short} }

// skip takes a leaf that tells the engine nothing.
var skip = child{func(*Element) {}, false}

// read hands out the attributes and children of an element.
func (d *decoder) read(e *Element, s shape) {
	if len(e.Children) > 0 && strings.TrimSpace(e.Text) != "" && !d.short {
		d.problem(e.Place, "text stands between the children of <%s>: %q", e.Name, wording.Clip(strings.TrimSpace(e.Text)))
	}
	for _, a := range e.Attrs {
		if read, ok := s.attrs[a.Name]; ok {
			read(a)
			continue
		}
		d.problem(a.Place, "%s", d.unknown("attribute", a.Name+"=\""+wording.Clip(a.Value)+"\" of <"+e.Name+">", a.Name, keys(s.attrs)))
	}
	seen := map[string]bool{}
	for _, c := range e.Children {
		if read, ok := s.attrs[c.Name]; ok && d.short && len(c.Children) == 0 {
			read(Attr{c.Name, c.Text, c.Place})
			continue
		}
		handler, ok := s.children[c.Name]
		switch {
		case !ok:
			known := keys(s.children)
			if d.short {
				known = append(known, keys(s.attrs)...)
			}
			d.problem(c.Place, "%s", d.unknown("element", "<"+c.Name+"> in <"+e.Name+">", c.Name, known))
		case seen[c.Name] && !handler.many:
			d.problem(c.Place, "<%s> stands twice in <%s>", c.Name, e.Name)
		default:
			seen[c.Name] = true
			handler.read(c)
		}
	}
	switch text := strings.TrimSpace(e.Text); {
	case len(e.Children) > 0 || text == "":
	case d.short && s.text != nil:
		s.text(text)
	case len(s.children) > 0:
		d.problem(e.Place, "<%s> holds the text %q where elements are expected", e.Name, wording.Clip(e.Text))
	}
}

func keys[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// lenient is read for sections that the engine does not execute by itself: what
// it does not know is kept.
func (d *decoder) lenient(e *Element, path string, s shape) {
	known := *e
	known.Children = nil
	for _, c := range e.Children {
		if _, ok := s.children[c.Name]; ok {
			known.Children = append(known.Children, c)
		} else {
			d.unknownSection(c, e, path+"/"+c.Name, keys(s.children))
		}
	}
	d.read(&known, s)
}

// list reads the children of one name, as many as there are.
func (d *decoder) list(e *Element, name string, read func(*Element)) {
	d.read(e, shape{
		children: map[string]child{name: many(read)},
		text:     func(text string) { read(&Element{Name: name, Text: text, Place: e.Place}) },
	})
}

// texts reads the leaves of one name.
func (d *decoder) texts(e *Element, name string) []string {
	var all []string
	d.list(e, name, func(c *Element) { all = append(all, d.word(c)) })
	return all
}

// text is the value of a leaf, white space and all.
func (d *decoder) text(e *Element) string {
	d.read(e, shape{})
	return e.Text
}

// word is the value of a leaf without the white space around it.
func (d *decoder) word(e *Element) string { return strings.TrimSpace(d.text(e)) }

// into returns a reader that stores the word of a leaf.
func (d *decoder) into(s *string) child {
	return one(func(e *Element) { *s = d.word(e) })
}

// number reads a whole number that is not below 0.
func (d *decoder) number(e *Element, n *int) {
	text := d.word(e)
	if text == "" {
		return
	}
	v, err := strconv.Atoi(text)
	if err != nil || v < 0 || v > 1<<31-1 {
		d.problem(e.Place, "<%s> is %q, which is no number from 0 to 2147483647", e.Name, wording.Clip(text))
		return
	}
	*n = v
}

// truth reads 0, 1, false or true.
func (d *decoder) truth(name, value string, at Place) bool {
	switch strings.TrimSpace(value) {
	case "1", "true":
		return true
	case "0", "false":
		return false
	}
	d.problem(at, "%s is %q, which is none of 0, 1, false and true", name, wording.Clip(value))
	return false
}

// when reads a date of the form that servers write, in UTC.
func (d *decoder) when(e *Element) time.Time {
	text := d.word(e)
	if text == "" {
		return time.Time{}
	}
	for _, layout := range []string{"2006-01-02 15:04:05", time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC()
		}
	}
	d.problem(e.Place, "<%s> is %q, which is no date such as 2026-01-31 08:00:00.000", e.Name, wording.Clip(text))
	return time.Time{}
}

// guid reads a GUID.
func (d *decoder) guid(name, value string, at Place) engine.GUID {
	g, err := engine.ParseGUID(strings.TrimSpace(value))
	if err != nil {
		d.problem(at, "%s is %q, which is no GUID", name, wording.Clip(value))
	}
	return g
}

// made is the GUID of something that has a name and no id in its file: always
// the same for the same kind and names.
func made(kind string, names ...string) engine.GUID {
	sum := sha256.Sum256([]byte(kind + "\x00" + strings.ToLower(strings.Join(names, "\x00"))))
	return engine.GUID(sum[:16])
}

// choice finds one of a few words, and is -1 for another.
func (d *decoder) choice(what, word string, at Place, words ...string) int {
	i := slices.Index(words, strings.TrimSpace(word))
	if i < 0 {
		d.problem(at, "%s", d.unknown(what, fmt.Sprintf("%q", wording.Clip(word)), word, words))
	}
	return i
}

// once notes a thing that may stand once in a configuration.
func (d *decoder) once(at Place, what string) {
	if first, twice := d.seen[fold(what)]; twice {
		d.problem(at, "a second %s: the first stands in line %d", wording.Clip(what), first.Line)
		return
	}
	d.seen[fold(what)] = at
}

// required notes that a value is missing.
func (d *decoder) required(e *Element, name, value string) {
	if value == "" {
		d.problem(e.Place, "<%s> has no %s", e.Name, name)
	}
}

func (d *decoder) problem(at Place, format string, args ...any) {
	if len(d.problems) < maxNotes {
		d.problems = append(d.problems, Problem{d.file, at, fmt.Sprintf(format, args...)})
	}
}

func (d *decoder) warn(at Place, format string, args ...any) {
	if len(d.c.Warnings) < maxNotes {
		d.c.Warnings = append(d.c.Warnings, Problem{d.file, at, fmt.Sprintf(format, args...)})
	}
}

// keep notes what is not executed, unless it is empty.
func (d *decoder) keep(e *Element, path, reason string) {
	if !e.empty() && len(d.c.Kept) < maxNotes {
		d.c.Kept = append(d.c.Kept, Kept{d.file, e.Place, path, reason})
	}
}

// keepAttr notes an attribute that is not executed.
func (d *decoder) keepAttr(v Attr, path, reason string) {
	if len(d.c.Kept) < maxNotes {
		d.c.Kept = append(d.c.Kept, Kept{d.file, v.Place, path, reason})
	}
}

// unknown says that something is none of those known, and which one was
// probably meant.
func (d *decoder) unknown(what, shown, word string, known []string) string {
	message := fmt.Sprintf("unknown %s %s", what, shown)
	if len(d.problems) >= maxProblems {
		return message // which nobody will see
	}
	if near := spelling.Nearest(word, known, 1); len(near) > 0 {
		message += ": did you mean " + near[0] + "?"
	} else if len(known) > 0 && len(known) <= 16 {
		message += ": known are " + strings.Join(known, ", ")
	}
	return message
}
