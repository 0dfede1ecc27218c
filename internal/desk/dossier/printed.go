package dossier

import (
	"net/http"
	"net/url"
	"slices"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// namesField chooses whether a printed dossier names the employees.
const namesField = "namen"

// printedDossier is a dossier on paper: what is registered, the texts and the course.
// The name and address of the complainant are never on it.
type printedDossier struct {
	chronicle
	named bool // with the names of employees
	who   complaint.Person
	typed porch.Form
	wrong frame.Wrong
}

// printDossier shows a dossier as a page for the printer. Employees have no names on
// it, unless whoever prints chose so; texts stand there as they were typed.
func (d *Door) printDossier(w http.ResponseWriter, r *http.Request) error {
	return d.showPrinted(w, r, http.StatusOK, porch.Form{Values: url.Values{}}, nil)
}

// showPrinted shows the page, again when what was chosen for the PDF cannot be.
func (d *Door) showPrinted(w http.ResponseWriter, r *http.Request, status int, typed porch.Form, wrong frame.Wrong) error {
	who, v := porch.Who(r).Person, porch.Voice(r)
	view, err := d.Office.Look(r.Context(), who, r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := d.Office.NotePrint(r.Context(), who, view.ID); err != nil {
		return err
	}
	names, err := d.People(r)
	if err != nil {
		return err
	}
	p := d.printed(r, names, view, r.URL.Query().Get(namesField) == "ja")
	p.typed, p.wrong = typed, wrong
	title := v.Say("dossier.title", "Number", view.Number)
	return d.Show(w, r, status, frame.Page{Title: title, Place: frame.WorkPath, Failed: len(wrong) > 0, Body: printedBody(p)})
}

// printed is a dossier for paper, with or without the names of employees.
func (d *Door) printed(r *http.Request, names frame.People, view office.View, named bool) printedDossier {
	v, who := porch.Voice(r), porch.Who(r).Person
	p := printedDossier{chronicle: chronicleOf(v, names, view, who), named: named, who: who}
	if !p.named {
		p.names, p.mayName = names.Masked(v.Say("printed.employee")), false
	}
	return p
}

// facts are the columns of the register, as far as they are known.
func (p printedDossier) facts() []page.Pair {
	var pairs []page.Pair
	for _, c := range frame.Columns(p.voice, p.names, p.view.Today) {
		text := ""
		switch cell := c.Cell(p.view.Dossier).(type) {
		case string:
			text = cell
		case calendar.Date:
			text = p.voice.Date(cell)
		}
		if text != "" {
			pairs = append(pairs, page.Pair{Term: p.voice.Say(c.Key), Value: text})
		}
	}
	return pairs
}

// course is what happened, the first thing first; who opened the name is for the
// dossier itself.
func (p printedDossier) course() []page.Entry {
	var entries []page.Entry
	for _, e := range p.shown() {
		entries = append(entries, p.entry(e))
	}
	return entries
}

// shown are the events that stand on paper: who is concerned only when names were chosen.
func (p printedDossier) shown() []complaint.Event {
	return slices.DeleteFunc(slices.Clone(p.view.Events), func(e complaint.Event) bool {
		return !p.named && (e.Kind == complaint.EmployeeNamed || e.Kind == complaint.EmployeeCleared)
	})
}

func (p printedDossier) hasAnswer() bool { return p.view.Answer != complaint.AnswerText{} }

// other leads to the same page with, or without, the names of employees.
func (p printedDossier) other() page.Link {
	path := frame.DossierPath(p.view.ID) + "/afdruk"
	if p.named {
		return page.Link{Label: p.voice.Say("printed.without_names"), Href: path}
	}
	return page.Link{Label: p.voice.Say("printed.with_names"), Href: frame.Address(path, namesField, "ja")}
}
