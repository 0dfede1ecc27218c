package page

import (
	"github.com/a-h/templ"

	"gehoor/internal/words"
)

const story = "Op zaterdag 7 november wilden wij met vier mensen van de cliëntenraad naar de cursus Samen sterk in Utrecht. Wij reisden twee uur met de taxi.\nBij de deur hoorden wij dat de cursus niet doorging.\n\nNiemand had ons gebeld of gemaild."

func listGallery(v *words.Voice) templ.Component {
	start, due := day("2026-11-13"), day("2026-11-27")
	row := func(title, number string, chip templ.Component, under string, wave Wave, do string) Row {
		return Row{{Text: title, Href: "/d/1", Small: number}, {Body: chip, Small: under}, WaveCell(wave), {Text: do}, {Text: "Yusuf Demir"}, {Text: v.Say("channel.email")}}
	}
	table := Table{Caption: "Open klachten, de kortste termijn eerst", Columns: []Column{
		{Label: "Klacht"}, {Label: "Termijn", First: true}, {Label: "Dagen"}, {Label: "Nu doen"}, {Label: "Behandelaar"}, {Label: "Kwam binnen"}},
		Rows: []Row{
			row("Advies kwam twee maanden later", "2026-417 - Advies", Chip(ChipLate, NoIcon, v.Count("term.late", 4)), "had ma 20 nov gemoeten", WaveOf(start, day("2026-11-20"), day("2026-11-24")), "Vandaag bellen"),
			row("Cursus ging niet door, niemand belde ons", "2026-014 - Cursussen", Chip(ChipSoon, NoIcon, v.Say("term.send_by", "Date", v.ShortDate(due))), v.Count("term.left", 3), WaveOf(start, due, day("2026-11-24")), "Antwoord schrijven"),
			row("Uitleg over nieuwe wet klopte niet", "2026-013 - Cursussen", Chip(ChipAgreed, NoIcon, v.Say("term.agreed")), "nieuwe datum: ma 7 dec", WaveOf(start, due, day("2026-11-24"), day("2026-12-11")), "Wachten op reactie docent"),
			row("Opname van cursus is niet te verstaan", "2026-016 - Cursussen", Chip(ChipWait, NoIcon, v.Say("state.awaiting_confirmation")), "gebeld op 19 november", Wave{}, "Klager nabellen"),
			row("Klacht over zes weken", "2026-330", Chip(ChipOK, NoIcon, "Verstuur uiterlijk wo 30 dec"), "", WaveOf(start, day("2026-12-25"), day("2026-11-24")), "Gesprek voorbereiden"),
			row("Al een jaar te laat", "2025-330", Chip(ChipDone, NoIcon, v.Say("state.closed")), "", WaveOf(start, due, day("2027-11-24")), "Niets"),
		}}
	return templ.Join(
		Tiles("Kies op termijn", []Tile{{6, "Alles wat open is", "/werk", true, false}, {1, "Te laat", "/werk?t=laat", false, true}, {1, "Nog 3 dagen of minder", "/werk?t=kort", false, false}, {0, "Wacht op bevestiging", "/werk?t=wacht", false, false}}),
		with(Filter(v, "/werk", "Klachten zoeken", false, nil),
			Input(v, Field{ID: "zoek", Name: "zoek", Label: "Zoek op nummer of woord", Type: "search"}),
			Select(v, Field{ID: "f-wie", Name: "wie", Label: "Behandelaar", Value: "ik", Options: []Option{{Value: "", Label: "Iedereen"}, {Value: "ik", Label: "Alleen ik"}}})),
		TableOf(table), raw(`<p class="gh-small gh-muted">`+v.Say("wave.legend")+`</p>`),
		Pages(v, Pager{From: 1, To: 8, Total: 17, Prev: "?p=0", Next: "?p=2"}), Pages(v, Pager{}),
		with(Section("post", "Postkamer"), with(Mails(),
			with(Mail("Re: Uw klacht 2026-013", Chip(ChipAgreed, IconHand, "Antwoord bij 2026-013"), "e-mail, vandaag 07.55", "Ja hoor, 7 december is goed.", ""),
				Press(Button{Label: "Voeg toe aan 2026-013", Href: "/p/1"}), OneButton(Action{URL: "/p/2"}, Button{Label: "Hoort ergens anders", Kind: Quiet})),
			with(Mail("Ontvangstbericht 2026-017", Chip(ChipLate, IconCross, "Niet aangekomen"), "2 keer geprobeerd", "", "De mailbox van de klager is vol. Stuur een brief of bel."),
				Press(Button{Label: "Stuur als brief", Context: "voor 2026-017", Href: "/p/3"}))),
			with(Nothing("Er ligt niets meer."), Buttons(Button{Label: "Naar Mijn werk", Href: "/werk"}))))
}

