package datatype

import (
	"net/netip"
	"testing"

	"pgregory.net/rapid"
)

func TestIPv6AgainstNetip(t *testing.T) {
	// No 0 stands next to the digits of an IPv4 address: netip refuses 01 and
	// 400 there, and RFC 2373 does not.
	pieces := []string{":", "::", "0:", "ffff", "1a", "12345", "1.2.3.4", "1.2", "g"}
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for _, piece := range rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 17).Draw(t, "pieces") {
			text += piece
		}
		address, err := netip.ParseAddr(text)
		want := err == nil && address.Is6()
		if got := isIPv6([]byte(text)); got != want {
			t.Fatalf("isIPv6(%q) = %v, want %v", text, got, want)
		}
	})
	for text, want := range map[string]bool{
		"":                      false,
		"1:2:3:4:5:6:7:8":       true,
		"1:2:3:4:5:6:7":         false,
		"1:2:3:4:5:6:7:8:9":     false,
		"1:2:3:4:5:6:7::":       true,
		"1:2:3:4:5:6:1.2.3.4":   true,
		"1:2:3:4:5:6:7:1.2.3.4": false,
		"::1.2.3.4":             true,
		"::1:2:3:4:5:6:7":       true,
		"1::2::3":               false,
		"1:2:":                  false,
		":1:2":                  false,
		":::":                   false,
		"fe80::1%eth0":          false,
		"1.2.3.4":               false,
		"1.2.3.4::":             false,
	} {
		if got := isIPv6([]byte(text)); got != want {
			t.Errorf("isIPv6(%q) = %v, want %v", text, got, want)
		}
	}
}
