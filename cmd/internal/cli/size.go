package cli

import (
	"fmt"
	"strconv"
	"strings"
)

// parseSize reads a number of bytes: digits, perhaps with a unit of 1000 (kB,
// MB, GB, TB) or 1024 (KiB, MiB, GiB, TiB).
func parseSize(text string) (int64, error) {
	number := strings.TrimRight(text, "kKMGTiBb")
	unit := strings.ToLower(text[len(number):])
	factors := map[string]int64{
		"": 1, "b": 1, "k": 1e3, "kb": 1e3, "m": 1e6, "mb": 1e6, "g": 1e9, "gb": 1e9, "t": 1e12, "tb": 1e12,
		"kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30, "tib": 1 << 40,
	}
	factor, ok := factors[unit]
	n, err := strconv.ParseFloat(number, 64)
	if !ok || err != nil || n < 0 || n*float64(factor) > 1<<60 {
		return 0, fmt.Errorf("%q is no size: write it as 500MB or 64MiB", text)
	}
	return int64(n * float64(factor)), nil
}
