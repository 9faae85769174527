package sarif

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"

	"github.com/runhist/runhist/validate/finding"
)

// fingerprints recognises findings in the next report.
type fingerprints struct {
	positions, lines *regexp.Regexp
	seen             map[[sha256.Size]byte]int // in the document
}

func newFingerprints() *fingerprints {
	return &fingerprints{regexp.MustCompile(`\[[0-9]+\]`), regexp.MustCompile(`\bline [0-9]+`), map[[sha256.Size]byte]int{}}
}

// begin forgets the document before.
func (f *fingerprints) begin() { clear(f.seen) }

// of is a hash of the rule of a finding, its path without positions and its
// message without line numbers, and which of those that are alike in the
// document it is. It stays the same when lines move, or when a run or a step
// comes before it. The name of the document is left out, because readers join
// the two.
func (f *fingerprints) of(g *finding.Finding) string {
	h := sha256.Sum256([]byte(g.Rule + "\x00" + f.positions.ReplaceAllString(g.Path, "") + "\x00" + f.lines.ReplaceAllString(g.Message, "line")))
	f.seen[h]++
	return fmt.Sprintf("%s:%d", hex.EncodeToString(h[:8]), f.seen[h])
}
