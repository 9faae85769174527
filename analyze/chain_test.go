package analyze_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/runhist/runhist/analyze"
	"github.com/runhist/runhist/analyze/engine"
)

// chainData is the content of the directory and two sets of changes: 60 users
// and 7 computers at first; 11 changes that flow nowhere; then 3 new users, 27
// changes, 23 of them of a title, and 2 renames.
func chainData() (first, earlier, now string) {
	var a, b, c strings.Builder
	user := func(w *strings.Builder, n int, kind string) {
		fmt.Fprintf(w, "dn: CN=u%d,DC=fab\n%sobjectClass: user\nuid: %d\ntitle: title %d\n\n", n, kind, n, n)
	}
	change := func(w *strings.Builder, n int, attribute string) {
		fmt.Fprintf(w, "dn: CN=u%d,DC=fab\nchangetype: modify\nreplace: %[2]s\n%[2]s: new %[2]s\n-\n\n", n, attribute)
	}
	for n := 1; n <= 60; n++ {
		user(&a, n, "")
	}
	for n := 1; n <= 7; n++ {
		fmt.Fprintf(&a, "dn: CN=pc%d,DC=fab\nobjectClass: computer\nuid: pc%d\n\n", n, n)
	}
	for n := 1; n <= 11; n++ {
		change(&b, n, "description")
	}
	for n := 61; n <= 63; n++ {
		user(&c, n, "changetype: add\n")
	}
	for n := 12; n <= 34; n++ {
		change(&c, n, "title")
	}
	for n := 35; n <= 38; n++ {
		change(&c, n, "description")
	}
	for n := 39; n <= 40; n++ {
		fmt.Fprintf(&c, "dn: CN=u%d,DC=fab\nchangetype: modrdn\nnewrdn: CN=renamed %d\ndeleteoldrdn: 1\n\n", n, n)
	}
	return a.String(), b.String(), c.String()
}

// TestRealChain models three runs of a real server (SE-N13): a delta import, the
// delta synchronization after it and the export of the target. 32 objects were
// staged and 43 synchronized, since 11 were pending from earlier; the target was
// handed 27 and took 26, since one had failed before.
func TestRealChain(t *testing.T) {
	files := fstest.MapFS{}
	for _, name := range []string{"scenario.yaml", "mv.star"} {
		text, err := os.ReadFile("testdata/chain/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: text}
	}
	first, earlier, now := chainData()
	for name, text := range map[string]string{"t0.ldif": first, "t1.ldif": earlier, "t2.ldif": now} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	m, err := analyze.Load(files, "scenario.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	_, err = m.Run(context.Background(), analyze.Edges{Run: func(r *analyze.Run) error {
		got = append(got, described(r.Record))
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"AD Delta Import: success stage-add=3 stage-update=27 stage-rename=2",
		"AD Delta Synchronization: success disconnector-projected-flow=3 disconnector-remains=7 connector-flow=23 connector-no-flow=17 Store:provisioned-add-flow=3 Store:connector-flow=23",
		"Store Export: completed-export-errors export-add=3 export-update=23 export-failure=1 cd-error(1)",
	}
	if g, w := strings.Join(got[len(got)-3:], "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s\nall\n%s", g, w, strings.Join(got, "\n"))
	}
}

// described names the counters above zero of a run, and its export errors with
// their retry-count.
func described(r *engine.RunRecord) string {
	text := r.AgentName + " " + r.Profile + ":"
	count := func(name string, n uint64) {
		if n > 0 {
			text += fmt.Sprintf(" %s=%d", name, n)
		}
	}
	for _, s := range r.Steps {
		text += " " + string(s.Result)
		for i, n := range s.Staging {
			count(engine.StagingCounter(i).String(), n)
		}
		for i, n := range s.Inbound {
			count(engine.InboundCounter(i).String(), n)
		}
		for _, o := range s.Outbound {
			for i, n := range o.Counters {
				count(o.Name+":"+engine.OutboundCounter(i).String(), n)
			}
		}
		for i, n := range s.Export {
			count(engine.ExportCounter(i).String(), n)
		}
		for _, e := range s.ExportErrors {
			text += fmt.Sprintf(" %s(%d)", e.Type, e.RetryCount)
		}
		for _, e := range s.SyncErrors {
			text += " " + e.Type
		}
	}
	return text
}
