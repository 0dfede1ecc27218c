package desk_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// A later date, and an answer, can go out by the ways for which there is an address; which
// one is missing is said, with where to fill it in.
func TestWaysOut(t *testing.T) {
	c := open(t)
	_, id := c.mails(t)
	check(t, c.Office.Forward(t.Context(), c.person(helpdesk), office.Form{Dossier: id}, c.forwarding(t), false))
	lives := func(i record.Identity) {
		t.Helper()
		i.Name, i.Phone = "J. Brugsma-Tiggelaar", "06-00000099"
		check(t, c.Office.ChangeIdentity(t.Context(), c.person(helpdesk), office.Form{Dossier: id}, i, complaint.HowPost))
	}
	home := record.Identity{Street: "Kapelstiege", House: "8", Postcode: "9153 HW", Town: "Lutterveen"}
	for _, x := range []struct {
		name          string
		who           record.Identity
		later, answer []string
		says          string
	}{
		{"by post only", home, []string{"post", "phone"}, []string{"post", "spoken"}, "Er is geen e-mailadres bekend. Vul het aan bij ‘Naam en adres verbeteren’."},
		{"by e-mail only", record.Identity{Email: "j@example.net"}, []string{"email", "phone"}, []string{"email"}, "Er is geen postadres bekend."},
		{"by neither", record.Identity{}, []string{"phone"}, nil, "Er is geen e-mailadres en geen postadres bekend"},
	} {
		lives(x.who)
		for path, want := range map[string][]string{"uitstel": x.later, "antwoord": x.answer} {
			main := checkPage(t, c.get(t, manager, "/klachten/"+id+"/"+path), "nl").Find("main")
			got := main.Find("input[name=how]").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("value", "") })
			if !slices.Equal(got, want) || !strings.Contains(main.Text(), x.says) {
				t.Errorf("%s, %s: offers %v, and says %q: %v", x.name, path, got, x.says, strings.Contains(main.Text(), x.says))
			}
		}
	}
}

// A second complaint from one letter is no duplicate of the first.
func TestSecondComplaintOfALetterIsNoDuplicate(t *testing.T) {
	c := open(t)
	_, id := c.mails(t)
	of := []string{c.look(t, helpdesk, id).Number}
	for n := range 2 { // the third knows the second
		path := c.get(t, helpdesk, "/klachten/nieuw?bron="+id).Header().Get("Location")
		form := c.fillIn(t, helpdesk, path, url.Values{"title": {"Factuur klopt niet"}, "description": {"De factuur klopt ook niet."}, "subject": {"product"}, "desired_outcome": {"Een nieuwe factuur."}})
		at, _, _ := strings.Cut(path, "?")
		w := c.post(t, helpdesk, at, form)
		next := made(t, c, w)
		to, err := url.Parse(w.Header().Get("Location"))
		check(t, err)
		for _, number := range of {
			if strings.Contains(to.Query().Get(frame.AlikeField), number) {
				t.Errorf("complaint %d of the letter is taken for a duplicate of %s", n+2, number)
			}
		}
		of = append(of, next.Number)
	}
}

// When nothing is to be done on a dossier but its post, the page says that, to who posts it.
func TestNextIsThePost(t *testing.T) {
	c := open(t)
	draft, err := c.Office.Begin()
	check(t, err)
	got, err := c.Office.Receive(t.Context(), c.person(helpdesk), office.Form{}, office.Intake{Draft: draft, Receipt: complaint.Receipt{
		Channel: complaint.Post, ReceivedOn: c.Office.Today(), Title: "Niemand nam op", Description: "Ik belde drie keer.", DesiredOutcome: "Neem op.",
		Subjects: []complaint.SubjectKind{complaint.AboutService}, Member: complaint.MemberYes, Level: complaint.Confidential,
	}, Identity: record.Identity{Name: "J. Brugsma-Tiggelaar", Street: "Kapelstiege", House: "8", Postcode: "9153 HW", Town: "Lutterveen", Phone: "06-00000099"}})
	check(t, err)
	check(t, c.Office.Forward(t.Context(), c.person(helpdesk), office.Form{Dossier: got.Dossier}, c.forwarding(t), false))
	panel := func() string {
		return checkPage(t, c.get(t, helpdesk, "/klachten/"+got.Dossier), "nl").Find("main").Text()
	}
	if text := panel(); !strings.Contains(text, "Er ligt nog post") || strings.Contains(text, "Nu niets te doen") {
		t.Error("the acknowledgement lies here, and the page says that there is nothing to do")
	}
	for _, l := range c.look(t, helpdesk, got.Dossier).Letters {
		check(t, c.Office.LetterWentOut(t.Context(), c.person(helpdesk), office.Form{Dossier: got.Dossier}, l.ID, c.Office.Today()))
	}
	if text := panel(); strings.Contains(text, "Er ligt nog post") || !strings.Contains(text, "Nu niets te doen") {
		t.Error("all went, and the page says otherwise")
	}
}
