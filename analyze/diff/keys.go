package diff

import (
	"strings"

	rd "github.com/runhist/runhist/schemas/rundetails"
)

// key is the hash of what something is recognised by; 0 where a part of that is
// missing.
func (s *side) key(parts ...string) uint64 {
	h := uint64(len(parts))
	for _, p := range parts {
		if p == "" {
			return 0
		}
		h = mix(h, s.hash(p))
	}
	return h
}

// dn is a name as it is in B, without the GUIDs in it: these may be others.
func (s *side) dn(k Kind, t *rd.Text) string {
	text := s.names.apply(k, t.Value)
	if s.exact {
		return text
	}
	at, _ := findGUID(text)
	if at < 0 {
		return text
	}
	var b strings.Builder
	for ; at >= 0; at, _ = findGUID(text) {
		b.WriteString(text[:at])
		b.WriteByte('*')
		text = text[at+guidLength:]
	}
	b.WriteString(text)
	return b.String()
}

// recordKeys are what a record is recognised by, the best first.
func (s *side) recordKeys(step *rd.Step, list, i int) [4]uint64 {
	switch list {
	case objectErrors:
		e := step.ObjectErrors[i]
		dn := s.dn(DN, &e.DN)
		anchor := e.Anchor.Value
		if dn == "" && anchor == "" {
			where := e.EntryNumber.Value + "," + e.LineNumber.Value
			return [4]uint64{s.key("where", where, e.Type.Value, e.ColumnNumber.Value+" "+e.AttributeName.Value), s.key("where", where, e.Type.Value),
				s.key("entry", e.EntryNumber.Value)}
		}
		return [4]uint64{s.key("dn", dn, e.Type.Value, e.AttributeName.Value+" "), s.key("anchor", anchor, e.Type.Value),
			s.key("dn", dn), s.key("anchor", anchor)}
	case importErrors:
		e := step.ImportErrors[i]
		return s.objectKeys(s.dn(DN, &e.DN), &e.CSGUID, e.Type.Value)
	case exportErrors:
		e := step.ExportErrors[i]
		return s.objectKeys(s.dn(DN, &e.DN), &e.CSGUID, e.Type.Value)
	case retryErrors:
		e := step.RetryErrors[i]
		return s.objectKeys(s.dn(Name, &e.DisplayName), &e.MVGUID, e.Type.Value)
	}
	return [4]uint64{}
}

func (s *side) objectKeys(name string, g *rd.GUID, errorType string) [4]uint64 {
	id := g.Value
	if g.Valid {
		id = string(g.ID[:])
		if g.ID.Masked() {
			id = ""
		}
	}
	if name == "" { // and with another GUID only the type is left
		return [4]uint64{s.key("id", id, errorType+" "), s.key("id", id), s.key("type", errorType)}
	}
	return [4]uint64{s.key("name", name, errorType+" "), s.key("id", id, errorType+" "), s.key("name", name), s.key("id", id)}
}

// elementKey is the text that an element of a list is recognised by, and the
// kind of it; "" where it is recognised by its place alone.
func elementKey(e *Element) (string, Kind) {
	switch e.Name {
	case "attr", "dn-attr":
		name, _ := e.attribute("name")
		return name, Text
	case "value", "oc-value", "src-attribute":
		return e.Text, e.Kind
	case "dn-value":
		return e.childText("dn"), DN
	case "incident": // among others its result is what it is known by
		return e.childText("connection-result"), Text
	case "outbound-flow-counters":
		if ma, ok := e.attribute("ma"); ok {
			return ma, Agent
		}
		id, _ := e.attribute("ma-id")
		return id, GUID
	}
	return "", None
}

// label is what an element is called in a path beside its name.
func label(e *Element) string { return brief(called(e)) }

func called(e *Element) string {
	switch e.Name {
	case "run-details":
		text := e.childText("ma-name")
		for _, more := range []string{e.childText("run-profile-name"), e.childText("run-number")} {
			if more != "" {
				text += ", " + more
			}
		}
		return text
	case "step-details":
		n, _ := e.attribute("step-number")
		return n
	case "import-error", "export-error":
		if dn, _ := e.attribute("dn"); dn != "" {
			return dn
		}
		id, _ := e.attribute("cs-guid")
		return id
	case "retry-error":
		if name, _ := e.attribute("displayname"); name != "" {
			return name
		}
		id, _ := e.attribute("mv-guid")
		return id
	case "ma-object-error":
		for _, name := range []string{"dn", "anchor"} {
			if text := e.childText(name); text != "" {
				return text
			}
		}
		if entry := e.childText("entry-number"); entry != "" {
			return "entry " + entry
		}
		return e.childText("error-type")
	case "incident":
		return e.childText("date")
	}
	key, _ := elementKey(e)
	return key
}

// brief shortens a key: values can be long.
func brief(text string) string {
	const most = 200
	n := 0
	for i := range text {
		if n++; n > most {
			return text[:i] + "…"
		}
	}
	return text
}
