package redact_test

import (
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"github.com/runhist/runhist/schemas/convert"
	"github.com/runhist/runhist/schemas/redact"
	"github.com/runhist/runhist/schemas/source"
)

// template is a history with a name in every place and form that there is.
const template = `<execution-histories NAME1="NAME2"><run-history xmlns:NAME3="urn:NAME1"><NAME2>NAME1</NAME2><run-details>
<ma-id>{NAME1}</ma-id><ma-name>NAME1 NAME2-agent</ma-name><run-number>1 NAME3</run-number><run-profile-name>Full Import NAME2</run-profile-name>
<security-id>NAME1\NAME2</security-id>
<step-details step-number="NAME1" step-id="NAME2"><start-date>NAME3</start-date><end-date>2024-01-01 00:00:00.000 NAME1</end-date>
<step-result progress="NAME1" file="C:\NAME2\NAME3.txt">stopped-NAME1</step-result>
<step-description NAME1="x"><step-type type="NAME2"><import-subtype>NAME1</import-subtype></step-type><partition>OU=NAME1,DC=NAME2</partition>
<custom-data><adma-step-data><batch-size>NAME1</batch-size></adma-step-data><run-config><input-file>NAME1.ldif</input-file></run-config>
<parameter-values><parameter name="NAME1" use="connectivity">host=NAME2.NAME3</parameter></parameter-values></custom-data></step-description>
<ma-connection><connection-result>NAME1</connection-result><server>NAME1.NAME2:636</server><connection-log><incident><server>ldap://NAME3</server>
<cd-error><error-code>NAME1</error-code><error-literal>Could not bind as CN=NAME1 NAME2,DC=NAME3 to NAME2: NAME1@NAME3 is unknown</error-literal>
<server-error-detail>NAME1NAME2</server-error-detail><extra-error-details>NAME3</extra-error-details></cd-error></incident></connection-log></ma-connection>
<ma-discovery-errors><ma-object-error><error-type>NAME1</error-type><line-number>NAME2</line-number><dn>CN=NAME1\, NAME2,OU=\NAME3</dn>
<anchor>NAME1</anchor><anchor encoding="base64">BASE1</anchor><attribute-name>NAME2</attribute-name><value>NAME3</value></ma-object-error></ma-discovery-errors>
<synchronization-errors><import-error cs-guid="NAME1" dn="uid=NAME1+mail=NAME1.NAME2@NAME3,o=&quot;NAME2&quot;">
<algorithm-step ma-id="NAME1" dn="NAME2">NAME3</algorithm-step>
<change-not-reimported><delta operation="NAME1" dn="NAME2"><anchor encoding="base64">WIDE2</anchor>
<dn-attr name="NAME1" multivalued="NAME2" operation="NAME3"><dn-value operation="NAME1"><dn>CN=NAME2</dn><anchor>BASE3</anchor></dn-value></dn-attr>
<attr name="mail" type="string"><value encoding="base64">BASE2</value><value>BASE1</value><value>NAME1.NAME2@NAME3</value></attr>
<attr name="NAME1" type="integer"><value>NAME2</value></attr><attr name="a" type="boolean"><value>NAME2</value></attr>
<attr name="b" type="binary"><value>BASE1</value><value encoding="NAME1">WIDE3</value></attr></delta>
<entry><primary-objectclass>NAME1</primary-objectclass><objectclass><oc-value>NAME2</oc-value></objectclass></entry></change-not-reimported>
<extension-error-info><extension-name>NAME1.dll</extension-name><extension-callsite>NAME2</extension-callsite><extension-context>about NAME1</extension-context>
<call-stack>System.ArgumentException: NAME1
   at NAME2.Rules.NAME3(String NAME1) in C:\Users\NAME1\rules.cs:line 12</call-stack></extension-error-info>
<rules-error-info><context ma-id="NAME1" ma-name="NAME2" cs-object-id="NAME3" dn="NAME1"><attribute-mapping dest-attr="NAME1" context-id="NAME2">
<direct-mapping><src-attribute intrinsic="NAME1">NAME2</src-attribute></direct-mapping>
<scripted-mapping><src-attribute>NAME3</src-attribute><script-context>cd.person:NAME1,sn-&gt;mv.person:NAME2</script-context></scripted-mapping>
<constant-mapping><constant-value>NAME1</constant-value></constant-mapping><dn-part-mapping><dn-part>NAME1</dn-part></dn-part-mapping>
</attribute-mapping></context></rules-error-info></import-error></synchronization-errors>
<mv-retry-errors><retry-error mv-guid="NAME1" displayname="NAME1 NAME2"/></mv-retry-errors>
<outbound-flow-counters ma="NAME1" ma-id="NAME2"><connector-flow detail="NAME1">NAME2</connector-flow></outbound-flow-counters>
<staging-counters><stage-add>NAME3</stage-add></staging-counters>NAME1<!-- NAME1 --><![CDATA[NAME2]]>
</step-details></run-details></run-history></execution-histories>`

// filled is the template with three names.
func filled(names [3]string) string {
	var pairs []string
	for i, name := range names {
		wide := make([]byte, 0, 2*len(name))
		for _, unit := range utf16.Encode([]rune(name)) {
			wide = append(wide, byte(unit), byte(unit>>8))
		}
		n := fmt.Sprint(i + 1)
		pairs = append(pairs, "NAME"+n, name, "BASE"+n, base64.StdEncoding.EncodeToString([]byte(name)), "WIDE"+n, base64.StdEncoding.EncodeToString(wide))
	}
	return strings.NewReplacer(pairs...).Replace(template)
}

