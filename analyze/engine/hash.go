package engine

import "encoding/hex"

// Hash is the SHA-256 over the canonical form of the state (SE section 10.6).
type Hash [32]byte

func (h Hash) String() string { return hex.EncodeToString(h[:]) }
