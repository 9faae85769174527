package rundetails

// NewStep returns a step that a program made, with everything in it that the
// schema demands of a step and that can be empty or 0.
func NewStep() *Step {
	s := &Step{
		Description:       Description{Block: Block{Present: true}},
		CurrentExport:     NewNumber(0),
		LastExport:        NewNumber(0),
		Connection:        Connection{Block: Block{Present: true}},
		DiscoveryErrors:   Block{Present: true},
		DiscoveryCounters: DiscoveryCounters{Block: Block{Present: true}},
		SyncErrors:        Block{Present: true},
		RetryErrorBlock:   Block{Present: true},
		Staging:           *NewCounterBlock(Staging),
		Inbound:           *NewCounterBlock(Inbound),
		Export:            *NewCounterBlock(Export),
	}
	for _, b := range []*CounterBlock{&s.Staging, &s.Inbound, &s.Export} {
		b.Step = s
	}
	return s
}

// NewEncoded returns a base64 value that a program made, with the encoding
// attribute that says so.
func NewEncoded(base64 string) Encoded {
	return Encoded{Text: NewText(base64), Encoding: NewText("base64")}
}
