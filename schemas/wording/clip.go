package wording

import "unicode/utf8"

// Clip shortens a value for a message, to about 60 bytes.
func Clip(text string) string {
	const most = 60
	if len(text) <= most {
		return text
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "..."
}
