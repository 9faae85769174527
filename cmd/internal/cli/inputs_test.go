package cli

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestGlob holds what patterns mean, on Windows and elsewhere.
func TestGlob(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"a.xml", "B.XML", "{g}.xml", "sub/deep/c.xml", "sub/d.xml", ".hidden.xml", "x.txt"} {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		pattern string
		anyCase bool
		want    []string
	}{
		{"*.xml", false, []string{".hidden.xml", "a.xml", "{g}.xml"}},
		{"*.xml", true, []string{".hidden.xml", "B.XML", "a.xml", "{g}.xml"}},
		{"S?B/*.XML", true, []string{"sub/d.xml"}},
		{"**/*.xml", false, []string{".hidden.xml", "a.xml", "sub/d.xml", "sub/deep/c.xml", "{g}.xml"}},
		{"{g}.*", false, []string{"{g}.xml"}},
		{"[ab].xml", false, []string{"a.xml"}},
		{"s?b", false, []string{"sub"}},
		{"*.gz", false, nil},
	} {
		found, err := glob(filepath.Join(folder, filepath.FromSlash(c.pattern)), c.anyCase)
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
		}
		var got []string
		for _, path := range found {
			rel, err := filepath.Rel(folder, path)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, filepath.ToSlash(rel))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.pattern, got, c.want)
		}
	}
	if _, err := glob("a[", false); err == nil {
		t.Error("a class that does not end is no error")
	}
}
