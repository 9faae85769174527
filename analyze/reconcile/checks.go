package reconcile

import (
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/consistency/across"
)

// The ids of findings about policies.
const (
	PolicyID        = "REC-policy"
	PolicyUnknownID = "REC-policy-unknown"
)

// Check is something that reconcile asks of an archive.
type Check struct {
	ID        string
	Title     string // a sentence that says what holds where there is no finding
	Severity  finding.Severity
	Lower     finding.Severity // of its lighter findings; Off where there are none
	Certainty Certainty
	Why       string
	Fix       string
	run       func(*checker)
}

// Checks lists the checks, those of the rules that compare runs first.
func Checks() []Check {
	var all []Check
	for _, r := range across.Rules() {
		all = append(all, Check{ID: r.ID, Title: r.Title, Severity: r.Severity, Certainty: ruleCertainty(&r), Why: r.Why, Fix: r.Fix})
	}
	return append(all, own()...)
}

// Own lists the checks that are no rules of validate.
func Own() []Check { return own() }

// ruleCertainty grades the findings of a rule that compares runs.
func ruleCertainty(r *rule.Rule) Certainty {
	switch r.ID {
	case "C139", "C142", "C143": // both runs say so
		return Certain
	case "C145", "C147": // a changed profile, a preview that was committed
		return Possible
	}
	return Likely
}

