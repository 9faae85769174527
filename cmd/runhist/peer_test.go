package main_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/runhist/runhist/schemas"
)

// The benchmarks of this file compare whole processes with the named peer,
// xmllint, in alternating pairs, by user plus system time, and report medians.
// With -short they are small: a check that they run.

// pairs is how many pairs of processes a comparison makes.
func pairs() int {
	if testing.Short() {
		return 3
	}
	return 9
}

func scale(full, short int) int {
	if testing.Short() {
		return short
	}
	return full
}

// bench is what the comparisons share: the program and the schema on disk.
type bench struct {
	*testing.B
	dir, program, schema string
}

func newBench(b *testing.B) *bench {
	b.Helper()
	if _, err := exec.LookPath("xmllint"); err != nil {
		b.Skip("xmllint, the peer, is not installed")
	}
	t := newProgram(b)
	t.schema = filepath.Join(t.dir, "run-details.xsd")
	if err := os.WriteFile(t.schema, schemas.UPSMODS, 0o600); err != nil {
		b.Fatal(err)
	}
	return t
}

// newProgram builds the program, for benchmarks that need no peer.
func newProgram(b *testing.B) *bench {
	b.Helper()
	t := &bench{B: b, dir: b.TempDir()}
	t.program = filepath.Join(t.dir, "runhist")
	if out, err := exec.Command("go", "build", "-o", t.program, ".").CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	return t
}

// generate makes a history, or a folder of them, by the program itself.
func (t *bench) generate(flags ...string) string {
	t.Helper()
	path := filepath.Join(t.dir, fmt.Sprintf("input-%d", len(flags)))
	if out, err := exec.Command(t.program, append([]string{"generate", "-o", path}, flags...)...).CombinedOutput(); err != nil {
		t.Fatalf("generate: %v\n%s", err, out)
	}
	return path
}

// usage is what a process took.
type usage struct {
	cpu, wall time.Duration
	rss       int64 // bytes; 0 where the system does not say
}

// run runs a process with one thread of Go code, unless threads says more.
func (t *bench) run(threads int, name string, args ...string) usage {
	t.Helper()
	return t.runTo(0, threads, name, args...)
}

// runTo is run for a process that ends with a status.
func (t *bench) runTo(status, threads int, name string, args ...string) usage {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), fmt.Sprintf("GOMAXPROCS=%d", threads))
	start := time.Now()
	if err := cmd.Run(); cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != status {
		t.Fatalf("%s %s: %v", name, args[:min(4, len(args))], err)
	}
	return usage{cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), time.Since(start), maxRSS(cmd.ProcessState)}
}

// against runs pairs of ours and the peer and returns the medians, and the
// median of the ratios of their CPU times.
func (t *bench) against(ours, peer func() usage) (a, b usage, ratio float64) {
	var ourCPU, ourWall, peerCPU, peerWall []time.Duration
	var ratios []float64
	for range pairs() {
		a, b = ours(), peer()
		ourCPU, ourWall = append(ourCPU, a.cpu), append(ourWall, a.wall)
		peerCPU, peerWall = append(peerCPU, b.cpu), append(peerWall, b.wall)
		ratios = append(ratios, b.cpu.Seconds()/a.cpu.Seconds())
	}
	return usage{median(ourCPU), median(ourWall), a.rss}, usage{median(peerCPU), median(peerWall), b.rss}, median(ratios)
}

func median[T ~int64 | ~float64](values []T) T {
	slices.Sort(values)
	return values[len(values)/2]
}

// report shows a comparison as metrics.
func (t *bench) report(bytes int64, ours, peer usage, ratio float64) {
	t.ReportMetric(0, "ns/op")
	t.ReportMetric(ratio, "times-xmllint")
	t.ReportMetric(ours.cpu.Seconds()*1e3, "ms")
	t.ReportMetric(peer.cpu.Seconds()*1e3, "xmllint-ms")
	t.ReportMetric(float64(bytes)/1e6/ours.cpu.Seconds(), "MB/s")
	t.ReportMetric(float64(ours.rss)/(1<<20), "MiB")
}

// BenchmarkPeerLarge validates one large history.
func BenchmarkPeerLarge(b *testing.B) {
	for _, mb := range []int{scale(50, 2), scale(500, 5)} {
		b.Run(fmt.Sprintf("%dMB", mb), func(b *testing.B) {
			t := newBench(b)
			path := t.generate("--size", fmt.Sprintf("%dMB", mb), "--seed", "7")
			for b.Loop() {
				ours, peer, ratio := t.against(
					func() usage { return t.run(1, t.program, "validate", "-q", "--jobs", "1", path) },
					func() usage { return t.run(1, "xmllint", "--noout", "--stream", "--schema", t.schema, path) })
				t.report(int64(mb)*1e6, ours, peer, ratio)
			}
		})
	}
}

// BenchmarkPeerSmall validates 10,000 files of 7 KB: one call of each program
// over all of them, and ours with two workers.
func BenchmarkPeerSmall(b *testing.B) {
	t := newBench(b)
	n := scale(10_000, 100)
	folder := t.generate("--runs", fmt.Sprint(n), "--steps", "1", "--errors", "3")
	files, err := filepath.Glob(filepath.Join(folder, "*.xml"))
	if err != nil || len(files) != n {
		b.Fatalf("%d files, %v", len(files), err)
	}
	var total int64
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			b.Fatal(err)
		}
		total += info.Size()
	}
	for b.Loop() {
		ours, peer, ratio := t.against(
			func() usage { return t.run(1, t.program, "validate", "-q", "--jobs", "1", folder) },
			func() usage {
				return t.run(1, "xmllint", append([]string{"--noout", "--schema", t.schema}, files...)...)
			})
		t.report(total, ours, peer, ratio)
		one, two, _ := t.against(
			func() usage { return t.run(1, t.program, "validate", "-q", "--jobs", "1", folder) },
			func() usage { return t.run(2, t.program, "validate", "-q", "--jobs", "2", folder) })
		b.ReportMetric(one.wall.Seconds()/two.wall.Seconds(), "times-by-two-workers")
		b.ReportMetric(float64(total)/float64(n), "bytes/file")
	}
}

// BenchmarkStart validates one small file: mostly the start of the process.
func BenchmarkStart(b *testing.B) {
	t := newBench(b)
	path := t.generate("--steps", "1", "--errors", "3")
	for b.Loop() {
		var walls []time.Duration
		for range 3 * pairs() {
			walls = append(walls, t.run(1, t.program, "validate", "-q", path).wall)
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(median(walls).Seconds()*1e3, "ms")
	}
}

// BenchmarkMemory validates histories of two sizes and shapes and reports the
// memory of each process.
func BenchmarkMemory(b *testing.B) {
	shapes := map[string][]string{
		"one-run-100000-errors": {"--steps", "2", "--errors", fmt.Sprint(scale(100_000, 1000))},
		"one-step-50000-errors": {"--steps", "1", "--errors", fmt.Sprint(scale(50_000, 1000))},
		"many-runs":             {"--runs", fmt.Sprint(scale(50_000, 200)), "--steps", "1", "--errors", "2"},
	}
	for name, flags := range shapes {
		b.Run(name, func(b *testing.B) {
			t := newBench(b)
			path := t.generate(flags...)
			for b.Loop() {
				u := t.run(2, t.program, "validate", "-q", "--fail-on", "never", path)
				b.ReportMetric(float64(u.rss)/(1<<20), "MiB")
			}
		})
	}
}
