package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

var packed = time.Date(2026, 3, 1, 6, 0, 0, 0, time.UTC)

// folder makes what is packed; its files have times of their own.
func folder(t *testing.T, age time.Duration) string {
	t.Helper()
	top := filepath.Join(t.TempDir(), "runhist_1.0.0")
	for name, mode := range map[string]os.FileMode{"runhist": 0o700, "README.md": 0o600, "man/runhist.1": 0o664} {
		path := filepath.Join(top, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("this is "+name), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, packed.Add(-age), packed.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	return top
}

// TestSame: two folders with the same files, made at other times, give the same
// archives, with the entries in order and their time.
func TestSame(t *testing.T) {
	for _, extension := range []string{".tar.gz", ".zip"} {
		var archives [2][]byte
		for i := range archives {
			path := filepath.Join(t.TempDir(), "a"+extension)
			if err := pack(path, folder(t, time.Duration(i)*time.Hour), packed); err != nil {
				t.Fatal(err)
			}
			var err error
			if archives[i], err = os.ReadFile(path); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(archives[0], archives[1]) {
			t.Errorf("%s: the archives differ", extension)
		}
		want := []string{
			"runhist_1.0.0/README.md -rw-r--r-- this is README.md",
			"runhist_1.0.0/man/runhist.1 -rw-r--r-- this is man/runhist.1",
			"runhist_1.0.0/runhist -rwxr-xr-x this is runhist",
		}
		if got := entries(t, archives[0], extension); !slices.Equal(got, want) {
			t.Errorf("%s: %q", extension, got)
		}
	}
}

// entries are the files of an archive.
func entries(t *testing.T, archive []byte, extension string) (list []string) {
	t.Helper()
	add := func(name string, info os.FileInfo, in io.Reader) {
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if !info.ModTime().Equal(packed) {
			t.Errorf("%s is of %s", name, info.ModTime())
		}
		list = append(list, fmt.Sprintf("%s %s %s", name, info.Mode(), text))
	}
	if extension == ".zip" {
		r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.File {
			in, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			add(f.Name, f.FileInfo(), in)
		}
		return list
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(unzipped); ; {
		h, err := r.Next()
		if err == io.EOF {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		add(h.Name, h.FileInfo(), r)
	}
}

// TestNothing: what cannot be packed leaves no archive behind.
func TestNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.zip")
	if err := pack(path, filepath.Join(t.TempDir(), "none"), packed); err == nil {
		t.Error("no error")
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Error(err)
	}
}
