package engine

import "strings"

// splitDN splits a hierarchical DN into its components, leftmost first. Commas
// that are escaped or quoted separate nothing; white space around a component
// does not count.
func splitDN(dn string, into []string) []string {
	from, quoted := 0, false
	for i := 0; i < len(dn); i++ {
		switch dn[i] {
		case '\\':
			i++
		case '"':
			quoted = !quoted
		case ',':
			if !quoted {
				into = append(into, trimComponent(dn[from:i]))
				from = i + 1
			}
		}
	}
	return append(into, trimComponent(dn[from:]))
}

// trimComponent takes white space off, but not an escaped one at the end.
func trimComponent(c string) string {
	c = strings.TrimLeft(c, " ")
	t := strings.TrimRight(c, " ")
	if strings.HasSuffix(t, `\`) && len(t) < len(c) {
		t = c[:len(t)+1]
	}
	return t
}

// componentValue is the value of a component: what follows its first equals
// sign, without escapes. False if there is none.
func componentValue(component string) (string, bool) {
	_, value, ok := strings.Cut(component, "=")
	if !ok || value == "" {
		return "", false
	}
	if len(value) > 1 && value[0] == '"' && value[len(value)-1] == '"' {
		value = value[1 : len(value)-1]
	}
	if !strings.Contains(value, `\`) {
		return value, true
	}
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		if value[i] != '\\' {
			b.WriteByte(value[i])
			continue
		}
		if i+2 < len(value) && isHex(value[i+1]) && isHex(value[i+2]) {
			b.WriteByte(unhex(value[i+1])<<4 | unhex(value[i+2]))
			i += 2
			continue
		}
		i++
		if i == len(value) {
			return "", false
		}
		b.WriteByte(value[i])
	}
	return b.String(), true
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}
