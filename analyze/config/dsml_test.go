package config_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/config"
	"github.com/runhist/runhist/analyze/engine"
)

// schemaOf reads the schema of an agent, and what was said of it.
func schemaOf(t *testing.T, directory string) (*config.Schema, *config.Configuration) {
	t.Helper()
	doc, err := config.Parse("MA.XML", strings.NewReader(`<ma-data><id>{5AC0001A-0000-4000-8000-000000000005}</id><name>X</name><category>AD</category><schema>`+directory+`</schema></ma-data>`))
	if err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(doc)
	if err != nil {
		t.Fatal(err)
	}
	return &c.Agents[0].Schema, c
}

// TestSyntaxes: every syntax of SE-N10, by the last part of its number.
func TestSyntaxes(t *testing.T) {
	const arc, microsoft = "1.3.6.1.4.1.1466.115.121.1.", "1.2.840.113556.1.4."
	for syntax, want := range map[string]engine.AttributeKind{
		arc + "5": engine.Binary, arc + "40": engine.Binary, arc + "7": engine.Boolean, arc + "27": engine.Integer, arc + "12": engine.Reference,
		arc + "15": engine.String, arc + "24": engine.String, arc + "53": engine.String, arc + "26": engine.String, arc + "36": engine.String,
		arc + "38": engine.String, arc + "43": engine.String, arc + "44": engine.String,
		microsoft + "905": engine.String, microsoft + "906": engine.Integer, microsoft + "907": engine.Binary,
		microsoft + "903": engine.String, microsoft + "904": engine.String, "9.9": engine.String, "": engine.String,
	} {
		s, _ := schemaOf(t, `<dsml><directory-schema><attribute-type id="a"><name>a</name><syntax>`+syntax+`</syntax></attribute-type></directory-schema></dsml>`)
		if got := s.Attributes[0]; got.Kind != want || got.Syntax != syntax || !got.MultiValued {
			t.Errorf("%s: %+v", syntax, got)
		}
	}
}

// TestSchemas: prefixes of any kind and none, ids that are no names, attributes
// from superiors, content rules and auxiliary classes, and the flags.
func TestSchemas(t *testing.T) {
	s, c := schemaOf(t, `<!-- one --><dsml xmlns="http://www.dsml.org/DSML" xmlns:q="http://www.microsoft.com/MMS/DSML"><directory-schema q:no-objectclass-validation="true">
<class id="C1" superior="#C1" type="abstract"><name>top</name><attribute ref="#A1" required="true"/></class>
<class id="C2" superior="#C1" type="structural"><name>user</name><attribute ref="#A2"/></class>
<class id="C3" type="auxiliary"><name>mail</name><attribute ref="#A3"/></class>
<attribute-type id="A1" single-value="true" user-modification="false" q:range-lower="1" q:range-upper="64"><name>cn</name></attribute-type>
<attribute-type id="A2" single-value="false" q:encrypted="true" q:export-only="true" q:indexable="true" q:indexed="true"><name>unicodePwd</name></attribute-type>
<attribute-type id="A3" q:immutable="true"><name>address</name></attribute-type><!-- more -->
<attribute-type id="A4"><name>other</name></attribute-type>
<q:dit-content-rule id="C2"><attribute ref="#A4" required="false"/><q:aux-class ref="#C3"/></q:dit-content-rule>
</directory-schema></dsml>`)
	if got := s.AttributesOf("USER"); !reflect.DeepEqual(got, []string{"cn", "unicodePwd", "address", "other"}) {
		t.Errorf("attributes of user: %v", got)
	}
	cn, pwd := s.Attribute("CN"), s.Attribute("unicodepwd")
	if !cn.ReadOnly || cn.MultiValued || *cn.RangeLower != 1 || *cn.RangeUpper != 64 || !s.NoClassAttribute {
		t.Errorf("cn %+v", cn)
	}
	if !pwd.Encrypted || !pwd.ExportOnly || !pwd.Indexed || !pwd.MultiValued || !s.Attribute("address").Immutable {
		t.Errorf("unicodePwd %+v", pwd)
	}
	if got := s.Class("top").Required; !reflect.DeepEqual(got, []string{"cn"}) || s.Class("mail").Type != "auxiliary" {
		t.Errorf("required %v", got)
	}
	if len(c.Warnings)+len(c.Kept) > 0 {
		t.Errorf("warnings %v, kept %v", c.Warnings, c.Kept)
	}
}
