package forms

import (
	"bytes"
	"io"
	"strings"

	"github.com/runhist/runhist/schemas/source"
)

// piece is an element of a fragment and what stands before it.
type piece struct {
	place
	text []byte
	pos  source.Pos
}

// splitter parts fragments of several elements.
type splitter struct {
	reader *source.Reader
	fault  *source.Fault // that ended the reading
}

func newSplitter(limits source.Limits) *splitter {
	s := &splitter{}
	s.reader = source.NewReader(source.NewVocabulary(), limits, func(f source.Fault) {
		if f.Fatal { // the others are found again when the document is read
			s.fault = &f
		}
	})
	return s
}

// pieces parts fragments. broken tells that one of them could not be read to
// its end, which is reported; what is before that counts.
func (s *splitter) pieces(fragments []fragment, onFault func(source.Fault)) (pieces []piece, broken bool) {
	for _, f := range fragments {
		if f.text == nil { // it was not exported
			broken = true
			continue
		}
		pieces = s.split(pieces, f)
		if s.fault != nil {
			broken = true
			s.fault.Pos, s.fault.Path = f.pos, "/"
			onFault(*s.fault)
		}
	}
	return pieces, broken
}

// wrapper is what fragments stand in while they are parted. Its name may turn up
// in messages.
const (
	begin = "<string>"
	end   = "</string>"
)

// split appends the elements of a fragment. One that has no place of its own
// stays with the one before it.
func (s *splitter) split(pieces []piece, f fragment) []piece {
	s.fault = nil
	s.reader.Reset(io.MultiReader(strings.NewReader(begin), bytes.NewReader(f.text), strings.NewReader(end)))
	from, first := 0, len(pieces)
	for {
		switch s.reader.Next() {
		case source.EndElement:
			if s.reader.Depth() != 2 {
				continue
			}
			p, known := places[s.reader.Name()]
			if n := len(pieces); !known && n > first {
				p = pieces[n-1].place
			}
			to := min(int(s.reader.BytesRead())-len(begin), len(f.text))
			pieces = append(pieces, piece{place: p, text: f.text[from:to], pos: f.pos})
			from = to
		case source.EndDocument:
			if n := len(pieces); n > first {
				last := &pieces[n-1]
				last.text = f.text[from-len(last.text):] // with the text behind it
			}
			return pieces
		case source.Stop:
			if s.fault != nil && s.fault.ID == source.XMLTagMismatch && int(s.reader.BytesRead()) >= len(begin)+len(f.text) {
				s.fault.ID, s.fault.Message = source.XMLTruncated, "the string ends inside <"+clip([]byte(s.reader.Name()))+">"
			}
			return pieces
		}
	}
}
