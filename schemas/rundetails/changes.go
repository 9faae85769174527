package rundetails

import "github.com/runhist/runhist/schemas/source"

func (c *ChangeNotReimported) child(name source.Sym, _ *Builder) element {
	switch name {
	case NameDelta:
		return block(&c.Delta.Block, &c.Delta)
	case NameEntry:
		return block(&c.Entry.Block, &c.Entry)
	}
	return nil
}

func (d *Delta) attribute(name source.Sym) leaf {
	switch name {
	case NameOperation:
		return &d.Operation
	case NameDN:
		return &d.DN
	}
	return nil
}

func (d *Delta) child(name source.Sym, b *Builder) element {
	switch name {
	case NameAnchor:
		return encoded(&d.Anchor)
	case NameDNAttr:
		return b.attributes(&d.DNAttributes)
	case NameAttr:
		return b.attributes(&d.Attributes)
	}
	return nil
}

func (e *Entry) attribute(name source.Sym) leaf {
	if name == NameDN {
		return &e.DN
	}
	return nil
}

func (e *Entry) child(name source.Sym, b *Builder) element {
	switch name {
	case NameAnchor:
		return encoded(&e.Anchor)
	case NameParentAnchor:
		return encoded(&e.ParentAnchor)
	case NamePrimaryObjectclass:
		return text(&e.PrimaryObjectClass)
	case NameObjectclass:
		return block(&e.ObjectClass, &objectClasses{&e.ObjectClass.Place, &e.ObjectClasses, bare{}})
	case NameDNAttr:
		return b.attributes(&e.DNAttributes)
	case NameAttr:
		return b.attributes(&e.Attributes)
	}
	return nil
}

// objectClasses is objectclass with its oc-value.
type objectClasses struct {
	*Place
	values *[]*Text
	bare
}

func (o *objectClasses) child(name source.Sym, b *Builder) element {
	if name == NameOCValue {
		return b.texts(o.values)
	}
	return nil
}

// attributes appends one more attr or dn-attr, as long as the record may grow.
func (b *Builder) attributes(list *[]*Attribute) element {
	if !b.charge(240) {
		return nil
	}
	a := b.attributePool.next(b.retain)
	*a = Attribute{Values: a.Values[:0]}
	*list = append(*list, a)
	return a
}

func (a *Attribute) attribute(name source.Sym) leaf {
	switch name {
	case NameOperation:
		return &a.Operation
	case NameName:
		return &a.Name
	case NameType:
		return &a.Type
	case NameMultivalued:
		return &a.MultiValued
	}
	return nil
}

func (a *Attribute) end(*Builder, []byte) {}
func (a *Attribute) child(name source.Sym, b *Builder) element {
	ofDN := a.Place.Name == NameDNAttr
	if ofDN && name != NameDNValue || !ofDN && name != NameValue || !b.charge(320) {
		return nil
	}
	v := b.valuePool.next(b.retain)
	*v = Value{}
	a.Values = append(a.Values, v)
	return v
}

func (v *Value) attribute(name source.Sym) leaf {
	switch name {
	case NameEncoding:
		if !v.ofDN() {
			return &v.Encoding
		}
	case NameOperation:
		return &v.Operation
	}
	return nil
}

// ofDN tells a dn-value, which has children, from a value, which has text.
func (v *Value) ofDN() bool { return v.Place.Name == NameDNValue }

func (v *Value) end(b *Builder, text []byte) {
	if !v.ofDN() {
		v.Encoded.end(b, text)
	}
}

func (v *Value) child(name source.Sym, _ *Builder) element {
	if !v.ofDN() {
		return nil
	}
	switch name {
	case NameDN:
		return text(&v.DN)
	case NameAnchor:
		return encoded(&v.Anchor)
	}
	return nil
}

func (e *ExtensionError) child(name source.Sym, _ *Builder) element {
	switch name {
	case NameExtensionName:
		return text(&e.Name)
	case NameExtensionCallsite:
		return text(&e.CallSite)
	case NameExtensionContext:
		return text(&e.Context)
	case NameCallStack:
		return text(&e.CallStack)
	}
	return nil
}

func (e *RulesError) child(name source.Sym, _ *Builder) element {
	if name == NameContext {
		return block(&e.Context.Block, &e.Context)
	}
	return nil
}

func (c *MappingContext) attribute(name source.Sym) leaf {
	switch name {
	case NameMAID:
		return &c.MAID
	case NameMAName:
		return &c.MAName
	case NameCSObjectID:
		return &c.CSObjectID
	case NameDN:
		return &c.DN
	}
	return nil
}

func (c *MappingContext) child(name source.Sym, _ *Builder) element {
	if name == NameAttributeMapping {
		return block(&c.Mapping.Block, &c.Mapping)
	}
	return nil
}

func (m *Mapping) attribute(name source.Sym) leaf {
	switch name {
	case NameDestAttr:
		return &m.DestAttr
	case NameContextID:
		return &m.ContextID
	}
	return nil
}

func (m *Mapping) child(name source.Sym, _ *Builder) element {
	switch name {
	case NameDirectMapping:
		return block(&m.Direct.Block, &m.Direct)
	case NameScriptedMapping:
		return block(&m.Scripted.Block, &m.Scripted)
	case NameConstantMapping:
		return block(&m.Constant.Block, &m.Constant)
	case NameDNPartMapping:
		return block(&m.DNPart.Block, &m.DNPart)
	}
	return nil
}

func (d *DirectMapping) child(name source.Sym, _ *Builder) element {
	if name == NameSrcAttribute && d.Source.Line == 0 {
		return &directSource{&d.Source, d}
	}
	return nil
}

// directSource is the src-attribute of a direct mapping, which may be
// intrinsic.
type directSource struct {
	*Text
	mapping *DirectMapping
}

func (d *directSource) attribute(name source.Sym) leaf {
	if name == NameIntrinsic {
		return &d.mapping.Intrinsic
	}
	return nil
}

func (s *ScriptedMapping) child(name source.Sym, b *Builder) element {
	switch name {
	case NameSrcAttribute:
		return b.texts(&s.Sources)
	case NameScriptContext:
		return text(&s.Script)
	}
	return nil
}

func (c *ConstantMapping) child(name source.Sym, _ *Builder) element {
	if name == NameConstantValue {
		return text(&c.Value)
	}
	return nil
}

func (d *DNPartMapping) child(name source.Sym, _ *Builder) element {
	if name == NameDNPart {
		return number(&d.Part)
	}
	return nil
}
