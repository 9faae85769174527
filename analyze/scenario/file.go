package scenario

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/schemas/strict"
	"github.com/runhist/runhist/schemas/wording"
)

// file are the keys of the file.
func file(s *Scenario, name string) value {
	all := object(
		need("version", "The version of this format.", version()),
		may("name", "What the scenario is about.", text(&s.Name)),
		may("start", "The virtual clock before the first action; every date in a history comes from it (default 2026-01-05T08:00:00Z).", instant(&s.Start)),
		may("seed", "Ids and costs come from it: the same version, scenario and seed give the same bytes (default 0).", unsigned(&s.Seed)),
		may("profile", "The form of the histories that are written (default upsmods).", word(&s.Profile, "profile", "upsmods", "server")),
		may("account", `The security-id of the runs (default SYNC\svc-sync).`, text(&s.Account)),
		may("config", "The folder of a server export: MA-*.XML and MV.XML, or what Entra Connect exports, in this folder or in those in it.", below(&s.Config)),
		may("configuration", "A small configuration in place of a server export: the names of its elements are the keys, and those of its attributes too. A text may stand for what an element is about (step-type: export), and a list for several elements of one name.", configuration(s, name)),
		may("sources", "The connected data sources, by the names of management agents.", named(func(agent string) value {
			s.Sources = append(s.Sources, Source{Agent: agent})
			return source(&s.Sources[len(s.Sources)-1])
		})),
		may("capabilities", "What management agents can do, by their names, where their category says otherwise.", named(func(agent string) value {
			s.Capabilities = append(s.Capabilities, Capabilities{Agent: agent})
			return capabilities(&s.Capabilities[len(s.Capabilities)-1])
		})),
		may("extensions", "The Starlark files that carry out scripted rules, by the names of assemblies.", named(func(assembly string) value {
			s.Extensions = append(s.Extensions, Extension{Assembly: assembly})
			e := &s.Extensions[len(s.Extensions)-1]
			return placed(&e.Place, below(&e.File, ".star"))
		})),
		may("switches", "Assumptions of the engine that differ from their defaults.", switches(s)),
		may("limits", "What ends a run.", object(
			may("errors", "Errors of a run (default 5000); 0, and more than 100000, stand for 100000.", errorLimit(&s.Limits.Errors)),
			may("warnings", "Warnings of a run (default 100000).", integer(&s.Limits.Warnings, 1)),
		)),
		need("actions", "What is done, in order.", list(func() value {
			s.Actions = append(s.Actions, Action{})
			return action(&s.Actions[len(s.Actions)-1])
		})),
	)
	return value{
		schema: func() map[string]any {
			m := all.schema()
			m["oneOf"] = []any{map[string]any{"required": []string{"config"}}, map[string]any{"required": []string{"configuration"}}}
			return m
		},
		read: func(r *strict.Reader, n *yaml.Node) {
			all.read(r, n)
			keys := 0
			for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
				if n.Content[i].Value == "config" || n.Content[i].Value == "configuration" {
					keys++
				}
			}
			if n.Kind == yaml.MappingNode && keys != 1 {
				said := "neither is there"
				if keys > 1 {
					said = "both are there"
				}
				r.Problem(n, "one of the keys config and configuration is wanted, and %s", said)
			}
		},
	}
}

// errorLimit is the limit of errors as servers are configured with it (SE
// section 7): from 1 to 100,000, and any other number is that.
func errorLimit(to *int) value {
	const most = 100_000
	n := integer(to, 0)
	return value{schema: n.schema, read: func(r *strict.Reader, node *yaml.Node) {
		*to = most
		if n.read(r, node); *to == 0 || *to > most {
			*to = most
		}
	}}
}

// version is the number 1.
func version() value {
	return value{
		schema: func() map[string]any { return map[string]any{"const": 1} },
		read: func(r *strict.Reader, n *yaml.Node) {
			if v, ok := r.Integer(n, 1); ok && v != 1 {
				r.Problem(n, "version %d is not known: this is version 1", v)
			}
		},
	}
}

// dateTime is what dates and times of RFC 3339 look like. It keeps out what the
// standard library takes beyond them.
const dateTime = `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$`

// instant is a date and time with its offset.
func instant(to *time.Time) value {
	form := regexp.MustCompile(dateTime)
	return value{
		schema: func() map[string]any {
			return map[string]any{"type": "string", "format": "date-time", "pattern": dateTime}
		},
		read: func(r *strict.Reader, n *yaml.Node) {
			t, err := time.Parse(time.RFC3339, n.Value)
			if n.Kind != yaml.ScalarNode || err != nil || !form.MatchString(n.Value) {
				r.Wrong(n, "a date and time such as 2026-01-05T08:00:00Z")
				return
			}
			*to = t.UTC()
		},
	}
}

// unsigned is a number of 64 bits.
func unsigned(to *uint64) value {
	return value{
		schema: func() map[string]any {
			return map[string]any{"type": "integer", "minimum": 0, "maximum": uint64(1<<64 - 1)}
		},
		read: func(r *strict.Reader, n *yaml.Node) {
			if n.Kind != yaml.ScalarNode || n.Tag != "!!int" || n.Decode(to) != nil {
				r.Wrong(n, "a whole number from 0 to 18446744073709551615")
			}
		},
	}
}

