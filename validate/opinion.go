package validate

import (
	"fmt"
	"io"

	"github.com/runhist/runhist/schemas/source"
)

// SecondOpinion is another schema engine.
type SecondOpinion interface {
	// Name is what messages call the engine.
	Name() string
	// Judge reads a document in UTF-8 to its end.
	Judge(in io.Reader) (Opinion, error)
}

// SecondEngine makes the other engine for a schema.
type SecondEngine func(xsd []byte) (SecondOpinion, error)

// Opinion is the verdict of another engine.
type Opinion struct {
	Valid    bool
	Findings []OpinionFinding
}

// OpinionFinding is one fault that another engine sees.
type OpinionFinding struct {
	ID      string
	Line    uint32
	Message string
}

func (o *Opinion) describe() string {
	if len(o.Findings) == 0 {
		return verdict(o.Valid)
	}
	f := o.Findings[0]
	return fmt.Sprintf("%s (line %d: %s)", verdict(o.Valid), f.Line, f.Message)
}

// opinion feeds the other engine with the decoded text while ours reads it.
type opinion struct {
	engine SecondOpinion
	pipe   *io.PipeWriter
	done   chan struct{}
	said   Opinion
	err    error
}

func (o *opinion) begin(r *source.Reader) {
	in, out := io.Pipe()
	o.pipe, o.done = out, make(chan struct{})
	o.said, o.err = Opinion{}, nil
	go func() {
		defer close(o.done)
		o.said, o.err = o.engine.Judge(in)
		// The engine may stop early; what follows must not block us.
		_, _ = io.Copy(io.Discard, in)
	}()
	r.CopyTo(func(decoded []byte) { _, _ = out.Write(decoded) })
}

func (o *opinion) end(r *source.Reader) (*Opinion, error) {
	r.CopyTo(nil)
	_ = o.pipe.Close()
	<-o.done
	return &o.said, o.err
}
