package directory

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cockroachdb/datadriven"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/fault"
)

// TestScripts runs testdata/*.txt: a source is described, loaded, changed,
// imported from and exported to. The arguments of the commands are those of
// (*script).run. Rewrite the results with -rewrite.
func TestScripts(t *testing.T) {
	datadriven.Walk(t, "testdata/scripts", func(t *testing.T, path string) {
		var s script
		datadriven.RunTest(t, path, func(t *testing.T, td *datadriven.TestData) string {
			out, err := s.run(t, td)
			if err != nil {
				out += "error: " + err.Error() + "\n"
			}
			if out == "" {
				return "ok\n"
			}
			return out
		})
	})
}

type script struct {
	d    *Directory
	plan *fault.Plan
	o    Options
}

func (s *script) run(t *testing.T, td *datadriven.TestData) (string, error) {
	text := strings.NewReplacer(`\xE9`, "\xE9", `\0`, "\x00", `\r`, "\r", `\n`, "\n").Replace(td.Input) + "\n"
	form := LDIF
	if td.HasArg("delimited") {
		form = Delimited
	}
	switch td.Cmd {
	case "source":
		s.plan, s.o = new(fault.Plan), readOptions(t, td)
		var err error
		s.d, err = New(s.o, s.plan)
		return "", err
	case "load":
		return s.unknown(s.d.Load(form, "t0", strings.NewReader(text)))
	case "apply":
		return s.unknown(s.d.Apply(form, "t1", strings.NewReader(text)))
	case "import":
		r := engine.ImportRequest{InputFile: "in.txt"}
		td.MaybeScanArgs(t, "partition", &r.Partition)
		var since string
		if td.MaybeScanArgs(t, "since", &since); since != "" {
			r.Delta, r.Watermark = true, []byte(since)
		}
		return s.importAll(r), nil
	case "export":
		return s.export(t, td.Input), nil
	case "object":
		var dn string
		td.ScanArgs(t, "dn", &dn)
		e, ok := s.d.FullObject(dn, nil)
		return fmt.Sprintln(ok, showEntry(e)), nil
	case "fault":
		return "", s.plan.Begin(readFault(t, td))
	case "end":
		var id string
		td.ScanArgs(t, "id", &id)
		return fmt.Sprintln(s.plan.End(id)), nil
	case "step":
		n := 0
		td.ScanArgs(t, "n", &n)
		return fmt.Sprintf("result %q\n", s.plan.Before(s.o.Agent, n)), nil
	}
	t.Fatalf("unknown command %s", td.Cmd)
	return "", nil
}

func (s *script) unknown(err error) (string, error) {
	if u := s.d.Unknown(); len(u) > 0 {
		return "unknown attributes: " + strings.Join(u, " ") + "\n", err
	}
	return "", err
}

func readOptions(t *testing.T, td *datadriven.TestData) Options {
	o := Options{Agent: "MA", Seed: 42}
	styles := map[string]engine.DNStyle{"none": engine.StyleNone, "generic": engine.StyleGeneric, "ldap": engine.StyleLDAP}
	exports := map[string]engine.ExportType{"object": engine.ObjectReplace, "attribute": engine.AttributeReplace}
	for _, arg := range td.CmdArgs {
		v := ""
		if len(arg.Vals) > 0 {
			v = arg.Vals[0]
		}
		switch arg.Key {
		case "style":
			o.Capabilities.DNStyle = styles[v]
		case "anchor":
			o.Anchor = arg.Vals
		case "dn-as-anchor":
			o.Capabilities.DNAsAnchor = true
		case "assign":
			o.AssignAnchor = true
		case "delta":
			o.Capabilities.DeltaImport = true
		case "every-change":
			o.EveryChange = true
		case "export":
			o.Capabilities.ExportType = exports[v]
		case "confirmation":
			o.Capabilities.Confirmation = map[string]engine.Confirmation{"NoDeleteConfirmation": engine.NoDeleteConfirmation,
				"NoAddAndDeleteConfirmation": engine.NoAddAndDeleteConfirmation}[v]
		case "full-export":
			o.Capabilities.FullExport = true
		case "page":
			o.Capabilities.PageSize, _ = strconv.Atoi(v)
		case "server":
			o.Server = v
		case "containers":
			o.Containers = map[string]Containers{"required": ContainersRequired, "implied": ContainersImplied}[v]
		default:
			t.Fatalf("%s: unknown argument %s", td.Pos, arg.Key)
		}
	}
	for _, line := range strings.Split(td.Input, "\n") {
		if f := strings.Fields(line); len(f) > 0 {
			describe(t, &o, f)
		}
	}
	return o
}

