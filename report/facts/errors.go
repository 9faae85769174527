package facts

import (
	"strconv"
	"strings"

	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/terms"
)

// The kinds of errors, as column kind of the table of errors has them.
const (
	DiscoveryKind = "discovery"
	ImportKind    = "import"
	ExportKind    = "export"
	RetryKind     = "retry"
)

// none stands for what a kind of error does not have.
var none = struct {
	text    rundetails.Text
	number  rundetails.Number
	instant rundetails.Instant
	guid    rundetails.GUID
	step    rundetails.AlgorithmStep
	ext     rundetails.ExtensionError
	rules   rundetails.RulesError
	cd      rundetails.CDError
}{}

// failure is an error of any kind.
type failure struct {
	kind        string
	words       terms.Kind // of its type
	at          *rundetails.Place
	errorType   *rundetails.Text
	guid        *rundetails.GUID
	dn, name    *rundetails.Text
	anchor      *rundetails.Text
	first, last *rundetails.Instant
	retries     *rundetails.Number
	algorithm   *rundetails.AlgorithmStep
	extension   *rundetails.ExtensionError
	mapping     *rundetails.MappingContext
	said        *rundetails.CDError
	attribute   *rundetails.Text
	cut         bool
}

func objectFailure(e *rundetails.ObjectError) failure {
	return failure{kind: DiscoveryKind, words: terms.DiscoveryError, at: e.At(), errorType: &e.Type, guid: &none.guid, dn: &e.DN, name: &none.text,
		anchor: &e.Anchor.Text, first: &none.instant, last: &none.instant, retries: &none.number, algorithm: &none.step, extension: &none.ext,
		mapping: &none.rules.Context, said: &e.Error, attribute: &e.AttributeName, cut: e.Cut}
}

func importFailure(e *rundetails.ImportError) failure {
	return failure{kind: ImportKind, words: terms.ImportError, at: e.At(), errorType: &e.Type, guid: &e.CSGUID, dn: &e.DN, name: &none.text,
		anchor: &none.text, first: &e.FirstOccurred, last: &e.DateOccurred, retries: &e.RetryCount, algorithm: &e.AlgorithmStep,
		extension: &e.Extension, mapping: &e.Rules.Context, said: &none.cd, attribute: &none.text, cut: e.Cut}
}

func exportFailure(e *rundetails.ExportError) failure {
	return failure{kind: ExportKind, words: terms.ExportError, at: e.At(), errorType: &e.Type, guid: &e.CSGUID, dn: &e.DN, name: &none.text,
		anchor: &none.text, first: &e.FirstOccurred, last: &e.DateOccurred, retries: &e.RetryCount, algorithm: &none.step, extension: &none.ext,
		mapping: &none.rules.Context, said: &e.Error, attribute: &none.text, cut: e.Cut}
}

func retryFailure(e *rundetails.RetryError) failure {
	return failure{kind: RetryKind, words: terms.ImportError, at: e.At(), errorType: &e.Type, guid: &e.MVGUID, dn: &none.text, name: &e.DisplayName,
		anchor: &none.text, first: &none.instant, last: &e.DateOccurred, retries: &none.number, algorithm: &e.AlgorithmStep,
		extension: &e.Extension, mapping: &e.Rules.Context, said: &none.cd, attribute: &none.text, cut: e.Cut}
}

// object is what people call the object: the first of its names that is there.
func (e *failure) object() tables.Value {
	for _, name := range [...]*rundetails.Text{e.dn, e.name, &e.algorithm.DN, e.anchor, &e.guid.Text} {
		if strings.TrimSpace(name.Value) != "" {
			return text(name)
		}
	}
	return tables.Missing
}

const millisOfDay = 24 * 60 * 60 * 1000

// days is how long the object has been in error when the step met it.
func (e *failure) days() tables.Value {
	if !e.first.Valid || !e.last.Valid {
		return tables.Missing
	}
	return tables.Real(float64(e.last.Millis-e.first.Millis) / millisOfDay)
}

// mappingKind names the form of the flow that failed.
func mappingKind(m *rundetails.Mapping) string {
	switch {
	case m.Direct.Present:
		return "direct"
	case m.Scripted.Present:
		return "scripted"
	case m.Constant.Present:
		return "constant"
	case m.DNPart.Present:
		return "dn-part"
	}
	return ""
}

