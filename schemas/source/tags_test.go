package source

import (
	"strings"
	"testing"
)

func TestStartTag(t *testing.T) {
	check(t, []verdict{
		{"<a b='1' c=\"2\"\n\tx = '3'\r\n/>", "end"},
		{"<a b='\"' c=\"'\" x='>'/>", "end"},
		{"<a b=''/>", "end"},
		{"<a  ></a  >", "end"},
		{"< a/>", "XML-syntax 1:1 /"},
		{"<1/>", "XML-syntax 1:1 /"},
		{"<-a/>", "XML-syntax 1:1 /"},
		{"<.a/>", "XML-syntax 1:1 /"},
		{"<>", "XML-syntax 1:1 /"},
		{"<a><<b/></a>", "XML-syntax 1:4 /a[1]"},
		{"<a>1 < 2</a>", "XML-syntax 1:6 /a[1]"},
		{"<a\x01/>", "XML-syntax 1:3 /"},
		{"<a\x00/>", "XML-syntax 1:3 /"},
		{"<a \x00/>", "XML-syntax 1:4 /"},
		{"<a b='c'd='e'/>", "XML-syntax 1:9 /"},
		{"<a b='é'×/>", "XML-syntax 1:9 /"},
		{"<a b/>", "XML-syntax 1:5 /"},
		{"<a b c='d'/>", "XML-syntax 1:6 /"},
		{"<a b=>", "XML-syntax 1:6 /"},
		{"<a b=c/>", "XML-syntax 1:6 /"},
		{"<a b='c/>", "XML-truncated 1:10 /"},
		{"<a b='c\"/>", "XML-truncated 1:11 /"},
		{"<a b='<'/>", "XML-syntax 1:7 /"},
		{"<a b='é<'/>", "XML-syntax 1:8 /"},
		{"<a\nb='c'\n\td='<'/>", "XML-syntax 3:5 /"},
		{"<a =''/>", "XML-syntax 1:4 /"},
		{"<a 'b'/>", "XML-syntax 1:4 /"},
		{"<a / >", "XML-syntax 1:4 /"},
		{"<a /b>", "XML-syntax 1:4 /"},
		{"<a/b='c'/>", "XML-syntax 1:3 /"},
		{"<a//>", "XML-syntax 1:3 /"},
		{"<a\n<b/>", "XML-syntax 2:1 /"},
		{"<a ×='1'/>", "XML-syntax 1:4 /"},
		{"<a ", "XML-truncated 1:4 /"},
		{"<a/", "XML-truncated 1:4 /"},
		{"<a b", "XML-truncated 1:5 /"},
		{"<a b=", "XML-truncated 1:6 /"},
		{"<a\nb\n=\n'é\n", "XML-truncated 5:1 /"},
		{"<aé", "XML-truncated 1:4 /"},
		{"<a\xc3", "SRC-encoding 1:3 /"},
		{"<a\n b='\xc3", "SRC-encoding 2:5 /"},
		{"<a\xff/>", "SRC-encoding 1:3 /"},
		{"<\xff/>", "SRC-encoding 1:2 /"},
		{"<a \xff='1'/>", "SRC-encoding 1:4 /"},
		{"<a b\xff='1'/>", "SRC-encoding 1:5 /"},
		{"<a b=\xff/>", "SRC-encoding 1:6 /"},
		{"<a b='1'\xff/>", "SRC-encoding 1:9 /"},
		{"<a b='\n\xff'/>", "SRC-encoding 2:1 /"},
		{"<a b='\xed\xbf\xbf'/>", "SRC-encoding 1:7 /"},
		{"<a/\xff>", "SRC-encoding 1:4 /"},
		{"<a b='\x01\ufffe' c='\x1f'/>", "XML-char 1:7 /; XML-char 1:8 /; XML-char 1:14 /; end"},
		{"<a b='1' b='2'/>", "XML-attribute-duplicate 1:10 /"},
		{"<a\n b='1'\n c='1'\n b='2'/>", "XML-attribute-duplicate 4:2 /"},
		{"<a q='1' é='2' q='3'/>", "XML-attribute-duplicate 1:16 /"},
		{"<a q='1' Q='2'/>", "end"},
		{"<a " + manyAttributes(40) + " n39='1'/>", "XML-attribute-duplicate 1:324 /"},
		{"<a " + manyAttributes(40) + " n00='1'/>", "XML-attribute-duplicate 1:324 /"},
		{"<a " + manyAttributes(40) + "/>", "end"},
		{"<a " + manyAttributes(16) + " n15='1'/>", "XML-attribute-duplicate 1:132 /"},
		{"<a " + manyAttributes(17) + " n16='1'/>", "XML-attribute-duplicate 1:140 /"},
	})
}

