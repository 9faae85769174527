//go:build !windows

package cli

import "os"

// understandsEscapes tells whether a terminal obeys escape sequences.
func understandsEscapes(*os.File) bool { return true }
