package house_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/porch"
	"gehoor/internal/record"
)

// Everyone of the permission table, by the columns of the oracle. Hedwig handles the
// dossier and is away today, so that Liesbeth stands in for her; it is about Pim.
var columns = map[string]string{
	"helpdesk":      "Jorien Tasselaar",
	"fallback":      "Eefje Invaller",
	"handler":       "Hedwig Brandsema",
	"deputy":        "Liesbeth van der Oort",
	"other manager": "Rutger Eikelhof",
	"director":      "Ankie Verloop",
	"director late": "Ankie Verloop",
	"quality":       "Noor Stalpers",
	"administrator": "Bram Hoogland",
	"second reader": "Tjeerd Meelezer",
	"accused":       "Pim Haverdonk",
	"nobody":        "",
}

// world is a house in which everyone of the permission table has a part in one dossier.
type world struct {
	home   string
	routes []porch.Route
	places map[string]string // what stands in a route's {…}
	late   map[string]string // the same for the dossier that is overdue
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{home: t.TempDir(), places: map[string]string{}, late: map[string]string{}}
	h, err := house.Open(t.Context(), house.Config{Home: w.home, Clock: &house.Clock{}})
	check(t, err)
	h.Clock.Set(housetest.TestDay.AddDate(0, 0, -30))
	w.staff(t, h)
	w.complain(t, h, w.late)
	h.Clock.Set(housetest.TestDay)
	w.complain(t, h, w.places)
	w.away(t, h)
	mail, err := h.Mailroom.TakeIn(t.Context(), []byte("From: Wendela <wendela@example.org>\r\nSubject: Klacht\r\nContent-Type: text/html\r\n\r\n<p>Meneer Haverdonk hing op.</p>\r\n"), record.MailPlace{})
	check(t, err)
	w.places["{mail}"] = mail.ID
	w.places["{hash}"] = "000000000000" // of no logo and no colours
	w.link(t, h)
	w.routes = h.Doors(nil, false).Routes()
	check(t, h.Close()) // a closed register is one file, to be copied
	return w
}

// staff brings two people without a role: the intake fallback and a second reader.
func (w *world) staff(t *testing.T, h *house.House) {
	t.Helper()
	ctx := t.Context()
	check(t, h.FurnishPeople(ctx))
	people, err := h.Store.People(ctx)
	check(t, err)
	c := record.PeopleChange{Seen: people.Revision}
	for _, name := range []string{columns["fallback"], columns["second reader"]} {
		first, _, _ := strings.Cut(name, " ")
		s := record.Staff{ID: complaint.Actor(record.NewID()), Name: name, Email: strings.ToLower(first) + "@lsr.example.org",
			Active: true, Password: people.Staff[0].Password, Language: "nl", At: h.Clock.Now()}
		c.Staff = append(c.Staff, s)
	}
	check(t, h.Store.WritePeople(ctx, c))
	org := house.DemoOrganisation
	org.Fallback = string(c.Staff[0].ID)
	text, err := json.Marshal(org)
	check(t, err)
	check(t, h.Store.SaveSetting(ctx, record.Setting{ID: record.NewID(), Name: record.SettingOrganisation, Value: string(text), At: h.Clock.Now(), Actor: "gehoor"}))
}

// complain lets the fallback take in a letter about Pim, with a scan; Hedwig handles it
// and asks a second reader.
func (w *world) complain(t *testing.T, h *house.House, places map[string]string) {
	t.Helper()
	ctx, o := t.Context(), h.Office
	fallback, handler, accused := w.person(t, h, "fallback"), w.person(t, h, "handler"), w.person(t, h, "accused")
	departments, err := h.Store.Departments(ctx)
	check(t, err)
	draft, err := o.Begin()
	check(t, err)
	scan, err := o.Keep(ctx, fallback, draft, "scan.txt", strings.NewReader("de brief zoals hij kwam"))
	check(t, err)
	got, err := o.Receive(ctx, fallback, office.Form{}, office.Intake{Draft: draft, Files: []string{scan.ID},
		Receipt: complaint.Receipt{Channel: complaint.Post, ReceivedOn: o.Today(), Title: "Kortaf aan de telefoon", Description: "Er werd opgehangen.",
			DesiredOutcome: "Een gesprek.", Subjects: []complaint.SubjectKind{complaint.AboutEmployee}, Level: complaint.Confidential},
		Identity:       record.Identity{Name: "Wendela Pruim", Street: "Hooge Akker", House: "27", Postcode: "6905 LR", Town: "Zandhuizen", Phone: "088-0000181"},
		ConcernedStaff: []complaint.Actor{accused.ID}})
	check(t, err)
	form := office.Form{Dossier: got.Dossier}
	for _, d := range departments {
		if d.Manager == handler.ID {
			check(t, o.Forward(ctx, w.person(t, h, "helpdesk"), form, complaint.Forwarding{Department: d.ID, Handler: handler.ID}, false))
			places["{department}"] = d.ID
		}
	}
	check(t, o.AskSecondReader(ctx, handler, form, w.person(t, h, "second reader").ID, "Lees je mee?"))
	letters, err := h.Store.Letters(ctx, got.Dossier)
	check(t, err)
	places["{id}"], places["number"], places["{letter}"], places["{file}"] = got.Dossier, got.Number, letters[0].ID, scan.ID
}