func dossierGallery(v *words.Voice) templ.Component {
	start, due := day("2026-11-13"), day("2026-11-27")
	return templ.Join(
		raw(`<section class="gh-stack" aria-label="dossier"><h2>Dossier</h2>`),
		Track(v, []Step{{"Opgeschreven", "11 november", true, false}, {"Bevestigd", "13 november", true, false}, {"Bij behandelaar", "sinds 16 november", false, true}, {"Beantwoord", "uiterlijk 27 november", false, false}, {"Afgehandeld", "", false, false}}),
		Case(
			with(NextAction(v, "Schrijf het antwoord", "Verstuur het uiterlijk vrijdag 27 november. Per brief liefst woensdag 25 november op de bus.",
				[]Link{{Label: "Uitstel afspreken", Href: "/u", Icon: IconHand}, {Label: "Gesprek vastleggen", Href: "/g", Icon: IconPhone}, {Label: "Overdragen aan een collega", Href: "/o", Icon: IconPeople}}),
				Press(Button{Label: "Antwoord schrijven", Href: "/a", Kind: Primary, Icon: IconPen})),
			dossierMain(v),
			templ.Join(
				with(Card("termijn", "Verstuur uiterlijk vr 27 nov"), LargeWave(v, WaveOf(start, due, day("2026-11-24")))),
				with(Card("t2", "Uitstel"), LargeWave(v, WaveOf(start, due, day("2026-11-24"), day("2026-12-11")))),
				with(Card("t3", "Te laat"), LargeWave(v, WaveOf(start, due, day("2026-11-29")))),
				with(Card("t4", "Zes weken"), LargeWave(v, WaveOf(start, start.AddDays(42), start.AddDays(9)))),
				with(Card("t5", "Heel laat"), LargeWave(v, WaveOf(start, due, day("2027-11-29")))),
				with(Card("t6", "Eerste dag"), LargeWave(v, WaveOf(start, due, start.AddDays(1)))),
				with(Seal(v, "2026-014", 2, false), with(FoldWide("Naam openen (reden nodig)", NoIcon, true),
					with(BareForm("/naam", false, nil, "gh-stack gh-stack--sm"), Radios(v, Field{Name: "reden", Label: "Waarom opent u de naam?", Hint: "De klager kan dit lezen.", Options: []Option{{Value: "belt", Label: "De klager belt"}, {Value: "terug", Label: "Ik bel terug"}, {Value: "anders", Label: "Anders", Reveal: Input(v, Field{Name: "waarom", Label: "Schrijf op waarom"})}}}), Press(Button{Label: "Open de naam"})))),
				Meter(v, []Item{{"Datum binnengekomen", "11 november 2026", true}, {"Manier", "mondeling via de helpdesk", true}, {"Naam, adres en telefoon", "compleet, verzegeld", true}, {"Lid van het LSR", "ja", true}, {"Klacht en wens", "bevestigd, tekst 2", true}, {"Wat het LSR doet", "nog leeg", false}, {"Wie nam aan", "Marleen Postma", true}, {"Datum afgehandeld", "", false}}),
				with(Card("wie-ziet", "Wie kan dit dossier zien"), People([]Pair{{Term: "Yusuf Demir", Value: "behandelaar"}, {Term: "Marleen Postma", Value: "nam de klacht aan"}})))),
		raw(`</section>`))
}

