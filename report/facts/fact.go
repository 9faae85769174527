package facts

import (
	"strings"

	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/terms"
	"github.com/runhist/runhist/validate/finding"
)

// fact is what columns read: where a row is in the document, and the parts of
// the table that it belongs to. There is one, used for row after row.
type fact struct {
	file      string
	run       *rundetails.Run
	step      *rundetails.Step
	runIndex  int // in the file, 1-based
	stepIndex int // in the run, 1-based
	words     *meanings

	about    struct{ name, value string }
	document *Document
	totals   Totals
	cut      bool // the document ends inside of the run
	outbound sums
	counter  counterFact
	failure  failure
	change   change
	incident *rundetails.Incident
	attempt  int // number of the incident in the step
	object   *rundetails.ObjectError
	finding  *finding.Finding
}

func text(t *rundetails.Text) tables.Value {
	if !t.Present {
		return tables.Missing
	}
	return tables.Of(t.Value)
}

// number is missing where the document has something else than a number.
func number(n *rundetails.Number) tables.Value {
	if !n.Valid {
		return tables.Missing
	}
	return tables.Num(n.N)
}

// instant is missing where the document has something else than a date.
func instant(i *rundetails.Instant) tables.Value {
	if !i.Valid {
		return tables.Missing
	}
	return tables.Num(i.Millis)
}

// said is a text that is missing when it is empty.
func said(s string) tables.Value {
	if s == "" {
		return tables.Missing
	}
	return tables.Of(s)
}

// lasted is the time between two instants.
func lasted(from, to *rundetails.Instant) tables.Value {
	if !from.Valid || !to.Valid {
		return tables.Missing
	}
	return tables.Num(to.Millis - from.Millis)
}

// firstLine is the first line of a text that has something on it.
func firstLine(s string) string {
	s = strings.TrimSpace(s)
	if end := strings.IndexAny(s, "\r\n\u2028\u2029"); end >= 0 {
		s = strings.TrimRight(s[:end], " \t")
	}
	return s
}

// Container is the DN of what an object stands in: all behind the first comma
// that is not escaped. It is "" for a DN of one part, and for what is no DN.
func Container(dn string) string {
	for i := 0; i < len(dn); i++ {
		switch dn[i] {
		case '\\':
			i++
		case '"': // the older form of quoting
			if end := strings.IndexByte(dn[i+1:], '"'); end >= 0 {
				i += end + 1
			}
		case ',':
			if rest := strings.TrimSpace(dn[i+1:]); strings.Contains(rest, "=") && strings.Contains(dn[:i], "=") {
				return rest
			}
			return ""
		}
	}
	return ""
}

// meanings looks words and codes of documents up; what was looked up is kept,
// because the same few come again and again.
type meanings struct {
	words map[terms.Kind]map[string]string
	codes map[string]meant
}

// meant is an error code in one form, and what it means.
type meant struct{ hex, meaning string }

// maxCodes bounds the codes that are kept.
const maxCodes = 1 << 12

func newMeanings() *meanings {
	m := &meanings{words: map[terms.Kind]map[string]string{}, codes: map[string]meant{}}
	for _, t := range terms.All() {
		if m.words[t.Kind] == nil {
			m.words[t.Kind] = map[string]string{}
		}
		m.words[t.Kind][t.Name] = t.Meaning
	}
	return m
}

// of is the meaning of a word, missing where the vocabulary does not have it.
func (m *meanings) of(kind terms.Kind, word string) tables.Value {
	return said(m.words[kind][strings.TrimSpace(word)])
}

// code brings an error code into one form: 8453 and 0x2105 are the same.
func (m *meanings) code(text *rundetails.Text) meant {
	key := strings.TrimSpace(text.Value)
	if key == "" {
		return meant{}
	}
	if known, ok := m.codes[key]; ok {
		return known
	}
	var is meant
	if code, ok := terms.Code(key); ok {
		is.hex = code.Hex()
		var all []string
		for _, r := range code.Readings {
			all = append(all, strings.TrimSpace(r.Space+" "+r.Name)+": "+r.Meaning)
		}
		is.meaning = strings.Join(all, " Or ")
		if len(all) == 0 {
			is.meaning = code.Space
		}
	}
	if len(m.codes) < maxCodes {
		m.codes[strings.Clone(key)] = is
	}
	return is
}