// manyAttributes writes n attributes of eight bytes with a space between.
func manyAttributes(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = "n" + string(rune('0'+i/10)) + string(rune('0'+i%10)) + "='1'"
	}
	return strings.Join(list, " ")
}

func TestEndTag(t *testing.T) {
	check(t, []verdict{
		{"<a></a \t\r\n>", "end"},
		{"<é></é\n>", "end"},
		{"<a></b>", "XML-tag-mismatch 1:4 /a[1]"},
		{"<a>\n <b>\n</a>", "XML-tag-mismatch 3:1 /a[1]/b[1]"},
		{"<a></A>", "XML-tag-mismatch 1:4 /a[1]"},
		{"<a></aa>", "XML-tag-mismatch 1:4 /a[1]"},
		{"<aa></a>", "XML-tag-mismatch 1:5 /*[1]"},
		{"<a></>", "XML-syntax 1:4 /a[1]"},
		{"<a></ a>", "XML-syntax 1:4 /a[1]"},
		{"<a></1>", "XML-syntax 1:4 /a[1]"},
		{"<a></a b='c'>", "XML-syntax 1:8 /a[1]"},
		{"<a></a\n\n  b>", "XML-syntax 3:3 /a[1]"},
		{"<é></é é>", "XML-syntax 1:8 /*[1]"},
		{"<a></a/>", "XML-syntax 1:7 /a[1]"},
		{"<a></a\x00>", "XML-syntax 1:7 /a[1]"},
		{"<a></a\xff>", "SRC-encoding 1:7 /a[1]"},
		{"<a></\xff>", "SRC-encoding 1:6 /a[1]"},
		{"<a></a\xc3", "SRC-encoding 1:7 /a[1]"},
		{"<a></", "XML-truncated 1:6 /a[1]"},
		{"<a></a", "XML-truncated 1:7 /a[1]"},
		{"<a></a\n\n ", "XML-truncated 3:2 /a[1]"},
		{"<a></" + strings.Repeat("b", 1500) + ">", "XML-tag-mismatch 1:4 /a[1]"},
		{"<a></" + strings.Repeat("b", 1500), "XML-truncated 1:1506 /a[1]"},
	})
}

func TestNames(t *testing.T) {
	check(t, []verdict{
		{"<_/>", "end"},
		{"<a-._1/>", "end"},
		{"<é/>", "end"},
		{"<日本語></日本語>", "end"},
		{"<\U00010000/>", "end"},
		{"<\U000effff/>", "end"},
		{"<\ufffd/>", "end"},
		{"<\u200c\u2070/>", "end"},
		{"<a\u00b7\u0300\u203f/>", "end"},
		{"<\u00b7/>", "XML-syntax 1:1 /"},
		{"<\u0300/>", "XML-syntax 1:1 /"},
		{"<\u203f/>", "XML-syntax 1:1 /"},
		{"<×/>", "XML-syntax 1:1 /"},
		{"<÷/>", "XML-syntax 1:1 /"},
		{"<a×/>", "XML-syntax 1:3 /"},
		{"<\u037e/>", "XML-syntax 1:1 /"},
		{"<\u2000/>", "XML-syntax 1:1 /"},
		{"<\u3000/>", "XML-syntax 1:1 /"},
		{"<\ue000/>", "XML-syntax 1:1 /"},
		{"<\ufdd0/>", "XML-syntax 1:1 /"},
		{"<\U000f0000/>", "XML-syntax 1:1 /"},
		{"<\uffff/>", "XML-syntax 1:1 /"},
	})
}