// link lets a caller get a text to confirm by e-mail: whoever has its link sees the text.
func (w *world) link(t *testing.T, h *house.House) {
	t.Helper()
	h.ReachedAt("https://klachten.example.org")
	draft, err := h.Office.Begin()
	check(t, err)
	got, err := h.Office.Receive(t.Context(), w.person(t, h, "helpdesk"), office.Form{}, office.Intake{Draft: draft, Send: &complaint.Sending{How: complaint.HowEmail},
		Receipt: complaint.Receipt{Channel: complaint.Phone, ReceivedOn: h.Office.Today(), Title: "Dichte deur", Description: "De deur was dicht.",
			Subjects: []complaint.SubjectKind{complaint.AboutService}, Level: complaint.Confidential},
		Identity: record.Identity{Name: "Wendela Pruim", Email: "wendela@example.org"}})
	check(t, err)
	d, err := h.Store.Dossier(t.Context(), got.Dossier, complaint.Sight{All: true})
	check(t, err)
	letters, err := h.Store.Letters(t.Context(), got.Dossier)
	check(t, err)
	plain, err := h.Vault.Open(d.Keys.Identity, record.LetterFacts, d.ID, letters[0].ID, letters[0].Params)
	check(t, err)
	var order record.Order
	check(t, json.Unmarshal(plain, &order))
	w.places["{token}"] = order.Facts.ConfirmURL[strings.LastIndex(order.Facts.ConfirmURL, "/")+1:]
}

// away writes down that the handler is absent today, and lets a proposal and a card about
// the accused wait.
func (w *world) away(t *testing.T, h *house.House) {
	t.Helper()
	ctx, admin, handler := t.Context(), w.person(t, h, "administrator"), w.person(t, h, "handler")
	today := h.People.Today()
	check(t, h.People.BeAbsent(ctx, admin, record.Absence{Staff: handler.ID, From: today, To: today}))
	card := h.Office.NewCard()
	check(t, h.Office.TakeCard(ctx, w.person(t, h, "helpdesk"), card, complaint.CardNote{Name: "mevrouw Pruim", Number: "088-0000181", About: "de telefoon",
		Concerned: []complaint.Actor{w.person(t, h, "accused").ID}}))
	list, err := h.People.AbsencesOf(ctx, admin, handler.ID)
	check(t, err)
	people, err := h.Store.People(ctx)
	check(t, err)
	proposal := record.Proposal{ID: record.NewID(), Kind: record.ProposeRoles, Staff: w.person(t, h, "other manager").ID, Roles: []complaint.Role{complaint.Quality},
		Proposer: admin.ID, At: h.Clock.Now(), State: record.ProposalWaits}
	check(t, h.Store.WritePeople(ctx, record.PeopleChange{Seen: people.Revision, Proposals: []record.Proposal{proposal}}))
	w.places["{card}"] = card
	w.places["{absence}"], w.places["{proposal}"], w.places["{session}"] = list[0].ID, proposal.ID, "een-andere-sessie"
	w.places["{staff}"] = string(handler.ID)
}

func (w *world) person(t *testing.T, h *house.House, column string) complaint.Person {
	t.Helper()
	all, err := h.Store.Staff(t.Context())
	check(t, err)
	for _, s := range all {
		if s.Name == columns[column] {
			p, err := h.People.Person(t.Context(), s)
			check(t, err)
			return p
		}
	}
	t.Fatalf("nobody is the %s", column)
	return complaint.Person{}
}

// visitor is one column of the oracle in a world of its own: what it changes, nobody
// else sees.
type visitor struct {
	house  *house.House
	door   http.Handler
	email  string
	now    string // the session's token
	places map[string]string
	turn   int
}

func (w *world) enter(t *testing.T, column string) *visitor {
	t.Helper()
	name, known := columns[column]
	if !known {
		t.Fatalf("who is the %q?", column)
	}
	home := t.TempDir()
	check(t, os.CopyFS(home, os.DirFS(w.home)))
	h := housetest.Open(t, house.Config{Home: home})
	door, err := h.Doors(nil, false).Handler()
	check(t, err)
	v := &visitor{house: h, door: door, places: map[string]string{}}
	for route, place := range w.places {
		v.places[route] = place
	}
	if column == "director late" {
		for route, place := range w.late {
			v.places[route] = place
		}
	}
	for _, s := range house.DemoStaff {
		if s.Name == name {
			v.email = s.Email
		}
	}
	if first, _, _ := strings.Cut(name, " "); v.email == "" && name != "" {
		v.email = strings.ToLower(first) + "@lsr.example.org"
	}
	return v
}

// token logs in, again when the last page ended the session.
func (v *visitor) token(t *testing.T) string {
	t.Helper()
	if v.email == "" {
		return ""
	}
	if v.now != "" {
		if _, _, err := v.house.People.Who(t.Context(), v.now); err == nil {
			return v.now
		}
	}
	token, _, err := v.house.People.LogIn(context.Background(), v.email, house.DemoPassword)
	check(t, err)
	v.now = token
	return token
}

// place fills the {…} of a route.
func (v *visitor) place(t *testing.T, path string) string {
	t.Helper()
	address, missing := housetest.Address(path, v.places)
	if missing != "" {
		t.Fatalf("the world has nothing for %s in %s", missing, path)
	}
	return address
}

func (v *visitor) freshAddress() string {
	v.turn++
	return fmt.Sprintf("192.0.2.%d:%d", v.turn%250+1, 1000+v.turn)
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
