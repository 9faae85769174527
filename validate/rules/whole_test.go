package rules_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/antchfx/xmlquery"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// TestOracleWhole evaluates the XPaths of all rows on the whole documents of
// the corpus: none selects anything in one that the rules hold for clean. The
// packed ones are left out: some XPaths take the square of the errors.
func TestOracleWhole(t *testing.T) {
	all := oracles(t)
	files, err := filepath.Glob("../../samples/[bh][ai]*/*.xml") // base, histories
	if err != nil || len(files) < 21 {
		t.Fatalf("%d documents, %v", len(files), err)
	}
	// Divergences that are known, as in the table of the fixtures.
	reasons := map[string]string{
		"22-partners-several-incidents.xml C124": "the XPath looks for the partition in a dn that is none",
	}
	for _, file := range files {
		document, err := xmlquery.Parse(strings.NewReader(plain(t, file)))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for i := range all {
			key := filepath.Base(file) + " " + all[i].row.ID
			switch selects := all[i].selects(document); {
			case selects && reasons[key] != "":
				delete(reasons, key)
			case selects:
				t.Errorf("%s: the XPath of %s selects something, and the tool has no finding", file, all[i].row.ID)
			}
		}
	}
	for key := range reasons {
		t.Errorf("%s: the divergence has gone; take it out of the table", key)
	}
}

// plain returns the text of a document in UTF-8 without a
// declaration: the oracle reads nothing else.
func plain(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if data, _, err = transform.Bytes(unicode.BOMOverride(unicode.UTF8.NewDecoder()), data); err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(data), "?>")
	return text
}
