package config_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/config"
	"github.com/runhist/runhist/analyze/engine"
)

// escape writes XML as the string that an attribute of a resource holds.
func escape(xml string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(xml)
}

// TestResource: the sections of a configuration that is kept as a resource are
// escaped strings, with the section's element around them or without it.
func TestResource(t *testing.T) {
	const dsml = `<d:dsml xmlns:d="http://www.dsml.org/DSML"><d:directory-schema><d:class id="p"><d:name>p</d:name></d:class><d:attribute-type id="a" single-value="true"><d:name>a</d:name></d:attribute-type></d:directory-schema></d:dsml>`
	agent := `<rm:ma-data xmlns:rm="http://schemas.microsoft.com/2006/11/ResourceManagement">
<rm:DisplayName>HR</rm:DisplayName>
<rm:SyncConfig-id>{5AC0001A-0000-4000-8000-000000000006}</rm:SyncConfig-id>
<rm:SyncConfig-category>MSSQL</rm:SyncConfig-category>
<rm:SyncConfig-sub-type></rm:SyncConfig-sub-type>
<rm:SyncConfig-schema>` + escape(dsml) + `</rm:SyncConfig-schema>
<rm:SyncConfig-stay-disconnector>` + escape(`<filter-set cd-object-type="p" type="declared"><filter-alternative id="1"><condition cd-attribute="a" operator="equality"><value>x &amp; y</value></condition></filter-alternative></filter-set>`) + `</rm:SyncConfig-stay-disconnector>
<rm:SyncConfig-join>` + escape(`<join><join-profile cd-object-type="p"><join-criterion id="1"><search><attribute-mapping mv-attribute="a"><direct-mapping><src-attribute>a</src-attribute></direct-mapping></attribute-mapping></search></join-criterion></join-profile></join>`) + `</rm:SyncConfig-join>
<rm:SyncConfig-provisioning-cleanup>` + escape(`<action>delete-object</action>`) + `</rm:SyncConfig-provisioning-cleanup>
<rm:SyncConfig-provisioning-cleanup-type>declared</rm:SyncConfig-provisioning-cleanup-type>
<rm:SyncConfig-ma-run-data/>
</rm:ma-data>`
	metaverse := `<mv-data><SyncConfig-schema>` + escape(dsml) + `</SyncConfig-schema><SyncConfig-provisioning-type>scripted</SyncConfig-provisioning-type>
<SyncConfig-mv-deletion>` + escape(`<mv-deletion-rule mv-object-type="p" id="1" type="declared-last"/>`) + `</SyncConfig-mv-deletion></mv-data>`
	read := func(texts ...string) (*config.Configuration, error) {
		var documents []*config.Document
		for i, text := range texts {
			doc, err := config.Parse([]string{"ma.xml", "mv.xml"}[i], strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			documents = append(documents, doc)
		}
		return config.Load(documents...)
	}
	c, err := read(agent, metaverse)
	if err != nil {
		t.Fatal(err)
	}
	a := c.Agent("HR")
	if a.Filters[0].Alternatives[0].Conditions[0].Value != "x & y" || len(a.Joins) != 1 || a.Deprovisioning != (engine.Deprovisioning{Action: engine.DeleteObject}) {
		t.Errorf("%+v", a)
	}
	if mv := c.Metaverse; mv.Provisioning != engine.ProvisionScripted || len(mv.Deletion) != 1 || len(mv.Schema.Classes) != 1 {
		t.Errorf("%+v", mv)
	}
	for from, want := range map[string]string{
		`operator="equality"`:   `ma.xml:7:1: unknown operator "sounds-like"`,
		`</join-profile>`:       `ma.xml:8:1: <SyncConfig-join> holds no XML`,
		`<action>delete-object`: `unknown action of <provisioning-cleanup> "remove"`,
	} {
		to := map[string]string{`operator="equality"`: `operator="sounds-like"`, `</join-profile>`: ``, `<action>delete-object`: `<action>remove`}[from]
		_, err := read(strings.Replace(agent, escape(from), escape(to), 1), metaverse)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", to, err)
		}
	}
	again, err := read(agent, metaverse)
	if err != nil || !reflect.DeepEqual(again.Agents[0].Joins, a.Joins) {
		t.Errorf("twice: %v", err)
	}
}
