package text

import "github.com/runhist/runhist/validate/finding"

// painter colours text, or does not.
type painter struct{ on bool }

func palette(on bool) painter { return painter{on} }

func (p painter) wrap(code, text string) string {
	if !p.on {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func code(s finding.Severity) string {
	switch s {
	case finding.Error:
		return "1;31"
	case finding.Warning:
		return "1;33"
	}
	return "1;36"
}

func (p painter) severity(s finding.Severity) string       { return p.wrap(code(s), s.String()+":") }
func (p painter) mark(s finding.Severity, m string) string { return p.wrap(code(s), m) }
func (p painter) faint(text string) string                 { return p.wrap("2", text) }
