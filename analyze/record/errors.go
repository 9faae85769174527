package record

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
	rd "github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/terms"
)

// cdError is what the connected data source said. The schema wants code and
// literal together.
func cdError(e *engine.CDError) rd.CDError {
	if e == nil {
		return rd.CDError{}
	}
	c := rd.CDError{Block: present(), Code: text(e.Code), Literal: text(e.Literal)}
	if e.Detail != "" {
		c.Detail = text(e.Detail)
	}
	return c
}

// anchor is an anchor that may not be known.
func anchor(b []byte) rd.Encoded {
	if len(b) == 0 {
		return rd.Encoded{}
	}
	return rd.NewEncoded(base64.StdEncoding.EncodeToString(b))
}

// objectError makes ma-object-error. Under upsmods an element stands only with
// the types that the text names for it (SE-K56).
func objectError(e *engine.DiscoveryError, p Profile) *rd.ObjectError {
	o := &rd.ObjectError{Type: text(e.Type)}
	if e.Type != "missing-anchor-component" && e.Type != "multi-valued-anchor-component" { // there is none (R222)
		o.Anchor = anchor(e.Anchor)
	}
	if e.DN != "" && e.Type != "missing-dn" {
		o.DN = text(e.DN)
	}
	if e.Type == "parse-error" {
		o.EntryNumber = number(max(e.EntryNumber, 1))
		if e.LineNumber > 0 {
			o.LineNumber = number(e.LineNumber)
		}
		if e.ColumnNumber > 0 {
			o.ColumnNumber = number(e.ColumnNumber)
		}
	}
	if e.AttributeName != "" && namesAttribute(e.Type, p) {
		o.AttributeName = text(e.AttributeName)
	}
	o.Error = cdError(e.Error)
	for _, v := range e.Values {
		t := text(v)
		o.Values = append(o.Values, &t)
	}
	return o
}

// namesAttribute tells whether an error of the type names an attribute (R224).
// The database specification has three types more.
func namesAttribute(errorType string, p Profile) bool {
	if p == Server && slices.Contains([]string{"invalid-reference-value", "multi-valued-anchor-component", "parse-error"}, errorType) {
		return true
	}
	return slices.Contains([]string{"invalid-modification-type", "conflicting-modification-types", "multi-single-mismatch", "invalid-attribute-value",
		"invalid-base64-value", "invalid-numeric-value", "invalid-boolean-value", "reference-value-not-ldap-conformant", "unsupported-value-type",
		"missing-anchor-component"}, errorType)
}

func algorithmStep(a *engine.AlgorithmStep) rd.AlgorithmStep {
	s := rd.AlgorithmStep{Text: text(a.Name)}
	if a.MA != (engine.GUID{}) {
		s.MAID = guid(a.MA)
		s.DN = text(a.DN)
	}
	return s
}

func importError(e *engine.ImportError) *rd.ImportError {
	return &rd.ImportError{
		CSGUID: guid(e.ID), DN: text(e.DN), FirstOccurred: instant(e.FirstOccurred), RetryCount: number(e.RetryCount),
		DateOccurred: instant(e.DateOccurred), Type: text(e.Type), AlgorithmStep: algorithmStep(&e.Step),
		Change: change(e.Change), Extension: extensionError(e.Extension), Rules: rulesError(e.Rules),
	}
}

// exportErrorTypes are the types of export errors that a profile knows.
func exportErrorTypes(p Profile) map[string]bool {
	products := terms.UPSMODS
	if p == Server {
		products |= terms.SharePoint
	}
	listed := map[string]bool{}
	for _, t := range terms.All() {
		if t.Kind == terms.ExportError && t.Products&products != 0 {
			listed[t.Name] = true
		}
	}
	return listed
}

// exportError makes export-error. What the data source said stands with the
// type cd-error only, under upsmods, and always there (R449, SE-K43). An error
// with a name of the connector's own (SE-K55) is one of the connector for
// servers, and cd-error for the published text; its name is told with the text.
func exportError(e *engine.ExportError, p Profile, listed map[string]bool) *rd.ExportError {
	typ, said := e.Type, e.Error
	if !listed[typ] {
		own := engine.CDError{Literal: typ}
		if said != nil {
			own = *said
			own.Literal = strings.TrimSuffix(typ+": "+said.Literal, ": ")
		}
		said = &own
		if typ = "cd-error"; p == Server {
			typ = "ma-extension-error"
		}
	}
	if typ == "cd-error" && said == nil {
		said = &engine.CDError{}
	}
	x := &rd.ExportError{
		CSGUID: guid(e.ID), DN: text(e.DN), DateOccurred: instant(e.DateOccurred), FirstOccurred: instant(e.FirstOccurred),
		RetryCount: number(e.RetryCount), Type: text(typ),
	}
	if typ == "cd-error" || p == Server {
		x.Error = cdError(said)
	}
	return x
}

func retryError(e *engine.RetryError) *rd.RetryError {
	return &rd.RetryError{
		MVGUID: guid(e.ID), DisplayName: text(e.DisplayName), DateOccurred: instant(e.DateOccurred), Type: text(e.Type),
		AlgorithmStep: algorithmStep(&e.Step), Extension: extensionError(e.Extension), Rules: rulesError(e.Rules),
	}
}

func extensionError(e *engine.ExtensionError) rd.ExtensionError {
	if e == nil {
		return rd.ExtensionError{}
	}
	return rd.ExtensionError{Block: present(), Name: text(e.Name), CallSite: text(e.CallSite), Context: text(e.Context), CallStack: text(e.CallStack)}
}

func rulesError(e *engine.RulesError) rd.RulesError {
	if e == nil {
		return rd.RulesError{}
	}
	return rd.RulesError{Block: present(), Context: rd.MappingContext{
		Block: present(), MAID: guid(e.MA), MAName: text(e.MAName), CSObjectID: guid(e.Object), DN: text(e.DN),
		Mapping: mapping(e),
	}}
}

// mapping makes attribute-mapping. Mappings of synchronization rules are not
// executed, so none can fail.
func mapping(e *engine.RulesError) rd.Mapping {
	m := rd.Mapping{Block: present(), DestAttr: text(e.Destination), ContextID: text(e.ContextID)}
	sources := e.Mapping.Sources
	switch e.Mapping.Kind {
	case engine.Constant:
		m.Constant = rd.ConstantMapping{Block: present(), Value: text(e.Mapping.Value)}
	case engine.DNPart:
		m.DNPart = rd.DNPartMapping{Block: present(), Part: number(e.Mapping.Part)}
	case engine.Scripted:
		m.Scripted = rd.ScriptedMapping{Block: present(), Script: text(e.Mapping.Script)}
		for _, s := range sources {
			t := text(s.Name)
			m.Scripted.Sources = append(m.Scripted.Sources, &t)
		}
	default:
		m.Direct = rd.DirectMapping{Block: present()}
		if len(sources) > 0 {
			m.Direct.Source = text(sources[0].Name)
			if sources[0].Intrinsic {
				m.Direct.Intrinsic = rd.NewText("true")
			}
		}
	}
	return m
}
