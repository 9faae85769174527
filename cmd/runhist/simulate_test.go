package main_test

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

var simulated = flag.Int("objects", 100_000, "objects of BenchmarkSimulate")

// BenchmarkSimulate simulates the first day of a directory through the command:
// a full import and a full synchronization of objects with 20 attributes, a join,
// ten import flows, ten export flows and a provisioned connector each, the export
// of the connectors and the import that confirms them. Reading of the LDIF,
// histories and hashes are in the clock. The targets: 100,000 objects under 10 s,
// 1,000,000 (-objects) under 130 s and within 2.6 times the user time of 500,000,
// at most 4 KiB of live heap an object with its connector.
func BenchmarkSimulate(b *testing.B) {
	t := newProgram(b)
	n := *simulated
	if testing.Short() {
		n = 1000
	}
	folder := dayOne(b, n)
	for b.Loop() {
		var trace bytes.Buffer
		cmd := exec.Command(t.program, "simulate", folder, "-q", "-o", filepath.Join(b.TempDir(), "out"))
		cmd.Env, cmd.Stderr = append(os.Environ(), "GODEBUG=gctrace=1"), &trace
		start := time.Now()
		if err := cmd.Run(); err != nil {
			b.Fatalf("simulate: %v\n%.2000s", err, trace.String())
		}
		b.ReportMetric(time.Since(start).Seconds(), "s")
		b.ReportMetric(cmd.ProcessState.UserTime().Seconds(), "user-s")
		b.ReportMetric(float64(maxRSS(cmd.ProcessState))/(1<<20), "MiB")
		b.ReportMetric(liveHeap(trace.String())*1024/float64(n), "KiB/object")
	}
}

// liveHeap is the largest heap in MB that a collection left.
func liveHeap(trace string) float64 {
	most := 0.0
	for _, m := range regexp.MustCompile(`\d+->\d+->(\d+) MB`).FindAllStringSubmatch(trace, -1) {
		v, _ := strconv.ParseFloat(m[1], 64)
		most = max(most, v)
	}
	return most
}

// dayOne writes the scenario.
func dayOne(b *testing.B, n int) string {
	b.Helper()
	folder := b.TempDir()
	write := func(name string, fill func(w *bufio.Writer)) {
		file, err := os.Create(filepath.Join(folder, name))
		if err != nil {
			b.Fatal(err)
		}
		w := bufio.NewWriterSize(file, 1<<20)
		fill(w)
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
		if err := file.Close(); err != nil {
			b.Fatal(err)
		}
	}
	write("hr.ldif", func(w *bufio.Writer) {
		for i := range n {
			fmt.Fprintf(w, "dn: cn=%d\nobjectClass: person\nid: %d\n", i, i)
			for k := range 19 {
				fmt.Fprintf(w, "a%d: value %d of %d\n", k, k, i)
			}
			fmt.Fprintln(w)
		}
	})
	write("mv.star", func(w *bufio.Writer) {
		fmt.Fprint(w, "def provision(mv):\n    c = mv.connectors(\"AD\")\n    if c.count == 0:\n        c.new_connector(\"user\", dn = \"CN=\" + mv[\"id\"] + \",DC=fab\")\n")
	})
	var attributes, metaverse, imports, exports []string
	for k := range 19 {
		attributes = append(attributes, fmt.Sprintf("{name: a%d, single-value: true}", k))
	}
	for k := range 9 {
		metaverse = append(metaverse, fmt.Sprintf("{name: m%d, single-value: true}", k))
		imports = append(imports, fmt.Sprintf("{mv-attribute: m%d, import-flow: {src-ma: HR, cd-object-type: person, direct-mapping: {src-attribute: a%d}}}", k, k))
		exports = append(exports, fmt.Sprintf("{cd-attribute: a%d, direct-mapping: {src-attribute: m%d}}", k, k))
	}
	write("scenario.yaml", func(w *bufio.Writer) {
		fmt.Fprintf(w, dayOneScenario, strings.Join(attributes, ", "), strings.Join(exports, ", "), strings.Join(metaverse, ", "), strings.Join(imports, ", "))
	})
	return folder
}

const dayOneScenario = `version: 1
name: the first day
sources:
  HR: {file: hr.ldif, anchor: id}
  AD: {anchor: objectGUID, assignAnchor: true, server: dc1.fabrikam.example}
extensions: {Mv.dll: mv.star}
configuration:
  ma-data:
    - name: HR
      category: LDIF
      schema: {class: {name: person}, attribute-type: [{name: id, single-value: true}, %[1]s]}
      join:
        join-profile:
          cd-object-type: person
          join-criterion: {search: {mv-object-type: person, attribute-mapping: {mv-attribute: id, direct-mapping: {src-attribute: id}}}}
      projection: {class-mapping: {cd-object-type: person, mv-object-type: person}}
      ma-run-data:
        run-configuration:
          - {name: Full Import, configuration: {step: {step-type: {type: full-import, import-subtype: to-cs}}}}
          - {name: Full Synchronization, configuration: {step: {step-type: {type: apply-rules, apply-rules-subtype: reevaluate-flow-connectors}}}}
    - name: AD
      category: AD
      schema: {class: {name: user}, attribute-type: [{name: objectGUID, single-value: true, syntax: binary}, {name: id, single-value: true}, %[1]s]}
      export-attribute-flow:
        export-flow-set:
          cd-object-type: user
          mv-object-type: person
          export-flow: [{cd-attribute: id, direct-mapping: {src-attribute: id}}, %[2]s]
      ma-partition-data:
        partition: {name: DC=fab, filter: {object-classes: {object-class: user}, containers: {inclusions: {inclusion: DC=fab}}}}
      ma-run-data:
        run-configuration:
          - {name: Export, configuration: {step: {step-type: {type: export}}}}
          - {name: Full Import, configuration: {step: {step-type: {type: full-import, import-subtype: to-cs}}}}
  mv-data:
    schema: {class: {name: person}, attribute-type: [{name: id, single-value: true, indexed: true}, %[3]s]}
    import-attribute-flow:
      import-flow-set:
        mv-object-type: person
        import-flows: [{mv-attribute: id, import-flow: {src-ma: HR, cd-object-type: person, direct-mapping: {src-attribute: id}}}, %[4]s]
    provisioning: scripted
    extension: {assembly-name: Mv.dll}
actions:
  - run: {ma: HR, profile: Full Import}
  - run: {ma: HR, profile: Full Synchronization}
  - run: {ma: AD, profile: Export}
  - run: {ma: AD, profile: Full Import}
`
