package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"math"
	"slices"
	"strings"

	"github.com/klauspost/compress/flate"
)

// packer puts the parts of a workbook into an archive: in one order, where the
// library takes that of a map, and directly into the output, where the library
// makes the whole archive in memory first. It is an excelize.ZipWriter.
type packer struct {
	parts []*packed
	level int
}

// packed is a part of the workbook.
type packed struct {
	name   string
	packer *packer
	// A part is either compressed here, or read when the archive is written.
	data    bytes.Buffer
	deflate *flate.Writer
	sum     hash.Hash32
	size    uint64
	source  *io.SectionReader
}

// Create begins a part.
func (p *packer) Create(name string) (io.Writer, error) {
	part := &packed{name: name, packer: p, sum: crc32.NewIEEE()}
	p.parts = append(p.parts, part)
	return part, nil
}

// AddFS is not used by the library.
func (p *packer) AddFS(fs.FS) error {
	return errors.New("a workbook is made of parts, not of a file system")
}

// Close does nothing: the archive is written by write.
func (p *packer) Close() error { return nil }

// Write compresses a piece of a part that is in memory.
func (p *packed) Write(piece []byte) (int, error) {
	if p.deflate == nil {
		var err error
		if p.deflate, err = flate.NewWriter(&p.data, p.packer.level); err != nil {
			return 0, err
		}
	}
	p.sum.Write(piece)
	p.size += uint64(len(piece))
	return p.deflate.Write(piece)
}

// ReadFrom takes a part that is in a temporary file, which stays until the
// library is closed: it is read when its turn in the archive has come.
func (p *packed) ReadFrom(from io.Reader) (int64, error) {
	if file, ok := from.(*io.SectionReader); ok && p.size == 0 {
		p.source = file
		return file.Size(), nil
	}
	return io.Copy(struct{ io.Writer }{p}, from)
}

// write writes the archive.
func (p *packer) write(out io.Writer) error {
	slices.SortFunc(p.parts, func(a, b *packed) int {
		if byRank := rank(a.name) - rank(b.name); byRank != 0 {
			return byRank
		}
		return strings.Compare(a.name, b.name)
	})
	archive := zip.NewWriter(out)
	for _, part := range p.parts {
		if err := part.write(archive); err != nil {
			return fmt.Errorf("pack %s: %w", part.name, err)
		}
	}
	return archive.Close()
}

// rank has the parts first by which programs tell what the file is.
func rank(name string) int {
	for i, first := range [...]string{"[Content_Types].xml", "_rels/", "docProps/", "xl/workbook.xml", "xl/_rels/"} {
		if strings.HasPrefix(name, first) {
			return i
		}
	}
	return math.MaxInt8
}

// Versions of the ZIP format that a reader has to know: 4.5 for parts of 4 GiB
// and more, which Excel wants to see at the part itself.
const (
	zip20        = 20
	zip45        = 45
	dataBehind   = 1 << 3   // sizes stand behind the data
	the1stOfJan  = 1<<5 | 1 // of 1980: there is no earlier day
	from4GiBytes = math.MaxUint32
)

func (p *packed) write(archive *zip.Writer) error {
	header := &zip.FileHeader{Name: p.name, Method: zip.Deflate, ReaderVersion: zip20, CreatorVersion: zip20}
	header.ModifiedDate = the1stOfJan //lint:ignore SA1019 CreateRaw writes this one, and not Modified
	if p.source != nil {
		return p.stream(archive, header)
	}
	if p.deflate == nil { // an empty part
		if _, err := p.Write(nil); err != nil {
			return err
		}
	}
	if err := p.deflate.Close(); err != nil {
		return err
	}
	header.CRC32, header.UncompressedSize64, header.CompressedSize64 = p.sum.Sum32(), p.size, uint64(p.data.Len())
	to, err := archive.CreateRaw(header)
	if err != nil {
		return err
	}
	_, err = p.data.WriteTo(to)
	return err
}

// stream compresses a part on its way from its file into the archive.
func (p *packed) stream(archive *zip.Writer, header *zip.FileHeader) error {
	header.Flags |= dataBehind
	if p.source.Size() >= from4GiBytes {
		header.ReaderVersion = zip45
	}
	to, err := archive.CreateRaw(header)
	if err != nil {
		return err
	}
	counted := &counter{out: to}
	deflate, err := flate.NewWriter(counted, p.packer.level)
	if err != nil {
		return err
	}
	size, err := io.CopyBuffer(io.MultiWriter(deflate, p.sum), struct{ io.Reader }{p.source}, make([]byte, 128<<10))
	if err != nil {
		return err
	}
	if err := deflate.Close(); err != nil {
		return err
	}
	// They are written when the next part begins.
	header.CRC32, header.UncompressedSize64, header.CompressedSize64 = p.sum.Sum32(), uint64(size), counted.n
	//lint:ignore SA1019 CreateRaw sets them from those above when they are known before, which they were not
	header.UncompressedSize, header.CompressedSize = uint32(min(uint64(size), math.MaxUint32)), uint32(min(counted.n, math.MaxUint32))
	return nil
}

type counter struct {
	out io.Writer
	n   uint64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.out.Write(p)
	c.n += uint64(n)
	return n, err
}
