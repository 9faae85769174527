package config_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/config"
)

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

const ruleSeed = `<synchronizationRule><id>{00000000-0000-0000-0000-00000000000D}</id><name>R</name><direction>Outbound</direction><disabled>False</disabled><connector>{00000000-0000-0000-0000-00000000000A}</connector><attribute-mappings><mapping><dest>a</dest><src><attr>b</attr></src><expression>[b]</expression></mapping></attribute-mappings></synchronizationRule>`

const resourceSeed = `<ma-data><DisplayName>T</DisplayName><SyncConfig-id>{00000000-0000-0000-0000-00000000000A}</SyncConfig-id><SyncConfig-category>FIM</SyncConfig-category><SyncConfig-join>&lt;join>&lt;/join></SyncConfig-join><SyncConfig-provisioning-cleanup-type>scripted</SyncConfig-provisioning-cleanup-type></ma-data>`

const exportSeed = `<export-ma server='S'><ma-data><id>{00000000-0000-0000-0000-00000000000A}</id><name>T</name><category>Extensible2</category><dn-construction><dn object-type="p"><attribute>a</attribute></dn></dn-construction><private-configuration><MAConfig><importing><anchor><attribute object_class="p">a</attribute></anchor></importing></MAConfig></private-configuration></ma-data><mv-data><import-attribute-flow/></mv-data></export-ma>`

// seeds are small documents that the fuzzer begins with.
func seeds() []string { return []string{agentSeed, metaverseSeed, ruleSeed, resourceSeed, exportSeed} }

// TestSeeds: the seeds of the fuzzer are configurations, so that it begins
// beyond the first check.
func TestSeeds(t *testing.T) {
	for _, text := range seeds() {
		doc, err := config.Parse("seed.xml", strings.NewReader(text))
		if err == nil {
			_, err = config.Load(doc)
		}
		if err != nil {
			t.Error(err)
		}
	}
}

// FuzzLoad reads anything as each file of a configuration, alone and beside an
// agent: it ends, without a panic, and what is taken gives a setup and a report.
func FuzzLoad(f *testing.F) {
	for _, text := range seeds() { // short: mutations of long ones are slow
		f.Add([]byte(text))
	}
	agent, err := config.Parse("agent.xml", strings.NewReader(agentSeed))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := config.Parse("x.xml", bytes.NewReader(text))
		if err != nil {
			return
		}
		if c, err := config.Load(agent, doc); err == nil {
			c.Setup()
			c.Check(nil)
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
