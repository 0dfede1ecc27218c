package letter

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gehoor/internal/calendar"
	"gehoor/internal/words"
)

var update = flag.Bool("update", false, "write the golden files anew")

func voice(t testing.TB, lang string) *words.Voice {
	t.Helper()
	catalog, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	return catalog.Speak(lang)
}

func compose(t testing.TB, o Order) Document {
	t.Helper()
	d, err := Compose(o, voice(t, o.Language))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func day(month time.Month, d int) calendar.Date { return calendar.NewDate(2026, month, d) }

// full is an order with every field filled in, as realistic as we can make it.
// Everybody in it is invented.
func full(kind Kind, lang string) Order {
	twice := 2
	o := Order{
		Kind: kind, Language: lang, PointSize: 12,
		Sender: Sender{
			Name: "Het LSR", Running: "het LSR", Postal: []string{"Postbus 8224", "3503 RE Utrecht"},
			Phone: "030-299 00 00", Email: "helpdesk@lsr.example", Opening: "maandag tot en met vrijdag, 9 tot 17 uur",
			SlipPost: "Antwoordnummer 1234, 3500 VB Utrecht",
		},
		Contact:    Contact{Name: "Jorien Tasselaar", Function: "medewerker helpdesk", Phone: "030-299 00 04"},
		Addressee:  []string{"Mevrouw A. Brugsma", "Dorpsstraat 12", "9999 XX Voorbeelddorp"},
		Salutation: "mevrouw Brugsma",
		Date:       day(time.November, 13), Number: "2026-417", TheirReference: "CR-88",
		Facts: Facts{
			Code: "1234 5678", FollowURL: "klachten.lsr.example/volgen", ConfirmURL: "https://klachten.lsr.example/ja/abc",
			ReceivedOn: day(time.November, 11), FiledOn: day(time.November, 13), SentOn: day(time.November, 11),
			DueOn: day(time.November, 27), ProposedOn: day(time.December, 11), AgreedOn: day(time.December, 11),
			SaidOn: day(time.November, 13), CallBackOn: day(time.November, 18),
			Description:    "De cursus Samen sterk ging niet door. Niemand belde ons.\nWij stonden voor een dichte deur.",
			DesiredOutcome: "Geld voor de taxi terug. En voortaan bellen.",
			TextVersion:    2, ReadBy: "Jorien Tasselaar",
			Handler: Contact{Name: "Yusuf Demir", Function: "leidinggevende Cursussen"},
			Reason:  "De planner is ziek. Wij willen eerst met haar praten.", Outcome: "De docent belde u. Jullie praatten het uit.", Deceased: "uw moeder",
			PassedTo: "de Landelijke Geschillencommissie", Term: "14 dagen",
			Body: []Section{
				{Heading: "Wat u vertelde, en wat wij vinden", Quote: "De cursus ging niet door en niemand belde.",
					Paragraphs: []string{"U heeft gelijk. De docent meldde zich vrijdagmiddag ziek. Wij hadden u toen moeten bellen. Dat spijt ons."}},
				{Heading: "Wat wij doen", Paragraphs: []string{"Wij betalen 84 euro. Het staat voor 4 december op uw rekening.", "Vanaf nu bellen wij altijd."}},
			},
			NameOpened: &twice, Said: "deputy_given", Person: "Els Veenhof",
		},
	}
	if lang == "en" {
		english(&o)
	}
	return o
}

func english(o *Order) {
	o.Sender.Name, o.Sender.Running = "The LSR", "the LSR"
	o.Sender.Opening = "Monday to Friday, 9 to 17"
	o.Contact.Function, o.Salutation = "helpdesk employee", "Mrs Brugsma"
	f := &o.Facts
	f.Description = "The course Samen sterk did not take place. Nobody called us.\nWe stood before a closed door."
	f.DesiredOutcome = "The taxi fare back. And call us in future."
	f.Handler.Function = "manager of Courses"
	f.Reason, f.Outcome = "The planner is ill. We want to talk with her first.", "The trainer called you. You talked it over."
	f.Deceased = "your mother"
	f.PassedTo, f.Term = "the Disputes Committee", "14 days"
	f.Body = []Section{{Heading: "What we think", Quote: "Nobody called.", Paragraphs: []string{"You are right. We are sorry."}}}
}

// render writes a Document so that every part of its structure can be seen.
func render(d Document) string {
	var b strings.Builder
	line := func(tag, text string) { b.WriteString(strings.TrimRight(tag+" | "+text, " ") + "\n") }
	each := func(tag string, texts []string) {
		for _, text := range texts {
			line(tag, text)
		}
	}
	line("subject", d.Subject)
	each("sender", d.Sender)
	line("personal", d.Personal)
	each("window", d.Window)
	for _, m := range d.Meta {
		line("meta", m.Label+" = "+m.Value)
	}
	line("h1", d.Title)
	line("hello", d.Salutation)
	for _, block := range d.Blocks {
		if block.Kind == List {
			each("list", block.Items)
			continue
		}
		each(string(block.Kind), strings.Split(block.Text, "\n"))
	}
	line("closing", d.Closing)
	each("signed", d.Signature)
	each("contact", d.Contact)
	if s := d.Slip; s != nil {
		each("slip", []string{s.Cut, s.Title, s.Number, "[ ] " + s.Yes, "[ ] " + s.No, s.Sign})
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (make it: go test ./internal/letter -update)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestKinds(t *testing.T) {
	for _, kind := range Kinds() {
		for _, lang := range words.Languages() {
			name := string(kind) + "." + lang
			t.Run(name, func(t *testing.T) {
				golden(t, name, render(compose(t, full(kind, lang))))
			})
		}
	}
}

func TestMail(t *testing.T) {
	o := full(ConfirmationText, "nl")
	o.Mail = true
	d := compose(t, o)
	golden(t, "mail.text", PlainText(d))
	golden(t, "mail.html", HTML(d))
	if d.Slip != nil || d.Window != nil || d.Personal != "" {
		t.Errorf("an e-mail has a slip or a window: %+v", d)
	}
}

func TestReader(t *testing.T) {
	o := full(ConfirmationText, "nl")
	o.Facts.ReaderFor = "uw moeder"
	o.Facts.TextVersion = 1
	golden(t, "reader", render(compose(t, o)))
}

// bare is an order with only what its kind cannot do without.
func bare(kind Kind, lang string) Order {
	o := full(kind, lang)
	all := o.Facts
	least := Order{Kind: kind, Language: lang, Addressee: o.Addressee, Date: o.Date, Number: o.Number,
		Contact: Contact{Name: o.Contact.Name, Phone: o.Contact.Phone}}
	f := &least.Facts
	for _, field := range needs(kind) {
		switch field {
		case "Facts.ReceivedOn":
			f.ReceivedOn = all.ReceivedOn
		case "Facts.Description":
			f.Description = all.Description
		case "Facts.SaidOn":
			f.SaidOn = all.SaidOn
		case "Facts.Handler":
			f.Handler = all.Handler
		case "Facts.Reason":
			f.Reason = all.Reason
		case "Facts.DueOn":
			f.DueOn = all.DueOn
		case "Facts.ProposedOn":
			f.ProposedOn = all.ProposedOn
		case "Facts.AgreedOn":
			f.AgreedOn = all.AgreedOn
		case "Facts.PassedTo":
			f.PassedTo = all.PassedTo
		case "Facts.Body":
			f.Body = all.Body
		case "Facts.Said":
			f.Said = all.Said
		case "Facts.Code":
			f.Code = all.Code
		case "Facts.Outcome":
			f.Outcome = all.Outcome
		case "Facts.Deceased":
			f.Deceased = all.Deceased
		}
	}
	return least
}

// Every promise vanishes with its field: the barest letter says the least.
func TestBare(t *testing.T) {
	var b strings.Builder
	for _, kind := range Kinds() {
		text := render(compose(t, bare(kind, "nl")))
		b.WriteString("== " + string(kind) + "\n" + text)
		if strings.Contains(text, "dagen") || strings.Contains(text, "Wij zijn open") || kind != NewCode && strings.Contains(text, "code") {
			t.Errorf("%s promises what nobody filled in:\n%s", kind, text)
		}
	}
	golden(t, "bare.nl", b.String())
}

func TestNothingIsMissing(t *testing.T) {
	for _, kind := range Kinds() {
		for _, lang := range words.Languages() {
			for _, o := range []Order{full(kind, lang), bare(kind, lang)} {
				d := compose(t, o)
				text := render(d) + HTML(d) + PlainText(d)
				if strings.ContainsAny(text, "⟦⟧") || strings.Contains(text, "no value") || strings.Contains(text, "  ") {
					t.Errorf("%s %s has a hole:\n%s", kind, lang, text)
				}
			}
		}
	}
}

func TestRefused(t *testing.T) {
	minus := -1
	_, err := Compose(Order{
		Kind: ExtensionProposed, Language: "en", PointSize: 13, Addressee: []string{"A", " "},
		Facts: Facts{NameOpened: &minus},
	}, voice(t, "nl"))
	var bad *Incomplete
	if !errors.As(err, &bad) {
		t.Fatalf("got %v", err)
	}
	want := []string{
		"Language", "PointSize", "Date", "Number", "Contact.Name", "Contact.Phone", "Addressee",
		"Facts.NameOpened", "Facts.Reason", "Facts.DueOn", "Facts.ProposedOn",
	}
	var got []string
	for _, m := range bad.Mistakes {
		got = append(got, m.Field)
		if !strings.Contains(err.Error(), m.Field+" "+m.Problem) {
			t.Errorf("%q does not say %v", err, m)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := Compose(full(Answer, "nl"), nil); err == nil {
		t.Error("no voice, no error")
	}
	for _, kind := range Kinds() {
		for _, field := range needs(kind) {
			if !lacks(Facts{}, field) {
				t.Errorf("%s needs %s, and lacks does not know it", kind, field)
			}
		}
		if _, err := Compose(Order{Kind: kind, Language: "nl"}, voice(t, "nl")); err == nil {
			t.Errorf("an empty %s is not refused", kind)
		}
	}
	if _, err := Compose(Order{Kind: "party"}, voice(t, "nl")); err == nil {
		t.Error("an unknown kind is not refused")
	}
}

func TestPreview(t *testing.T) {
	o := full(Answer, "nl")
	o.Addressee, o.Preview, o.Personal = nil, true, true
	d := compose(t, o)
	if want := []string{"[naam en adres]"}; !slices.Equal(d.Window, want) || d.Personal != "Persoonlijk" {
		t.Errorf("got %q %q", d.Personal, d.Window)
	}
	o.Preview = false
	if _, err := Compose(o, voice(t, "nl")); err == nil {
		t.Error("a letter without an address is not refused")
	}
}

// The name stands in the window and in the salutation, nowhere else; the
// subject has the number and nothing more; the slip has no name and no story.
func TestWhoIsNotTold(t *testing.T) {
	for _, kind := range Kinds() {
		o := full(kind, "nl")
		d := compose(t, o)
		want := "Uw klacht 2026-417"
		if kind == EmployeeOutcome || kind == Condolence {
			want = "Klacht 2026-417"
		}
		if d.Subject != want {
			t.Errorf("%s: subject %q, want %q", kind, d.Subject, want)
		}
		if s := d.Slip; s != nil {
			all := strings.Join([]string{s.Cut, s.Title, s.Number, s.Yes, s.No, s.Sign, s.Box}, " ")
			for _, word := range strings.Fields(o.Salutation + " Brugsma Tasselaar cursus deur taxi Voorbeelddorp") {
				if strings.Contains(strings.ToLower(all), strings.ToLower(word)) {
					t.Errorf("%s: the slip says %q: %s", kind, word, all)
				}
			}
		}
		d.Window, d.Salutation = nil, ""
		rest := render(d)
		for _, word := range []string{"Brugsma", "Dorpsstraat", "9999", "Voorbeelddorp", "mevrouw"} {
			if strings.Contains(rest, word) {
				t.Errorf("%s: %q stands outside window and salutation:\n%s", kind, word, rest)
			}
		}
		slips := kind == ConfirmationText || kind == Reminder || kind == NoConfirmation
		if (d.Slip != nil) != slips {
			t.Errorf("%s: slip %v", kind, d.Slip)
		}
		if slips && strings.Contains(rest, "27 november") {
			t.Errorf("%s prints a final date before the yes", kind)
		}
	}
}

// What we promise differs per dossier: some sentences depend on others.
func TestDependingSentences(t *testing.T) {
	none := 0
	for _, tt := range []struct {
		name   string
		change func(*Order)
		says   string
		not    string
	}{
		{"nameless code", func(o *Order) { o.Facts.Anonymous = true }, "Dan kunt u ons antwoord niet meer lezen.", "U krijgt een nieuwe."},
		{"nameless name", func(o *Order) { o.Facts.Anonymous = true }, "Uw code is", "geopend"},
		{"never opened", func(o *Order) { o.Facts.NameOpened = &none }, "Wie uw klacht aannam, zag uw naam. Toen wij dit schreven, had daarna niemand uw naam geopend.", "door wie"},
		{"filed at once", func(o *Order) { o.Facts.FiledOn = o.Facts.ReceivedOn }, "Wij kregen uw klacht", "Vanaf die dag"},
		{"by mail", func(o *Order) { o.Mail = true }, "uiterlijk vrijdag 27 november 2026.", "met de post"},
		{"only mail", func(o *Order) { o.Contact.Phone, o.Sender.Phone = "", "" }, "Mail ons: helpdesk@lsr.example.", "Bel ons"},
		{"only post", func(o *Order) { o.Contact.Phone, o.Sender.Phone, o.Sender.Email = "", "", "" }, "Schrijf ons.", "Bel ons"},
		{"own paragraph", func(o *Order) { o.Facts.OwnParagraph = "Kom gerust langs." }, "paragraph | Kom gerust langs.", "⟦"},
		{"by post", func(o *Order) {}, "De brief komt daarna met de post.", "bij u thuis"},
		{"told by somebody else", func(o *Order) { o.Facts.ToldBy = "Els Veenhof (dochter)" }, "Els Veenhof (dochter) vertelde ons over uw klacht.", "Goed dat u het vertelt"},
		{"told by somebody else, its words", func(o *Order) { o.Facts.ToldBy = "Els Veenhof" }, "heading | Dit is ons verteld\n", "Dit heeft u ons verteld"},
		{"nobody received it yet", func(o *Order) { o.Contact = Contact{Name: o.Sender.Name} }, "signed | Het LSR\n", "signed | Het LSR\nsigned | Het LSR"},
		{"no running name", func(o *Order) { o.Sender.Running = "" }, "Wat moeten wij doen?", "LSR doen"},
	} {
		o := full(Acknowledgement, "nl")
		tt.change(&o)
		text := render(compose(t, o))
		if !strings.Contains(text, tt.says) || strings.Contains(text, tt.not) {
			t.Errorf("%s: want %q and not %q in\n%s", tt.name, tt.says, tt.not, text)
		}
	}
}

// A later date, and a text, can be answered by every way that there is.
func TestWaysToAnswer(t *testing.T) {
	for _, tt := range []struct {
		name   string
		kind   Kind
		change func(*Order)
		says   []string
		not    string
	}{
		{"later date by mail", ExtensionProposed, func(o *Order) { o.Mail = true }, []string{"Bel ons", "Of antwoord op deze mail.", "op klachten.lsr.example/volgen, met uw nummer 2026-417 en uw code", "een andere datum noemen"}, "⟦"},
		{"later date by post", ExtensionProposed, func(o *Order) { o.Facts.FollowURL = "" }, []string{"Bel ons", "een andere datum noemen"}, "uw code"},
		{"text by mail", ConfirmationText, func(o *Order) { o.Mail = true }, []string{"Of antwoord op deze mail. Het kan ook op de bladzijde hierboven."}, "Of kruis op de strook aan"},
		{"text by post", ConfirmationText, func(o *Order) {}, []string{"Of kruis op de strook aan: nee."}, "Of antwoord op deze mail"},
	} {
		o := full(tt.kind, "nl")
		tt.change(&o)
		text := render(compose(t, o))
		for _, says := range tt.says {
			if !strings.Contains(text, says) || strings.Contains(text, tt.not) {
				t.Errorf("%s: want %q and not %q in\n%s", tt.name, says, tt.not, text)
			}
		}
	}
}

func TestSecondRound(t *testing.T) {
	o := full(Answer, "nl")
	honest := "Er is bij ons geen tweede ronde. Een nieuwe klacht mag altijd."
	if text := render(compose(t, o)); !strings.Contains(text, honest) {
		t.Errorf("no second round is not said:\n%s", text)
	}
	o.Facts.SecondInstance, o.Facts.ExternalBody = "De directeur kijkt dan mee.", "de Geschillencommissie"
	text := render(compose(t, o))
	if strings.Contains(text, honest) || !strings.Contains(text, "De directeur kijkt dan mee. U kunt met uw klacht ook naar de Geschillencommissie.") {
		t.Errorf("second round:\n%s", text)
	}
}

func TestHTMLEscapes(t *testing.T) {
	o := full(Reminder, "nl")
	evil := `<script>alert("x")</script> & <img src=x onerror=y>`
	o.Facts.Description, o.Salutation, o.Sender.Name = evil, evil, evil
	html := HTML(compose(t, o))
	for _, bad := range []string{"<script", "<img", " & "} {
		if strings.Contains(html, bad) {
			t.Errorf("%q is not escaped in\n%s", bad, html)
		}
	}
}

// Plain Dutch, about B1, in every letter and e-mail: with everything filled in, with only
// what it cannot do without, and to who reads along.
func TestPlainDutch(t *testing.T) {
	for _, kind := range Kinds() {
		reader := full(kind, "nl")
		reader.Facts.ReaderFor = "uw moeder"
		for name, o := range map[string]Order{"full": full(kind, "nl"), "bare": bare(kind, "nl"), "reader": reader} {
			for _, mail := range []bool{false, true} {
				o.Mail = mail
				d, err := Compose(o, voice(t, "nl"))
				if err != nil && name == "reader" {
					continue // a letter that nobody reads along
				}
				if err != nil {
					t.Fatal(err)
				}
				// A telephone number is dialled, not read: its figures are no syllables.
				text := strings.ReplaceAll(Prose(d), o.Contact.Phone, "dit nummer")
				for _, hard := range words.Hard(text) {
					t.Errorf("%s, %s (mail: %v): %s", kind, name, mail, hard)
				}
			}
		}
	}
}