// describe reads a line of the schema, the layout or the partitions.
func describe(t *testing.T, o *Options, f []string) {
	switch f[0] {
	case "type":
		typ := engine.ObjectType{Name: f[1]}
		if len(f) > 2 && f[2] == "unselected" {
			o.Unselected = append(o.Unselected, typ)
			return
		}
		if len(f) > 2 {
			typ.Hierarchy = strings.Split(f[2], ",")
		}
		o.Schema.Types = append(o.Schema.Types, typ)
	case "attr":
		a := engine.Attribute{Name: f[1]}
		for _, word := range f[2:] {
			switch word {
			case "multi":
				a.MultiValued = true
			case "excluded":
				a.Excluded = true
			default:
				a.Kind = map[string]engine.AttributeKind{"int": engine.Integer, "bool": engine.Boolean, "bin": engine.Binary, "ref": engine.Reference}[word]
			}
		}
		o.Schema.Attributes = append(o.Schema.Attributes, a)
	case "partition":
		o.Partitions = append(o.Partitions, engine.Partition{Name: f[1]})
	case "layout":
		o.Layout = &Layout{Header: true, Qualifier: '"'}
		for _, word := range f[1:] {
			key, v, _ := strings.Cut(word, "=")
			switch key {
			case "columns":
				o.Layout.Columns = strings.Split(v, ",")
			case "page":
				o.Layout.CodePage, _ = strconv.Atoi(v)
			case "class":
				o.Layout.ObjectClass = v
			case "dn":
				o.Layout.DN = strings.Split(v, ",")
			case "separator":
				o.Layout.Separator = v
			case "change":
				o.Layout.ChangeType = v
			case "delimiter":
				o.Layout.Delimiter = v[0]
			case "headless":
				o.Layout.Header = false
			}
		}
	default:
		t.Fatalf("unknown line %q", f)
	}
}

func readFault(t *testing.T, td *datadriven.TestData) fault.Fault {
	f := fault.Fault{Agent: "MA"}
	for _, arg := range td.CmdArgs {
		v := strings.Join(arg.Vals, ",")
		n, _ := strconv.Atoi(v)
		switch arg.Key {
		case "id":
			f.ID = v
		case "kind":
			f.Kind = fault.Kind(v)
		case "times":
			f.Times = n
		case "step":
			f.Step = n
		case "object":
			f.Object = v
		case "attribute":
			f.Attribute = v
		case "value":
			f.Value = v
		case "type":
			f.Type = v
		case "result":
			f.Result, f.ConnectionResult = engine.StepResult(v), v
		case "code":
			code := int64(n)
			f.ErrorCode = &code
		case "dn":
			f.DN = v
		case "after":
			f.AfterObjects = n
		case "page":
			f.Page = n
		case "entry":
			f.Entry = n
		case "answer":
			f.Answer = map[string]engine.ExportStatus{"convert-update-to-add": engine.ConvertUpdateToAdd, "provisioning-parent": engine.ProvisioningParent,
				"retry-references": engine.RetryReferences, "custom-continue": engine.ExportFailed, "custom-stop": engine.ExportFailedStop}[v]
		case "during":
			f.During = true
		default:
			t.Fatalf("%s: unknown argument %s", td.Pos, arg.Key)
		}
	}
	return f
}

func (s *script) importAll(r engine.ImportRequest) string {
	var b strings.Builder
	if o := s.d.OpenImport(r); o.Result != "" {
		return fmt.Sprintf("%s file=%q%s\n", o.Result, o.File, showIncidents(o.Incidents))
	} else if o.Server != "" {
		fmt.Fprintf(&b, "server %s%s\n", o.Server, showIncidents(o.Incidents))
	}
	defer s.d.Close()
	for {
		p := s.d.NextPage()
		for _, e := range p.Entries {
			b.WriteString(showImport(e) + "\n")
		}
		fmt.Fprintf(&b, "-- watermark %s", p.Watermark)
		if p.Result != "" {
			fmt.Fprintf(&b, " %s file=%q", p.Result, p.File)
		}
		if p.Incident != nil {
			b.WriteString(showIncidents([]engine.Incident{*p.Incident}))
		}
		b.WriteString("\n")
		if !p.More {
			return b.String()
		}
	}
}

