// Package manual writes the manual page of a program from its commands, their
// help texts and their flags, so that the page cannot say what the program
// does not. It is one page: whoever reads it can search all of it.
//
// cobra/doc would write a page for each command by way of Markdown, and bring
// three modules for that.
package manual

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Section is a part of the page that no command has.
type Section struct {
	Title string // in capitals, as is the custom
	Items []Item
}

// Item is a word and what it means.
type Item struct{ Word, Text string }

// Write writes the page of section 1 in the macros of man(7).
func Write(w io.Writer, root *cobra.Command, version string, sections []Section) error {
	var p page
	p.line(".TH %s 1 \"\" \"%s\" \"User Commands\"", strings.ToUpper(root.Name()), escape(root.Name()+" "+version))
	p.line(".SH NAME")
	p.line("%s \\- %s", escape(root.Name()), escape(root.Short))
	p.line(".SH SYNOPSIS")
	p.line(".B %s", escape(root.Name()))
	p.line(".I COMMAND")
	p.line("[\\fIflags\\fR] [\\fIarguments\\fR]")
	p.line(".SH DESCRIPTION")
	p.text(root.Long)
	p.line(".SH COMMANDS")
	p.commands(root)
	for _, s := range sections {
		p.line(".SH %s", escape(s.Title))
		for _, item := range s.Items {
			p.line(".TP")
			p.line("\\fB%s\\fR", escape(item.Word))
			p.text(item.Text)
		}
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// page is a manual page under way.
type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

// commands writes the commands below one, and those below them.
func (p *page) commands(c *cobra.Command) {
	for _, sub := range c.Commands() {
		if !sub.IsAvailableCommand() {
			continue
		}
		path := strings.TrimPrefix(sub.CommandPath(), sub.Root().Name()+" ")
		p.line(".SS %s", escape(path+strings.TrimPrefix(sub.Use, sub.Name())))
		p.text(about(sub))
		sub.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden && f.Name != "help" {
				p.flag(f)
			}
		})
		if sub.Example != "" {
			p.line(".PP")
			p.line("Examples:")
			p.line(".PP")
			p.verbatim(strings.Split(sub.Example, "\n"))
		}
		p.commands(sub)
	}
}

// about is the long help of a command, or the short one.
func about(c *cobra.Command) string {
	if c.Long != "" {
		return c.Long
	}
	return c.Short + "."
}

// flag writes a flag as help texts have it.
func (p *page) flag(f *pflag.Flag) {
	name := "\\fB\\-\\-" + escape(f.Name) + "\\fR"
	if f.Shorthand != "" {
		name = "\\fB\\-" + f.Shorthand + "\\fR, " + name
	}
	word, usage := pflag.UnquoteUsage(f)
	if word != "" {
		name += " \\fI" + escape(word) + "\\fR"
	}
	switch f.DefValue {
	case "", "0", "false", "[]", "0s":
	default:
		if f.Name != "jobs" { // the page is the same wherever it is written
			usage += " (default " + f.DefValue + ")"
		}
	}
	p.line(".TP")
	p.line("%s", name)
	p.text(usage)
}

// text writes paragraphs. Lines that are indented stay as they are.
func (p *page) text(text string) {
	for i, paragraph := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			p.line(".PP")
		}
		lines := strings.Split(paragraph, "\n")
		if strings.HasPrefix(lines[0], " ") {
			p.verbatim(lines)
			continue
		}
		for _, line := range lines {
			p.line("%s", escape(line))
		}
	}
}

// verbatim writes lines as they are.
func (p *page) verbatim(lines []string) {
	p.line(".nf")
	p.line(".RS 2")
	for _, line := range lines {
		p.line("%s", escape(strings.TrimPrefix(line, "  ")))
	}
	p.line(".RE")
	p.line(".fi")
}

// escape keeps text from being a request or an escape, and a hyphen a hyphen
// that can be searched for and copied.
func escape(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, `"`, `\(dq`).Replace(text)
	var b strings.Builder
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		b.WriteString(`\&`)
	}
	for _, c := range text {
		if c < 0x80 {
			b.WriteRune(c)
		} else {
			fmt.Fprintf(&b, `\[u%04X]`, c)
		}
	}
	return b.String()
}
