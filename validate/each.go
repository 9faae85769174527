package validate

import (
	"context"
	"io"
	"slices"
	"sync"
)

// Input is a document to be judged.
type Input struct {
	File string // the name in findings, with forward slashes
	Open func() (io.ReadCloser, error)
}

// ahead is how many documents each worker may be done with before the first
// one that is not.
const ahead = 32

// maxBatch is the number of documents that a worker takes at a time where
// there are very many: to hand over small ones singly would cost more than a
// tenth of the work on them.
const maxBatch = 8

// Each judges many documents by jobs workers and hands the results to yield
// in the order of the documents; yield is never called concurrently. It ends
// early when the context does, with its error, or when yield returns an error,
// with that.
//
// Rules that compare runs are judged before a result is handed out: a finding
// about two runs belongs to the one that comes second. What only the whole of
// the call can show comes with the last result, also where it is about another
// document: each finding names its own.
func (v *Validator) Each(ctx context.Context, inputs []Input, jobs int, yield func(Result) error) error {
	across, given := v.newAcross(), 0
	hand := func(r Result) error {
		given++
		across.judge(&r, given == len(inputs))
		v.accept(&r)
		return yield(r)
	}
	jobs = max(1, min(jobs, len(inputs)))
	if jobs == 1 {
		return v.inTurn(ctx, inputs, hand)
	}
	return v.atOnce(ctx, inputs, jobs, hand)
}

// inTurn judges documents by one worker.
func (v *Validator) inTurn(ctx context.Context, inputs []Input, hand func(Result) error) error {
	w := v.Worker()
	for _, in := range inputs {
		r := w.open(ctx, in)
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := hand(r); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// atOnce judges documents by several workers, and hands the results out in the
// order of the documents.
func (v *Validator) atOnce(ctx context.Context, inputs []Input, jobs int, hand func(Result) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	// order holds the results to come; its room keeps the workers from running
	// away from the first document that is slow.
	size := min(max(1, len(inputs)/(jobs*64)), maxBatch)
	order := make(chan chan []Result, jobs*ahead/size)
	type job struct {
		inputs []Input
		out    chan<- []Result
	}
	work := make(chan job)
	var workers sync.WaitGroup
	for range jobs {
		workers.Go(func() {
			w := v.Worker()
			for j := range work {
				results := make([]Result, len(j.inputs))
				for i, in := range j.inputs {
					results[i] = w.open(ctx, in)
				}
				j.out <- results
			}
		})
	}
	go func() {
		defer close(order)
		defer close(work)
		for batch := range slices.Chunk(inputs, size) {
			out := make(chan []Result, 1)
			select {
			case order <- out:
				work <- job{batch, out}
			case <-ctx.Done():
				return
			}
		}
	}()
	defer workers.Wait()
	defer cancel()
	for out := range order {
		for _, r := range <-out {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := hand(r); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// open opens and judges one input.
func (w *Worker) open(ctx context.Context, in Input) Result {
	f, err := in.Open()
	if err != nil {
		return w.failed(in.File, err) // it names the file and the operation
	}
	defer f.Close()
	return w.Document(in.File, &interruptible{ctx, f})
}

// interruptible ends reading when its context ends.
type interruptible struct {
	ctx context.Context
	in  io.Reader
}

func (i *interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.in.Read(p)
}
