package html_test

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	xhtml "golang.org/x/net/html"

	"github.com/runhist/runhist/report/derived"
	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/report/tables/html"
)

// all are the tables of a report.
func all() []*tables.Table { return append(facts.Tables(), derived.Tables()...) }

// write writes a report with as many rows of each table; value fills a cell.
func write(t testing.TB, o tables.Options, list []*tables.Table, rows int, value func(table *tables.Table, c *tables.Column, row int) tables.Value) string {
	t.Helper()
	var out bytes.Buffer
	w := html.New(&out, o)
	var open []tables.Rows
	for _, table := range list {
		r, err := w.Table(table)
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, r)
	}
	for n, table := range list {
		lent := make([]tables.Value, len(table.Columns))
		for i := range rows {
			for c := range table.Columns {
				lent[c] = value(table, &table.Columns[c], i)
			}
			if err := open[n].Row(lent); err != nil {
				t.Fatal(err)
			}
			clear(lent)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

var hostile = []string{
	"", "plain", "<script>alert(1)</script>", "</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "{{.}}",
	"\u202ealm.exe\u2066", "\x1b[31mred\x00\x07", "bytes \xff\xfe", "<!-- -->", "]]>", "' onclick='x", "\u2028\u2029", "success", "error", "warning", "running", "day", "week",
	strings.Repeat("W", 70_000), strings.Repeat("é ", 30_000), "a\nb\r\nc", "DC=a,DC=b\\,c", "stopped-<b>", "no-start-", "completed-x", "--></style>", "&lt;",
}

// anything fills cells with texts and numbers of every kind.
func anything(_ *tables.Table, c *tables.Column, row int) tables.Value {
	n := row*31 + len(c.Name)*7
	if n%11 == 10 {
		return tables.Missing
	}
	numbers := []int64{0, 1, -1, 1_700_000_000_000, math.MaxInt64, math.MinInt64, 253402300799999, 20_000, -62135596800000, 1_700_090_000_000, 1_710_000_000_000}
	switch {
	case c.Type.Textual():
		return tables.Of(hostile[n%len(hostile)])
	case c.Type == tables.Float:
		return tables.Real([]float64{0, 1.25, -1e300, 1e300, 45}[n%5])
	case c.Type == tables.Bool:
		return tables.Flag(n%2 == 0)
	case c.Type == tables.Date:
		return tables.Num([]int64{0, 20_000, 20_001, -719_162, 2_932_896, 20_500}[n%6])
	}
	return tables.Num(numbers[n%len(numbers)])
}

// parsed checks that the page is well formed as a reader of HTML sees it, and
// that no element or attribute came of a text.
func parsed(t *testing.T, text string, mail bool) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Error("the page is no UTF-8")
	}
	root, err := xhtml.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	scripts := 0
	var walk func(n *xhtml.Node)
	walk = func(n *xhtml.Node) {
		if n.Type == xhtml.ElementNode {
			switch n.Data {
			case "img", "iframe", "object", "embed", "link", "form", "base":
				t.Errorf("there is an element %s", n.Data)
			case "script":
				scripts++
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "href" && !strings.HasPrefix(a.Val, "#") || a.Key == "style" && !mail {
					t.Errorf("there is an attribute %s=%.60q of %s", a.Key, a.Val, n.Data)
				}
			}
		}
		if n.Type == xhtml.TextNode && n.Parent != nil && n.Parent.Data != "script" && n.Parent.Data != "style" && strings.ContainsAny(n.Data, "\x00\x07\x1b\u202e\u2066\u2028") {
			t.Errorf("a text steers: %.60q", n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	if mail && scripts > 0 {
		t.Errorf("%d scripts in a mail", scripts)
	}
}

// Hostile rows of all tables, and of each one alone, make a page and a mail in
// which they are text; of all tables the second time the bytes are the same.
func TestHostileRows(t *testing.T) {
	zone := time.FixedZone("far", 14*3600)
	lists := map[string][]*tables.Table{"all": all()}
	for _, table := range all() {
		lists[table.Name] = []*tables.Table{table}
	}
	for name, list := range lists {
		for _, rows := range []int{0, 1, 60} {
			for _, o := range []tables.Options{{Version: "1.2.3"}, {Version: "1.2.3", Mail: true, Zone: zone}} {
				t.Run(fmt.Sprintf("%s/%d/%v", name, rows, o.Mail), func(t *testing.T) {
					text := write(t, o, list, rows, anything)
					parsed(t, text, o.Mail)
					if name == "all" && write(t, o, list, rows, anything) != text {
						t.Error("the second time it is different")
					}
					if o.Mail && len(text) > 90_000 {
						t.Errorf("the mail has %d bytes", len(text))
					}
				})
			}
		}
	}
}

// history fills the tables as servers would: profiles that succeed, fail and
// stop, errors that persist.
func history(table *tables.Table, c *tables.Column, row int) tables.Value {
	agent, profile := row%7, row/7%4
	start := int64(1_700_000_000_000) + int64(row)*11*60_000
	failed := row%9 == 0
	switch c.Name {
	case "file":
		return tables.Of(fmt.Sprintf("histories/%05d.xml", row))
	case "ma_name":
		return tables.Of(fmt.Sprintf("Agent %d", agent))
	case "ma_id":
		return tables.Of(fmt.Sprintf("{00000000-0000-4000-8000-%012d}", agent))
	case "run_profile":
		return tables.Of([]string{"Delta import", "Delta synchronization", "Export", "Full import"}[profile])
	case "outcome", "last_outcome":
		if failed {
			return tables.Of("error")
		}
		return tables.Of("success")
	case "result":
		if failed {
			return tables.Of("completed-export-errors")
		}
		return tables.Of("success")
	case "object", "dn":
		return tables.Of(fmt.Sprintf("CN=User %d,OU=Department %d,OU=Staff,DC=corp,DC=example", row*13%20_000, row%50))
	case "message":
		return tables.Of(fmt.Sprintf("Insufficient access rights to perform the operation on server %d.", row%300))
	case "period":
		return tables.Of([]string{"day", "week", "month"}[row%3])
	}
	switch {
	case c.Type.Textual():
		return tables.Of(c.Name + " " + fmt.Sprint(row%40))
	case c.Type == tables.Time:
		return tables.Num(start)
	case c.Type == tables.Date:
		return tables.Num(19_700 + row%400)
	case c.Type == tables.Duration:
		return tables.Num(30_000 + row*7919%600_000)
	case c.Type == tables.Float:
		return tables.Real(float64(row%900) / 24)
	case c.Type == tables.Bool:
		return tables.Flag(true)
	}
	return tables.Num(row % 50)
}

// The page is bounded: for 50,000 rows of every table it is smaller than 3 MB,
// and twice as many make it hardly larger.
func TestSize(t *testing.T) {
	if testing.Short() {
		t.Skip("it writes 150,000 rows of each table")
	}
	small := len(write(t, tables.Options{}, all(), 50_000, history))
	if small > 3<<20 {
		t.Errorf("the page of 50,000 rows has %d bytes", small)
	}
	if large := len(write(t, tables.Options{}, all(), 100_000, history)); large > 3<<20 {
		t.Errorf("the page of 100,000 rows has %d bytes; that of 50,000 has %d", large, small)
	}
}

// What is left out is counted.
func TestSaysWhatIsLeftOut(t *testing.T) {
	text := write(t, tables.Options{}, all(), 10_000, history) // more than any table has room for
	for _, want := range []string{"matter less are left out", "more that are in this page", "succeeded and are not listed one by one"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

func BenchmarkPage(b *testing.B) {
	list := all()
	b.ReportAllocs()
	for b.Loop() {
		b.ReportMetric(float64(len(write(b, tables.Options{}, list, 50_000, history))), "bytes/page")
	}
}
