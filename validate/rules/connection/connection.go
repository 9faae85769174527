// Package connection holds the rules of section 2.2.1.1.1.1 of the
// specification, about ma-connection: the server and the attempts to reach it.
package connection

import "github.com/runhist/runhist/validate/rule"

// Rules returns the rules of the chapter in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		r160(),
		r161(),
		r169(),
		r170(),
		r171(),
		r172(),
		r173(),
		r174(),
		r175(),
		r176(),
		r179(),
		r180(),
	}
}