// content is the file of a source. Attribute-value pairs have their ending, but
// this version does not read them.
func content(to *string) value {
	file := below(to, ".ldif", ".avp", ".csv", ".txt")
	return value{schema: file.schema, read: func(r *strict.Reader, n *yaml.Node) {
		file.read(r, n)
		if n.Kind == yaml.ScalarNode && ends(n.Value, []string{".avp"}) {
			r.Problem(n, "%q: attribute-value pairs are not read by this version: write the content as LDIF (.ldif)", wording.Clip(n.Value))
		}
	}}
}

// styles are the words for engine.DNStyle.
func styles() []string { return []string{"none", "generic", "ldap"} }

func source(s *Source) value {
	return placed(&s.Place, object(
		may("file", "The first content: LDIF, or text as the management agent describes it (default: the source is empty at first).", content(&s.File)),
		may("anchor", "The attribute, or attributes, that make the anchor (default: those that the management agent names, else the DN).", oneOrMore(&s.Anchor)),
		may("dnStyle", "What distinguished names look like (default: what the capabilities say).", constant(&s.DNStyle, "dnStyle", styles()...)),
		may("assignAnchor", "The source makes the anchors of objects that are exported to it (default false).", truth(&s.AssignAnchor)),
		may("server", "The server that the management agent is connected to (default: none, as for files).", text(&s.Server)),
		may("separator", "What stands between the values of a multi-valued column of delimited text (default: such a column is refused).", text(&s.Separator)),
	))
}

// oneOrMore is a text or a list of texts.
func oneOrMore(to *[]string) value {
	one := text(new(string))
	return value{
		schema: func() map[string]any {
			return map[string]any{"anyOf": []any{one.schema(), map[string]any{"type": "array", "items": one.schema(), "minItems": 1}}}
		},
		read: func(r *strict.Reader, n *yaml.Node) {
			item := func(i *yaml.Node) {
				if s, ok := r.Text(i); ok {
					*to = append(*to, s)
				}
			}
			if n.Kind != yaml.SequenceNode {
				item(n)
				return
			}
			r.List(n, item)
			if len(n.Content) == 0 {
				r.Wrong(n, "a list of at least one")
			}
		},
	}
}

func capabilities(c *Capabilities) value {
	granularity := new(string)
	all := placed(&c.Place, object(
		may("dnStyle", "What distinguished names look like.", constant(&c.DNStyle, "dnStyle", styles()...)),
		may("dnAsAnchor", "The DN is the only key of an object.", optional(&c.DNAsAnchor)),
		may("deltaImport", "The agent can import changes only.", optional(&c.DeltaImport)),
		may("deltaGranularity", "What an entry of a delta import is: an object, or one change of it (default object).", word(granularity, "deltaGranularity", "object", "change")),
		may("fullObject", "The agent can be asked for one whole object.", optional(&c.FullObject)),
		may("exportType", "How much of an object an export carries.", constant(&c.ExportType, "exportType", "AttributeUpdate", "AttributeReplace", "ObjectReplace", "MultivaluedReferenceAttributeUpdate")),
		may("confirmation", "Which exports a later import does not show.", constant(&c.Confirmation, "confirmation", "Normal", "NoDeleteConfirmation", "NoAddAndDeleteConfirmation")),
		may("immediateConfirmation", "Exports need no confirmation.", optional(&c.ImmediateConfirmation)),
		may("rename", "Objects can be renamed.", optional(&c.Rename)),
		may("deleteAddAsReplace", "A delete and add of one DN is one request.", optional(&c.DeleteAddAsReplace)),
		may("referencesInFirstExport", "The first pass of an export has references.", optional(&c.ReferencesInFirstExport)),
		may("passwordInFirstExport", "The first pass of an export has the password.", optional(&c.PasswordInFirstExport)),
		may("fullExport", "Every export has every object.", optional(&c.FullExport)),
		may("uppercase", "Texts are exported in upper case.", optional(&c.Uppercase)),
		may("removeAccents", "Texts are exported without accents.", optional(&c.RemoveAccents)),
		may("pageSize", "Entries of a page of an import (default 100).", integer(&c.PageSize, 1)),
		may("batchSize", "Objects of a batch of an export whose step names no batch size (default 1).", integer(&c.BatchSize, 1)),
	))
	return value{schema: all.schema, read: func(r *strict.Reader, n *yaml.Node) {
		all.read(r, n)
		c.ChangeLog = *granularity == "change"
	}}
}

// switches are the assumptions of the engine, each with its values.
func switches(s *Scenario) value {
	var fields []field
	for _, w := range engine.Switches() {
		doc := fmt.Sprintf("%s (default %s; moves %s; %s).", w.Meaning, w.Default(), w.Moves, w.Rule)
		fields = append(fields, may(w.Name, doc, value{
			schema: func() map[string]any { return map[string]any{"enum": values(w.Values)} },
			read: func(r *strict.Reader, n *yaml.Node) {
				if n.Kind != yaml.ScalarNode || !slices.Contains(w.Values, n.Value) {
					r.Problem(n, "the switch %s is one of %s", w.Name, strings.Join(w.Values, ", "))
					return
				}
				if s.Switches == nil {
					s.Switches = map[string]string{}
				}
				s.Switches[w.Name] = n.Value
			},
		}))
	}
	return object(fields...)
}

// values are words as JSON Schema sees them in YAML: true and false are truth
// values there, and may be written as texts too.
func values(words []string) []any {
	var all []any
	for _, w := range words {
		all = append(all, w)
		if w == "true" || w == "false" {
			all = append(all, w == "true")
		}
	}
	return all
}
