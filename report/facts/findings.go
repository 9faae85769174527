package facts

import (
	"strings"

	"github.com/runhist/runhist/report/tables"
)

func findingsTable() declaration {
	return declaration{Findings, "Findings", "What runhist validate says about the documents, whole ones, whatever runs and steps the flags leave out: a row for each finding.", []column{
		{"file", tables.Text, "", "Document of the finding.", "the argument or the folder", func(f *fact) tables.Value { return tables.Of(f.finding.File) }},
		{"line", tables.Int, "", "Line of the finding, from 1 on.", "the validator", func(f *fact) tables.Value { return tables.Num(f.finding.Line) }},
		{"column", tables.Int, "", "Column of the finding, from 1 on.", "the validator", func(f *fact) tables.Value { return tables.Num(f.finding.Column) }},
		{"severity", tables.Word, "", "error, warning or info.", "the validator", func(f *fact) tables.Value { return tables.Of(f.finding.Severity.String()) }},
		{"rule", tables.Word, "", "Id of the rule, as runhist explain knows it.", "the validator", func(f *fact) tables.Value { return tables.Of(f.finding.Rule) }},
		{"message", tables.Text, "", "What is wrong.", "the validator", func(f *fact) tables.Value { return tables.Of(f.finding.Message) }},
		{"path", tables.Text, "", "XPath that selects the element or attribute.", "the validator", func(f *fact) tables.Value { return tables.Of(f.finding.Path) }},
		{"requirements", tables.Word, "", "Rows of the requirement tables that are broken, joined by a comma.", "the validator", func(f *fact) tables.Value { return said(strings.Join(f.finding.Requirements, ",")) }},
		{"section", tables.Word, "", "Section of [MS-UPSMODS].", "the validator", func(f *fact) tables.Value { return said(f.finding.Section) }},
		{"known", tables.Text, "", "Product that is known to write it, under profile server.", "the validator", func(f *fact) tables.Value { return said(f.finding.Known) }},
	}}
}
