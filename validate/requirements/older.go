package requirements

import "strings"

// OlderSchemaRows returns the ids of the rows of class schema of the reference
// of 2003 that a violation at the place breaks, in table order: those of
// import-error. It returns nil elsewhere.
func (t *Tables) OlderSchemaRows(p Place) []string {
	const errorPath = rootPath + "/synchronization-errors/import-error"
	path, found := strings.CutPrefix(normalPath(p.Path), errorPath)
	switch {
	case !found:
		return nil
	case path == "" && p.Attribute == "cs-guid":
		return []string{"M003"}
	case path == "" && p.Attribute == "dn":
		return []string{"M006"}
	case path == "" && p.Child != "":
		return append([]string{"M076"}, childRows(p.Child)...)
	case p.Attribute != "" || p.Child != "":
		return nil
	case path == "/error-type":
		return []string{"M015"}
	case path == "/date-occurred" || path == "/first-occurred":
		return []string{"M087"}
	}
	return nil
}

const rootPath = "/" + rootName + "/" + runName + "/step-details"

// childRows are the rows about how often a child of import-error stands there.
func childRows(child string) []string {
	switch child {
	case "date-occurred":
		return []string{"M078"}
	case "first-occurred":
		return []string{"M079"}
	case "retry-count":
		return []string{"M080"}
	case "algorithm-step":
		return []string{"M081"}
	case "error-type":
		return []string{"M082"}
	case "extension-error-info":
		return []string{"M083"}
	case "rule-error-info":
		return []string{"M084"}
	}
	return nil
}