func dossierMain(v *words.Voice) templ.Component {
	return templ.Join(
		SideBySide("De klacht", Voice(Speech{Text: story, By: "Tekst 2, bevestigd op 13 november.", Lang: "nl"}), "Wat moet het LSR doen?", Voice(Speech{Text: "Wij willen het geld voor de taxi terug."})),
		with(Section("berichten", "Berichten en brieven"),
			with(Talk(), Ours(Speech{Text: "Dank u wel voor het gesprek.\n\nWilt u ons een foto van de bon sturen?", By: "Yusuf Demir, 16 november"}), Voice(Speech{Text: "Hierbij de bon.", By: "Klager 2026-014, 17 november"})),
			with(More("Nog 3 brieven en berichten", false), raw(`<ul class="gh-list" role="list"><li>Bericht 18 november</li></ul>`))),
		with(Section("bijlagen", "Bijlagen"), Files(v, []File{{"Bon van de taxi", "/f/1", "foto, 17 november, van de klager", NoIcon}, {"Verslag gesprek planner", "/f/2", "18 november, alleen intern", IconPage}}), Files(v, nil)),
		with(Section("gebeurd", "Wat er is gebeurd"), Timeline([]Entry{
			{Icon: IconClock, Title: "Herinnering: nog 3 dagen", At: "24 november, 07.00", When: "2026-11-24T07:00", By: v.Say("relation.system")},
			{Icon: IconClip, Title: "Bon van de taxi ontvangen", At: "17 november, 20.14", By: "klager", Theirs: true},
			{Icon: IconEye, Title: "Naam geopend", At: "16 november, 14.10", By: "Yusuf Demir", Text: "Reden: ik bel terug.\nDe klager kan dit zien."},
			{Title: "Gebeld", At: "11 november, 10.20", By: "Marleen Postma"}})),
		Facts([]Pair{{Term: "Uw nummer", Value: "2026-417"}, {Term: "Uw code", Value: "4821 7730"}, {Term: "Wij sturen ons antwoord", Value: "vrijdag 27 november", Small: "of eerder"}}),
		Summary([]Pair{{Term: "Naam", Value: "J. Terpstra", Change: &Link{Label: v.Say("button.change"), Context: "naam", Href: "/n"}}, {Term: "Adres", Value: "Beukenhof 8\n1234 AB Voorbeelddorp", Change: &Link{Label: v.Say("button.change"), Context: "adres", Href: "/n"}}}),
		Summary([]Pair{{Term: "Eerste datum", Value: "vrijdag 27 november"}, {Term: "Nieuwe datum", Value: "vrijdag 11 december"}}),
		with(SubNote(NoteWarn, "Lijkt op een klacht die er al is"), raw(`<p>2026-411 gaat ook over de cursus Samen sterk.</p>`)),
		with(SubNote(NoteGood, ""), raw(`<p>Alles is compleet.</p>`)), with(SubNote(NotePlan, "Wij zijn dicht"), raw(`<p>De 14 dagen lopen door.</p>`)))
}

