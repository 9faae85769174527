package xmlquery_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/runhist/runhist/analyze/query"
	"github.com/runhist/runhist/analyze/query/xmlquery"
	"github.com/runhist/runhist/schemas/source"
)

// typical are expressions of the kind that people ask histories with. Both
// engines give the same answers, and each finds something.
var typical = []string{
	// paths
	`//step-result`,
	`//ma-name`,
	`ma-name`,
	`run-number`,
	`/run-history/run-details/run-profile-name`,
	`/run-history/run-details/*`,
	`step-details`,
	`step-details/@step-number`,
	`//@step-id`,
	`//@type`,
	`//step-type/*`,
	`//step-details/*/*/@detail`,
	`//export-error/@dn`,
	`//import-error/@cs-guid`,
	`//ma-connection//server`,
	`//connection-log/incident/date`,
	`//ma-connection/connection-result/text()`,
	`./step-details/./step-result`,
	`//export-error/..`,
	`//error-type/../@dn`,
	`//step-result/parent::step-details`,
	`//error-type/ancestor::step-details`,
	`//error-type/ancestor::step-details/@step-number`,
	`//import-error/descendant::call-stack`,
	`//start-date/following-sibling::end-date`,
	`//end-date/preceding-sibling::start-date`,
	`self::run-details`,
	`descendant::error-type`,
	`/descendant::step-result`,
	`//node()[self::date]`,
	// conditions on texts
	`//step-details[step-result='success']`,
	`//step-details[step-result!='success']`,
	`//step-details[not(step-result='success')]`,
	`//step-result[.='completed-export-errors']`,
	`//step-result[starts-with(., 'completed-')]`,
	`//step-result[contains(., 'errors')]`,
	`//export-error[error-type='permission-issue']`,
	`//export-error[error-type='permission-issue']/@dn`,
	`//import-error[error-type='extension-dll-exception']`,
	`//error-type[.='permission-issue' or .='extension-dll-exception']`,
	`//import-error[contains(@dn, 'OU=')]`,
	`//export-error[starts-with(@dn, 'CN=')]`,
	`//export-error[ends-with(@dn, 'example')]`,
	`//ma-discovery-errors/*[normalize-space(error-type)]`,
	`//server[string-length(.) > 10]`,
	`//server[substring-after(., '.') = 'corp.adatum.example']`,
	`//server[substring-before(., '.') = 'hrsql01']`,
	`//step-type[@type='export']`,
	`//step-details[step-description/step-type/@type='export']/step-result`,
	`//import-error[@dn and error-type]`,
	`//*[@dn]`,
	`//*[@cs-guid and @dn]`,
	`//*[not(*)]`,
	`//*[not(node())]`,
	`//*[self::import-error or self::export-error]`,
	`//*[local-name() = 'error-type']`,
	`//*[name() = 'cd-error']`,
	`//cd-error[error-code]`,
	`//cd-error/error-literal[matches(., '[a-z]+ [a-z]+')]`,
	`//step-details[ma-connection/connection-result = 'success']`,
	`//run-details[contains(ma-name, 'AD')]`,
	`//call-stack[contains(., 'System')]`,
	// numbers and dates as texts
	`//*[@detail='true'][. > 0]`,
	`//*[@detail][. != 0]`,
	`//*[@detail and . > 100]`,
	`//export-counters/*[. > 0]`,
	`//stage-add[. > 0]`,
	`//staging-counters/*[. = 0]`,
	`//retry-count[. >= 1]`,
	`//export-error[retry-count > 0]/@dn`,
	`//error-code[number(.) > 0]`,
	`//step-details[count(synchronization-errors/*) > 0]`,
	`//step-details[count(.//import-error) > 1]/@step-number`,
	`//step-details[@step-number > 1]`,
	`//step-details[@step-number = 1]/end-date`,
	`//start-date[substring(., 1, 4) = '2019']`,
	`//date-occurred[starts-with(., '2019-03')]`,
	`//step-details[sum(export-counters/*) > 0]/step-result`,
	`//step-details[sum(staging-counters/stage-add) - 1 > 0]`,
	`//*[@detail][floor(. div 2) > 1]`,
	// positions
	`step-details[1]`,
	`step-details[last()]`,
	`step-details[position() = 1]/step-result`,
	`//synchronization-errors/*[1]`,
	`//synchronization-errors/import-error[2]`,
	`//synchronization-errors/*[last()]/error-type`,
	`//call-stack/../..`,
	// unions
	`//import-error | //export-error`,
	`//start-date | //end-date`,
	`//ma-discovery-errors/* | //synchronization-errors/* | //mv-retry-errors/*`,
	// values of a run
	`count(//import-error)`,
	`count(//export-error[error-type='permission-issue'])`,
	`count(step-details)`,
	`count(//import-error | //export-error)`,
	`sum(//stage-add)`,
	`sum(//export-counters/*) > 0`,
	`string(ma-name)`,
	`concat(ma-name, ' ', run-number)`,
	`boolean(//cd-error)`,
	`not(//mv-retry-errors/*)`,
	`translate(ma-id, '{}', '')`,
	`string-join(//step-result, ', ')`,
	`normalize-space(//step-result)`,
	`lower-case(ma-name)`,
	`replace(string(//start-date), '-', '/')`,
}

