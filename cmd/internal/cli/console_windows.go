package cli

import (
	"os"

	"golang.org/x/sys/windows"
)

// understandsEscapes tells whether a terminal obeys escape sequences. Consoles
// before Windows Terminal do so only when they are told to. Their text needs
// nothing: the library of Go writes UTF-8 to a console as UTF-16.
func understandsEscapes(file *os.File) bool {
	console := windows.Handle(file.Fd())
	var mode uint32
	if windows.GetConsoleMode(console, &mode) != nil {
		return false
	}
	return mode&windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING != 0 ||
		windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
