package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/runhist/runhist/validate/suppress"
)

// openBaseline reads a baseline. One that is missing is an error: it would
// have to accept either nothing or everything, and neither was asked for.
func openBaseline(path string) (*suppress.Baseline, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usage("there is no baseline %s: runhist baseline write makes one", filepath.ToSlash(path))
	}
	if err != nil {
		return nil, usage("the baseline: %w", err)
	}
	defer file.Close()
	b, err := suppress.ReadBaseline(file)
	if err != nil {
		return nil, usage("%s: %w", filepath.ToSlash(path), err)
	}
	return b, nil
}

// readBaseline makes the faults of a baseline not count.
func (a *acceptance) readBaseline(path string) error {
	b, err := openBaseline(path)
	if err != nil {
		return err
	}
	return a.compare(b, path)
}

// compare begins the comparison with a baseline; documents are named as seen
// from the folder of its file.
func (a *acceptance) compare(b *suppress.Baseline, path string) error {
	var err error
	if a.baseline, err = newLocator(filepath.Dir(path)); err != nil {
		return usage("%w", err)
	}
	a.count = b.Compare()
	return nil
}
