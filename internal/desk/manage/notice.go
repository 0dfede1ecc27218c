package manage

import (
	"net/http"

	"github.com/a-h/templ"

	"gehoor/internal/calendar"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// noticesPath shows what became of word to employees by e-mail.
const noticesPath = settingsPath + "/berichten"

func (d *Door) noticeRoutes() []frame.Route {
	return []frame.Route{{Pattern: "GET " + noticesPath, Handler: d.notices}}
}

// notices shows the word that employees got by e-mail: of what kind, when, and what came
// of it; never to whom, or about which complaint.
func (d *Door) notices(w http.ResponseWriter, r *http.Request) error {
	who, v := porch.Who(r).Person, porch.Voice(r)
	list, err := d.Office.StaffNotices(r.Context(), who)
	if err != nil {
		return err
	}
	org, _, err := d.Personnel.Settings(r.Context(), who)
	if err != nil {
		return err
	}
	var parts []templ.Component
	switch {
	case org.NoNotices:
		parts = append(parts, frame.ParagraphNote(page.NoteWarn, "", v.Say("notice.off")))
	case !d.Office.SendsMail():
		parts = append(parts, frame.ParagraphNote(page.NoteWarn, "", v.Say("notice.no_server")))
	case d.Office.DossierURL == nil:
		parts = append(parts, frame.ParagraphNote(page.NoteWarn, "", v.Say("notice.no_link")))
	}
	dead, err := d.deadAddresses(r)
	if err != nil {
		return err
	}
	parts = append(parts, dead...)
	if len(list) == 0 {
		parts = append(parts, page.Nothing(v.Say("notice.none")))
	} else {
		t := page.Table{Caption: v.Say("notice.title"), Columns: []page.Column{{Label: v.Say("people.when"), First: true}, {Label: v.Say("notice.kind")}, {Label: v.Say("notice.state")}}}
		for _, n := range list {
			chip := frame.MailChip(v, n.AsMessage(), d.Office.Today(), d.Office.SendsMail())
			if n.Reason == record.HeldNoLonger {
				chip = frame.Chip{Kind: page.ChipPlain, Text: v.Say("notice.no_longer")}
			}
			t.Rows = append(t.Rows, page.Row{{Text: v.ShortDate(calendar.Of(n.At)) + " " + v.Time(n.At)}, {Text: v.Say("notice.kind." + string(n.Kind))},
				{Body: page.Chip(chip.Kind, chip.Icon, chip.Text), Small: chip.Under}})
		}
		parts = append(parts, page.TableOf(t))
	}
	return d.showManaged(w, r, frame.Managed{Voice: v, Title: v.Say("notice.title"), Meaning: v.Say("notice.meaning"), Place: settingsPath,
		Back: frame.BackTo(v, "people.settings", settingsPath), Parts: parts})
}

// deadAddresses says at which addresses of employees mail about their work does not arrive,
// and why: who has such an address sees the work at the desk only.
func (d *Door) deadAddresses(r *http.Request) (notes []templ.Component, err error) {
	list, err := d.Office.DeadAddresses(r.Context(), porch.Who(r).Person)
	for _, x := range list {
		notes = append(notes, deadNote(porch.Voice(r), x))
	}
	return notes, err
}

// whyDead says when and why mail did not arrive.
func whyDead(v *words.Voice, x office.DeadAddress) string {
	text := frame.JoinWords(v.Say("notice.dead_last", "Moment", v.Moment(x.At)), v.Say("mail_trouble."+string(x.Trouble)))
	if x.Reply != "" {
		text = frame.JoinWords(text, v.Say("mail_state.code", "Reply", x.Reply))
	}
	return text
}
