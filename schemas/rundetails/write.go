package rundetails

import "github.com/runhist/runhist/schemas/source"

// This file writes the records, each in the order of the schema. It is the
// counterpart of records.go and changes.go.

func (w *Writer) incident(i *Incident) {
	w.start(NameIncident)
	w.leaf(NameConnectionResult, &i.Result)
	w.leaf(NameDate, &i.Date.Text)
	w.leaf(NameServer, &i.Server)
	w.cdError(&i.Error)
	w.end(NameIncident)
}

func (w *Writer) cdError(e *CDError) {
	if !e.Present {
		return
	}
	w.start(NameCDError)
	w.leaf(NameErrorCode, &e.Code)
	w.leaf(NameErrorLiteral, &e.Literal)
	w.leaf(NameServerErrorDetail, &e.Detail)
	w.end(NameCDError)
}

func (w *Writer) objectError(e *ObjectError) {
	w.start(NameMAObjectError)
	w.leaf(NameErrorType, &e.Type)
	w.leaf(NameEntryNumber, &e.EntryNumber.Text)
	w.leaf(NameLineNumber, &e.LineNumber.Text)
	w.leaf(NameColumnNumber, &e.ColumnNumber.Text)
	w.leaf(NameDN, &e.DN)
	w.encoded(NameAnchor, &e.Anchor)
	w.leaf(NameAttributeName, &e.AttributeName)
	w.cdError(&e.Error)
	for _, v := range e.Values {
		w.leaf(NameValue, v)
	}
	w.end(NameMAObjectError)
}

func (w *Writer) encoded(name source.Sym, e *Encoded) {
	if e.Present {
		w.tag(name)
		w.attribute(NameEncoding, &e.Encoding)
		w.content(name, e.Value)
	}
}

func (w *Writer) importError(e *ImportError) {
	w.tag(NameImportError)
	w.attribute(NameCSGUID, &e.CSGUID.Text)
	w.attribute(NameDN, &e.DN)
	w.leaf(NameFirstOccurred, &e.FirstOccurred.Text)
	w.leaf(NameRetryCount, &e.RetryCount.Text)
	w.leaf(NameDateOccurred, &e.DateOccurred.Text)
	w.leaf(NameErrorType, &e.Type)
	w.algorithmStep(&e.AlgorithmStep)
	if e.Change.Present {
		w.start(NameChangeNotReimported)
		w.delta(&e.Change.Delta)
		w.entry(&e.Change.Entry)
		w.end(NameChangeNotReimported)
	}
	w.extensionError(&e.Extension)
	w.rulesError(&e.Rules)
	w.end(NameImportError)
}

func (w *Writer) exportError(e *ExportError) {
	w.tag(NameExportError)
	w.attribute(NameCSGUID, &e.CSGUID.Text)
	w.attribute(NameDN, &e.DN)
	w.leaf(NameDateOccurred, &e.DateOccurred.Text)
	w.leaf(NameFirstOccurred, &e.FirstOccurred.Text)
	w.leaf(NameRetryCount, &e.RetryCount.Text)
	w.leaf(NameErrorType, &e.Type)
	w.cdError(&e.Error)
	w.end(NameExportError)
}

func (w *Writer) retryError(e *RetryError) {
	w.tag(NameRetryError)
	w.attribute(NameMVGUID, &e.MVGUID.Text)
	if e.DisplayName.Name == NameDisplayNameFIM { // FIM 2010 calls it so
		w.attribute(NameDisplayNameFIM, &e.DisplayName)
	} else {
		w.attribute(NameDisplayname, &e.DisplayName)
	}
	w.leaf(NameDateOccurred, &e.DateOccurred.Text)
	w.leaf(NameErrorType, &e.Type)
	w.algorithmStep(&e.AlgorithmStep)
	w.extensionError(&e.Extension)
	w.rulesError(&e.Rules)
	w.end(NameRetryError)
}

func (w *Writer) algorithmStep(a *AlgorithmStep) {
	if a.Present {
		w.tag(NameAlgorithmStep)
		w.attribute(NameMAID, &a.MAID.Text)
		w.attribute(NameDN, &a.DN)
		w.content(NameAlgorithmStep, a.Value)
	}
}

