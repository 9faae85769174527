package text

import (
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/validate/finding"
)

// painter colours text, or does not.
type painter struct{ on bool }

func palette(on bool) painter { return painter{on} }

func (p painter) wrap(code, text string) string {
	return terminal.Paint(p.on, code, text)
}

func (p painter) severity(s finding.Severity) string {
	return p.wrap(terminal.Severity(s), s.String()+":")
}
func (p painter) mark(s finding.Severity, m string) string { return p.wrap(terminal.Severity(s), m) }
func (p painter) faint(text string) string                 { return p.wrap("2", text) }
