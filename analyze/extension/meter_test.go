package extension

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"go.starlark.net/starlark"

	"github.com/runhist/runhist/analyze/engine"
)

// TestLargeValues runs what takes few instructions and unlimited memory or
// time: each call ends with an error, and makes little garbage.
func TestLargeValues(t *testing.T) {
	double := func(start, step string) string { return "x = " + start + "\n    for i in range(60):\n        " + step }
	scripts := map[string]string{
		"repeated list":       "x = [0] * 1000000000",
		"repeated reversed":   "x = 1000000000 * [0]",
		"repeated string":     "x = 'a' * 1000000000",
		"repeated bytes":      "x = b'a' * 1000000000",
		"repeated tuple":      "x = (1,) * 1000000000",
		"repeated more":       "x = 'a' * (1 << 70)",
		"repeated in place":   "x = [0]\n    x *= 1000000000",
		"repeated element":    "x = [[0]]\n    x[0] *= 1000000000",
		"repeated value":      "x = {'a': [0]}\n    x['a'] *= 1000000000",
		"string doubled":      double("'abc'", "x = x + x"),
		"string in place":     double("'abc'", "x += x"),
		"string of element":   double("['abc']", "x[0] += x[0]"),
		"string formatted":    double("'abc'", "x = '%s%s' % (x, x)"),
		"string by name":      double("'abc'", "x = '%(a)s%(a)s' % {'a': x}"),
		"string by format":    double("'abc'", "x = '{0}{0}'.format(x)"),
		"string by keyword":   double("'abc'", "x = '{a}{a}'.format(a = x)"),
		"string joined":       double("'abc'", "x = x.join([x, x])"),
		"string joined by it": double("'abc'", "x = getattr(x, 'join')([x, x])"),
		"string replaced":     double("'aaa'", "x = x.replace('a', 'aa')"),
		"string between":      double("'aaa'", "x = x.replace('', x)"),
		"list doubled":        double("[1]", "x = x + x"),
		"list in place":       double("[1]", "x += x"),
		"list extended":       double("[1]", "x.extend(x)"),
		"list spread":         double("[1]", "x = (lambda *a: a)(*(list(x) + list(x)))"),
		"list compared":       double("[1]", "x = [x, x]\n    y = x == x") + "\n    z = str(x)",
		"tuple doubled":       double("(1,)", "x = x + x"),
		"tree shown":          double("[1]", "x = [x, x]") + "\n    y = str(x)",
		"tree printed":        double("[1]", "x = [x, x]") + "\n    print(x)",
		"tree thrown":         double("[1]", "x = [x, x]") + "\n    fail(x)",
		"tree formatted":      double("[1]", "x = [x, x]") + "\n    y = '%r' % [x]",
		"tree as a key":       double("(1,)", "x = (x, x)") + "\n    y = {x: 1}",
		"tree in a set":       double("(1,)", "x = (x, x)") + "\n    y = set([x])",
		"tree added to a set": double("(1,)", "x = (x, x)") + "\n    y = set()\n    y.add(x)",
		"tree hashed":         double("(1,)", "x = (x, x)") + "\n    y = {x: i for i in range(3)}",
		"tree looked up":      double("(1,)", "x = (x, x)") + "\n    y = {}\n    y[x] = 1",
		"tree in a dict":      double("(1,)", "x = (x, x)") + "\n    y = x in {}",
		"deep":                "x = []\n    for i in range(100000):\n        x = [x]\n    y = str(x)",
		"number shifted":      double("1", "x = x << 500"),
		"number squared":      double("3", "x = x * x"),
		"number in place":     double("3", "x *= x"),
		"number read":         "x = int('9' * 1000000)",
		"prefixes":            "x = ''\n    for i in range(400000):\n        x += 'aaaaaaaaaaaaaaaa'",
		"slices":              "x = [0] * 100000\n    for i in range(400000):\n        y = x[1:]",
		"searches":            "x = [0] * 100000\n    for i in range(400000):\n        y = 1 in x",
		"letters":             "x = 'a' * 1000000\n    for i in range(400000):\n        y = list(x.codepoints())",
		"words":               "x = 'a ' * 500000\n    for i in range(400000):\n        y = x.split()",
		"copies":              "x = [0] * 100000\n    for i in range(400000):\n        y = list(x)",
		"sorts":               "x = [0] * 100000\n    for i in range(400000):\n        y = sorted(x)",
		"values":              "for i in range(4000000):\n        y = len(cs['mail']) + len(cs.values('mail'))",
	}
	for name, body := range scripts {
		t.Run(name, func(t *testing.T) {
			x := New(Options{Budget: 2_000_000})
			if err := x.Load("F.dll", "f.star", []byte("def filter(cs):\n    "+body+"\n")); err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := x.Filter("F.dll", newWorld().cs)
			runtime.ReadMemStats(&after)
			var failed *engine.ExtensionError
			if !errors.As(err, &failed) || failed.Type != dllException && failed.Type != dllTimeout {
				t.Fatalf("got %v, want an exception or a timeout", err)
			}
			if failed.Type == dllException && !strings.Contains(failed.CallStack, costsTooMuch) &&
				!strings.Contains(failed.CallStack, "bits") && !strings.Contains(failed.CallStack, "nest deeper") {
				t.Errorf("the exception does not say what is too large:\n%s", failed.CallStack)
			}
			if made := after.TotalAlloc - before.TotalAlloc; made > 1<<30 {
				t.Errorf("%d bytes were allocated", made)
			}
		})
	}
}

