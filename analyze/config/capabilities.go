package config

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// category is what is known about agents of one category.
type category struct {
	name         string
	capabilities engine.Capabilities
	// assumed: no source tells the capabilities of the category.
	assumed bool
	// file: agents of the category import from files.
	file bool
}

// categories are the categories of agents (SE-N9, SE-N10). A scenario may say
// otherwise for each agent; the capabilities mask says nothing (SE-K20).
func categories() []category {
	ldap := engine.Capabilities{DNStyle: engine.StyleLDAP, DeltaImport: true, Rename: true, ExportType: engine.AttributeUpdate}
	table := engine.Capabilities{DNStyle: engine.StyleNone, ExportType: engine.AttributeReplace}
	file := engine.Capabilities{DNStyle: engine.StyleGeneric, ExportType: engine.ObjectReplace}
	ldif := file
	ldif.DNStyle, ldif.Rename = engine.StyleLDAP, true
	return []category{
		{"AD", ldap, false, false},
		{"ADAM", ldap, false, false},
		{"AD GAL", ldap, true, false},
		{"Delimited", file, false, true}, // and what its private settings say
		{"FixedWidth", file, true, true},
		{"AVP", file, true, true},
		{"LDIF", ldif, true, true},
		{"DSML", ldif, true, true},
		{"MSSQL", table, true, false},
		{"Oracle", table, true, false},
		{"DB2", table, true, false},
		{"FIM", engine.Capabilities{DNStyle: engine.StyleNone, DeltaImport: true, ExportType: engine.AttributeUpdate}, true, false},
		{"iPlanet", ldap, true, false},
		{"eDirectory", ldap, true, false},
		{"Extensible", file, true, false},
		{"Extensible2", engine.Capabilities{DNStyle: engine.StyleGeneric, DeltaImport: true, ExportType: engine.AttributeUpdate}, true, false},
	}
}

// Capabilities are what an agent can do, by its category and the few settings
// that change them; assumed tells that no source is known for the category.
func (a *Agent) Capabilities() (capabilities engine.Capabilities, assumed bool) {
	row := a.category()
	c := row.capabilities
	if a.ExportType > 0 {
		c.ExportType = [...]engine.ExportType{engine.AttributeUpdate, engine.AttributeReplace, engine.ObjectReplace, engine.ReferenceUpdate}[a.ExportType-1]
	}
	if t := a.Delimited; t != nil {
		same := slices.EqualFunc(t.DN, t.Anchor, strings.EqualFold)
		switch {
		case t.LDAPDN:
			c.DNStyle = engine.StyleLDAP
		case same || len(t.DN) == 0:
			c.DNStyle = engine.StyleNone
		}
		c.Rename = !same && len(t.DN) > 0
		c.ExactAnchors = !t.FoldAnchor
		c.DeltaImport = t.ChangeType != ""
		c.Uppercase, c.RemoveAccents = t.Uppercase, t.RemoveAccents
		c.BatchSize = 1 // SE-K29
	}
	return c, row.assumed
}

// category is what is known of the agent's category, or assumed of an unknown
// one.
func (a *Agent) category() category {
	all := categories()
	if i := slices.IndexFunc(all, func(c category) bool { return strings.EqualFold(c.name, a.Category) }); i >= 0 {
		return all[i]
	}
	return category{capabilities: engine.Capabilities{DNStyle: engine.StyleGeneric, ExportType: engine.AttributeUpdate}, assumed: true}
}

// FromFile reports whether the agent imports from a file: what it cannot parse
// has a line and a column there (SE-K56).
func (a *Agent) FromFile() bool { return a.category().file }
