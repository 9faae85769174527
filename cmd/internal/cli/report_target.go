package cli

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/report/tables/formats"
)

// reportTarget is where a report goes: a file, a folder or an archive. Nothing
// is replaced before commit.
type reportTarget interface {
	tables.Writer
	name() string
	commit() error
	discard()
}

// target opens what --output and --format ask for.
func (f *reportFlags) target(s Streams, list []*tables.Table, o tables.Options) (reportTarget, error) {
	extension := filepath.Ext(f.output)
	format, known := formats.Of(extension)
	if f.format != "" {
		var err error
		if format, err = formats.Find(f.format); err != nil {
			return nil, usage("--format: %w", err)
		}
		known = true
	}
	spools := &spools{}
	o.Spool, o.Folder = spools.open, spools.folder
	archive := strings.EqualFold(extension, ".zip")
	folder := meansFolder(f.output)
	switch {
	case f.output == "" && f.format == "":
		return nil, usage("report needs a file (-o FILE) or, for standard output, a format: %s", strings.Join(tableFormats(), ", "))
	case !known && (archive || folder):
		return nil, usage("-o %s: which format? --format is one of %s", f.output, strings.Join(tableFormats(), ", "))
	case !known:
		return nil, usage("-o %s: no format has the extension %q; --format is one of %s", f.output, extension, strings.Join(tableFormats(), ", "))
	case o.Mail && format.Name != "html":
		return nil, usage("--mail is a page of html, not %s", format.Name)
	case archive:
		return newArchive(f.output, format, o, spools)
	case folder:
		return newFolder(f.output, format, o, spools)
	case format.One && len(list) > 1:
		return nil, usage("%s holds one table a file: choose it by --table NAME, or write a folder (-o report/) or an archive (-o report.zip)", format.Name)
	}
	out, err := create(f.output, s.Out)
	if err != nil {
		return nil, unfinished("%w", err)
	}
	return &fileTarget{Writer: format.New(out, o), out: out, spools: spools}, nil
}

// meansFolder tells whether a path means a folder: it ends like one, or is one.
func meansFolder(path string) bool {
	if path == "" || path == "-" {
		return false
	}
	info, err := os.Stat(path)
	return strings.HasSuffix(filepath.ToSlash(path), "/") || err == nil && info.IsDir()
}

// fileTarget is one file, or standard output.
type fileTarget struct {
	tables.Writer
	out    *output
	spools *spools
}

func (t *fileTarget) name() string {
	if t.out.path == "" {
		return "standard output"
	}
	return t.out.path
}

func (t *fileTarget) commit() error { return t.out.commit() }

func (t *fileTarget) discard() {
	t.out.discard()
	t.spools.discard()
}

// parts are the tables of a report that has a file for each.
type parts struct {
	path    string
	format  tables.Format
	options tables.Options
	spools  *spools
	writers []tables.Writer
}

func (p *parts) name() string { return p.path }

// fileName is the name of the file of a table.
func (p *parts) fileName(t *tables.Table) string { return t.Name + p.format.Extensions[0] }

// table begins a table in a file of its own.
func (p *parts) table(t *tables.Table, out io.Writer) (tables.Rows, error) {
	w := p.format.New(out, p.options)
	p.writers = append(p.writers, w)
	return w.Table(t)
}

func (p *parts) close() error {
	for _, w := range p.writers {
		if err := w.Close(); err != nil {
			return err
		}
	}
	return nil
}

// folderTarget is a folder with a file for each table.
type folderTarget struct {
	parts
	made    bool // the folder was not there before
	outputs []*output
}

func newFolder(path string, format tables.Format, o tables.Options, s *spools) (reportTarget, error) {
	path = filepath.Clean(path)
	_, err := os.Stat(path)
	made := os.IsNotExist(err)
	if err := os.MkdirAll(path, 0o755); err != nil {
		return nil, unfinished("write %s: %w", path, err)
	}
	return &folderTarget{parts: parts{path: path, format: format, options: o, spools: s}, made: made}, nil
}

