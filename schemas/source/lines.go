package source

import (
	"bufio"
	"io"
	"slices"
)

// maxLine is how much of a line [Lines] returns, in bytes.
const maxLine = 64 << 10

// Lines returns the text of the wanted lines of a document, decoded as a
// [Reader] does it and numbered as its places are. It stops behind the last
// line wanted, and where the input cannot be read it returns what it has.
func Lines(in io.Reader, wanted []uint32) map[uint32]string {
	wanted = slices.Clone(wanted)
	slices.Sort(wanted)
	wanted = slices.Compact(wanted)
	lines := make(map[uint32]string, len(wanted))
	var d decoder
	d.open(in)
	r := bufio.NewReaderSize(&d, 64<<10)
	var text []byte
	for number := uint32(1); len(wanted) > 0; number++ {
		keep := number == wanted[0]
		text = text[:0]
		end := false
		for {
			c, err := r.ReadByte()
			if err != nil {
				end = true
				break
			}
			if c == '\n' {
				break
			}
			if c == '\r' {
				if next, err := r.Peek(1); err == nil && next[0] == '\n' {
					_, _ = r.ReadByte()
				}
				break
			}
			if keep && len(text) < maxLine {
				text = append(text, c)
			}
		}
		if keep {
			text = text[:len(text)-cut(text)]
			if number == 1 && len(text) >= 3 && string(text[:3]) == "\ufeff" {
				text = text[3:]
			}
			lines[number] = string(text)
			wanted = wanted[1:]
		}
		if end {
			break
		}
	}
	return lines
}
