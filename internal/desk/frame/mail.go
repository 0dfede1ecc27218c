package frame

import (
	"slices"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/page"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// What was done to an e-mail, in the address of the page that says so; and the field that
// names the dossier on whose page a button stood.
const (
	DoneAdded    = "hoort-bij"
	DoneAgain    = "opnieuw"
	DonePaper    = "papier"
	DoneUnposted = "niet-gepost"
	FromDossier  = "van"
)

// MailChip says how far the sending of an e-mail is; sends says that gehoor sends. Under
// the chip stands what went wrong.
func MailChip(v *words.Voice, m record.Message, today calendar.Date, sends bool) Chip {
	c := mailState(v, m, today, sends)
	c.Under = mailRemark(v, m)
	return c
}

func mailState(v *words.Voice, m record.Message, today calendar.Date, sends bool) Chip {
	reply := m.Reply
	if reply == "" && m.Trouble != "" {
		reply = v.Say("mail_trouble." + string(m.Trouble))
	}
	switch m.State {
	case record.MessageSent:
		return Chip{Kind: page.ChipDone, Text: v.Say("mail_state.sent", "Time", when(v, m.At, today))}
	case record.MessageHeld:
		if m.Reason == record.HeldPaper {
			return Chip{Kind: page.ChipPlain, Icon: page.IconPrint, Text: v.Say("mail_state.on_paper")}
		}
		return Chip{Kind: page.ChipSoon, Icon: page.IconHand, Text: v.Say("mail_state.held")}
	case record.MessageFailed:
		switch {
		case m.Trouble == record.CameBack:
			return Chip{Kind: page.ChipLate, Icon: page.IconUndo, Text: v.Say("mail_state.came_back", "Time", when(v, m.At, today))}
		case m.Reply != "" && m.Reply[0] == '5':
			return Chip{Kind: page.ChipLate, Text: v.Say("mail_state.refused", "Reply", reply)}
		case m.Trouble != "" && m.Attempts > 1:
			return Chip{Kind: page.ChipLate, Text: v.Say("mail_state.gave_up", "Reply", reply)}
		}
		return Chip{Kind: page.ChipLate, Text: v.Say("mail_state.failed")}
	}
	switch {
	case !sends:
		return Chip{Kind: page.ChipWait, Icon: page.IconMail, Text: v.Say("postroom.waits_for_server")}
	case m.State == record.MessageSending:
		return Chip{Kind: page.ChipWait, Icon: page.IconMail, Text: v.Say("mail_state.sending")}
	case m.Reply != "":
		return Chip{Kind: page.ChipSoon, Icon: page.IconMail, Text: v.Say("mail_state.later_said", "Reply", reply, "Time", when(v, m.NextAt, today))}
	case m.Trouble != "":
		return Chip{Kind: page.ChipSoon, Icon: page.IconMail, Text: v.Say("mail_state.later", "Time", when(v, m.NextAt, today))}
	}
	return Chip{Kind: page.ChipWait, Icon: page.IconMail, Text: v.Say("mail_state.soon")}
}

// mailRemark says what else is to be known: why it is held or failed, and how often it
// was tried.
func mailRemark(v *words.Voice, m record.Message) string {
	var parts []string
	if key := "mail_held." + m.Reason; m.Reason != "" && v.Has(key) {
		parts = append(parts, v.Say(key))
	}
	if m.Trouble != "" && m.State != record.MessageSent && m.Trouble != record.PerhapsSent {
		parts = append(parts, v.Say("mail_trouble."+string(m.Trouble)))
	}
	if m.Trouble == record.CameBack && m.Reply != "" {
		parts = append(parts, v.Say("mail_state.code", "Reply", m.Reply))
	}
	if m.Trouble != "" && m.Trouble != record.CameBack && m.State != record.MessageSent {
		parts = append(parts, v.Count("mail_state.tries", m.Attempts))
	}
	if m.Doubt {
		parts = append(parts, v.Say("mail_state.doubt"))
	}
	return JoinWords(parts...)
}

// JoinWords joins sentences on one line.
func JoinWords(parts ...string) string {
	out := ""
	for _, p := range parts {
		if out != "" && p != "" {
			out += " "
		}
		out += p
	}
	return out
}

// when says a moment: its time today, or with its day.
func when(v *words.Voice, t time.Time, today calendar.Date) string {
	if day := calendar.Of(t); day != today {
		return v.Say("mail_state.on", "Date", v.ShortDate(day), "Time", v.Time(t))
	}
	return v.Say("mail_state.at", "Time", v.Time(t))
}

// AgainLabel is the key of the button that lets an e-mail go, or "" when there is nothing
// to ask: it goes by itself, or went.
func AgainLabel(m record.Message) string {
	switch {
	case m.State == record.MessageHeld && slices.Contains([]string{record.HeldLoop, record.HeldEcho, record.HeldAutomatic, complaint.HeldStopped}, m.Reason),
		m.State == record.MessageFailed && m.Reason == record.HeldOld:
		return "postroom.send_anyway"
	case m.State == record.MessageFailed, m.State == record.MessageWaiting && m.Trouble != "":
		return "postroom.send_again"
	}
	return ""
}

// MayGoOnPaper reports whether a letter can be made of an e-mail still.
func MayGoOnPaper(m record.Message, known bool) bool {
	return !known || m.State != record.MessageSent && m.State != record.MessageSending && m.Reason != record.HeldPaper
}
