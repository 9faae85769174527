package main_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkDiff compares two histories of 50 MB of which one retry-count in a
// hundred differs, and reports the largest memory of the process as a multiple
// of one file: the target is 8. The target for time stands with the benchmark of
// analyze/diff.
func BenchmarkDiff(b *testing.B) {
	t := newBench(b)
	a := t.generate("--size", fmt.Sprintf("%dMB", scale(50, 1)))
	document, err := os.ReadFile(a)
	if err != nil {
		b.Fatal(err)
	}
	parts := bytes.SplitAfter(document, []byte("<retry-count>"))
	for i := 1; i < len(parts); i += 100 {
		parts[i] = append([]byte("9"), parts[i]...)
	}
	changed := filepath.Join(b.TempDir(), "changed.xml")
	if err := os.WriteFile(changed, bytes.Join(parts, nil), 0o600); err != nil {
		b.Fatal(err)
	}
	report := filepath.Join(b.TempDir(), "report.json")
	for b.Loop() {
		u := t.runTo(1, 2, t.program, "diff", "-q", "--format", "json", "-o", report, a, changed)
		b.ReportMetric(float64(u.rss)/(1<<20), "MiB")
		b.ReportMetric(float64(u.rss)/float64(len(document)), "files")
		b.ReportMetric(u.cpu.Seconds(), "cpu-s")
	}
}
