package page

import (
	"encoding/json"
	"html/template"
	"math"
	"strconv"
)

// Chart is a chart of figures in time. Without script it is a picture of its
// first view and group; a table with the figures belongs beside it.
type Chart struct {
	ID, Title string
	About     string // what it shows, for those who do not see it
	Kind      Kind   // of the values: Count or Span
	Bars      bool   // stacked bars, else lines
	X         []int64
	Groups    []Group
	Views     []View
	ViewLabel string // what a view is: "Agent"
}

// Group is a set of series that are shown together.
type Group struct {
	Name   string   `json:"n"`
	Series []Series `json:"s"`
}

// Series is a line, or the bars of a colour.
type Series struct {
	Name string `json:"n"`
	Tone string `json:"t"` // error, warning, success, running, or a, b, c, d
}

// View is one of the things of which there are figures.
type View struct {
	Name string
	// Values are those of each series of each group, one after the other, with
	// a value for each X; NaN where there is none.
	Values [][]float64
}

// data are the figures for the script.
func (c *Chart) data() (template.JS, error) {
	type view struct {
		Name   string            `json:"n"`
		Values []json.RawMessage `json:"v"`
	}
	all := struct {
		Kind   Kind    `json:"k"`
		Bars   bool    `json:"b"`
		Label  string  `json:"l"`
		X      []int64 `json:"x"`
		Groups []Group `json:"g"`
		Views  []view  `json:"w"`
	}{Kind: c.Kind, Bars: c.Bars, Label: c.ViewLabel, X: c.X, Groups: c.Groups}
	for _, v := range c.Views {
		one := view{Name: Line(v.Name, 120)}
		for _, list := range v.Values {
			one.Values = append(one.Values, floats(list))
		}
		all.Views = append(all.Views, one)
	}
	out, err := json.Marshal(all)
	return template.JS(out), err
}

func floats(list []float64) json.RawMessage {
	out := []byte{'['}
	for i, f := range list {
		if out = comma(out, i); finite(f) {
			out = strconv.AppendFloat(out, f, 'f', -1, 64)
		} else {
			out = append(out, "null"...)
		}
	}
	return append(out, ']')
}

// The size of the picture, in its own units.
const (
	pictureWidth  = 720
	pictureHeight = 150
	pictureTop    = 14
)

// shape is a bar or a point of the picture.
type shape struct {
	X, Y, W, H float64
	Tone       string
}

// Shapes are the bars of the picture; lines are drawn as a bar up to the value
// of the last series.
func (c *Chart) Shapes() []shape {
	if len(c.Views) == 0 || len(c.X) == 0 || len(c.Groups) == 0 {
		return nil
	}
	series, values := c.Groups[0].Series, c.Views[0].Values
	scale := c.top()
	if scale == 0 {
		return nil
	}
	var all []shape
	step := float64(pictureWidth) / float64(len(c.X))
	width := math.Max(0.5, math.Min(step*0.8, 28))
	for i := range c.X {
		below := 0.0
		for s := range series {
			v := values[s][i]
			if !finite(v) || v <= 0 {
				continue
			}
			high := v / scale * (pictureHeight - pictureTop)
			at := shape{X: round(float64(i)*step + (step-width)/2), W: round(width), H: round(math.Max(high, 0.7)), Tone: series[s].Tone}
			if c.Bars {
				at.Y = pictureHeight - below - at.H
				below += high
			} else { // a dash at the value
				at.Y, at.H = pictureHeight-high, 2.5
			}
			at.Y = round(at.Y)
			all = append(all, at)
		}
	}
	return all
}

// top is the highest value of the picture.
func (c *Chart) top() float64 {
	top := 0.0
	for i := range c.X {
		sum := 0.0
		for s := range c.Groups[0].Series {
			if v := c.Views[0].Values[s][i]; finite(v) {
				if c.Bars {
					sum += v
				} else {
					sum = math.Max(sum, v)
				}
			}
		}
		top = math.Max(top, sum)
	}
	return top
}

// Top is the highest value of the picture, as it is shown.
func (c *Chart) Top() string {
	if len(c.Views) == 0 || len(c.Groups) == 0 {
		return ""
	}
	return c.Kind.show(Number(c.top()))
}

// From and To are the ends of the picture.
func (c *Chart) From() string { return c.day(0) }

// To is the right end.
func (c *Chart) To() string { return c.day(len(c.X) - 1) }

func (c *Chart) day(i int) string {
	if i < 0 || i >= len(c.X) {
		return ""
	}
	return Date.show(Number(c.X[i] * 1000))
}

func round(f float64) float64 { return math.Round(f*100) / 100 }
