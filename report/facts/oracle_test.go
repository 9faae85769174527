package facts_test

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/unicode"

	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/operations"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/source"
)

// The figures of the tables are compared with what a reader of the standard
// library finds in the same documents, which shares no code with ours.

// node is an element as that reader sees it.
type node struct {
	name     string
	attrs    map[string]string
	children []*node
	text     string
}

// parse reads a document; its label, which may contradict the bytes, does not
// count.
func parse(t *testing.T, document []byte) *node {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(document))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	root := &node{}
	open := []*node{root}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return root
		}
		if err != nil {
			t.Fatal(err)
		}
		top := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			n := &node{name: token.Name.Local, attrs: map[string]string{}}
			for _, a := range token.Attr {
				n.attrs[a.Name.Local] = a.Value
			}
			top.children = append(top.children, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.text += string(token)
		}
	}
}

// all returns the elements of that name below n.
func (n *node) all(name string) (list []*node) {
	for _, c := range n.children {
		if c.name == name {
			list = append(list, c)
		}
		list = append(list, c.all(name)...)
	}
	return list
}

// at returns the text of the child at the path, with an attribute at its end
// perhaps; "-" where there is none.
func (n *node) at(path string) string {
	for name := range strings.SplitSeq(path, "/") {
		if attr, ok := strings.CutPrefix(name, "@"); ok {
			if v, ok := n.attrs[attr]; ok {
				return v
			}
			return "-"
		}
		i := slices.IndexFunc(n.children, func(c *node) bool { return c.name == name })
		if i < 0 {
			return "-"
		}
		n = n.children[i]
	}
	return n.text
}

func (n *node) record(paths ...string) string {
	var all []string
	for _, p := range paths {
		all = append(all, n.at(p))
	}
	return strings.Join(all, "|")
}

// unpacked returns the bytes of a document in UTF-8.
func unpacked(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(file, ".gz") {
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if data, err = io.ReadAll(z); err != nil {
			t.Fatal(err)
		}
	}
	if len(data) > 1 && (data[0] == 0xFF || data[0] == 0xFE) {
		if data, err = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data); err != nil {
			t.Fatal(err)
		}
	}
	return data
}

// kept keeps the rows of tables as texts.
type kept struct{ tables map[string]*keptTable }

type keptTable struct {
	table *tables.Table
	rows  []map[string]string
}

func (k *kept) open(t *tables.Table) (tables.Rows, error) {
	table := &keptTable{table: t}
	k.tables[t.Name] = table
	return table, nil
}

func (k *keptTable) Row(row []tables.Value) error {
	texts := map[string]string{}
	for i, c := range k.table.Columns {
		switch v := &row[i]; {
		case !v.Present():
			texts[c.Name] = "-"
		case c.Type.Textual():
			texts[c.Name] = strings.Clone(v.Text())
		case c.Type == tables.Time:
			texts[c.Name] = time.UnixMilli(v.Int()).UTC().Format("2006-01-02 15:04:05.000")
		case c.Type == tables.Bool:
			texts[c.Name] = map[bool]string{true: "true", false: "false"}[v.Bool()]
		default:
			texts[c.Name] = string(tables.AppendFloat(nil, float64(v.Int())))
			if c.Type == tables.Float {
				texts[c.Name] = string(tables.AppendFloat(nil, v.Float()))
			}
		}
	}
	k.rows = append(k.rows, texts)
	return nil
}

// records are the rows with their values in those columns, sorted.
func (k *kept) records(table, only string, columns ...string) []string {
	var all []string
	for _, row := range k.tables[table].rows {
		if only != "" && row["kind"] != only {
			continue
		}
		var values []string
		for _, c := range columns {
			values = append(values, row[c])
		}
		all = append(all, strings.Join(values, "|"))
	}
	slices.Sort(all)
	return all
}

func collect(t *testing.T, selection facts.Selection, documents ...string) *kept {
	t.Helper()
	k := &kept{tables: map[string]*keptTable{}}
	c, err := facts.NewCollector(k.open)
	if err != nil {
		t.Fatal(err)
	}
	r := operations.Follow(source.DefaultLimits(), facts.Select(selection, c))
	for _, file := range documents {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c.File(filepath.Base(file))
		if _, err := r.Document(bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
	}
	if c.Err() != nil {
		t.Fatal(c.Err())
	}
	return k
}

func documents(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("../../samples/histories/*")
	if err != nil || len(all) < 45 {
		t.Fatalf("%d histories: %v", len(all), err)
	}
	return append(all, "../../samples/base/complete.xml", "../../samples/running/29-fabrikam-full-import.xml")
}

// same compares two sorted lists.
func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	slices.Sort(want)
	if len(got) != len(want) {
		t.Errorf("%s: %d rows, want %d", what, len(got), len(want))
	}
	wrong := 0
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] && wrong < 3 {
			wrong++
			t.Errorf("%s:\n got %.300s\nwant %.300s", what, got[i], want[i])
		}
	}
}

