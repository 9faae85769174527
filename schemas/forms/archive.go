package forms

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/charmap"

	"github.com/runhist/runhist/schemas/source"
)

// Member is an input in an archive.
type Member struct {
	Name string // that of the archive, !/, and the one in it, with forward slashes
	Open func() (io.ReadCloser, error)
}

// Archive is what a zip archive holds. Its members are read from the archive
// when they are opened, several at once if need be.
type Archive struct {
	Members []Member // histories by their names, sorted, and archives in their place
	Others  int      // members of other names, which are left out
}

// Held bounds the memory for archives that must be in memory as a whole, of all
// calls that share it: those inside of archives and on standard input.
type Held struct{ Left int64 }

// NewHeld returns the bound for one call of the program.
func NewHeld() *Held { return &Held{Left: 256 << 20} }

const (
	// maxNested is how deep archives may stand in archives.
	maxNested = 3
	// A member that expands more than maxRatio times is a bomb, once it has
	// become larger than maxExpanded.
	maxRatio    = 500
	maxExpanded = 64 << 20
	// memberCost is what a member of a held archive takes beside its bytes.
	memberCost = 1 << 10
	// maxDictionary bounds the memory that a zstd member may ask for.
	maxDictionary = 32 << 20
)

// IsArchive tells by its first four bytes whether an input is a zip archive.
func IsArchive(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

// IsHistory tells by a name whether a file of a folder or of an archive may hold
// histories.
func IsHistory(name string) bool {
	name = strings.ToLower(name)
	if strings.HasPrefix(path.Base(name), "._") { // what macOS writes beside a file
		return false
	}
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".zst")
	return strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".clixml") || strings.HasSuffix(name, ".zip")
}

// OpenArchive lists the members of an archive. An archive or a member that
// cannot be read is a member too: whoever reads it gets an error that a
// source.Reader reports as a fault.
func OpenArchive(name string, in io.ReaderAt, size int64, held *Held) *Archive {
	a := &Archive{}
	a.open(name, in, size, held, 0)
	return a
}

// ReadArchive lists the members of an archive that is read to its end first.
func ReadArchive(name string, in io.Reader, held *Held) *Archive {
	a := &Archive{}
	a.read(name, in, held, 0)
	return a
}

// open adds the members of an archive that stands depth deep.
func (a *Archive) open(name string, in io.ReaderAt, size int64, held *Held, depth int) {
	z, err := zip.NewReader(medium{in}, size)
	if err != nil {
		a.fail(name, damaged("the zip archive", err))
		return
	}
	z.RegisterDecompressor(zip.Deflate, flate.NewReader)
	z.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor(zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxDictionary), zstd.WithDecoderLowmem(true)))
	packed := uint64(0)
	for _, f := range z.File {
		if packed += f.CompressedSize64; packed > uint64(size) || f.CompressedSize64 > uint64(size) {
			a.refuse(name, source.SRCCompression, "the members of the zip archive overlap: refused as a decompression bomb")
			return
		}
	}
	if depth > 0 {
		if held.Left -= int64(len(z.File)) * memberCost; held.Left < 0 {
			a.refuseHeld(name)
			return
		}
	}
	for _, m := range sorted(z.File) {
		switch full := name + "!/" + m.name; {
		case !IsHistory(m.name) || !m.file.Mode().IsRegular():
			a.Others++
		case strings.HasSuffix(strings.ToLower(m.name), ".zip"):
			a.nested(full, m.file, held, depth+1)
		default:
			a.Members = append(a.Members, Member{full, func() (io.ReadCloser, error) { return openMember(m.file), nil }})
		}
	}
}

// nested adds the members of an archive in an archive.
func (a *Archive) nested(name string, f *zip.File, held *Held, depth int) {
	if depth >= maxNested {
		a.refuse(name, source.SRCCompression, fmt.Sprintf("archives stand more than %d deep in each other", maxNested))
		return
	}
	in := openMember(f)
	defer in.Close()
	a.read(name, in, held, depth)
}

// read adds the members of an archive that must be in memory.
func (a *Archive) read(name string, in io.Reader, held *Held, depth int) {
	data, err := io.ReadAll(io.LimitReader(in, held.Left+1))
	switch {
	case err != nil:
		a.fail(name, err)
	case int64(len(data)) > held.Left:
		a.refuseHeld(name)
	default:
		held.Left -= int64(len(data))
		a.open(name, bytes.NewReader(data), int64(len(data)), held, max(depth, 1))
	}
}

func (a *Archive) refuseHeld(name string) {
	a.refuse(name, source.SRCLimitBytes, "archives on standard input and in archives are held in memory, and this one is too much: unpack it, or name it as a file")
}

// refuse adds a member that is not read.
func (a *Archive) refuse(name, id, message string) { a.fail(name, source.Refuse(id, message)) }

// fail adds a member that cannot be read.
func (a *Archive) fail(name string, err error) {
	a.Members = append(a.Members, Member{name, func() (io.ReadCloser, error) { return failing(err), nil }})
}

// named is a member by the name that it is told by.
type named struct {
	name string
	file *zip.File
}

// sorted are the members by name, folders left out. Of several with one name
// all but the first get a number.
func sorted(files []*zip.File) []named {
	var all []named
	for _, f := range files {
		name := strings.ReplaceAll(f.Name, `\`, "/") // as old programs write it
		if f.NonUTF8 || !utf8.ValidString(name) {
			if name, _ = charmap.CodePage437.NewDecoder().String(f.Name); name == "" {
				name = "?"
			}
		}
		if !strings.HasSuffix(name, "/") {
			all = append(all, named{name, f})
		}
	}
	slices.SortStableFunc(all, func(a, b named) int { return cmp.Compare(a.name, b.name) })
	same := 1
	for i := 1; i < len(all); i++ {
		if all[i].file.Name != all[i-1].file.Name {
			same = 1
			continue
		}
		same++
		ext := path.Ext(all[i].name)
		all[i].name = fmt.Sprintf("%s#%d%s", strings.TrimSuffix(all[i].name, ext), same, ext)
	}
	return all
}
