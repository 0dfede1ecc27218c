package desk_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// on sets the clock to a day, at ten in the morning; everybody logs in anew.
func (c *counter) on(day string) {
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" 10:00", c.Zone)
	if err != nil {
		panic(err)
	}
	c.Clock.Set(at)
	clear(c.tokens)
}

// look gives a dossier as somebody sees it.
func (c *counter) look(t *testing.T, name, id string) office.View {
	t.Helper()
	v, err := c.Office.Look(context.Background(), c.person(name), id)
	check(t, err)
	return v
}

// fillIn gives a form as a browser would send it: its proposals and hidden fields, with
// answers over them. A page may have more than one form; the answers are for the last
// that goes to path.
func (c *counter) fillIn(t *testing.T, name, path string, answers url.Values) url.Values {
	t.Helper()
	w := c.get(t, name, path)
	if w.Code != http.StatusOK {
		t.Fatalf("%s sees %s: %d\n%s", name, path, w.Code, w.Body)
	}
	checkPage(t, w, "nl")
	form := blankForm(t, w)
	for field, values := range answers {
		form[field] = values
	}
	return form
}

// do carries a task out through its form and gives the dossier afterwards.
func (c *counter) do(t *testing.T, name, id, task string, answers url.Values) office.View {
	t.Helper()
	path := "/klachten/" + id + "/" + task
	w := c.post(t, name, path, c.fillIn(t, name, path, answers))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/klachten/"+id+"?gedaan="+task {
		t.Fatalf("%s: %d %s\n%v", task, w.Code, w.Header().Get("Location"), mistakesIn(t, w))
	}
	w = c.get(t, name, w.Header().Get("Location"))
	if doc := checkPage(t, w, "nl"); doc.Find(".gh-note--good[role=status]").Length() != 1 {
		t.Errorf("%s: nothing says that it was done", task)
	}
	return c.look(t, name, id)
}

// mistakesIn gives the lines of the summary above a form.
func mistakesIn(t *testing.T, w *httptest.ResponseRecorder) []string {
	t.Helper()
	return document(t, w).Find(".gh-note--bad[role=alert] li").Map(func(_ int, s *goquery.Selection) string { return strings.TrimSpace(s.Text()) })
}

// caller takes a telephone complaint in and sends its text on paper.
func (c *counter) caller(t *testing.T, day string, change ...func(*office.Intake)) string {
	t.Helper()
	c.on(day)
	draft, err := c.Office.Begin()
	check(t, err)
	departments, err := c.People.Departments(context.Background())
	check(t, err)
	in := office.Intake{Draft: draft, Receipt: complaint.Receipt{
		Channel: complaint.Phone, ReceivedOn: c.Office.Today(), Title: "Nieuwsbrief met veel Engels",
		Description: "In de nieuwsbrief staan veel Engelse woorden. Ik begrijp die niet.", DesiredOutcome: "Gewoon Nederlands.",
		Subjects: []complaint.SubjectKind{complaint.AboutProduct}, Department: departments[0].ID, Member: complaint.MemberYes, Level: complaint.Confidential,
	}, Identity: record.Identity{Name: "J. Brugsma-Tiggelaar", Salutation: "mevrouw Brugsma", Street: "Kapelstiege", House: "8",
		Postcode: "9153 HW", Town: "Lutterveen", Phone: "088-0000164"}, Send: &complaint.Sending{How: complaint.HowPaper}}
	for _, do := range change {
		do(&in)
	}
	got, err := c.Office.Receive(context.Background(), c.person(helpdesk), office.Form{}, in)
	check(t, err)
	return got.Dossier
}

