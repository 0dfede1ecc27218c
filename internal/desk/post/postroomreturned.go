package post

import (
	"net/http"
	"slices"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/words"
)

// returnedPage asks which letter of a complaint came back.
type returnedPage struct {
	voice  *words.Voice
	number string
	id     string
	posts  []office.Post
	typed  porch.Form
	key    string
	wrong  frame.Wrong
	today  calendar.Date
}

// askReturned asks which letter came back, and when.
func (d *Door) askReturned(w http.ResponseWriter, r *http.Request) error {
	if !frame.MayReceive(porch.Who(r).Person) {
		return frame.ErrForbidden
	}
	typed, id, number := d.typedNumber(r)
	if id == "" {
		return d.refusePost(w, r, postReturned, typed, "nummer", "postroom.no_such_number")
	}
	p := returnedPage{number: number, id: id, key: porch.NewKey()}
	return d.showReturned(w, r, http.StatusOK, p)
}

func (d *Door) showReturned(w http.ResponseWriter, r *http.Request, status int, p returnedPage) (err error) {
	p.voice, p.today = porch.Voice(r), d.Office.Today()
	if p.posts, err = d.Office.SentPost(r.Context(), porch.Who(r).Person, p.id); err != nil {
		return err
	}
	return d.Show(w, r, status, frame.Page{Title: p.voice.Say("postroom.came_back") + " - " + p.number, Place: frame.PostPath, Failed: len(p.wrong) > 0, Body: returnedBody(p)})
}

func (p returnedPage) letterField() page.Field {
	f := page.Field{Name: pieceField, Label: p.voice.Say("postroom.which"), Value: p.typed.Text(pieceField), Error: p.wrong[pieceField]}
	for _, post := range p.posts {
		f.Options = append(f.Options, page.Option{Value: post.ID, Label: p.voice.Say("dossier.letter." + string(post.Kind)),
			Hint: p.voice.Say("postroom.posted_on", "Date", p.voice.Date(post.SentOn))})
	}
	if len(f.Options) == 1 && f.Value == "" {
		f.Value = f.Options[0].Value
	}
	return f
}

func (p returnedPage) dayField() page.Field {
	f := page.Field{Name: "on", Label: p.voice.Say("postroom.back_on"), Value: p.today.String(), Max: p.today.String(), Error: p.wrong["on"]}
	if p.typed.Values != nil {
		f.Value = p.typed.Raw("on")
	}
	return f
}

func (p returnedPage) remarkField() page.Field {
	return page.Field{Name: "text", Label: p.voice.Say("postroom.remark"), Hint: p.voice.Say("postroom.remark_hint"), Optional: true, Rows: 2,
		Value: p.typed.Raw("text"), Error: p.wrong["text"]}
}

// cameBack records that a letter came back.
func (d *Door) cameBack(w http.ResponseWriter, r *http.Request) error {
	who := porch.Who(r).Person
	if !frame.MayReceive(who) {
		return frame.ErrForbidden
	}
	typed, err := porch.ReadForm(r)
	p := returnedPage{number: frame.DossierNumber(typed.Text("nummer"), d.Office.Today()), typed: typed, key: typed.Key(), wrong: frame.Wrong{}}
	var found bool
	if p.id, found = d.ByNumber(r, p.number); !found {
		return complaint.ErrNotFound
	}
	v := porch.Voice(r)
	if err = p.wrong.Take(v, err); err != nil {
		return err
	}
	on := frame.Date(v, typed.Text("on"), "on", p.wrong)
	posts, err := d.Office.SentPost(r.Context(), who, p.id)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(posts, func(x office.Post) bool { return x.ID == typed.Text(pieceField) })
	if i < 0 {
		p.wrong.Add(pieceField, v.Say("error.choose"))
	}
	if len(p.wrong) == 0 {
		said := frame.JoinLines(v.Say("postroom.said", "Letter", v.Say("dossier.letter."+string(posts[i].Kind)), "Date", v.Date(posts[i].SentOn)), typed.Text("text"))
		form := office.Form{Dossier: p.id, Key: typed.Key()}
		if err = d.Office.LetterCameBack(r.Context(), who, form, posts[i].ID, on, said); err == nil {
			return porch.SeeOther(w, r, frame.Address(frame.PostPath, frame.DoneField, "terug"))
		}
		if err = p.wrong.Take(v, err); err != nil {
			return err
		}
	}
	return d.showReturned(w, r, http.StatusUnprocessableEntity, p)
}
