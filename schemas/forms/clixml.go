package forms

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/runhist/runhist/schemas/source"
)

// preamble is what PowerShell writes before CLIXML that goes to another
// process.
const preamble = "#< CLIXML"

// heldLimit is how much the strings of the objects that are open may have
// together, in values of the greatest length: a run is known only at the end of
// its object.
const heldLimit = 4

// clixml reads PowerShell CLIXML and makes documents of the run XML in it.
type clixml struct {
	reader  *source.Reader
	pieces  *splitter
	limits  source.Limits
	onFault func(source.Fault)

	objects []object // open
	group   *run     // steps at the top that belong to one run
	leaf    leaf
	held    int64
	text    []byte // of the string under way
	ready   []*Document
	over    bool
	faulty  bool // a fatal fault was reported
	err     error

	found   bool
	strings int  // that say something
	told    bool // that one of them is an answer of another kind
}

// leaf is the element whose start tag came last.
type leaf struct {
	open bool
	name string // of the property
	pos  source.Pos
}

// object is an Obj that is open: what it has of a run, a step or a part of one.
type object struct {
	record
	property bool   // of the object around
	key      string // of the entry of a table
	steps    []*step
}

// record is what an object has.
type record struct {
	pos       source.Pos
	values    map[string]value
	fragments []fragment
}

type value struct {
	text string
	pos  source.Pos
}

// fragment is XML without a document around it.
type fragment struct {
	text []byte
	pos  source.Pos
}

func newCLIXML(limits source.Limits, onFault func(source.Fault)) *clixml {
	c := &clixml{limits: limits}
	c.onFault = func(f source.Fault) {
		c.faulty = c.faulty || f.Fatal
		onFault(f)
	}
	c.reader = source.NewReader(source.NewVocabulary(), limits, c.onFault)
	c.pieces = newSplitter(limits)
	return c
}

func (c *clixml) reset(in io.Reader) {
	*c = clixml{reader: c.reader, pieces: c.pieces, limits: c.limits, onFault: c.onFault}
	c.reader.Reset(in)
}

// next reads up to the next document.
func (c *clixml) next() (*Document, error) {
	for len(c.ready) == 0 {
		if c.over {
			if c.err != nil {
				return nil, c.err
			}
			return nil, io.EOF
		}
		c.step()
	}
	doc := c.ready[0]
	c.ready = c.ready[1:]
	return doc, nil
}

// step takes the next tag.
func (c *clixml) step() {
	switch c.reader.Next() {
	case source.StartElement:
		c.start()
	case source.EndElement:
		c.end()
	case source.EndDocument:
		c.flush()
		c.over = true
		c.nothing()
	case source.Stop:
		c.flush()
		c.over, c.err = true, c.reader.Err()
	}
}

// start takes the start of an element: an object, or what may be a value.
func (c *clixml) start() {
	name := c.propertyName()
	c.leaf = leaf{open: true, name: name, pos: c.reader.Pos()}
	if c.reader.Name() == "Obj" {
		c.leaf.open = false
		c.objects = append(c.objects, object{record: record{pos: c.reader.Pos()}, property: name != ""})
	}
}

// propertyName is the attribute N, in a table the key of the entry.
func (c *clixml) propertyName() string {
	for i := range c.reader.Attrs() {
		if a := &c.reader.Attrs()[i]; string(a.Name) == "N" {
			if n := len(c.objects); n > 0 && string(a.Value) == "Value" && c.objects[n-1].key != "" {
				return c.objects[n-1].key
			}
			return string(a.Value)
		}
	}
	return ""
}

// end takes the end of an element.
func (c *clixml) end() {
	name := c.reader.Name()
	switch {
	case name == "Obj" && len(c.objects) > 0:
		last := len(c.objects) - 1
		o := c.objects[last]
		c.objects[last] = object{}
		c.objects = c.objects[:last]
		c.close(&o)
	case c.leaf.open && (name == "S" || name == "XD"):
		c.string(c.reader.Lead())
	case c.leaf.open && wanted[c.leaf.name]:
		c.keep(string(c.reader.Lead()))
	}
	c.leaf.open = false
}

// string takes a string.
func (c *clixml) string(raw []byte) {
	if name := c.leaf.name; name == "Key" && len(c.objects) > 0 {
		c.objects[len(c.objects)-1].key = clip(raw)
		return
	}
	begin := bytes.TrimLeft(unescape(c.text[:0], raw[:min(len(raw), headText)]), white)
	if len(begin) == 0 {
		return
	}
	c.strings++
	switch {
	case begin[0] == '<':
		c.markup(raw)
	case bytes.HasPrefix(begin, []byte(objectModel)):
		c.cutOff(begin)
	case wanted[c.leaf.name]:
		c.keep(string(unescape(c.text[:0], raw)))
	case c.leaf.name == "ReturnValue" || c.leaf.name == "" && len(c.objects) == 0:
		c.answer(begin)
	}
}

// answer reports a string that stands where a history would, and is none.
func (c *clixml) answer(text []byte) {
	c.told = true
	c.onFault(source.Fault{ID: source.SRCNotXML, Pos: c.leaf.pos, Path: c.reader.Path(),
		Message: fmt.Sprintf("this string is not XML but text: %q; servers answer so when a call fails", clip(text))})
}

