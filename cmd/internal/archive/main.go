// Command archive packs folders for a release: the same files give the same
// bytes, wherever and whenever it runs. It is part of .ci/release.
//
//	archive -time UNIX OUT.tar.gz|OUT.zip FOLDER
package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	seconds := flag.Int64("time", 0, "`UNIX` time of every entry, in seconds")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "usage: archive -time UNIX OUT.tar.gz|OUT.zip FOLDER")
		os.Exit(2)
	}
	if err := pack(flag.Arg(0), flag.Arg(1), time.Unix(*seconds, 0).UTC()); err != nil {
		fmt.Fprintln(os.Stderr, "archive: "+err.Error())
		os.Exit(1)
	}
}

// pack writes the archive of a folder, by the extension of its name. The folder
// is the one entry at its top.
func pack(path, folder string, at time.Time) error {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	write := tarball
	if strings.HasSuffix(path, ".zip") {
		write = zipped
	}
	err = write(out, folder, at)
	if closed := out.Close(); err == nil {
		err = closed
	}
	if err != nil {
		_ = os.Remove(path)
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// each calls take for every file below a folder, in the order of names, with
// the name that it has in an archive and its mode there.
func each(folder string, take func(name string, mode fs.FileMode, data []byte) error) error {
	return filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return fmt.Errorf("%s is no regular file", path)
		}
		mode := fs.FileMode(0o644)
		if info.Mode()&0o111 != 0 {
			mode = 0o755
		}
		name, err := filepath.Rel(filepath.Dir(folder), path)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return take(filepath.ToSlash(name), mode, data)
	})
}

func tarball(out io.Writer, folder string, at time.Time) error {
	zipper, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	w := tar.NewWriter(zipper)
	err = each(folder, func(name string, mode fs.FileMode, data []byte) error {
		err := w.WriteHeader(&tar.Header{Name: name, Mode: int64(mode), Size: int64(len(data)), ModTime: at, Typeflag: tar.TypeReg, Format: tar.FormatUSTAR})
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return zipper.Close()
}

func zipped(out io.Writer, folder string, at time.Time) error {
	w := zip.NewWriter(out)
	err := each(folder, func(name string, mode fs.FileMode, data []byte) error {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at}
		h.SetMode(mode)
		entry, err := w.CreateHeader(h)
		if err == nil {
			_, err = entry.Write(data)
		}
		return err
	})
	if err != nil {
		return err
	}
	return w.Close()
}
