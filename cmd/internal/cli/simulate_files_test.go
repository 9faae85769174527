package cli

import (
	"io/fs"
	"os"
	"testing"
)

// TestPlainFiles opens a file, a folder and a device below a folder: the last
// is refused before it is read.
func TestPlainFiles(t *testing.T) {
	files := plainFiles{os.DirFS("/")}
	if _, err := fs.Stat(files, "dev/null"); err != nil {
		t.Skip("there is no device here")
	}
	if _, err := files.Open("dev/null"); err == nil {
		t.Error("a device was opened")
	}
	here := plainFiles{os.DirFS(".")}
	for _, name := range []string{".", "simulate.go"} {
		f, err := here.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
}
