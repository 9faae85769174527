package base64text

import (
	"encoding/base64"
	"strings"
	"testing"
)

func TestHidesControls(t *testing.T) {
	for text, want := range map[string]bool{
		"":                                     false,
		"Lena Okafor\r\n\t":                    false,
		"L\x00e\x00n\x00a\x00":                 false,
		"Örn":                                  false,
		"Lena\x1bOkafor":                       true,
		"Lena\x7f":                             true,
		"Lena\u0085Okafor":                     true,
		"L\x00\x85\x00":                        true,
		"\x80\x00":                             true,
		"x\x80\x00":                            false,
		strings.Repeat("a", 767) + "\u0085":    true,
		strings.Repeat("a", 767) + "b\x85\x00": true,
		strings.Repeat("a", 766) + "b\x85\x00": false,
	} {
		if got := HidesControls(base64.StdEncoding.EncodeToString([]byte(text))); got != want {
			t.Errorf("HidesControls of %.20q... = %v, want %v", text, got, want)
		}
	}
	if HidesControls("no base64!") {
		t.Error("HidesControls finds something in what cannot be decoded")
	}
}
