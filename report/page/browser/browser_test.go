// Package browser_test opens pages in a real browser: what they look like with
// and without script, that sorting and filtering do what they say, that they ask
// nothing of a network, and that hostile text stays text. It needs Chromium, and
// is skipped where there is none.
package browser_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/runhist/runhist/report/page"
)

// browser starts Chromium for a test.
func browser(t *testing.T) context.Context {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("there is no Chromium here")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WindowSize(1300, 900),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Skipf("Chromium does not start: %v", err)
	}
	return ctx
}

// complaints are what the console and the network say while a page is open:
// there should be nothing.
type complaints struct {
	mu   sync.Mutex
	list []string
}

func (c *complaints) add(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, fmt.Sprintf(format, args...))
}

func (c *complaints) report(t *testing.T) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, text := range c.list {
		t.Error(text)
	}
}

// open opens a page from a file.
func open(t *testing.T, ctx context.Context, p *page.Page) *complaints {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.html")
	var out bytes.Buffer
	if err := p.Write(&out); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return load(t, ctx, path)
}

func load(t *testing.T, ctx context.Context, path string) *complaints {
	t.Helper()
	said := &complaints{}
	err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			said.add("the script failed: %v", e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			said.add("the console says %v", e.Args)
		case *cdplog.EventEntryAdded:
			said.add("the log says %s", e.Entry.Text)
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, "file://"+filepath.ToSlash(path)) {
				said.add("the page asks for %s", e.Request.URL)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	command(t, ctx, network.Enable, network.EnableParams{})
	command(t, ctx, cdplog.Enable, cdp.Empty{})
	run(t, ctx, chromedp.Navigate("file://"+filepath.ToSlash(path)), chromedp.WaitVisible(chromedp.CSS("main")))
	return said
}

func command[P, R any](t *testing.T, ctx context.Context, c cdp.Command[P, R], params P) {
	t.Helper()
	if _, err := chromedp.Call(ctx, c, params); err != nil {
		t.Fatal(err)
	}
}

func run(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

func eval[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%v in %s", err, script)
	}
	return out
}

// hostile are texts that some program would take for something else.
var hostile = []string{
	`<script>document.title="taken"</script>`, `"><img src=x onerror="document.title='taken'">`, `</script><script>document.title="taken"</script>`,
	"javascript:alert(1)", "{{.}} ${1} `x`", "\u202egnp.exe\u2066", "nul\x00esc\x1b[2J", "bytes \xff\xfe", "<!--", "]]>", "&lt;b&gt;", "' onclick='x", "\u2028\u2029",
	strings.Repeat("W", 5000), "line\nline <b>two</b>\n\tthree",
}

// sample is a page with every kind of part and of column, and more rows than
// are seen without script.
func sample() *page.Page {
	g := &page.Grid{ID: "every", Caption: "Every kind", Lead: "Lead " + hostile[0], Left: 7, Shown: 40, Columns: []page.Column{
		{Name: "Name", Kind: page.Plain, Head: true}, {Name: "Choice", Kind: page.Plain, Choice: true}, {Name: "Code", Kind: page.Code},
		{Name: "Long", Kind: page.Long, About: hostile[1]}, {Name: "Level", Kind: page.Level, Choice: true}, {Name: "Strip", Kind: page.Strip},
		{Name: "Count", Kind: page.Count}, {Name: "Order", Kind: page.Order}, {Name: "Real", Kind: page.Real}, {Name: "Moment", Kind: page.Moment},
		{Name: "Date", Kind: page.Date}, {Name: "Span", Kind: page.Span}}}
	levels := []string{"success", "warning", "error", "running", "info", hostile[2]}
	for i := range 250 {
		text := hostile[i%len(hostile)]
		row := []page.Value{page.Text(fmt.Sprintf("row %03d", i)), page.Text("choice " + string(rune('a'+i%3))), page.Text(text), page.Text(text), page.Text(levels[i%6]),
			page.Text(strings.Repeat("s", i%5) + "ewr"), page.Number((i * 7919 % 250) * 1001), page.Number(i * 5000), page.Number(float64(i) / 8),
			page.Number(int64(i)*86_399_000_000 + 123), page.Number(int64(i) * 86_400_000), page.Number(i * i * 1000)}
		if i%7 == 6 {
			row[i%12] = page.None
		}
		g.Add(row...)
	}
	empty := &page.Grid{ID: "empty", Caption: "Empty", Empty: "There is none.", Columns: []page.Column{{Name: "Name"}}}
	folded := &page.Grid{ID: "folded", Caption: "Folded", Folded: true, Columns: []page.Column{{Name: "Name", Kind: page.Plain}}}
	folded.Add(page.Text("needle"))
	folded.Add(page.Text("hay"))
	c := &page.Chart{ID: "chart", Title: "Chart " + hostile[0], About: "About " + hostile[1], Kind: page.Count, Bars: true, ViewLabel: "Agent",
		Groups: []page.Group{{Name: "One", Series: []page.Series{{Name: hostile[0], Tone: "error"}, {Name: "Good", Tone: "success"}}}, {Name: "Two", Series: []page.Series{{Name: "x", Tone: "a"}}}}}
	for i := range 30 {
		c.X = append(c.X, int64(i)*86400)
	}
	for _, name := range []string{"All", hostile[0]} {
		v := page.View{Name: name}
		for s := range 3 {
			var list []float64
			for i := range 30 {
				list = append(list, float64((i*(s+3))%11))
			}
			v.Values = append(v.Values, list)
		}
		c.Views = append(c.Views, v)
	}
	return &page.Page{Version: "1.2.3", Title: "Title " + hostile[0], Lead: hostile[1], Tiles: []page.Tile{{Label: hostile[0], Value: "1", Note: hostile[2], Level: "error", Section: "one"}},
		Sections: []page.Section{{ID: "one", Title: "One " + hostile[0], Parts: []page.Part{
			{Items: &page.Items{Shown: 1, All: []page.Item{{Level: "error", Subject: hostile[0], Text: hostile[1], Detail: hostile[2], Grid: "folded", Filter: "needle"}, {Level: hostile[0], Subject: "x"}}}},
			{Chart: c}, {Grid: g}, {Grid: empty}, {Grid: folded}, {Text: hostile[0]}, {Facts: []page.Fact{{Name: hostile[0], Value: hostile[1]}}}}}}}
}

// What script shows is what stands in the page without it.
func TestScriptShowsTheSame(t *testing.T) {
	ctx := browser(t)
	said := open(t, ctx, sample())
	const rows = `Array.from(document.querySelectorAll("#every tbody tr")).slice(0, 40).map((r) => r.innerHTML)`
	before := eval[[]string](t, ctx, rows)
	run(t, ctx, chromedp.Click(chromedp.CSS("#every .page button")))
	after := eval[[]string](t, ctx, rows)
	if len(before) != 40 || len(after) != 40 {
		t.Fatalf("%d and %d rows", len(before), len(after))
	}
	for i := range before {
		if before[i] != after[i] {
			t.Errorf("row %d:\nwithout script %s\nwith script    %s", i, before[i], after[i])
		}
	}
	said.report(t)
}

// texts returns the texts of a column of the table.
func texts(t *testing.T, ctx context.Context, column int) []string {
	t.Helper()
	return eval[[]string](t, ctx, fmt.Sprintf(`Array.from(document.querySelectorAll("#every tbody tr")).map((r) => r.cells[%d].textContent)`, column))
}

// choose chooses from one of the lists.
func choose(t *testing.T, ctx context.Context, lists string, n int, value string) {
	t.Helper()
	if got := eval[string](t, ctx, fmt.Sprintf(`(() => { const s = document.querySelectorAll(%q)[%d]; s.value = %q; s.dispatchEvent(new Event("change")); return s.value; })()`, lists, n, value)); got != value {
		t.Errorf("the list %s has %q, not %q", lists, got, value)
	}
}

func TestSortAndFilter(t *testing.T) {
	ctx := browser(t)
	said := open(t, ctx, sample())
	sorted := func(column int, want string, first string) {
		t.Helper()
		if got := eval[string](t, ctx, fmt.Sprintf(`document.querySelectorAll("#every thead th")[%d].getAttribute("aria-sort")`, column)); got != want {
			t.Errorf("column %d is sorted %q, want %q", column, got, want)
		}
		if got := texts(t, ctx, column)[0]; got != first {
			t.Errorf("column %d begins with %q, want %q", column, got, first)
		}
	}
	click := func(column int) {
		run(t, ctx, chromedp.Click(chromedp.CSS(fmt.Sprintf("#every thead th:nth-child(%d) button", column+1))))
	}
	click(6)
	sorted(6, "descending", "249,249")
	click(6)
	sorted(6, "ascending", "0")
	click(0)
	sorted(0, "ascending", "row 000")
	click(4)
	sorted(4, "ascending", "error")

	run(t, ctx, chromedp.SendKeys(chromedp.CSS("#every input[type=search]"), "row 01 CHOICE"), chromedp.Sleep(300*time.Millisecond))
	for _, name := range texts(t, ctx, 0) {
		if !strings.Contains(name, "01") && !strings.Contains(name, "row") {
			t.Errorf("%q is not filtered out", name)
		}
	}
	run(t, ctx, chromedp.Focus(chromedp.CSS("#every select")))
	choose(t, ctx, "#every select", 0, "=choice b")
	if got := texts(t, ctx, 1); len(got) == 0 {
		t.Error("the choice leaves nothing")
	} else {
		for _, choice := range got {
			if choice != "choice b" {
				t.Errorf("%q is not the choice", choice)
			}
		}
	}
	if got := eval[string](t, ctx, `document.querySelector("#every output").textContent`); !strings.HasSuffix(got, "of 250 rows") {
		t.Errorf("the count says %q", got)
	}
	said.report(t)
}

// A link of an item leads to the rows that it is about, in a table that was
// folded.
func TestItemsLead(t *testing.T) {
	ctx := browser(t)
	said := open(t, ctx, sample())
	run(t, ctx, chromedp.Click(chromedp.CSS("a[data-filter]")), chromedp.WaitVisible(chromedp.CSS("#folded tbody tr")))
	if got := eval[[]string](t, ctx, `Array.from(document.querySelectorAll("#folded tbody tr")).map((r) => r.textContent)`); fmt.Sprint(got) != "[needle]" {
		t.Errorf("it leads to %q", got)
	}
	said.report(t)
}

// The chart is drawn, and its figures can be chosen.
func TestChart(t *testing.T) {
	ctx := browser(t)
	said := open(t, ctx, sample())
	run(t, ctx, chromedp.ScrollIntoView(chromedp.CSS("#chart")), chromedp.WaitVisible(chromedp.CSS("#chart canvas")))
	if got := eval[int](t, ctx, `document.querySelectorAll("#chart .u-series").length`); got != 3 {
		t.Errorf("%d series with the axis, want 3", got)
	}
	choose(t, ctx, "#chart select", 1, "1")
	if got := eval[int](t, ctx, `document.querySelectorAll("#chart .u-series").length`); got != 2 {
		t.Errorf("%d series of the other group, want 2", got)
	}
	said.report(t)
}

// Hostile text is text: nothing of it runs, and no element comes of it.
func TestHostile(t *testing.T) {
	ctx := browser(t)
	said := open(t, ctx, sample())
	run(t, ctx, chromedp.Click(chromedp.CSS("#every .page button")), chromedp.ScrollIntoView(chromedp.CSS("#chart")), chromedp.WaitVisible(chromedp.CSS("#chart canvas")))
	eval[bool](t, ctx, `document.querySelectorAll("details").forEach((d) => { d.open = true; }), true`)
	if got := eval[string](t, ctx, "document.title"); !strings.HasPrefix(got, "Title <script>") {
		t.Errorf("the title is %q", got)
	}
	if n := eval[int](t, ctx, `document.querySelectorAll("img, b b, main script, [onclick], [onerror], iframe, object, [style*=url]").length`); n > 0 {
		t.Errorf("%d elements came of text", n)
	}
	said.report(t)
}

// What a page would need script or a network for is refused by the browser even
// if an escape were missing.
func TestPolicy(t *testing.T) {
	ctx := browser(t)
	open(t, ctx, sample())
	got := eval[string](t, ctx, `new Promise((done) => {
		const s = document.createElement("script"); s.textContent = "window.ran = true"; document.body.append(s);
		const i = new Image(); i.onerror = () => done(String(window.ran)); i.onload = () => done("image"); i.src = "https://127.0.0.1:9/x.png";
	})`+"")
	if got != "undefined" && got != "" {
		t.Errorf("a foreign script or image: %q", got)
	}
}

// Everything can be had by keyboard, and tables say what they are.
func TestAccessible(t *testing.T) {
	ctx := browser(t)
	open(t, ctx, sample())
	for check, script := range map[string]string{
		"the first stop is the skip link":   `(() => { const f = document.querySelector("a, button, input, select"); return f.className === "skip"; })()`,
		"every table has a caption":         `Array.from(document.querySelectorAll(".grid table")).every((t) => t.caption && t.caption.textContent.trim() !== "")`,
		"every heading of a column has one": `Array.from(document.querySelectorAll("thead th")).every((h) => h.scope === "col" && h.textContent.trim() !== "")`,
		"every row has a heading":           `Array.from(document.querySelectorAll("#every tbody tr")).every((r) => r.cells[0].scope === "row")`,
		"every control has a name":          `Array.from(document.querySelectorAll("input, select")).every((c) => c.getAttribute("aria-label"))`,
		"every picture has a text":          `Array.from(document.querySelectorAll("svg")).every((s) => s.getAttribute("role") === "img" && s.getAttribute("aria-label"))`,
		"ids are unique":                    `(() => { const all = Array.from(document.querySelectorAll("[id]")).map((e) => e.id); return new Set(all).size === all.length; })()`,
		"links lead somewhere":              `Array.from(document.querySelectorAll("a[href^='#']")).every((a) => document.getElementById(a.getAttribute("href").slice(1)))`,
		"there is one h1":                   `document.querySelectorAll("h1").length === 1`,
		"nothing has a style attribute":     `document.querySelectorAll(".grid [style]").length === 0`,
	} {
		if !eval[bool](t, ctx, script) {
			t.Errorf("not so: %s", check)
		}
	}
}

// On a phone nothing stands outside of the screen.
func TestPhone(t *testing.T) {
	ctx := browser(t)
	run(t, ctx, chromedp.EmulateViewport(390, 800, chromedp.EmulateMobile))
	said := open(t, ctx, sample())
	if wide := eval[int](t, ctx, "document.documentElement.scrollWidth"); wide > 390 {
		t.Errorf("the page is %d wide on a screen of 390", wide)
	}
	choose(t, ctx, "#every .sort", 0, "6.5") // there are no heads to click
	if got := texts(t, ctx, 6)[0]; got != "249,249" {
		t.Errorf("the first card has %s, not the highest count", got)
	}
	said.report(t)
}

// Without script the first rows and the picture of the chart are there, and
// the page says what is not.
func TestWithoutScript(t *testing.T) {
	ctx := browser(t)
	command(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	open(t, ctx, sample())
	table, err := chromedp.Run(ctx, chromedp.Text(chromedp.CSS("#every")))
	if err != nil {
		t.Fatal(err)
	}
	chart, err := chromedp.Run(ctx, chromedp.OuterHTML(chromedp.CSS("#chart")))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"row 000", "row 039", "first 40 rows", "210 more", "250 of 257 rows"} {
		if !strings.Contains(table, want) {
			t.Errorf("%q is missing in %.300s", want, table)
		}
	}
	if strings.Count(chart, "<rect") < 30 {
		t.Error("the chart has no picture")
	}
}