// TestMeteredMeaning runs the forms that are rewritten: they mean what they
// meant.
func TestMeteredMeaning(t *testing.T) {
	const script = `
def twice(l):
    l.append(len(l))
    return l

def check(what, got, want):
    if got != want:
        fail(what, got, "not", want)

def default(a, b = 1 + 1, *rest, c = 2 * 3, **more):
    return (a, b, rest, c, more)

def filter(cs):
    a = [1, [2], {"k": "v"}]
    same = a[1]
    a[1] += (3,)
    check("a list is extended in place", same, [2, 3])
    a[2]["k"] += "w" + "x"
    a[0] -= 4
    a[-3] <<= 1 if a else 2
    check("elements", a, [-6, [2, 3], {"k": "vwx"}])
    calls = []
    twice(calls)[0] += len(twice(calls)) * 10
    check("an element is found once", calls, [20, 1])
    d = {"a": 1}
    other = d
    d |= {"b" + "c": 2}
    check("a dict is extended in place", other, {"a": 1, "bc": 2})
    x, (y, d["z"]) = 1, (2, 3 % 2)
    check("several", (x, y, d["z"]), (1, 2, 1))
    check("and, or", (0 and fail("not here")) or "b" in "abc" and 3 not in [1, 2], True)
    check("arguments", default(1, c = 4 // 3, *[2, 3], **{"d": 5}), (1, 2, (3,), 1, {"d": 5}))
    check("defaults", default(*(1,)), (1, 2, (), 6, {}))
    check("comprehensions", [i * j for i in range(3) if i > 0 for j in (1, 2)], [1, 2, 2, 4])
    check("keys", {k + "1": v for k, v in {"a": 2}.items()}, {"a1": 2})
    check("sets", sorted(set([k % 2 for k in range(9)]) | set([7])), [0, 1, 7])
    check("methods", "-".join(["a", "b"]).upper().split("-")[::-1], ["B", "A"])
    check("methods by name", getattr("a,b", "split")(","), ["a", "b"])
    check("letters", "".join(["<%s>" % c for c in "ab".codepoints()]), "<a><b>")
    check("sorted", sorted(["b", "aa"], key = len, reverse = 1 < 2), ["aa", "b"])
    check("lambda", (lambda n, m = 2 + 2: n / m)(2), 0.5)
    check("formats", "{0} {k!r}".format("a", k = "b") + "%d%%" % 3, 'a "b"3%')
    check("numbers", (7 - 2 ^ 1, 6 & 3, 1 | 4, -8 >> 1, -(3) + +1, ~1), (4, 2, 5, -4, -2, -2))
    return min(3, 2) <= 2 and max("a", "b") >= "b"
`
	x := New(Options{})
	if err := x.Load("F.dll", "f.star", []byte(script)); err != nil {
		t.Fatal(err)
	}
	if yes, err := x.Filter("F.dll", newWorld().cs); !yes || err != nil {
		var failed *engine.ExtensionError
		if errors.As(err, &failed) {
			t.Fatal(failed.CallStack)
		}
		t.Fatal(yes, err)
	}
}

// TestLoadRefuses loads what a script must not leave, or write.
func TestLoadRefuses(t *testing.T) {
	for source, want := range map[string]string{
		"def o():\n    def i():\n        return i\n    return i\nx = o()\n":                            "f.star: x: the function i, defined in another, refers to itself",
		"def o():\n    t = (1,)\n    for i in range(60):\n        t = (t, t)\n    return t\nx = o()\n": costsTooMuch,
		"x = [0] * 1000000000":                     costsTooMuch,
		"def f(cs):\n    cs.dn += 'a'\n":           "f.star:2:7: .dn cannot be assigned to",
		"x = 1" + strings.Repeat("0", 2000) + "\n": "f.star:1:5: a whole number has more than 4096 bits",
	} {
		err := New(Options{Budget: 100_000}).Load("F.dll", "f.star", []byte(source))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", source, err, want)
		}
	}
}

// TestCosts holds that what Starlark has is known: a function or method that
// is new to it is to be judged, and named here or in costs.go.
func TestCosts(t *testing.T) {
	free := map[string]bool{"bool": true, "dir": true, "hasattr": true, "len": true, "range": true, "type": true, "append": true, "clear": true}
	for name, v := range starlark.Universe {
		if _, ok := v.(*starlark.Builtin); ok && functionCost(name) == nil && !free[name] {
			t.Errorf("the function %s costs nothing", name)
		}
	}
	for _, v := range []starlark.HasAttrs{starlark.String(""), starlark.Bytes(""), new(starlark.List), new(starlark.Dict), new(starlark.Set)} {
		for _, name := range v.AttrNames() {
			if methodCost(name) == nil && !free[name] {
				t.Errorf("the method %s of %s costs nothing", name, v.(starlark.Value).Type())
			}
		}
	}
}
