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

func TestFind(t *testing.T) {
	all := []string{"text", "json"}
	same := func(s string) string { return s }
	if got, err := Find("format", "json", all, same); got != "json" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	got, err := Find("format", "JSON", all, same)
	if want := `unknown format "JSON": known are text, json`; got != "" || err == nil || err.Error() != want {
		t.Errorf("%q, %v, want %s", got, err, want)
	}
}
