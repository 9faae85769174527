package scenario

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/config"
	"github.com/runhist/runhist/analyze/engine"
)

const samples = "../../samples/configurations/"

// server loads a sample as a server exports it.
func server(t *testing.T, name string) (*config.Configuration, []*config.Document) {
	t.Helper()
	files, err := filepath.Glob(samples + name + "/*.XML")
	if err != nil || len(files) < 2 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	var documents []*config.Document
	for _, path := range files {
		in, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		d, err := config.Parse(filepath.Base(path), in)
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, d)
	}
	c, err := config.Load(documents...)
	if err != nil {
		t.Fatal(err)
	}
	return c, documents
}

// transcribe writes an element as keys and values, as a person would.
func transcribe(b *strings.Builder, e *config.Element, indent string) {
	var names []string
	values := map[string][]*config.Element{}
	add := func(name string, c *config.Element) {
		if values[name] == nil {
			names = append(names, name)
		}
		values[name] = append(values[name], c)
	}
	for _, a := range e.Attrs {
		add(a.Name, &config.Element{Text: a.Value})
	}
	for _, c := range e.Children {
		add(c.Name, c)
	}
	if len(e.Children) == 0 && len(e.Attrs) > 0 && e.Text != "" {
		add("#text", &config.Element{Text: e.Text})
	}
	for _, name := range names {
		fmt.Fprintf(b, "%s%s:", indent, strconv.Quote(name))
		all := values[name]
		if len(all) == 1 {
			transcribed(all[0], b, indent+"  ")
			continue
		}
		b.WriteByte('\n')
		for _, c := range all {
			b.WriteString(indent + "  -")
			transcribed(c, b, indent+"    ")
		}
	}
}

func transcribed(e *config.Element, b *strings.Builder, indent string) {
	if len(e.Children)+len(e.Attrs) == 0 {
		b.WriteString(" " + strconv.Quote(e.Text) + "\n")
		return
	}
	b.WriteByte('\n')
	transcribe(b, e, indent)
}

// TestConfigurationIsTheSame writes the samples as keys of a scenario: what
// the engine is given is the same as from the files of the server.
func TestConfigurationIsTheSame(t *testing.T) {
	for _, name := range []string{"adatum", "portal"} {
		want, documents := server(t, name)
		var b strings.Builder
		b.WriteString("version: 1\nactions: []\nconfiguration:\n  ma-data:\n")
		for _, d := range documents {
			if d.Name != "MV.XML" {
				b.WriteString("    -")
				transcribed(d.Root.Children[0], &b, "      ")
			}
		}
		b.WriteString("  mv-data:\n")
		transcribe(&b, documents[len(documents)-1].Root.Children[0], "    ")
		s, err := Read("scenario.yaml", strings.NewReader(b.String()))
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, b.String())
		}
		got, err := config.Load(s.Configuration)
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, b.String())
		}
		wantSetup, _ := want.Setup()
		gotSetup, _ := got.Setup()
		if !reflect.DeepEqual(gotSetup, wantSetup) {
			t.Errorf("%s: got\n%+v\nwant\n%+v", name, gotSetup, wantSetup)
		}
		if len(got.Scripted) != len(want.Scripted) || len(got.SyncRules) != len(want.SyncRules) || len(got.Missing) != len(want.Missing) {
			t.Errorf("%s: %d scripted rules, %d synchronization rules, %d missing agents", name, len(got.Scripted), len(got.SyncRules), len(got.Missing))
		}
	}
}

// small is a configuration as people write it: names in place of ids, and
// nothing that goes without saying.
const small = `version: 1
configuration:
  ma-data:
    - name: HR
      category: Delimited
      schema:
        class: {name: person, attribute: [employeeID, title, manager]}
        attribute-type:
          - {name: employeeID, single-value: true}
          - {name: title, single-value: true}
          - {name: manager, single-value: true, syntax: reference}
      stay-disconnector:
        filter-set:
          cd-object-type: person
          filter-alternative:
            condition: {cd-attribute: title, operator: equality, value: Robot}
      projection:
        class-mapping: {cd-object-type: person, mv-object-type: person}
      ma-run-data:
        run-configuration:
          - name: Full Import
            configuration:
              step:
                step-type: {type: full-import, import-subtype: to-cs}
                custom-data: {run-config: {input-file: hr.csv}}
          - name: Sync
            configuration:
              step: {step-type: {type: apply-rules, apply-rules-subtype: apply-pending}, partition: default}
    - name: AD
      category: AD
      schema:
        class: [{name: user}, {name: group}]
        attribute-type:
          - {name: employeeID, single-value: true}
          - {name: member, syntax: reference}
      join:
        join-profile:
          cd-object-type: user
          join-criterion:
            search:
              mv-object-type: person
              attribute-mapping: {mv-attribute: employeeID, direct-mapping: {src-attribute: employeeID}}
      provisioning-cleanup: {action: delete-object}
      export-attribute-flow:
        export-flow-set:
          cd-object-type: user
          mv-object-type: person
          export-flow:
            - {cd-attribute: employeeID, suppress-deletions: false, direct-mapping: {src-attribute: employeeID}}
            - {cd-attribute: employeeID, direct-mapping: {src-attribute: {intrinsic: true, "#text": object-id}}}
      ma-partition-data:
        partition:
          name: DC=adatum,DC=com
          filter:
            object-classes: {object-class: user}
            containers: {inclusions: {inclusion: "OU=Staff,DC=adatum,DC=com"}}
  mv-data:
    schema:
      class: {name: person}
      attribute-type: [{name: employeeID, single-value: true}, {name: title, single-value: true}]
    import-attribute-flow:
      import-flow-set:
        mv-object-type: person
        import-flows:
          - mv-attribute: employeeID
            import-flow:
              - {src-ma: HR, cd-object-type: person, direct-mapping: {src-attribute: employeeID}}
              - {src-ma: AD, cd-object-type: user, direct-mapping: {src-attribute: employeeID}}
          - mv-attribute: title
            type: equal
            import-flow: {src-ma: HR, cd-object-type: person, constant-mapping: {constant-value: " kept as it is "}}
    provisioning: scripted
    mv-deletion:
      mv-deletion-rule: {mv-object-type: person, type: declared-any, src-ma: HR}
actions:
  - run: {ma: HR, profile: full import}
`

