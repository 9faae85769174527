package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/runhist/runhist/schemas/convert"
)

// runTarget takes the runs of a conversion: a folder, where each gets a file,
// or one document.
type runTarget interface {
	convert.Target
	// begin is told which document comes next.
	begin(file string)
	// finish completes what was written.
	finish() error
	// discard drops what is not complete.
	discard()
	// refused are the files that were not written, as sentences.
	refused() []string
	folder() bool
	written() int
}

func newRunTarget(ctx context.Context, s Streams, f *convertFlags, form convert.Form, in *inputs) (runTarget, error) {
	stdout := f.output == "" || f.output == "-"
	to := &output{Writer: s.Out}
	if !stdout && isStream(f.output) {
		var err error
		if to, err = create(f.output, nil); err != nil {
			return nil, unfinished("%w", err)
		}
		stdout = true
	}
	if form == convert.Single && !stdout && isFolder(f.output) {
		if err := os.MkdirAll(f.output, 0o755); err != nil {
			return nil, unfinished("%w", err)
		}
		pending := map[string]bool{}
		for _, input := range in.list {
			pending[absolute(input.File)] = true
		}
		return &runFolder{path: f.output, force: f.force, names: map[string]int{}, pending: pending}, nil
	}
	if !stdout {
		if info, err := os.Stat(f.output); err == nil && info.IsDir() {
			return nil, usage("--output %s is a folder, and the merged document is a file", f.output)
		}
		if err := free(f.output, f.force); err != nil {
			return nil, unfinished("%w", err)
		}
	}
	d := &runDocument{ctx: ctx, form: form, stream: to}
	var err error
	if stdout {
		d.file, err = os.CreateTemp("", "runhist-*.xml")
		d.out = &output{Writer: d.file, file: d.file}
	} else if d.out, err = create(f.output, nil); err == nil {
		d.file = d.out.file
	}
	if err != nil {
		return nil, unfinished("%w", err)
	}
	_, err = io.WriteString(d.out, form.Begin())
	return d, err
}

// absolute is a path that two spellings of it share.
func absolute(file string) string {
	path, err := filepath.Abs(filepath.FromSlash(file))
	if err != nil {
		return file
	}
	return path
}

// free tells whether a file may be written.
func free(path string, force bool) error {
	if _, err := os.Lstat(path); force || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return fmt.Errorf("%s exists already (--force replaces it)", path)
}

// runFolder writes each run into a file of its own.
type runFolder struct {
	path    string
	force   bool
	names   map[string]int  // names that are taken, in small letters, and how often they were asked for
	pending map[string]bool // documents that have not been read
	out     *output
	files   int
	not     []string
	more    int
}

func (r *runFolder) begin(file string) { delete(r.pending, absolute(file)) }

// Begin opens a file that has no name yet: it is made of what the run says.
func (r *runFolder) Begin() (io.Writer, error) {
	out, err := beside(filepath.Join(r.path, "run.xml"))
	r.out = out
	return out, err
}

// Complete gives the file its name.
func (r *runFolder) Complete(id convert.Identity) error {
	name := r.unique(id.FileName()) + ".xml"
	r.out.path = filepath.Join(r.path, name)
	err := free(r.out.path, r.force)
	if err == nil && r.pending[absolute(r.out.path)] {
		err = fmt.Errorf("%s is an input that has not been read: it is not replaced", r.out.path)
	}
	if err != nil {
		r.discard()
		if len(r.not) < maxRefused {
			r.not = append(r.not, err.Error())
		} else {
			r.more++
		}
		return nil
	}
	if err := r.out.commit(); err != nil {
		return err
	}
	r.files++
	return nil
}

// maxRefused is how many files that were not written are named.
const maxRefused = 10

// unique returns the name, or the name with a number that no run of the call
// has had, whatever the case of letters.
func (r *runFolder) unique(name string) string {
	folded := strings.ToLower(name)
	r.names[folded]++
	for r.names[folded] > 1 {
		numbered := fmt.Sprintf("%s_%d", name, r.names[folded])
		if key := strings.ToLower(numbered); r.names[key] == 0 {
			r.names[key] = 1
			return numbered
		}
		r.names[folded]++
	}
	return name
}

func (r *runFolder) Abandon() error { r.discard(); return nil }
func (r *runFolder) finish() error  { return nil }
func (r *runFolder) folder() bool   { return true }
func (r *runFolder) written() int   { return r.files }

func (r *runFolder) discard() {
	if r.out != nil {
		r.out.discard()
	}
}

func (r *runFolder) refused() []string {
	if r.more > 0 {
		return append(r.not, fmt.Sprintf("%d more files were not written", r.more))
	}
	return r.not
}

// runDocument writes one document. It is complete only at the end, so it grows
// in a file of its own also when it goes to standard output.
type runDocument struct {
	ctx    context.Context
	form   convert.Form
	stream *output // standard output, or what is written to like it
	out    *output
	file   *os.File
	runs   int
	start  int64 // of the run under way
}

func (d *runDocument) begin(string) {}

func (d *runDocument) Begin() (io.Writer, error) {
	if d.form == convert.Single && d.runs > 0 {
		return nil, usage("there is more than one run: give a folder with --output, or merge them with --merge")
	}
	if err := d.flush(); err != nil {
		return nil, err
	}
	var err error
	d.start, err = d.file.Seek(0, io.SeekCurrent)
	return interruptible{d.ctx, d.out}, err
}

func (d *runDocument) flush() error {
	if d.out.buf == nil {
		return nil
	}
	return d.out.buf.Flush()
}

func (d *runDocument) Complete(convert.Identity) error {
	d.runs++
	return nil
}

// Abandon takes back what was written of the run.
func (d *runDocument) Abandon() error {
	if err := d.flush(); err != nil {
		return err
	}
	if err := d.file.Truncate(d.start); err != nil {
		return err
	}
	_, err := d.file.Seek(d.start, io.SeekStart)
	return err
}

func (d *runDocument) finish() error {
	if _, err := io.WriteString(d.out, d.form.End()); err != nil {
		return unfinished("write: %w", err)
	}
	if d.out.path != "" {
		if err := d.out.commit(); err != nil {
			return unfinished("%w", err)
		}
		return nil
	}
	defer d.discard()
	_, err := d.file.Seek(0, io.SeekStart)
	if err == nil {
		_, err = io.Copy(interruptible{d.ctx, d.stream}, d.file)
	}
	if err != nil {
		return unfinished("write: %w", err)
	}
	if err := d.stream.commit(); err != nil {
		return unfinished("%w", err)
	}
	return nil
}

func (d *runDocument) discard() {
	d.stream.discard()
	if d.out != nil {
		d.out.discard()
	}
}

func (d *runDocument) refused() []string { return nil }
func (d *runDocument) folder() bool      { return false }
func (d *runDocument) written() int      { return d.runs }
