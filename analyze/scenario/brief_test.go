package scenario

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/config"
)

// agents is a scenario with an agent of two ways to write one section, and a
// metaverse for it to refer to.
func agents(category, section string) string {
	return `version: 1
actions: []
configuration:
  ma-data:
    name: A
    category: ` + category + `
    schema:
      class: {name: user, attribute: [cn, mail]}
      attribute-type: [{name: cn, single-value: true}, {name: mail, single-value: true}]
    ` + strings.ReplaceAll(section, "\n", "\n    ") + `
  mv-data:
    schema:
      class: {name: person, attribute: [cn]}
      attribute-type: {name: cn, single-value: true}
`
}

// TestBriefForms: what people write first when they leave out what goes without
// saying means the same as the elements of an export, name by name.
func TestBriefForms(t *testing.T) {
	step := func(s string) string {
		return "ma-run-data: {run-configuration: {name: P, configuration: {step: " + s + "}}}"
	}
	flow := func(s string) string {
		return "export-attribute-flow: {export-flow-set: {cd-object-type: user, mv-object-type: person, export-flow: {cd-attribute: cn, " + s + "}}}"
	}
	delimited := func(s string) string {
		return "private-configuration:\n  MAConfig:\n    delimited_format: {delimiter: 44, " + s
	}
	for _, test := range []struct{ category, brief, full string }{
		{"AD", step("{step-type: export}"), step("{step-type: {type: export}}")},
		{"AD", step("{step-type: full-import-reevaluate-rules, threshold: 5}"), step("{step-type: {type: full-import-reevaluate-rules}, threshold: {object: 5}}")},
		{"AD", "ma-partition-data: {partition: DC=x}", "ma-partition-data: {partition: {name: DC=x}}"},
		{"AD", "ma-partition-data: {partition: [DC=x, DC=y]}", "ma-partition-data: {partition: [{name: DC=x}, {name: DC=y}]}"},
		{"AD", "ma-partition-data: {partition: {filter: {object-classes: user, containers: {inclusions: [OU=a, OU=b], exclusions: OU=c}}}}",
			"ma-partition-data: {partition: {filter: {object-classes: {object-class: user}, containers: {inclusions: {inclusion: [OU=a, OU=b]}, exclusions: {exclusion: OU=c}}}}}"},
		{"AD", "attribute-inclusion: cn", "attribute-inclusion: {attribute: cn}"},
		{"AD", "attribute-inclusion: [cn, mail]", "attribute-inclusion: {attribute: [cn, mail]}"},
		{"AD", "provisioning-cleanup: delete-object", "provisioning-cleanup: {type: declared, action: delete-object}"},
		{"AD", "provisioning-cleanup: scripted\nextension: A.dll", "provisioning-cleanup: {type: scripted}\nextension: {assembly-name: A.dll}"},
		{"AD", flow("direct-mapping: cn"), flow("direct-mapping: {src-attribute: cn}")},
		{"AD", flow(`constant-mapping: " as it is "`), flow(`constant-mapping: {constant-value: " as it is "}`)},
		{"AD", flow("scripted-mapping: upper"), flow("scripted-mapping: {script-context: upper}")},
		{"AD", "join: {join-profile: {cd-object-type: user, join-criterion: {search: {attribute-mapping: {mv-attribute: cn, direct-mapping: cn}}, resolution: scripted}}}",
			"join: {join-profile: {cd-object-type: user, join-criterion: {search: {attribute-mapping: {mv-attribute: cn, direct-mapping: {src-attribute: cn}}}, resolution: {type: scripted}}}}"},
		{"Delimited", delimited("attributes: [cn, mail]}\n    importing: {dn: [cn, mail], anchor: cn}"),
			delimited("attributes: {attribute: [{name: cn}, {name: mail}]}}\n    importing: {dn: {attribute: [cn, mail]}, anchor: {attribute: cn}}")},
		{"Extensible2", "dn-construction: [cn, mail]", "dn-construction: {attribute: [cn, mail]}"},
	} {
		read := func(section string) *config.Configuration {
			s, err := Read("scenario.yaml", strings.NewReader(agents(test.category, section)))
			if err != nil {
				t.Fatalf("%s: %v", section, err)
			}
			c, err := config.Load(s.Configuration)
			if err != nil {
				t.Fatalf("%s: %v", section, err)
			}
			return c
		}
		got, want := read(test.brief), read(test.full)
		gotSetup, _ := got.Setup()
		wantSetup, _ := want.Setup()
		if !reflect.DeepEqual(gotSetup, wantSetup) || len(got.Scripted) != len(want.Scripted) {
			t.Errorf("%s: got\n%+v\nwant\n%+v", test.brief, gotSetup, wantSetup)
		}
		g, w := got.Agents[0], want.Agents[0]
		if fmt.Sprint(g.DNConstruction, g.Included, g.Extension) != fmt.Sprint(w.DNConstruction, w.Included, w.Extension) || !reflect.DeepEqual(g.Delimited, w.Delimited) {
			t.Errorf("%s: got %+v, want %+v", test.brief, g, w)
		}
	}
}

// TestBriefFormsAreFew: a text where nothing says what it would stand for.
func TestBriefFormsAreFew(t *testing.T) {
	for section, want := range map[string]string{
		"join: cn":                                       `<join-profile> holds the text "cn" where elements are expected`,
		"stay-disconnector: user":                        `<filter-set> has no cd-object-type`,
		"provisioning-cleanup: remove":                   `unknown action of <provisioning-cleanup> "remove"`,
		"ma-run-data: Export":                            `<run-configuration> holds the text "Export" where elements are expected`,
		"ma-partition-data: {partition: {filter: user}}": `<filter> holds the text "user" where elements are expected`,
	} {
		s, err := Read("scenario.yaml", strings.NewReader(agents("AD", section)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := config.Load(s.Configuration); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", section, err)
		}
	}
}
