package desk_test

import (
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// A name that was typed stands once beside the employee that was found for it.
func TestConcernedIsNamedOnce(t *testing.T) {
	c := open(t)
	draft, err := c.Office.Begin()
	check(t, err)
	got, err := c.Office.Receive(t.Context(), c.person(helpdesk), office.Form{}, office.Intake{Draft: draft, Receipt: complaint.Receipt{
		Channel: complaint.Post, ReceivedOn: c.Office.Today(), Title: "Niemand nam op", Description: "Ik belde drie keer.", DesiredOutcome: "Neem op.",
		Subjects: []complaint.SubjectKind{complaint.AboutEmployee}, Member: complaint.MemberYes, Level: complaint.Confidential, ConcernedN: "Pim",
	}, Identity: record.Identity{Name: "J. Brugsma-Tiggelaar", Street: "Kapelstiege", House: "8", Postcode: "9153 HW", Town: "Lutterveen", Phone: "06-00000099"},
		ConcernedStaff: []complaint.Actor{c.person(colleague).ID}})
	check(t, err)
	text := checkPage(t, c.get(t, helpdesk, "/klachten/"+got.Dossier), "nl").Find("main").Text()
	if !strings.Contains(text, "De klacht gaat over: "+colleague) || strings.Contains(text, "Pim, ") {
		t.Error("the dossier does not name the employee once")
	}
}
