package convert_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/runhist/runhist/schemas/convert"
)

func TestFileName(t *testing.T) {
	for want, id := range map[string]convert.Identity{
		"HR-directory_12_Full-Import_2024-03-12T021001": {Agent: "HR directory", Number: "12", Profile: "Full Import", Start: "2024-03-12 02:10:01.880"},
		"no-agent_no-number_no-profile_no-date":         {},
		"CON_1_NUL_no-date":                             {Agent: "CON", Number: "1", Profile: "NUL"},
		"con-x_1_a_no-date":                             {Agent: "con.x", Number: " 1\n", Profile: ".a."},
		"a-b_1_c-d_no-date":                             {Agent: `..\a/b`, Number: "1", Profile: `c<>:"|?*d`},
		"Größe_1_日本_no-date":                            {Agent: "Größe", Number: "1", Profile: "日本"},
		strings.Repeat("a", 48) + "_1_x_no-date":        {Agent: strings.Repeat("a", 300), Number: "1", Profile: "x"},
	} {
		if got := id.FileName(); got != want {
			t.Errorf("%+v is named %s, want %s", id, got, want)
		}
	}
}

// FuzzFileName holds that every run gets a name that every file system takes.
func FuzzFileName(f *testing.F) {
	f.Add("HR", "1", "aux.", "2024-03-12 02:10:01.880")
	f.Add("\u0301", "\xff", "COM¹", "../..")
	safe := regexp.MustCompile(`^[\pL\p{Nd}\pM_-]+$`)
	f.Fuzz(func(t *testing.T, agent, number, profile, start string) {
		name := convert.Identity{Agent: agent, Number: number, Profile: profile, Start: start}.FileName()
		if !safe.MatchString(name) || len(name) > 200 || strings.Count(name, "_") < 3 || !utf8.ValidString(name) || strings.HasPrefix(name, "-") {
			t.Errorf("%q", name)
		}
	})
}
