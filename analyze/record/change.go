package record

import (
	"encoding/base64"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
	rd "github.com/runhist/runhist/schemas/rundetails"
)

// change makes change-not-reimported (SE-K09). What the schema demands of entry
// and nobody knows is an empty element.
func change(c *engine.ChangeNotReimported) rd.ChangeNotReimported {
	if c == nil {
		return rd.ChangeNotReimported{}
	}
	d := rd.Delta{Block: present(), Operation: text(c.Delta.Operation), DN: text(c.Delta.DN), Anchor: anchor(c.Delta.Anchor)}
	for i := range c.Delta.Changes {
		x := &c.Delta.Changes[i]
		a := attribute(&x.Attribute)
		a.Operation = text(x.Operation)
		if x.Operation == "replace" && len(x.Remove) > 0 {
			a.Operation = rd.NewText("update") // values of a replace are added, all of them (C079)
		}
		for _, v := range x.Remove {
			a.Values = append(a.Values, value(&x.Attribute, v, "delete"))
		}
		for _, v := range x.Add {
			a.Values = append(a.Values, value(&x.Attribute, v, "add"))
		}
		place(&d.DNAttributes, &d.Attributes, &x.Attribute, a)
	}
	from := &c.Entry
	e := rd.Entry{
		Block: present(), DN: text(from.DN), Anchor: known(from.Anchor), ParentAnchor: known(from.ParentAnchor),
		PrimaryObjectClass: text(from.PrimaryObjectClass), ObjectClass: present(),
	}
	for _, class := range from.ObjectClasses {
		t := text(class)
		e.ObjectClasses = append(e.ObjectClasses, &t)
	}
	if len(e.ObjectClasses) == 0 {
		t := text(from.PrimaryObjectClass)
		e.ObjectClasses = append(e.ObjectClasses, &t)
	}
	for i := range from.Attributes {
		x := &from.Attributes[i]
		a := attribute(&x.Attribute)
		for _, v := range x.Values {
			a.Values = append(a.Values, value(&x.Attribute, v, ""))
		}
		place(&e.DNAttributes, &e.Attributes, &x.Attribute, a)
	}
	return rd.ChangeNotReimported{Block: present(), Delta: d, Entry: e}
}

// known is an anchor that the schema demands.
func known(b []byte) rd.Encoded { return rd.NewEncoded(base64.StdEncoding.EncodeToString(b)) }

// place puts an attribute into dn-attr or attr.
func place(dns, attrs *[]*rd.Attribute, of *engine.Attribute, a *rd.Attribute) {
	if of.Kind == engine.Reference {
		*dns = append(*dns, a)
		return
	}
	*attrs = append(*attrs, a)
}

func attribute(of *engine.Attribute) *rd.Attribute {
	a := &rd.Attribute{Name: text(of.Name), MultiValued: rd.NewText(map[bool]string{true: "true", false: "false"}[of.MultiValued])}
	switch of.Kind {
	case engine.Reference:
	case engine.Integer:
		a.Type = rd.NewText("integer")
	case engine.Boolean:
		a.Type = rd.NewText("boolean")
	case engine.Binary:
		a.Type = rd.NewText("binary")
	default:
		a.Type = rd.NewText("string")
	}
	return a
}

// value makes value or dn-value. A text with control characters is encoded like
// a binary value (R343, R348).
func value(of *engine.Attribute, v engine.ValueRecord, operation string) *rd.Value {
	x := &rd.Value{}
	if operation != "" {
		x.Operation = rd.NewText(operation)
	}
	switch {
	case of.Kind == engine.Reference:
		x.DN, x.Anchor = text(v.Text), known(v.Anchor)
	case of.Kind == engine.Binary || control(v.Text):
		x.Encoded = rd.NewEncoded(base64.StdEncoding.EncodeToString([]byte(v.Text)))
	default:
		x.Encoded = rd.Encoded{Text: text(v.Text)}
	}
	return x
}

// control tells whether a text has characters that a value may not hold as they
// are.
func control(s string) bool {
	return !legal(s) || strings.ContainsFunc(s, func(c rune) bool { return c < 0x20 && c != '\t' && c != '\n' && c != '\r' })
}