// A telephone complaint through its forms, from the slip to the end.
func TestAWholeCourse(t *testing.T) {
	c := open(t)
	id := c.caller(t, "2026-11-02")

	c.on("2026-11-06")
	v := c.do(t, helpdesk, id, "bevestigen", url.Values{"how": {"slip"}, "on": {"2026-11-06"}})
	if v.State != complaint.IsFiled || v.FiledOn.String() != "2026-11-06" || v.DueOn.String() != "2026-11-20" {
		t.Fatalf("after the slip: %s, filed %s, due %s", v.State, v.FiledOn, v.DueOn)
	}
	if !strings.Contains(c.get(t, helpdesk, "/klachten/"+id).Body.String(), "liefst op de bus wo 18 nov") {
		t.Error("the page does not say when a letter is best posted")
	}

	c.on("2026-11-09")
	v = c.do(t, helpdesk, id, "doorsturen", nil) // the proposal is enough
	handler := handlerName(c, v)
	if v.State != complaint.InHandling || handler == "" {
		t.Fatalf("after forwarding: %s, handler %q", v.State, v.Handler)
	}

	c.on("2026-11-16")
	c.do(t, handler, id, "uitstel", url.Values{"reason": {"holiday"}, "explanation": {"De schrijver is met vakantie."}, "how": {"phone"}, "date": {"2026-12-04"}})
	v = c.do(t, handler, id, "uitstel-antwoord", url.Values{"answer": {"agreed"}, "how": {"phone"}, "said": {"Ja hoor, dat is goed."}})
	if v.DueOn.String() != "2026-12-04" || v.Extension.AgreedLate {
		t.Fatalf("after agreeing: due %s", v.DueOn)
	}
	if body := c.get(t, helpdesk, "/klachten/"+id).Body.String(); !strings.Contains(body, "Ja hoor, dat is goed.") || !strings.Contains(body, "Eerste datum") {
		t.Error("the dossier does not show the words and the first date")
	}

	c.on("2026-11-30")
	v = c.do(t, handler, id, "antwoord", url.Values{"points": {"U heeft gelijk."}, "outcome": {"Wij schrijven gewoon Nederlands."},
		"measures": {"De redactie leest elk stuk na."}, "how": {"post"}, "action": {"De redactie heeft nieuwe regels."}})
	if v.ReleasedOn.IsZero() || v.Next != complaint.TaskSendAnswer {
		t.Fatalf("after releasing: next is %q", v.Next)
	}
	v = c.do(t, handler, id, "antwoord-terug", nil)
	again := c.fillIn(t, handler, "/klachten/"+id+"/antwoord", nil)
	if !v.ReleasedOn.IsZero() || again.Get("points") != "U heeft gelijk." || again.Get("measures") != "De redactie leest elk stuk na." {
		t.Fatalf("after taking it back: released on %v, the form says %q", v.ReleasedOn, again.Get("points"))
	}
	if text := checkPage(t, c.get(t, handler, "/klachten/"+id), "nl").Find("#brieven").Parent().Text(); !strings.Contains(text, "omdat het antwoord werd teruggenomen") {
		t.Error("nothing says why the letter lapsed")
	}
	v = c.do(t, handler, id, "antwoord", url.Values{"how": {"post"}})
	c.printsLetter(t, helpdesk, v, record.Answer)

	c.on("2026-12-01")
	v = c.do(t, helpdesk, id, "antwoord-verstuurd", url.Values{"on": {"2026-12-01"}})
	if v.State != complaint.IsAnswered || v.Timeliness(v.Today) != complaint.InAgreedTerm {
		t.Fatalf("after posting: %s, %s", v.State, v.Timeliness(v.Today))
	}
	v = c.do(t, helpdesk, id, "sluiten", nil)
	if v.State != complaint.IsClosed || len(v.Missing()) != 0 {
		t.Fatalf("at the end: %s, missing %v", v.State, v.Missing())
	}
	r, err := c.Inspector.Verify(context.Background(), nil)
	check(t, err)
	for _, f := range r.Findings {
		t.Error(f)
	}
}

func handlerName(c *counter, v office.View) string {
	for name, s := range c.staff {
		if s.ID == v.Handler {
			return name
		}
	}
	return ""
}

// fileNames are what the letters of these stories are called.
var fileNames = map[record.LetterKind]string{record.Acknowledgement: "ontvangstbericht", record.Answer: "antwoord"}

