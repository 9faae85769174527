package config

import (
	"strings"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/schemas/wording"
)

// syntax is what the engine makes of an LDAP syntax.
type syntax struct {
	kind engine.AttributeKind
	// loses says what the engine does not see of a value, "" if nothing.
	loses string
}

// arc is the beginning of the syntaxes of RFC 4517, and microsoft that of those
// that Active Directory added.
const (
	arc       = "1.3.6.1.4.1.1466.115.121.1."
	microsoft = "1.2.840.113556.1.4."
)

// syntaxes of attributes, by their numbers (SE-N10, point 4).
func syntaxes() map[string]syntax {
	return map[string]syntax{
		arc + "5": {kind: engine.Binary}, arc + "40": {kind: engine.Binary},
		arc + "7": {kind: engine.Boolean}, arc + "27": {kind: engine.Integer}, arc + "12": {kind: engine.Reference},
		arc + "15": {}, arc + "24": {}, arc + "26": {}, arc + "36": {}, arc + "38": {}, arc + "43": {}, arc + "44": {}, arc + "53": {},
		microsoft + "905":  {},
		microsoft + "906":  {kind: engine.Integer},
		microsoft + "907":  {kind: engine.Binary},
		microsoft + "903":  {loses: "a DN with a binary part: it is read as text, and no object is looked up"},
		microsoft + "904":  {loses: "a DN with a text part: it is read as text, and no object is looked up"},
		microsoft + "1221": {loses: "a name of X.400: it is read as text, and no object is looked up"},
	}
}

// kindNames are how a schema in short form writes syntaxes, by kind.
func kindNames() []string { return []string{"string", "integer", "boolean", "binary", "reference"} }

// syntaxOf reads the syntax of an attribute. Without a known one it is text.
func syntaxOf(known map[string]syntax, text string) syntax {
	text = strings.TrimSpace(text)
	for kind, name := range kindNames() {
		if strings.EqualFold(text, name) {
			return syntax{kind: engine.AttributeKind(kind)}
		}
	}
	s, ok := known[text]
	if !ok && text != "" {
		s.loses = "of the unknown syntax " + wording.Clip(text) + ": it is read as text"
	}
	return s
}
