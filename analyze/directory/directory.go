package directory

import (
	"encoding/binary"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/fault"
)

// Directory is the connected data source of one agent, in memory. It is not
// safe for concurrent use.
type Directory struct {
	o      Options
	faults *fault.Plan
	attrs  *attributes
	types  *types
	anchor []int32 // the attributes of the anchor

	objects   []object // by number, from 1
	order     []int32  // those that an import delivers, in its order
	dead      int      // of order
	names     index    // DNs
	anchors   index
	written   index // the names of LDIF, where they are not the DNs
	example   int32 // the first object that had one
	discovery []engine.DiscoveryError
	veiled    []int32 // objects whose records cannot be read now: they are not delivered, and not gone
	given     bool    // there was a content
	doubles   bool    // two records have one name
	assigned  uint64  // anchors

	log  []change
	text textState

	reading *reading
	export  exporting
	scratch []byte
	key     []byte
}

// object is an object of the source, or what was one.
type object struct {
	dn     string
	anchor string
	attrs  string // see values.go
	// written is the name that LDIF gives the object, where DNs are made of
	// the anchor.
	written  string
	typ      int32
	forward  int32 // the object that took over this one's name; see links.go
	children int32 // objects directly below
	state    state
	// mark is used while contents are compared.
	mark bool
}

// state is what became of an object.
type state uint8

const (
	ghost state = iota // nothing but a name that something refers to
	alive
	unread // a record that is delivered as a discovery error: discovery[typ]
	gone
)

// New returns an empty source. The plan of faults may be nil.
func New(o Options, faults *fault.Plan) (*Directory, error) {
	if o.Capabilities.PageSize <= 0 {
		o.Capabilities.PageSize = 100
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	d := &Directory{o: o, faults: faults, attrs: newAttributes(&o), types: newTypes(&o),
		objects: make([]object, 1), names: newIndex(), anchors: newIndex(), written: newIndex()}
	for _, name := range o.Anchor {
		d.anchor = append(d.anchor, d.attrs.number([]byte(name)))
	}
	return d, nil
}

// Len returns the number of objects, those that cannot be read included.
func (d *Directory) Len() int { return len(d.order) - d.dead }

// Unknown returns the attributes that texts had and the schema has not, in the
// order in which they were met; they were left out.
func (d *Directory) Unknown() []string { return d.attrs.unknown }

func (d *Directory) ldap() bool { return d.o.Capabilities.DNStyle == engine.StyleLDAP }

// linked reports whether references follow their targets, as in an LDAP
// directory; elsewhere they are text.
func (d *Directory) linked() bool { return d.ldap() }

// findDN returns the object or ghost with a DN, or 0.
func (d *Directory) findDN(dn string) int32 {
	d.key = appendKey(d.key[:0], dn)
	key := d.key
	return d.names.find(d.names.hash(key), func(n int32) bool {
		end := len(d.key)
		d.key = appendKey(d.key, d.objects[n].dn)
		same := string(d.key[end:]) == string(d.key[:end])
		d.key = d.key[:end]
		return same
	})
}

func (d *Directory) findAnchor(anchor string) int32 {
	d.key = append(d.key[:0], anchor...)
	return d.anchors.find(d.anchors.hash(d.key), func(n int32) bool { return d.objects[n].anchor == anchor })
}

// findWritten returns the object that LDIF names, or 0.
func (d *Directory) findWritten(name string) int32 {
	if d.o.Capabilities.DNStyle != engine.StyleNone {
		n := d.findDN(name)
		if n != 0 && d.objects[n].state != alive {
			return 0
		}
		return n
	}
	d.key = appendKey(d.key[:0], name)
	n := d.written.find(d.written.hash(d.key), func(n int32) bool {
		return string(appendKey(nil, d.objects[n].written)) == string(d.key)
	})
	if n == 0 {
		n = d.findDN(name)
	}
	return n
}

// find returns the live object with an anchor or, if there is none, the one
// with a DN.
func (d *Directory) find(anchor []byte, dn string) int32 {
	n := int32(0)
	if len(anchor) > 0 {
		n = d.findAnchor(string(anchor))
	}
	if n == 0 {
		n = d.findDN(dn)
	}
	if n != 0 && d.objects[n].state != alive {
		return 0
	}
	return n
}

// index puts the names of an object into the tables; a name that is taken
// stays with its holder.
func (d *Directory) index(n int32) {
	o := &d.objects[n]
	if held := d.findDN(o.dn); held == 0 {
		d.key = appendKey(d.key[:0], o.dn)
		d.names.add(d.names.hash(d.key), n)
	} else if held != n {
		d.doubles = true
	}
	if o.anchor != "" {
		if held := d.findAnchor(o.anchor); held == 0 {
			d.key = append(d.key[:0], o.anchor...)
			d.anchors.add(d.anchors.hash(d.key), n)
		} else if held != n {
			d.doubles = true
		}
	}
	if o.written != "" {
		d.key = appendKey(d.key[:0], o.written)
		d.written.add(d.written.hash(d.key), n)
		if d.example == 0 {
			d.example = n
		}
	}
}

// unindex takes an object's names out of the tables, but not its DN.
func (d *Directory) unindex(n int32) {
	o := &d.objects[n]
	if o.anchor != "" {
		d.key = append(d.key[:0], o.anchor...)
		d.anchors.remove(d.anchors.hash(d.key), n)
	}
	if o.written != "" {
		d.key = appendKey(d.key[:0], o.written)
		d.written.remove(d.written.hash(d.key), n)
	}
}

// unname takes the DN of an object out of the table.
func (d *Directory) unname(n int32) {
	d.key = appendKey(d.key[:0], d.objects[n].dn)
	d.names.remove(d.names.hash(d.key), n)
}

// anchorBytes makes an anchor of the values of its attributes: bytes as they
// are if there is one binary value; else the texts in UTF-16, little end
// first, each with a NUL behind it (SE-N9, reading 7).
func (d *Directory) anchorBytes(parts []string) string {
	if len(parts) == 1 && d.attrs.list[d.anchor[0]].kind == engine.Binary {
		return parts[0]
	}
	var out []byte
	for _, p := range parts {
		if d.o.FoldAnchor {
			p = upper(p)
		}
		for _, unit := range utf16.Encode([]rune(p)) {
			out = binary.LittleEndian.AppendUint16(out, unit)
		}
		out = append(out, 0, 0)
	}
	return string(out)
}

// assignTo returns the anchor of an object that a text names without one: that
// which the object has already, or a new one.
func (d *Directory) assignTo(name string) string {
	n := d.findDN(name)
	if n == 0 || d.objects[n].state != alive {
		return d.assign()
	}
	anchor := d.objects[n].anchor
	if d.attrs.list[d.anchor[0]].kind == engine.Binary {
		return anchor
	}
	units := make([]uint16, 0, len(anchor)/2)
	for i := 0; i+3 < len(anchor); i += 2 { // the last unit is the NUL
		units = append(units, uint16(anchor[i])|uint16(anchor[i+1])<<8)
	}
	return string(utf16.Decode(units))
}

// assign makes the next anchor that the source gives.
func (d *Directory) assign() (value string) {
	d.assigned++
	id := engine.NewGUID(d.o.Seed, "anchor of "+d.o.Agent, d.assigned)
	switch d.attrs.list[d.anchor[0]].kind {
	case engine.Integer:
		return strconv.FormatUint(d.assigned, 10)
	case engine.Binary:
		return string(id[:])
	}
	return id.String()
}

// upper is a text in upper case, for anchors that are compared without case.
func upper(text string) string { return strings.ToUpper(text) }