func formGallery(v *words.Voice) templ.Component {
	about := []Option{{Value: "product", Label: "Product"}, {Value: "service", Label: "Dienst"}, {Value: "employee", Label: "Medewerker"}, {Value: "other", Label: "Iets anders"}}
	return templ.Join(
		raw(`<section class="gh-stack" aria-label="formulier"><h2>Klacht opnemen aan de telefoon</h2>`),
		with(BareForm("/nieuw", true, []Hidden{{"versie", "3"}, {"sleutel", "k"}}, "gh-intake"),
			ErrorSummary(v, []FieldError{{ID: "postcode", Text: v.Say("error.postcode")}, {ID: "toestemming", Text: v.Say("error.consent")}, {ID: "lees", Label: "Hoe gaat de tekst?", Text: v.Say("error.choose")}}),
			with(Call(v, "1. Wat er is gebeurd", "Vertelt u maar rustig wat er is gebeurd. Ik schrijf met u mee.\n\nWat zou u willen dat wij doen?"),
				Textarea(v, Field{Name: "v", Label: "In de woorden van de beller", Hint: "Schrijf geen ziekte op, behalve als de beller dat wil.", Voice: true, Rows: 6, Value: story}),
				DateInput(v, Field{Name: "op", Label: "Wanneer belde deze persoon?", Value: "2026-11-24", Max: "2026-11-24"}),
				FileInput(v, Field{Name: "bijlage", Label: "Bijlage", Optional: true, Multiple: true, Accept: "image/*,.pdf"})),
			with(Call(v, "2. Waar het over gaat", "Gaat het over een medewerker? Praten helpt vaak. Maar het hoeft niet."),
				Checks(v, Field{Name: "over", Label: "Waar gaat het over?", Inline: true, Values: []string{"service"}, Options: about}),
				with(FieldRow(), Select(v, Field{Name: "dienst", Label: "Welke dienst", Width: Width20, Options: []Option{{Value: "", Label: "Kies"}, {Value: "c", Label: "Cursus Samen sterk"}}}), Select(v, Field{Name: "afd", Label: "Gaat naar afdeling", Width: Width20, Error: v.Say("error.choose"), Options: []Option{{Value: "", Label: "Kies"}}}))),
			with(Call(v, "3. Wie belt er", ""),
				Input(v, Field{Name: "n", Label: "Naam", Width: Width20, Value: "J. Terpstra"}),
				with(FieldRow(), Input(v, Field{Name: "postcode", Label: "Postcode", Width: Width7, Value: "1234", Error: v.Say("error.postcode")}), Input(v, Field{Name: "hn", Label: "Huisnummer", Width: Width4, Value: "8"}), Input(v, Field{Name: "tv", Label: "Toevoeging", Width: Width4})),
				with(Group(v, Field{ID: "groep", Label: "Bellen", Hint: "Alleen als dat mag."}), Input(v, Field{Name: "tel", Label: "Telefoon", Type: "tel", Width: Width20})),
				Radios(v, Field{Name: "lid", Label: "Lid van het LSR", Inline: true, Value: "yes", Options: []Option{{Value: "yes", Label: v.Say("common.yes")}, {Value: "no", Label: v.Say("common.no")}, {Value: "unknown", Label: v.Say("common.unknown")}}})),
			with(Call(v, "4. Wie leest de tekst na", "Vindt u het goed dat uw dochter de tekst leest?"),
				Radios(v, Field{Name: "lees", Label: "Hoe gaat de tekst?", Error: v.Say("error.choose"), Value: "ander", Options: []Option{{Value: "mail", Label: "De beller, per e-mail"}, {Value: "brief", Label: "De beller, per brief met strookje", Hint: "Op het strookje staat geen verhaal en geen naam."},
					{Value: "ander", Label: "Een familielid of begeleider", Reveal: templ.Join(Input(v, Field{Name: "cn", Label: "Naam", Width: Width20}), Input(v, Field{Name: "cr", Label: "Wie is dat", Width: Width20}))}}}),
				Checkbox(Field{Name: "toestemming", Label: "De klager vindt het goed dat deze persoon de tekst leest", Error: v.Say("error.consent")})),
			Buttons(Button{Label: "Stuur de tekst om te bevestigen", Kind: Primary, Icon: IconMail}, Button{Label: v.Say("button.save_later"), Kind: Quiet, Name: "doe", Value: "bewaar"}, Button{Label: v.Say("button.remove"), Kind: Danger})),
		with(Fold("Exporteren", IconDown, false), raw(`<p>Namen gaan niet mee.</p>`)),
		raw(`</section>`))
}

func letterGallery(v *words.Voice) templ.Component {
	return templ.Join(raw(`<section class="gh-stack" aria-label="brief"><h2>Antwoord schrijven</h2><div class="gh-split gh-split--wide">`),
		with(Form("/antwoord", false, nil),
			Textarea(v, Field{Name: "p1", Label: "Punt 1", Value: "U heeft gelijk."}),
			with(Card("controle", "Controle voor het versturen"), Checklist(v, []Item{{"Elk punt heeft een antwoord", "", true}, {"Laat iemand meelezen", "mag, hoeft niet", false}}))),
		with(LetterSheet(v), LetterHead(Picture{}, "Het LSR\nPostbus 8224\n3503 RE Utrecht"), LetterWindow("[naam en adres komen er bij het printen op: verzegeld]"),
			LetterMeta([]Pair{{Term: "Datum", Value: v.Date(day("2026-11-24"))}, {Term: "Uw klacht", Value: "2026-014"}}),
			raw(`<h2>Ons antwoord op uw klacht</h2>`), Prose("Beste mevrouw Terpstra,\n\nU heeft gelijk. Dat spijt ons."), LetterFoot("Uw naam blijft vertrouwelijk.")),
		raw(`</div></section>`))
}
