package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/config"
)

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
