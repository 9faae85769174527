package cli

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestPipeStays writes to a named pipe: who reads gets it, and the pipe is
// still one. A device such as /dev/null is treated alike, and must not be
// replaced by a file; no test tries that one, for it would do harm if it failed.
func TestPipeStays(t *testing.T) {
	for _, end := range []string{"commit", "discard"} {
		path := filepath.Join(t.TempDir(), "pipe")
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Skip(err)
		}
		read := make(chan string)
		go func() {
			data, _ := os.ReadFile(path)
			read <- string(data)
		}()
		out, err := create(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write([]byte("report")); err != nil {
			t.Fatal(err)
		}
		want := "report"
		if end == "commit" {
			err = out.commit()
		} else {
			want = ""
			out.discard()
		}
		if got := <-read; err != nil || got != want {
			t.Errorf("%s: %q %v", end, got, err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
			t.Errorf("%s: the pipe is none any more: %v", end, err)
		}
	}
}
