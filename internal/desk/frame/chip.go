package frame

import (
	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/page"
	"gehoor/internal/words"
)

// Chip says how a dossier stands: the date to send by first, and below it what
// else is to be known.
type Chip struct {
	Kind  page.ChipKind
	Icon  page.IconName
	Text  string
	Under string
}

// soonDays is how many working days before the target date a chip turns to "soon", as
// the tile counts. Closing days of the organisation aside: a chip only draws the eye.
const soonDays = 3

func isSoon(target, today calendar.Date) bool {
	soon := calendar.New(calendar.House).After(today, calendar.Term{N: soonDays, Unit: calendar.WorkingDay})
	return !target.After(soon)
}

// ChipOf gives the chip of a dossier in a list.
func ChipOf(v *words.Voice, d complaint.Dossier, today calendar.Date) Chip {
	switch {
	case d.IsOverdue(today):
		return Chip{page.ChipLate, page.NoIcon, v.Count("term.late", d.DueOn.DaysUntil(today)), v.Say("term.late_since", "Date", v.WeekdayDate(d.DueOn))}
	case d.State.IsRunning():
		return runningChip(v, d, today)
	case d.State == complaint.Drafted || d.TextLiesHere():
		return draftedChip(v, d, today)
	case d.State == complaint.Awaiting:
		return Chip{page.ChipWait, page.NoIcon, v.Say("work.awaiting"), calledOn(v, d)}
	case d.State == complaint.IsAnswered:
		return Chip{page.ChipDone, page.NoIcon, v.Say("work.answered", "Date", v.ShortDate(d.AnsweredOn)), v.Say("work.to_close")}
	}
	return Chip{page.ChipDone, page.NoIcon, v.Say("work.state." + string(d.State)), ""}
}

// runningChip is the chip while the term runs: by when staff should send the answer,
// and below it what was promised.
func runningChip(v *words.Voice, d complaint.Dossier, today calendar.Date) Chip {
	chip := Chip{Kind: page.ChipOK, Text: v.Say("term.send_by", "Date", v.ShortDate(d.TargetOn)), Under: v.Say("term.promised", "Date", v.WeekdayDate(d.DueOn))}
	switch {
	case d.DueOn == today:
		chip.Under = v.Say("term.last_day")
	case d.TargetOn == d.DueOn:
		chip.Under = v.Count("term.left", daysBetween(today, d.TargetOn))
	}
	switch {
	case d.State == complaint.ExtensionProposed:
		chip.Under = v.Say("work.extension_proposed", "Date", v.ShortDate(d.Extension.ProposedOn))
	case d.Timeliness(today) == complaint.LateThenAgreed:
		chip.Under = v.Say("term.missed_agreed")
	case d.DueOn != d.OriginalDueOn:
		chip.Under = v.Say("work.agreed", "Date", v.WeekdayDate(d.DueOn))
	}
	switch {
	case isSoon(d.TargetOn, today):
		chip.Kind = page.ChipSoon
	case d.DueOn != d.OriginalDueOn:
		chip.Kind = page.ChipAgreed
	}
	return chip
}

// draftedChip is the chip of a telephone complaint whose text must still go out: to be
// sent, or to be posted. It goes out the same working day; after that the chip counts.
func draftedChip(v *words.Voice, d complaint.Dossier, today calendar.Date) Chip {
	if d.State == complaint.Drafted && d.TextVersion > 0 && d.SentVersion == d.TextVersion {
		return Chip{page.ChipSoon, page.IconPen, v.Say("work.correction"), calledOn(v, d)}
	}
	days := daysBetween(d.ReceivedOn, today)
	if days == 0 {
		return Chip{page.ChipWait, page.NoIcon, v.Say("work.not_sent"), calledOn(v, d)}
	}
	return Chip{page.ChipSoon, page.NoIcon, v.Count("work.not_sent_days", days), calledOn(v, d)}
}

// calledOn says when an unconfirmed complaint came in.
func calledOn(v *words.Voice, d complaint.Dossier) string {
	if d.Channel == complaint.Phone {
		return v.Say("work.called_on", "Date", v.WeekdayDate(d.ReceivedOn))
	}
	return v.Say("work.received_on", "Date", v.WeekdayDate(d.ReceivedOn))
}
