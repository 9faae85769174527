package markup

import "testing"

func TestInert(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "a=b": "a=b", "1-1": "1-1", "'=1": "'=1", "=1+1": "'=1+1", "@dn": "'@dn", "-1": "'-1", "+1": "'+1", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1", "＝1": "'＝1",
	} {
		if got := Inert(cell); got != want {
			t.Errorf("%q became %q, not %q", cell, got, want)
		}
	}
}
