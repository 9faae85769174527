package formats

import (
	"strconv"
	"strings"
	"testing"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/terminal"
)

// command is a workflow command as a runner reads it.
type command struct {
	name       string
	properties map[string]string
	data       string
}

// readCommands does what a runner does with a log: a line that begins with two
// colons is a command, up to the next two; then escapes are undone, of
// properties and of data each in its way. The other lines are returned apart.
func readCommands(t *testing.T, log string) (commands []command, lines []string) {
	t.Helper()
	for line := range strings.SplitSeq(strings.TrimSuffix(log, "\n"), "\n") {
		body, is := strings.CutPrefix(line, "::")
		if !is {
			lines = append(lines, line)
			continue
		}
		head, data, ok := strings.Cut(body, "::")
		if !ok {
			t.Errorf("no command: %.200s", line)
		}
		name, list, _ := strings.Cut(head, " ")
		c := command{name, map[string]string{}, strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%").Replace(data)}
		for property := range strings.SplitSeq(list, ",") {
			key, value, ok := strings.Cut(property, "=")
			if !ok {
				t.Errorf("no property: %s in %.200s", property, line)
			}
			c.properties[key] = strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%").Replace(value)
		}
		commands = append(commands, c)
	}
	return commands, lines
}

func TestGitHub(t *testing.T) {
	for name, files := range corpus() {
		t.Run(name, func(t *testing.T) {
			commands, lines := readCommands(t, write(t, named(t, "github"), files, report.Options{}))
			n := 0
			for i := range files {
				for j := range files[i].Findings {
					f, c := &files[i].Findings[j], commands[n]
					n++
					level := map[string]string{"error": "error", "warning": "warning", "info": "notice"}[f.Severity.String()]
					file := c.properties["file"]
					if c.name != level || terminal.Clean(file) != terminal.Clean(f.File) || c.properties["line"] != strconv.Itoa(int(f.Line)) ||
						c.properties["col"] != strconv.Itoa(int(f.Column)) || c.properties["title"] != f.Rule || len(c.properties) != 4 {
						t.Errorf("command %.300q of %.300q", c, f.File)
					}
					message := terminal.Clean(f.Message)
					if len(message) < 4000 && strings.Split(c.data, "\n")[0] != message || len(c.data) > 4*4000+len("…") {
						t.Errorf("data %.300q, want %.300q", c.data, message)
					}
				}
				n += len(files[i].Problems)
			}
			if n++; n != len(commands) || commands[n-1].data != "no file matches *.q" {
				t.Errorf("%d commands, want %d", len(commands), n)
			}
			if (len(lines) > 0) != (name == "many") {
				t.Errorf("lines %q", lines)
			}
		})
	}
}
