package source

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

// FuzzReader feeds text. Whatever it is, places never go back, elements nest,
// reading ends, and the trace does not depend on how the text arrives.
func FuzzReader(f *testing.F) {
	for _, doc := range corpus() {
		if len(doc) < 300 {
			f.Add([]byte(doc), uint16(1), uint16(64))
		}
	}
	f.Fuzz(func(t *testing.T, doc []byte, chunk, window uint16) {
		if len(doc) > 1<<16 {
			return
		}
		orderly(t, doc)
		limits := Limits{Depth: 20, Attributes: 20, Value: 1 + int(chunk)*7, Bytes: 1 << 20}
		for _, limits := range []Limits{DefaultLimits(), limits} {
			want := trace(bytes.NewReader(doc), limits)
			got := traceIn(&chunked{bytes.NewReader(doc), 1 + int(chunk)%300}, limits, 16+int(window)%2000)
			if got != want {
				t.Errorf("got %s\nwant %s", got, want)
			}
		}
	})
}

// orderly reads a document and checks what holds for every one.
func orderly(t *testing.T, doc []byte) {
	t.Helper()
	var last Pos
	forward := func(pos Pos) {
		if pos.Line < last.Line || pos.Line == last.Line && pos.Column < last.Column || pos.Line == 0 || pos.Column == 0 || pos.Column > 1<<30 {
			t.Errorf("%v comes after %v", pos, last)
		}
		last = pos
	}
	fatal := 0
	known := FaultIDs()
	r := NewReader(testNames, DefaultLimits(), func(fault Fault) {
		if fatal > 0 {
			t.Errorf("%v comes after a fatal fault", fault)
		}
		if fault.Fatal {
			fatal++
		}
		if !contains(known, fault.ID) || fault.Message == "" || !strings.HasPrefix(fault.Path, "/") || fault.Pos.Line == 0 || fault.Pos.Column == 0 {
			t.Errorf("an odd fault: %+v", fault)
		}
		if strings.ToValidUTF8(fault.Message, "") != fault.Message {
			t.Errorf("the message is no text: %q", fault.Message)
		}
	})
	r.Reset(bytes.NewReader(doc))
	var open []string
	for {
		switch kind := r.Next(); kind {
		case StartElement:
			open = append(open, r.Name())
			forward(r.Pos())
			for _, a := range r.Attrs() {
				forward(a.Pos)
			}
		case EndElement:
			if len(open) == 0 || open[len(open)-1] != r.Name() {
				t.Fatalf("</%s> ends %q", r.Name(), open)
			}
			open = open[:len(open)-1]
			if r.TagPos() != r.Pos() { // not the second half of one tag
				forward(r.TagPos())
			}
		case EndDocument:
			if len(open) > 0 || fatal > 0 || r.Err() != nil {
				t.Errorf("the end with %q open, %d faults, %v", open, fatal, r.Err())
			}
			return
		case Stop:
			if fatal != 1 || r.Err() != nil {
				t.Errorf("stopped by %d faults, %v", fatal, r.Err())
			}
			return
		}
		if len(open) > 256 || r.Depth() < 1 {
			t.Fatal("the depth is wrong")
		}
		if lead := r.Lead(); bytes.IndexByte(lead, 0) >= 0 || !r.LeadBlank() && r.LeadPos().Line == 0 {
			t.Errorf("an odd lead: %q at %v", lead, r.LeadPos())
		}
	}
}

// FuzzDecode feeds bytes in every encoding and compression.
func FuzzDecode(f *testing.F) {
	const doc = "<?xml version='1.0' encoding='utf-16'?><a b='é'>日𝄞</a>"
	for _, text := range []string{doc, utf16Text(doc, true), utf16Text("\ufeff"+doc, false), strings.Replace(doc, "utf-16", "windows-1250", 1)} {
		f.Add([]byte(text), byte(7))
		f.Add([]byte(packed(f, "gzip", text)), byte(1))
		f.Add([]byte(packed(f, "zstd", text)), byte(1))
		f.Add([]byte(packed(f, "zstd", packed(f, "gzip", text))), byte(200))
	}
	for _, magic := range []string{"PK\x03\x04", "BZh9", "\xfd7zXZ\x00", "\xff\xfe\x00\x00", "\x00\x00\xfe\xff", "\xff\xfe<", "\x1f\x8b", "\x28\xb5\x2f\xfd"} {
		f.Add([]byte(magic), byte(0))
	}
	f.Fuzz(func(t *testing.T, in []byte, chunk byte) {
		if len(in) > 1<<16 {
			return
		}
		limits := DefaultLimits()
		limits.Bytes = 8 << 20
		want, err := faults(bytes.NewReader(in), limits)
		got, chunkedErr := faults(&chunked{bytes.NewReader(in), 1 + int(chunk)}, limits)
		if strings.Join(got, "\n") != strings.Join(want, "\n") || err != nil || chunkedErr != nil {
			t.Errorf("%q %v in small reads, %q %v at once", got, chunkedErr, want, err)
		}
		if len(want) == 0 {
			t.Error("no verdict")
		}
		if _, err := faults(io.LimitReader(bytes.NewReader(in), int64(chunk)), limits); err != nil {
			t.Error(err)
		}
		Lines(bytes.NewReader(in), []uint32{1, 2, 1 << 31})
	})
}