func (w *Writer) delta(d *Delta) {
	if !d.Present {
		return
	}
	w.tag(NameDelta)
	w.attribute(NameOperation, &d.Operation)
	w.attribute(NameDN, &d.DN)
	w.encoded(NameAnchor, &d.Anchor)
	w.attributes(d.DNAttributes, NameDNAttr)
	w.attributes(d.Attributes, NameAttr)
	w.end(NameDelta)
}

func (w *Writer) entry(e *Entry) {
	if !e.Present {
		return
	}
	w.tag(NameEntry)
	w.attribute(NameDN, &e.DN)
	w.encoded(NameAnchor, &e.Anchor)
	w.encoded(NameParentAnchor, &e.ParentAnchor)
	w.leaf(NamePrimaryObjectclass, &e.PrimaryObjectClass)
	if e.ObjectClass.Present {
		w.start(NameObjectclass)
		for _, class := range e.ObjectClasses {
			w.leaf(NameOCValue, class)
		}
		w.end(NameObjectclass)
	}
	w.attributes(e.DNAttributes, NameDNAttr)
	w.attributes(e.Attributes, NameAttr)
	w.end(NameEntry)
}

func (w *Writer) attributes(list []*Attribute, name source.Sym) {
	for _, a := range list {
		w.tag(name)
		w.attribute(NameOperation, &a.Operation)
		w.attribute(NameName, &a.Name)
		w.attribute(NameType, &a.Type)
		w.attribute(NameMultivalued, &a.MultiValued)
		for _, v := range a.Values {
			if name == NameDNAttr {
				w.dnValue(v)
				continue
			}
			w.tag(NameValue)
			w.attribute(NameOperation, &v.Operation)
			w.attribute(NameEncoding, &v.Encoding)
			w.content(NameValue, v.Value)
		}
		w.end(name)
	}
}

func (w *Writer) dnValue(v *Value) {
	w.tag(NameDNValue)
	w.attribute(NameOperation, &v.Operation)
	w.leaf(NameDN, &v.DN)
	w.encoded(NameAnchor, &v.Anchor)
	w.end(NameDNValue)
}

func (w *Writer) extensionError(e *ExtensionError) {
	if !e.Present {
		return
	}
	w.start(NameExtensionErrorInfo)
	w.leaf(NameExtensionName, &e.Name)
	w.leaf(NameExtensionCallsite, &e.CallSite)
	w.leaf(NameExtensionContext, &e.Context)
	w.leaf(NameCallStack, &e.CallStack)
	w.end(NameExtensionErrorInfo)
}

func (w *Writer) rulesError(e *RulesError) {
	if !e.Present {
		return
	}
	name := NameRulesErrorInfo
	if e.Name == NameRuleErrorInfo { // MIIS 2003 calls it so
		name = NameRuleErrorInfo
	}
	w.start(name)
	if c := &e.Context; c.Present {
		w.tag(NameContext)
		w.attribute(NameMAID, &c.MAID.Text)
		w.attribute(NameMAName, &c.MAName)
		w.attribute(NameCSObjectID, &c.CSObjectID.Text)
		w.attribute(NameDN, &c.DN)
		w.mapping(&c.Mapping)
		w.end(NameContext)
	}
	w.end(name)
}

func (w *Writer) mapping(m *Mapping) {
	if !m.Present {
		return
	}
	w.tag(NameAttributeMapping)
	w.attribute(NameDestAttr, &m.DestAttr)
	w.attribute(NameContextID, &m.ContextID)
	if m.Direct.Present {
		w.start(NameDirectMapping)
		if m.Direct.Source.Present {
			w.tag(NameSrcAttribute)
			w.attribute(NameIntrinsic, &m.Direct.Intrinsic)
			w.content(NameSrcAttribute, m.Direct.Source.Value)
		}
		w.end(NameDirectMapping)
	}
	if m.Scripted.Present {
		w.start(NameScriptedMapping)
		for _, src := range m.Scripted.Sources {
			w.leaf(NameSrcAttribute, src)
		}
		w.leaf(NameScriptContext, &m.Scripted.Script)
		w.end(NameScriptedMapping)
	}
	if m.Constant.Present {
		w.start(NameConstantMapping)
		w.leaf(NameConstantValue, &m.Constant.Value)
		w.end(NameConstantMapping)
	}
	if m.DNPart.Present {
		w.start(NameDNPartMapping)
		w.leaf(NameDNPart, &m.DNPart.Part.Text)
		w.end(NameDNPartMapping)
	}
	w.end(NameAttributeMapping)
}
