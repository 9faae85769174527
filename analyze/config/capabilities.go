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
		{"AD", ldap, false},
		{"ADAM", ldap, false},
		{"AD GAL", ldap, true},
		{"Delimited", file, false}, // and what its private settings say
		{"FixedWidth", file, true},
		{"AVP", file, true},
		{"LDIF", ldif, true},
		{"DSML", ldif, true},
		{"MSSQL", table, true},
		{"Oracle", table, true},
		{"DB2", table, true},
		{"FIM", engine.Capabilities{DNStyle: engine.StyleNone, DeltaImport: true, ExportType: engine.AttributeUpdate}, true},
		{"iPlanet", ldap, true},
		{"eDirectory", ldap, true},
		{"Extensible", file, true},
		{"Extensible2", engine.Capabilities{DNStyle: engine.StyleGeneric, DeltaImport: true, ExportType: engine.AttributeUpdate}, true},
	}
}

// Capabilities are what an agent can do, by its category and the few settings
// that change them; assumed tells that no source is known for the category.
func (a *Agent) Capabilities() (capabilities engine.Capabilities, assumed bool) {
	row := category{capabilities: engine.Capabilities{DNStyle: engine.StyleGeneric, ExportType: engine.AttributeUpdate}, assumed: true}
	all := categories()
	if i := slices.IndexFunc(all, func(c category) bool { return strings.EqualFold(c.name, a.Category) }); i >= 0 {
		row = all[i]
	}
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
		c.DeltaImport = t.ChangeType != ""
		c.Uppercase, c.RemoveAccents = t.Uppercase, t.RemoveAccents
		c.BatchSize = 1 // SE-K29
	}
	return c, row.assumed
}
