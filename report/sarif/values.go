package sarif

// The objects of the format that a report has, each with the properties it
// uses. Their names are those of the standard.

type tool struct {
	Driver driver `json:"driver"`
}

type driver struct {
	Name            string       `json:"name"`
	Version         string       `json:"version"`
	SemanticVersion string       `json:"semanticVersion"`
	InformationURI  string       `json:"informationUri"`
	Rules           []descriptor `json:"rules"`
}

type descriptor struct {
	ID            string               `json:"id"`
	Short         *message             `json:"shortDescription,omitempty"`
	Full          *message             `json:"fullDescription,omitempty"`
	Help          *multiformat         `json:"help,omitempty"`
	Configuration configuration        `json:"defaultConfiguration"`
	Properties    descriptorProperties `json:"properties"`
}

type multiformat struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown"`
}

type configuration struct {
	Level string `json:"level"`
}

type descriptorProperties struct {
	Tags     []string `json:"tags"`
	Severity string   `json:"problem.severity"` // read by GitHub
}

type message struct {
	Text string `json:"text"`
}

type result struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    *int              `json:"ruleIndex,omitempty"`
	Kind         string            `json:"kind"`
	Level        string            `json:"level"`
	Message      message           `json:"message"`
	Locations    []location        `json:"locations"`
	Fingerprints map[string]string `json:"partialFingerprints"`
	Suppressions []suppression     `json:"suppressions,omitempty"`
	Properties   resultProperties  `json:"properties"`
}

type resultProperties struct {
	Requirements []string `json:"requirements"`
	Section      string   `json:"section,omitempty"`
	Known        string   `json:"known,omitempty"`
}

type suppression struct {
	Kind          string `json:"kind"`
	Status        string `json:"status"`
	Justification string `json:"justification,omitempty"`
}

type location struct {
	Physical physicalLocation  `json:"physicalLocation"`
	Logical  []logicalLocation `json:"logicalLocations,omitempty"`
}

type physicalLocation struct {
	Artifact artifactLocation `json:"artifactLocation"`
	Region   *region          `json:"region,omitempty"`
}

type region struct {
	Line   uint32 `json:"startLine"`
	Column uint32 `json:"startColumn"`
}

type logicalLocation struct {
	Name string `json:"fullyQualifiedName"`
	Kind string `json:"kind"`
}

type artifact struct {
	Location   artifactLocation `json:"location"`
	Properties *properties      `json:"properties,omitempty"`
}

type artifactLocation struct {
	URI   string `json:"uri"`
	Index int    `json:"index"`
}

type properties struct {
	Status string `json:"status"`
	Runs   int    `json:"runs"`
	Steps  int    `json:"steps"`
}

type invocation struct {
	Successful  bool           `json:"executionSuccessful"`
	Exit        int            `json:"exitCode"`
	Description string         `json:"exitCodeDescription"`
	Notices     []notification `json:"toolExecutionNotifications"`
}

type notification struct {
	Level     string     `json:"level"`
	Message   message    `json:"message"`
	Locations []location `json:"locations,omitempty"`
}
