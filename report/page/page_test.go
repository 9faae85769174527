package page_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/runhist/runhist/report/page"
)

// one is a page with a table of one row and a chart.
func one(values ...page.Value) *page.Page {
	g := &page.Grid{ID: "g", Caption: "Caption"}
	for i := range values {
		g.Columns = append(g.Columns, page.Column{Name: fmt.Sprint("c", i), Kind: page.Long})
	}
	g.Add(values...)
	c := &page.Chart{ID: "c", Title: "Chart", Kind: page.Count, X: []int64{0, 86400}, Groups: []page.Group{{Name: "n", Series: []page.Series{{Name: "s", Tone: "a"}}}},
		Views: []page.View{{Name: "</script>", Values: [][]float64{{1, math.NaN()}}}}}
	return &page.Page{Title: "Title", Sections: []page.Section{{ID: "s", Title: "Section", Parts: []page.Part{{Grid: g}, {Chart: c}}}}}
}

func write(t *testing.T, p *page.Page) string {
	t.Helper()
	var out bytes.Buffer
	if err := p.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// The policy names the scripts and style sheets of the page by their hashes,
// and nothing else may run.
func TestPolicy(t *testing.T) {
	text := write(t, one(page.Text("x")))
	policy := html.UnescapeString(regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(text)[1])
	if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") {
		t.Error(policy)
	}
	parts := regexp.MustCompile(`(?s)<(script|style)>(.*?)</(?:script|style)>`).FindAllStringSubmatch(text, -1)
	if len(parts) != 4 {
		t.Fatalf("%d scripts and style sheets, want 4", len(parts))
	}
	for _, part := range parts {
		sum := sha256.Sum256([]byte(part[2]))
		if !strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
			t.Errorf("a %s is not in the policy: %.60s", part[1], part[2])
		}
	}
	if n := strings.Count(policy, "sha256-"); n != len(parts) {
		t.Errorf("the policy has %d hashes", n)
	}
}

// Data ends no element, whatever stands in it, and reads back as it was.
func TestData(t *testing.T) {
	for _, want := range []string{"</script>", "<!--", "<script>", "&", "a\u2028b", `"\`, "é日"} {
		text := write(t, one(page.Text(want), page.Text(want), page.None))
		match := regexp.MustCompile(`(?s)id="g-data">(.*?)</script>`).FindStringSubmatch(text)
		var data struct {
			N int
			C [][]int
			T []string
		}
		if err := json.Unmarshal([]byte(match[1]), &data); err != nil {
			t.Fatalf("%v in %s", err, match[1])
		}
		shown := strings.ReplaceAll(want, "\u2028", "\uFFFD")
		if data.N != 1 || len(data.T) != 2 || data.T[1] != shown || fmt.Sprint(data.C) != "[[1] [1] [0]]" {
			t.Errorf("%q is %+v", want, data)
		}
	}
}

// A mail has no script, is as small as asked, and says what it leaves out.
func TestMail(t *testing.T) {
	p := one(page.Text("x"))
	g := p.Sections[0].Parts[0].Grid
	items := &page.Items{}
	for i := range 500 {
		g.Add(page.Text(strings.Repeat(fmt.Sprint(i, " "), 200)))
		items.All = append(items.All, page.Item{Level: "warning", Subject: "Subject", Text: strings.Repeat("text ", 200)})
	}
	p.Sections[0].Parts = append(p.Sections[0].Parts, page.Part{Items: items})
	for _, most := range []int{90_000, 20_000, 5_000} {
		var out bytes.Buffer
		if err := p.Mail(&out, most); err != nil {
			t.Fatal(err)
		}
		if out.Len() > most {
			t.Errorf("%d bytes, above %d", out.Len(), most)
		}
		if text := out.String(); strings.Contains(text, "<script") || strings.Contains(text, "<style") || strings.Count(text, "not in this mail") != 2 {
			t.Errorf("%.300s", text)
		}
	}
	if err := p.Mail(&bytes.Buffer{}, 100); err == nil {
		t.Error("a mail of 100 bytes")
	}
}

func TestWriteError(t *testing.T) {
	p := one(page.Text("x"))
	if err := p.Write(full{}); err == nil {
		t.Error("nobody was told that nothing was written")
	}
	if err := p.Mail(full{}, 90_000); err == nil {
		t.Error("nobody was told that no mail was written")
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }
