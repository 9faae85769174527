package analyze_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

// archived hands the files of each archive of a folder of testdata to carry,
// and holds what it returns against the file "want" of the archive, which
// -update writes.
func archived(t *testing.T, folder string, carry func(*testing.T, fstest.MapFS) []byte) {
	archives, err := filepath.Glob(filepath.Join("testdata", folder, "*.txtar"))
	if err != nil || len(archives) == 0 {
		t.Fatalf("%d archives, %v", len(archives), err)
	}
	for _, file := range archives {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			files := fstest.MapFS{}
			var want *txtar.File
			for i := range archive.Files {
				f := &archive.Files[i]
				files[f.Name] = &fstest.MapFile{Data: f.Data}
				if f.Name == "want" {
					want = f
				}
			}
			if want == nil {
				t.Fatal("the archive has no file want")
			}
			got := carry(t, files)
			if *update {
				want.Data = got
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(got, want.Data) {
				t.Errorf("got\n%s\nwant\n%s", got, want.Data)
			}
		})
	}
}
