package complaint

import "testing"

// TestUnsentUnlessItWouldHaveLapsed: what happened between the posting and taking it back
// counts as if the letter had lain here all the while.
func TestUnsentUnlessItWouldHaveLapsed(t *testing.T) {
	now := at("2026-05-13")
	d := Dossier{ID: "d", State: InHandling, TextVersion: 2}
	sent := Event{Kind: LetterSent, At: now.Now, Open: Open{Record: "l"}}
	deputy := Event{Kind: IdentityChanged, Open: Open{Fields: []string{"deputy"}}}
	for name, c := range map[string]struct {
		kind   string
		course []Event
		key    string
	}{
		"nothing since":             {LetterAcknowledgement, []Event{sent}, ""},
		"a code before it":          {LetterAcknowledgement, []Event{{Kind: CodeReplaced}, sent}, ""},
		"a code since":              {LetterAcknowledgement, []Event{sent, {Kind: CodeReplaced}}, "refused.unsend_overtaken"},
		"a code since, another":     {LetterSaid, []Event{sent, {Kind: CodeReplaced}}, ""},
		"a deputy since":            {LetterAcknowledgement, []Event{sent, deputy}, "refused.unsend_overtaken"},
		"a death since":             {LetterAcknowledgement, []Event{sent, {Kind: ComplainantDied}}, "refused.unsend_overtaken"},
		"a death since, to another": {LetterToEmployee, []Event{sent, {Kind: ComplainantDied}}, ""},
		"taken back already":        {LetterAcknowledgement, []Event{sent, {Kind: LetterUnsent, Open: Open{Record: "l"}}}, "refused.unsend_today"},
	} {
		_, err := d.UnsendLetter(Paper{ID: "l", Kind: c.kind, Channel: HowPost}, day("2026-05-13"), c.course, now)
		if c.key == "" && err != nil || c.key != "" && !refusedWith(err, c.key) {
			t.Errorf("%s: %v", name, err)
		}
	}
	reader := Paper{ID: "l", Kind: "reminder", Channel: HowPost, Text: 2}
	if _, err := d.UnsendLetter(reader, day("2026-05-13"), []Event{sent, {Kind: ReaderRevoked}}, now); !refusedWith(err, "refused.unsend_overtaken") {
		t.Errorf("a reader revoked since: %v", err)
	}
}
