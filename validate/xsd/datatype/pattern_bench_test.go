package datatype

import (
	"bytes"
	"testing"
)

// schemaPatterns are the patterns of the run details schema, each with a
// typical value.
var schemaPatterns = []struct {
	name, expr, value string
}{
	{"guid", `\{([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}\}`,
		"{3F2504E0-4F89-11D3-9A0C-0305E82C3301}"},
	{"name", `(.*=*,){0,}.*=*`, "CN=Jane Doe,OU=People,OU=Berlin,DC=fabrikam,DC=example"},
	{"account", `.*\.*`, `FABRIKAM\jane.doe.administrator`},
	{"count", `[0-9]*/[0-9]*`, "123456/7890123"},
	{"time", `([0-9]){4}-([0-9]){2}-([0-9]){2} ([0-9]){2}:([0-9]){2}:([0-9]){2}\.([0-9]){1,3}`,
		"2024-02-29 23:59:59.123"},
}

func BenchmarkPattern(b *testing.B) {
	for _, s := range schemaPatterns {
		b.Run(s.name, func(b *testing.B) { benchmarkMatch(b, s.expr, []byte(s.value)) })
	}
	b.Run("name/4096", func(b *testing.B) {
		value := bytes.Repeat([]byte("OU=People,"), 410)
		benchmarkMatch(b, schemaPatterns[1].expr, value[:4096])
	})
	b.Run("name/cyrillic", func(b *testing.B) {
		benchmarkMatch(b, schemaPatterns[1].expr, []byte("CN=Иванов Иван Иванович,OU=Люди"))
	})
}

func benchmarkMatch(b *testing.B, expr string, value []byte) {
	p, err := CompilePattern(expr)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(value)))
	b.ReportAllocs()
	for b.Loop() {
		if !p.Match(value) {
			b.Fatal("no match")
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(value)), "ns/byte")
}