func TestAgainstAnotherReader(t *testing.T) {
	errors := 0
	for _, file := range documents(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			root := parse(t, unpacked(t, file))
			k := collect(t, facts.Selection{}, file)
			list := func(elements []*node, paths ...string) (all []string) {
				for _, e := range elements {
					all = append(all, e.record(paths...))
				}
				return all
			}
			same(t, "runs", k.records(facts.Runs, "", "ma_name", "ma_id", "run_number", "run_profile", "security_id"),
				list(root.all("run-details"), "ma-name", "ma-id", "run-number", "run-profile-name", "security-id"))
			same(t, "steps", k.records(facts.Steps, "", "step_number", "step_id", "step_start", "end", "result", "connection_result", "server", "inbound_flow_failure"),
				withSteps(root, "@step-number", "@step-id", "start-date", "end-date", "step-result", "ma-connection/connection-result", "ma-connection/server", "-"))
			same(t, "import errors", k.records(facts.Errors, facts.ImportKind, "dn", "object_guid", "error_type", "first_occurred", "last_occurred", "retries",
				"algorithm_step", "extension", "call_site", "call_stack", "mapping_destination"),
				list(root.all("import-error"), "@dn", "@cs-guid", "error-type", "first-occurred", "date-occurred", "retry-count", "algorithm-step",
					"extension-error-info/extension-name", "extension-error-info/extension-callsite", "extension-error-info/call-stack",
					"rules-error-info/context/attribute-mapping/@dest-attr"))
			same(t, "export errors", k.records(facts.Errors, facts.ExportKind, "dn", "object_guid", "error_type", "first_occurred", "last_occurred", "retries", "code", "literal"),
				list(root.all("export-error"), "@dn", "@cs-guid", "error-type", "first-occurred", "date-occurred", "retry-count", "cd-error/error-code", "cd-error/error-literal"))
			same(t, "retry errors", k.records(facts.Errors, facts.RetryKind, "object_guid", "object_name", "error_type", "last_occurred", "algorithm_dn"),
				list(root.all("retry-error"), "@mv-guid", "@displayname", "error-type", "date-occurred", "algorithm-step/@dn"))
			same(t, "discovery errors", k.records(facts.Errors, facts.DiscoveryKind, "dn", "error_type", "attribute", "code", "literal"),
				list(root.all("ma-object-error"), "dn", "error-type", "attribute-name", "cd-error/error-code", "cd-error/error-literal"))
			same(t, "object errors", k.records(facts.Objects, "", "error_type", "entry_number", "line_number", "column_number", "dn", "anchor", "anchor_encoding"),
				list(root.all("ma-object-error"), "error-type", "entry-number", "line-number", "column-number", "dn", "anchor", "anchor/@encoding"))
			same(t, "incidents", k.records(facts.Incidents, "", "date", "result", "server", "code", "literal", "server_detail"),
				list(root.all("incident"), "date", "connection-result", "server", "cd-error/error-code", "cd-error/error-literal", "cd-error/server-error-detail"))
			same(t, "counters", k.records(facts.Counters, "", "block", "target_ma_name", "target_ma_id", "counter", "count", "detail"), counters(root))
			same(t, "changes", k.records(facts.Changes, "", "side", "attribute", "attribute_operation", "value", "value_operation", "encoding"), values(root))
			errors += len(k.tables[facts.Errors].rows)
		})
	}
	if errors < 8000 {
		t.Errorf("only %d errors were compared", errors)
	}
}

// withSteps are the steps, with flow-failure at the end.
func withSteps(root *node, paths ...string) (all []string) {
	for _, s := range root.all("step-details") {
		all = append(all, strings.TrimSuffix(s.record(paths...), "-")+s.at("inbound-flow-counters/flow-failure"))
	}
	return all
}

func counters(root *node) (all []string) {
	for _, block := range []string{"ma-discovery-counters", "staging-counters", "inbound-flow-counters", "outbound-flow-counters", "export-counters"} {
		for _, b := range root.all(block) {
			for _, c := range b.children {
				all = append(all, strings.Join([]string{block, b.at("@ma"), b.at("@ma-id"), c.name, c.text, c.at("@detail")}, "|"))
			}
		}
	}
	return all
}

func values(root *node) (all []string) {
	for _, change := range root.all("change-not-reimported") {
		for element, side := range map[string]string{"delta": "exported", "entry": "found"} {
			for _, s := range change.all(element) {
				rows := 0
				for _, a := range s.children {
					if a.name != "attr" && a.name != "dn-attr" {
						continue
					}
					rows++
					head := side + "|" + a.record("@name", "@operation")
					none := true
					for _, v := range a.children {
						none = false
						value := v.text
						if v.name == "dn-value" {
							value = v.at("dn")
						}
						all = append(all, head+"|"+value+"|"+v.record("@operation", "@encoding"))
					}
					if none {
						all = append(all, head+"|-|-|-")
					}
				}
				if rows == 0 {
					all = append(all, side+"|-|-|-|-|-")
				}
			}
		}
	}
	return all
}

func timeOf(text string) (int64, error) {
	at, err := time.Parse("2006-01-02 15:04:05.000", text)
	return at.UnixMilli(), err
}
