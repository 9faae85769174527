package facts

import (
	"strings"

	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/terms"
)

// change is a value of a change that was exported and did not come back.
type change struct {
	error     *rundetails.ImportError
	side      string
	operation *rundetails.Text
	attribute *rundetails.Attribute
	value     *rundetails.Value
}

// The sides of an unconfirmed change.
const (
	exportedSide = "exported"
	foundSide    = "found"
)

// noAttribute and noValue stand for what a change does not have.
var (
	noAttribute rundetails.Attribute
	noValue     rundetails.Value
)

// each calls put for every value of the change; a side without attributes, and
// an attribute without values, is one row.
func (c *change) each(e *rundetails.ImportError, put func()) {
	c.error = e
	if d := &e.Change.Delta; d.Present {
		c.side, c.operation = exportedSide, &d.Operation
		c.attributes(d.DNAttributes, d.Attributes, put)
	}
	if n := &e.Change.Entry; n.Present {
		c.side, c.operation = foundSide, &none.text
		c.attributes(n.DNAttributes, n.Attributes, put)
	}
}

func (c *change) attributes(references, others []*rundetails.Attribute, put func()) {
	c.attribute, c.value = &noAttribute, &noValue
	if len(references)+len(others) == 0 {
		put()
	}
	for _, list := range [...][]*rundetails.Attribute{references, others} {
		for _, a := range list {
			c.attribute, c.value = a, &noValue
			if len(a.Values) == 0 {
				put()
			}
			for _, v := range a.Values {
				c.value = v
				put()
			}
		}
	}
}

// of is the value: that of value, or the DN of a dn-value.
func (c *change) of() tables.Value {
	if c.value.DN.Present {
		return text(&c.value.DN)
	}
	return text(&c.value.Text)
}

func changesTable() declaration {
	const delta = "import-error/change-not-reimported/delta/"
	const both = "change-not-reimported/delta or entry/"
	return declaration{Changes, "Unconfirmed changes", "Changes that were exported and not found when they were imported again: a row for each value of the exported delta and of the entry that was found.", append(ofStep(),
		column{"line", tables.Int, "", "Line of the import error, by which its rows belong together.", "position of import-error", func(f *fact) tables.Value { return tables.Num(f.change.error.Line) }},
		column{"error_type", tables.Word, "", "Type of the import error.", "import-error/error-type (2.2.1.1.1.4)", func(f *fact) tables.Value { return text(&f.change.error.Type) }},
		column{"object_guid", tables.GUID, "", "GUID of the connector space object.", "import-error/@cs-guid", func(f *fact) tables.Value { return text(&f.change.error.CSGUID.Text) }},
		column{"dn", tables.Text, "", "Distinguished name of the object.", "import-error/@dn", func(f *fact) tables.Value { return text(&f.change.error.DN) }},
		column{"side", tables.Word, "", "exported: what was sent to the data source; found: what came back from it.", "the name of the element: delta or entry", func(f *fact) tables.Value { return tables.Of(f.change.side) }},
		column{"operation", tables.Word, "", "What was exported: add, update, delete and so on.", delta + "@operation", func(f *fact) tables.Value { return text(f.change.operation) }},
		column{"attribute", tables.Word, "", "Name of the attribute; missing where the side has none.", both + "attr/@name, dn-attr/@name", func(f *fact) tables.Value { return text(&f.change.attribute.Name) }},
		column{"attribute_type", tables.Word, "", "Type of its values.", both + "attr/@type", func(f *fact) tables.Value { return text(&f.change.attribute.Type) }},
		column{"multivalued", tables.Word, "", "Whether the attribute may have several values.", both + "attr/@multivalued, dn-attr/@multivalued", func(f *fact) tables.Value { return text(&f.change.attribute.MultiValued) }},
		column{"attribute_operation", tables.Word, "", "What the delta does to the attribute.", delta + "attr/@operation, dn-attr/@operation", func(f *fact) tables.Value { return text(&f.change.attribute.Operation) }},
		column{"value_operation", tables.Word, "", "What the delta does to the value.", delta + "attr/value/@operation, dn-attr/dn-value/@operation", func(f *fact) tables.Value { return text(&f.change.value.Operation) }},
		column{"value", tables.Text, "", "The value; the DN where it is a reference.", both + "attr/value, dn-attr/dn-value/dn", func(f *fact) tables.Value { return f.change.of() }},
		column{"encoding", tables.Word, "", "base64 where the value is binary.", both + "attr/value/@encoding", func(f *fact) tables.Value { return text(&f.change.value.Encoding) }},
		column{"anchor", tables.Text, "", "Anchor of the object that the value refers to.", both + "dn-attr/dn-value/anchor", func(f *fact) tables.Value { return text(&f.change.value.Anchor.Text) }},
	)}
}

