package schemas

// Form says in words what a named type of the schema wants of a value that
// does not match its pattern; "" for types without a pattern of note.
func Form(typeName string) string {
	switch typeName {
	case "guidType":
		return "a GUID in braces, such as {1B6C1B2A-0A4E-4C6B-9D3C-7A2E5F3B9C10}"
	case "dateTimeNoT":
		return "a date and time such as 2016-07-15 10:00:00.000"
	case "progressType":
		return "two numbers such as 120/500"
	case "dnType", "security-idType":
		return "on one line"
	}
	return ""
}

// FIMForm is [Form] for the schemas of FIM 2010 and MIIS 2003, whose patterns
// want more of some values.
func FIMForm(typeName string) string {
	switch typeName {
	case "dnType":
		return "on one line and with an equals sign, such as CN=Ann,DC=example,DC=com"
	case "security-idType":
		return `on one line and with a backslash, such as DOMAIN\account`
	}
	return Form(typeName)
}
