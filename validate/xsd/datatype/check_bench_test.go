package datatype

import "testing"

func BenchmarkCheck(b *testing.B) {
	for _, test := range []struct{ name, value string }{
		{"string", "some text"},
		{"boolean", "true"},
		{"unsignedByte", "42"},
		{"unsignedInt", "1234567"},
		{"int", "-1234567"},
		{"decimal", "-12345.678"},
		{"dateTime", "2024-02-29T23:59:59.123Z"},
		{"NCName", "run-details"},
		{"base64Binary", "VGhlIHF1aWNrIGJyb3duIGZveA=="},
		{"anyURI", "http://example.com/a/b?c=d#e"},
	} {
		b.Run(test.name, func(b *testing.B) {
			built, value := builtins[test.name], []byte(test.value)
			b.ReportAllocs()
			for b.Loop() {
				if built.Check(value) != Valid {
					b.Fatal("not valid")
				}
			}
		})
	}
}
