package entry

import (
	"net/http"

	"github.com/a-h/templ"

	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// ownSessions lists where somebody is logged in.
func (e *Door) ownSessions(w http.ResponseWriter, r *http.Request) error {
	v := porch.Voice(r)
	list, err := e.Personnel.SessionsOf(r.Context(), porch.Who(r).Person.ID, porch.Token(r))
	if err != nil {
		return err
	}
	t := page.Table{Caption: v.Say("session.title"), Columns: []page.Column{{Label: v.Say("session.since")}, {Label: v.Say("session.seen")}, {Label: v.Say("session.end")}}}
	for _, s := range list {
		since := v.Moment(e.Personnel.Local(s.Made))
		end := page.Cell{Text: v.Say("session.this")}
		if !s.Current {
			end = page.Cell{Body: frame.PressForm(frame.Pressing{URL: frame.OwnSessionsPath + "/" + s.ID + "/uit", Press: v.Say("session.log_out"), Context: since})}
		}
		t.Rows = append(t.Rows, page.Row{{Text: since}, {Text: v.Moment(e.Personnel.Local(s.Seen))}, end})
	}
	parts := []templ.Component{page.TableOf(t)}
	if len(list) > 1 {
		parts = append(parts, frame.PressForm(frame.Pressing{URL: frame.OwnSessionsPath + "/andere/uit", Press: v.Say("session.others"), Text: v.Say("session.others_text")}))
	}
	return e.ownPage(w, r, frame.Managed{Voice: v, Title: v.Say("session.title"), Meaning: v.Say("session.meaning"), Parts: parts})
}

func (e *Door) endSession(w http.ResponseWriter, r *http.Request) error {
	if err := e.Personnel.EndSession(r.Context(), porch.Who(r).Person.ID, r.PathValue("session")); err != nil {
		return err
	}
	return porch.SeeOther(w, r, frame.Address(frame.OwnSessionsPath, frame.DoneField, "weg"))
}

func (e *Door) endOthers(w http.ResponseWriter, r *http.Request) error {
	if err := e.Personnel.EndOtherSessions(r.Context(), porch.Who(r).Person.ID, porch.Token(r)); err != nil {
		return err
	}
	return porch.SeeOther(w, r, frame.Address(frame.OwnSessionsPath, frame.DoneField, "weg"))
}