// printsLetter prints the letter of a kind; printing is noted as an opening.
func (c *counter) printsLetter(t *testing.T, name string, v office.View, kind record.LetterKind) {
	t.Helper()
	for _, l := range v.Letters {
		if l.Kind != kind || !l.LapsedOn.IsZero() {
			continue
		}
		w := c.post(t, name, "/brieven/"+l.ID, url.Values{})
		if w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), "%PDF-") || w.Header().Get("Content-Type") != "application/pdf" {
			t.Fatalf("printing %s: %d %s", kind, w.Code, w.Header())
		}
		if got, want := w.Header().Get("Content-Disposition"), "inline; filename="+v.Number+"-"+fileNames[kind]+".pdf"; got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if now := c.look(t, name, v.ID); len(now.Openings) != len(v.Openings)+1 {
			t.Errorf("printing left %d openings, there were %d", len(now.Openings), len(v.Openings))
		}
		return
	}
	t.Fatalf("there is no %s", kind)
}

// All the other tasks, each once from where it may be done.
func TestOtherTasks(t *testing.T) {
	c := open(t)
	handled := func(d complaint.Dossier) bool { return d.ReleasedOn.IsZero() }
	for _, tt := range []struct {
		name, task string
		from       complaint.State
		answers    url.Values
		to         complaint.State
		event      complaint.Kind
	}{
		{helpdesk, "tekst", complaint.Drafted, url.Values{"description": {"Een andere tekst."}}, complaint.Drafted, complaint.Worded},
		{helpdesk, "versturen", complaint.Drafted, url.Values{"how": {"paper"}}, complaint.Awaiting, complaint.TextSent},
		{helpdesk, "verbeteren", complaint.Awaiting, url.Values{"how": {"phone"}, "said": {"Het was twee keer."}}, complaint.Drafted, complaint.CorrectionAsked},
		{helpdesk, "herinneren", complaint.Awaiting, url.Values{"how": {"paper"}}, complaint.Awaiting, complaint.ReminderSent},
		{helpdesk, "herinneren", complaint.Awaiting, url.Values{"how": {"paper"}, "last": {"ja"}}, complaint.Awaiting, complaint.ReminderSent},
		{helpdesk, "bevestigen", complaint.Drafted, url.Values{"how": {"read_aloud"}, "aloud": {"listened"}, "present": {"Pim"}, "asked": {"ja"}}, complaint.IsFiled, complaint.Confirmed},
		{helpdesk, "bevestigen", complaint.Awaiting, url.Values{"how": {"reply"}, "reply": {"Ja, dit klopt."}}, complaint.IsFiled, complaint.Confirmed},
		{helpdesk, "bevestigen", complaint.ClosedUnconfirmed, url.Values{"how": {"read_aloud"}, "aloud": {"alone"}, "said": {"Ja."}, "number_alone": {"06-1"}, "moment": {"elf uur"}}, complaint.IsFiled, complaint.Filed},
		{manager, "contact", complaint.InHandling, url.Values{"how": {"phone"}, "text": {"Gebeld."}}, complaint.InHandling, complaint.ContactMade},
		{manager, "notitie", complaint.InHandling, url.Values{"text": {"Let op."}}, complaint.InHandling, complaint.Noted},
		{manager, "actie", complaint.InHandling, url.Values{"text": {"Excuses gemaakt."}, "owner": {"de planner"}, "before": {"2026-12-24"}}, complaint.InHandling, complaint.ActionTaken},
		{manager, "aanvullen", complaint.InHandling, url.Values{"member": {"no"}}, complaint.InHandling, complaint.Supplemented},
		{helpdesk, "intrekken", complaint.InHandling, url.Values{"how": {"phone"}, "said": {"Laat maar."}}, complaint.IsWithdrawn, complaint.Withdrawn},
		{helpdesk, "opgelost", complaint.IsFiled, url.Values{"said": {"Wij zijn eruit."}, "consent": {"ja"}}, complaint.ClosedInformal, complaint.Resolved},
		{helpdesk, "doorgeleiden", complaint.InHandling, url.Values{"where": {"de gemeente"}, "said": {"Dat gaat over de gemeente."}, "consent": {"ja"}}, complaint.IsPassedOn, complaint.PassedOn},
		{helpdesk, "niet-aannemen", complaint.InHandling, url.Values{"reason": {"not_about_us"}, "said": {"Dit gaat over een ander."}}, complaint.IsNotAccepted, complaint.NotAccepted},
	} {
		t.Run(tt.task+" "+string(tt.from), func(t *testing.T) {
			v := c.in(t, tt.name, tt.from, handled)
			after := c.do(t, tt.name, v.ID, tt.task, tt.answers)
			last := false
			for _, e := range after.Events[len(v.Events):] {
				last = last || e.Kind == tt.event
			}
			if after.State != tt.to || !last {
				t.Errorf("%s after %v, want %s after %s", after.State, after.Events[len(v.Events):], tt.to, tt.event)
			}
		})
	}
}

