package browser

import (
	"encoding/json"
	"net/url"
	"path"
	"testing"

	"gehoor/internal/access"
	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/personnel"
	"gehoor/internal/record"
)

// Who does what in the furnished house.
const (
	helpdesk = "jorien@lsr.example.org"
	manager  = "hedwig@lsr.example.org"
	quality  = "noor@lsr.example.org"
	admin    = "bram@lsr.example.org"
)

// arrange brings what the furnished house has no example of, through the tasks.
func (w *world) arrange(t *testing.T) {
	t.Helper()
	w.secondReader(t)
	w.textReader(t)
	w.asksForLater(t)
}

// secondReader lets the manager ask a colleague to read an answer before it goes out.
func (w *world) secondReader(t *testing.T) {
	t.Helper()
	hedwig := w.person(t, manager)
	for _, id := range w.places["{id}"] {
		d, err := w.Store.Dossier(t.Context(), id, complaint.Sight{All: true})
		check(t, err)
		if d.Handler == hedwig.ID && d.State == complaint.InHandling {
			check(t, w.Office.AskSecondReader(t.Context(), hedwig, office.Form{Dossier: id}, w.person(t, quality).ID, "Is dit helder genoeg?"))
			return
		}
	}
	t.Fatal("nobody handles a dossier")
}

// textReader takes a call of somebody whose sister reads the text.
func (w *world) textReader(t *testing.T) {
	t.Helper()
	draft, err := w.Office.Begin()
	check(t, err)
	got, err := w.Office.Receive(t.Context(), w.person(t, helpdesk), office.Form{}, office.Intake{Draft: draft,
		Receipt: complaint.Receipt{Channel: complaint.Phone, ReceivedOn: w.Office.Today(), Title: "Folder niet te lezen", Description: "De letters zijn te klein.",
			DesiredOutcome: "Grote letters.", Subjects: []complaint.SubjectKind{complaint.AboutProduct}, Level: complaint.Confidential, Department: w.places["{department}"][0]},
		Identity: record.Identity{Name: "Abel Rooskens", Street: "Veerdam", House: "101", Postcode: "3561 KL", Town: "Noordzande", Phone: "06-00000074", Way: "email",
			Reader: record.Reader{Name: "Annet", Relation: "zus", Email: "annet@example.org", Consent: true}},
		Send: &complaint.Sending{How: complaint.HowReader}})
	check(t, err)
	w.places["{id}"] = append([]string{got.Dossier}, w.places["{id}"]...)
	w.link = w.lastLetter(t, got.Dossier).ConfirmURL
	w.places["{token}"] = []string{path.Base(w.link)}
}

// lastLetter gives what the newest letter of a dossier says.
func (w *world) lastLetter(t *testing.T, dossier string) record.Facts {
	t.Helper()
	d, err := w.Store.Dossier(t.Context(), dossier, complaint.Sight{All: true})
	check(t, err)
	letters, err := w.Store.Letters(t.Context(), dossier)
	check(t, err)
	last := letters[len(letters)-1]
	plain, err := w.Vault.Open(d.Keys.Identity, record.LetterFacts, d.ID, last.ID, last.Params)
	check(t, err)
	var order record.Order
	check(t, json.Unmarshal(plain, &order))
	return order.Facts
}

func (w *world) person(t *testing.T, email string) complaint.Person {
	t.Helper()
	s, err := w.Store.StaffByEmail(t.Context(), email)
	check(t, err)
	p, err := w.People.Person(t.Context(), s)
	check(t, err)
	return p
}

// halfway is a world in which everybody needs a code, and the helpdesk's password was
// typed.
func (w *world) halfway(t *testing.T) *world {
	t.Helper()
	other := w.twin(t)
	settings, _, err := other.People.Settings(t.Context(), other.person(t, admin))
	check(t, err)
	settings.SecondFactor, settings.Language = true, "nl"
	_, err = other.People.ChangeOrganisation(t.Context(), other.person(t, admin), "", personnel.OrganisationForm{Organisation: settings, Retention: "24"})
	check(t, err)
	token, _, err := other.People.LogIn(t.Context(), helpdesk, house.DemoPassword)
	check(t, err)
	other.tokens = map[string]string{helpdesk: token}
	return other
}

// newWorld is a house that was not set up yet; the printed token is known.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := enter(t, housetest.Open(t, house.Config{}))
	token, guard := access.NewSetUpToken()
	w.People.Guard = guard
	w.extra = map[string]string{"inrichten": token}
	return w
}

// setUp is what is typed at the first set-up.
func setUp() url.Values {
	return url.Values{
		"sleutel": {"eerste"}, "name": {"Landelijk Steunpunt"}, "short": {"het LSR"}, "postal": {"Postbus 1\r\n3500 AA Utrecht"},
		"procedure": {"lsr-14-dagen"}, "retention": {"24"},
		"department_1_name": {"Opleiding"}, "department_1_manager_name": {"Dirk Baas"}, "department_1_manager_email": {"dirk@lsr.example.org"},
		"helpdesk_1_name": {"Anna de Wit"}, "helpdesk_1_email": {"anna@lsr.example.org"},
		"director_name": {"Dirk Baas"}, "director_email": {"dirk@lsr.example.org"},
		"administrator_name": {"Bea Heer"}, "administrator_email": {"bea@lsr.example.org"},
		"password": {"elke klacht gehoord"}, "password_again": {"elke klacht gehoord"},
	}
}

// number gives the number of the newest dossier.
func (w *world) number(t *testing.T) string {
	t.Helper()
	d, err := w.Store.Dossier(t.Context(), w.places["{id}"][0], complaint.Sight{All: true})
	check(t, err)
	return d.Number
}
