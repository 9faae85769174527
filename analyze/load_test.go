package analyze_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/runhist/runhist/analyze"
)

// TestFoldersOfAnExport: the files of an export may stand in the folder that a
// scenario names, or sorted into folders in it.
func TestFoldersOfAnExport(t *testing.T) {
	archive, err := txtar.ParseFile("config/testdata/cloud.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for name, place := range map[string]func(file string) string{
		"one folder": func(file string) string { return "config/" + file },
		"sorted": func(file string) string {
			kind, _, _ := strings.Cut(file, "_")
			return "config/" + kind + "/" + file
		},
	} {
		files := fstest.MapFS{
			"scenario.yaml":    {Data: []byte("version: 1\nconfig: config\nactions: []\n")},
			"config/notes.txt": {Data: []byte("no part of it")},
		}
		for _, f := range archive.Files {
			files[place(f.Name)] = &fstest.MapFile{Data: f.Data}
		}
		m, err := analyze.Load(files, "scenario.yaml")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if c := m.Configuration; len(c.Agents) != 1 || c.Metaverse == nil || len(c.SyncRules) != 1 {
			t.Errorf("%s: %d agents, metaverse %v, %d rules", name, len(c.Agents), c.Metaverse, len(c.SyncRules))
		}
	}
	_, err = analyze.Load(fstest.MapFS{
		"scenario.yaml":      {Data: []byte("version: 1\nconfig: config\nactions: []\n")},
		"config/a/notes.txt": {Data: []byte("no part of it")},
	}, "scenario.yaml")
	if err == nil || !strings.Contains(err.Error(), "there is no file of a server export") {
		t.Errorf("no file: %v", err)
	}
}

// TestAnchorOfTheConfiguration: a source whose anchor the scenario does not name
// has the one of the agent's own settings, and without it no such agent could
// have a source.
func TestAnchorOfTheConfiguration(t *testing.T) {
	const schema = `<schema><dsml><directory-schema><class id="p"><name>p</name><attribute ref="#id"/></class><attribute-type id="id" single-value="true"><name>id</name></attribute-type></directory-schema></dsml></schema>`
	const partitions = `<ma-partition-data><partition><id>{5AC0001B-0000-4000-8000-000000000002}</id><name>default</name></partition></ma-partition-data>`
	for _, test := range []struct{ anchor, want string }{
		{`<anchor><attribute>id</attribute></anchor>`, ""},
		{``, "without DNs it needs an anchor"},
	} {
		_, err := analyze.Load(fstest.MapFS{
			"scenario.yaml": {Data: []byte("version: 1\nconfig: .\nsources: {SQL: {}}\nactions: []\n")},
			"MA-SQL.XML": {Data: []byte(`<saved-ma-configuration><ma-data><id>{5AC0001A-0000-4000-8000-000000000002}</id><name>SQL</name><category>MSSQL</category>` + schema +
				`<private-configuration><oledbma-configuration><mms-info>` + test.anchor + `</mms-info></oledbma-configuration></private-configuration>` + partitions + `</ma-data></saved-ma-configuration>`)},
		}, "scenario.yaml")
		if got := ""; err != nil {
			if got = err.Error(); test.want == "" || !strings.Contains(got, test.want) {
				t.Errorf("%s: %v", test.anchor, err)
			}
		} else if test.want != "" {
			t.Errorf("%s: no error", test.anchor)
		}
	}
}
