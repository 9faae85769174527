package main_test

import (
	"fmt"
	"os"
	"testing"
)

// BenchmarkReconcile reconciles an archive of 50,000 runs, in one file and in as
// many files, and compares the time with that of validating it.
func BenchmarkReconcile(b *testing.B) {
	n := scale(50_000, 200)
	for name, perFile := range map[string]int{"one-file": n, "many-files": 1} {
		b.Run(name, func(b *testing.B) {
			t := newProgram(b)
			path := t.generate("--runs", fmt.Sprint(n), "--steps", "1", "--errors", "2", "--runs-per-file", fmt.Sprint(perFile))
			for b.Loop() {
				ours, validate, ratio := t.against(
					func() usage { return t.run(1, t.program, "reconcile", "-q", "--jobs", "1", path) },
					func() usage { return t.run(1, t.program, "validate", "-q", "--fail-on", "never", "--jobs", "1", path) })
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(ratio, "times-validate")
				b.ReportMetric(ours.cpu.Seconds()*1e3, "ms")
				b.ReportMetric(validate.cpu.Seconds()*1e3, "validate-ms")
				b.ReportMetric(float64(ours.rss)/(1<<20), "MiB")
				if info, err := os.Stat(path); err == nil && !info.IsDir() {
					b.ReportMetric(float64(info.Size())/1e6/ours.cpu.Seconds(), "MB/s")
				}
			}
		})
	}
}
