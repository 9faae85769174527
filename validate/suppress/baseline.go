package suppress

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/runhist/runhist/validate/finding"
)

// Fault is a kind of fault that a baseline has accepted: findings of one rule,
// in documents of one name, at one place of the schema, with one message, each
// without what differs from run to run.
type Fault struct {
	Rule    string `json:"rule"`
	File    string `json:"file"`    // numbers are #, GUIDs {guid}
	Path    string `json:"path"`    // without positions
	Message string `json:"message"` // numbers and dates are #, GUIDs {guid}, distinguished names {dn}, long codes {code}
}

// compare orders faults as a baseline file does.
func (f *Fault) compare(g *Fault) int {
	return cmp.Or(strings.Compare(f.File, g.File), strings.Compare(f.Rule, g.Rule), strings.Compare(f.Path, g.Path), strings.Compare(f.Message, g.Message))
}

// Accepted is a kind of fault, and how often one run has it at most.
type Accepted struct {
	Fault
	Count int `json:"count"`
}

// Baseline is the faults that were accepted, each kind with the largest number
// of findings that any one run had. A run that comes later may have as many of
// them, and no more; so may the part of a document that is outside its runs.
type Baseline struct {
	faults map[Fault]int
}

// NewBaseline returns a baseline that accepts nothing.
func NewBaseline() *Baseline { return &Baseline{faults: map[Fault]int{}} }

// Accepted lists the faults, ordered by file, rule, path and message.
func (b *Baseline) Accepted() []Accepted {
	all := make([]Accepted, 0, len(b.faults))
	for f, n := range b.faults {
		all = append(all, Accepted{f, n})
	}
	slices.SortFunc(all, func(x, y Accepted) int { return x.compare(&y.Fault) })
	return all
}

// The file of a baseline is at most so large.
const maxBaseline = 64 << 20

// baselineFile is how a baseline is written, as JSON, version 1:
//
//	{
//	  "version": 1,
//	  "faults": [
//	    {
//	      "rule": "R243",
//	      "file": "share/run-#.xml",
//	      "path": "/run-history/run-details/step-details/synchronization-errors/import-error/first-occurred",
//	      "message": "retry-count is #, but first-occurred (#) differs from date-occurred (#)",
//	      "count": 3
//	    }
//	  ]
//	}
//
// The faults are in the order of file, rule, path and message. The file is as
// seen from the folder of the baseline.
type baselineFile struct {
	Version int        `json:"version"`
	Faults  []Accepted `json:"faults"`
}

// ReadBaseline reads what Write writes, strictly: an unknown field, a fault
// that stands twice and a count below 1 are errors.
func ReadBaseline(in io.Reader) (*Baseline, error) {
	// Editors and shells of Windows may have put a mark before it, or made it
	// UTF-16.
	in = transform.NewReader(in, unicode.BOMOverride(transform.Nop))
	text, err := io.ReadAll(io.LimitReader(in, maxBaseline+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxBaseline {
		return nil, fmt.Errorf("a baseline has at most %d MiB", maxBaseline>>20)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	var file baselineFile
	if err := d.Decode(&file); err != nil {
		return nil, noBaseline(text, d.InputOffset(), err)
	}
	switch {
	case len(bytes.TrimSpace(text[d.InputOffset():])) > 0:
		return nil, fmt.Errorf("something stands behind the end of the baseline")
	case file.Version != 1:
		return nil, fmt.Errorf("the baseline has version %d, and only version 1 is known", file.Version)
	}
	b := NewBaseline()
	for i, a := range file.Faults {
		switch {
		case a.Rule == "" || a.Count < 1:
			return nil, fmt.Errorf("fault %d needs a rule, and a count of at least 1", i+1)
		case b.faults[a.Fault] > 0:
			return nil, fmt.Errorf("fault %d stands twice: %s in %s at %s: %s", i+1, a.Rule, a.File, a.Path, a.Message)
		}
		b.faults[a.Fault] = a.Count
	}
	return b, nil
}

// noBaseline says in which line a text is no baseline, and why.
func noBaseline(text []byte, offset int64, err error) error {
	message := strings.TrimPrefix(err.Error(), "json: ")
	var kind *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &kind):
		offset = kind.Offset
		message = fmt.Sprintf("%q cannot be a %s", kind.Field, kind.Value)
	case errors.As(err, &syntax):
		offset = syntax.Offset
	}
	line := 1 + bytes.Count(text[:min(offset, int64(len(text)))], []byte("\n"))
	return fmt.Errorf("line %d: this is no baseline: %s", line, message)
}

// Write writes the baseline: the same faults give the same bytes.
func (b *Baseline) Write(out io.Writer) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(baselineFile{Version: 1, Faults: b.Accepted()})
}

// Count is a comparison of findings with a baseline. It takes them in a fixed
// order, so that the same of several alike count as new each time. It is not
// safe for concurrent use.
type Count struct {
	baseline *Baseline
	normal   *normaliser
	most     map[Fault]*int // of one run, so far
	runs     map[place]int
	names    map[string]string // of runs, one copy of each
}

// place is a kind of fault in one run of one document; the pointer is that of
// Count.most.
type place struct {
	kind          *int
	document, run string
}

// Compare begins a comparison.
func (b *Baseline) Compare() *Count {
	return &Count{baseline: b, normal: newNormaliser(), most: map[Fault]*int{}, runs: map[place]int{}, names: map[string]string{}}
}

// Accept counts a finding of the document of a name, and tells whether the
// baseline has accepted it.
func (c *Count) Accept(f *finding.Finding, name string) bool {
	path, run := c.normal.path(f.Path)
	if _, ok := c.names[run]; !ok {
		run = strings.Clone(run) // not a part of a path, which would live on
		c.names[run] = run
	}
	fault := Fault{f.Rule, c.normal.file(name), path, c.normal.message(f.Message)}
	most, ok := c.most[fault]
	if !ok {
		most = new(int)
		c.most[fault] = most
	}
	p := place{most, name, c.names[run]}
	c.runs[p]++
	*most = max(*most, c.runs[p])
	return c.runs[p] <= c.baseline.faults[fault]
}

// now is how often a run has a fault at most.
func (c *Count) now(f Fault) int {
	if n := c.most[f]; n != nil {
		return *n
	}
	return 0
}

// Seen is the baseline that accepts what was counted.
func (c *Count) Seen() *Baseline {
	b := NewBaseline()
	for f, n := range c.most {
		b.faults[f] = *n
	}
	return b
}

// Fixed is a kind of fault that occurs less often than was accepted.
type Fixed struct {
	Fault
	Accepted int `json:"accepted"`
	Now      int `json:"now"`
}

// Fixed lists what was accepted and occurs less often, or no more, in the
// order of the baseline.
func (c *Count) Fixed() []Fixed {
	var all []Fixed
	for _, a := range c.baseline.Accepted() {
		if now := c.now(a.Fault); now < a.Count {
			all = append(all, Fixed{a.Fault, a.Count, now})
		}
	}
	return all
}

// Pruned is the baseline without what is fixed. It never accepts more than
// before.
func (c *Count) Pruned() *Baseline {
	b := NewBaseline()
	for f, n := range c.baseline.faults {
		if n = min(n, c.now(f)); n > 0 {
			b.faults[f] = n
		}
	}
	return b
}
