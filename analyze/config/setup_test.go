package config_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/config"
	"github.com/runhist/runhist/analyze/engine"
)

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
