package desk

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// The addresses of Beheer.
const (
	managePath      = "/beheer"
	staffPath       = managePath + "/medewerkers"
	departmentPath  = managePath + "/afdelingen"
	absencePath     = managePath + "/afwezigheid"
	closingPath     = managePath + "/sluitingsdagen"
	settingsPath    = managePath + "/instellingen"
	historyPath     = settingsPath + "/geschiedenis"
	proposalsPath   = "/voorstellen"
	grantsPath      = "/wie-mag-wat"
	ownAbsencePath  = accountPath + "/afwezig"
	ownSessionsPath = accountPath + "/apparaten"
	ownFactorPath   = accountPath + "/code"
)

// peopleRoutes lists the addresses of Beheer, of proposals and of one's own absence.
func (d *Desk) peopleRoutes() []Route {
	return slices.Concat(d.staffRoutes(), d.departmentRoutes(), d.proposalRoutes(), d.absenceRoutes(), d.settingsRoutes())
}

// managed is a page of Beheer.
type managed struct {
	Voice          *words.Voice
	Title, Meaning string
	Place          string     // which tab is marked
	Back           *page.Link // instead of tabs
	Tabs           []page.NavItem
	Done, Start    string
	Mistakes       []page.FieldError
	Parts          []templ.Component
}

// pressing is a button that changes something, and what it says beside it.
type pressing struct {
	URL, Press, Context string
	Label, Text         string
	Kind                page.ButtonKind
	Icon                page.IconName
	Fold                bool
	Hidden              []page.Hidden
}

// showManaged draws a page of Beheer.
func (d *Desk) showManaged(w http.ResponseWriter, r *http.Request, p managed) error {
	status := http.StatusOK
	if len(p.Mistakes) > 0 {
		status = http.StatusUnprocessableEntity
	}
	if p.Back == nil && p.Place != "" {
		p.Tabs = manageTabs(p.Voice, p.Place)
	}
	if p.Done == "" {
		p.Done = manageDone(p.Voice, r)
	}
	place := managePath
	if p.Place == "" && p.Back == nil {
		place = r.URL.Path
	}
	return d.show(w, r, status, staffPage{Title: p.Title, Place: place, Failed: len(p.Mistakes) > 0, Body: managedTempl(p)})
}

func manageTabs(v *words.Voice, place string) []page.NavItem {
	var tabs []page.NavItem
	for _, t := range []struct{ path, key string }{
		{staffPath, "people.staff"}, {departmentPath, "people.departments"}, {absencePath, "people.absence"}, {closingPath, "people.closing"}, {settingsPath, "people.settings"},
	} {
		tabs = append(tabs, page.NavItem{Label: v.Say(t.key), Href: t.path, Current: t.path == place})
	}
	return tabs
}

// doneCodes are what can stand in an address after something was done.
var doneCodes = []string{"bewaard", "voorgesteld", "gesloten", "geopend", "goedgekeurd", "afgekeurd", "weg"}

// manageDone says what was just done.
func manageDone(v *words.Voice, r *http.Request) string {
	if r.Method != http.MethodGet {
		return ""
	}
	if code := r.URL.Query().Get(doneField); slices.Contains(doneCodes, code) {
		return v.Say("people.done." + code)
	}
	return ""
}

// manages refuses who does not manage staff and settings.
func manages(r *http.Request) error {
	if !complaint.May(porch.Who(r).Person, complaint.TaskStaff, complaint.Relation{}) {
		return errForbidden
	}
	return nil
}

// manageNav are the places in the menu for who manages or approves.
func (d *Desk) manageNav(r *http.Request, place string) ([]page.NavItem, error) {
	v, who := porch.Voice(r), porch.Who(r).Person
	var items []page.NavItem
	if who.Is(complaint.Administrator) || who.Is(complaint.Director) {
		n, err := d.Personnel.ProposalsFor(r.Context(), who)
		if err != nil {
			return nil, err
		}
		item := page.NavItem{Label: v.Say("people.proposals"), Href: proposalsPath, Current: place == proposalsPath}
		if n > 0 {
			item.Count = &n
		}
		items = append(items, item)
	}
	if manages(r) == nil {
		items = append(items, page.NavItem{Label: v.Say("nav.settings"), Href: managePath, Current: place == managePath})
	}
	return items, nil
}