// markup takes a string that looks like XML. Errors that another property holds
// in full are left where they are summed up.
func (c *clixml) markup(raw []byte) {
	if strings.HasSuffix(c.leaf.name, "SummaryXml") {
		return
	}
	c.text = unescape(c.text[:0], raw)
	text := c.text
	root := firstElement(text)
	switch {
	case root == "run-history" || root == "execution-histories":
		c.flush()
		c.found = true
		c.ready = append(c.ready, &Document{Reader: bytes.NewReader(undeclared(text)), Origin: at(c.leaf.pos)})
	case slotOf(root) != noSlot:
		f := fragment{text: bytes.Clone(undeclared(text)), pos: c.leaf.pos}
		if len(c.objects) == 0 {
			c.flush()
			c.compose(&run{record: record{pos: f.pos}, steps: []*step{{record: record{pos: f.pos, fragments: []fragment{f}}}}})
			return
		}
		if c.hold(len(f.text)) {
			o := &c.objects[len(c.objects)-1]
			o.fragments = append(o.fragments, f)
		}
	}
	if cap(c.text) > maxKept {
		c.text = nil
	}
}

// maxKept is how much memory for strings is kept for the next one.
const maxKept = 1 << 20

// objectModel is what the names begin with that stand for a part of a run where
// the export did not go so deep.
const objectModel = "Microsoft.IdentityManagement.PowerShell.ObjectModel.RunStep"

// cutOff reports a part that is not there, and lets what it belongs to end
// there: without its errors a step would look wrong.
func (c *clixml) cutOff(name []byte) {
	c.onFault(source.Fault{ID: source.SRCLimitDepth, Pos: c.leaf.pos, Path: c.reader.Path(), Unread: true,
		Message: fmt.Sprintf("the export ends here: of %s it has no more than the name; export again with Export-Clixml -Depth 8", clip(name))})
	if n := len(c.objects); n > 0 {
		c.objects[n-1].fragments = append(c.objects[n-1].fragments, fragment{pos: c.leaf.pos})
	}
}

// keep keeps a value of the object.
func (c *clixml) keep(text string) {
	if len(c.objects) == 0 || !c.hold(len(c.leaf.name)+len(text)) {
		return
	}
	o := &c.objects[len(c.objects)-1]
	if o.values == nil {
		o.values = map[string]value{}
	}
	if _, twice := o.values[c.leaf.name]; !twice {
		o.values[c.leaf.name] = value{strings.TrimSpace(text), c.leaf.pos}
	}
}

// hold counts what is kept until an object ends.
func (c *clixml) hold(n int) bool {
	const entry = 64 // bytes that an entry takes beside its text
	c.held += int64(n) + entry
	if c.held <= heldLimit*int64(c.limits.Value) || c.faulty {
		return !c.faulty
	}
	c.onFault(source.Fault{ID: source.SRCLimitValue, Pos: c.leaf.pos, Path: c.reader.Path(), Fatal: true, Unread: true,
		Message: fmt.Sprintf("the objects that are open hold more than %d bytes of strings", heldLimit*int64(c.limits.Value))})
	c.over = true
	c.objects, c.group = nil, nil
	return false
}

// close takes an object at its end: a run, a step, or something around or
// inside of them, which hands on what it has.
func (c *clixml) close(o *object) {
	isStep := o.has("StepNumber", "StepHistoryId", "StepResult")
	isRun := o.has("RunProfileName", "RunNumber", "TotalSteps")
	switch {
	case isStep:
		o.steps = append(o.steps, &step{record: o.record})
		o.fragments = nil
	case isRun:
		if len(o.fragments) > 0 {
			o.steps = append(o.steps, &step{record: record{pos: o.pos, fragments: o.fragments}})
		}
		c.flush()
		c.compose(&run{record: o.record, steps: o.steps})
		return
	}
	if c.insideProperty(o) {
		around := &c.objects[len(c.objects)-1]
		around.steps = append(around.steps, o.steps...)
		around.fragments = append(around.fragments, o.fragments...)
		return
	}
	for _, s := range o.steps {
		c.add(s)
	}
	if len(o.fragments) > 0 {
		c.flush()
		c.compose(&run{record: o.record, steps: []*step{{record: o.record}}})
	}
}

// insideProperty tells whether an object belongs to another one as its property
// and not as an element of a list.
func (c *clixml) insideProperty(o *object) bool {
	if len(c.objects) == 0 {
		return false
	}
	property := o.property
	for i := range c.objects {
		property = property || c.objects[i].property
	}
	return property
}

// add adds a step that stands in no run to the run of the step before, or
// begins one.
func (c *clixml) add(s *step) {
	id := s.values["RunHistoryId"].text
	if c.group != nil && (id == "" || !strings.EqualFold(id, c.group.values["RunHistoryId"].text)) {
		c.flush()
	}
	if c.group == nil {
		c.group = &run{record: record{pos: s.pos, values: s.values}}
	}
	c.group.steps = append(c.group.steps, s)
}

// flush writes the run that steps at the top make.
func (c *clixml) flush() {
	if c.group == nil {
		return
	}
	r := c.group
	c.group = nil
	c.compose(r)
}

// compose writes a run.
func (c *clixml) compose(r *run) {
	c.found = true
	c.ready = append(c.ready, c.pieces.compose(r, c.onFault))
	if len(c.objects) == 0 {
		c.held = 0
	}
}

// nothing reports that there was no run XML.
func (c *clixml) nothing() {
	f := source.Fault{Pos: source.Pos{Line: 1, Column: 1}, Path: "/", Fatal: true}
	switch {
	case c.found || c.faulty || c.told:
		return
	case c.strings == 0:
		f.ID, f.Message = source.SRCEmpty, "there is nothing to read: this is PowerShell CLIXML without a string in it"
	default:
		f.ID = source.SRCNotXML
		f.Message = fmt.Sprintf("this is PowerShell CLIXML, and none of its strings (%d) is XML of a run history", c.strings)
	}
	c.onFault(f)
}

func (r *record) has(names ...string) bool {
	for _, name := range names {
		if _, ok := r.values[name]; ok {
			return true
		}
	}
	return false
}
