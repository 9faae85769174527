package analyze_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/runhist/runhist/analyze"
	"github.com/runhist/runhist/analyze/query"
	"github.com/runhist/runhist/analyze/record"
	"github.com/runhist/runhist/report/simulation"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/coverage"
	"github.com/runhist/runhist/validate/requirements"
	"github.com/runhist/runhist/validate/rules"
)

// TestReplaysShowTheirRows: what the traceability matrix says a replay decides
// is in the histories of the scenario that it names: the path of the row selects
// something there, a counter above 0.
func TestReplaysShowTheirRows(t *testing.T) {
	tables, err := requirements.Load()
	if err != nil {
		t.Fatal(err)
	}
	histories := map[string][][]byte{}
	for _, row := range coverage.Rows(tables, rules.All()) {
		if row.Covered != coverage.Replay {
			continue
		}
		for _, by := range row.By {
			if histories[by] == nil {
				histories[by] = replayed(t, by, "upsmods")
			}
			if !shows(t, selects(row.Path), histories[by]) {
				t.Errorf("%s: nothing in the histories of %s is %s", row.ID, by, selects(row.Path))
			}
		}
	}
}

// shows tells whether an expression selects something in one of the histories.
func shows(t *testing.T, xpath string, histories [][]byte) bool {
	t.Helper()
	q, err := query.Compile(xpath)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	r := query.NewReader(q, source.DefaultLimits(), query.MaxRun, func(*query.Result) error { found = true; return nil })
	for _, h := range histories {
		if _, err := r.Input(context.Background(), bytes.NewReader(h)); err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// TestReplays: the numbers of each replay, which follow from the rules by hand.
func TestReplays(t *testing.T) {
	names, err := filepath.Glob("testdata/replay/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d replays, %v", len(names), err)
	}
	for _, name := range names {
		var table simulation.Table
		runs := 0
		replay(t, "analyze/"+filepath.ToSlash(name), "upsmods", func(r *analyze.Run) {
			runs++
			table.Add(runs, r.Record)
		})
		replayed(t, "analyze/"+filepath.ToSlash(name), "server")
		var text bytes.Buffer
		if err := table.Write(&text); err != nil {
			t.Fatal(err)
		}
		golden(t, strings.TrimSuffix(name, ".txtar")+".txt", text.Bytes())
	}
}

// counters are the paths of numbers.
var counters = regexp.MustCompile(`-counters/[a-z-]+$`)

// selects is the path of a row as a query. Rows of the older reference begin at
// import-error, and call an element by another name.
func selects(path string) string {
	path = strings.Replace(path, "/rule-error-info", "/rules-error-info", 1)
	if !strings.HasPrefix(path, "/") {
		path = "//" + path
	}
	if counters.MatchString(path) {
		path += "[. > 0]"
	}
	return path
}

// replayed returns the histories of a scenario of the repository, which pass
// validation under the profile that they are written in.
func replayed(t *testing.T, name, profile string) [][]byte {
	t.Helper()
	var histories [][]byte
	var inputs []validate.Input
	replay(t, name, profile, func(r *analyze.Run) {
		var out bytes.Buffer
		if err := rundetails.Write(&out, record.History(r.Details)); err != nil {
			t.Fatal(err)
		}
		histories = append(histories, out.Bytes())
		inputs = append(inputs, validate.Input{File: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(out.Bytes())), nil }})
	})
	o := validate.DefaultOptions(rules.All())
	o.Profile, o.Now = validate.Profile(profile), 2_000_000_000_000
	v, err := validate.New(o)
	if err != nil {
		t.Fatal(err)
	}
	judge(t, v, inputs, "")
	return histories
}

// replay simulates a scenario of the repository, a folder or an archive.
func replay(t *testing.T, name, profile string, take func(*analyze.Run)) {
	t.Helper()
	path := filepath.Join("..", filepath.FromSlash(name))
	files := os.DirFS(path)
	if strings.HasSuffix(name, ".txtar") {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		content := fstest.MapFS{}
		for _, f := range archive.Files {
			content[f.Name] = &fstest.MapFile{Data: f.Data}
		}
		files = content
	}
	m, err := analyze.Load(files, "scenario.yaml")
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	m.Scenario.Profile = profile
	_, err = m.Run(context.Background(), analyze.Edges{Run: func(r *analyze.Run) error { take(r); return nil }})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
