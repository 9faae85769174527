package source

import "strconv"

// Path is an XPath that selects the current element: every step has a
// position. A name that the vocabulary lacks is written * with its position
// among all its siblings. Outside the root it is "/".
func (r *Reader) Path() string {
	if len(r.frames) == 0 {
		return "/"
	}
	path := make([]byte, 0, 128)
	for i := range r.frames {
		f := &r.frames[i]
		path = AppendStep(path, r.vocab.Name(f.sym), f.index)
	}
	return string(path)
}

// AppendStep appends one step of a path; an empty name stands for any.
func AppendStep(path []byte, name string, index uint32) []byte {
	path = append(path, '/')
	if name == "" {
		name = "*"
	}
	path = append(path, name...)
	path = append(path, '[')
	path = strconv.AppendUint(path, uint64(index), 10)
	return append(path, ']')
}

// ElementPath is the path of names without positions, from the root to the
// current element: what the schema knows a place by.
func (r *Reader) ElementPath() string {
	path := make([]byte, 0, 128)
	for i := range r.frames {
		path = append(append(path, '/'), r.frames[i].name...)
	}
	return string(path)
}