// mappingSource is what flows in the mapping.
func mappingSource(m *rundetails.Mapping) tables.Value {
	switch {
	case m.Direct.Present:
		return text(&m.Direct.Source)
	case m.Scripted.Present && len(m.Scripted.Sources) == 1:
		return text(m.Scripted.Sources[0])
	case m.Scripted.Present:
		var names []string
		for _, s := range m.Scripted.Sources {
			names = append(names, s.Value)
		}
		return said(strings.Join(names, ", "))
	case m.Constant.Present:
		return text(&m.Constant.Value)
	case m.DNPart.Part.Valid:
		return tables.Of("part " + strconv.FormatUint(m.DNPart.Part.N, 10) + " of the DN")
	}
	return tables.Missing
}

func errorsTable() declaration {
	const extension = "import-error or retry-error/extension-error-info/"
	const mapping = "import-error or retry-error/rules-error-info/context/"
	return declaration{Errors, "Errors", "The errors of objects, of all four kinds: a row for each.", append(ofStep(),
		line(func(f *fact) *rundetails.Place { return f.failure.at }),
		column{"kind", tables.Word, "", "Which list of the step the error is in: discovery, import, export or retry.", "the name of the element: ma-object-error, import-error, export-error, retry-error (2.2.1.1.1.2, 2.2.1.1.1.4, 2.2.1.1.1.5)",
			func(f *fact) tables.Value { return tables.Of(f.failure.kind) }},
		column{"error_type", tables.Word, "", "Type of the error.", "error-type", func(f *fact) tables.Value { return text(f.failure.errorType) }},
		column{"type_meaning", tables.Text, "", "What the type says happened.", "error_type, as runhist explain has it", func(f *fact) tables.Value { return f.words.of(f.failure.words, f.failure.errorType.Value) }},
		column{"object", tables.Text, "", "What to call the object: its DN, else its display name, anchor or GUID.", "dn, object_name, anchor, object_guid: the first that is there", func(f *fact) tables.Value { return f.failure.object() }},
		column{"object_guid", tables.GUID, "", "GUID of the connector space object, or of the metaverse object of a retry error.", "import-error/@cs-guid, export-error/@cs-guid, retry-error/@mv-guid", func(f *fact) tables.Value { return text(&f.failure.guid.Text) }},
		column{"dn", tables.Text, "", "Distinguished name of the object.", "import-error/@dn, export-error/@dn, ma-object-error/dn", func(f *fact) tables.Value { return text(f.failure.dn) }},
		column{"container", tables.Text, "", "DN of what the object stands in; missing where dn is of one part or no DN.", "dn behind its first comma", func(f *fact) tables.Value { return said(Container(f.failure.dn.Value)) }},
		column{"object_name", tables.Text, "", "Display name of the metaverse object.", "retry-error/@displayname (2.2.1.1.1.5)", func(f *fact) tables.Value { return text(f.failure.name) }},
		column{"algorithm_step", tables.Word, "", "Stage of synchronization at which it failed.", "import-error/algorithm-step, retry-error/algorithm-step", func(f *fact) tables.Value { return text(&f.failure.algorithm.Text) }},
		column{"algorithm_ma_id", tables.GUID, "", "Agent of the object on which that stage worked.", "algorithm-step/@ma-id", func(f *fact) tables.Value { return text(&f.failure.algorithm.MAID.Text) }},
		column{"algorithm_dn", tables.Text, "", "DN of the object on which that stage worked.", "algorithm-step/@dn", func(f *fact) tables.Value { return text(&f.failure.algorithm.DN) }},
		column{"first_occurred", tables.Time, "", "When the object failed first; import and export errors only.", "first-occurred (2.2.1.1.1.4)", func(f *fact) tables.Value { return instant(f.failure.first) }},
		column{"last_occurred", tables.Time, "", "When it failed in this run; not said of discovery errors.", "date-occurred (2.2.1.1.1.4, 2.2.1.1.1.5)", func(f *fact) tables.Value { return instant(f.failure.last) }},
		column{"days_in_error", tables.Float, "days", "How long the object had been in error then.", "date-occurred - first-occurred", func(f *fact) tables.Value { return f.failure.days() }},
		column{"retries", tables.Int, "attempts", "How often it was tried again.", "retry-count (2.2.1.1.1.4)", func(f *fact) tables.Value { return number(f.failure.retries) }},
		column{"extension", tables.Word, "", "Rules extension that failed.", extension + "extension-name", func(f *fact) tables.Value { return text(&f.failure.extension.Name) }},
		column{"call_site", tables.Word, "", "Method of the extension that was called.", extension + "extension-callsite", func(f *fact) tables.Value { return text(&f.failure.extension.CallSite) }},
		column{"extension_context", tables.Text, "", "What the extension was called for.", extension + "extension-context", func(f *fact) tables.Value { return text(&f.failure.extension.Context) }},
		column{"exception", tables.Text, "", "First line of the call stack: the exception.", extension + "call-stack", func(f *fact) tables.Value { return said(firstLine(f.failure.extension.CallStack.Value)) }},
		column{"call_stack", tables.Text, "", "The call stack as it is.", extension + "call-stack", func(f *fact) tables.Value { return text(&f.failure.extension.CallStack) }},
		column{"mapping_kind", tables.Word, "", "Form of the flow that failed: direct, scripted, constant or dn-part.", mapping + "attribute-mapping", func(f *fact) tables.Value { return said(mappingKind(&f.failure.mapping.Mapping)) }},
		column{"mapping_source", tables.Text, "", "What flows: source attributes, a constant, or a part of the DN.", mapping + "attribute-mapping: src-attribute, constant-value or dn-part", func(f *fact) tables.Value { return mappingSource(&f.failure.mapping.Mapping) }},
		column{"mapping_destination", tables.Word, "", "Attribute that it flows to.", mapping + "attribute-mapping/@dest-attr", func(f *fact) tables.Value { return text(&f.failure.mapping.Mapping.DestAttr) }},
		column{"mapping_context", tables.Text, "", "Id of the flow rule, or the name by which its script knows it.", mapping + "attribute-mapping/@context-id, else script-context", func(f *fact) tables.Value {
			if m := &f.failure.mapping.Mapping; !m.ContextID.Present {
				return text(&m.Scripted.Script)
			}
			return text(&f.failure.mapping.Mapping.ContextID)
		}},
		column{"mapping_ma_name", tables.Word, "", "Agent whose flow rule failed.", mapping + "@ma-name", func(f *fact) tables.Value { return text(&f.failure.mapping.MAName) }},
		column{"mapping_dn", tables.Text, "", "DN of the object whose flow failed.", mapping + "@dn", func(f *fact) tables.Value { return text(&f.failure.mapping.DN) }},
		column{"attribute", tables.Word, "", "Attribute that a discovery error is about.", "ma-object-error/attribute-name (2.2.1.1.1.2)", func(f *fact) tables.Value { return text(f.failure.attribute) }},
		column{"code", tables.Word, "", "Code that the data source answered, as it is written.", "cd-error/error-code", func(f *fact) tables.Value { return text(&f.failure.said.Code) }},
		column{"code_hex", tables.Word, "", "The code in one form, hexadecimal: 8453 is 0x2105.", "code", func(f *fact) tables.Value { return said(f.words.code(&f.failure.said.Code).hex) }},
		column{"code_meaning", tables.Text, "", "What the code means; a small number can be of LDAP or of Windows.", "code, as runhist explain has it", func(f *fact) tables.Value { return said(f.words.code(&f.failure.said.Code).meaning) }},
		column{"message", tables.Text, "", "First line of what the data source said.", "cd-error/error-literal", func(f *fact) tables.Value { return said(firstLine(f.failure.said.Literal.Value)) }},
		column{"literal", tables.Text, "", "What the data source said, all of it.", "cd-error/error-literal", func(f *fact) tables.Value { return text(&f.failure.said.Literal) }},
		column{"server_detail", tables.Text, "", "What the server of the data source said.", "cd-error/server-error-detail", func(f *fact) tables.Value { return text(&f.failure.said.Detail) }},
		column{"complete", tables.Bool, "", "False where the error is larger than may be held and parts are missing.", "the reader", func(f *fact) tables.Value { return tables.Flag(!f.failure.cut) }},
	)}
}
