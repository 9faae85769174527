package config_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/runhist/runhist/analyze/config"
	"github.com/runhist/runhist/analyze/engine"
)

var update = flag.Bool("update", false, "write the expected reports")

const folder = "../../samples/configurations/"

// parse reads the files of a configuration, changed by edit.
func parse(t testing.TB, pattern string, edit func(text string) string) []*config.Document {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %v", pattern, len(files), err)
	}
	var documents []*config.Document
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := config.Parse(filepath.Base(path), strings.NewReader(edit(string(text))))
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, doc)
	}
	return documents
}

func same(text string) string { return text }

func load(t testing.TB, name string) *config.Configuration {
	t.Helper()
	c, err := config.Load(parse(t, folder+name+"/*.XML", same)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestReports compares what was understood of the samples with their golden
// files: a dump of the whole report.
func TestReports(t *testing.T) {
	for _, name := range []string{"adatum", "portal"} {
		r := load(t, name).Check(func(assembly string, site config.CallSite) bool {
			return assembly == "Badges.dll" && site == config.CallFilter
		})
		got := dump(r)
		path := "testdata/" + name + ".golden"
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: got\n%s", path, got)
		}
	}
}

// dump writes a report, a line each.
func dump(r config.Report) string {
	var b strings.Builder
	for _, a := range r.Agents {
		fmt.Fprintf(&b, "agent %s %s %s %v: types %v, %d of %d attributes, %d filters, %d joins, %d projections, %d import flows, %d export flows, %s, recall %t, extension %q\n",
			a.Name, a.Category, a.File, a.ID, a.Types, a.Included, a.Attributes, a.Filters, a.Joins, a.Projections, a.ImportFlows, a.ExportFlows, a.Deprovisioning, a.Recall, a.Extension)
		fmt.Fprintf(&b, "  capabilities %+v, assumed %t\n", a.Capabilities, a.Assumed)
		for _, p := range a.Partitions {
			fmt.Fprintf(&b, "  partition %s, selected %t, %v, %d containers\n", p.Name, p.Selected, p.Types, p.Containers)
		}
		for _, p := range a.Profiles {
			fmt.Fprintf(&b, "  profile %s: %s\n", p.Name, strings.Join(p.Steps, "; "))
		}
	}
	fmt.Fprintf(&b, "metaverse %+v\n", *r.Metaverse)
	for _, n := range r.NotExecuted {
		fmt.Fprintf(&b, "not executed %s:%d %q: %s: %s\n", n.File, n.Line, n.Agent, n.What, n.Reason)
	}
	for _, s := range r.Unbound {
		fmt.Fprintf(&b, "unbound %s:%d %q %q %s %q\n", s.File, s.Line, s.Agent, s.Assembly, s.CallSite, s.Context)
	}
	fmt.Fprintf(&b, "bound %d\n", r.Bound)
	for _, m := range r.Missing {
		fmt.Fprintf(&b, "missing %v, named in %s:%d\n", m.ID, m.File, m.Line)
	}
	for _, k := range r.Kept {
		fmt.Fprintf(&b, "kept %s:%d %s: %s\n", k.File, k.Line, k.Path, k.Reason)
	}
	for _, w := range r.Warnings {
		fmt.Fprintf(&b, "warning %s\n", w)
	}
	return b.String()
}

// TestSetup looks at what the engine is given of the sample.
func TestSetup(t *testing.T) {
	c := load(t, "adatum")
	s, _ := c.Setup()
	agents := map[string]engine.Agent{}
	for _, a := range s.Agents {
		agents[a.Name] = a
	}
	ad := agents["AD"]
	check := func(what string, got, want any) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", what, got, want)
		}
	}
	var user, unit engine.ObjectType
	for _, x := range ad.Schema.Types {
		switch x.Name {
		case "user":
			user = x
		case "organizationalUnit":
			unit = x
		}
	}
	check("hierarchy of user", user.Hierarchy, []string{"top", "person", "organizationalPerson", "user"})
	// Its own, those of its superiors, and mail of its auxiliary class; member
	// and ou belong to others.
	check("attributes of user", user.Attributes, []string{"cn", "objectClass", "sAMAccountName", "displayName", "givenName", "sn", "title",
		"department", "employeeID", "mail", "manager", "userAccountControl", "description", "objectSid", "unicodePwd", "whenCreated",
		"pwdLastSet", "nTSecurityDescriptor", "telephoneNumber", "otherTelephone", "objectGUID"})
	check("container", []bool{user.Container, unit.Container}, []bool{false, true})
	kinds := map[string]engine.Attribute{}
	for _, a := range ad.Schema.Attributes {
		kinds[a.Name] = a
	}
	check("member", kinds["member"], engine.Attribute{Name: "member", Kind: engine.Reference, MultiValued: true})
	check("pwdLastSet", kinds["pwdLastSet"], engine.Attribute{Name: "pwdLastSet", Kind: engine.Integer, Excluded: true})
	check("unicodePwd", kinds["unicodePwd"], engine.Attribute{Name: "unicodePwd", Kind: engine.Binary, ExportOnly: true})
	check("wellKnownObjects", kinds["wellKnownObjects"].Kind, engine.String)
	check("number in hexadecimal", ad.Filters[0].Alternatives[0].Conditions[0].Value, "514")
	check("capabilities", ad.Capabilities, engine.Capabilities{DNStyle: engine.StyleLDAP, DeltaImport: true, Rename: true})
	p := ad.Partitions[1]
	check("inclusions", p.Inclusions, []string{"OU=Staff,DC=adatum,DC=com", "OU=Groups,DC=adatum,DC=com"})
	check("selected", []bool{ad.Partitions[0].Selected, p.Selected}, []bool{false, true})
	export := ad.Profiles[4].Steps[0]
	check("export", []int{int(export.Kind), export.ObjectLimit, export.DeleteLimit, export.BatchSize}, []int{int(engine.Export), 500, 100, 100})
	check("description", export.Description, engine.StepDescription{Type: "export", Partition: "DC=adatum,DC=com", BatchSize: "1",
		CustomData: "<adma-step-data><batch-size>100</batch-size><page-size>500</page-size><time-limit>120</time-limit></adma-step-data>"})
	hr := agents["HR"]
	check("input file", hr.Profiles[0].Steps[0].Description.InputFile, "hr.csv")
	check("style of HR", []any{hr.Capabilities.DNStyle, hr.Capabilities.ExportType, hr.Capabilities.Rename}, []any{engine.StyleNone, engine.ObjectReplace, false})
	check("recall", []bool{hr.Recall, agents["Badges"].Recall}, []bool{true, false})
	check("null", []bool{ad.ExportFlows[0].Flows[0].AllowNull, ad.ExportFlows[0].Flows[2].AllowNull, ad.ExportFlows[0].Flows[5].AllowNull}, []bool{true, false, false})
	mv := s.Metaverse
	check("precedence", []engine.Precedence{mv.ImportFlows[0].Precedence, mv.ImportFlows[3].Precedence, mv.ImportFlows[11].Precedence}, []engine.Precedence{engine.Ranked, engine.Equal, engine.Manual})
	check("ranks", []engine.GUID{mv.ImportFlows[0].Flows[0].Agent, mv.ImportFlows[0].Flows[1].Agent}, []engine.GUID{hr.ID, ad.ID})
	check("DN part", mv.ImportFlows[10].Flows[0].Mapping, engine.Mapping{Kind: engine.DNPart, Part: 3})
	check("intrinsic", mv.ImportFlows[14].Flows[0].Mapping.Sources, []engine.SourceAttribute{{Name: "dn", Intrinsic: true}})
	check("deletion", mv.Deletion[0].Agents, []engine.GUID{hr.ID})
	for _, a := range mv.Schema.Attributes {
		if a.Name == "title" {
			check("length", a.MaxLength, 64)
		}
	}
}

