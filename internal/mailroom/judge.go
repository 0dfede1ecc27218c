package mailroom

import (
	"slices"
	"strings"

	"gehoor/internal/record"
)

// Kind is what a mail seems to be.
type Kind string

// The kinds of mail.
const (
	Complaint           Kind = "complaint"
	Reply               Kind = "reply"
	ConfirmationYes     Kind = "confirmation_yes"     // a short, exact yes to the text we sent
	ConfirmationUnclear Kind = "confirmation_unclear" // an answer to it that a person must read
	NotComplaint        Kind = "not_complaint"
	Bounce              Kind = "bounce"
	Auto                Kind = "auto"
	DuplicateSuspect    Kind = "duplicate_suspect"
)

// Known is what the register knows about a mail. The zero Known knows nothing: then a
// token in a mail is no proof of anything.
type Known struct {
	// Answers is the message of ours that this mail answers, by a token of ours.
	Answers *Sent
	// Question is what we asked about an earlier mail, that this mail answers.
	Question *Asked
	// ReturnedOurs says that what came back is a message of ours.
	ReturnedOurs bool
	// ToStaff says that what it answers, or brings back, is word to an employee.
	ToStaff bool
	// Register says that there was a register to ask: a report about a message that it
	// does not know is no bounce of ours.
	Register bool
	// Twin names an earlier mail that is the same, or nearly.
	Twin string
	// Staff are the names of employees.
	Staff []string
	// Domains are our own, where our Message-IDs come from.
	Domains []string
}

// Sent is a message of ours.
type Sent struct {
	Number       string // of the dossier
	To           string // in lower case
	Confirmation bool   // it asks: is this your complaint? And nobody answered yet
}

// Asked is our question whether an earlier mail was meant as a complaint.
type Asked struct {
	To string // in lower case; "" when somebody else answers
}

// Judgement is what a mail seems to be.
type Judgement struct {
	Kind   Kind
	Why    []string // codes, the one that decided first
	Auto   []string // why nothing may be sent back by itself; none: it may
	Marker bool     // the subject begins with "klacht"
	Own    string   // what the sender wrote, without quotes
	Flags  []string // what to look at
}

// IsAuto reports whether no automatic answer may go to this mail.
func (j Judgement) IsAuto() bool { return len(j.Auto) > 0 }

// Judge says what a mail seems to be. The order matters: what a machine wrote is no
// answer, an answer is no new complaint, and what remains is a complaint unless it
// clearly is something else.
func Judge(m record.Mail, k Known) Judgement {
	j := Judgement{Auto: automatic(m, k), Marker: hasMarker(m.Subject), Own: ownText(m)}
	j.Flags = append(slices.Clone(m.Flags), hints(m, j.Own, k)...)
	j.Kind, j.Why = kindOf(m, j, k)
	return j
}

func kindOf(m record.Mail, j Judgement, k Known) (Kind, []string) {
	switch {
	case isBounce(m, k) && k.ToStaff:
		return Bounce, []string{"returned_staff"}
	case isBounce(m, k):
		return Bounce, []string{"returned"}
	case k.Twin != "":
		return DuplicateSuspect, []string{"twin"}
	case isMachine(m, j):
		return Auto, []string{"automatic"}
	case k.ToStaff:
		return Reply, []string{"answers_staff"}
	case k.Answers != nil:
		return answer(m, j, k)
	case k.Question != nil:
		if k.Question.To != "" && m.Sender() == k.Question.To && meansComplaint(j.Own) {
			return Complaint, []string{"meant_complaint"}
		}
		return Reply, []string{"answers_question"}
	case isAnswering(m) && !j.Marker:
		return Reply, []string{"answers"}
	}
	if why := notComplaint(m, j); why != "" {
		return NotComplaint, []string{why}
	}
	if j.Marker {
		return Complaint, []string{"marker"}
	}
	return Complaint, []string{"no_reason_against"}
}

// answer judges an answer to a message of ours. Only who got the question can say yes.
func answer(m record.Mail, j Judgement, k Known) (Kind, []string) {
	if !k.Answers.Confirmation {
		return Reply, []string{"token"}
	}
	if m.Sender() != k.Answers.To {
		return ConfirmationUnclear, []string{"other_sender"}
	}
	switch reading := readYes(j.Own); {
	case reading == exactYes && len(m.Parts) == 0:
		return ConfirmationYes, []string{"exact_yes"}
	case reading == exactYes:
		return ConfirmationUnclear, []string{"yes_with_files"}
	case reading == saysNo:
		return ConfirmationUnclear, []string{"explicit_no"}
	case reading == saysMore:
		return ConfirmationUnclear, []string{"yes_and_more"}
	}
	return Reply, []string{"no_yes"}
}

// isAnswering reports whether a mail looks like an answer to something: to what, only
// the register can tell.
func isAnswering(m record.Mail) bool {
	_, prefixes := bareSubject(m.Subject)
	return len(m.InReplyTo)+len(m.References) > 0 && slices.Contains(prefixes, "re") || numbered.MatchString(m.Subject) && slices.Contains(prefixes, "re")
}

// isBounce reports whether a mail says that a message of ours did not arrive. Somebody
// else's report about somebody else's mail is only automatic.
func isBounce(m record.Mail, k Known) bool {
	if k.Register {
		return k.ReturnedOurs && (m.Returned != nil || isDaemon(m))
	}
	failed := m.Returned != nil && m.Returned.Recipient != "" && hasFailed(m.Returned)
	return failed || isDaemon(m) && looksReturned(m)
}

// hasFailed reports whether a report says that a message will not arrive.
func hasFailed(r *record.Returned) bool {
	return r.Action != "delayed" && r.Action != "relayed" && r.Action != "delivered"
}

// looksReturned reports whether a daemon tells of mail that it could not deliver.
func looksReturned(m record.Mail) bool {
	text := strings.ToLower(m.Subject + "\n" + m.Text)
	for _, s := range []string{"undeliver", "undelivered", "returned mail", "delivery status", "delivery failure", "delivery has failed", "could not be delivered",
		"mail delivery failed", "niet bezorgd", "niet afgeleverd", "onbestelbaar", "kon niet worden", "user unknown", "mailbox full", "mailbox unavailable", "failure notice"} {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}
