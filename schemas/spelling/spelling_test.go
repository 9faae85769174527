package spelling

import "testing"

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b        string
		limit, want int
	}{
		{"", "", 5, 0}, {"a", "", 5, 1}, {"success", "sucess", 5, 1}, {"start", "strat", 5, 1}, {"abc", "xyz", 5, 3},
		{"abc", "xyz", 2, 2}, {"abcdef", "a", 3, 3}, {"same", "same", 1, 0},
	} {
		if got := Distance(c.a, c.b, c.limit); got != c.want {
			t.Errorf("Distance(%q, %q, %d) = %d, want %d", c.a, c.b, c.limit, got, c.want)
		}
		if got := Distance(c.b, c.a, c.limit); got != c.want {
			t.Errorf("Distance(%q, %q, %d) = %d, want %d", c.b, c.a, c.limit, got, c.want)
		}
	}
}
