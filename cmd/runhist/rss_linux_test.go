package main_test

import (
	"os"
	"syscall"
)

// maxRSS is the peak of resident memory of an ended process, in bytes.
func maxRSS(p *os.ProcessState) int64 {
	if u, ok := p.SysUsage().(*syscall.Rusage); ok {
		return int64(u.Maxrss) * 1024
	}
	return 0
}
