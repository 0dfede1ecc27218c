package phone

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/words"
)

// search looks for the complaints of a caller. What is typed goes in a form, never in an
// address, and no name is shown.
func (d *Door) search(w http.ResponseWriter, r *http.Request) error {
	who := porch.Who(r).Person
	if !office.MayFindCaller(who) {
		return frame.ErrForbidden
	}
	q, v, status := frame.NewQuestions(r), porch.Voice(r), http.StatusOK
	var results []templ.Component
	if r.Method == http.MethodPost {
		if err := q.Read(r); err != nil {
			return err
		}
		t := q.Typed
		hits, err := d.Office.FindCaller(r.Context(), who, office.Search{Phone: t.Text("phone"), Email: t.Text("email"), Surname: t.Text("surname"),
			Postcode: t.Text("postcode"), House: t.Text("house"), Number: frame.DossierNumber(t.Text("number"), d.Office.Today())})
		if err := q.Take(err); err != nil {
			return err
		}
		if q.Failed() {
			status = http.StatusUnprocessableEntity
		} else {
			results = d.results(v, hits)
		}
	}
	fields := []templ.Component{
		q.Line("phone", "phone.ask.number", "", frame.Narrow, frame.Optional, frame.OfType("tel", "off")),
		q.Line("email", "phone.ask.email", "", frame.Narrow, frame.Optional),
		q.Line("surname", "phone.ask.surname", "", frame.Narrow, frame.Optional, frame.Hint(v.Say("phone.ask.together"))),
		q.Line("postcode", "phone.ask.postcode", "", frame.Short, frame.Optional),
		q.Line("house", "phone.ask.house", "", frame.Short, frame.Optional),
		q.Line("number", "phone.ask.dossier", "", frame.Short, frame.Optional),
	}
	form := frame.ManagedForm(searchPath, nil, fields, page.Button{Label: v.Say("phone.find"), Kind: page.Primary})
	m := frame.Managed{Voice: v, Title: v.Say("phone.search"), Meaning: v.Say("phone.search_meaning"), Mistakes: q.Mistakes(), Parts: append(results, form)}
	if complaint.MayReceive(who) {
		m.Tabs = tabs(v, searchPath)
	}
	return d.Show(w, r, status, frame.Page{Title: m.Title, Place: frame.PhonePath, Failed: q.Failed(), Body: frame.ManagedPage(m)})
}

// results lists what was found, with what may be told at the telephone.
func (d *Door) results(v *words.Voice, hits []office.Hit) []templ.Component {
	if len(hits) == 0 {
		return []templ.Component{frame.ParagraphNote(page.NotePlain, v.Say("phone.found_none"), v.Say("phone.found_none_text"))}
	}
	t := page.Table{Caption: v.Count("phone.found", len(hits)), Columns: []page.Column{{Label: v.Say("phone.complaint"), First: true}, {Label: v.Say("phone.state")},
		{Label: v.Say("phone.came_in")}, {Label: v.Say("phone.answer_by")}, {Label: v.Say("phone.why")}, {Label: v.Say("phone.tell")}}}
	for _, h := range hits {
		var why []string
		for _, kind := range h.Why {
			why = append(why, v.Say("phone.why."+kind))
		}
		next := ""
		if h.Next != "" {
			next = v.Say("task." + string(h.Next))
		}
		t.Rows = append(t.Rows, page.Row{{Text: h.Title, Href: frame.DossierPath(h.ID), Small: h.Number}, {Text: v.Say("state." + string(h.State)), Small: next},
			{Text: v.Date(h.ReceivedOn)}, {Text: v.Date(h.DueOn)}, {Text: strings.Join(why, ", ")},
			{Text: v.Say("phone.tell_link"), Href: frame.TellPath(h.ID)}})
	}
	return []templ.Component{page.TableOf(t), frame.ParagraphNote(page.NotePlain, v.Say("phone.tell"), v.Say("phone.tell_text"))}
}
