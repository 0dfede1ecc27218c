package manage

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

const lettersPath = settingsPath + "/brieven"

func (d *Door) letterRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET " + lettersPath, Handler: d.letters},
		{Pattern: "POST " + lettersPath, Handler: d.saveParagraphs},
		{Pattern: "POST " + lettersPath + "/contact", Handler: d.saveContacts},
	}
}

func (d *Door) letters(w http.ResponseWriter, r *http.Request) error {
	return d.lettersPage(w, r, frame.NewQuestions(r), frame.NewQuestions(r))
}

// lettersPage asks for the own paragraphs, and for the contact person per department.
func (d *Door) lettersPage(w http.ResponseWriter, r *http.Request, paragraphs, contacts *frame.Questions) error {
	org, version, err := d.Personnel.Settings(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	names, err := d.People(r)
	if err != nil {
		return err
	}
	v := paragraphs.Voice
	hidden := []page.Hidden{{Name: versionField, Value: version}}
	save := page.Button{Label: v.Say("button.save"), Kind: page.Primary}
	people := []templ.Component{frame.Para(v.Say("ownwords.contacts_text"))}
	for _, part := range names.Departments {
		f := contacts.Ask(personnel.FieldContact(part.ID), "ownwords.contacts", string(org.Contacts[part.ID]), frame.Narrow)
		f.Label, f.Options = part.Name, append([]page.Option{{Label: v.Say("ownwords.writer")}}, staffOptions(names, nil)...)
		people = append(people, page.Select(v, f))
	}
	var texts []templ.Component
	for _, kind := range record.LetterKinds() {
		for _, language := range words.Languages() {
			f := paragraphs.Ask(personnel.FieldParagraph(kind, language), "ownwords.paragraphs", org.Paragraphs[record.ParagraphKey(kind, language)], frame.Optional, frame.Rows(3))
			f.Label = letterLabel(v, "ownwords.paragraph_field", kind, language)
			texts = append(texts, page.Textarea(v, f))
		}
	}
	return d.showManaged(w, r, frame.Managed{Voice: v, Title: v.Say("ownwords.title"), Meaning: v.Say("ownwords.meaning"), Place: settingsPath,
		Back: frame.BackTo(v, "people.settings", settingsPath), Mistakes: append(contacts.Mistakes(), paragraphs.Mistakes()...), Parts: []templ.Component{
			frame.Section("contact", v.Say("ownwords.contacts"), []templ.Component{frame.ManagedForm(lettersPath+"/contact", hidden, people, save)}),
			frame.Section("alineas", v.Say("ownwords.paragraphs"), []templ.Component{frame.Para(v.Say("ownwords.paragraph_hint")), frame.ManagedForm(lettersPath, hidden, texts, save)}),
		}})
}

func letterLabel(v *words.Voice, key string, kind record.LetterKind, language string) string {
	return v.Say(key, "Letter", v.Say("dossier.letter."+string(kind)), "Language", v.Say("language."+language))
}

func (d *Door) saveParagraphs(w http.ResponseWriter, r *http.Request) error {
	return d.saveLetters(w, r, func(q *frame.Questions) (*frame.Questions, *frame.Questions) { return q, frame.NewQuestions(r) }, func(q *frame.Questions) error {
		typed := map[string]string{}
		for _, kind := range record.LetterKinds() {
			for _, language := range words.Languages() {
				field := personnel.FieldParagraph(kind, language)
				typed[field] = q.Typed.Raw(field)
			}
		}
		return d.Personnel.ChangeParagraphs(r.Context(), porch.Who(r).Person, q.Typed.Text(versionField), typed)
	})
}

func (d *Door) saveContacts(w http.ResponseWriter, r *http.Request) error {
	return d.saveLetters(w, r, func(q *frame.Questions) (*frame.Questions, *frame.Questions) { return frame.NewQuestions(r), q }, func(q *frame.Questions) error {
		departments, err := d.Personnel.Departments(r.Context())
		if err != nil {
			return err
		}
		contacts := map[string]complaint.Actor{}
		for _, part := range departments {
			contacts[part.ID] = complaint.Actor(q.Typed.Text(personnel.FieldContact(part.ID)))
		}
		return d.Personnel.ChangeContacts(r.Context(), porch.Who(r).Person, q.Typed.Text(versionField), contacts)
	})
}

// saveLetters saves one of the two forms; which tells which of them q is.
func (d *Door) saveLetters(w http.ResponseWriter, r *http.Request, which func(q *frame.Questions) (paragraphs, contacts *frame.Questions), save func(q *frame.Questions) error) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	if !q.Failed() {
		if err := q.Take(save(q)); err != nil {
			return err
		}
	}
	if q.Failed() {
		paragraphs, contacts := which(q)
		return d.lettersPage(w, r, paragraphs, contacts)
	}
	return porch.SeeOther(w, r, frame.Address(lettersPath, frame.DoneField, "bewaard"))
}

// fieldName names a field of the settings in their history.
func fieldName(v *words.Voice, names frame.People, field string) string {
	if id, is := strings.CutPrefix(field, personnel.FieldContact("")); is {
		return v.Say("people.field_contact", "Department", names.Department(id))
	}
	for _, kind := range record.LetterKinds() {
		for _, language := range words.Languages() {
			if field == personnel.FieldParagraph(kind, language) {
				return letterLabel(v, "people.field_paragraph", kind, language)
			}
		}
	}
	return v.Say("people.field_" + field)
}
