package source

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// plainDocuments are what the mutants for xmllint are made of.
func plainDocuments() []string {
	return []string{
		"<a/>",
		"<a b='c'/>",
		"<a><b>x</b></a>",
		"<?xml version='1.0'?>\n<a>\n <b c=\"d\" e='f'>text &amp; more</b>\n</a>\n",
		"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone='no'?><run-history><run-details/></run-history>",
		"\ufeff<a>é日𝄞</a>",
		"<!-- before --><a><!-- in --></a><!-- after -->",
		"<?p?><a><?p q?></a><?p ??>",
		"<a><![CDATA[<x>&]]]]><![CDATA[>]]></a>",
		"<p:a xmlns:p='u' p:b='1' b='2'><p:c xmlns='v' xmlns:q='w'><q:d/></p:c></p:a>",
		"<a xmlns='u' xml:lang='en'><b xmlns=''/></a>",
		"<é ü='ö'>&#233;&#xE9;</é>",
		"<a b='&lt;\n&quot;' c=\"'\r\n\t\">&gt;\r]]&gt;</a>",
	}
}

// divergence says why xmllint judges a document otherwise than we do, or "".
func divergence(doc []byte, ours []string, theirs string) string {
	declared := regexp.MustCompile(`^(\xef\xbb\xbf)?<\?xml\s[^>]*\?>`).Find(doc)
	last := strings.Join(ours, " ")
	switch {
	case strings.Contains(last, XMLRoot) && theirs == "" && bytes.IndexByte(doc, 0) > 0:
		return "NUL: behind the root xmllint takes it for the end of the document"
	case theirs == "" && regexp.MustCompile(`['"]standalone`).Match(declared):
		return "declaration: xmllint wants no white space before standalone"
	case regexp.MustCompile(`^xmlns(:.*)?: '.*`).MatchString(theirs):
		return "namespace names: any text names a namespace here, xmllint wants a URI"
	case bytes.Contains(declared, []byte("version")) && !regexp.MustCompile(`version\s*=\s*(?:'1\.0'|"1\.0")`).Match(declared):
		return "versions other than 1.0: the fifth edition reads 1.x as 1.0, and xmllint warns"
	case strings.Contains(last, SRCEncoding) && regexp.MustCompile(`encoding`).Match(declared):
		return "labels: we read few encodings, xmllint reads those of iconv"
	}
	return ""
}

// xmllint tells which of the files in dir are not well-formed, with its first
// complaint.
func xmllint(t *testing.T, dir string, n int) map[int]string {
	t.Helper()
	complaints := map[int]string{}
	line := regexp.MustCompile(`(?m)^d(\d+)\.xml:\d+: (?:parser|namespace|encoding) error : (.*)$`)
	for from := 0; from < n; from += 500 {
		args := []string{"--noout", "--nonet"}
		for i := from; i < min(n, from+500); i++ {
			args = append(args, fmt.Sprintf("d%d.xml", i))
		}
		cmd := exec.Command("xmllint", args...)
		cmd.Dir = dir
		out, _ := cmd.CombinedOutput() // the status is that of the worst file
		for _, m := range line.FindAllSubmatch(out, -1) {
			i, _ := strconv.Atoi(string(m[1]))
			if complaints[i] == "" {
				complaints[i] = string(m[2])
			}
		}
	}
	return complaints
}

// TestXmllint compares the verdict of mutants with that of libxml2.
func TestXmllint(t *testing.T) {
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Skip("xmllint is not installed")
	}
	rounds, random := effort(4000)
	bases := plainDocuments()
	dir := t.TempDir()
	docs := make([][]byte, rounds)
	for i := range docs {
		for docs[i] == nil || bytes.Contains(docs[i], []byte("<!DOCTYPE")) {
			docs[i] = mutate(random, []byte(bases[random.IntN(len(bases))]))
		}
		if i < len(bases) {
			docs[i] = []byte(bases[i])
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("d%d.xml", i)), docs[i], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	theirs := xmllint(t, dir, rounds)
	wellFormed, known := 0, map[string]int{}
	for i, doc := range docs {
		ours, err := faults(bytes.NewReader(doc), DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		good := strings.TrimPrefix(ours[0], SRCLabel) != ours[0] && len(ours) == 2 || ours[0] == "end"
		if good {
			wellFormed++
		}
		if good == (theirs[i] == "") {
			continue
		}
		if why := divergence(doc, ours, theirs[i]); why != "" {
			known[why]++
			continue
		}
		t.Errorf("%q: we say %q, xmllint %q", doc, ours, theirs[i])
	}
	t.Logf("%d of %d are well-formed; known divergences: %v", wellFormed, rounds, known)
	if wellFormed < rounds/20 || wellFormed > rounds/2 {
		t.Errorf("the mutants are no good: %d of %d are well-formed", wellFormed, rounds)
	}
}
