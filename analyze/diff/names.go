package diff

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Names says which servers, agents, accounts and DNs of B are which of A.
//
// A name stands for itself as a whole. It also stands for a part: of a DN, the
// components at its end (DC=corp,DC=adatum); of a server, the domain at the end
// of its name, or the host before a port; of an account, the domain before the
// backslash; of a value, the domain of an address. The longest name that fits counts. Names are compared without
// regard to case. A name that is not mentioned stays as it is.
type Names struct {
	pairs [][2]string       // as given
	to    map[string]string // by the name in A in lower case
	long  []string          // the keys of to, longest first
}

// NewNames makes Names of pairs, a name in A and the one in B. It is an error
// when two names become one or one becomes two: the renaming must be one-to-one.
func NewNames(pairs [][2]string) (*Names, error) {
	n := &Names{to: map[string]string{}}
	from := map[string]string{}
	for _, p := range pairs {
		a, b := strings.ToLower(p[0]), strings.ToLower(p[1])
		if a == "" || b == "" {
			return nil, errors.New("a name is empty")
		}
		if before, ok := n.to[a]; ok {
			if strings.ToLower(before) == b {
				continue
			}
			return nil, fmt.Errorf("%s would become %s and %s", p[0], before, p[1])
		}
		if before, ok := from[b]; ok {
			return nil, fmt.Errorf("%s and %s would become %s", before, p[0], p[1])
		}
		n.to[a], from[b] = p[1], p[0]
		n.long = append(n.long, a)
		n.pairs = append(n.pairs, p)
	}
	sort.Slice(n.long, func(i, j int) bool {
		if len(n.long[i]) != len(n.long[j]) {
			return len(n.long[i]) > len(n.long[j])
		}
		return n.long[i] < n.long[j]
	})
	return n, nil
}

// ParseName reads a pair as users write it: A=>B, or A=B. In a pair of DNs the
// middle equals sign separates: DC=corp,DC=com=DC=lab,DC=com.
func ParseName(text string) (pair [2]string, err error) {
	a, b, ok := strings.Cut(text, "=>")
	if !ok {
		n := strings.Count(text, "=")
		if n%2 == 0 {
			return pair, fmt.Errorf("%q does not say where the second name begins: write A=>B", text)
		}
		at := -1
		for range n/2 + 1 {
			at += 1 + strings.IndexByte(text[at+1:], '=')
		}
		a, b = text[:at], text[at+1:]
	}
	pair = [2]string{strings.TrimSpace(a), strings.TrimSpace(b)}
	if pair[0] == "" || pair[1] == "" {
		return pair, fmt.Errorf("%q lacks a name on one side", text)
	}
	return pair, nil
}

// Invert returns the names for the way from B to A.
func (n *Names) Invert() *Names {
	if n == nil {
		return nil
	}
	back := make([][2]string, len(n.pairs))
	for i, p := range n.pairs {
		back[i] = [2]string{p[1], p[0]}
	}
	i, err := NewNames(back)
	if err != nil { // both directions were checked when n was made
		return n
	}
	return i
}

// apply gives the text of A its name in B.
func (n *Names) apply(k Kind, text string) string {
	if n == nil || text == "" {
		return text
	}
	switch k {
	case DN, Name, Server, Agent, Account:
	default:
		return text
	}
	lower := strings.ToLower(text)
	if to, ok := n.to[lower]; ok {
		return to
	}
	if len(lower) != len(text) { // a letter whose cases differ in length
		return text
	}
	for _, name := range n.long {
		to := n.to[name]
		switch end := len(text) - len(name); {
		case end <= 0:
		case (k == DN || k == Name) && strings.HasSuffix(lower, name) && text[end-1] == ',' && strings.Contains(name, "="):
			return text[:end] + to
		case k == Name && strings.HasSuffix(lower, name) && text[end-1] == '@':
			return text[:end] + to
		case k == Server && strings.HasPrefix(lower, name) && text[len(name)] == ':':
			return to + text[len(name):]
		case k == Server:
			host, port, _ := strings.Cut(lower, ":")
			if end := len(host) - len(name); end > 0 && strings.HasSuffix(host, name) && host[end-1] == '.' {
				if port != "" {
					to += ":" + port
				}
				return text[:end] + to
			}
		case k == Account && strings.HasPrefix(lower, name) && text[len(name)] == '\\':
			return to + text[len(name):]
		}
	}
	return text
}