// A refused form names every mistake at once, each at its field, and keeps what was typed.
func TestRefusedForms(t *testing.T) {
	c := open(t)
	for _, tt := range []struct {
		name, task string
		from       complaint.State
		answers    url.Values
		fields     []string // where the summary leads
	}{
		{helpdesk, "tekst", complaint.Drafted, url.Values{"title": {""}, "description": {""}}, []string{"title", "description"}},
		{helpdesk, "bevestigen", complaint.Awaiting, url.Values{"how": {""}, "on": {"2030-01-01"}, "by": {""}}, []string{"how", "on", "by"}},
		{helpdesk, "bevestigen", complaint.Awaiting, url.Values{"how": {"reply"}, "reply": {""}}, []string{"reply"}},
		{helpdesk, "bevestigen", complaint.Awaiting, url.Values{"how": {"read_aloud"}, "aloud": {"alone"}}, []string{"said", "number_alone", "moment"}},
		{helpdesk, "bevestigen", complaint.Awaiting, url.Values{"how": {"read_aloud"}, "aloud": {"called_back"}}, []string{"number_back"}},
		{helpdesk, "bevestigen", complaint.Awaiting, url.Values{"how": {"read_aloud"}, "aloud": {"listened"}}, []string{"present", "asked"}},
		{helpdesk, "doorsturen", complaint.IsFiled, url.Values{"department": {""}}, []string{"department", "handler"}},
		{manager, "uitstel", complaint.InHandling, url.Values{"on": {""}}, []string{"reason", "on", "how", "date", "explanation"}},
		{manager, "uitstel", complaint.InHandling, url.Values{"on": {"30 februari"}}, []string{"on"}},
		{manager, "antwoord", complaint.InHandling, url.Values{"how": {""}, "points": {""}}, []string{"points", "outcome", "measures", "how"}},
		{manager, "actie", complaint.InHandling, url.Values{"on": {"2026-11-24"}, "before": {"2026-01-01"}}, []string{"before", "text"}},
		{helpdesk, "medewerker", complaint.InHandling, nil, []string{"concerned", "reason"}},
		{helpdesk, "doorgeleiden", complaint.InHandling, nil, []string{"consent", "where", "said"}},
		{helpdesk, "niet-bevestigd", complaint.Awaiting, nil, []string{"on", "said"}},
		{helpdesk, "aanvullen", complaint.Drafted, url.Values{"member": {""}, "category": {"onzin"}}, []string{"category"}},
	} {
		t.Run(tt.task, func(t *testing.T) {
			v := c.in(t, tt.name, tt.from)
			path := "/klachten/" + v.ID + "/" + tt.task
			form := c.fillIn(t, tt.name, path, tt.answers)
			form.Set("remark", "zo getypt")
			w := c.post(t, tt.name, path, form)
			if w.Code != http.StatusUnprocessableEntity {
				t.Fatalf("status %d", w.Code)
			}
			doc := checkPage(t, w, "nl")
			for _, field := range tt.fields {
				if doc.Find(".gh-note--bad a[href='#"+field+"']").Length() == 0 {
					t.Errorf("the summary does not lead to %q: %v", field, mistakesIn(t, w))
				}
			}
			if key := doc.Find("input[name=sleutel]").AttrOr("value", ""); key != form.Get("sleutel") {
				t.Errorf("the form comes back with another key")
			}
			if after := c.look(t, tt.name, v.ID); after.Version != v.Version {
				t.Errorf("something was written: %d events, there were %d", after.Version, v.Version)
			}
		})
	}
}

