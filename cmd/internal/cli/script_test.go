package cli_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/klauspost/compress/zstd"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/runhist/runhist/cmd/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"runhist": func() {
			os.Exit(cli.Main(os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
		},
	})
}

// TestScripts runs testdata/script: what a user types, and what comes of it.
// $SAMPLES is the folder samples. Beside the usual commands of testscript there
// are
//
//	status N CMD...   the command must end with status N
//	pack A.zip FILE...   write a zip archive of the files
//	unpack A.zip DIR   write the files of a zip archive, or of a workbook, into a new folder
//	empty DIR   the folder must be there and have nothing in it
//	pipe P FILE CMD...   make a named pipe, and write to a file what the command writes to it
//	encode FORM A B   write file A as B in gzip, zstd, utf-16le, utf-16be, utf-16 (with mark), or notepad (UTF-8
//	                  with mark, lines ended by CR LF)
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			samples, err := filepath.Abs("../../../samples")
			env.Setenv("SAMPLES", samples)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status,
			"encode": encode,
			"pack":   pack,
			"unpack": unpack,
			"empty":  empty,
			"pipe":   pipe,
		},
	})
}

func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		var exit interface{ ExitCode() int }
		if e, ok := err.(interface{ ExitCode() int }); ok {
			exit = e
			got = fmt.Sprint(exit.ExitCode())
		} else {
			got = err.Error()
		}
	}
	if got != args[0] {
		ts.Fatalf("status is %s, want %s", got, args[0])
	}
}

// pipe reads with cat, which ends when the command closes the pipe.
func pipe(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: pipe path file command...")
	}
	ts.Check(exec.Command("mkfifo", ts.MkAbs(args[0])).Run())
	file, err := os.Create(ts.MkAbs(args[1]))
	ts.Check(err)
	defer file.Close()
	cat := exec.Command("cat", ts.MkAbs(args[0]))
	cat.Stdout = file
	ts.Check(cat.Start())
	ts.Check(ts.Exec(args[2], args[3:]...))
	ts.Check(cat.Wait())
}

func pack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: pack archive file...")
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range args[1:] {
		m, err := w.Create(name)
		ts.Check(err)
		_, err = m.Write([]byte(ts.ReadFile(name)))
		ts.Check(err)
	}
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), out.Bytes(), 0o600))
}

func unpack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: unpack archive folder")
	}
	r, err := zip.OpenReader(ts.MkAbs(args[0]))
	ts.Check(err)
	defer r.Close()
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), r))
}

func empty(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: empty folder")
	}
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(entries) > 0 {
		ts.Fatalf("%s is not empty: %v", args[0], entries)
	}
}

func encode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: encode form from to")
	}
	text := ts.ReadFile(args[1])
	var out bytes.Buffer
	switch args[0] {
	case "gzip":
		w := gzip.NewWriter(&out)
		_, err := w.Write([]byte(text))
		ts.Check(err)
		ts.Check(w.Close())
	case "zstd":
		w, err := zstd.NewWriter(&out)
		ts.Check(err)
		_, err = w.Write([]byte(text))
		ts.Check(err)
		ts.Check(w.Close())
	case "notepad":
		out.WriteString("\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"))
	case "utf-16", "utf-16le", "utf-16be":
		units := utf16.Encode([]rune(text))
		if args[0] == "utf-16" {
			units = append([]uint16{0xFEFF}, units...)
		}
		for _, u := range units {
			if args[0] == "utf-16be" {
				out.Write([]byte{byte(u >> 8), byte(u)})
			} else {
				out.Write([]byte{byte(u), byte(u >> 8)})
			}
		}
	default:
		ts.Fatalf("unknown form %s", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), out.Bytes(), 0o600))
}
