package config

import (
	"unicode/utf8"

	"github.com/runhist/runhist/schemas/wording"
)

// Delimited is how a delimited text agent reads its files (SE-N9).
type Delimited struct {
	CodePage  int  // a number of Windows, such as 1252; 0: not set
	Delimiter rune // between fields
	Qualifier rune // around fields; 0: none
	Header    bool // the first record has the names of the columns
	Columns   []string
	// DN and Anchor are columns whose values make the DN and the anchor.
	DN, Anchor []string
	// TypeColumn holds the object class of a record; it is no attribute. ""
	// where all records are of one type.
	TypeColumn string
	Classes    []ClassMapping
	LDAPDN     bool // DNs are LDAP DNs
	// ChangeType is the column that says what is to be done with the object of
	// a record; "" where a file is a whole content. Added, Modified and Deleted
	// are its values; "" stands for Add, Modify and Delete.
	ChangeType               string
	Added, Modified, Deleted string
	// Uppercase and RemoveAccents convert values on export (SE-K10).
	Uppercase, RemoveAccents bool
	// FoldAnchor compares anchors that are the DN without case.
	FoldAnchor bool
}

// ClassMapping says which values of the object class mean an object type.
type ClassMapping struct {
	Type   string
	Values []string
}

// delimited reads private-configuration/MAConfig. What it does not know is
// kept.
func (d *decoder) delimited(e *Element, a *Agent) *Delimited {
	t := &Delimited{}
	path := "private-configuration/MAConfig/"
	sections := map[string]func(*Element){
		"importing":                    func(c *Element) { d.importing(c, t) },
		"ldap-dn":                      func(c *Element) { t.LDAPDN = d.optionalTruth(c) },
		"delimited_format":             func(c *Element) { d.delimitedFormat(c, t) },
		"primary_class_mappings":       func(c *Element) { d.list(c, "mapping", func(m *Element) { d.primaryClass(m, a, t) }) },
		"data_normalization":           func(c *Element) { d.normalization(c, t) },
		"case_normalize_dn_for_anchor": func(c *Element) { t.FoldAnchor = d.optionalTruth(c) },
		"change_type_attribute":        func(c *Element) { t.ChangeType = d.word(c) },
		"add_change_type_value":        func(c *Element) { t.Added = d.word(c) },
		"modify_change_type_value":     func(c *Element) { t.Modified = d.word(c) },
		"delete_change_type_value":     func(c *Element) { t.Deleted = d.word(c) },
		"enable-unapplied-merge": func(c *Element) {
			if d.optionalTruth(c) {
				d.keep(c, path+c.Name, "what it does is not known")
			}
		},
		"ui-data":                   func(c *Element) { d.keep(c, path+"ui-data", "the designer's memory, which may be stale") },
		"password-extension-config": func(c *Element) { d.keep(c, path+c.Name, "password synchronization is not simulated") },
		"exporting":                 func(c *Element) { d.keep(c, path+c.Name, "unknown to this version") },
	}
	for _, c := range e.Children {
		if read, ok := sections[c.Name]; ok {
			read(c)
		} else {
			d.unknownSection(c, e, path+c.Name, keys(sections))
		}
	}
	d.columnsExist(e, a, t)
	return t
}

// optionalTruth reads a truth value that may be empty, which is false.
func (d *decoder) optionalTruth(e *Element) bool {
	text := d.word(e)
	return text != "" && d.truth("<"+e.Name+">", text, e.Place)
}

func (d *decoder) importing(e *Element, t *Delimited) {
	d.lenient(e, "private-configuration/MAConfig/importing", shape{children: map[string]child{
		"dn":                     d.gathered(func(c *Element) { t.DN = append(t.DN, d.texts(c, "attribute")...) }),
		"anchor":                 d.gathered(func(c *Element) { t.Anchor = append(t.Anchor, d.texts(c, "attribute")...) }),
		"object_class_attribute": d.into(&t.TypeColumn),
		"per-class-settings": one(func(c *Element) {
			if !c.empty() {
				d.problem(c.Place, "<per-class-settings> is not empty: what it means is not known")
			}
		}),
	}})
}