// Table begins a file.
func (t *folderTarget) Table(table *tables.Table) (tables.Rows, error) {
	out, err := create(filepath.Join(t.path, t.fileName(table)), nil)
	if err != nil {
		return nil, err
	}
	t.outputs = append(t.outputs, out)
	return t.table(table, out)
}

// Close completes the files.
func (t *folderTarget) Close() error { return t.close() }

func (t *folderTarget) commit() error {
	for _, o := range t.outputs {
		if err := o.commit(); err != nil {
			return err
		}
	}
	t.made = false
	return nil
}

func (t *folderTarget) discard() {
	for _, o := range t.outputs {
		o.discard()
	}
	t.spools.discard()
	if t.made {
		_ = os.Remove(t.path) // unless something is in it
	}
}

// archiveTarget is a zip archive with a file for each table.
type archiveTarget struct {
	parts
	out   *output
	names []string
	held  []tables.Spool
	bufs  []*bufio.Writer
}

func newArchive(path string, format tables.Format, o tables.Options, s *spools) (reportTarget, error) {
	out, err := create(path, nil)
	if err != nil {
		return nil, unfinished("%w", err)
	}
	return &archiveTarget{parts: parts{path: path, format: format, options: o, spools: s}, out: out}, nil
}

// Table begins a file, which waits outside: an archive takes one after the
// other.
func (t *archiveTarget) Table(table *tables.Table) (tables.Rows, error) {
	spool, err := t.spools.open()
	if err != nil {
		return nil, err
	}
	buf := bufio.NewWriterSize(spool, 64<<10)
	t.names, t.held, t.bufs = append(t.names, t.fileName(table)), append(t.held, spool), append(t.bufs, buf)
	return t.table(table, buf)
}

// Close completes the files and puts them into the archive.
func (t *archiveTarget) Close() error {
	if err := t.close(); err != nil {
		return err
	}
	archive := zip.NewWriter(t.out)
	for i, name := range t.names {
		if err := t.bufs[i].Flush(); err != nil {
			return err
		}
		from, err := t.held[i].Reader()
		if err != nil {
			return err
		}
		// Without a time of its own: the same input gives the same bytes.
		to, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := io.Copy(to, from); err != nil {
			return err
		}
		if err := t.held[i].Close(); err != nil {
			return err
		}
	}
	return archive.Close()
}

func (t *archiveTarget) commit() error { return t.out.commit() }

func (t *archiveTarget) discard() {
	t.out.discard()
	t.spools.discard()
}

// spools are the temporary files of a report.
type spools struct {
	files   []*spool
	folders []string
}

func (s *spools) open() (tables.Spool, error) {
	file, err := os.CreateTemp("", "runhist-*")
	if err != nil {
		return nil, fmt.Errorf("make a temporary file: %w", err)
	}
	one := &spool{File: file}
	s.files = append(s.files, one)
	return one, nil
}

// folder makes a temporary folder.
func (s *spools) folder() (string, error) {
	folder, err := os.MkdirTemp("", "runhist-*")
	if err != nil {
		return "", fmt.Errorf("make a temporary folder: %w", err)
	}
	s.folders = append(s.folders, folder)
	return folder, nil
}

// discard removes those that are still there.
func (s *spools) discard() {
	for _, f := range s.files {
		_ = f.Close()
	}
	for _, folder := range s.folders {
		_ = os.RemoveAll(folder)
	}
}

// spool is a temporary file.
type spool struct {
	*os.File
	closed bool
}

// Reader returns what was written.
func (s *spool) Reader() (io.Reader, error) {
	_, err := s.Seek(0, io.SeekStart)
	return s.File, err
}

// Close removes the file.
func (s *spool) Close() error {
	if s.closed {
		return nil
	}
	s.closed = true
	err := s.File.Close()
	if removeErr := os.Remove(s.Name()); err == nil {
		err = removeErr
	}
	return err
}
