package requirements

import (
	"slices"
	"strings"
)

// TypeNamespace is the Type of a place at which an element or attribute stands
// in a namespace.
const TypeNamespace = "namespace"

// Place is where a document violates the schema.
//
// With neither Attribute nor Child the violation is the value or the text of
// the element at Path. An unexpected root is the Child of the empty path, or
// the bare Path of that root, for example "/report".
type Place struct {
	// Path is the absolute path of element names, without positions. What
	// stands before the last run-history, or before the first run-details
	// where there is no run-history, does not count.
	Path string
	// Attribute is the name of the attribute concerned, without @.
	Attribute string
	// Presence tells that Attribute is missing or not allowed. Else its value
	// is wrong.
	Presence bool
	// Child is the name of the child of Path that is missing or not allowed.
	Child string
	// Type is the name of the named type of the attribute, or else of the
	// element at Path. It may be empty: for the places of the schema it adds
	// nothing that the path does not tell. The type counterDetailTrueType or
	// counterDetailFalseType may stand with its attribute. With TypeNamespace
	// the fault is the namespace of the attribute, the child or the element.
	Type string
}

// SchemaRows returns the ids of the rows that a violation at the place breaks,
// in table order and each once: those of class schema, and those of class
// contradiction that the schema decides. It returns nil inside
// step-description, whose content is free.
func (t *Tables) SchemaRows(p Place) []string {
	var found []int
	if p.Type == TypeNamespace {
		found = append(found, t.places.namespace)
		p.Type = ""
		if p.Attribute != "" {
			p.Presence = true
		} else if p.Child == "" {
			// An element in a namespace is one that its parent does not allow.
			p.Path, p.Child = cutLast(normalPath(p.Path))
		}
	}
	found = t.places.collect(found, p)
	if len(found) == 0 {
		return nil
	}
	slices.Sort(found)
	found = slices.Compact(found)
	ids := make([]string, len(found))
	for i, row := range found {
		ids[i] = t.rows[row].ID
	}
	return ids
}

// collect appends the indexes of the rows that the place breaks.
func (x *placeIndex) collect(found []int, p Place) []int {
	path := normalPath(p.Path)
	if strings.Contains(path+"/", "/step-description/") && (p.Child != "" || !strings.HasSuffix(path, stepDescription)) {
		return found
	}
	parent, name := cutLast(path)
	if parent == "" && name != "" && name != rootName {
		// Inside a root that is none, and at it, the root is the fault.
		path = ""
	}
	if path == "" {
		return x.match(found, "/"+rootName, itself, "")
	}
	switch {
	case p.Attribute != "":
		found = x.match(found, path, attribute, p.Attribute)
		if p.Presence {
			found = x.match(found, path, attribute, anyName)
		}
		found = append(found, x.attributeTypes[p.Type]...)
	case p.Child != "":
		found = x.match(found, path, inside, "")
		found = x.match(found, path, children, "")
		found = x.match(found, path+"/"+p.Child, itself, "")
	default:
		found = x.match(found, path, inside, "")
		found = append(found, x.elementTypes[p.Type]...)
	}
	return found
}

const (
	rootName        = "run-history"
	runName         = "run-details"
	stepDescription = "/step-details/step-description"
)

// normalPath reads a run anywhere as a run of the schema: a history may hold
// several runs, and other roots may stand around it.
func normalPath(path string) string {
	path = strings.TrimSuffix(path, "/")
	if at := lastSegment(path, rootName); at >= 0 {
		return path[at:]
	}
	if at := firstSegment(path, runName); at >= 0 {
		return "/" + rootName + path[at:]
	}
	return path
}

// firstSegment returns where the first "/name" stands in path, or -1.
func firstSegment(path, name string) int {
	for from := 0; ; {
		at := strings.Index(path[from:], "/"+name)
		if at < 0 {
			return -1
		}
		at += from
		from = at + 1 + len(name)
		if from == len(path) || path[from] == '/' {
			return at
		}
	}
}

// lastSegment returns where the last "/name" stands in path, or -1.
func lastSegment(path, name string) int {
	last := -1
	for from := 0; ; {
		at := firstSegment(path[from:], name)
		if at < 0 {
			return last
		}
		last = from + at
		from = last + 1
	}
}

// cutLast cuts a path into the path of the parent and the last name.
func cutLast(path string) (parent, name string) {
	at := strings.LastIndexByte(path, '/')
	if at < 0 {
		return "", path
	}
	return path[:at], path[at+1:]
}