func (d *decoder) delimitedFormat(e *Element, t *Delimited) {
	d.lenient(e, "private-configuration/MAConfig/delimited_format", shape{children: map[string]child{
		"code_page":                  one(func(c *Element) { d.number(c, &t.CodePage) }),
		"delimiter":                  one(func(c *Element) { t.Delimiter = d.character(c) }),
		"text_qualifier":             one(func(c *Element) { t.Qualifier = d.character(c) }),
		"first_row_contains_headers": one(func(c *Element) { t.Header = d.optionalTruth(c) }),
		"attributes": d.gathered(func(c *Element) {
			d.list(c, "attribute", func(x *Element) {
				name := ""
				d.lenient(x, "private-configuration/MAConfig/delimited_format/attributes/attribute",
					shape{children: map[string]child{"name": d.into(&name)}, text: func(text string) { name = text }})
				d.required(x, "name", name)
				t.Columns = append(t.Columns, name)
			})
		}),
	}})
	if t.Delimiter == 0 || t.Delimiter == '\n' || t.Delimiter == '\r' || t.Delimiter == t.Qualifier {
		d.problem(e.Place, "<delimiter> has to be the code of a character other than a line end and the text qualifier")
	}
}

// character reads the decimal code of a character.
func (d *decoder) character(e *Element) rune {
	n := 0
	d.number(e, &n)
	if !utf8.ValidRune(rune(n)) {
		d.problem(e.Place, "<%s> is %d, which is no character", e.Name, n)
		return 0
	}
	return rune(n)
}

func (d *decoder) primaryClass(e *Element, a *Agent, t *Delimited) {
	var m ClassMapping
	d.lenient(e, "private-configuration/MAConfig/primary_class_mappings/mapping", shape{children: map[string]child{
		"primary_class": d.into(&m.Type),
		"oc-value":      many(func(c *Element) { m.Values = append(m.Values, d.word(c)) }),
	}})
	d.csType(a, m.Type, e.Place)
	if len(m.Values) == 0 {
		m.Values = []string{m.Type}
	}
	t.Classes = append(t.Classes, m)
}

func (d *decoder) normalization(e *Element, t *Delimited) {
	d.lenient(e, "private-configuration/MAConfig/data_normalization", shape{children: map[string]child{
		"force-uppercase": one(func(c *Element) { t.Uppercase = d.optionalTruth(c) }),
		"remove-accents":  one(func(c *Element) { t.RemoveAccents = d.optionalTruth(c) }),
	}})
}

// columnsExist checks the names of columns. The columns of the object class and
// of the change type are no attributes of the schema; all others are.
func (d *decoder) columnsExist(e *Element, a *Agent, t *Delimited) {
	columns := map[string]bool{}
	for _, name := range t.Columns {
		if columns[fold(name)] {
			d.problem(e.Place, "two columns of the files of %s are called %s", a.Name, name)
		}
		columns[fold(name)] = true
		if fold(name) != fold(t.TypeColumn) && fold(name) != fold(t.ChangeType) && a.Schema.Attribute(name) == nil {
			d.warn(e.Place, "the column %s of the files of %s is no attribute of its schema: it is not staged", wording.Clip(name), a.Name)
		}
	}
	named := append(append([]string{}, t.DN...), t.Anchor...)
	for _, name := range []string{t.TypeColumn, t.ChangeType} {
		if name != "" {
			named = append(named, name)
		}
	}
	for _, name := range named {
		if !columns[fold(name)] {
			d.problem(e.Place, "%s", d.unknown("column of the files of "+a.Name, wording.Clip(name), name, t.Columns))
		}
	}
	if len(t.Anchor) == 0 {
		d.problem(e.Place, "the files of %s have no column that is the anchor", a.Name)
	}
}