// documents are some of the samples.
func documents(t *testing.T) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, pattern := range []string{"base/complete.xml", "histories/0[145]-*.xml", "histories/1[458]-*.xml", "histories/3[125]-*.xml"} {
		files, err := filepath.Glob(filepath.Join("../../../samples", pattern))
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all[filepath.Base(file)] = text
		}
	}
	return all
}

// ask asks both engines about a document. found tells whether the answer is
// more than nothing.
func ask(t *testing.T, xpath string, in io.Reader, columns ...query.Column) (o query.Outcome, found bool) {
	t.Helper()
	q, err := query.Compile(xpath, columns...)
	if err != nil {
		t.Fatalf("%s: %v", xpath, err)
	}
	r := query.NewReader(q, source.DefaultLimits(), 10<<20, func(r *query.Result) error {
		found = found || r.Kind < query.String || r.Value != "" && r.Value != "0" && r.Value != "false"
		return nil
	})
	if err := r.Consult(xmlquery.New(), false); err != nil {
		t.Fatal(err)
	}
	o, err = r.Input(context.Background(), in)
	if err != nil {
		t.Fatalf("%s: %v", xpath, err)
	}
	return o, found
}

// TestTypical: both engines agree.
func TestTypical(t *testing.T) {
	if len(typical) < 100 {
		t.Errorf("only %d expressions", len(typical))
	}
	texts := documents(t)
	for _, xpath := range typical {
		found := false
		for name, text := range texts {
			o, some := ask(t, xpath, bytes.NewReader(text))
			found = found || some
			for _, d := range o.Disagreements {
				t.Errorf("%s: %s\n    ours %s\n  theirs %s", name, xpath, d.Ours, d.Other)
			}
		}
		if !found {
			t.Errorf("%s finds nothing", xpath)
		}
	}
}

// TestTypicalColumns: they agree on what is seen from results, too.
func TestTypicalColumns(t *testing.T) {
	for name, text := range documents(t) {
		for _, xpath := range []string{`//step-result`, `//error-type`, `//@dn`, `//step-result/text()`, `count(//error-type)`} {
			o, _ := ask(t, xpath, bytes.NewReader(text), query.Column{Name: "agent", XPath: "/run-history/run-details/ma-name"},
				query.Column{Name: "step", XPath: "string(ancestor::step-details/@step-number)"}, query.Column{Name: "dn", XPath: "../@dn"},
				query.Column{Name: "errors", XPath: "count(ancestor::step-details//error-type)"}, query.Column{Name: "here", XPath: "."})
			for _, d := range o.Disagreements {
				t.Errorf("%s: %s at %d: %s\n    ours %s\n  theirs %s", name, xpath, d.Pos.Line, d.XPath, d.Ours, d.Other)
			}
		}
	}
}
