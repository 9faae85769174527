package wording_test

import (
	"testing"

	"github.com/runhist/runhist/analyze/wording"
)

func TestWording(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{wording.Digits(0), "0"}, {wording.Digits(999), "999"}, {wording.Digits(1234567), "1,234,567"},
		{wording.Number(-1000), "-1,000"}, {wording.Number(-100), "-100"}, {wording.Number(12345.67), "12,345.7"}, {wording.Number(0.04), "0"}, {wording.Number(3), "3"},
		{wording.Counted(1, "run"), "1 run"}, {wording.Counted(2000, "run"), "2,000 runs"},
		{wording.Lasting(-5), "0 s"}, {wording.Lasting(59_999), "59 s"}, {wording.Lasting(60_000), "1 min"}, {wording.Lasting(61_000), "1 min 1 s"},
		{wording.Lasting(3_600_000), "1 h"}, {wording.Lasting(5_400_000), "1 h 30 min"}, {wording.Lasting(86_400_000), "1 day"},
		{wording.Lasting(3*86_400_000 + 7_200_000), "3 days 2 h"},
		{wording.At(0), "1970-01-01 00:00"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
