package office_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

type postCase struct {
	ReceivedOn string `json:"received_on"`
	FiledOn    string `json:"filed_on"`
	AnswerBy   string `json:"answer_by"`
	TargetOn   string `json:"target_on"`
	ReachedOn  string `json:"reached_helpdesk_on"`
	TheirRef   string `json:"reference_theirs"`
	Channel    string
	Envelope   string `json:"envelope_date"`
	ReceivedWD string `json:"received_weekday"`
	AnswerWD   string `json:"answer_by_weekday"`
	Reply      string `json:"reply_channel"`
	Flags      []string
	Scan       struct{ File, Type string }
	Register   register
}

// TestPostCases registers every letter with its scan.
func TestPostCases(t *testing.T) {
	folders, err := filepath.Glob("testdata/post/*")
	if err != nil || len(folders) != 4 {
		t.Fatalf("%d letters: %v", len(folders), err)
	}
	housetest.Each(t, func(t *testing.T, h *house.House) {
		for _, folder := range folders {
			t.Run(filepath.Base(folder), func(t *testing.T) {
				var c postCase
				readJSON(t, &c, "post", filepath.Base(folder), "expected.json")
				knows(t, "channel envelope_date received_on filed_on answer_by target_on received_weekday answer_by_weekday scan register flags reply_channel reached_helpdesk_on reference_theirs",
					"id has_klacht_marker attn_helpdesk enclosures note", "post", filepath.Base(folder), "expected.json")
				playLetter(bench{h, t}, folder, c)
			})
		}
	})
}

func playLetter(b bench, folder string, c postCase) {
	ctx, staff := b.t.Context(), b.who(c.Register.ReceivedBy)
	b.at(max(c.ReceivedOn, c.ReachedOn))
	in := b.intake(complaint.Post, calendar.MustParse(c.ReceivedOn))
	in.Title, in.Description, in.DesiredOutcome = "Klacht per brief", c.Register.Description, c.Register.Outcome
	in.Member, in.Identity = c.Register.member(), c.Register.identity()
	in.Identity.TheirRef = c.TheirRef
	if slices.Contains(c.Flags, "organisation") { // the name on the letter is that of its contact too
		in.Identity.Kind, in.Identity.Organisation = record.Firm, "Stichting De Zilverreiger"
	}
	if c.ReachedOn != "" {
		in.ReachedOn, in.FirstHeard = calendar.MustParse(c.ReachedOn), "afdeling Scholing"
	}
	scan, err := os.Open(filepath.Join(folder, c.Scan.File))
	b.must(err)
	defer scan.Close()
	kept, err := b.Office.Keep(ctx, staff, in.Draft, `C:\scans\`+c.Scan.File, scan)
	b.must(err)
	in.Files = []string{kept.ID}
	f := b.receive(c.Register.ReceivedBy, in)

	v := b.view(c.Register.ReceivedBy, f.Dossier)
	reached := c.ReachedOn
	if reached == "" {
		reached = c.ReceivedOn
	}
	dates(b.t, map[string]string{"filed_on": c.FiledOn, "answer_by": c.AnswerBy, "target_on": c.TargetOn, "reached_on": reached},
		map[string]calendar.Date{"filed_on": v.FiledOn, "answer_by": v.DueOn, "target_on": v.TargetOn, "reached_on": v.ReachedOn})
	c.Register.check(b, f.Dossier)
	if len(v.Attachments) != 1 || v.Attachments[0].Name != c.Scan.File || v.Attachments[0].Type != c.Scan.Type {
		b.t.Errorf("attachments %+v", v.Attachments)
	}
	want, err := os.ReadFile(filepath.Join(folder, c.Scan.File))
	b.must(err)
	file, err := b.Office.File(ctx, staff, kept.ID, office.Opening{Reason: "letter"})
	b.must(err)
	got := make([]byte, len(want)+1)
	if n, _ := file.Content.Read(got); string(got[:n]) != string(want) {
		b.t.Error("the scan comes back as other bytes")
	}
	who, err := b.Office.OpenIdentity(ctx, staff, f.Dossier, office.Opening{Reason: "letter"})
	b.must(err)
	voice := b.Words.Speak("nl")
	weekday := func(d calendar.Date) string { return strings.Fields(voice.LongDate(d))[0] }
	if c.Channel != "written" || v.Channel != complaint.Post || c.Reply != v.Letters[0].Channel || who.TheirRef != c.TheirRef || v.ReceivedOn.String() == c.Envelope ||
		weekday(v.ReceivedOn) != c.ReceivedWD || weekday(v.DueOn) != c.AnswerWD {
		b.t.Errorf("channel %s, answered by %s, %q, received on %s, due on %s", v.Channel, v.Letters[0].Channel, who.TheirRef, weekday(v.ReceivedOn), weekday(v.DueOn))
	}
	if slices.Contains(c.Flags, "organisation") != (who.Kind == record.Firm) || slices.Contains(v.Missing(), complaint.ItemIdentity) {
		b.t.Errorf("an organisation as %q, missing %v", who.Kind, v.Missing())
	}
	if len(v.Letters) != 1 || v.Letters[0].Channel != complaint.HowPost {
		b.t.Errorf("a letter is acknowledged by letter: %+v", v.Letters)
	}
}