// sayings are the columns of cd-error.
func sayings(path string, of func(f *fact) *rundetails.CDError) []column {
	return []column{
		{"code", tables.Word, "", "Code that the data source answered, as it is written.", path + "cd-error/error-code", func(f *fact) tables.Value { return text(&of(f).Code) }},
		{"code_hex", tables.Word, "", "The code in one form, hexadecimal: 8453 is 0x2105.", "code", func(f *fact) tables.Value { return said(f.words.code(&of(f).Code).hex) }},
		{"code_meaning", tables.Text, "", "What the code means; a small number can be of LDAP or of Windows.", "code, as runhist explain has it", func(f *fact) tables.Value { return said(f.words.code(&of(f).Code).meaning) }},
		{"message", tables.Text, "", "First line of what the data source said.", path + "cd-error/error-literal", func(f *fact) tables.Value { return said(firstLine(of(f).Literal.Value)) }},
		{"literal", tables.Text, "", "What the data source said, all of it.", path + "cd-error/error-literal", func(f *fact) tables.Value { return text(&of(f).Literal) }},
		{"server_detail", tables.Text, "", "What the server of the data source said.", path + "cd-error/server-error-detail", func(f *fact) tables.Value { return text(&of(f).Detail) }},
	}
}

func incidentsTable() declaration {
	const path = "ma-connection/connection-log/incident/"
	return declaration{Incidents, "Connection incidents", "Attempts to connect to a data source: a row for each incident.", append(append(ofStep(),
		line(func(f *fact) *rundetails.Place { return &f.incident.Place }),
		column{"incident_index", tables.Int, "", "Position in the connection log, from 1 on.", "position of incident", func(f *fact) tables.Value { return tables.Num(f.attempt) }},
		column{"date", tables.Time, "", "When it was.", path + "date (2.2.1.1.1.1)", func(f *fact) tables.Value { return instant(&f.incident.Date) }},
		column{"result", tables.Word, "", "What came of it.", path + "connection-result", func(f *fact) tables.Value { return text(&f.incident.Result) }},
		column{"result_meaning", tables.Text, "", "What the result says happened.", "result, as runhist explain has it", func(f *fact) tables.Value { return f.words.of(terms.ConnectionResult, f.incident.Result.Value) }},
		column{"server", tables.Word, "", "Server that was tried.", path + "server", func(f *fact) tables.Value { return text(&f.incident.Server) }},
	), sayings(path, func(f *fact) *rundetails.CDError { return &f.incident.Error })...)}
}

func objectsTable() declaration {
	const path = "ma-discovery-errors/ma-object-error/"
	return declaration{Objects, "Object errors", "Errors on objects that an agent tried to discover: a row for each, with its place in the file that was imported. They are in the table of errors too.", append(append(ofStep(),
		line(func(f *fact) *rundetails.Place { return &f.object.Place }),
		column{"error_type", tables.Word, "", "Type of the error.", path + "error-type (2.2.1.1.1.2)", func(f *fact) tables.Value { return text(&f.object.Type) }},
		column{"type_meaning", tables.Text, "", "What the type says happened.", "error_type, as runhist explain has it", func(f *fact) tables.Value { return f.words.of(terms.DiscoveryError, f.object.Type.Value) }},
		column{"entry_number", tables.Int, "", "Entry of the imported file.", path + "entry-number", func(f *fact) tables.Value { return number(&f.object.EntryNumber) }},
		column{"line_number", tables.Int, "", "Line of the imported file.", path + "line-number", func(f *fact) tables.Value { return number(&f.object.LineNumber) }},
		column{"column_number", tables.Int, "", "Column of the imported file.", path + "column-number", func(f *fact) tables.Value { return number(&f.object.ColumnNumber) }},
		column{"dn", tables.Text, "", "Distinguished name of the object.", path + "dn", func(f *fact) tables.Value { return text(&f.object.DN) }},
		column{"container", tables.Text, "", "DN of what the object stands in.", "dn behind its first comma", func(f *fact) tables.Value { return said(Container(f.object.DN.Value)) }},
		column{"anchor", tables.Text, "", "Anchor of the object.", path + "anchor", func(f *fact) tables.Value { return text(&f.object.Anchor.Text) }},
		column{"anchor_encoding", tables.Word, "", "base64 where the anchor is binary.", path + "anchor/@encoding", func(f *fact) tables.Value { return text(&f.object.Anchor.Encoding) }},
		column{"attribute", tables.Word, "", "Attribute that the error is about.", path + "attribute-name", func(f *fact) tables.Value { return text(&f.object.AttributeName) }},
		column{"values", tables.Int, "values", "Number of values that are given.", "count of " + path + "value", func(f *fact) tables.Value { return tables.Num(len(f.object.Values)) }},
		column{"value", tables.Text, "", "The values, a line for each.", path + "value", func(f *fact) tables.Value {
			switch len(f.object.Values) {
			case 0:
				return tables.Missing
			case 1:
				return text(f.object.Values[0])
			}
			var all []string
			for _, v := range f.object.Values {
				all = append(all, v.Value)
			}
			return tables.Of(strings.Join(all, "\n"))
		}},
	), sayings(path, func(f *fact) *rundetails.CDError { return &f.object.Error })...)}
}
