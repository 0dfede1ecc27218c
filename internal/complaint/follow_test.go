package complaint

import "testing"

// TestWhoseWordsTheComplainantReads: a message counts as theirs only when they wrote it on
// their own page. What others put in the dossier, with names in it, is not told.
func TestWhoseWordsTheComplainantReads(t *testing.T) {
	text := Sealed{Text: Hide("Pim zei het echt.")}
	for _, tt := range []struct {
		name string
		e    Event
		told bool
	}{
		{"written on the page", Event{Kind: ContactMade, Actor: ByComplainant, Open: Open{How: HowPage, Outcome: ContactWritten}}, true},
		{"a mail that the helpdesk added", Event{Kind: ContactMade, Actor: "jorien", Open: Open{How: HowEmail, Outcome: ContactWritten}}, false},
		{"solved, on the page", Event{Kind: ContactMade, Actor: ByComplainant, Open: Open{How: HowPage, Outcome: ContactSolved}}, true},
		{"solved, by somebody of ours", Event{Kind: ContactMade, Actor: "jorien", Open: Open{How: HowPage, Outcome: ContactUnsolved}}, false},
		{"who read the text along", Event{Kind: ContactMade, Actor: ByReader, Open: Open{How: HowPage, Outcome: ContactWritten}}, false},
		{"a message of ours for the page", Event{Kind: ContactMade, Actor: "jorien", Open: Open{How: HowPage}}, true},
		{"a call of ours", Event{Kind: ContactMade, Actor: "jorien", Open: Open{How: HowPhone}}, false},
		{"a reminder of ours", Event{Kind: ContactMade, Actor: "jorien", Open: Open{How: HowEmail, Outcome: ContactReminder}}, false},
		{"a letter that came back", Event{Kind: ContactMade, Actor: "jorien", Open: Open{How: HowPost, Outcome: ContactReturned}}, false},
		{"not mine", Event{Kind: ContactMade, Actor: ByReader, Open: Open{How: HowLink, Outcome: ContactNotMine}}, false},
	} {
		tt.e.Sealed = text
		if _, told := tt.e.ForComplainant(); told != tt.told {
			t.Errorf("%s: told is %v", tt.name, told)
		}
	}
}
