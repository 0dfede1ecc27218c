package procedure

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
)

// shipped reads a shipped procedure.
func shipped(t testing.TB, name string) complaint.Rules {
	t.Helper()
	for _, f := range Shipped() {
		if f.Name == name {
			rules, err := Read(f.Text)
			if err != nil {
				t.Fatalf("%s:\n%v", name, err)
			}
			return rules
		}
	}
	t.Fatalf("%s is not shipped", name)
	return complaint.Rules{}
}

var calendars = complaint.Calendars{House: calendar.New(calendar.House), Statutory: calendar.New(calendar.Statutory)}

func TestShipped(t *testing.T) {
	entries, err := files.ReadDir("files")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(Shipped()) {
		t.Errorf("%d files, %d shipped", len(entries), len(Shipped()))
	}
	for _, f := range Shipped() {
		if rules := shipped(t, f.Name); rules.ID != f.Name {
			t.Errorf("%s has the id %s", f.Name, rules.ID)
		}
	}
	if Shipped()[0].Name != "lsr-14-dagen" {
		t.Errorf("the default is %s", Shipped()[0].Name)
	}
	Shipped()[0].Text[0] = 'x'
	if Shipped()[0].Text[0] == 'x' {
		t.Error("a caller can change a shipped file")
	}
}

// TestPromises holds what the design says that the shipped procedures promise.
func TestPromises(t *testing.T) {
	lsr, six, awb := shipped(t, "lsr-14-dagen"), shipped(t, "lsr-6-weken"), shipped(t, "awb-wkkgz")
	for _, r := range []complaint.Rules{lsr, six} {
		if len(r.Judgement) > 0 || r.SecondInstance != "" || r.ExternalBody != "" || r.Hearing || r.Companion || r.FollowUp {
			t.Errorf("%s invents a right: %+v", r.ID, r)
		}
		if !r.Extension.Consent || r.Extension.Notify || r.Extension.Max.N != 0 {
			t.Errorf("%s: extension %+v", r.ID, r.Extension)
		}
	}
	for _, r := range []complaint.Rules{lsr, six, awb} {
		if r.AcknowledgeWithin != (calendar.Term{N: 0, Unit: calendar.Day}) || !r.TalkFirst || !r.Anonymity.Nameless || r.ReportK != 5 {
			t.Errorf("%s: %+v", r.ID, r)
		}
		if diff := cmp.Diff(complaint.ConfirmationRule{Reminders: []int{5, 10}, CloseAfter: 21}, r.Confirmation); diff != "" {
			t.Errorf("%s: %s", r.ID, diff)
		}
		if r.Target.PostLeadDays != 2 || r.Signals != (complaint.Signals{Before: 3, BeforePost: 2}) {
			t.Errorf("%s: %+v %+v", r.ID, r.Target, r.Signals)
		}
		if _, open := r.Channel(complaint.Form); open {
			t.Errorf("%s: the form is on", r.ID)
		}
		if phone, open := r.Channel(complaint.Phone); !open || !phone.NeedsConfirmation {
			t.Errorf("%s: telephone %+v", r.ID, phone)
		}
	}
	if lsr.Retention != (complaint.RetentionRule{}) {
		t.Errorf("the default chooses a retention: %+v", lsr.Retention)
	}
	oneYear := complaint.RetentionRule{Term: calendar.Term{N: 1, Unit: calendar.Year}, From: complaint.RetainFromClosed}
	if six.Retention != oneYear {
		t.Errorf("got %+v, want %+v", six.Retention, oneYear)
	}
	if awb.Extension.Consent || !awb.Extension.Notify || awb.Extension.Max != (calendar.Term{N: 4, Unit: calendar.Week}) {
		t.Errorf("awb: extension %+v", awb.Extension)
	}
	var scale []string
	for _, j := range awb.Judgement {
		scale = append(scale, j.Code)
	}
	if diff := cmp.Diff([]string{"upheld", "partly", "not_upheld", "none"}, scale); diff != "" {
		t.Error(diff)
	}
}

func TestDates(t *testing.T) {
	for _, tt := range []struct{ procedure, filed, due, target string }{
		{"lsr-14-dagen", "2026-06-01", "2026-06-15", "2026-06-15"},
		{"lsr-14-dagen", "2026-04-30", "2026-05-14", "2026-05-13"}, // Ascension Day
		{"lsr-14-dagen", "2026-10-24", "2026-11-07", "2026-11-06"}, // across the clock change, to a Saturday
		{"lsr-14-dagen", "2026-12-12", "2026-12-26", "2026-12-24"}, // Christmas
		{"lsr-6-weken", "2026-07-01", "2026-08-12", "2026-08-12"},
		{"awb-wkkgz", "2026-07-01", "2026-08-12", "2026-08-12"},
		{"awb-wkkgz", "2025-04-18", "2025-06-02", "2025-06-02"}, // an equated Friday, then Monday
		{"awb-wkkgz", "2026-04-02", "2026-05-18", "2026-05-18"}, // Ascension Day, an equated day, a weekend
	} {
		filed := calendar.MustParse(tt.filed)
		due, target := shipped(t, tt.procedure).Due(filed.AddDays(-9), filed, calendars)
		if due != calendar.MustParse(tt.due) || target != calendar.MustParse(tt.target) {
			t.Errorf("%s filed %s: due %v, target %v, want %s, %s", tt.procedure, tt.filed, due, target, tt.due, tt.target)
		}
	}
}

// TestRolling holds the worked examples for the Algemene termijnenwet, counted by the
// procedure as it is read from the file.
func TestRolling(t *testing.T) {
	f, err := os.Open("testdata/roll_forward.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) != 61 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	rules := shipped(t, "awb-wkkgz")
	for _, row := range rows[1:] {
		n, err := strconv.Atoi(row[1])
		if err != nil {
			t.Fatal(err)
		}
		rules.Term.Term = calendar.Term{N: n, Unit: calendar.Unit(row[2])}
		from := calendar.MustParse(row[0])
		if due, _ := rules.Due(from, from, calendars); due != calendar.MustParse(row[4]) {
			t.Errorf("%v: got %v", row, due)
		}
	}
}
