package complaint

import (
	"strings"
	"testing"
)

func refusedWith(err error, key string) bool {
	return IsKind(err, Refused) && strings.Contains(err.Error(), key)
}

// TestWhatMustStayHere: everything to the complainant once that died, an answer to a
// complaint that stopped, and what lapsed.
func TestWhatMustStayHere(t *testing.T) {
	alive := handled(t, "2026-05-11")
	released := do(t, alive, func(d Dossier) ([]Event, error) {
		return d.Release(Reply{AnswerText: AnswerText{Points: "a", Outcome: "b", Measures: "c"}, How: HowPost}, at("2026-05-12"))
	})
	died := func(d Dossier) ([]Event, error) { return d.Died(day("2026-05-13"), "", at("2026-05-13")) }
	stopped := do(t, released, func(d Dossier) ([]Event, error) {
		return d.Withdraw(End{On: day("2026-05-13"), How: HowPhone, Said: "Ik stop."}, at("2026-05-13"))
	})
	for name, c := range map[string]struct {
		d    Dossier
		p    Paper
		want string
		key  string
	}{
		"alive":           {alive, Paper{Kind: LetterAcknowledgement}, "", ""},
		"lapsed":          {alive, Paper{Kind: LetterAcknowledgement, Lapsed: true}, HeldLapsed, "refused.letter_lapsed"},
		"dead":            {do(t, alive, died), Paper{Kind: LetterAcknowledgement}, HeldDied, "refused.post_died"},
		"dead, answer":    {do(t, released, died), Paper{Kind: LetterAnswer}, HeldDied, "refused.post_died"},
		"to the relative": {do(t, alive, died), Paper{Kind: LetterCondolence}, "", ""},
		"to the employee": {do(t, alive, died), Paper{Kind: LetterToEmployee}, "", ""},
		"stopped":         {stopped, Paper{Kind: LetterAnswer}, HeldStopped, "refused.post_stopped"},
		"stopped, other":  {stopped, Paper{Kind: LetterWithdrawn}, "", ""},
		"released":        {released, Paper{Kind: LetterAnswer}, "", ""},
	} {
		if got := c.d.Held(c.p); got != c.want {
			t.Errorf("%s: held %q", name, got)
		}
		c.p.MadeOn = day("2026-05-11")
		_, err := c.d.SendLetter(c.p, day("2026-05-13"), at("2026-05-13"))
		if c.key == "" && err != nil || c.key != "" && !refusedWith(err, c.key) {
			t.Errorf("%s: sent: %v", name, err)
		}
	}
	if _, err := do(t, released, died).Answer(Dispatch{On: day("2026-05-13")}, at("2026-05-13")); !refusedWith(err, "refused.post_died") {
		t.Errorf("answered: %v", err)
	}
}

// TestWhatLapses: a letter lies here for whoever gets the post; it lapses when that is
// somebody else from now on.
func TestWhatLapses(t *testing.T) {
	d := Dossier{TextVersion: 2}
	ack, text, answer, said, code, other := Paper{Kind: LetterAcknowledgement}, Paper{Kind: "confirmation_text", Text: 2}, Paper{Kind: LetterAnswer},
		Paper{Kind: LetterSaid}, Paper{Kind: LetterNewCode}, Paper{Kind: LetterToEmployee}
	all := []Paper{ack, text, answer, said, code, other, {Kind: "reminder", Text: 1}}
	for name, c := range map[string]struct {
		e    Event
		want string
	}{
		"a newer text":     {Event{Kind: Worded}, "reminder"},
		"a death":          {Event{Kind: ComplainantDied}, "acknowledgement confirmation_text answer said new_code reminder"},
		"a revoked reader": {Event{Kind: ReaderRevoked}, "confirmation_text reminder"},
		"an answer back":   {Event{Kind: AnswerTakenBack}, "answer"},
		"a new code":       {Event{Kind: CodeReplaced}, "acknowledgement new_code"},
		"a deputy":         {Event{Kind: IdentityChanged, Open: Open{Fields: []string{"deputy"}}}, "acknowledgement confirmation_text answer reminder"},
		"another address":  {Event{Kind: IdentityChanged, Open: Open{Fields: []string{"street"}}}, ""},
		"a note":           {Event{Kind: Noted}, ""},
	} {
		got := ""
		for _, p := range all {
			if d.Lapses(p, c.e) {
				got += p.Kind + " "
			}
		}
		if want := c.want; got != want && got != want+" " {
			t.Errorf("%s: %q lapses", name, got)
		}
	}
}

// TestEmailDoesNotPostWhatLiesHere: only the paper letter that was posted makes the text
// on paper sent.
func TestEmailDoesNotPostWhatLiesHere(t *testing.T) {
	mail := text(1, "2026-05-11")
	mail.Channel = HowEmail
	d := do(t, onPaper(t, "2026-05-11"), func(d Dossier) ([]Event, error) { return d.SendLetter(mail, day("2026-05-13"), at("2026-05-13")) })
	if !d.TextLiesHere() || !d.SentOn.IsZero() || d.RemindOn[0] != day("2026-05-16") {
		t.Errorf("sent on %v, reminders on %v", d.SentOn, d.RemindOn)
	}
}

// TestTextOfTheDeadIsSentAnew when a relative goes on.
func TestTextOfTheDeadIsSentAnew(t *testing.T) {
	d := do(t, onPaper(t, "2026-05-11"), func(d Dossier) ([]Event, error) { return d.Died(day("2026-05-12"), "", at("2026-05-12")) })
	if _, err := d.Send(Sending{How: HowPaper, HasAddress: true}, at("2026-05-12")); !refusedWith(err, "refused.post_died") {
		t.Errorf("sent to the dead: %v", err)
	}
	d = do(t, d, func(d Dossier) ([]Event, error) {
		return d.RelativeDecides(Decision{Choice: GoesOn, On: day("2026-05-13"), How: HowPhone, Said: "Ga door.", CanReach: true}, at("2026-05-13"))
	})
	if d.Next(day("2026-05-13")) != TaskSend || d.TextLiesHere() {
		t.Errorf("next %s", d.Next(day("2026-05-13")))
	}
}
