package source

import "bytes"

// binding binds a prefix in the scope of an element; "" is the default
// namespace.
type binding struct {
	prefix string
	space  string
	depth  int   // of the element that declares it
	outer  int32 // 1 + the index of the binding of prefix that this one hides
}

// fewBindings are searched one by one; a document that declares thousands of
// prefixes must not make every name cost thousands of comparisons.
const fewBindings = 8

// lookup finds what prefix is bound to.
func (r *Reader) lookup(prefix []byte) (string, bool) {
	if len(r.bindings) > fewBindings {
		if i := r.bound[string(prefix)]; i > 0 {
			return r.bindings[i-1].space, true
		}
	} else {
		for i := len(r.bindings) - 1; i >= 0; i-- {
			if r.bindings[i].prefix == string(prefix) {
				return r.bindings[i].space, true
			}
		}
	}
	switch string(prefix) {
	case "":
		return "", true
	case "xml":
		return XMLNamespace, true
	}
	return "", false
}

// Resolve returns the namespace that prefix is bound to at the current
// element, for names inside values; false when it is bound to none.
func (r *Reader) Resolve(prefix []byte) (space string, bound bool) { return r.lookup(prefix) }

// resolve applies the namespace declarations of the start tag just scanned,
// and gives the element and its attributes their namespaces.
func (r *Reader) resolve(name string, sym Sym) (string, string, Sym, bool) {
	for i := range r.attrs {
		if !r.declare(&r.attrs[i]) {
			return "", "", 0, false
		}
	}
	prefix, _, ok := splitName([]byte(name))
	if !ok {
		r.fatalf(XMLNamespaceFault, r.tagPos, "%q is no name: it needs something on both sides of one colon", clip([]byte(name), 60))
		return "", "", 0, false
	}
	space, bound := r.lookup(prefix)
	if !bound || string(prefix) == "xmlns" {
		r.fatalf(XMLNamespaceFault, r.tagPos, "the prefix %s is not declared", clip(prefix, 60))
		return "", "", 0, false
	}
	if space != "" {
		sym = 0
	}
	for i := range r.attrs {
		if !r.resolveAttribute(i) {
			return "", "", 0, false
		}
	}
	return name, space, sym, true
}

// declare makes a namespace declaration of a, if it is one.
func (r *Reader) declare(a *Attr) bool {
	prefix, local, ok := splitName(a.Name)
	if !ok {
		r.fatalf(XMLNamespaceFault, a.Pos, "%q is no name: it needs something on both sides of one colon", clip(a.Name, 60))
		return false
	}
	a.Local = local
	switch {
	case string(a.Name) == "xmlns":
		local = nil
	case string(prefix) != "xmlns":
		return true
	}
	wrong := ""
	switch value := string(a.Value); {
	case string(local) == "xmlns":
		wrong = "the prefix xmlns may not be declared"
	case (string(local) == "xml") != (value == XMLNamespace):
		wrong = "the prefix xml and its namespace belong to each other"
	case value == XMLNSNamespace:
		wrong = "the namespace of xmlns may not be declared"
	case value == "" && len(local) > 0:
		wrong = "a prefix may not be bound to no namespace"
	}
	if wrong != "" {
		r.fatalf(XMLNamespaceFault, a.Pos, "%s", wrong)
		return false
	}
	a.Space, a.Sym = XMLNSNamespace, 0
	if !r.hold(len(local) + len(a.Value)) {
		return false
	}
	r.bind(r.intern(local), r.intern(a.Value))
	return true
}

// bind binds a prefix for the element that is about to be pushed.
func (r *Reader) bind(prefix, space string) {
	r.bindings = append(r.bindings, binding{prefix, space, len(r.frames) + 1, r.bound[prefix]})
	r.bound[prefix] = int32(len(r.bindings))
}

// unbind takes back all bindings but the first n.
func (r *Reader) unbind(n int32) {
	for i := len(r.bindings) - 1; i >= int(n); i-- {
		b := &r.bindings[i]
		if b.outer > 0 {
			r.bound[b.prefix] = b.outer
		} else {
			delete(r.bound, b.prefix)
		}
		r.held -= len(b.prefix) + len(b.space)
		*b = binding{}
	}
	r.bindings = r.bindings[:n]
}

// resolveAttribute gives the i-th attribute its namespace; two attributes may
// not have one name in one namespace.
func (r *Reader) resolveAttribute(i int) bool {
	a := &r.attrs[i]
	if a.Space == XMLNSNamespace || len(a.Local) == len(a.Name) {
		return true
	}
	prefix := a.Name[:len(a.Name)-len(a.Local)-1]
	space, bound := r.lookup(prefix)
	if !bound {
		r.fatalf(XMLNamespaceFault, a.Pos, "the prefix %s is not declared", clip(prefix, 60))
		return false
	}
	a.Space = space
	twice := false
	if len(r.attrs) > fewAttributes {
		key := append(append(append(make([]byte, 0, 200), space...), '}'), a.Local...)
		twice = r.repeated(key) // no name has a brace
	} else {
		for j := range r.attrs[:i] {
			if b := &r.attrs[j]; b.Space == space && bytes.Equal(a.Local, b.Local) {
				twice = true
			}
		}
	}
	if twice {
		r.fatalf(XMLAttributeDuplicate, a.Pos, "the attribute %s stands twice in one tag, under two prefixes of one namespace", clip(a.Local, 60))
	}
	return !twice
}

// splitName parts a qualified name; false when it is none.
func splitName(name []byte) (prefix, local []byte, ok bool) {
	i := bytes.IndexByte(name, ':')
	if i < 0 {
		return nil, name, true
	}
	prefix, local = name[:i], name[i+1:]
	n, _ := scanName(local)
	return prefix, local, i > 0 && n > 0 && n == len(local) && bytes.IndexByte(local, ':') < 0
}
