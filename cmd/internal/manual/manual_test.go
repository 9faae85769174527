package manual

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func TestWrite(t *testing.T) {
	root := &cobra.Command{Use: "prog", Short: "Does a - b", Long: "First.\n\n.beginning with a point\n'and a quote \\n\n\n  as it\n    is"}
	sub := &cobra.Command{Use: "sub FILE", Short: "One \"quoted\" thing, ä", Example: "  prog sub -x", Run: func(*cobra.Command, []string) {}}
	sub.Flags().StringP("name-of", "n", "it", "the `WORD` to say")
	sub.Flags().Bool("on", false, "switch")
	secret := &cobra.Command{Use: "secret", Hidden: true, Run: func(*cobra.Command, []string) {}}
	root.AddCommand(sub, secret)
	var out bytes.Buffer
	if err := Write(&out, root, "1.0-rc", []Section{{"FILES", []Item{{".conf", "What it reads."}}}}); err != nil {
		t.Fatal(err)
	}
	want := `.TH PROG 1 "" "prog 1.0\-rc" "User Commands"
.SH NAME
prog \- Does a \- b
.SH SYNOPSIS
.B prog
.I COMMAND
[\fIflags\fR] [\fIarguments\fR]
.SH DESCRIPTION
First.
.PP
\&.beginning with a point
\&'and a quote \en
.PP
.nf
.RS 2
as it
  is
.RE
.fi
.SH COMMANDS
.SS sub FILE
One \(dqquoted\(dq thing, \[u00E4].
.TP
\fB\-n\fR, \fB\-\-name\-of\fR \fIWORD\fR
the WORD to say (default it)
.TP
\fB\-\-on\fR
switch
.PP
Examples:
.PP
.nf
.RS 2
prog sub \-x
.RE
.fi
.SH FILES
.TP
\fB\&.conf\fR
What it reads.
`
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	groff, err := exec.LookPath("groff")
	if err != nil {
		return
	}
	cmd := exec.Command(groff, "-man", "-Tutf8", "-ww")
	cmd.Stdin = &out
	text, err := cmd.Output()
	if err != nil || !strings.Contains(string(text), `'and a quote \n`) {
		t.Errorf("groff: %v\n%s", err, text)
	}
}
