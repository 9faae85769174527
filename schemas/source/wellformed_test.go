package source

import (
	"slices"
	"strings"
	"testing"
)

// verdict is a document and its faults, "id line:column path" each; "end" is
// the well-formed end.
type verdict struct {
	in   string
	want string
}

// verdicts are documents that make every decision of the reader.
func verdicts() []verdict {
	return slices.Concat(verdictsOfDocument(), verdictsOfDeclaration(), verdictsOfInstruction(), verdictsOfComment(), verdictsOfText(), verdictsOfReference(),
		verdictsOfStartTag(), verdictsOfEndTag(), verdictsOfNames(), verdictsOfNamespaces())
}

func TestVerdicts(t *testing.T) {
	for _, v := range verdicts() {
		got, err := faults(strings.NewReader(v.in), DefaultLimits())
		if err != nil {
			t.Errorf("%q: error %v", v.in, err)
		}
		if text := strings.Join(got, "; "); text != v.want {
			t.Errorf("%q:\n got %s\nwant %s", v.in, text, v.want)
		}
	}
}

func verdictsOfDocument() []verdict {
	return []verdict{
		{"<a/>", "end"},
		{"<a></a>", "end"},
		{"\ufeff<a/>", "end"},
		{" \r\n\t<a/> \r\n\t", "end"},
		{"<!-- c --><?p?><a/><!-- c --><?p x?>\n", "end"},
		{"", "SRC-empty 1:1 /"},
		{" ", "SRC-empty 1:1 /"},
		{"\n\n\t ", "SRC-empty 1:1 /"},
		{"\ufeff", "SRC-empty 1:1 /"},
		{"\ufeff \n", "SRC-empty 1:1 /"},
		{"<!-- c -->", "XML-root 1:11 /"},
		{"<?p?>\n", "XML-root 2:1 /"},
		{"<?xml version='1.0'?>\n", "XML-root 2:1 /"},
		{"<a/><a/>", "XML-root 1:5 /"},
		{"<a/>\n <b></b>", "XML-root 2:2 /"},
		{"<a/></a>", "XML-root 1:5 /"},
		{"</a>", "XML-root 1:1 /"},
		{"<a/>x", "XML-root 1:5 /"},
		{"<a/> \n é", "XML-root 2:2 /"},
		{"<a/>&amp;", "XML-root 1:5 /"},
		{"<a/>\x00", "XML-root 1:5 /"},
		{"<a/>\ufeff", "XML-root 1:5 /"},
		{"<a/><![CDATA[x]]>", "XML-root 1:5 /"},
		{"<![CDATA[x]]><a/>", "XML-root 1:1 /"},
		{"<!-- c -->x<a/>", "XML-root 1:11 /"},
		{"<?xml version='1.0'?>x<a/>", "XML-root 1:22 /"},
		{"x<a/>", "SRC-not-xml 1:1 /"},
		{"\n  x<a/>", "SRC-not-xml 2:3 /"},
		{"\ufeffE_FAIL", "SRC-not-xml 1:1 /"},
		{"\ufeff\ufeff<a/>", "SRC-not-xml 1:1 /"},
		{"{\"a\": 1}", "SRC-not-xml 1:1 /"},
		{"\xff\xfex", "SRC-encoding 1:1 /"},     // UTF-16 of half a character
		{"\x00<a/>\x00", "XML-truncated 1:4 /"}, // UTF-16 by its first character
		{"\x89PNG\r\n\x1a\n", "SRC-not-xml 1:1 /"},
		{"a\x00b", "SRC-not-xml 1:1 /"},
		{"<!DOCTYPE a><a/>", "XML-doctype 1:1 /"},
		{"<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "XML-doctype 2:1 /"},
		{"<a><!DOCTYPE a></a>", "XML-doctype 1:4 /a[1]"},
		{"<!doctype html><html/>", "XML-syntax 1:1 /"},
		{"<!ENTITY a 'b'><a/>", "XML-syntax 1:1 /"},
		{"<![INCLUDE[<a/>]]>", "XML-syntax 1:1 /"},
		{"<!", "XML-truncated 1:3 /"},
		{"<!-", "XML-truncated 1:4 /"},
		{"<!DOC", "XML-truncated 1:6 /"},
		{"<![CDA", "XML-truncated 1:7 /"},
		{"<!DOX", "XML-syntax 1:1 /"},
		{"<", "XML-truncated 1:2 /"},
		{"<a><", "XML-truncated 1:5 /a[1]"},
		{"<a>", "XML-truncated 1:4 /a[1]"},
		{"<a>\n<b/>\n", "XML-truncated 3:1 /a[1]"},
		{"<a>é", "XML-truncated 1:5 /a[1]"},
	}
}

func verdictsOfDeclaration() []verdict {
	const root = "<a/>"
	table := []verdict{
		{"<?xml version='1.0'?>", "end"},
		{"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\" ?>", "end"},
		{"<?xml\n\tversion = '1.0'\r\nencoding\n=\n'utf-8'\nstandalone='no'\n?>", "end"},
		{"<?xml version='1.0' standalone='yes'?>", "end"},
		{"<?xml version='1.1'?>", "end"}, // the fifth edition: read as 1.0
		{"<?xml version='1.10'?>", "end"},
		{"\ufeff<?xml version='1.0'?>", "end"},
		{"<?xml?>", "XML-syntax 1:1 /"},
		{"<?xml ?>", "XML-syntax 1:1 /"},
		{"<?xml version='2.0'?>", "XML-syntax 1:1 /"},
		{"<?xml version='1.'?>", "XML-syntax 1:1 /"},
		{"<?xml version='1.x'?>", "XML-syntax 1:1 /"},
		{"<?xml version=''?>", "XML-syntax 1:1 /"},
		{"<?xml version=1.0?>", "XML-syntax 1:1 /"},
		{"<?xml version='1.0\"?>", "XML-syntax 1:1 /"},
		{"<?xml version='1.0'encoding='utf-8'?>", "XML-syntax 1:1 /"},
		{"<?xml encoding='utf-8'?>", "XML-syntax 1:1 /"},
		{"<?xml encoding='utf-8' version='1.0'?>", "XML-syntax 1:1 /"},
		{"<?xml version='1.0' standalone='yes' encoding='utf-8'?>", "XML-syntax 1:1 /"},
		{"<?xml version='1.0' standalone='YES'?>", "XML-syntax 1:1 /"},
		{"<?xml version='1.0' encoding=''?>", "XML-syntax 1:1 /"},
		{"<?xml version='1.0' encoding='8utf'?>", "XML-syntax 1:1 /"},
		{"<?xml version='1.0' encoding='utf 8'?>", "XML-syntax 1:1 /"},
		{"<?xml version='1.0' x='y'?>", "XML-syntax 1:1 /"},
		{"<?xml version='1.0' version='1.0'?>", "XML-syntax 1:1 /"},
		{"<?xml version='1.0'>", "XML-syntax 1:1 /"},
		{"<?xml version='1.0'", "XML-syntax 1:1 /"}, // the < of the root
		{"<?XML version='1.0'?>", "XML-syntax 1:1 /"},
		{"<?Xml version='1.0'?>", "XML-syntax 1:1 /"},
		{" <?xml version='1.0'?>", "XML-syntax 1:2 /"},
		{"\n<?xml version='1.0'?>", "XML-syntax 2:1 /"},
		{"<!-- --><?xml version='1.0'?>", "XML-syntax 1:9 /"},
		{"<?xml version='1.0'?><?xml version='1.0'?>", "XML-syntax 1:22 /"},
		{"<?xml version='1.0' " + strings.Repeat(" ", 4050) + "?>", "end"},
		{"<?xml version='1.0' " + strings.Repeat(" ", 5000) + "?>", "XML-syntax 1:1 /"},
		{"<?xml-stylesheet href='x'?>", "end"},
		{"<?xml version='1.0' encoding='utf-16'?>", "SRC-label 1:31 /; end"},
		{"<?xml version='1.0'\n encoding='utf-16'?>", "SRC-label 2:12 /; end"},
		{"<?xml version='1.0' encoding='encoding'?>", "SRC-encoding 1:31 /"},
		{"<?xml version='1.0'\r\rencoding='o'?>", "SRC-encoding 3:11 /"},
	}
	for i := range table {
		table[i].in += root
	}
	return append(table,
		verdict{"<a><?xml version='1.0'?></a>", "XML-syntax 1:4 /a[1]"},
		verdict{"<a/><?xml version='1.0'?>", "XML-syntax 1:5 /"},
		verdict{"<?xml", "XML-truncated 1:6 /"},
		verdict{"<?xm", "XML-truncated 1:5 /"},
		verdict{"<?xml version='1.0'\n?", "XML-truncated 2:2 /"},
		verdict{"<?xml version='1.0'?>", "XML-root 1:22 /"},
	)
}

func verdictsOfInstruction() []verdict {
	return []verdict{
		{"<a><?p?><?p ?><?p x ? > ??><?é ü?><?_:-?></a>", "XML-namespace 1:35 /a[1]"},
		{"<a><?p?><?p ?><?p x ? > ??><?é ü?><?_.-?></a>", "end"},
		{"<a><?p\n?>\n<?p\r\n<&]]>--\x7f?></a>", "end"},
		{"<a><??></a>", "XML-syntax 1:4 /a[1]"},
		{"<a><? p?></a>", "XML-syntax 1:4 /a[1]"},
		{"<a><?1?></a>", "XML-syntax 1:4 /a[1]"},
		{"<a><?-?></a>", "XML-syntax 1:4 /a[1]"},
		{"<a><?p/x?></a>", "XML-syntax 1:7 /a[1]"},
		{"<a><?é?x?></a>", "XML-syntax 1:7 /a[1]"},
		{"<a><?xmL?></a>", "XML-syntax 1:4 /a[1]"},
		{"<a><?p:q?></a>", "XML-namespace 1:4 /a[1]"},
		{"<a><?:?></a>", "XML-namespace 1:4 /a[1]"},
		{"<a><?p \x01?>\n<b c='d'e='f'/></a>", "XML-char 1:8 /a[1]; XML-syntax 2:9 /a[1]"},
		{"<a><?éé é?><1/></a>", "XML-syntax 1:12 /a[1]"},
		{"<a><?p \xff?></a>", "SRC-encoding 1:8 /a[1]"},
		{"<a><?p\xff?></a>", "SRC-encoding 1:7 /a[1]"},
		{"<a><?\xff?></a>", "SRC-encoding 1:6 /a[1]"},
		{"<a><?", "XML-truncated 1:6 /a[1]"},
		{"<a><?p", "XML-truncated 1:7 /a[1]"},
		{"<a><?p?", "XML-truncated 1:8 /a[1]"},
		{"<a><?p \n", "XML-truncated 2:1 /a[1]"},
		{"<a><?p x?", "XML-truncated 1:10 /a[1]"},
		{"<a><?p x>", "XML-truncated 1:10 /a[1]"},
	}
}

func verdictsOfComment() []verdict {
	return []verdict{
		{"<a><!----><!-- - - --><!--é\n<&]]>?>--></a>", "end"},
		{"<a><!-- -- --></a>", "XML-syntax 1:9 /a[1]"},
		{"<a><!--\n--\n></a>", "XML-syntax 2:1 /a[1]"},
		{"<a><!-- ---></a>", "XML-syntax 1:9 /a[1]"},
		{"<a><!---></a>", "XML-truncated 1:14 /a[1]"},
		{"<a><!--></a>", "XML-truncated 1:13 /a[1]"},
		{"<a><!-></a>", "XML-syntax 1:4 /a[1]"},
		{"<a><! -- --></a>", "XML-syntax 1:4 /a[1]"},
		{"<a><!--\x01\x02--></a>", "XML-char 1:8 /a[1]; XML-char 1:9 /a[1]; end"},
		{"<a><!--\xc0\x80--></a>", "SRC-encoding 1:8 /a[1]"},
		{"<a><!--", "XML-truncated 1:8 /a[1]"},
		{"<a><!--\r\n-", "XML-truncated 2:2 /a[1]"},
		{"<a><!-- --", "XML-truncated 1:11 /a[1]"},
		{"<!-- ", "XML-truncated 1:6 /"},
	}
}

func verdictsOfText() []verdict {
	return []verdict{
		{"<a>>]]]] ></a>", "end"},
		{"<a>\u007f\u0085\u009f\u2028\ufffd\U0010ffff\ue000</a>", "end"},
		{"<a>]]></a>", "XML-syntax 1:4 /a[1]"},
		{"<a>é]]]></a>", "XML-syntax 1:6 /a[1]"},
		{"<a>\x00</a>", "XML-char 1:4 /a[1]; end"},
		{"<a>b\x0b\x0c\x1f</a>", "XML-char 1:5 /a[1]; XML-char 1:6 /a[1]; XML-char 1:7 /a[1]; end"},
		{"<a>\ufffe\uffff<b></a>", "XML-char 1:4 /a[1]; XML-char 1:5 /a[1]; XML-tag-mismatch 1:9 /a[1]/b[1]"},
		{"<a>\r\n\x01</a>", "XML-char 2:1 /a[1]; end"},
		{"<a>\xff</a>", "SRC-encoding 1:4 /a[1]"},
		{"<a>\x80</a>", "SRC-encoding 1:4 /a[1]"},
		{"<a>é\xed\xa0\x80</a>", "SRC-encoding 1:5 /a[1]"},
		{"<a>\xf4\x90\x80\x80</a>", "SRC-encoding 1:4 /a[1]"},
		{"<a>\xf8\x88\x80\x80\x80</a>", "SRC-encoding 1:4 /a[1]"},
		{"<a>\xe2\x82</a>", "SRC-encoding 1:4 /a[1]"},
		{"<a>\xe2\x82", "SRC-encoding 1:4 /a[1]"},
		{"<a>é\n\xf0\x9f\x98", "SRC-encoding 2:1 /a[1]"},
		{"<a><![CDATA[]]><![CDATA[<&]]]]><![CDATA[>]] >]]></a>", "end"},
		{"<a><![CDATA[\x00]]></a>", "XML-char 1:13 /a[1]; end"},
		{"<a><![CDATA[\xff]]></a>", "SRC-encoding 1:13 /a[1]"},
		{"<a><![cdata[]]></a>", "XML-syntax 1:4 /a[1]"},
		{"<a><![CDATA []]></a>", "XML-syntax 1:4 /a[1]"},
		{"<a><![CDATA[", "XML-truncated 1:13 /a[1]"},
		{"<a><![CDATA[é\n]", "XML-truncated 2:2 /a[1]"},
		{"<a><![CDATA[]]", "XML-truncated 1:15 /a[1]"},
		{"<a><![CDATA[]]></a>]]>", "XML-root 1:20 /"},
	}
}

func verdictsOfReference() []verdict {
	return []verdict{
		{"<a>&lt;&gt;&amp;&quot;&apos;</a>", "end"},
		{"<a b='&lt;&gt;&amp;&quot;&apos;'/>", "end"},
		{"<a>&#9;&#xA;&#xd;&#x10FFFF;&#0000000065;&#xE000;</a>", "end"},
		{"<a>&#0;&#x1;&#xD800;&#xFFFE;&#x110000;</a>", "XML-char 1:4 /a[1]; XML-char 1:8 /a[1]; XML-char 1:13 /a[1]; XML-char 1:21 /a[1]; XML-char 1:29 /a[1]; end"},
		{"<a b='&#0;'/>", "XML-char 1:7 /; end"},
		{"<a>&#99999999999999999999;</a>", "XML-char 1:4 /a[1]; end"},
		{"<a>&nbsp;</a>", "XML-entity 1:4 /a[1]"},
		{"<a>&LT;</a>", "XML-entity 1:4 /a[1]"},
		{"<a b=' &eacute;'/>", "XML-entity 1:8 /"},
		{"<a>&</a>", "XML-entity 1:4 /a[1]"},
		{"<a>& </a>", "XML-entity 1:4 /a[1]"},
		{"<a>&;</a>", "XML-entity 1:4 /a[1]"},
		{"<a>\n&amp</a>", "XML-entity 2:1 /a[1]"},
		{"<a>&amp ;</a>", "XML-entity 1:4 /a[1]"},
		{"<a>&&amp;</a>", "XML-entity 1:4 /a[1]"},
		{"<a>&#;</a>", "XML-entity 1:4 /a[1]"},
		{"<a>&#x;</a>", "XML-entity 1:4 /a[1]"},
		{"<a>&#X41;</a>", "XML-entity 1:4 /a[1]"},
		{"<a>&#1a;</a>", "XML-entity 1:4 /a[1]"},
		{"<a>&#-1;</a>", "XML-entity 1:4 /a[1]"},
		{"<a>&a#1;</a>", "XML-entity 1:4 /a[1]"},
		{"<a>&\xff;</a>", "XML-entity 1:4 /a[1]"},
		{"<a>é&é;</a>", "XML-entity 1:5 /a[1]"},
		{"<a>&#" + strings.Repeat("0", 900) + "65;</a>", "end"},
		{"<a>&#" + strings.Repeat("0", 2000) + "65;</a>", "XML-entity 1:4 /a[1]"}, // a limit of this reader
		{"<a>&" + strings.Repeat("x", 2000) + ";</a>", "XML-entity 1:4 /a[1]"},
		{"<a>&\u009b1m;</a>", "XML-entity 1:4 /a[1]"},
		{"<a>&#\u202e;</a>", "XML-entity 1:4 /a[1]"},
		{"<a>&", "XML-truncated 1:5 /a[1]"},
		{"<a>&amp", "XML-truncated 1:8 /a[1]"},
		{"<a>&#x", "XML-truncated 1:7 /a[1]"},
		{"<a\nb='&am", "XML-truncated 2:7 /"},
	}
}

func TestFaultIDs(t *testing.T) {
	ids := FaultIDs()
	if len(ids) != 18 || len(slices.Compact(slices.Sorted(slices.Values(ids)))) != 18 {
		t.Errorf("the list of ids has changed: %q", ids)
	}
}
