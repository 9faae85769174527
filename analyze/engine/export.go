package engine

// exports is phase E: SE-E1 to SE-E9, SE-N6. It reports whether the step
// started.
func (st *step) exports() bool {
	st.rec.Result = "stopped-export-disabled"
	return false
}
