package diff

import (
	rd "github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

func (w *walker) objectError(e *rd.ObjectError) {
	w.element("ma-object-error", &e.Place, func() {
		w.leaf(rd.NameErrorType, Text, &e.Type)
		w.number(rd.NameEntryNumber, &e.EntryNumber)
		w.number(rd.NameLineNumber, &e.LineNumber)
		w.number(rd.NameColumnNumber, &e.ColumnNumber)
		w.leaf(rd.NameDN, DN, &e.DN)
		w.encoded(rd.NameAnchor, &e.Anchor)
		w.leaf(rd.NameAttributeName, Text, &e.AttributeName)
		w.cdError(&e.Error)
		w.texts(rd.NameValue, Name, e.Values)
	})
}

// texts shows values whose order does not count.
func (w *walker) texts(name source.Sym, k Kind, list []*rd.Text) {
	w.beginSet()
	for _, t := range list {
		w.leaf(name, k, t)
	}
	w.endSet()
}

func (w *walker) encoded(name source.Sym, e *rd.Encoded) {
	if e.Present && w.begin(nameOf(name), &e.Place) {
		w.attr(rd.NameEncoding, Text, &e.Encoding)
		w.text(value{text: e.Value, kind: Anchor})
		w.end()
	}
}

func (w *walker) importError(e *rd.ImportError) {
	w.element("import-error", &e.Place, func() {
		w.attrGUID(rd.NameCSGUID, &e.CSGUID)
		w.attr(rd.NameDN, DN, &e.DN)
		w.instant(rd.NameFirstOccurred, &e.FirstOccurred)
		w.number(rd.NameRetryCount, &e.RetryCount)
		w.instant(rd.NameDateOccurred, &e.DateOccurred)
		w.leaf(rd.NameErrorType, Text, &e.Type)
		w.algorithmStep(&e.AlgorithmStep)
		w.block(rd.NameChangeNotReimported, &e.Change.Block, false, func() {
			w.delta(&e.Change.Delta)
			w.entry(&e.Change.Entry)
		})
		w.extensionError(&e.Extension)
		w.rulesError(&e.Rules)
	})
}

func (w *walker) exportError(e *rd.ExportError) {
	w.element("export-error", &e.Place, func() {
		w.attrGUID(rd.NameCSGUID, &e.CSGUID)
		w.attr(rd.NameDN, DN, &e.DN)
		w.instant(rd.NameDateOccurred, &e.DateOccurred)
		w.instant(rd.NameFirstOccurred, &e.FirstOccurred)
		w.number(rd.NameRetryCount, &e.RetryCount)
		w.leaf(rd.NameErrorType, Text, &e.Type)
		w.cdError(&e.Error)
	})
}

func (w *walker) retryError(e *rd.RetryError) {
	w.element("retry-error", &e.Place, func() {
		w.attrGUID(rd.NameMVGUID, &e.MVGUID)
		w.attr(rd.NameDisplayname, Name, &e.DisplayName)
		w.instant(rd.NameDateOccurred, &e.DateOccurred)
		w.leaf(rd.NameErrorType, Text, &e.Type)
		w.algorithmStep(&e.AlgorithmStep)
		w.extensionError(&e.Extension)
		w.rulesError(&e.Rules)
	})
}

func (w *walker) algorithmStep(a *rd.AlgorithmStep) {
	if a.Present && w.begin("algorithm-step", &a.Place) {
		w.attrGUID(rd.NameMAID, &a.MAID)
		w.attr(rd.NameDN, DN, &a.DN)
		w.text(value{text: a.Value, kind: Text})
		w.end()
	}
}

func (w *walker) delta(d *rd.Delta) {
	w.block(rd.NameDelta, &d.Block, false, func() {
		w.attr(rd.NameOperation, Text, &d.Operation)
		w.attr(rd.NameDN, DN, &d.DN)
		w.encoded(rd.NameAnchor, &d.Anchor)
		w.attributes(rd.NameDNAttr, d.DNAttributes)
		w.attributes(rd.NameAttr, d.Attributes)
	})
}

func (w *walker) entry(e *rd.Entry) {
	w.block(rd.NameEntry, &e.Block, false, func() {
		w.attr(rd.NameDN, DN, &e.DN)
		w.encoded(rd.NameAnchor, &e.Anchor)
		w.encoded(rd.NameParentAnchor, &e.ParentAnchor)
		w.leaf(rd.NamePrimaryObjectclass, Text, &e.PrimaryObjectClass)
		w.block(rd.NameObjectclass, &e.ObjectClass, false, func() { w.texts(rd.NameOCValue, Text, e.ObjectClasses) })
		w.attributes(rd.NameDNAttr, e.DNAttributes)
		w.attributes(rd.NameAttr, e.Attributes)
	})
}

func (w *walker) attributes(name source.Sym, list []*rd.Attribute) {
	w.beginSet()
	for _, a := range list {
		w.element(nameOf(name), &a.Place, func() {
			w.attr(rd.NameOperation, Text, &a.Operation)
			w.attr(rd.NameName, Text, &a.Name)
			w.attr(rd.NameType, Text, &a.Type)
			w.attr(rd.NameMultivalued, Text, &a.MultiValued)
			w.beginSet()
			for _, v := range a.Values {
				if name == rd.NameDNAttr {
					w.dnValue(v)
				} else {
					w.plainValue(v)
				}
			}
			w.endSet()
		})
	}
	w.endSet()
}

func (w *walker) dnValue(v *rd.Value) {
	w.element("dn-value", &v.Place, func() {
		w.attr(rd.NameOperation, Text, &v.Operation)
		w.leaf(rd.NameDN, DN, &v.DN)
		w.encoded(rd.NameAnchor, &v.Anchor)
	})
}

func (w *walker) plainValue(v *rd.Value) {
	w.element("value", &v.Place, func() {
		w.attr(rd.NameOperation, Text, &v.Operation)
		w.attr(rd.NameEncoding, Text, &v.Encoding)
		w.text(value{text: v.Value, kind: Name})
	})
}

func (w *walker) extensionError(e *rd.ExtensionError) {
	w.block(rd.NameExtensionErrorInfo, &e.Block, false, func() {
		w.leaf(rd.NameExtensionName, Text, &e.Name)
		w.leaf(rd.NameExtensionCallsite, Text, &e.CallSite)
		w.leaf(rd.NameExtensionContext, Text, &e.Context)
		w.leaf(rd.NameCallStack, Text, &e.CallStack)
	})
}

func (w *walker) rulesError(e *rd.RulesError) {
	w.block(rd.NameRulesErrorInfo, &e.Block, false, func() {
		c := &e.Context
		w.block(rd.NameContext, &c.Block, false, func() {
			w.attrGUID(rd.NameMAID, &c.MAID)
			w.attr(rd.NameMAName, Agent, &c.MAName)
			w.attrGUID(rd.NameCSObjectID, &c.CSObjectID)
			w.attr(rd.NameDN, DN, &c.DN)
			w.mapping(&c.Mapping)
		})
	})
}

func (w *walker) mapping(m *rd.Mapping) {
	w.block(rd.NameAttributeMapping, &m.Block, false, func() {
		w.attr(rd.NameDestAttr, Text, &m.DestAttr)
		w.attrValueOf(rd.NameContextID, &m.ContextID)
		w.block(rd.NameDirectMapping, &m.Direct.Block, false, func() {
			if src := &m.Direct.Source; src.Present && w.begin("src-attribute", &src.Place) {
				w.attr(rd.NameIntrinsic, Text, &m.Direct.Intrinsic)
				w.text(value{text: src.Value, kind: Text})
				w.end()
			}
		})
		w.block(rd.NameScriptedMapping, &m.Scripted.Block, false, func() {
			w.texts(rd.NameSrcAttribute, Text, m.Scripted.Sources)
			w.leaf(rd.NameScriptContext, Text, &m.Scripted.Script)
		})
		w.block(rd.NameConstantMapping, &m.Constant.Block, false, func() { w.leaf(rd.NameConstantValue, Text, &m.Constant.Value) })
		w.block(rd.NameDNPartMapping, &m.DNPart.Block, false, func() { w.number(rd.NameDNPart, &m.DNPart.Part) })
	})
}

// attrValueOf shows an attribute that the schema calls text and servers fill
// with a GUID.
func (w *walker) attrValueOf(name source.Sym, t *rd.Text) {
	if !t.Present {
		return
	}
	v := value{text: t.Value, kind: Text}
	if id, ok := rd.ParseGUID(t.Value); ok {
		v.kind, v.id, v.valid = GUID, id, true
	}
	w.attrValue(nameOf(name), &t.Place, v)
}
