package extension

// Site is a call site: where the engine calls a scripted rule.
type Site struct {
	Name       string // extension-callsite
	Function   string // of the script
	Parameters []string
}

// The call sites, by the names of run histories.
const (
	siteInitialize  = "initialize"
	siteFilter      = "disconnecter-filter"
	siteMapJoin     = "join-mapping"
	siteResolveJoin = "join-resolution"
	siteProject     = "projection"
	siteImportFlow  = "import-flow"
	siteProvision   = "provisioning"
	siteExportFlow  = "export-flow"
	siteDeprovision = "cs-deprovisioning"
	siteDelete      = "mv-deletion"
)

// Sites are the call sites that there are, in the order of synchronization.
func Sites() []Site {
	return []Site{
		{siteInitialize, "initialize", nil},
		{siteFilter, "filter", []string{"cs"}},
		{siteMapJoin, "map_join", []string{"context", "cs"}},
		{siteResolveJoin, "resolve_join", []string{"context", "cs", "candidates"}},
		{siteProject, "should_project", []string{"cs"}},
		{siteImportFlow, "import_flow", []string{"context", "cs", "mv"}},
		{siteProvision, "provision", []string{"mv"}},
		{siteExportFlow, "export_flow", []string{"context", "mv", "cs"}},
		{siteDeprovision, "deprovision", []string{"cs"}},
		{siteDelete, "should_delete", []string{"cs", "mv"}},
	}
}
