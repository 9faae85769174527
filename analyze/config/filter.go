package config

import (
	"encoding/base64"
	"math/big"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/schemas/wording"
)

// filterOperators are the operators of connector filters, in the order of
// their values. Files were seen with the first five; the others stand for what
// the designer offers besides, under the names that the engine gives them.
func filterOperators() []string {
	var names []string
	for o := engine.Equality; o <= engine.BitsNotSet; o++ {
		names = append(names, o.String())
	}
	return names
}

// filterSet reads the connector filter of one object type (SE-Y1).
func (d *decoder) filterSet(e *Element, a *Agent) {
	var f engine.FilterSet
	kind := ""
	d.read(e, shape{
		attrs: map[string]func(Attr){
			"cd-object-type": func(v Attr) { f.Type = v.Value },
			"type":           func(v Attr) { kind = v.Value },
			"id":             func(v Attr) { f.ID = v.Value },
			"import-filter": func(v Attr) {
				if d.truth("import-filter", v.Value, v.Place) {
					d.keepAttr(v, "stay-disconnector/filter-set/@import-filter", "what it does is not known")
				}
			},
		},
		children: map[string]child{"filter-alternative": many(func(c *Element) {
			f.Alternatives = append(f.Alternatives, d.filterAlternative(c, a))
		})},
	})
	d.required(e, "cd-object-type", f.Type)
	d.csType(a, f.Type, e.Place)
	if kind == "" && d.short {
		kind = "declared"
	}
	if d.choice("type of <filter-set>", kind, e.Place, "declared", "scripted") == 1 {
		f.Scripted = true
		if len(f.Alternatives) > 0 {
			d.problem(e.Place, "a scripted <filter-set> has alternatives")
		}
		d.scripted(e.Place, a.Name, CallFilter, "", f.ID)
	}
	a.Filters = append(a.Filters, f)
}

func (d *decoder) filterAlternative(e *Element, a *Agent) engine.FilterAlternative {
	var f engine.FilterAlternative
	d.read(e, shape{
		attrs:    map[string]func(Attr){"id": func(v Attr) { f.ID = v.Value }},
		children: map[string]child{"condition": many(func(c *Element) { f.Conditions = append(f.Conditions, d.filterCondition(c, a)) })},
	})
	if len(f.Conditions) == 0 {
		d.problem(e.Place, "<filter-alternative> has no condition")
	}
	return f
}

func (d *decoder) filterCondition(e *Element, a *Agent) engine.FilterCondition {
	var f engine.FilterCondition
	operator := ""
	var value *Element
	d.read(e, shape{
		attrs: map[string]func(Attr){
			"cd-attribute":        func(v Attr) { f.Source.Name = v.Value },
			"operator":            func(v Attr) { operator = v.Value },
			"intrinsic-attribute": func(v Attr) { f.Source.Intrinsic = d.truth("intrinsic-attribute", v.Value, v.Place) },
		},
		children: map[string]child{"value": one(func(c *Element) { value = c })},
	})
	d.required(e, "cd-attribute", f.Source.Name)
	if i := d.choice("operator", operator, e.Place, filterOperators()...); i >= 0 {
		f.Operator = engine.FilterOperator(i)
		if f.Operator > engine.SubstringStart {
			d.warn(e.Place, "the operator %q was seen in no server's files: it is taken as its name says", operator)
		}
	}
	attribute := d.readSource(&f.Source, side{agent: a}, e.Place)
	compares := f.Operator != engine.Present && f.Operator != engine.NotPresent
	if value == nil {
		if compares {
			d.problem(e.Place, "<condition> has no value to compare with")
		}
		return f
	}
	text := d.filterValue(value, attribute)
	if compares {
		f.Value = text
	} else if strings.TrimSpace(text) != "" {
		d.problem(value.Place, "the operator %s takes no value, and %q stands there", operator, wording.Clip(text))
	}
	return f
}

// filterValue turns the value of a condition into the form of attribute values:
// numbers in decimal, binary values as their bytes.
func (d *decoder) filterValue(e *Element, attribute *Attribute) string {
	radix, encoding := "", ""
	d.read(e, shape{attrs: map[string]func(Attr){
		"ui-radix": func(v Attr) { radix = v.Value },
		"encoding": func(v Attr) { encoding = v.Value },
	}})
	text := e.Text
	if encoding != "" && d.choice("encoding", encoding, e.Place, "base64") == 0 {
		b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
		if err != nil {
			d.problem(e.Place, "the value %q is no base64", wording.Clip(text))
		}
		return string(b)
	}
	if radix != "" {
		d.choice("ui-radix", radix, e.Place, "10", "16")
	}
	if attribute == nil || attribute.Kind != engine.Integer || strings.TrimSpace(text) == "" {
		return text
	}
	digits, base := strings.TrimSpace(text), 10
	if rest, ok := strings.CutPrefix(strings.ToLower(digits), "0x"); ok {
		digits, base = rest, 16
	}
	n, ok := new(big.Int).SetString(digits, base)
	if !ok || len(digits) > 40 {
		d.problem(e.Place, "the value %q is no number, which %s is", wording.Clip(text), attribute.Name)
		return text
	}
	return n.String()
}
