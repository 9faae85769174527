package progress

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// screen is what a terminal of any height shows of what was written to it.
func screen(written string) string {
	lines := [][]rune{{}}
	column := 0
	for _, c := range written {
		switch c {
		case '\n':
			lines = append(lines, []rune{})
			column = 0
		case '\r':
			column = 0
		default:
			row := lines[len(lines)-1]
			for len(row) <= column {
				row = append(row, ' ')
			}
			row[column] = c
			lines[len(lines)-1] = row
			column++
		}
	}
	var b strings.Builder
	for i, row := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.TrimRight(string(row), " "))
	}
	return b.String()
}

// TestNeverMixes writes reports, messages and the line in any order: when the
// line is gone, the terminal shows what it would have shown without it.
func TestNeverMixes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var terminal, plain bytes.Buffer
		line := NewLine(&terminal)
		out := line.Writer(&terminal)
		for range rapid.IntRange(0, 30).Draw(t, "steps") {
			switch rapid.IntRange(0, 2).Draw(t, "step") {
			case 0:
				line.Show(strings.Repeat("#", rapid.IntRange(0, 100).Draw(t, "width")))
			case 1:
				line.Erase()
			case 2:
				text := rapid.StringMatching(`[a-z]{0,90}\n{0,2}`).Draw(t, "text")
				plain.WriteString(text)
				if _, err := io.WriteString(out, text); err != nil {
					t.Fatal(err)
				}
			}
			shown := screen(terminal.String())
			if i := strings.IndexByte(shown, '#'); i >= 0 && (strings.Trim(shown[i:], "#") != "" || i > 0 && shown[i-1] != '\n') {
				t.Fatalf("the line is within other text: %q", shown)
			}
		}
		line.Erase()
		if got, want := screen(terminal.String()), screen(plain.String()); got != want {
			t.Fatalf("the terminal shows %q, want %q", got, want)
		}
	})
}

func TestMeter(t *testing.T) {
	m := &Meter{Files: 340, Judging: true}
	in := m.Reader(io.NopCloser(strings.NewReader(strings.Repeat("x", 3_000_000))))
	if _, err := io.Copy(io.Discard, in); err != nil {
		t.Fatal(err)
	}
	m.Done(7)
	m.Done(0)
	if got, want := m.Text(2*time.Second), "runhist: 2/340 files, 3 MB, 2 MB/s, 7 findings"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	m.Size = 4_000_000_000
	if got, want := m.Text(time.Minute), "runhist: 2/340 files, 0% of 4.0 GB, 50 kB/s, 7 findings"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	m.Judging = false
	if got, want := m.Text(time.Minute), "runhist: 2/340 files, 0% of 4.0 GB, 50 kB/s"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	m.Files, m.Size = 1<<62, 1
	if got := m.Text(0); len(got) > 120 {
		t.Errorf("%s", got)
	}
}
