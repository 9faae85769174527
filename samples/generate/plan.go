package generate

// stepKind is a type of step, and what a server writes of one.
type stepKind struct {
	stepType, subtype string
	imports           bool // reads the data source
	syncs             bool // synchronizes
	exports           bool
	errors            int // share of the import or export errors
}

// The kinds of steps.
var (
	fullStage    = stepKind{stepType: "full-import", subtype: "to-cs", imports: true}
	deltaStage   = stepKind{stepType: "delta-import", subtype: "to-cs", imports: true}
	fullSync     = stepKind{stepType: "full-import", imports: true, syncs: true, errors: 1}
	deltaSync    = stepKind{stepType: "delta-import", imports: true, syncs: true, errors: 1}
	applyPending = stepKind{stepType: "apply-rules", subtype: "apply-pending", syncs: true, errors: 1}
	applyFlow    = stepKind{stepType: "apply-rules", subtype: "reevaluate-flow-connectors", syncs: true}
	applyAll     = stepKind{stepType: "apply-rules", subtype: "reevaluate-join-flow-all", syncs: true}
	export       = stepKind{stepType: "export", exports: true, errors: 1}
	cleanExport  = stepKind{stepType: "export", exports: true}
)

func (k *stepKind) subtypeElement() string {
	if k.imports {
		return "import-subtype"
	}
	return "apply-rules-subtype"
}

// cycle is the order of the steps of a run profile, over and over. Every
// beginning of three steps has import errors and export errors.
var cycle = [...]*stepKind{
	&fullStage, &applyPending, &export, &deltaStage, &applyFlow, &cleanExport, &deltaSync, &fullSync, &export,
	&deltaStage, &applyPending, &export, &fullStage, &applyAll, &cleanExport, &deltaSync, &fullSync, &export,
}

// plan is what is known of a step before it is made.
type plan struct {
	kind   *stepKind
	errors int // import or export errors: exact, or a guess where there is a size
	last   bool

	// unconfirmed are the exported changes that a staging step misses; they
	// are import errors too.
	unconfirmed int
	objects     int // object errors, at most
}

// bytesAnError is a guess that decides about the number of steps only; it must
// not depend on the run, because all runs of a profile have the same steps.
const bytesAnError = 900

// errorLimit is the number of errors at which a server ends a step, by
// default; half full steps leave room for a wrong guess.
const errorLimit = 5000

// plans lays out the steps of a run. size is that of the run, 0 for counts.
func plans(o *Options, size int64) []plan {
	errors, steps := o.Errors, o.Steps
	if size > 0 {
		errors = int(size / bytesAnError)
		if steps == 0 {
			steps = stepsFor(size, errors)
		}
	} else if errors == 0 {
		errors = defaultErrors
	}
	if steps == 0 {
		steps = defaultSteps
	}
	list := make([]plan, steps)
	for i := range list {
		list[i].kind = cycle[i%len(cycle)]
	}
	switch steps { // too few for what a cycle begins with
	case 1:
		list[0].kind = &deltaSync
	case 2:
		list[0].kind, list[1].kind = &deltaSync, &export
	}
	list[steps-1].last = true
	deal(list, max(errors, 0))
	return list
}

func stepsFor(size int64, errors int) int {
	const aStep = 5000 // bytes without errors
	switch {
	case size < 3*aStep:
		return 1
	case size < 8*aStep:
		return 2
	case size < 30*aStep:
		return 3
	}
	// Of nine steps, two take export errors, which are half of all.
	full := errors / 2 / (2 * errorLimit / 2)
	return defaultSteps * (1 + full)
}

// deal gives the steps their errors: half to imports, half to exports.
func deal(list []plan, errors int) {
	var imports, exports []*plan
	for i := range list {
		switch k := list[i].kind; {
		case k.errors == 0:
		case k.exports:
			exports = append(exports, &list[i])
		default:
			imports = append(imports, &list[i])
		}
	}
	half := errors / 2
	if len(exports) == 0 {
		half = 0
	}
	rest := errors - half
	for i := range list {
		if list[i].kind == &fullStage && !list[i].last && rest > 2*len(imports) {
			list[i].unconfirmed = 1 + b2i(rest > 20)
			rest -= list[i].unconfirmed
		}
	}
	share(imports, rest)
	share(exports, half)
	for i := range list {
		p := &list[i]
		// Object errors alone end a run, so that only its last step has them.
		alone := p.kind == &fullStage && p.last && errors > 0
		if p.kind.imports && (p.errors > 0 || p.unconfirmed > 0 || alone) {
			p.objects = min(1+errors/80, 4)
		}
	}
}

func share(list []*plan, errors int) {
	for i, p := range list {
		p.errors = errors/len(list) + b2i(i < errors%len(list))
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
