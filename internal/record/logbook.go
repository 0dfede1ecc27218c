package record

import (
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
)

// The kinds of log lines, to filter by. An action that none of them names is of no kind
// and stands in the whole logbook only.
const (
	LogOpening  = "names"    // the name was opened, a letter or an original too
	LogReading  = "reading"  // a dossier, a list, a search
	LogWork     = "work"     // what was done to a dossier: its events, not log lines
	LogExport   = "exports"  // a list or a logbook was taken along, a dossier printed
	LogSession  = "sessions" // logging in and out
	LogPeople   = "people"   // accounts, departments, absence, grants
	LogSettings = "settings"
	LogLooking  = "logbook" // somebody read a logbook; what was tidied away
)

// LogKinds lists the kinds in the order of the filter, with the actions of each.
var LogKinds = []struct {
	Kind    string
	Actions []string
}{
	{LogOpening, []string{"open_identity"}},
	{LogReading, []string{"read", "list", "list_cards", "list_mails", "read_mail", "open_mail_file", "find_caller", "read_text", "read_own", "follow"}},
	{LogWork, nil},
	{LogExport, []string{"export", "print", "export_logbook"}},
	{LogSession, []string{"log_in", "log_out", "log_in_refused", "code_refused", "use_second_factor", "stop_second_factor", "use_recovery_code",
		"log_in_halfway", "end_session", "end_other_sessions", "change_password"}},
	{LogPeople, []string{"add_staff", "change_staff", "close_staff", "open_staff", "reset_password", "reset_factor", "change_department",
		"close_department", "be_absent", "return", "propose_grant", "grant", "refuse_grant", "withdraw_grant", "see_grants"}},
	{LogSettings, []string{"set_up", "change_settings"}},
	{LogLooking, []string{"read_logbook", "sweep_log"}},
}

// ActionEvent is the action of a line that is an event of a dossier; its reason is the
// kind of the event.
const ActionEvent = "event"

// LogFilter narrows a logbook. The newest line comes first.
type LogFilter struct {
	Dossier string          // lines about one dossier
	House   bool            // lines about no dossier
	Actor   complaint.Actor // lines of one person
	Kind    string          // a kind of LogKinds; "" for all
	Events  bool            // with what was done to dossiers
	From    time.Time
	Until   time.Time // the first moment after the period
	Limit   int
	After   string // keyset: the sort key of the last line seen
}

// LoggedLine is a log line with the number of its dossier.
type LoggedLine struct {
	LogLine
	Number string
}

// DefaultLogTerm is how long log lines stay when the settings do not say.
var DefaultLogTerm = calendar.Term{N: 5, Unit: calendar.Year}
