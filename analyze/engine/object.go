package engine

// csID and mvID number connector space and metaverse objects from 1 in the
// order of their making; numbers are not used twice, and ids derive from them.
type (
	csID uint32
	mvID uint32
)

// csState tells normal, explicit and filtered objects apart.
type csState uint8

const (
	stateNormal csState = iota
	stateExplicit
	stateFiltered
)

// csFlags are the marks of a connector space object.
type csFlags uint16

const (
	flagLive        csFlags = 1 << iota // clear: the row is gone
	flagPlaceholder                     // a DN without object
	flagTransient                       // lost its DN to another anchor (SE-I14)
	flagSynced                          // has a synchronized image, which may be empty
	flagProvisioned                     // made by provisioning
	flagSeen                            // delivered by the last full import or later
	flagAdded                           // delivered as an Add in this step (SE-K07)
	flagAccepted                        // delivered in this step (SE-K22)
	flagDNChanged                       // the pending import holds another DN
	flagRefRetry                        // a reference of it has a new target, or lost its own (SE-N3)
	flagRenameRetry                     // a container above it was renamed (SE-K45)
	flagObsoletion                      // pending delete that obsoletion made
	flagFixup                           // promoted or renamed in this step (SE-N3)
	flagRefJoined                       // the target of a reference of it joined (SE-D11)
)

// csObject is an object of a connector space. It is copied into the journal
// when a transaction first touches it, so everything it points to is never
// changed in place.
type csObject struct {
	rdn, rdnKey valueID // last component, as delivered and folded
	anchor      valueID
	parent      csID
	children    uint32
	referrers   uint32 // head of the list of references to it
	mv          mvID
	stamp       uint32 // transaction that saved it last
	agent       uint16
	typ         uint16 // from 1; 0: placeholder
	pendingType uint16
	partition   uint16 // from 1; 0: placeholder
	flags       csFlags
	state       csState
	pendingOp   deltaOp
	synced      image
	pending     image // import image, if pendingOp is add, update or delete-add
	export      *exports
	err         *objectError // of import and synchronization
}

// exports is the part of the tower above the connector space object that only
// targets of exports have (SE section 1.3).
type exports struct {
	unapplied, unconfirmed *delta
	// confirmed is what an import has shown of unconfirmed, until that import
	// is synchronized: the source holds it, and Synced does not show it yet.
	confirmed *delta
	err       *objectError
}

// objectError is the error that an object stands in (SE-K40).
type objectError struct {
	typ         string
	first, last int64 // virtual nanoseconds
	retries     int
}

func (o *csObject) is(f csFlags) bool { return o.flags&f != 0 }

// real: an object of the data source, neither removed nor a placeholder.
func (o *csObject) real() bool { return o.flags&(flagLive|flagPlaceholder) == flagLive }

// imported: seen by an import at least once (SE-N3).
func (o *csObject) imported() bool { return o.is(flagSynced) || o.pendingOp != opNone }

// importImage is Synced with PendingImport; false if there is none because the
// object was never imported or is to be deleted (SE-N1).
func (o *csObject) importImage() (image, bool) {
	switch {
	case o.pendingOp.deletes():
		return nil, false
	case o.pendingOp != opNone:
		return o.pending, true
	}
	return o.synced, o.is(flagSynced)
}

func (o *csObject) unapplied() *delta {
	if o.export == nil {
		return nil
	}
	return o.export.unapplied
}

func (o *csObject) confirmed() *delta {
	if o.export == nil {
		return nil
	}
	return o.export.confirmed
}

func (o *csObject) unconfirmed() *delta {
	if o.export == nil {
		return nil
	}
	return o.export.unconfirmed
}

// mvFlags are the marks of a metaverse object.
type mvFlags uint8

const (
	mvLive mvFlags = 1 << iota
	mvRefRetry
	mvProvRetry
)

// mvAttr is one value of a metaverse object with its lineage.
type mvAttr struct {
	attr  attrID
	rule  uint16  // import flow that wrote it, from 1; 0: none that is known
	agent uint16  // that contributed it
	cs    csID    // that contributed it; 0 after a disconnection without recall
	val   valueID // of references: an mvID
}

// mvObject is an object of the metaverse. Equal precedence may hold one value
// twice, with different contributors.
type mvObject struct {
	attrs     []mvAttr // by attribute, value, contributor
	conns     []csID   // never changed in place
	referrers uint32
	stamp     uint32
	owned     uint32 // transaction that may change attrs in place
	typ       uint16
	flags     mvFlags
}

const pageBits = 12

// table holds objects in pages, so that they do not move.
type table[T any] struct {
	pages []*[1 << pageBits]T
	n     uint32 // last id
}

func (t *table[T]) at(id uint32) *T { return &t.pages[id>>pageBits][id&(1<<pageBits-1)] }

// add returns a cleared object and its id.
func (t *table[T]) add() (uint32, *T) {
	t.n++
	if int(t.n>>pageBits) == len(t.pages) {
		t.pages = append(t.pages, new([1 << pageBits]T))
	}
	o := t.at(t.n)
	var zero T
	*o = zero
	return t.n, o
}