func showIncidents(list []engine.Incident) string {
	out := ""
	for _, i := range list {
		out += " [" + i.Result + " " + i.Server
		if i.Error != nil {
			out += " " + i.Error.Code
		}
		out += "]"
	}
	return out
}

func showImport(e engine.ImportEntry) string {
	kind := [...]string{"add", "update", "delete"}[e.Kind]
	if e.Error != nil {
		kind = "error " + e.Error.Type
		for _, n := range []int{e.Error.EntryNumber, e.Error.LineNumber, e.Error.ColumnNumber} {
			if n > 0 {
				kind += fmt.Sprintf(" %d", n)
			}
		}
		if e.Error.AttributeName != "" {
			kind += " " + e.Error.AttributeName
		}
		if e.Error.Stop != "" {
			kind += " then " + string(e.Error.Stop)
		}
	}
	return kind + " " + showEntry(e.Entry)
}

func showEntry(e engine.Entry) string {
	out := fmt.Sprintf("<%s> %s %s", e.DN, showText(strings.ReplaceAll(string(e.Anchor), "\x00", "")), e.Type)
	for _, a := range e.Attributes {
		values := make([]string, len(a.Values))
		for i, v := range a.Values {
			values[i] = showText(v)
		}
		out += " " + a.Name + "=" + strings.Join(values, "|")
	}
	return strings.TrimRight(out, " ")
}

func showText(v string) string {
	if !utf8.ValidString(v) || strings.ContainsAny(v, "\x00\x01") {
		return "0x" + hex.EncodeToString([]byte(v[:min(4, len(v))]))
	}
	return strings.ReplaceAll(v, "\n", `\n`)
}

// export carries out requests, one a line: add, update, delete or replace, the
// DN in angle brackets, then type:T, to:DN, and attributes name=a|b,
// name+=a|b or name-=a|b.
func (s *script) export(t *testing.T, text string) string {
	var batch []engine.ExportRequestEntry
	for _, line := range strings.Split(text, "\n") {
		kind, rest, _ := strings.Cut(line, " <")
		dn, rest, ok := strings.Cut(rest, ">")
		if !ok {
			t.Fatalf("no DN in %q", line)
		}
		r := engine.ExportRequestEntry{DN: dn, Kind: map[string]engine.ExportKind{"add": engine.ExportAdd, "update": engine.ExportUpdate,
			"delete": engine.ExportDelete, "replace": engine.ExportReplace}[kind]}
		for _, word := range strings.Split(rest, " ; ") {
			word = strings.TrimSpace(word)
			if typ, ok := strings.CutPrefix(word, "type:"); ok {
				r.Type = typ
			} else if to, ok := strings.CutPrefix(word, "to:"); ok {
				r.NewDN = to
			} else if name, values, ok := strings.Cut(word, ":="); ok {
				r.Attributes = append(r.Attributes, engine.Attr{Name: name, Values: splitValues(values)})
			} else if name, values, ok := strings.Cut(word, "+="); ok {
				r.Changes = append(r.Changes, engine.AttributeChange{Name: name, Add: splitValues(values)})
			} else if name, values, ok := strings.Cut(word, "-="); ok {
				r.Changes = append(r.Changes, engine.AttributeChange{Name: name, Remove: splitValues(values)})
			}
		}
		batch = append(batch, r)
	}
	var b strings.Builder
	if o := s.d.OpenExport(engine.ExportRequest{}); o.Result != "" {
		return fmt.Sprintf("%s%s\n", o.Result, showIncidents(o.Incidents))
	}
	defer s.d.Close()
	for _, a := range s.d.Export(batch) {
		words := []string{[...]string{"ok", "reference-failure", "retry-references", "convert-to-add", "provisioning-parent", "failed", "failed-stop", "not-sent"}[a.Status]}
		if len(a.Anchor) > 0 {
			words = append(words, "anchor="+showText(strings.ReplaceAll(string(a.Anchor), "\x00", "")))
		}
		if a.ErrorType != "" {
			words = append(words, a.ErrorType)
		}
		if a.Error != nil && a.Error.Code != "" {
			words = append(words, a.Error.Code)
		}
		if a.Result != "" {
			words = append(words, string(a.Result))
		}
		b.WriteString(strings.Join(words, " ") + "\n")
	}
	return b.String()
}

func splitValues(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "|")
}
