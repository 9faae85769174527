// Package page makes HTML pages: one file that needs nothing from outside and
// may not ask for it. What is on a page comes as plain values: sections with
// texts, items, tables ([Grid]) and charts ([Chart]).
//
//	page.go    the page, its sections, how it is written
//	value.go   values of cells, and how they are shown
//	grid.go    tables
//	chart.go   charts
//	page.html  the frame; page.css how it looks; page.js what it does
//	mail.go    the same without script and style sheet, for mail
//
// Without script a page shows the first rows of its tables, and pictures of its
// charts. With script tables are sorted, filtered and leafed through, and charts
// show figures under the pointer; the data for that stands in the page as JSON
// and is read when it is asked for. page.js shows values as value.go does; a
// test in a browser compares them.
//
// Text is escaped by html/template, and by encoding/json in data; the script
// makes text nodes of it and never markup. Beside that the page forbids, by its
// Content-Security-Policy, every request, every script and style sheet but its
// own, which are named by their hashes.
//
// The charts are drawn by uPlot 1.6.32 of Leon Sorokin (folder uplot-1.6.32, as
// the npm registry has it, MIT licence). To take another version: its folder,
// and the names in the lines that embed it.
package page

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"

	"github.com/runhist/runhist/schemas/wording"
)

//go:embed page.html
var frame string

//go:embed page.css
var style string

//go:embed page.js
var script string

//go:embed uplot-1.6.32/uPlot.iife.min.js
var uplotScript string

//go:embed uplot-1.6.32/uPlot.min.css
var uplotStyle string

//go:embed uplot-1.6.32/LICENSE
var uplotLicence string

// Page is a page.
type Page struct {
	Version  string // of the tool
	Title    string
	Lead     string
	Tiles    []Tile
	Sections []Section
}

// Tile is a figure that stands out.
type Tile struct {
	Label, Value, Note string
	Level              string // error, warning, success; "" for none
	Section            string // id of the section that says more
}

// Section is a part of the page with a heading.
type Section struct {
	ID, Title, Short string // Short is its name in the navigation; "" for Title
	Lead             string
	Parts            []Part
}

// Part is one of these.
type Part struct {
	Text  string
	Items *Items
	Grid  *Grid
	Chart *Chart
	Facts []Fact
}

// Items is a list of what needs attention.
type Items struct {
	All   []Item
	Empty string // what is said when there is none
	Shown int    // how many are seen at once, the others on demand; 0 for all
	Left  int    // how many more there were that the page does not have
}

// Item is something that needs attention.
type Item struct {
	Level   string // error, warning or info
	Name    string // what that is called; "" for grave, warning and note
	Subject string // who or what
	Text    string // what is wrong, in a sentence
	Detail  string // more about it
	// Grid is the id of the table that has more, and Filter the words by which
	// its rows are found.
	Grid, Filter string
}

// Bound leaves the first items, and counts the others.
func (i *Items) Bound(most int) *Items {
	if n := len(i.All) - most; n > 0 {
		i.All, i.Left = i.All[:most], i.Left+n
	}
	return i
}

// Gone says how many items the page does not have.
func (i *Items) Gone() string {
	if i.Left == 0 {
		return ""
	}
	return "And " + wording.Digits(i.Left) + " more that matter less, which the page does not have."
}

// First are the items that are seen at once.
func (i *Items) First() []Item {
	if i.Shown > 0 && len(i.All) > i.Shown {
		return i.All[:i.Shown]
	}
	return i.All
}

// More are the others.
func (i *Items) More() []Item { return i.All[len(i.First()):] }

// Word is what the level of an item is called.
func (i Item) Word() string {
	switch {
	case i.Name != "":
		return i.Name
	case i.Level == "error":
		return "grave"
	case i.Level == "warning":
		return "warning"
	}
	return "note"
}

// Fact is a name with a value.
type Fact struct{ Name, Value string }

// Write writes the page. The same page gives the same bytes.
func (p *Page) Write(w io.Writer) error {
	t, err := template.New("page").Funcs(template.FuncMap{
		"clean": func(s string) string { return Line(s, 2000) },
		"tone":  tone,
		"grid":  func(g *Grid) (template.JS, error) { return g.data() },
		"chart": func(c *Chart) (template.JS, error) { return c.data() },
	}).Parse(frame)
	if err != nil {
		return err
	}
	frameOf := struct {
		*Page
		Style, ChartStyle   template.CSS
		Script, ChartScript template.JS
		Policy              string
		Licence             string
		Charts              bool
	}{Page: p, Style: template.CSS(style), Script: template.JS(script), Licence: uplotLicence, Charts: p.charts()}
	scripts, styles := []string{script}, []string{style}
	if frameOf.Charts {
		frameOf.ChartStyle, frameOf.ChartScript = template.CSS(uplotStyle), template.JS(uplotScript)
		scripts, styles = append(scripts, uplotScript), append(styles, uplotStyle)
	}
	frameOf.Policy = policy(scripts, styles)
	out := bufio.NewWriterSize(w, 64<<10)
	if err := t.Execute(out, frameOf); err != nil {
		return err
	}
	return out.Flush()
}

func (p *Page) charts() bool {
	for i := range p.Sections {
		for _, part := range p.Sections[i].Parts {
			if part.Chart != nil {
				return true
			}
		}
	}
	return false
}

// policy forbids the page everything but its own scripts and style sheets.
func policy(scripts, styles []string) string {
	text := "default-src 'none'; base-uri 'none'; form-action 'none'; script-src"
	for _, s := range scripts {
		text += " " + hash(s)
	}
	text += "; style-src"
	for _, s := range styles {
		text += " " + hash(s)
	}
	return text
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
