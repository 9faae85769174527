package cli

import (
	"os"
	"path/filepath"
	"testing"
)

// TestIsStream: what is not to be replaced by a file. To try it on these would
// do harm if it failed.
func TestIsStream(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "a.xml")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{
		os.DevNull: true, "/dev/stdout": true, "/dev/./stderr": true, "/dev/fd/3": true, "/proc/self/fd/1": true,
		file: false, folder: false, filepath.Join(folder, "none"): false, "dev/stdout": false, "stdout": false,
	} {
		if isStream(path) != want {
			t.Errorf("%s", path)
		}
	}
}
