package terminal_test

import (
	"slices"
	"testing"

	"github.com/runhist/runhist/report/terminal"
)

func TestFold(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{" \n ", nil},
		{"one two", []string{"one two"}},
		{"one two three", []string{"one two", "three"}},
		{"a longerthanthat b", []string{"a", "longerthanthat", "b"}},
		{"王小 明王 b", []string{"王小", "明王 b"}}, // two columns a character
	} {
		if got := terminal.Fold(c.text, 8); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestColumns(t *testing.T) {
	for text, want := range map[string]int{"": 0, "abc": 3, "王a": 3} {
		if got := terminal.Columns(text); got != want {
			t.Errorf("%q has %d columns, want %d", text, got, want)
		}
	}
}
