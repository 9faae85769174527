package archive

import "fmt"

// Relation is what two runs have to do with each other.
type Relation uint8

// The relations. Earlier, Later, ProfileEarlier and ProfileLater are those of
// neighbours in time; what is true of all neighbours is true of all.
const (
	SameNumber     Relation = iota // of one agent, with one number
	Earlier                        // of one agent: the other one began before
	Later                          // of one agent: the other one began after
	ProfileEarlier                 // of one agent and profile, both with an end that lets a next step begin
	ProfileLater
	SameAgent  // of one agent by its id
	SameName   // of agents of one name
	SharedStep // with a step of one id
	Unplaced   // of one agent, but where the run belongs cannot be known
)

// Pair is a run beside one that was seen before it.
type Pair struct {
	Relation Relation
	Run      *Run
	Step     *Step // SharedStep only
	Other    *Seen
	// File is that of the other run, "" where both stand in one.
	File string

	// Copy means that both runs have the same content, Moments that both are
	// one run, seen at two moments. SameNumber only.
	Copy, Moments bool
	// Follows means that a pair before has shown the fault already that this
	// one would show.
	Follows bool
	// New means that the name is new for the id, the id for the name, or the
	// agent for the step.
	New bool
	// Said is the name, or the id, that others have where this one is New.
	Said string
}

// Where says where the other run stands.
func (p *Pair) Where() string { return where(p.Other.Line, p.File) }

func where(line uint32, file string) string {
	if file == "" {
		return fmt.Sprintf("line %d", line)
	}
	return fmt.Sprintf("line %d of %s", line, file)
}

// Seen is what remains of a run when the next one comes.
type Seen struct {
	Start, End int64 // where HasStart, HasEnd
	Number     uint32
	Steps      uint32
	Line       uint32 // of run-details
	HasStart   bool
	HasEnd     bool
	HasNumber  bool
	AtWork     bool

	again    bool // its number was seen before
	index    uint32
	document uint32
	agent    uint32
	print    uint64
}

// Visitor takes what an archive finds. Nothing that it is shown may be kept.
type Visitor interface {
	Pair(*Pair)
	Recurrence(*Recurrence)
	Account(*Account)
}