func TestNamespaceFaults(t *testing.T) {
	const ns = "http://www.w3.org/"
	check(t, []verdict{
		{"<p:a xmlns:p='u'><p:a/></p:a>", "end"},
		{"<a xmlns='u'><b xmlns=''/></a>", "end"},
		{"<a p:b='1' xmlns:p='u'/>", "end"},
		{"<a xml:lang='en'/>", "end"},
		{"<a xmlns:xml='" + ns + "XML/1998/namespace'/>", "end"},
		{"<p:a/>", "XML-namespace 1:1 /"},
		{"<a>\n<p:b/></a>", "XML-namespace 2:1 /a[1]"},
		{"<a>\n<b p:c='1'/></a>", "XML-namespace 2:4 /a[1]"},
		{"<a><b xmlns:p='u'/><p:c/></a>", "XML-namespace 1:20 /a[1]"},
		{"<a p:b='1'><c xmlns:p='u'/></a>", "XML-namespace 1:4 /"},
		{"<a xmlns:p=''/>", "XML-namespace 1:4 /"},
		{"<a xmlns:xmlns='u'/>", "XML-namespace 1:4 /"},
		{"<a xmlns:xml='u'/>", "XML-namespace 1:4 /"},
		{"<a xmlns:p='" + ns + "XML/1998/namespace'/>", "XML-namespace 1:4 /"},
		{"<a xmlns='" + ns + "XML/1998/namespace'/>", "XML-namespace 1:4 /"},
		{"<a xmlns:p='" + ns + "2000/xmlns/'/>", "XML-namespace 1:4 /"},
		{"<a xmlns='" + ns + "2000/xmlns/'/>", "XML-namespace 1:4 /"},
		{"<xmlns:a/>", "XML-namespace 1:1 /"},
		{"<xml:a/>", "end"},
		{"<:a/>", "XML-namespace 1:1 /"},
		{"<a:/>", "XML-namespace 1:1 /"},
		{"<:/>", "XML-namespace 1:1 /"},
		{"<a:b:c xmlns:a='u'/>", "XML-namespace 1:1 /"},
		{"<a:1 xmlns:a='u'/>", "XML-namespace 1:1 /"},
		{"<a :b='1'/>", "XML-namespace 1:4 /"},
		{"<a b:='1'/>", "XML-namespace 1:4 /"},
		{"<a xmlns:='u'/>", "XML-namespace 1:4 /"},
		{"<a p:b:c='1' xmlns:p='u'/>", "XML-namespace 1:4 /"},
		{"<a p:-='1' xmlns:p='u'/>", "XML-namespace 1:4 /"},
		{"<a xmlns='u' xmlns='v'/>", "XML-attribute-duplicate 1:14 /"},
		{"<a xmlns:p='u' xmlns:p='v'/>", "XML-attribute-duplicate 1:16 /"},
		{"<a p:x='1' q:x='2' xmlns:p='u' xmlns:q='u'/>", "XML-attribute-duplicate 1:12 /"},
		{"<a xmlns:p='u'><b xmlns:q='u' p:x='1' q:x='2'/></a>", "XML-attribute-duplicate 1:39 /a[1]"},
		{"<a x='1' p:x='2' xmlns:p='u' xmlns='u'/>", "end"},
		{"<a x='1' p:x='2' q:x='3' xmlns:p='u' xmlns:q='v'/>", "end"},
		{"<a xmlns:p='u' xmlns:q='u' p:x='1' " + manyAttributes(20) + " q:x='2'/>", "XML-attribute-duplicate 1:196 /"},
		{"<a xmlns:p='u' xmlns:q='u' p:x='1' " + manyAttributes(20) + " q:y='2'/>", "end"},
		{"<a xmlns:p='u'></a ><p:b/>", "XML-namespace 1:21 /"},
	})
}
