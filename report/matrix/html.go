package matrix

import (
	"bufio"
	_ "embed"
	"html/template"
	"io"
)

//go:embed matrix.html
var page string

// writeHTML writes one page that needs nothing from outside. Its few lines of
// script filter the rows; without them all rows are there.
func writeHTML(w io.Writer, m *Matrix) error {
	t, err := template.New("matrix").Funcs(template.FuncMap{"line": line}).Parse(page)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	if err := t.Execute(out, struct {
		*Matrix
		Sums []sum
	}{m, m.sums()}); err != nil {
		return err
	}
	return out.Flush()
}
