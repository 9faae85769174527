package directory

import (
	"fmt"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// Options say what a connected data source is like.
type Options struct {
	Agent string
	// Schema of the agent. Without attributes, every attribute is taken as
	// text of any number of values; without types, every class is a type.
	Schema engine.Schema
	// Unselected are object types that the source has and the agent does not
	// work with: an import delivers their objects, and the engine drops them.
	Unselected []engine.ObjectType
	// Capabilities: the DN style, whether the DN is the anchor, the page
	// size, and whether an export request holds the whole object.
	Capabilities engine.Capabilities
	Partitions   []engine.Partition
	// Anchor names the attributes that the anchor is made of.
	Anchor []string
	// AssignAnchor: the source gives objects their anchor, which is made of
	// the seed.
	AssignAnchor bool
	Seed         uint64
	// Server is what the engine connects to; empty for files.
	Server string
	// File is the input file that step results name.
	File string
	// FromFile: the agent reads a file, so that what it cannot parse has a
	// line and a column (SE-K56).
	FromFile bool
	// FoldAnchor compares anchors without case (case_normalize_dn_for_anchor).
	FoldAnchor bool
	// EveryChange delivers each change as an entry of its own; otherwise a
	// delta import has one entry an object (SE-D12).
	EveryChange bool
	// Containers says whether the parent of an object must exist.
	Containers Containers
	// Layout of delimited text. Nil: comma, quotation mark, a header row and
	// UTF-8, with the object class in the column objectClass.
	Layout *Layout
}

// Containers says which parents an exported object may have.
type Containers uint8

// The rules for containers. They hold where DNs are hierarchical.
const (
	// ContainersByContent requires parents in a source that was given a
	// content, and implies them in one that began empty.
	ContainersByContent Containers = iota
	// ContainersRequired refuses an object whose parent is neither an object,
	// nor above one, nor a partition.
	ContainersRequired
	// ContainersImplied accepts every parent.
	ContainersImplied
)

// Layout is how delimited text is written (SE-N9).
type Layout struct {
	// CodePage of Windows: 1252, 65001 (UTF-8) ... Zero: 65001.
	CodePage int
	// Delimiter and Qualifier are single characters below 128. Zero means a
	// comma, and no qualifier.
	Delimiter, Qualifier byte
	// Header: the first row has the names of the columns.
	Header bool
	// Columns in the order of the file. They may be left out if there is a
	// header row.
	Columns []string
	// ObjectClass is the column of the object class. Empty: all objects are
	// of the one type of the schema.
	ObjectClass string
	// Classes map object classes to types. Empty: the hierarchies of the
	// types of the schema.
	Classes []ClassMapping
	// DN names the columns that the DN is made of. Empty: the anchor.
	DN []string
	// Separator stands between the values of one field. Without one, a column
	// of a multi-valued attribute is refused.
	Separator string
	// ChangeType is the column that says what is to be done with the object.
	// A text with one consists of changes.
	ChangeType string
	// Added, Modified and Deleted are its values. Empty: Add, Modify, Delete.
	Added, Modified, Deleted string
}

// ClassMapping gives objects whose classes begin with Classes a type.
type ClassMapping struct {
	Type    string
	Classes []string
}

func (o *Options) check() error {
	if o.AssignAnchor && len(o.Anchor) != 1 {
		return fmt.Errorf("source %s: to assign anchors it needs the name of one attribute", o.Agent)
	}
	if o.AssignAnchor && o.Capabilities.DNAsAnchor {
		return fmt.Errorf("source %s: it cannot assign anchors where the DN is the anchor", o.Agent)
	}
	if o.Capabilities.DNStyle == engine.StyleNone && len(o.Anchor) == 0 {
		return fmt.Errorf("source %s: without DNs it needs an anchor", o.Agent)
	}
	for _, s := range o.Schema.Attributes {
		for _, name := range o.Anchor {
			if strings.EqualFold(name, s.Name) && (s.MultiValued || s.Kind == engine.Reference) {
				return fmt.Errorf("source %s: %s cannot be part of an anchor: it is multi-valued or a reference", o.Agent, s.Name)
			}
		}
	}
	if o.Layout != nil {
		return o.Layout.check(o)
	}
	return nil
}

func (l *Layout) check(o *Options) error {
	if _, err := codePage(l.CodePage); err != nil {
		return fmt.Errorf("source %s: %w", o.Agent, err)
	}
	if l.Delimiter >= 0x80 || l.Qualifier >= 0x80 || l.Delimiter == l.Qualifier && l.Delimiter != 0 {
		return fmt.Errorf("source %s: delimiter %q and text qualifier %q must be two characters of ASCII", o.Agent, l.Delimiter, l.Qualifier)
	}
	if len(l.Columns) == 0 && !l.Header {
		return fmt.Errorf("source %s: delimited text without header row needs the names of its columns", o.Agent)
	}
	if len(l.Columns) == 0 {
		return nil // compared when the header row is read
	}
	_, err := l.columns(o, l.Columns)
	return err
}

// column is what one column of delimited text holds.
type column struct {
	name       string
	objectType bool
	changeType bool
	multi      bool
}

// columns says what the columns with the names hold.
func (l *Layout) columns(o *Options, names []string) ([]column, error) {
	list := make([]column, len(names))
	seen := make(map[string]bool)
	for i, name := range names {
		key := strings.ToLower(name)
		if seen[key] {
			return nil, fmt.Errorf("source %s: column %s stands twice", o.Agent, name)
		}
		seen[key] = true
		list[i] = column{name: name, objectType: strings.EqualFold(name, l.ObjectClass), changeType: strings.EqualFold(name, l.ChangeType)}
		for _, a := range o.Schema.Attributes {
			list[i].multi = list[i].multi || strings.EqualFold(a.Name, name) && a.MultiValued && !a.Excluded
		}
		if list[i].multi && l.Separator == "" {
			return nil, fmt.Errorf("source %s: column %s is multi-valued: a separator of values is needed", o.Agent, name)
		}
	}
	needed := append(append([]string{l.ObjectClass, l.ChangeType}, l.DN...), o.Anchor...)
	for _, name := range needed {
		if name != "" && !seen[strings.ToLower(name)] && !o.AssignAnchor {
			return nil, fmt.Errorf("source %s: there is no column %s", o.Agent, name)
		}
	}
	return list, nil
}
