package engine

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// conform converts strings the way the controller of an agent does when it
// exports (SE-K10): the converted value is what is sent, what awaits
// confirmation and what is compared, so it is the target state as well.
func (e *Engine) conform(a *agent, values image) image {
	if !a.caps.Uppercase && !a.caps.RemoveAccents {
		return values
	}
	out := make(image, 0, len(values))
	for _, v := range values {
		if a.attrs[v.attr].kind == String {
			text := e.pool.text(v.val)
			if a.caps.RemoveAccents {
				text = withoutAccents(text)
			}
			if a.caps.Uppercase {
				text = strings.ToUpper(text)
			}
			v.val = e.pool.id(text)
		}
		out = append(out, v)
	}
	return normalize(out)
}

// withoutAccents drops the marks that decomposition sets apart.
func withoutAccents(text string) string {
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(text))
	return norm.NFC.String(bare)
}
