package engine

import "strings"

// StepResult is the result of a step or run, a value of step-result.
type StepResult string

// The results that the engine itself decides (SE section 7). Sources and
// faults may bring any other value of the schema.
const (
	Success                       StepResult = "success"
	CompletedNoObjects            StepResult = "completed-no-objects"
	CompletedDiscoveryErrors      StepResult = "completed-discovery-errors"
	CompletedSyncErrors           StepResult = "completed-sync-errors"
	CompletedExportErrors         StepResult = "completed-export-errors"
	CompletedTransientObjects     StepResult = "completed-transient-objects"
	CompletedWarnings             StepResult = "completed-warnings"
	CompletedSkipped              StepResult = "completed-skipped-already-completed"
	StoppedErrorLimit             StepResult = "stopped-error-limit"
	StoppedObjectLimit            StepResult = "stopped-object-limit"
	StoppedDeletionLimit          StepResult = "stopped-deletion-limit"
	StoppedUserTermination        StepResult = "stopped-user-termination-from-wmi-or-ui"
	StoppedExtensionTermination   StepResult = "stopped-user-termination-from-extension"
	StoppedServiceShutdown        StepResult = "stopped-service-shutdown"
	StoppedConnectivity           StepResult = "stopped-connectivity"
	StoppedExportWrite            StepResult = "stopped-export-write"
	StoppedMA                     StepResult = "stopped-ma"
	NoStartNoSteps                StepResult = "no-start-no-steps-in-profile"
	NoStartBadMAConfiguration     StepResult = "no-start-bad-ma-configuration"
	NoStartPartitionNotConfigured StepResult = "no-start-partition-not-configured"
	NoStartPartitionDelete        StepResult = "no-start-no-partition-delete"
	NoStartPartitionRename        StepResult = "no-start-partition-rename"
	NoStartDeltaNotConfigured     StepResult = "no-start-delta-step-type-not-configured"
	NoStartFullImportRequired     StepResult = "no-start-full-import-required"
	NoStartConnection             StepResult = "no-start-connection"
	NoStartCredentials            StepResult = "no-start-credentials"
	NoStartServer                 StepResult = "no-start-server"
)

// The answers to a resume that leave no record (SE section 7).
const (
	NoStartResumeNoHistory        StepResult = "no-start-resume-no-history"
	NoStartResumeAlreadyCompleted StepResult = "no-start-resume-already-completed"
)

// Continues reports whether the next step runs after this result: the continue
// set of SE section 7.
func (r StepResult) Continues() bool {
	switch r {
	case Success, CompletedExportErrors, CompletedNoObjects, CompletedSyncErrors, CompletedTransientObjects, CompletedWarnings, CompletedSkipped:
		return true
	}
	return false
}

// namesInput reports whether the result of an import names the input file: those
// of S0 that are about it.
func (r StepResult) namesInput() bool {
	switch r {
	case CompletedNoObjects, "no-start-file-access-denied", "no-start-file-not-found", "no-start-file-open",
		"no-start-file-sharing-violation", "stopped-file-embedded-nulls":
		return true
	}
	return false
}

// completed reports whether a step with this result came to its end.
func (r StepResult) completed() bool { return r.Continues() || r == CompletedDiscoveryErrors }

// Started reports whether the step did anything.
func (r StepResult) Started() bool { return !strings.HasPrefix(string(r), "no-start-") }
