package stepresults

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c125() rule.Rule {
	return rule.Rule{
		ID:           "C125",
		Title:        "The file of a step-result is a file of the configured step.",
		Severity:     finding.Info,
		Requirements: []string{"C125"},
		Why: "@file is the name of the file that the step was configured with. " +
			"Another name sends whoever looks for the cause to a file that the step never used.",
		Fix: "Compare @file with input-file, output-file and dropfile-name in step-description. " +
			"Folders and the case of letters are not compared.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				// With these results the file is an assembly.
				return rule.If(base(s.Result.File.Value) != "" && !strings.HasPrefix(s.Result.Value, "stopped-extension-dll-") &&
					(file(s, "input-file") != "" || file(s, "output-file") != ""))
			},
			func(s *rundetails.Step, r *rule.Report) {
				// A step that resumes from a drop file may name that.
				for _, tag := range []string{"input-file", "output-file", "dropfile-name"} {
					if strings.EqualFold(base(s.Result.File.Value), file(s, tag)) {
						return
					}
				}
				known := file(s, "input-file")
				if known == "" {
					known = file(s, "output-file")
				}
				r.At(&s.Result.File, "file is %s, but the file of the configured step is %s",
					words.Quote(s.Result.File.Value), words.Quote(known))
			},
		)},
	}
}

// file is the name of a configured file without its folder, or "".
func file(s *rundetails.Step, tag string) string { return base(s.Description.Root.Find(tag).Text()) }

// base cuts folders off a name: of the two, one may have a path.
func base(name string) string {
	name = strings.TrimSpace(name)
	return name[strings.LastIndexAny(name, `\/`)+1:]
}
