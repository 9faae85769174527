package cli

import (
	"io"
	"os"
	"strings"
	"sync"

	"github.com/runhist/runhist/schemas/forms"
)

// isArchive tells whether a file is a zip archive, by its first bytes. Files
// with the name of a document are not opened for that: there may be thousands.
func isArchive(path string) bool {
	if forms.IsHistory(path) && !strings.HasSuffix(strings.ToLower(path), ".zip") {
		return false
	}
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return false // a pipe can be read only once; and opening it will say what is wrong
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 4)
	n, _ := io.ReadFull(f, head)
	return forms.IsArchive(head[:n])
}

// listArchive lists the members of an archive in a file. The file is open only
// while one of them is: a folder may have more archives than a program may have
// open files.
func listArchive(name, path string, held *forms.Held) *forms.Archive {
	shared := &sharedFile{path: path}
	size, err := shared.acquire()
	if err != nil {
		failed := forms.Member{Name: name, Open: func() (io.ReadCloser, error) { return nil, err }}
		return &forms.Archive{Members: []forms.Member{failed}}
	}
	defer shared.release()
	a := forms.OpenArchive(name, shared, size, held)
	for i := range a.Members {
		open := a.Members[i].Open
		a.Members[i].Open = func() (io.ReadCloser, error) {
			if _, err := shared.acquire(); err != nil {
				return nil, err
			}
			in, err := open()
			if err != nil {
				shared.release()
				return nil, err
			}
			return &sharing{in, shared}, nil
		}
	}
	return a
}

// sharedFile is a file that several read at once. It is open while somebody
// does.
type sharedFile struct {
	path  string
	mu    sync.Mutex
	file  *os.File
	users int
}

// acquire opens the file for one more user; the result is its size.
func (s *sharedFile) acquire() (size int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users == 0 {
		if s.file, err = os.Open(s.path); err != nil {
			return 0, err
		}
	}
	info, err := s.file.Stat()
	if err != nil {
		if s.users == 0 {
			_ = s.file.Close()
		}
		return 0, err
	}
	s.users++
	return info.Size(), nil
}

func (s *sharedFile) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users--; s.users == 0 {
		_ = s.file.Close() // it was only read
	}
}

// ReadAt reads the file; one of its users must be there.
func (s *sharedFile) ReadAt(p []byte, at int64) (int, error) { return s.file.ReadAt(p, at) }

// sharing is a member that lets go of the file when it is closed.
type sharing struct {
	io.ReadCloser
	file *sharedFile
}

func (s *sharing) Close() error {
	err := s.ReadCloser.Close()
	s.file.release()
	return err
}