var mayBeBase64 = regexp.MustCompile(`[A-Za-z0-9+/]{4,}={0,2}`)

// found tells where a search for the name finds it, or "": in the text, in
// another case, in base64 and in text that is base64.
func found(text, name string) string {
	lower := strings.ToLower(text)
	if strings.Contains(lower, strings.ToLower(name)) {
		return "the text"
	}
	for _, form := range []string{name, strings.ToLower(name), strings.ToUpper(name)} {
		if strings.Contains(text, strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(form)), "=")) {
			return "the text, in base64"
		}
	}
	for _, piece := range mayBeBase64.FindAllString(text, -1) {
		data, err := base64.StdEncoding.DecodeString(piece)
		if err != nil {
			continue
		}
		narrow := strings.ReplaceAll(string(data), "\x00", "")
		if strings.Contains(strings.ToLower(narrow), strings.ToLower(name)) {
			return "the base64 " + piece
		}
	}
	return ""
}

// TestNothingIsFound is the promise of the package: whatever a name is and
// wherever it stands, a search for it finds nothing in the redacted document.
func TestNothingIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var names [3]string
		for i := range names {
			// The letters of pseudonyms and of known words cannot make these.
			names[i] = rapid.StringMatching(`[qQwWcCeE]{2}[a-zA-Z0-9qwüÜřŞшЩ中]{0,8}[qQwW]{2}`).Draw(t, "name")
		}
		key := rapid.SampledFrom([][]byte{nil, []byte("a key")}).Draw(t, "key")
		document := filled(names)
		text, out := redacted(t, redact.New(key), document)
		if out.Runs != 1 || len(out.Faults) > 0 {
			t.Fatalf("%+v", out)
		}
		for _, name := range names {
			if where := found(text, name); where != "" {
				t.Fatalf("%q is found in %s:\n%s", name, where, text)
			}
		}
		if again, _ := redacted(t, redact.New(key), document); again != text {
			t.Fatal("two calls give two texts")
		}
	})
}

// TestSearch holds that the search of the test above finds what is there.
func TestSearch(t *testing.T) {
	plain := filled([3]string{"Halvorsen", "Okafor", "Woodgrove"})
	if found(plain, "OKAFOR") == "" || found(plain, "nobody") != "" {
		t.Error("the search is no use")
	}
	for _, text := range []string{"x SGFsdm9yc2Vu y", "UQBIAGEAbAB2AG8AcgBzAGUAbgA=", "dr.SGFsdm9yc2VuIQ=="} {
		if found(text, "halvorsen") == "" {
			t.Errorf("nothing is found in %s", text)
		}
	}
}

// FuzzRedact holds that a redacted document is well-formed and has the
// elements of the original, and that a name that stands anywhere in it is gone.
func FuzzRedact(f *testing.F) {
	f.Add(template, "key")
	f.Add(`<run-details a="NAME1" A="NAME1"><x:NAME1 xmlns:x="NAME1"/><dn>\NAME1\4E\ff,=</dn></run-details>`, "")
	f.Add(`<run-details><server>::1 [1:2::NAME1] 1.2.3.4.5 S-1-5-NAME1 0xNAME1</server><anchor> Y Q==</anchor></run-details>`, "")
	const name = "qwzewcq"
	f.Fuzz(func(t *testing.T, document, secret string) {
		document = strings.ReplaceAll(document, "NAME1", name)
		var key []byte
		if secret != "" {
			key = []byte(secret)
		}
		text, out := redacted(t, redact.New(key), document)
		if out.Runs != 1 {
			return
		}
		if elements(t, text) != elements(t, plain(t, document)) {
			t.Fatalf("the elements differ:\n%q", text)
		}
		// Names of the platform's own code stay.
		if !strings.Contains(document, "System") && !strings.Contains(document, "Microsoft") && found(text, name) != "" {
			t.Fatalf("the name is found in %s:\n%q", found(text, name), text)
		}
	})
}

func plain(t testing.TB, document string) string {
	t.Helper()
	s := &single{}
	out, err := convert.New(source.DefaultLimits(), convert.Single, convert.Same{}, s).Document(strings.NewReader(document))
	if err != nil || out.Runs != 1 {
		t.Fatal(out, err)
	}
	return s.String()
}

// elements counts what is in a document, as another reader of XML sees it.
func elements(t testing.TB, text string) (n struct{ starts, attributes int }) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return n
		}
		if err != nil {
			t.Fatalf("%v:\n%q", err, text)
		}
		if start, ok := token.(xml.StartElement); ok {
			n.starts++
			n.attributes += len(start.Attr)
		}
	}
}

// TestNameThatIsBase64 holds that a name goes which happens to be the base64 of
// text without letters.
func TestNameThatIsBase64(t *testing.T) {
	for _, name := range []string{"QCQq", "ICAg", "LCws", "JAAqAA=="} { // @$*, blanks, commas, $* in UTF-16
		text, _ := redacted(t, redact.New(nil), "<run-details><anchor>"+name+"</anchor></run-details>")
		if strings.Contains(text, name) {
			t.Errorf("%s stays: %s", name, text)
		}
	}
}
