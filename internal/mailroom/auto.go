package mailroom

import (
	"slices"
	"strings"

	"gehoor/internal/record"
)

// automatic gives every reason why no automatic answer may go to a mail (RFC 3834, and
// what lists and mailboxes ask for). One is enough.
func automatic(m record.Mail, k Known) []string {
	var why []string
	add := func(when bool, reason string) {
		if when {
			why = append(why, reason)
		}
	}
	sender := m.Sender()
	_, domain, _ := strings.Cut(m.MessageID, "@")
	_, prefixes := bareSubject(m.Subject)
	add(m.AutoSubmitted != "" && m.AutoSubmitted != "no", "auto_submitted")
	add(m.HasReturnPath && m.ReturnPath == "", "null_sender")
	add(m.IsList, "list_mail")
	add(slices.Contains([]string{"bulk", "junk", "list", "auto_reply"}, m.Precedence), "precedence_bulk")
	add(suppresses(m.Suppress), "asks_no_answer")
	add(m.IsVacation || slices.Contains(prefixes, "auto"), "vacation")
	add(m.IsSpam, "spam")
	add(domain != "" && slices.Contains(k.Domains, strings.ToLower(domain)), "our_own")
	add(isDaemon(m), "daemon")
	add(isNoReply(sender) || len(m.ReplyTo) > 0 && isNoReply(m.ReplyTo[0].Address), "no_reply_address")
	add(sender == "", "no_one_sender")
	add(m.Returned != nil, "delivery_report")
	return why
}

// suppresses reads X-Auto-Response-Suppress (MS-OXCMAIL): any of these asks for no
// automatic answer.
func suppresses(s string) bool {
	for word := range strings.SplitSeq(s, ",") {
		switch strings.TrimSpace(word) {
		case "all", "dr", "oof", "autoreply":
			return true
		}
	}
	return false
}

// isDaemon reports whether a mail system wrote the mail.
func isDaemon(m record.Mail) bool {
	for _, b := range m.From {
		local, _, _ := strings.Cut(b.Address, "@")
		if slices.Contains([]string{"mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon", "daemon"}, local) {
			return true
		}
	}
	return false
}

func isNoReply(address string) bool {
	local, _, _ := strings.Cut(address, "@")
	local = strings.NewReplacer("-", "", "_", "", ".", "").Replace(local)
	for _, s := range []string{"noreply", "donotreply", "nietbeantwoorden", "geenantwoord", "nietantwoorden"} {
		if strings.HasPrefix(local, s) {
			return true
		}
	}
	return false
}

// isMachine reports whether a machine wrote the mail by itself, so that it says nothing
// a person meant. A complaint that a kiosk or a web form sends is none of these: it was
// typed, and has the mark or answers nothing.
func isMachine(m record.Mail, j Judgement) bool {
	_, prefixes := bareSubject(m.Subject)
	switch {
	case m.IsVacation, slices.Contains(prefixes, "auto"), looksAway(m):
		return true
	case isDaemon(m), m.Returned != nil:
		return true
	case m.AutoSubmitted == "" || m.AutoSubmitted == "no" || m.IsList:
		return false
	}
	return m.AutoSubmitted == "auto-replied" || len(m.InReplyTo) > 0 || !j.Marker && !hasWord(m.Text, complaining)
}

// looksAway reports whether a subject says that somebody is away.
func looksAway(m record.Mail) bool {
	subject := strings.ToLower(m.Subject)
	for _, s := range []string{"out of office", "afwezigheidsbericht", "afwezigheidsmelding", "ik ben afwezig", "afwezig:", "abwesenheitsnotiz", "automatische afwezigheid"} {
		if strings.HasPrefix(subject, s) {
			return true
		}
	}
	return false
}
