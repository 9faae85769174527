package json

import (
	"bufio"
	"bytes"
	"encoding/json"
)

// printer writes an object field by field and its lists element by element,
// indented as encoding/json would: encoding/json itself makes the whole text
// in memory, twice.
type printer struct {
	out    *bufio.Writer
	fields int
	err    error // the first one
}

func (p *printer) text(text string) {
	if p.err == nil {
		_, p.err = p.out.WriteString(text)
	}
}

// name begins a field.
func (p *printer) name(name string) {
	if p.fields++; p.fields == 1 {
		p.text("{\n")
	} else {
		p.text(",\n")
	}
	p.text(`  "` + name + `": `)
}

// value writes a value that stands behind an indentation.
func (p *printer) value(indentation string, v any) {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent(indentation, "  ")
	if err := e.Encode(v); err != nil && p.err == nil {
		p.err = err
	}
	p.text(string(bytes.TrimSuffix(text.Bytes(), []byte("\n"))))
}

func (p *printer) field(name string, v any) {
	p.name(name)
	p.value("  ", v)
}

// list writes a field that is a list of n elements.
func (p *printer) list(name string, n int, element func(int) any) {
	p.name(name)
	if n == 0 {
		p.text("[]")
		return
	}
	for i := range n {
		if i == 0 {
			p.text("[\n    ")
		} else {
			p.text(",\n    ")
		}
		p.value("    ", element(i))
	}
	p.text("\n  ]")
}