// Steps of a colleague make a form stale: it shows them, keeps what was typed, and can
// then be sent.
func TestStaleForm(t *testing.T) {
	c := open(t)
	v := c.in(t, manager, complaint.InHandling)
	path := "/klachten/" + v.ID + "/intrekken"
	form := c.fillIn(t, helpdesk, path, url.Values{"how": {"phone"}, "said": {"Ik stop ermee."}})
	c.do(t, manager, v.ID, "uitstel", url.Values{"reason": {"illness"}, "explanation": {"Ziek."}, "how": {"phone"}, "date": {"2027-01-15"}})

	w := c.post(t, helpdesk, path, form)
	doc := checkPage(t, w, "nl")
	if w.Code != http.StatusConflict || !strings.Contains(doc.Find(".gh-note--bad .gh-timeline").Text(), "Uitstel voorgesteld") {
		t.Fatalf("status %d: %s", w.Code, doc.Find(".gh-note--bad").Text())
	}
	if doc.Find("textarea[name=said]").Text() != "Ik stop ermee." {
		t.Error("what was typed is gone")
	}
	if w = c.post(t, helpdesk, path, blankForm(t, w)); w.Code != http.StatusSeeOther {
		t.Errorf("sent again it is refused: %d %v", w.Code, mistakesIn(t, w))
	}
}

// A double click does a task once; the same key with other content is refused.
func TestDoubleClick(t *testing.T) {
	c := open(t)
	v := c.in(t, manager, complaint.InHandling)
	path := "/klachten/" + v.ID + "/notitie"
	form := c.fillIn(t, manager, path, url.Values{"text": {"Eén keer."}})
	for range 2 {
		if w := c.post(t, manager, path, form); w.Code != http.StatusSeeOther {
			t.Fatalf("status %d", w.Code)
		}
	}
	if after := c.look(t, manager, v.ID); after.Version != v.Version+1 {
		t.Errorf("%d notes were made", after.Version-v.Version)
	}
	form.Set("text", "Iets anders.")
	w := c.post(t, manager, path, form)
	if doc := document(t, w); w.Code != http.StatusConflict || doc.Find("textarea").Text() != "Iets anders." {
		t.Errorf("status %d", w.Code)
	}
}

// The letter beside the answer shows what was typed, and nothing is written.
func TestAnswerPreview(t *testing.T) {
	c := open(t)
	v := c.in(t, manager, complaint.InHandling)
	path := "/klachten/" + v.ID + "/antwoord"
	form := c.fillIn(t, manager, path, url.Values{"points": {"U heeft gelijk.\n\nDat spijt ons."}, "how": {"email"}, "doe": {"bekijk"}})
	w := c.post(t, manager, path, form)
	doc := checkPage(t, w, "nl")
	if letter := doc.Find(".gh-letter").Text(); w.Code != http.StatusOK || !strings.Contains(letter, "Dat spijt ons.") || !strings.Contains(letter, "[naam en adres]") {
		t.Errorf("status %d: %s", w.Code, letter)
	}
	if doc.Find("textarea[name=points]").Text() != form.Get("points") || doc.Find("input[name=how][value=email][checked]").Length() != 1 {
		t.Error("what was typed is gone")
	}
	if doc.Find(".gh-note--bad").Length() != 0 || c.look(t, manager, v.ID).Version != v.Version {
		t.Error("looking is not just looking")
	}
}

// What the register lacks is filled in or explained before a complaint is closed.
func TestCloseWithoutAction(t *testing.T) {
	c := open(t)
	id := c.caller(t, "2026-11-02")
	c.do(t, helpdesk, id, "bevestigen", url.Values{"how": {"slip"}})
	handler := handlerName(c, c.do(t, helpdesk, id, "doorsturen", url.Values{"tell": nil}))
	c.do(t, handler, id, "antwoord", url.Values{"points": {"Ja."}, "outcome": {"Ja."}, "measures": {"Niets."}, "how": {"post"}})
	c.do(t, handler, id, "antwoord-verstuurd", nil)
	path := "/klachten/" + id + "/sluiten"
	w := c.post(t, helpdesk, path, c.fillIn(t, helpdesk, path, nil))
	if doc := checkPage(t, w, "nl"); w.Code != http.StatusUnprocessableEntity || doc.Find(".gh-note--bad a[href='#explanation']").Length() != 1 {
		t.Fatalf("status %d %v", w.Code, mistakesIn(t, w))
	}
	if v := c.do(t, helpdesk, id, "sluiten", url.Values{"action": {"Gebeld en uitgelegd."}}); len(v.Missing()) != 0 {
		t.Errorf("missing %v", v.Missing())
	}
}
