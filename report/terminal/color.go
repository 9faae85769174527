package terminal

import "github.com/runhist/runhist/validate/finding"

// Paint colours text by a code of ECMA-48 (SGR), such as "1" for bold, where on
// says so; nothing stays nothing.
func Paint(on bool, code, text string) string {
	if !on || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// Severity is the code of the colour of findings of that severity.
func Severity(s finding.Severity) string {
	switch s {
	case finding.Error:
		return "1;31"
	case finding.Warning:
		return "1;33"
	}
	return "1;36"
}
