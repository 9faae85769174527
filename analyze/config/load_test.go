package config_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/runhist/runhist/analyze/config"
)

const folder = "../../samples/configurations/"

// parse reads the files of a configuration, changed by edit.
func parse(t testing.TB, pattern string, edit func(text string) string) []*config.Document {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %v", pattern, len(files), err)
	}
	var documents []*config.Document
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := config.Parse(filepath.Base(path), strings.NewReader(edit(string(text))))
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, doc)
	}
	return documents
}

func same(text string) string { return text }

// load reads a sample, or else the archive of that name in testdata.
func load(t testing.TB, name string) *config.Configuration {
	t.Helper()
	var documents []*config.Document
	if archive, err := txtar.ParseFile("testdata/" + name + ".txtar"); err == nil {
		for _, f := range archive.Files {
			doc, err := config.Parse(f.Name, bytes.NewReader(f.Data))
			if err != nil {
				t.Fatal(err)
			}
			documents = append(documents, doc)
		}
	} else {
		documents = parse(t, folder+name+"/*.XML", same)
	}
	c, err := config.Load(documents...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestLarge: a file of any size that is read takes memory and time in
// proportion.
func TestLarge(t *testing.T) {
	for name, text := range map[string]string{
		"text between elements": "<mv-data>" + strings.Repeat("x<a/>", 300_000) + "</mv-data>",
		"unknown elements":      "<mv-data><mv-deletion>" + strings.Repeat("<a b='c'/>", 300_000) + "</mv-deletion></mv-data>",
		"rules":                 "<mv-data><mv-deletion>" + strings.Repeat(`<mv-deletion-rule mv-object-type="x" type="declared-last"/>`, 100_000) + "</mv-deletion></mv-data>",
		"deep":                  "<mv-data>" + strings.Repeat("<a>", 300_000),
	} {
		doc, err := config.Parse("x.xml", strings.NewReader(text))
		if err == nil {
			_, err = config.Load(doc)
		}
		var invalid *config.Invalid
		if err != nil && (!errors.As(err, &invalid) || len(invalid.Problems) > 100) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFormsOfFiles: line ends, encodings and the order of files change nothing.
func TestFormsOfFiles(t *testing.T) {
	want, _ := load(t, "adatum").Setup()
	for name, edit := range map[string]func(string) string{
		"CR LF":       func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") },
		"declaration": func(text string) string { return "\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + text },
		"UTF-16": func(text string) string {
			b := []byte{0xff, 0xfe}
			for _, u := range utf16.Encode([]rune(text)) {
				b = append(b, byte(u), byte(u>>8))
			}
			return string(b)
		},
	} {
		documents := parse(t, folder+"adatum/*.XML", edit)
		documents[0], documents[3] = documents[3], documents[0]
		c, err := config.Load(documents...)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got, _ := c.Setup(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: another setup", name)
		}
	}
}

// TestSets: what several files must be to each other.
func TestSets(t *testing.T) {
	all := parse(t, folder+"adatum/*.XML", same)
	byName := map[string]*config.Document{}
	for _, d := range all {
		byName[d.Name] = d
	}
	problems := func(documents ...*config.Document) string {
		_, err := config.Load(documents...)
		return fmt.Sprint(err)
	}
	if _, err := config.Load(byName["MA-HR.XML"]); err != nil {
		t.Errorf("an agent alone: %v", err)
	}
	if got := problems(byName["MV.XML"], byName["MA-HR.XML"], byName["MA-AD.XML"]); strings.Count(got, "src-ma names the management agent") != 1 {
		t.Errorf("a dangling src-ma: %s", got)
	}
	if got := problems(append(all, byName["MA-HR.XML"])...); !strings.Contains(got, "a second management agent") {
		t.Errorf("twice: %s", got)
	}
	if got := problems(append(all, byName["MV.XML"])...); !strings.Contains(got, "a second metaverse") {
		t.Errorf("two metaverses: %s", got)
	}
	if c, err := config.Load(); err != nil || c.Metaverse != nil {
		t.Errorf("nothing: %v", err)
	}
	other, err := config.Parse("x.xml", strings.NewReader("<run-history/>"))
	if err != nil {
		t.Fatal(err)
	}
	if got := problems(other); !strings.Contains(got, "is no configuration") {
		t.Error(got)
	}
}
