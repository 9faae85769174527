package words

import (
	"strings"
	"testing"

	"github.com/runhist/runhist/schemas/rundetails"
)

func TestQuote(t *testing.T) {
	long := strings.Repeat("ü", 61)
	for value, want := range map[string]string{
		"":       `""`,
		"a":      `"a"`,
		"a\nb":   `"a\nb"`,
		long[2:]: `"` + long[2:] + `"`,
		long:     `"` + long[2:] + `"...`,
		"\xff":   `"\xff"`,
	} {
		if got := Quote(value); got != want {
			t.Errorf("Quote(%q) = %s, want %s", value, got, want)
		}
	}
}

func TestGap(t *testing.T) {
	for millis, want := range map[int64]string{
		3:                 "3ms",
		62_500:            "1m2.5s",
		47 * 3600_000:     "47h0m0s",
		48 * 3600_000:     "2 days",
		9000 * 31556952e3: "3287182 days", // beyond what a time.Duration holds
	} {
		from, to := rundetails.NewInstant(-5), rundetails.NewInstant(millis-5)
		if got := Gap(&from, &to); got != want {
			t.Errorf("Gap of %d ms = %s, want %s", millis, got, want)
		}
	}
}
