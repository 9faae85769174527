package generate

import (
	"strconv"
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
)

// agent is a management agent of the installation that the runs belong to.
type agent struct {
	index     int
	name      string
	id        rundetails.GUID
	profile   string
	partition string
	servers   []string // the last one answers; none for agents that tell of no connection
	extension string
	stepData  []string // what custom-data holds: an element and its children
	input     string   // file that an import reads
	dn        func(p *person, serial int) string
	class     []string
}

// person is whom a connector space object stands for.
type person struct {
	given, family, city, department string
}

func (p *person) displayName() string { return p.given + " " + p.family }

// people returns a person for a serial number.
func people(serial int) person {
	return person{
		given:      givenNames[serial%len(givenNames)],
		family:     familyNames[serial/3%len(familyNames)],
		city:       cities[serial/7%len(cities)],
		department: departments[serial/5%len(departments)],
	}
}

var (
	givenNames  = []string{"Anna", "Jürgen", "Zoë", "Michael", "Łukasz", "Søren", "Emily", "François", "María", "David", "Åsa", "Наталья", "Robert", "花子", "Thomas", "Grace", "Olivér"}
	familyNames = []string{"Müller", "Smith", "O'Neill", "García", "Kowalczyk", "Jensen", "Nguyen", "Schröder", "van der Berg", "Rossi", "Johnson", "Петрова", "山田"}
	cities      = []string{"Berlin", "Zürich", "Redmond", "São Paulo", "Kraków", "Dublin", "Lyon"}
	departments = []string{"Sales", "R&D", "Human Resources", "Vertrieb Süd", "Finance", "IT Operations"}
)

// agents returns the agents of an installation. Their names are always the
// same; the GUIDs depend on the seed.
func agents(seed uint64) []agent {
	list := []agent{
		{
			name: "Contoso AD", profile: "Full cycle", partition: "DC=contoso,DC=com", extension: "ContosoADRules.dll",
			servers:  []string{"dc02.contoso.com:389", "dc01.contoso.com:389"},
			stepData: []string{"adma-step-data", "batch-size", "100", "page-size", "500", "time-limit", "120"},
			dn: func(p *person, serial int) string {
				return "CN=" + p.given + " " + p.family + strconv.Itoa(serial) + ",OU=" + p.city + ",DC=contoso,DC=com"
			},
			class: []string{"top", "person", "organizationalPerson", "user"},
		},
		{
			name: "Partner directory <LDAP>", profile: "Hourly cycle", partition: "o=contoso", extension: "PartnerRules.dll",
			servers:  []string{"ldap02.partner.example:636", "ldap01.partner.example:636"},
			stepData: []string{"ipma-step-data", "page-size", "250", "time-limit", "60"},
			dn: func(p *person, serial int) string {
				return "uid=u" + strconv.Itoa(serial) + ",ou=" + p.department + ",ou=people,o=contoso"
			},
			class: []string{"top", "person", "inetOrgPerson"},
		},
		{
			name: "HR & Payroll", profile: "Nightly", partition: "default", extension: "HrRules.dll",
			stepData: []string{"extensible2-step-data", "batch-size", "1000", "page-size", "500"},
			dn:       func(_ *person, serial int) string { return "EMP-" + strconv.Itoa(serial) },
			class:    []string{"person"},
		},
		{
			name: "MIM Service", profile: "Delta cycle", partition: "default", extension: "MimServiceRules.dll",
			servers:  []string{"mim01.contoso.com:5725"},
			stepData: []string{"fimma-step-data", "batch-size", "5000", "time-limit", "300"},
			dn: func(p *person, serial int) string {
				id := newStream(uint64(serial), uint64(len(p.given))).id()
				return strings.ToLower(strings.Trim(id.String(), "{}"))
			},
			class: []string{"Person"},
		},
		{
			name: "Ausweise (Zürich)", profile: "Badge files", partition: "default", extension: "BadgeRules.dll",
			stepData: []string{"run-config", "input-file", "badges.csv", "timeout", "0"}, input: "badges.csv",
			dn:    func(_ *person, serial int) string { return "badge=" + strconv.Itoa(serial) },
			class: []string{"person"},
		},
	}
	for i := range list {
		list[i].index = i
		list[i].id = newStream(seed, ofAgent, uint64(i)).guid()
	}
	return list
}

// description returns step-description as servers write it: a copy of the
// configured step, with line ends of its own.
func (a *agent) description(k *stepKind) rundetails.Description {
	step := free("step-type")
	step.Attributes = []rundetails.AnyAttribute{{Name: "type", Value: k.stepType}}
	if k.subtype != "" {
		step.Children = lines(free(k.subtypeElement(), k.subtype))
	}
	data := free(a.stepData[0])
	for i := 1; i < len(a.stepData); i += 2 {
		data.Children = append(data.Children, rundetails.AnyChild{Element: free(a.stepData[i], a.stepData[i+1])})
	}
	custom := free("custom-data")
	custom.Children = lines(data)
	root := free("step-description")
	root.Children = lines(step, free("partition", a.partition), custom)
	return rundetails.Description{Block: rundetails.Block{Present: true}, Root: root}
}

// free returns an element of free content.
func free(tag string, text ...string) *rundetails.Any {
	a := &rundetails.Any{Tag: tag}
	for _, t := range text {
		a.Children = append(a.Children, rundetails.AnyChild{Text: t})
	}
	return a
}

// lines returns elements on a line each.
func lines(elements ...*rundetails.Any) []rundetails.AnyChild {
	var list []rundetails.AnyChild
	for _, e := range elements {
		list = append(list, rundetails.AnyChild{Text: "\n", Element: e})
	}
	return append(list, rundetails.AnyChild{Text: "\n"})
}
