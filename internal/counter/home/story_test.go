package home

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/letter"
	"gehoor/internal/procedure"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// invented is an organisation with every setting filled in, and no number that is also a
// term.
var invented = record.Organisation{
	Name: "Stichting Voorbeeld", Short: "Voorbeeld", Postal: "Postbus 99999\n3500 ZZ Utrecht", Phone: "088-0000200",
	Email: "helpdesk@voorbeeld.example", OpeningHours: "elke werkdag van 9 tot 17 uur", ReplyNumber: "Antwoordnummer 99, Utrecht", Retention: "36 month",
}

var loaded = sync.OnceValues(words.Load)

func voice(t *testing.T, lang string) *words.Voice {
	t.Helper()
	all, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return all.Speak(lang)
}

// shipped gives what is told with each of the procedures that come with gehoor.
func shipped(t *testing.T) map[string]told {
	t.Helper()
	all := map[string]told{}
	for _, f := range procedure.Shipped() {
		rules, err := procedure.Read(f.Text)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = told{Rules: rules, Org: invented, Openers: complaint.NameOpeners(), Follow: true}
	}
	return all
}

// texts gives all that the home page, the leaflet and the PDF say, as a person reads it.
func texts(t *testing.T, in told, lang string) map[string]string {
	t.Helper()
	s := teller{told: in, Voice: voice(t, lang)}
	st := tell(in, s.Voice)
	var home, leaflet bytes.Buffer
	for _, err := range []error{homePage(s, st).Render(t.Context(), &home), leafletPage(s, st).Render(t.Context(), &leaflet)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return map[string]string{"home": plain(t, &home), "leaflet": plain(t, &leaflet), "pdf": onPaper(leafletSheet(s, st))}
}

func onPaper(d record.Document) string {
	all := append(slices.Clone(d.Sender), d.Title)
	for _, b := range d.Blocks {
		all = append(append(all, b.Text), b.Items...)
		for _, l := range b.Lines {
			all = append(all, l.Label, l.Value)
		}
	}
	return strings.Join(strings.Fields(strings.Join(all, " ")), " ")
}

// plain gives the text of a page with the addresses it leads to, on one line.
func plain(t *testing.T, page *bytes.Buffer) string {
	t.Helper()
	var out []string
	z := html.NewTokenizer(page)
	for z.Next() != html.ErrorToken {
		token := z.Token()
		if token.Type == html.TextToken {
			out = append(out, token.Data)
		}
		for _, a := range token.Attr {
			if a.Key == "href" || a.Key == "aria-label" {
				out = append(out, a.Val)
			}
		}
	}
	return strings.Join(strings.Fields(strings.Join(out, " ")), " ")
}

// promise is a key with what it makes.
type promise struct {
	key          string
	empty, full  func(*told)
	says         []string
	onlyHomePage bool // a link or a picture: not on paper
}

// promises are the keys of the procedure and the settings, each with how to empty it, how
// to fill it, and the words that stand there only when it is filled. It is the table of
// docs/handleiding/publieke-teksten.md: another test compares.
var promises = []promise{
	{key: "term", empty: func(x *told) { x.Rules.Term.Term = calendar.Term{N: 3, Unit: calendar.Month} },
		full: func(x *told) { x.Rules.Term.Term = calendar.Term{N: 77, Unit: calendar.WorkingDay} }, says: []string{"binnen 77 werkdagen"}},
	{key: "term.from", empty: func(x *told) { x.Rules.Term.From = complaint.FromFiled }, full: func(x *told) { x.Rules.Term.From = complaint.FromReceived },
		says: []string{"vanaf de dag waarop uw klacht binnenkomt", "vanaf de dag dat u belde"}},
	{key: "channels.post", empty: off(complaint.Post), full: on(complaint.Post), says: []string{"Postbus 99999", "t.a.v. de helpdesk", "Zet boven uw brief 'klacht:'", "U kunt schrijven", "een brief zonder naam"}},
	{key: "channels.email", empty: off(complaint.Email), full: on(complaint.Email), says: []string{"helpdesk@voorbeeld.example", "Begin het onderwerp met 'klacht:'", "mailen"}},
	{key: "channels.phone", empty: off(complaint.Phone), full: on(complaint.Phone), says: []string{"De helpdesk schrijft de klacht samen met u op", "Heeft u gebeld?", "bellen"}},
	{key: "channels.form", empty: off(complaint.Form), full: on(complaint.Form), says: []string{"Formulier", "het formulier invullen"}},
	{key: "talk_first", empty: func(x *told) { x.Rules.TalkFirst = false }, full: func(x *told) { x.Rules.TalkFirst = true }, says: []string{"Praat dan eerst", "Dan hoeft het niet"}},
	{key: "subjects", empty: func(x *told) { x.Rules.Subjects = nil }, full: func(x *told) {}, says: []string{"U kunt klagen over", "De medewerker over wie u klaagt"}},
	{key: "acknowledge", empty: func(x *told) { x.Rules.AcknowledgeWithin = calendar.Term{Unit: calendar.Day} },
		full: func(x *told) { x.Rules.AcknowledgeWithin = calendar.Term{N: 5, Unit: calendar.Day} }, says: []string{"Dat bericht krijgt u binnen 5 dagen"}},
	{key: "extension.consent", empty: func(x *told) { x.Rules.Extension.Consent = false }, full: func(x *told) { x.Rules.Extension.Consent = true },
		says: []string{"Samen spreken wij een latere datum af"}},
	{key: "extension.notify", empty: func(x *told) { x.Rules.Extension = complaint.ExtensionRule{Consent: true} },
		full: func(x *told) { x.Rules.Extension = complaint.ExtensionRule{Notify: true} }, says: []string{"Dan krijgt u daarover bericht"}},
	{key: "extension.max", empty: func(x *told) { x.Rules.Extension.Max = calendar.Term{} },
		full: func(x *told) { x.Rules.Extension.Max = calendar.Term{N: 8, Unit: calendar.Week} }, says: []string{"hoogstens 8 weken langer"}},
	{key: "handler.fallback", empty: func(x *told) { x.Rules.Handler.Fallback = nil }, full: func(x *told) { x.Rules.Handler.Fallback = []complaint.Role{complaint.Director} },
		says: []string{"Dan zoekt de directeur het uit", "leidinggevende of directeur die uw klacht behandelt"}},
	{key: "hearing", empty: func(x *told) { x.Rules.Hearing = false }, full: func(x *told) { x.Rules.Hearing = true }, says: []string{"uw verhaal bij ons komen vertellen"}},
	{key: "companion", empty: func(x *told) { x.Rules.Companion = false }, full: func(x *told) { x.Rules.Companion = true }, says: []string{"U mag iemand meenemen"}},
	{key: "judgement", empty: func(x *told) { x.Rules.Judgement = nil }, full: func(x *told) {
		x.Rules.Judgement = []complaint.Choice{{Code: "a", Label: "Terecht"}, {Code: "b", Label: "Onterecht"}}
	},
		says: []string{"wat ons oordeel is", "Onterecht"}},
	{key: "second_instance", empty: func(x *told) { x.Rules.SecondInstance = "" }, full: func(x *told) { x.Rules.SecondInstance = "de klachtencommissie" },
		says: []string{"Bij ons kunt u dan nog hierheen", "de klachtencommissie"}},
	{key: "external_body", empty: func(x *told) { x.Rules.ExternalBody = "" }, full: func(x *told) { x.Rules.ExternalBody = "de ombudsman in Den Haag" },
		says: []string{"Buiten onze organisatie", "de ombudsman in Den Haag"}},
	{key: "not_accepted", empty: func(x *told) { x.Rules.NotAccepted = nil }, full: func(x *told) { x.Rules.NotAccepted = []complaint.Choice{{Code: "old", Label: "Het is te oud"}} },
		says: []string{"Soms behandelen wij een klacht niet", "Het is te oud"}},
	{key: "opening_reasons", empty: func(x *told) { x.Rules.OpeningReasons = nil }, full: func(x *told) {}, says: []string{"Dan moet die zeggen waarom"}},
	{key: "retention", empty: func(x *told) { x.Rules.Retention.Term, x.Org.Retention = calendar.Term{}, "" },
		full: func(x *told) {
			x.Rules.Retention = complaint.RetentionRule{Term: calendar.Term{N: 9, Unit: calendar.Month}, From: complaint.RetainFromReceived}
		}, says: []string{"Wij bewaren uw gegevens 9 maanden vanaf"}},
	{key: "anonymity.default", empty: func(x *told) { x.Rules.Anonymity.Default = complaint.OpenName }, full: func(x *told) { x.Rules.Anonymity.Default = complaint.Confidential },
		says: []string{"noemen wij u 'de klager'", "krijgt uw naam alleen als u dat goedvindt."}},
	{key: "anonymity.nameless", empty: func(x *told) { x.Rules.Anonymity.Nameless = false }, full: func(x *told) { x.Rules.Anonymity.Nameless = true },
		says: []string{"klagen zonder uw naam te geven", "een brief zonder naam"}},
	{key: "follow_up", empty: func(x *told) { x.Rules.FollowUp = false }, full: func(x *told) { x.Rules.FollowUp = true }, says: []string{"of het is opgelost"}},

	{key: "organisation.phone", empty: func(x *told) { x.Org.Phone = "" }, full: func(x *told) {}, says: []string{"088-0000200", "Heeft u gebeld?"}},
	{key: "organisation.email", empty: func(x *told) { x.Org.Email = "" }, full: func(x *told) {}, says: []string{"helpdesk@voorbeeld.example", "mailen"}},
	{key: "organisation.postal", empty: func(x *told) { x.Org.Postal = "" }, full: func(x *told) {}, says: []string{"Postbus 99999", "een brief zonder naam"}},
	{key: "organisation.opening_hours", empty: func(x *told) { x.Org.OpeningHours = "" }, full: func(x *told) {}, says: []string{"Wij zijn open:", "van 9 tot 17 uur"}},
	{key: "organisation.reply_number", empty: func(x *told) { x.Org.ReplyNumber = "" }, full: func(x *told) {}, says: []string{"zonder postzegel"}},
	{key: "organisation.retention", empty: func(x *told) { x.Rules.Retention.Term, x.Org.Retention = calendar.Term{}, "" },
		full: func(x *told) { x.Rules.Retention.Term = calendar.Term{} }, says: []string{"nog 3 jaar nadat uw klacht klaar is"}},
	{key: "closing_days", empty: func(x *told) { x.Closed = record.Days{} },
		full: func(x *told) {
			x.Rules.Term.Term = calendar.Term{N: 14, Unit: calendar.Day}
			x.Closed = record.Days{From: calendar.NewDate(2026, 12, 21), To: calendar.NewDate(2027, 1, 1)}
		}, says: []string{"Wij zijn dicht van maandag 21 december 2026 tot en met vrijdag 1 januari 2027.", "De 14 dagen lopen door."}},
	{key: "follow", empty: func(x *told) { x.Follow = false }, full: func(x *told) { x.Follow = true }, says: []string{"U kunt dat zelf nalezen"}},
	{key: "follow (link)", empty: func(x *told) { x.Follow = false }, full: func(x *told) { x.Follow = true }, says: []string{"/volgen"}, onlyHomePage: true},
	{key: "form (link)", empty: off(complaint.Form), full: on(complaint.Form), says: []string{"Naar het formulier", "/klacht", "Vertel uw klacht"}, onlyHomePage: true},
}

func off(c complaint.Channel) func(*told) { return func(x *told) { x.channel(c, false) } }
func on(c complaint.Channel) func(*told)  { return func(x *told) { x.channel(c, true) } }

func (t *told) channel(c complaint.Channel, enabled bool) {
	t.Rules.Channels = slices.Clone(t.Rules.Channels)
	t.Form = t.Form || c == complaint.Form && enabled
	for i := range t.Rules.Channels {
		if t.Rules.Channels[i].Code == c {
			t.Rules.Channels[i].Enabled = enabled
		}
	}
}

// TestEveryPromiseComesFromAKey empties each key and finds its sentences gone, fills it and
// finds them there: on the page, the leaflet and the PDF, with every shipped procedure.
func TestEveryPromiseComesFromAKey(t *testing.T) {
	for name, base := range shipped(t) {
		for _, p := range promises {
			empty, full := base, base
			p.empty(&empty)
			p.full(&full)
			before, after := texts(t, empty, "nl"), texts(t, full, "nl")
			for place := range after {
				if p.onlyHomePage && place != "home" {
					continue
				}
				for _, says := range p.says {
					if strings.Contains(before[place], says) {
						t.Errorf("%s, %s: %s is empty, and still the %s says %q", name, p.key, p.key, place, says)
					}
					if !strings.Contains(after[place], says) {
						t.Errorf("%s, %s: %s is filled, and the %s does not say %q:\n%s", name, p.key, p.key, place, says, after[place])
					}
				}
			}
		}
	}
}

// TestTheTermIsTheProceduresOwn: no other number of days or weeks stands anywhere.
func TestTheTermIsTheProceduresOwn(t *testing.T) {
	terms := map[string][2]string{"lsr-14-dagen": {"14 dagen", "6 weken"}, "lsr-6-weken": {"6 weken", "14"}, "awb-wkkgz": {"6 weken", "14"}}
	for name, x := range shipped(t) {
		for place, text := range texts(t, x, "nl") {
			if want := terms[name]; !strings.Contains(text, want[0]) || strings.Contains(text, want[1]) {
				t.Errorf("%s: the %s should say %q and never %q:\n%s", name, place, want[0], want[1], text)
			}
		}
	}
}

// TestWhoSeesANameInTheWordsOfTheProcedure holds the page to the sentence as it was agreed.
func TestWhoSeesANameInTheWordsOfTheProcedure(t *testing.T) {
	const agreed = "Alleen medewerkers die aan uw klacht werken, kunnen uw naam openen: de helpdesk de leidinggevende of directeur die uw klacht behandelt Is die er niet? Dan kan de vervanger uw naam openen. De medewerker over wie u klaagt, krijgt uw naam alleen als u dat goedvindt."
	for name, x := range shipped(t) {
		if text := texts(t, x, "nl")["home"]; !strings.Contains(text, agreed) {
			t.Errorf("%s: the page does not say %q:\n%s", name, agreed, text)
		}
	}
	x := shipped(t)["lsr-14-dagen"]
	x.Openers = complaint.Openers{Roles: complaint.Roles, Handler: true, SecondReader: true, LateDirector: true, Concerned: true}
	text := texts(t, x, "nl")["home"]
	for _, says := range []string{"de helpdesk", "elke leidinggevende", "de directeur", "de medewerkers kwaliteit", "de beheerder van het systeem", "meeleest", "te laat"} {
		if !strings.Contains(text, says) {
			t.Errorf("another table, and the page does not say %q", says)
		}
	}
	for _, says := range []string{"Dan kan de vervanger", "krijgt uw naam alleen"} {
		if strings.Contains(text, says) {
			t.Errorf("the table says otherwise, and the page still says %q", says)
		}
	}
}

func TestClosingDaysThatDoNotCount(t *testing.T) {
	x := shipped(t)["lsr-14-dagen"]
	x.Rules.Term.Term = calendar.Term{N: 10, Unit: calendar.WorkingDay}
	x.Closed = record.Days{From: calendar.NewDate(2026, 12, 24), To: calendar.NewDate(2026, 12, 24)}
	text := texts(t, x, "nl")["home"]
	if !strings.Contains(text, "Wij zijn dicht op donderdag 24 december 2026.") || !strings.Contains(text, "tellen niet mee") || strings.Contains(text, "lopen door") {
		t.Errorf("working days of the house do not run on while it is closed:\n%s", text)
	}
}

// TestNoWayIn: an organisation without any address still says what to do.
func TestNoWayIn(t *testing.T) {
	x := shipped(t)["lsr-14-dagen"]
	x.Org = record.Organisation{Name: "Stichting Voorbeeld", Retention: "24 month"}
	for place, text := range texts(t, x, "nl") {
		if place != "pdf" && !strings.Contains(text, "Vraag een medewerker van Stichting Voorbeeld") {
			t.Errorf("%s does not say where to go:\n%s", place, text)
		}
		for _, says := range []string{"U kunt .", "tel:", "mailto:", "Wij zijn open"} {
			if strings.Contains(text, says) {
				t.Errorf("%s says %q", place, says)
			}
		}
	}
}

func TestOtherLanguage(t *testing.T) {
	x := shipped(t)["awb-wkkgz"]
	s := teller{told: x, Voice: voice(t, "en")}
	var out bytes.Buffer
	if err := homePage(s, tell(x, s.Voice)).Render(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "⟦") || !strings.Contains(out.String(), `lang="nl"`) {
		t.Errorf("an English page marks Dutch words of the procedure, and misses none of its own:\n%s", out.String())
	}
}

// TestFormOnPaper: a word to press is of no use there; the address is, when it is known.
func TestFormOnPaper(t *testing.T) {
	for base, want := range map[string]string{
		"": "Formulier: U vult een paar korte stappen in.", "https://klachten.example.org": "Formulier: klachten.example.org/klacht. U vult",
	} {
		x := shipped(t)["lsr-14-dagen"]
		x.channel(complaint.Form, true)
		x.Base = base
		all := texts(t, x, "nl")
		for _, place := range []string{"leaflet", "pdf"} {
			text := strings.ReplaceAll(all[place], "Formulier U", "Formulier: U") // the PDF has a column instead
			text = strings.ReplaceAll(text, "Formulier klachten", "Formulier: klachten")
			if !strings.Contains(text, want) || strings.Contains(text, "Naar het formulier") {
				t.Errorf("with the address %q the %s should say %q:\n%s", base, place, want, text)
			}
		}
		if !strings.Contains(all["home"], "/klacht Naar het formulier") {
			t.Errorf("the first page has no link:\n%s", all["home"])
		}
	}
}

// TestLeafletIsOneSheet with everything filled in.
func TestLeafletIsOneSheet(t *testing.T) {
	for name, x := range shipped(t) {
		for _, p := range promises {
			switch p.key {
			case "term", "extension.consent", "extension.notify", "retention":
				continue
			}
			p.full(&x)
		}
		for _, lang := range words.Languages() {
			s := teller{told: x, Voice: voice(t, lang)}
			pdf, err := letter.Leaflet(leafletSheet(s, tell(x, s.Voice)))
			if err != nil {
				t.Fatal(err)
			}
			if n := bytes.Count(pdf, []byte("/Type /Page\n")); n != 1 {
				t.Errorf("%s in %s: %d pages", name, lang, n)
			}
		}
	}
}

// TestLeafletSaysHowToFollow, where that can be done.
func TestLeafletSaysHowToFollow(t *testing.T) {
	for name, x := range shipped(t) {
		for _, x.Follow = range []bool{true, false} {
			s := teller{told: x, Voice: voice(t, "nl")}
			says := slices.ContainsFunc(leafletSheet(s, tell(x, s.Voice)).Blocks, func(b record.Block) bool {
				return strings.Contains(b.Text, "met uw nummer en uw code")
			})
			if says != x.Follow {
				t.Errorf("%s, can be followed: %v, the leaflet says so: %v", name, x.Follow, says)
			}
		}
	}
}

// TestPlainDutch measures what the pages say with each procedure, and with everything
// filled in.
func TestPlainDutch(t *testing.T) {
	for name, x := range shipped(t) {
		full := x
		for _, p := range promises {
			if p.key != "term" { // seventy-seven working days are nobody's words
				p.full(&full)
			}
		}
		for _, told := range []told{x, full} {
			s := teller{told: told, Voice: voice(t, "nl")}
			var lines []string
			for _, b := range leafletSheet(s, tell(told, s.Voice)).Blocks {
				if b.Kind != record.FactLines { // addresses
					lines = append(lines, strings.ReplaceAll(b.Text, "; ", "\n"))
				}
			}
			for _, hard := range words.Hard(strings.Join(lines, "\n")) {
				t.Errorf("%s: %s", name, hard)
			}
		}
	}
}