// questions are the fields of a form of Beheer: each remembers what was typed, what
// stands there now, and what is wrong.
type questions struct {
	v      *words.Voice
	typed  porch.Form
	posted bool
	wrong  wrong
	asked  []page.Field
}

func newQuestions(r *http.Request) *questions {
	return &questions{v: porch.Voice(r), wrong: wrong{}}
}

// read reads the posted form.
func (q *questions) read(r *http.Request) error {
	form, err := porch.ReadForm(r)
	q.typed, q.posted = form, true
	return q.wrong.take(q.v, err)
}

// take keeps what the law says is wrong, and a refusal about the whole.
func (q *questions) take(err error) error {
	var one *complaint.Error
	if errors.As(err, &one) && (one.Kind == complaint.Stale || one.Kind == complaint.Refused && one.Key != "error.forbidden") {
		q.wrong.add("", q.v.Say(one.Key, one.Args...))
		return nil
	}
	return q.wrong.take(q.v, err)
}

func (q *questions) failed() bool { return len(q.wrong) > 0 }

// ask makes a field; now is what stands there when nothing was typed.
func (q *questions) ask(name, label, now string, more ...func(*page.Field)) page.Field {
	f := page.Field{Name: name, Label: q.v.Say(label), Value: now, Error: q.wrong[name]}
	if q.posted {
		f.Value = q.typed.Raw(name)
	}
	for _, change := range more {
		change(&f)
	}
	q.asked = append(q.asked, f)
	return f
}

func (q *questions) line(name, label, now string, more ...func(*page.Field)) templ.Component {
	return page.Input(q.v, q.ask(name, label, now, more...))
}

func (q *questions) day(name, label, now string, more ...func(*page.Field)) templ.Component {
	return page.DateInput(q.v, q.ask(name, label, now, more...))
}

// ticks asks for any number of answers.
func (q *questions) ticks(name, label string, now []string, options []page.Option, more ...func(*page.Field)) templ.Component {
	more = append(more, func(f *page.Field) {
		f.Options, f.Values = options, now
		if q.posted {
			f.Values = q.typed.All(name)
		}
	})
	return page.Checks(q.v, q.ask(name, label, "", more...))
}

// choice asks to choose one of a list; nobody is an answer when it is named.
func (q *questions) choice(name, label, now, none string, options []page.Option, more ...func(*page.Field)) templ.Component {
	more = append(more, func(f *page.Field) { f.Options = append([]page.Option{{Label: none}}, options...) })
	return page.Select(q.v, q.ask(name, label, now, more...))
}

// mistakes lists what is wrong, in the order of the form, what concerns the whole last.
func (q *questions) mistakes() []page.FieldError {
	var order []string
	labels := map[string]string{}
	for _, f := range q.asked {
		order = append(order, f.Name)
		labels[f.Name] = f.Label
	}
	return q.wrong.list(order, func(field string) string { return labels[field] })
}

// seen carries which picture of the staff the form was made from. A form that came back
// as stale carries the new one: its owner has been told.
func seen(people record.People) []page.Hidden {
	return []page.Hidden{{Name: porch.SeenField, Value: strconv.FormatInt(people.Revision, 10)}}
}

// roleList names roles in a sentence.
func roleList(v *words.Voice, roles []complaint.Role) string {
	var names []string
	for _, r := range roles {
		names = append(names, v.Say("role."+string(r)))
	}
	return strings.Join(names, ", ")
}

// active gives the accounts that are open, by name.
func (p people) active() []complaint.Actor {
	var ids []complaint.Actor
	for id, c := range p.staff {
		if c.Active {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b complaint.Actor) int { return strings.Compare(p.name(a)+string(a), p.name(b)+string(b)) })
	return ids
}