// TestEngineTakesTheSetup: the engine compiles what it is given, names, kinds
// and all.
func TestEngineTakesTheSetup(t *testing.T) {
	for _, name := range []string{"adatum", "portal"} {
		s, _ := load(t, name).Setup()
		s.Start = s.Agents[0].Created
		if _, err := engine.New(s, engine.Edges{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestTypesOfRules: a type that no partition selects and a flow names is one
// that the engine knows.
func TestTypesOfRules(t *testing.T) {
	c, err := config.Load(parse(t, folder+"adatum/*.XML", func(text string) string {
		return strings.Replace(text, `cd-object-type="group" id=`, `cd-object-type="mailRecipient" id=`, 1)
	})...)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := c.Setup()
	if _, err := engine.New(s, engine.Edges{}); err != nil {
		t.Error(err)
	}
	if !strings.Contains(fmt.Sprint(s.Agents[1].Schema.Types), "mailRecipient") {
		t.Errorf("types %+v", s.Agents[1].Schema.Types)
	}
}

// TestShortNames: without a selection of types all classes of the schema count,
// not just those that a rule names; dn and object-id need no mark where no
// attribute has the name.
func TestShortNames(t *testing.T) {
	text := `<saved-ma-configuration><ma-data><id>{0C000000-0000-0000-0000-000000000001}</id><name>A</name><category>MSSQL</category>
<schema><dsml:dsml xmlns:dsml="http://www.dsml.org/DSML"><dsml:directory-schema><dsml:class id="p" type="structural"><dsml:name>p</dsml:name></dsml:class>
<dsml:class id="q" type="structural"><dsml:name>q</dsml:name></dsml:class><dsml:attribute-type id="x" single-value="true"><dsml:name>x</dsml:name>
<dsml:syntax>1.3.6.1.4.1.1466.115.121.1.15</dsml:syntax></dsml:attribute-type></dsml:directory-schema></dsml:dsml></schema>
<stay-disconnector><filter-set cd-object-type="p" type="declared"><filter-alternative id="f"><condition cd-attribute="dn" operator="present"/></filter-alternative></filter-set></stay-disconnector>
<join><join-profile cd-object-type="p"><join-criterion id="j"><search><attribute-mapping mv-attribute="object-id"><direct-mapping><src-attribute>x</src-attribute></direct-mapping></attribute-mapping></search>
<resolution type="none"/></join-criterion></join-profile></join></ma-data></saved-ma-configuration>`
	doc, err := config.Parse("a.xml", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(doc)
	if err != nil {
		t.Fatal(err)
	}
	a := c.Agents[0]
	if !a.Filters[0].Alternatives[0].Conditions[0].Source.Intrinsic || !a.Joins[0].Mappings[0].Attribute.Intrinsic {
		t.Errorf("filter %+v, join %+v", a.Filters[0], a.Joins[0])
	}
	s, _ := c.Setup()
	if types := s.Agents[0].Schema.Types; len(types) != 2 || types[1].Name != "q" {
		t.Errorf("types %+v", types)
	}
}

// TestLarge: a file of any size that is read takes memory and time in
// proportion.
func TestLarge(t *testing.T) {
	for name, text := range map[string]string{
		"text between elements": "<mv-data>" + strings.Repeat("x<a/>", 300_000) + "</mv-data>",
		"unknown elements":      "<mv-data><mv-deletion>" + strings.Repeat("<a b='c'/>", 300_000) + "</mv-deletion></mv-data>",
		"rules":                 "<mv-data><mv-deletion>" + strings.Repeat(`<mv-deletion-rule mv-object-type="x" type="declared-last"/>`, 100_000) + "</mv-deletion></mv-data>",
		"deep":                  "<mv-data>" + strings.Repeat("<a>", 300_000),
	} {
		doc, err := config.Parse("x.xml", strings.NewReader(text))
		if err == nil {
			_, err = config.Load(doc)
		}
		var invalid *config.Invalid
		if err != nil && (!errors.As(err, &invalid) || len(invalid.Problems) > 100) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestDelimited looks at the settings of text agents.
func TestDelimited(t *testing.T) {
	c := load(t, "adatum")
	if got, want := c.Agent("badges").Delimited, (&config.Delimited{CodePage: 65001, Delimiter: ';', Qualifier: '"', Columns: []string{"badge", "holder", "building", "valid"},
		DN: []string{"badge"}, Anchor: []string{"badge"}, Classes: []config.ClassMapping{{Type: "badge", Values: []string{"badge"}}}, FoldAnchor: true}); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	if got := c.Agent("HR").Delimited; got.TypeColumn != "type" || !got.Header || got.Classes[0].Values[0] != "employee" {
		t.Errorf("%+v", got)
	}
}

// TestSyncRules: rules in compiled form are kept, with the functions that they
// would call.
func TestSyncRules(t *testing.T) {
	c := load(t, "portal")
	if len(c.SyncRules) != 2 {
		t.Fatalf("%+v", c.SyncRules)
	}
	kinds := map[string]int{}
	for _, r := range c.SyncRules {
		for _, p := range r.Parts {
			kinds[p.Kind]++
			if p.Attribute == "dn" && (!p.InitialOnly || p.Mapping != "expression" || !reflect.DeepEqual(p.Functions, []string{"IIF", "Eq", "+"})) {
				t.Errorf("%+v", p)
			}
		}
	}
	if want := map[string]int{"join": 1, "projection": 1, "import flow": 2, "export flow": 2}; !reflect.DeepEqual(kinds, want) {
		t.Errorf("parts %v", kinds)
	}
	s, _ := c.Setup()
	if j := s.Agents[0].Joins; len(j) != 2 || j[0].SyncRule || !j[1].SyncRule || !j[0].Mappings[0].Attribute.Intrinsic {
		t.Errorf("joins %+v", j)
	}
	if f := s.Metaverse.ImportFlows[1].Flows; f[0].Mapping.Kind != engine.Direct || f[1].Mapping.Kind != engine.SyncRule {
		t.Errorf("flows %+v", f)
	}
}

// TestFormsOfFiles: line ends, encodings and the order of files change nothing.
func TestFormsOfFiles(t *testing.T) {
	want, _ := load(t, "adatum").Setup()
	for name, edit := range map[string]func(string) string{
		"CR LF":       func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") },
		"declaration": func(text string) string { return "\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + text },
		"UTF-16": func(text string) string {
			b := []byte{0xff, 0xfe}
			for _, u := range utf16.Encode([]rune(text)) {
				b = append(b, byte(u), byte(u>>8))
			}
			return string(b)
		},
	} {
		documents := parse(t, folder+"adatum/*.XML", edit)
		documents[0], documents[3] = documents[3], documents[0]
		c, err := config.Load(documents...)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got, _ := c.Setup(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: another setup", name)
		}
	}
}

// TestRefused changes one place of the sample, and wants one problem there.
func TestRefused(t *testing.T) {
	for _, test := range []struct{ from, to, want string }{
		{`operator="substring-start"`, `operator="sounds-like"`, `unknown operator "sounds-like"`},
		{`operator="substring-start"`, `operator="equalty"`, `did you mean equality?`},
		{`<condition cd-attribute="status"`, `<condition cd-attribute="stauts"`, `unknown attribute of the schema of HR "stauts": did you mean status?`},
		{`<filter-set import-filter="0" cd-object-type="person" type="declared">`, `<filter-set import-filter="2" cd-object-type="person" type="declared">`, `import-filter is "2"`},
		{`cd-object-type="person" type="declared"`, `cd-object-type="persn" type="declared"`, `unknown object type of HR "persn": did you mean person?`},
		{`<value>Left</value>`, `<value>Left</value><not/>`, `unknown element <not> in <condition>`},
		{`<value>Left</value>`, `<value>Left</value><value/>`, `<value> stands twice in <condition>`},
		{`<value ui-radix="16">0x202</value>`, `<value ui-radix="16">0x2g2</value>`, `"0x2g2" is no number`},
		{`<search mv-object-type="person">`, `<search mv-object-type="person" scope="all">`, `unknown attribute scope="all" of <search>`},
		{`<search mv-object-type="group">`, `<search mv-object-type="groups">`, `unknown object type of the metaverse "groups"`},
		{`<resolution type="scripted">`, `<resolution type="always">`, `unknown type of <resolution> "always"`},
		{`<class-mapping type="declared"`, `<class-mapping type="guessed"`, `unknown type of <class-mapping> "guessed"`},
		{`<mv-object-type>group</mv-object-type>`, ``, `<class-mapping> has no mv-object-type`},
		{`suppress-deletions="false"><direct-mapping>`, `suppress-deletions="no"><direct-mapping>`, `suppress-deletions is "no"`},
		{`<constant-mapping><constant-value>yes</constant-value></constant-mapping>`, `<sum-mapping/>`, `unknown element <sum-mapping> in <export-flow>`},
		{`<constant-mapping><constant-value>yes</constant-value></constant-mapping>`, ``, `<export-flow> has 0 mappings`},
		{`<src-attribute intrinsic="true">dn</src-attribute>`, `<src-attribute intrinsic="true">rdn</src-attribute>`, `unknown intrinsic attribute of a connector space "rdn"`},
		{`<dn-part>3</dn-part>`, `<dn-part>0</dn-part>`, `names no component`},
		{`<action>delete-object</action>`, `<action>delete</action>`, `unknown action of <provisioning-cleanup> "delete"`},
		{`type="equal"`, `type="fair"`, `unknown type of <import-flows> "fair": known are ranked, equal, manual`},
		{`<provisioning type="scripted" />`, `<provisioning type="manual" />`, `unknown type of <provisioning> "manual"`},
		{`type="declared-any"`, `type="declared-all"`, `did you mean declared-any?`},
		{`<mv-deletion-rule mv-object-type="group"`, `<mv-deletion-rule mv-object-type="person"`, `a second deletion rule for person`},
		{`<selected>0</selected>`, `<selected>maybe</selected>`, `<selected> is "maybe"`},
		{`<allowed-operations>1</allowed-operations>`, `<allowed-operations>x</allowed-operations>`, `no number of 32 bits`},
		{`<containers>`, `<levels/><containers>`, `unknown element <levels> in <filter>`},
		{`<step-type type="delta-import">`, `<step-type type="delta">`, `unknown step type "delta": did you mean delta-import?`},
		{`<apply-rules-subtype>apply-pending</apply-rules-subtype>`, ``, `apply-rules has 0 subtypes`},
		{`<import-subtype>to-file</import-subtype>`, `<export-subtype>to-file</export-subtype>`, `its subtypes stand in <import-subtype>`},
		{`<import-subtype>to-file</import-subtype>`, `<import-subtype>to-disk</import-subtype>`, `unknown import-subtype`},
		{`<delete>20</delete>`, `<delete>some</delete>`, `<delete> is "some"`},
		{`<delimiter>59</delimiter>`, `<delimiter>34</delimiter>`, `<delimiter> has to be`},
		{`<per-class-settings></per-class-settings>`, `<per-class-settings><x>1</x></per-class-settings>`, `what it means is not known`},
		{`<anchor><attribute>badge</attribute></anchor>`, `<anchor><attribute>bage</attribute></anchor>`, `unknown column of the files of Badges`},
		{`<enable-recall>false</enable-recall>`, `<enable-recall>no</enable-recall>`, `<enable-recall> is "no"`},
		{`<join>`, `<join>text`, `text stands between the children of <join>`},
		{`<projection />`, `<projection /><projection />`, `<projection> stands twice in <ma-data>`},
		{`<saved-mv-configuration`, `<saved-mv-configuratoin`, `XML`}, // the end tag differs: not well-formed
	} {
		changed := 0
		var documents []*config.Document
		var err error
		files, _ := filepath.Glob(folder + "adatum/*.XML")
		for _, path := range files {
			text, readErr := os.ReadFile(path)
			if readErr != nil {
				t.Fatal(readErr)
			}
			edited := string(text)
			if changed == 0 && strings.Contains(edited, test.from) {
				changed++
				edited = strings.Replace(edited, test.from, test.to, 1)
			}
			doc, parseErr := config.Parse(filepath.Base(path), strings.NewReader(edited))
			if parseErr != nil {
				err = parseErr
				continue
			}
			documents = append(documents, doc)
		}
		if changed != 1 {
			t.Errorf("no file has %s", test.from)
			continue
		}
		if err == nil {
			_, err = config.Load(documents...)
		}
		var invalid *config.Invalid
		if !errors.As(err, &invalid) {
			t.Errorf("%s: %v", test.to, err)
			continue
		}
		if test.want == "XML" {
			continue
		}
		p := invalid.Problems[0]
		if !strings.Contains(p.Message, test.want) || p.Line == 0 || p.Column == 0 || !strings.HasSuffix(p.File, ".XML") {
			t.Errorf("%s\ngot  %v\nwant %s", test.to, err, test.want)
		}
	}
}

// TestKept changes what the engine does not execute: it is kept or warned of,
// and the configuration loads.
func TestKept(t *testing.T) {
	for _, test := range []struct{ from, to, kept, warning string }{
		{`<attribute-inclusion>`, `<attribute-inclusion><attribute>employeID</attribute>`, "", `names "employeID", which the schema of`},
		{`<export-type>1</export-type>`, `<export-type>9</export-type>`, "", `<export-type> is "9"`},
		{`<subtype/>`, `<subtype/><cloud-data><x>1</x></cloud-data>`, "cloud-data: unknown to this version", ""},
		{`<delimiter>59</delimiter>`, `<delimiter>59</delimiter><escape>92</escape>`, "delimited_format/escape: unknown to this version", ""},
		{`<attributes><attribute><name>badge</name>`, `<attributes><attribute><name>change</name></attribute><attribute><name>badge</name>`, "", "the column change"},
		{`type="structural"><name>group</name>`, `type="liquid"><name>group</name>`, "", `unknown kind "liquid"`},
		{`m:range-upper="16"`, `m:range-upper="many" m:colour="red"`, "schema/@colour: unknown to this version", "no number"},
		{`<name>description</name><syntax>1.3.6.1.4.1.1466.115.121.1.15`, `<name>description</name><syntax>1.2.3`, "", "unknown syntax 1.2.3"},
		{`<attribute ref="#A0q"`, `<attribute ref="#A0z"`, "", `refers to the attribute-type "#A0z", which it lacks`},
		{"   <import-flows mv-attribute=\"title\" type=\"equal\">", "<import-flows mv-attribute=\"sn\" type=\"ranked\"/><import-flows mv-attribute=\"title\" type=\"equal\">", "", "rank below"},
		{`<enable-recall>true</enable-recall>`, ``, "", ""},
	} {
		changed := false
		c, err := config.Load(parse(t, folder+"adatum/*.XML", func(text string) string {
			if changed || !strings.Contains(text, test.from) {
				return text
			}
			changed = true
			return strings.Replace(text, test.from, test.to, 1)
		})...)
		if err != nil || !changed {
			t.Errorf("%s: changed %t, %v", test.to, changed, err)
			continue
		}
		if got := dump(c.Check(nil)); !strings.Contains(got, test.kept) || !strings.Contains(got, test.warning) {
			t.Errorf("%s: got\n%s", test.to, got)
		}
	}
}

// TestSets: what several files must be to each other.
func TestSets(t *testing.T) {
	all := parse(t, folder+"adatum/*.XML", same)
	byName := map[string]*config.Document{}
	for _, d := range all {
		byName[d.Name] = d
	}
	problems := func(documents ...*config.Document) string {
		_, err := config.Load(documents...)
		return fmt.Sprint(err)
	}
	if _, err := config.Load(byName["MA-HR.XML"]); err != nil {
		t.Errorf("an agent alone: %v", err)
	}
	if got := problems(byName["MV.XML"], byName["MA-HR.XML"], byName["MA-AD.XML"]); strings.Count(got, "src-ma names the management agent") != 1 {
		t.Errorf("a dangling src-ma: %s", got)
	}
	if got := problems(append(all, byName["MA-HR.XML"])...); !strings.Contains(got, "a second management agent") {
		t.Errorf("twice: %s", got)
	}
	if got := problems(append(all, byName["MV.XML"])...); !strings.Contains(got, "a second metaverse") {
		t.Errorf("two metaverses: %s", got)
	}
	if c, err := config.Load(); err != nil || c.Metaverse != nil {
		t.Errorf("nothing: %v", err)
	}
	other, err := config.Parse("x.xml", strings.NewReader("<run-history/>"))
	if err != nil {
		t.Fatal(err)
	}
	if got := problems(other); !strings.Contains(got, "is no configuration") {
		t.Error(got)
	}
}

// TestRealExport loads an export of a MIM 2016 server, where it is at hand: it
// may not be part of the project. Its scripted rules are all unbound, and its
// metaverse names one agent that has no file.
func TestRealExport(t *testing.T) {
	pattern := "../../../shared/real/config-mim2016/*.XML"
	if files, err := filepath.Glob(pattern); err != nil || len(files) == 0 {
		t.Skip("the export is not at hand")
	}
	c, err := config.Load(parse(t, pattern, same)...)
	if err != nil {
		t.Fatal(err)
	}
	r := c.Check(nil)
	sites := map[config.CallSite]int{}
	for _, s := range r.Unbound {
		sites[s.CallSite]++
	}
	want := map[config.CallSite]int{config.CallFilter: 1, config.CallMapJoin: 1, config.CallResolveJoin: 1, config.CallProject: 1,
		config.CallImportFlow: 2, config.CallExportFlow: 2, config.CallProvision: 1, config.CallDelete: 1}
	if len(r.Agents) != 3 || len(r.Missing) != 1 || !reflect.DeepEqual(sites, want) {
		t.Errorf("%s", dump(r))
	}
	s, _ := c.Setup()
	s.Start = s.Agents[0].Created
	if _, err := engine.New(s, engine.Edges{}); err != nil {
		t.Error(err)
	}
}

const agentSeed = `<saved-ma-configuration server='S' export-date=''><!--W--><ma-data><id>{00000000-0000-0000-0000-00000000000A}</id><name>T</name><category>Delimited</category>
<schema><d:dsml xmlns:d="D"><d:directory-schema><d:class id="p" superior="#p" type="structural"><d:name>p</d:name><d:attribute ref="#a"/></d:class>
<d:attribute-type id="a" single-value="true"><d:name>a</d:name><d:syntax>1.3.6.1.4.1.1466.115.121.1.27</d:syntax></d:attribute-type><d:dit-content-rule id="p"><d:aux-class ref="#p"/></d:dit-content-rule></d:directory-schema></d:dsml></schema>
<attribute-inclusion><attribute>a</attribute></attribute-inclusion>
<stay-disconnector><filter-set cd-object-type="p" type="declared" import-filter="0"><filter-alternative id="1"><condition cd-attribute="a" operator="equality"><value ui-radix="16">0x1F</value></condition></filter-alternative></filter-set></stay-disconnector>
<join><join-profile cd-object-type="p"><join-criterion id="1"><search><attribute-mapping mv-attribute="a"><scripted-mapping><src-attribute>a</src-attribute><script-context>x</script-context></scripted-mapping></attribute-mapping></search><resolution type="scripted"/></join-criterion></join-profile></join>
<projection><class-mapping type="declared" id="1" cd-object-type="p"><mv-object-type>p</mv-object-type></class-mapping></projection>
<export-attribute-flow><export-flow-set cd-object-type="p" mv-object-type="p"><export-flow cd-attribute="a" id="1"><sync-rule-mapping mapping-type="expression"><sync-rule-value><fn id="+"/></sync-rule-value></sync-rule-mapping></export-flow></export-flow-set></export-attribute-flow>
<provisioning-cleanup type="declared"><action>delete-object</action></provisioning-cleanup>
<private-configuration><MAConfig><importing><anchor><attribute>a</attribute></anchor></importing><delimited_format><delimiter>44</delimiter><attributes><attribute><name>a</name></attribute></attributes></delimited_format></MAConfig></private-configuration>
<ma-partition-data><partition><id>{00000000-0000-0000-0000-00000000000B}</id><name>default</name><filter><containers><inclusions><inclusion/></inclusions></containers></filter></partition></ma-partition-data>
<ma-run-data><run-configuration><id>{00000000-0000-0000-0000-00000000000C}</id><name>FI</name><configuration><step><step-type type="full-import"><import-subtype>to-cs, to-file</import-subtype></step-type><threshold>7</threshold><partition>{00000000-0000-0000-0000-00000000000B}</partition><custom-data><x-step-data><batch-size>9</batch-size></x-step-data></custom-data></step></configuration></run-configuration></ma-run-data>
</ma-data></saved-ma-configuration>`

const metaverseSeed = `<mv-data><schema><dsml><directory-schema><class id="p"><name>p</name></class><attribute-type id="a"><name>a</name></attribute-type></directory-schema></dsml></schema>
<import-attribute-flow><import-flow-set mv-object-type="p"><import-flows mv-attribute="a" type="ranked"/></import-flow-set><per-ma-options><ma-options ma-id="{00000000-0000-0000-0000-00000000000A}"><enable-recall>true</enable-recall></ma-options></per-ma-options></import-attribute-flow>
<provisioning type="scripted"/><mv-deletion><mv-deletion-rule mv-object-type="p" id="1" type="scripted"/></mv-deletion></mv-data>`

// TestSeeds: the seeds of the fuzzer are configurations, so that it begins
// beyond the first check.
func TestSeeds(t *testing.T) {
	for _, text := range []string{agentSeed, metaverseSeed} {
		doc, err := config.Parse("seed.xml", strings.NewReader(text))
		if err == nil {
			_, err = config.Load(doc)
		}
		if err != nil {
			t.Error(err)
		}
	}
}

// FuzzLoad reads anything as each file of a configuration: it ends, without a
// panic, and what is taken gives a setup and a report.
func FuzzLoad(f *testing.F) {
	for _, text := range []string{agentSeed, metaverseSeed} { // short: mutations of long ones are slow
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := config.Parse("x.xml", bytes.NewReader(text))
		if err != nil {
			return
		}
		for _, short := range []bool{false, true} {
			doc.Short = short
			c, err := config.Load(doc)
			if err != nil {
				continue
			}
			c.Setup()
			c.Check(nil)
		}
	})
}
