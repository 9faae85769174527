package names

import "testing"

func TestBlank(t *testing.T) {
	for value, want := range map[string]bool{"": true, " \t\r\n": true, "a": false, "\u00a0": false} {
		if Blank(value) != want {
			t.Errorf("Blank(%q) = %t", value, !want)
		}
	}
}

func TestSameServer(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"dc01.example", "DC01.Example", true},
		{"dc01", "DC01:389", true},
		{"dc01:389", "dc01:636", false},
		{"dc01", "dc02", false},
		{"dc01", "dc01.example", false},
		{"[::1]:389", "[::1]", true},
		{"dc01:", "dc01", false},
		{"dc01:ldap", "dc01", false},
	} {
		if SameServer(c.a, c.b) != c.want || SameServer(c.b, c.a) != c.want {
			t.Errorf("SameServer(%q, %q) is not %t both ways", c.a, c.b, c.want)
		}
	}
}
