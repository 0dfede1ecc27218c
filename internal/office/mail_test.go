package office_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// mailCase is a complaint by e-mail, as somebody copies it in by hand: what the register
// must make of it. Reading the mail itself comes with the mailbox.
type mailCase struct {
	ID         string   `json:"id"`
	FromName   string   `json:"from_name"`
	From       *string  `json:"from_address"`
	ReceivedAt string   `json:"received_at"`
	ReceivedOn string   `json:"received_on"`
	AnswerBy   string   `json:"answer_by"`
	TargetOn   string   `json:"target_on"`
	Accused    []string `json:"accused"`
	Flags      []string `json:"flags"`
	Text       []string `json:"text_must_contain"`
}

// TestMailCopiedInByHand takes every complaint of the cases in as its text: dates, the
// words as they were written, members, organisations, and who is named.
func TestMailCopiedInByHand(t *testing.T) {
	files, err := filepath.Glob("testdata/mail/*.json")
	if err != nil || len(files) < 15 {
		t.Fatalf("%d mails: %v", len(files), err)
	}
	b := bench{housetest.Empty(t), t}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			var c mailCase
			readJSON(t, &c, "mail", filepath.Base(file))
			copyIn(bench{b.House, t}, c)
		})
	}
}

func copyIn(b bench, c mailCase) {
	moment, err := time.Parse(time.RFC3339, c.ReceivedAt)
	b.must(err)
	b.Clock.Set(moment)
	flag := func(name string) bool { return slices.Contains(c.Flags, name) }
	in := b.intake(complaint.Email, b.Office.Today())
	in.Description, in.DesiredOutcome, in.Member = strings.Join(c.Text, "\n\n"), "", complaint.MemberUnknown
	in.Identity = record.Identity{Name: c.FromName}
	if c.From != nil {
		in.Identity.Email = *c.From
	}
	if flag("member_stated") {
		in.Member = complaint.MemberYes
	}
	if flag("organisation") {
		in.Identity.Kind, in.Identity.Organisation = record.Firm, "De Wilgenkade"
	}
	if flag("representative") {
		in.Identity.Caller = record.Caller{Name: c.FromName, Relation: "schreef namens de klager"}
	}
	if flag("accessibility_need") {
		in.Identity.PointSize = 20
	}
	if flag("employee_complaint") {
		in.Subjects = []complaint.SubjectKind{complaint.AboutEmployee}
		in.ConcernedN, in.Talk.Choice = strings.Join(c.Accused, ", "), complaint.RatherNot
	}
	f := b.receive("Jorien Tasselaar", in)
	both := []office.Form{f}
	if flag("two_complaints") {
		draft, err := b.Office.Begin()
		b.must(err)
		both = append(both, b.receive("Jorien Tasselaar", office.Intake{Draft: draft, SameSource: f.Dossier, Receipt: complaint.Receipt{
			Title: "Post naar een ander adres", Description: c.Text[len(c.Text)-1], Subjects: []complaint.SubjectKind{complaint.AboutService}, Department: b.department("Ledenadvies").ID}}))
	}
	for _, f := range both {
		v := b.view("Jorien Tasselaar", f.Dossier)
		dates(b.t, map[string]string{"received_on": c.ReceivedOn, "filed_on": c.ReceivedOn, "answer_by": c.AnswerBy, "target_on": c.TargetOn},
			map[string]calendar.Date{"received_on": v.ReceivedOn, "filed_on": v.FiledOn, "answer_by": v.DueOn, "target_on": v.TargetOn})
		if v.Channel != complaint.Email || len(v.Linked) != len(both)-1 {
			b.t.Errorf("channel %s, linked %v", v.Channel, v.Linked)
		}
		acknowledged := len(v.Letters) > 0 && v.Letters[0].Kind == record.Acknowledgement
		if reachable := c.From != nil && *c.From != ""; acknowledged != reachable {
			b.t.Errorf("acknowledged %v, an address %v", acknowledged, reachable)
		}
	}
	v := b.view("Jorien Tasselaar", f.Dossier)
	if v.Text.Description != in.Description {
		b.t.Errorf("the words changed: %q", v.Text.Description)
	}
	if !slices.Equal(v.Concerned, slices.DeleteFunc([]string{strings.Join(c.Accused, ", ")}, func(s string) bool { return s == "" })) {
		b.t.Errorf("concerned %v, want %v", v.Concerned, c.Accused)
	}
	if got := slices.Contains(v.Missing(), complaint.ItemMember); got {
		b.t.Error("the answer about membership is missing")
	}
}
