package xlsx

import (
	"fmt"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/runhist/runhist/report/tables"
)

// Limits of a workbook (ECMA-376, and Excel's own).
const (
	maxRows  = 1_048_576
	maxTitle = 31 // characters of the name of a sheet
)

// compression is the level at which parts are compressed: higher ones take
// twice the time for a hundredth of the size.
const compression = 5

// workbook is a workbook under way.
type workbook struct {
	file    *excelize.File
	version string
	clock   *tables.Clock
	zone    string
	styles  styles
	sheets  []*sheet
	names   map[string]bool // of sheets, in small letters
	links   links
	periods *sheet // of days, weeks or months, nil where there is none
	about   []aboutFact
	maxRows int // of a sheet, its head included
	cuts    int // texts that were longer than a cell holds
}

const (
	summarySheet = "Summary"
	aboutSheet   = "About"
)

// newWorkbook makes a workbook with a sheet for the summary.
func newWorkbook(o *tables.Options) (*workbook, error) {
	options := excelize.Options{}
	if o.Folder != nil {
		folder, err := o.Folder()
		if err != nil {
			return nil, err
		}
		options.TmpDir = folder
	}
	b := &workbook{file: excelize.NewFile(options), version: o.Version, clock: tables.NewClock(o.Zone), zone: "UTC", maxRows: maxRows,
		names: map[string]bool{strings.ToLower(summarySheet): true, strings.ToLower(aboutSheet): true}, links: newLinks()}
	if o.Zone != nil {
		b.zone = o.Zone.String()
	}
	var err error
	if b.styles, err = newStyles(b.file); err == nil {
		err = b.file.SetSheetName("Sheet1", summarySheet)
	}
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	return b, nil
}

// sheet begins the sheet of a table. It is in the workbook when it has rows.
func (b *workbook) sheet(t *tables.Table) *sheet {
	title := titles[t.Name]
	if title == "" {
		title = t.Title
	}
	s := newSheet(b, t, b.title(title))
	b.sheets = append(b.sheets, s)
	b.links.sheets[t.Name] = s
	return s
}

// title makes a name that a sheet may have and no other one has.
func (b *workbook) title(wanted string) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]"`, r) || r < ' ' {
			return '_'
		}
		return r
	}, strings.Trim(wanted, "' "))
	if clean == "" {
		clean = "Table"
	}
	for n := 1; ; n++ {
		title := numbered(clean, n)
		if key := strings.ToLower(title); !b.names[key] {
			b.names[key] = true
			return title
		}
	}
}

// numbered is the name of the n-th sheet of that name.
func numbered(title string, n int) string {
	behind := ""
	if n > 1 {
		behind = " " + strconv.Itoa(n)
	}
	units := utf16.Encode([]rune(title))
	if room := maxTitle - len(behind); len(units) > room {
		title = string(utf16.Decode(units[:room]))
	}
	return title + behind
}

// complete writes the workbook: what the sheets still hold, the summary, how
// the report was made, and then the archive.
func (b *workbook) complete(out io.Writer, s *summary) error {
	if err := s.derive(); err != nil {
		return err
	}
	slices.SortStableFunc(b.sheets, byOrder)
	for _, sheet := range b.sheets {
		if err := sheet.finish(); err != nil {
			return err
		}
	}
	if err := s.write(); err != nil {
		return fmt.Errorf("sheet %s: %w", summarySheet, err)
	}
	if err := b.writeAbout(); err != nil {
		return fmt.Errorf("sheet %s: %w", aboutSheet, err)
	}
	if err := b.arrange(); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	if err := b.describe(s.title); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	if b.file.ContentTypes != nil {
		b.withoutImages()
	}
	pack := &packer{level: compression}
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return pack })
	if _, err := b.file.WriteToBuffer(); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	if err := pack.write(out); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return nil
}

// withoutImages drops the types of images, which the library lists with each
// chart, in the order of a map. There are no images.
func (b *workbook) withoutImages() {
	all := b.file.ContentTypes.Defaults
	kept := all[:0]
	for i := range all {
		if !strings.HasPrefix(all[i].ContentType, "image/") {
			kept = append(kept, all[i])
		}
	}
	b.file.ContentTypes.Defaults = kept
}

// arrange puts the sheets into their order, and the heads of tables on each
// page that is printed.
func (b *workbook) arrange() error {
	names := []string{summarySheet}
	for _, s := range b.sheets {
		names = append(names, s.parts...)
	}
	names = append(names, aboutSheet)
	// The library's way to move a sheet reads sheets, and those that were
	// streamed cannot be read any more.
	all := b.file.WorkBook.Sheets.Sheet
	sort.SliceStable(all, func(i, j int) bool { return slices.Index(names, all[i].Name) < slices.Index(names, all[j].Name) })
	for _, name := range names[1 : len(names)-1] {
		if err := b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: quoted(name) + "!$1:$1", Scope: name}); err != nil {
			return err
		}
	}
	// Excel computes a workbook anew when a version before its own has made
	// it, and asks whether to save it then: the values are here.
	return b.file.SetCalcProps(&excelize.CalcPropsOptions{CalcID: ptr(uint(191029))})
}

// describe says what the file is. It has no times: the same input gives the
// same bytes.
func (b *workbook) describe(title string) error {
	if err := b.file.SetAppProps(&excelize.AppProperties{Application: "runhist", AppVersion: "1.0"}); err != nil {
		return err
	}
	var creator strings.Builder
	if err := escape(&creator, "runhist "+b.version); err != nil {
		return err
	}
	var name strings.Builder
	if err := escape(&name, title); err != nil {
		return err
	}
	b.file.Pkg.Store("docProps/core.xml", []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+
		`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">`+
		`<dc:title>`+name.String()+`</dc:title><dc:creator>`+creator.String()+`</dc:creator></cp:coreProperties>`))
	return nil
}
