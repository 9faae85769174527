package query

import (
	"bytes"
	"strings"
)

var (
	escapeText      = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	escapeAttribute = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\r", "&#xD;", "\n", "&#xA;", "\t", "&#x9;")
)

// markup writes a node as XML, one leaf a line.
func (t *tree) markup(at int32) string {
	var b bytes.Buffer
	n := &t.nodes[at]
	if n.kind == Root {
		for c := n.first; c != 0; c = t.nodes[c].next {
			t.write(&b, c, 0)
		}
	} else {
		t.write(&b, at, 0)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (t *tree) write(b *bytes.Buffer, at int32, depth int) {
	n := &t.nodes[at]
	indent := strings.Repeat("  ", depth)
	switch n.kind {
	case Text:
		b.WriteString(indent + escapeText.Replace(t.own(n)) + "\n")
		return
	case Attribute:
		b.WriteString(n.name + `="` + escapeAttribute.Replace(t.own(n)) + "\"\n")
		return
	}
	b.WriteString(indent + "<" + n.name)
	for a := n.attr; a != 0; a = t.nodes[a].next {
		b.WriteString(" " + t.nodes[a].name + `="` + escapeAttribute.Replace(t.own(&t.nodes[a])) + `"`)
	}
	switch {
	case n.first == 0:
		b.WriteString("/>\n")
		return
	case n.first == n.last && t.nodes[n.first].kind == Text:
		b.WriteString(">" + escapeText.Replace(t.own(&t.nodes[n.first])))
	default:
		b.WriteString(">\n")
		for c := n.first; c != 0; c = t.nodes[c].next {
			t.write(b, c, depth+1)
		}
		b.WriteString(indent)
	}
	b.WriteString("</" + n.name + ">\n")
}