// TestSmallConfiguration: the small one means what it says.
func TestSmallConfiguration(t *testing.T) {
	s, err := Read("scenario.yaml", strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(s.Configuration)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Against(c); err != nil {
		t.Error(err)
	}
	setup, not := c.Setup()
	if len(not) > 0 {
		t.Errorf("not executed: %v", not)
	}
	hr, ad := c.Agent("HR"), c.Agent("ad")
	if hr.Partitions[0].Name != "default" || hr.Profiles[1].Steps[0].Partition != hr.Partitions[0].ID || hr.Profiles[0].Steps[0].Description.InputFile != "hr.csv" {
		t.Errorf("HR: %+v", hr)
	}
	if ad.Deprovisioning.Action != engine.DeleteObject || !ad.ExportFlows[0].Flows[0].AllowNull || ad.Partitions[0].Inclusions[0] != "OU=Staff,DC=adatum,DC=com" ||
		!reflect.DeepEqual(ad.ExportFlows[0].Flows[1].Mapping.Sources, []engine.SourceAttribute{{Name: "object-id", Intrinsic: true}}) {
		t.Errorf("AD: %+v", ad)
	}
	mv := setup.Metaverse
	if mv.ImportFlows[0].Flows[1].Agent != ad.ID || mv.ImportFlows[1].Precedence != engine.Equal || mv.ImportFlows[1].Flows[0].Mapping.Value != " kept as it is " ||
		mv.Provisioning != engine.ProvisionScripted || mv.Deletion[0].Agents[0] != hr.ID {
		t.Errorf("metaverse: %+v", mv)
	}
	again, err := config.Load(s.Configuration)
	if err != nil || again.Agent("HR").ID != hr.ID || hr.ID == ad.ID {
		t.Errorf("ids: %v", err)
	}
}

// TestProblemsOfSmallConfigurations: places are those of scenario.yaml.
func TestProblemsOfSmallConfigurations(t *testing.T) {
	for _, test := range [][3]string{
		{"operator: equality", "operator: equalty", `scenario.yaml:16:13: unknown operator "equalty": did you mean equality?`},
		{"src-ma: AD,", "src-ma: DA,", `scenario.yaml:68:17: src-ma: unknown management agent DA`},
		{"partition: default", "partition: defualt", `the step is for the partition "defualt"`},
		{"projection:", "projections:", `unknown element <projections> in <ma-data>: did you mean projection?`},
		{"mv-object-type: person, type: declared-any", "mv-object-type: person, kind: declared-any", `unknown element <kind> in <mv-deletion-rule>`},
	} {
		s, err := Read("scenario.yaml", strings.NewReader(strings.Replace(small, test[0], test[1], 1)))
		if err != nil {
			t.Fatal(err)
		}
		_, err = config.Load(s.Configuration)
		if err == nil || !strings.Contains(err.Error(), test[2]) {
			t.Errorf("%s: got %v", test[1], err)
		}
	}
}

// TestAgainst: names that the configuration lacks.
func TestAgainst(t *testing.T) {
	c, _ := server(t, "adatum")
	s, err := Read("scenario.yaml", strings.NewReader(`version: 1
config: config
sources:
  HR: {file: hr.csv, anchor: employeID}
  ADD: {}
extensions: {Mv.dl: mv.star, badges.dll: badges.star}
capabilities: {SQL: {rename: true}}
actions:
  - run: {ma: hr, profile: full import}
  - run: {ma: HR, profile: Ful Import}
  - apply: {ma: Badges, file: b.txt}
  - fault: {ma: HRR, kind: drop-write}
  - fault: {kind: stop-service}
  - preview: {ma: Nobody, dn: x}
  - fault: {kind: extension, outcome: crash, site: provisioning, assembly: Mw.dll}
  - fault: {ma: HR, kind: drop-write, attribute: titel}
  - fault: {ma: HR, kind: reference-failure, attribute: sn}
  - fault: {ma: HR, kind: discovery-error, type: parse-error, object: x, attribute: column}
`))
	if err != nil {
		t.Fatal(err)
	}
	want := `4:7: unknown attribute of HR "employeID": did you mean employeeID? Known are employeeID, givenName, sn, title, department, manager, status
5:8: unknown management agent "ADD": did you mean AD? Known are HR, AD, Badges
6:21: unknown assembly "Mv.dl": did you mean Mv.dll? Known are Badges.dll, Hr.dll, Mv.dll
7:21: unknown management agent "SQL": known are HR, AD, Badges
10:5: unknown run profile of HR "Ful Import": did you mean Full Import? Known are Full Import, Full Synchronization, Delta Synchronization, Full Import and Full Synchronization
11:5: there is no source for Badges whose content could change: name it under sources
12:5: unknown management agent "HRR": did you mean HR? Known are HR, AD, Badges
14:5: unknown management agent "Nobody": known are HR, AD, Badges
15:5: unknown assembly "Mw.dll": did you mean Mv.dll? Known are Badges.dll, Hr.dll, Mv.dll
16:5: unknown attribute of HR "titel": did you mean title? Known are employeeID, givenName, sn, title, department, manager, status
17:5: sn of HR is no reference`
	if got := fmt.Sprint(s.Against(c)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
