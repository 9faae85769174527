package cli

import (
	"io"

	"github.com/runhist/runhist/report/matrix"
	"github.com/runhist/runhist/validate/coverage"
	"github.com/runhist/runhist/validate/requirements"
	"github.com/runhist/runhist/validate/rules"
)

// coverageWriter finds what writes the traceability matrix.
func coverageWriter(format string, csvSafe bool) (func(io.Writer) error, error) {
	f, err := matrix.Find(format)
	if err != nil {
		return nil, err
	}
	return func(w io.Writer) error {
		tables, err := requirements.Load()
		if err != nil {
			return err
		}
		m := &matrix.Matrix{Version: Version, Kinds: coverage.Kinds(), CSVSafe: csvSafe}
		for _, r := range coverage.Rows(tables, rules.All()) {
			m.Rows = append(m.Rows, matrix.Row(r))
		}
		return f.Write(w, m)
	}, nil
}
