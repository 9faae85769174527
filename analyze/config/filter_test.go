package config_test

import (
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/config"
	"github.com/runhist/runhist/analyze/engine"
)

// TestFilterConditions: every operator, and values in the forms that the
// designer writes: numbers in hexadecimal whatever ui-radix says, binary values
// in base64.
func TestFilterConditions(t *testing.T) {
	const schema = `<schema><dsml><directory-schema><class id="p"><name>p</name></class>
<attribute-type id="t" single-value="true"><name>t</name><syntax>1.3.6.1.4.1.1466.115.121.1.15</syntax></attribute-type>
<attribute-type id="n" single-value="true"><name>n</name><syntax>1.2.840.113556.1.4.906</syntax></attribute-type>
<attribute-type id="b" single-value="true"><name>b</name><syntax>1.3.6.1.4.1.1466.115.121.1.5</syntax></attribute-type>
</directory-schema></dsml></schema>`
	read := func(condition string) (*config.Configuration, error) {
		doc, err := config.Parse("MA.XML", strings.NewReader(`<ma-data><id>{5AC0001A-0000-4000-8000-000000000004}</id><name>X</name><category>AD</category>`+schema+
			`<stay-disconnector><filter-set cd-object-type="p" type="declared" import-filter="1"><filter-alternative>`+condition+`</filter-alternative></filter-set></stay-disconnector></ma-data>`))
		if err != nil {
			t.Fatal(err)
		}
		return config.Load(doc)
	}
	for condition, want := range map[string]engine.FilterCondition{
		`<condition cd-attribute="t" operator="equality"><value>a b </value></condition>`:                             {Source: engine.SourceAttribute{Name: "t"}, Operator: engine.Equality, Value: "a b "},
		`<condition cd-attribute="t" operator="inequality"><value></value></condition>`:                               {Source: engine.SourceAttribute{Name: "t"}, Operator: engine.Inequality},
		`<condition cd-attribute="t" operator="present"><value></value></condition>`:                                  {Source: engine.SourceAttribute{Name: "t"}, Operator: engine.Present},
		`<condition cd-attribute="t" operator="not-present"/>`:                                                        {Source: engine.SourceAttribute{Name: "t"}, Operator: engine.NotPresent},
		`<condition cd-attribute="t" operator="substring-start"><value>$Dup</value></condition>`:                      {Source: engine.SourceAttribute{Name: "t"}, Operator: engine.SubstringStart, Value: "$Dup"},
		`<condition cd-attribute="dn" intrinsic-attribute="true" operator="equality"><value>CN=a</value></condition>`: {Source: engine.SourceAttribute{Name: "dn", Intrinsic: true}, Value: "CN=a"},
		`<condition cd-attribute="n" operator="equality"><value ui-radix="10">0x1</value></condition>`:                {Source: engine.SourceAttribute{Name: "n"}, Value: "1"},
		`<condition cd-attribute="n" operator="equality"><value ui-radix="16">0x202</value></condition>`:              {Source: engine.SourceAttribute{Name: "n"}, Value: "514"},
		`<condition cd-attribute="n" operator="equality"><value>-5</value></condition>`:                               {Source: engine.SourceAttribute{Name: "n"}, Value: "-5"},
		`<condition cd-attribute="b" operator="equality"><value encoding="base64">AAH/</value></condition>`:           {Source: engine.SourceAttribute{Name: "b"}, Value: "\x00\x01\xff"},
		`<condition cd-attribute="n" operator="bit-set"><value>0x2</value></condition>`:                               {Source: engine.SourceAttribute{Name: "n"}, Operator: engine.BitsSet, Value: "2"},
	} {
		c, err := read(condition)
		if err != nil {
			t.Errorf("%s: %v", condition, err)
			continue
		}
		if got := c.Agents[0].Filters[0].Alternatives[0].Conditions[0]; got != want {
			t.Errorf("%s: %+v", condition, got)
		}
		if guessed := strings.Contains(condition, "bit-set"); guessed != (len(c.Warnings) > 0) {
			t.Errorf("%s: warnings %v", condition, c.Warnings)
		}
	}
	for condition, want := range map[string]string{
		`<condition cd-attribute="t" operator="sounds-like"><value>a</value></condition>`:                  `unknown operator "sounds-like"`,
		`<condition cd-attribute="t" operator="equality"/>`:                                                "no value to compare with",
		`<condition cd-attribute="t" operator="present"><value>a</value></condition>`:                      "takes no value",
		`<condition cd-attribute="n" operator="equality"><value>many</value></condition>`:                  "no number",
		`<condition cd-attribute="b" operator="equality"><value encoding="base64">*</value></condition>`:   "no base64",
		`<condition cd-attribute="b" operator="equality"><value encoding="hex">00</value></condition>`:     "unknown encoding",
		`<condition cd-attribute="rdn" intrinsic-attribute="true" operator="present"><value/></condition>`: "unknown intrinsic attribute",
		``: "has no condition",
	} {
		if _, err := read(condition); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", condition, err)
		}
	}
}
