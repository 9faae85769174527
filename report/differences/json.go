package differences

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"io"

	"github.com/runhist/runhist/analyze/diff"
)

// Schema is the JSON Schema of the format json.
//
//go:embed schema.json
var Schema string

type document struct {
	Version int     `json:"version"`
	Tool    tool    `json:"tool"`
	A       side    `json:"a"`
	B       side    `json:"b"`
	Same    bool    `json:"same"`
	Exact   bool    `json:"exact"`
	Summary summary `json:"summary"`
	Times   times   `json:"times"`
	GUIDs   guids   `json:"guids"`
	Tree    *node   `json:"tree"`
}

type tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type side struct {
	Name string `json:"name"`
	Runs int    `json:"runs"`
}

type summary struct {
	Changed int    `json:"changed"`
	OnlyA   int    `json:"onlyA"`
	OnlyB   int    `json:"onlyB"`
	Runs    counts `json:"runs"`
	Records counts `json:"records"`
}

type counts struct {
	Paired int `json:"paired"`
	OnlyA  int `json:"onlyA"`
	OnlyB  int `json:"onlyB"`
}

type times struct {
	Compared int     `json:"compared"`
	OffsetMS int64   `json:"offsetMs"`
	Shift    bool    `json:"shift"`
	Loose    bool    `json:"loose"`
	Shortest float64 `json:"shortest"`
	Longest  float64 `json:"longest"`
}

type guids struct {
	Kept    int `json:"kept"`
	Renamed int `json:"renamed"`
	Masked  int `json:"masked"`
}

type node struct {
	Name     string    `json:"name"`
	Key      string    `json:"key,omitempty"`
	Kind     string    `json:"kind"`
	Action   string    `json:"action"`
	A        *position `json:"a,omitempty"`
	B        *position `json:"b,omitempty"`
	PathA    string    `json:"pathA,omitempty"`
	PathB    string    `json:"pathB,omitempty"`
	Before   *string   `json:"before,omitempty"`
	After    *string   `json:"after,omitempty"`
	Why      string    `json:"why,omitempty"`
	Rows     []string  `json:"requirements,omitempty"`
	Element  *element  `json:"element,omitempty"`
	Same     int       `json:"same"`
	Children []*node   `json:"children,omitempty"`
}

type position struct {
	File   string `json:"file,omitempty"`
	Index  int    `json:"index,omitempty"`
	Line   uint32 `json:"line,omitempty"`
	Column uint32 `json:"column,omitempty"`
}

type element struct {
	Name       string      `json:"name"`
	Attributes []attribute `json:"attributes,omitempty"`
	Text       string      `json:"text,omitempty"`
	Children   []*element  `json:"children,omitempty"`
}

type attribute struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

func writeJSON(out io.Writer, r *Report, _ Options) error {
	t := r.Tree
	d := document{
		Version: 1, Tool: tool{"runhist", r.Version}, Same: t.Same(), Exact: t.Exact,
		A:       side{r.A.Name, t.Runs.Paired + t.Runs.OnlyA},
		B:       side{r.B.Name, t.Runs.Paired + t.Runs.OnlyB},
		Summary: summary{Changed: t.Changed, OnlyA: t.Removed, OnlyB: t.Added, Runs: counts(t.Runs), Records: counts(t.Records)},
		Times:   times{t.Times.Compared, t.Times.Offset, t.Times.Shift, t.Times.Loose, t.Times.Shortest, t.Times.Longest},
		GUIDs:   guids(t.GUIDs),
	}
	if t.Root != nil {
		d.Tree = (&jsonTree{report: r}).node(nil, t.Root)
	}
	w := bufio.NewWriter(out)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(&d); err != nil {
		return err
	}
	return w.Flush()
}

type jsonTree struct {
	report       *Report
	fileA, fileB string
}

func (j *jsonTree) node(path []*diff.Node, n *diff.Node) *node {
	path = append(path, n)
	if n.Name == "run-details" {
		j.fileA, j.fileB = j.report.A.file(n.A.Index), j.report.B.file(n.B.Index)
	}
	x := &node{Name: n.Name, Key: n.Key, Kind: n.Kind.String(), Action: n.Action.String(), Why: n.Why, Rows: n.Rows,
		A: positionOf(n.A, j.fileA), B: positionOf(n.B, j.fileB), Element: elementOf(n.Element), Same: n.Same}
	switch n.Action {
	case diff.Inside:
	default:
		x.PathA, x.PathB = diff.XPath(path, false), diff.XPath(path, true)
	}
	if n.Element == nil && n.Action != diff.Inside && (n.Action != diff.Keep || n.Kind != diff.None) {
		if n.Action != diff.Add {
			x.Before = &n.Before
		}
		if n.Action != diff.Remove {
			x.After = &n.After
		}
	}
	for _, c := range n.Children {
		x.Children = append(x.Children, j.node(path, c))
	}
	return x
}

func positionOf(p diff.Position, file string) *position {
	if p == (diff.Position{}) {
		return nil
	}
	return &position{file, p.Index, p.Line, p.Column}
}

func elementOf(e *diff.Element) *element {
	if e == nil {
		return nil
	}
	x := &element{Name: e.Name, Text: e.Text}
	for _, a := range e.Attributes {
		x.Attributes = append(x.Attributes, attribute{a.Name, a.Value})
	}
	for _, c := range e.Children {
		x.Children = append(x.Children, elementOf(c))
	}
	return x
}