// own is the closed list of ids, in the order of explanations.
func own() []Check {
	return []Check{
		{
			ID: "REC-provisioned-adds", Severity: finding.Warning, Certainty: Likely, run: (*checker).provisionedAdds,
			Title: "What synchronization provisioned toward an agent is added, or fails, in the agent's next export.",
			Why: "Each provisioned-add puts a new object into the connector space of the target, and the next export tries it. " +
				"Objects that it neither added nor counted as failures got lost on the way, or counters are wrong.",
			Fix: "Look for the objects in the connector space of the target agent (pending exports), and for runs that are not in the archive. " +
				"What was provisioned and deprovisioned again before the export, joined by an import or deleted by hand explains it too.",
		},
		{
			ID: "REC-flow-bound", Severity: finding.Info, Certainty: Possible, run: (*checker).flowBound,
			Title: "An agent exports no more updates than changes flowed toward it.",
			Why: "An update is exported because a change flowed toward the agent, came back or refers to an added object. " +
				"More updates than all of these tell of runs that are missing or of counters that are wrong.",
			Fix: "Check that the runs of all agents are there. References that are exported value by value count several times, " +
				"and so do passwords: then there is nothing to do.",
		},
		{
			ID: "REC-confirmed-objects", Severity: finding.Warning, Certainty: Likely, run: (*checker).confirmedObjects,
			Title: "A full import reads at least the objects that were exported as adds since the full import before.",
			Why: "What was added to a data source is there when all of it is read. A full import that reads fewer objects read another container, " +
				"another server or half a file, and whatever it did not see is obsoleted and may be deleted elsewhere.",
			Fix: "Before synchronizing, compare the number of objects of the data source with the staging counters, and check the containers and the input of the step.",
		},
		{
			ID: "REC-unconfirmed", Severity: finding.Info, Certainty: Possible, run: (*checker).unconfirmed,
			Title: "The delta import after an export stages something.",
			Why: "The changes that an export wrote come back with the next delta import, which confirms them. " +
				"Where nothing came back, although it did after other exports of the agent, changes may be lost or the import asked another server.",
			Fix: "Run the delta import once more, then a full import. For a directory with several servers, import from the server that was exported to.",
		},
		{
			ID: "REC-returned-changes", Severity: finding.Info, Certainty: Possible, run: (*checker).returnedChanges,
			Title: "No more changes are missing when read again than were exported.",
			Why: "An exported-change-not-reimported is about an object that was exported. More of them than exported objects tell of exports that are missing, " +
				"or of errors that were put into the wrong run.",
			Fix: "Check that all exports of the agent are in the archive.",
		},
		{
			ID: "REC-error-hidden", Severity: finding.Warning, Certainty: Likely, run: (*checker).errorCourse,
			Title: "An export lists every failed object that is still failing.",
			Why: "Failed objects are tried in every export. An error that is there before and after an export, with one first-occurred, " +
				"was there in between; the export that does not list it lost it, or is of another server.",
			Fix: "Compare the export with the server's own history: the document may have been cut or edited.",
		},
		{
			ID: "REC-error-returned", Severity: finding.Info, Certainty: Certain,
			Title: "An error that went away stays away.",
			Why:   "An error that comes back was worked around and not solved, or its cause comes back.",
			Fix:   "Look at what happened to the objects between the two runs: runhist explain says what the error type means.",
		},
		{
			ID: "REC-error-persists", Severity: finding.Info, Certainty: Certain,
			Title: "No error is listed by run after run.",
			Why:   "An error that persists is tried again in each run, hides new ones and uses up the error limit. Objects that fail for months are not synchronized.",
			Fix:   "Solve it at the object or at the rule (runhist explain says what the error type means), or set a policy that tells when it is too old.",
		},
		{
			ID: "REC-error-cleared", Severity: finding.Info, Certainty: Certain,
			Title: "Errors go away.",
			Why:   "An error that a later run, which would have met it, does not list was solved.",
			Fix:   "Nothing: it is good news.",
		},
		{
			ID: "REC-steps-not-run", Severity: finding.Warning, Lower: finding.Info, Certainty: Likely, run: (*checker).stepsNotRun,
			Title: "A run executes all steps of its profile.",
			Why: "After a result that stops the profile no further step runs. What the run was for, such as the export at its end, did not happen, " +
				"though it is nowhere called an error. An info, once a later run of the profile came to its end.",
			Fix: "Solve what stopped the step (runhist explain says what the result means), and run the profile again.",
		},
		{
			ID: "REC-runs-missing", Severity: finding.Info, Certainty: Certain, run: (*checker).runsMissing,
			Title: "No run-number of an agent is missing between those that are there.",
			Why:   "Each run takes the next number. Missing ones mean that the archive does not have all runs, and that sums over them cannot be compared.",
			Fix:   "Save the missing runs, if the server still has them; save the history before it is cleared.",
		},
		{
			ID: "REC-numbers-restart", Severity: finding.Info, Certainty: Likely, run: (*checker).numbersRestart,
			Title: "The run-numbers of an agent do not begin anew.",
			Why: "Numbers that fall and then grow again tell that the agent was made anew, the server restored, or runs of two servers put together. " +
				"Runs before and after are not compared with each other.",
			Fix: "Nothing, if the server was set up anew. Else reconcile the runs of each server for itself.",
		},
		{
			ID: "REC-parallel-sync", Severity: finding.Info, Certainty: Certain, run: (*checker).parallelSync,
			Title: "No two agents synchronize at the same time.",
			Why:   "Synchronizations that run at the same time lock each other's objects: locking-error-needs-retry, deadlocks, and long runs.",
			Fix:   "Let the schedule run synchronizations one after the other; imports and exports may run side by side.",
		},
		{
			ID: "REC-silence", Severity: finding.Info, Certainty: Possible, run: (*checker).silence,
			Title: "A run profile that runs regularly has no long pause.",
			Why:   "A pause of several times the usual interval tells of a scheduler that stood still, or of runs that are missing from the archive.",
			Fix:   "Check the scheduler and the event log of that time.",
		},
		{
			ID: "REC-no-success", Severity: finding.Warning, Certainty: Likely, run: (*checker).noSuccess,
			Title: "Each agent had a run that came to its end not long ago (asked only with --now).",
			Why:   "An agent without success falls behind, and nobody is told: a run that was not started leaves no error.",
			Fix:   "Look at the last runs of the agent (runhist show --ma) and at the scheduler. A policy with check: age says what long ago means.",
		},
		{
			ID: PolicyID, Severity: finding.Error, Certainty: Certain,
			Title: "The policies of the configuration are kept.",
			Why:   "A policy is what you said you expect of your runs. The severity is that of the policy.",
			Fix:   "Look at the run (runhist show), or change the policy: runhist config show tells where the configuration is.",
		},
		{
			ID: PolicyUnknownID, Severity: finding.Info, Certainty: Certain,
			Title: "Each policy can be checked.",
			Why:   "A policy that selects no run, or compares with a full import or with runs that are not in the archive, guards nothing. It is not taken for kept.",
			Fix:   "Correct the names of agent and profile (runhist show lists them), or reconcile more of the archive.",
		},
	}
}
