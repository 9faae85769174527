package config_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/config"
)

// one reads an agent of a category with some elements of its own.
func one(t *testing.T, category, elements string) *config.Agent {
	t.Helper()
	doc, err := config.Parse("MA.XML", strings.NewReader(`<ma-data><id>{5AC0001A-0000-4000-8000-000000000003}</id><name>X</name><category>`+category+`</category><schema><dsml><directory-schema>
<class id="p"><name>p</name><attribute ref="#a"/><attribute ref="#b"/></class><class id="q"><name>q</name></class>
<attribute-type id="a" single-value="true"><name>a</name></attribute-type><attribute-type id="b" single-value="true"><name>b</name></attribute-type>
</directory-schema></dsml></schema>`+elements+`</ma-data>`))
	if err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(doc)
	if err != nil {
		t.Fatal(err)
	}
	return c.Agents[0]
}

// TestAnchor: where each category keeps its anchor. One that differs from type
// to type cannot be told in one list.
func TestAnchor(t *testing.T) {
	ecma := func(anchor string) string {
		return `<private-configuration><MAConfig><importing><anchor>` + anchor + `</anchor></importing></MAConfig></private-configuration>`
	}
	for _, test := range []struct {
		category, elements string
		want               []string
	}{
		{"MSSQL", `<private-configuration><oledbma-configuration><mms-info><anchor><attribute>a</attribute><attribute>b</attribute></anchor></mms-info></oledbma-configuration></private-configuration>`, []string{"a", "b"}},
		{"Extensible2", ecma(`<attribute object_class="p">a</attribute><attribute object_class="q">a</attribute>`), []string{"a"}},
		{"Extensible2", ecma(`<attribute object_class="p">a</attribute><attribute object_class="q">b</attribute>`), nil},
		{"Extensible2", ecma(`<attribute object_class="p">a</attribute><attribute object_class="p">b</attribute>`), []string{"a", "b"}},
		{"Extensible2", ecma(``), nil},
		{"Extensible", ecma(`<attribute>b</attribute>`), []string{"b"}},
		{"AD", `<private-configuration><adma-configuration><forest-name>x</forest-name></adma-configuration></private-configuration>`, nil},
		{"FIM", ``, nil},
	} {
		if got := one(t, test.category, test.elements).Anchor; !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s %s: %q, want %q", test.category, test.elements, got, test.want)
		}
	}
}

// TestDNConstruction: for all object types, and for each.
func TestDNConstruction(t *testing.T) {
	for text, want := range map[string][]config.DNConstruction{
		`<dn-construction/>`: nil,
		`<dn-construction><attribute>a</attribute><attribute>b</attribute></dn-construction>`:                                                   {{Attributes: []string{"a", "b"}}},
		`<dn-construction><dn object-type="p"><attribute>a</attribute></dn><dn object-type="q"><attribute>b</attribute></dn></dn-construction>`: {{Type: "p", Attributes: []string{"a"}}, {Type: "q", Attributes: []string{"b"}}},
	} {
		if got := one(t, "Extensible2", text).DNConstruction; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v", text, got)
		}
	}
}

// TestChangeType: with a column for it, a text consists of changes, and the
// agent can import them alone (SE-N9).
func TestChangeType(t *testing.T) {
	text := func(changes string) string {
		return `<private-configuration><MAConfig><importing><dn><attribute>a</attribute></dn><anchor><attribute>a</attribute></anchor></importing>` + changes +
			`<delimited_format><delimiter>44</delimiter><attributes><attribute><name>a</name></attribute><attribute><name>what</name></attribute></attributes></delimited_format></MAConfig></private-configuration>`
	}
	with := one(t, "Delimited", text(`<change_type_attribute>what</change_type_attribute><add_change_type_value>new</add_change_type_value><modify_change_type_value/><delete_change_type_value>gone</delete_change_type_value>`))
	if d := with.Delimited; d.ChangeType != "what" || d.Added != "new" || d.Modified != "" || d.Deleted != "gone" {
		t.Errorf("%+v", d)
	}
	if c, _ := with.Capabilities(); !c.DeltaImport {
		t.Error("no delta import")
	}
	without := one(t, "Delimited", text(`<change_type_attribute></change_type_attribute>`))
	if c, _ := without.Capabilities(); c.DeltaImport || without.Delimited.ChangeType != "" {
		t.Errorf("%+v", without.Delimited)
	}
}
