package wording_test

import (
	"math"
	"testing"

	"github.com/runhist/runhist/schemas/wording"
)

func TestWording(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{wording.Digits(0), "0"}, {wording.Digits(999), "999"}, {wording.Digits(1234567), "1,234,567"},
		{wording.Digits(int64(-1234567)), "-1,234,567"}, {wording.Digits(-100), "-100"},
		{wording.Digits(int64(math.MinInt64)), "-9,223,372,036,854,775,808"}, {wording.Digits[uint64](math.MaxUint64), "18,446,744,073,709,551,615"},
		{wording.Number(-1000), "-1,000"}, {wording.Number(-100), "-100"}, {wording.Number(12345.67), "12,345.7"}, {wording.Number(0.04), "0"}, {wording.Number(3), "3"},
		{wording.Counted(1, "run"), "1 run"}, {wording.Counted(0, "run"), "0 runs"}, {wording.Counted(uint32(2000), "run"), "2,000 runs"},
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
