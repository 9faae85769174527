// Package redact replaces in run histories what belongs to the people whose
// servers wrote them (persons, objects, servers, accounts, free text) by
// pseudonyms, so that a history can be sent to somebody as evidence.
//
// What a run did stays: results, types, counters, dates, numbers, the names of
// widely known attributes and classes, the words of the products' own
// messages. All other words are replaced, each by a pseudonym of its own and
// in every place by the same one, in small letters or capitals as it was; what
// stands between words stays. So DNs, mail addresses, accounts and names of
// servers keep their form without anyone having to know them, DNs with one
// parent still have one, and texts that were equal are equal. A redacted
// history gives the same findings.
//
// A [Redactor] is handed the tags and texts of histories and changes them.
// README.md says which element gets which treatment; the tables are in
// treatment.go, the words that stay in words.go. To add an element: a line in
// treatment.go.
//
// The package imports schemas, source and rundetails.
package redact

import (
	"regexp"
	"strings"
	"sync"
	"unsafe"

	"github.com/runhist/runhist/schemas"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// Redactor redacts histories. It remembers pseudonyms from one document to the
// next; it is not safe for concurrent use.
type Redactor struct {
	names *pseudonyms
	terms map[string]bool
	open  []frame
	buf   []byte
}

// frame is an open element.
type frame struct {
	treatment Treatment
	attr      bool      // the element is an attr
	values    Treatment // of which these are the values
}

// New returns a redactor. The same key gives the same pseudonyms for ever; it
// must not be known to those who get the histories, or they could try names
// until one fits. With a nil key pseudonyms are numbered in the order of their
// appearance.
func New(key []byte) *Redactor {
	return &Redactor{names: newPseudonyms(key), terms: terms()}
}

// Start redacts a start tag: the values of its attributes, and names that
// nobody knows.
func (r *Redactor) Start(tag *rundetails.Tag) {
	f := frame{treatment: ofElement(tag.Sym)}
	if tag.Sym == 0 {
		tag.Name = r.text(tag.Name, Term)
	}
	if last := len(r.open) - 1; tag.Sym == rundetails.NameValue && last >= 0 && r.open[last].attr {
		f.treatment = r.open[last].values
	}
	if tag.Sym == rundetails.NameAttr {
		f.attr, f.values = true, Value
	}
	for i := range tag.Attrs {
		a := &tag.Attrs[i]
		switch {
		case a.Sym == rundetails.NameEncoding && (tag.Sym == rundetails.NameValue || tag.Sym == 0):
			f.treatment = Encoded
		case a.Sym == rundetails.NameType && f.attr:
			f.values = ofType(a.Value)
		}
		r.attribute(a)
	}
	r.open = append(r.open, f)
}

// ofType says what becomes of the values of an attribute of a type.
func ofType(name string) Treatment {
	switch name {
	case "integer":
		return Integer
	case "boolean":
		return Term
	case "binary":
		return Encoded
	}
	return Value
}

// attribute redacts an attribute.
func (r *Redactor) attribute(a *rundetails.TagAttr) {
	t := ofAttribute(a.Sym)
	if a.Sym == 0 {
		a.Name = r.text(a.Name, Term)
		switch a.Space {
		case source.XSINamespace, source.XMLNamespace:
			t = Term
		case source.XMLNSNamespace:
			if wellKnown(a.Value) {
				return
			}
			t = Name
		}
	}
	a.Value = r.text(a.Value, t)
}

// wellKnown tells the namespaces that tell nothing of anyone.
func wellKnown(space string) bool {
	return strings.HasPrefix(space, "http://www.w3.org/") || strings.HasPrefix(space, "http://schemas.microsoft.com/")
}

// Text redacts a piece of the text of the innermost open element.
func (r *Redactor) Text(text []byte) []byte {
	t := Free
	if len(r.open) > 0 {
		t = r.open[len(r.open)-1].treatment
	}
	if len(text) == 0 {
		return text
	}
	r.buf = r.apply(r.buf[:0], unsafe.String(&text[0], len(text)), t)
	return r.buf
}

// End ends the innermost open element.
func (r *Redactor) End() { r.open = r.open[:len(r.open)-1] }

func (r *Redactor) text(text string, t Treatment) string { return string(r.apply(nil, text, t)) }

// apply appends a value with what the treatment replaces.
func (r *Redactor) apply(dst []byte, text string, t Treatment) []byte {
	switch t {
	case Number:
		if numeric(text) {
			return append(dst, text...)
		}
		t = Name
	case Code:
		code := strings.TrimPrefix(strings.TrimSpace(text), "-")
		if n := hexLength(code); n > 0 && n == len(code) || len(code) <= 11 && run(code, isDigit) == len(code) {
			return append(dst, text...)
		}
		t = Free
	case Encoded:
		return r.encoded(dst, text)
	}
	return r.rewrite(dst, text, t)
}

// numeric tells whether a text is made of what numbers and dates are made of,
// and is no address.
func numeric(text string) bool {
	for field := range strings.FieldsFuncSeq(text, func(c rune) bool { return c != '.' && (c < '0' || c > '9') }) {
		if _, n := address(field); n > 0 {
			return false
		}
	}
	for i := range len(text) {
		if c := text[i]; !isDigit(c) && !strings.ContainsRune(" \t\r\n:.,/+-TZ", rune(c)) {
			return false
		}
	}
	return true
}

// terms returns the words of the names and of the enumerated values that the
// specification and the products know. Nobody changes them.
var terms = sync.OnceValue(func() map[string]bool {
	all := make(map[string]bool)
	add := func(name string) {
		for _, word := range strings.FieldsFunc(name, func(r rune) bool { return !inWord(r) }) {
			all[strings.ToLower(word)] = true
		}
	}
	for _, m := range named.FindAllSubmatch(schemas.UPSMODS, -1) {
		add(string(m[1]))
	}
	for _, d := range schemas.Deviations() {
		for _, name := range d.Names {
			add(name)
		}
	}
	vocabulary := rundetails.Vocabulary()
	for sym := 1; sym <= vocabulary.Len(); sym++ {
		add(vocabulary.Name(source.Sym(sym)))
	}
	for _, name := range stepTerms {
		add(name)
	}
	return all
})

// named are the names and values in a schema.
var named = regexp.MustCompile(`(?:name|value|fixed)="([A-Za-z0-9-]+)"`)
